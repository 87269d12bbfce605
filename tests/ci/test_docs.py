"""What docs/ci.md says is so: its files can be used as they stand, and its commands are accepted."""

import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
from ruamel.yaml import YAML

from coopctl.cli.app import app
from tests.ci.projects import DEAL, IN_BREACH, lay_out, program, read_yaml, run
from tests.commands.deals import ROOT
from tests.conftest import Coopctl, Ended

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


class Block(NamedTuple):
    """A code block, and what the comment before it says about it."""

    marker: str
    language: str
    text: str


BLOCKS = [
    Block(*match.groups(default=""))
    for match in re.finditer(r"(?:^<!-- (.*?) -->\n)?^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
]
WHOLE_YAML = [each for each in BLOCKS if each.language == "yaml" and each.marker.startswith("whole file: ")]
WORKFLOWS = [each for each in WHOLE_YAML if each.marker.startswith("whole file: .github/workflows/")]


def load(text: str) -> Any:
    return YAML(typ="safe").load(text)


def whole(name: str) -> Block:
    """Return the one block that is a file of this name."""
    (block,) = [each for each in BLOCKS if each.marker == f"whole file: {name}"]
    return block


# YAML


@pytest.mark.parametrize("block", [each for each in BLOCKS if each.language == "yaml"])
def test_every_block_of_yaml_can_be_read_and_says_what_it_is(block: Block) -> None:
    assert load(block.text)
    assert block.marker.startswith("whole file: ") or block.marker == "part of a file"


def test_there_is_a_whole_file_for_each_way() -> None:
    assert len(WORKFLOWS) == 3
    assert {each.marker.removeprefix("whole file: ") for each in BLOCKS if each.marker.startswith("whole file: ")} == {
        ".github/workflows/agreements.yml",
        ".gitlab-ci.yml",
        ".pre-commit-config.yaml",
        "coopctl.toml",
    }


def steps_of(workflow: Any) -> Iterator[dict[str, Any]]:
    for each in workflow["jobs"].values():
        yield from each["steps"]


@pytest.mark.parametrize("block", WORKFLOWS)
def test_a_workflow_is_safe_to_copy(block: Block) -> None:
    workflow = load(block.text)
    assert set(workflow) == {"name", "on", "permissions", "jobs"}
    assert set(workflow["on"]) == {"pull_request", "push", "schedule"}
    assert workflow["permissions"] == {"contents": "read"}
    assert [step["run"] for step in steps_of(workflow) if "${{" in step.get("run", "")] == []
    for step in steps_of(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"] == {"persist-credentials": False}


@pytest.mark.parametrize("block", WORKFLOWS)
def test_actions_are_pinned_to_a_major_version(block: Block) -> None:
    used = [step["uses"] for step in steps_of(load(block.text)) if "uses" in step]
    others = [each for each in used if each != "OWNER/coopctl@main"]
    assert used != []
    assert [each for each in others if not re.fullmatch(r"(actions|github)/[a-z-]+(/[a-z-]+)?@v\d+", each)] == []


def test_workflows_use_inputs_and_outputs_that_the_action_has() -> None:
    action = read_yaml("action.yml")
    used = [step for block in WORKFLOWS for step in steps_of(load(block.text)) if "OWNER/" in step.get("uses", "")]
    assert len(used) == 2
    assert {name for step in used for name in step["with"]} <= set(action["inputs"])
    assert set(re.findall(r"steps\.coopctl\.outputs\.([a-z-]+)", PAGE)) <= set(action["outputs"])


def table(heading: str) -> list[list[str]]:
    """Return the rows of the table that begins with a heading."""
    (text,) = re.findall(rf"^\| {heading} \|.*\n\|[ :|-]+\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in text.splitlines()]


def test_the_table_of_inputs_is_that_of_the_action() -> None:
    inputs = read_yaml("action.yml")["inputs"]
    rows = {name.strip("`"): default for name, _, default in table("Input")}
    assert list(rows) == list(inputs)
    defaults = {name: each["default"] for name, each in inputs.items() if each["default"]}
    assert {name: rows[name].strip("`") for name in defaults} == defaults


def test_the_table_of_variables_is_that_of_the_template() -> None:
    variables = read_yaml("ci/gitlab-ci.yml")["variables"]
    rows = {name.strip("`"): default for name, _, default in table("Variable")}
    assert list(rows) == list(variables)
    defaults = {name: value for name, value in variables.items() if value and name != "COOPCTL_REPOSITORY"}
    assert {name: rows[name].strip("`") for name in defaults} == defaults


def test_the_gitlab_file_includes_the_template_and_sets_variables_that_it_has() -> None:
    text = load(whole(".gitlab-ci.yml").text)
    (included,) = text["include"]
    assert (ROOT / included["file"].lstrip("/")).is_file()
    assert set(text["variables"]) <= set(read_yaml("ci/gitlab-ci.yml")["variables"])


def test_the_jobs_that_a_part_of_a_file_names_are_in_the_template() -> None:
    parts = [load(each.text) for each in BLOCKS if each.marker == "part of a file"]
    named = {name for part in parts if isinstance(part, dict) for name in part}
    assert named == {"coopctl-lint"}
    assert named <= set(read_yaml("ci/gitlab-ci.yml"))


def test_the_hooks_are_those_of_the_manifest() -> None:
    ids = {hook["id"] for hook in read_yaml(".pre-commit-hooks.yaml")}
    (repository,) = load(whole(".pre-commit-config.yaml").text)["repos"]
    assert {hook["id"] for hook in repository["hooks"]} == ids
    parts = [load(each.text) for each in BLOCKS if each.marker == "part of a file"]
    assert {hook["id"] for part in parts if isinstance(part, list) for hook in part} == ids


def test_pre_commit_accepts_the_configuration(tmp_path: Path) -> None:
    (tmp_path / ".pre-commit-config.yaml").write_text(whole(".pre-commit-config.yaml").text, "utf-8")
    ended = run([sys.executable, "-m", "pre_commit", "validate-config"], tmp_path, {"PRE_COMMIT_HOME": str(tmp_path)})
    assert ended.code == 0, ended


# Commands


def command_lines() -> list[str]:
    """Return every command line of the page, in blocks and in the text."""
    lines = [line for each in BLOCKS if each.language in ("sh", "yaml") for line in each.text.splitlines()]
    found = [
        match[1] for line in lines if (match := re.match(r"\s*(?:- )?(?:run: )?(coopctl (?:lint|check)\b.*)", line))
    ]
    inline = re.findall(r"`(coopctl (?:lint|check)[^`]*)`", re.sub(r"^```.*?^```$", "", PAGE, flags=re.DOTALL | re.M))
    return [*found, *(" ".join(each.split()) for each in inline)]


@pytest.mark.parametrize("line", sorted(set(command_lines())))
def test_every_command_line_is_accepted(line: str) -> None:
    """Its options are read as the command would read them; nothing is run."""
    words = shlex.split(re.split(r" \|\||>| && ", line)[0], comments=True)
    group: Any = typer.main.get_command(app)
    group.commands[words[1]].make_context(words[1], words[2:])


def test_the_page_shows_commands() -> None:
    assert len(set(command_lines())) >= 6


def test_the_options_in_the_tables_are_those_of_the_commands(coopctl: Coopctl) -> None:
    named = set(re.findall(r"`(lint|check) (--[a-z-]+)`", PAGE))
    assert {("lint", "--fail-on"), ("check", "--fail-on"), ("check", "--on-missing")} <= named
    for command, option in named:
        assert option in coopctl(command, "--help").out


@pytest.mark.parametrize(
    ("check", "lint", "worst"), [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 2, 2), (2, 1, 2), (2, 0, 2), (0, 2, 2)]
)
def test_the_shell_script_ends_with_the_worse_code(tmp_path: Path, check: int, lint: int, worst: int) -> None:
    (block,) = [each for each in BLOCKS if each.marker == "whole script"]
    (tmp_path / "agreements.sh").write_text(block.text, "utf-8")
    stub = program(tmp_path / "bin" / "coopctl", f'if [ "$1" = lint ]; then exit {lint}; else exit {check}; fi')
    ended = run(["sh", "agreements.sh"], tmp_path, {"PATH": f"{stub.parent}:/usr/bin:/bin"})
    assert ended.code == worst


# The baseline


def test_the_baseline_works_as_it_is_shown(coopctl: Coopctl, tmp_path: Path) -> None:
    lay_out(tmp_path)

    def lint(*options: str) -> Ended:
        return coopctl("lint", "--as-of", IN_BREACH, *options)

    (line,) = [each for each in command_lines() if "--write-baseline" in each]
    assert lint("--fail-on", "warning").code == 1
    assert lint(*shlex.split(line)[2:]).code == 0
    settings = whole("coopctl.toml").text
    assert tomllib.loads(settings)["lint"]["fail-on"] == "warning"
    (tmp_path / "coopctl.toml").write_text(settings, "utf-8")
    assert lint().code == 0
    agreement = tmp_path / DEAL / "agreement.yaml"
    agreement.write_text(agreement.read_text("utf-8").replace("days:", "hours:"), "utf-8")
    (tmp_path / DEAL / "actuals" / "2026.yaml").unlink()
    assert lint().code == 1


# Files


def test_the_files_that_the_page_names_are_there() -> None:
    for path in ("action.yml", ".pre-commit-hooks.yaml", "ci/github-action.sh", "ci/gitlab-ci.yml", "constraints.txt"):
        assert (ROOT / path).is_file()
    for name in re.findall(r"`(ci/[a-z-]+\.yml|/ci/[a-z-]+\.yml)`", PAGE):
        assert (ROOT / name.lstrip("/")).is_file()


def test_the_readme_leads_here_and_uses_the_same_address() -> None:
    section = README.partition("## In CI\n")[2].partition("\n## ")[0]
    assert "(docs/ci.md)" in section
    assert set(re.findall(r'"(git\+https[^"]*)"', section)) == set(re.findall(r'"(git\+https[^"]*)"', PAGE))


def test_the_page_says_that_nothing_is_published_yet() -> None:
    assert "no published package" in PAGE
    assert set(re.findall(r"\b([\w-]+)/coopctl(?=[@.`\s])", PAGE)) >= {"OWNER"}
    assert set(re.findall(r"https?://(?:[\w-]+:\$\w+@)?([\w.-]+)", PAGE)) == {
        "github.com",
        "gitlab.example",
        "pre-commit.com",
    }
