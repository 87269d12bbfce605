"""What README and docs say is so."""

import re
import shlex
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.commands.deals import ROOT, document, only_agreement, write
from tests.commands.schemas import problems_of_yaml
from tests.conftest import Coopctl
from tests.recording.pact import set_today

README = (ROOT / "README.md").read_text("utf-8")
LANGUAGE = (ROOT / "docs" / "language.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*/*/README.md"))]
RECORDED = ("kpi", "spend", "milestone", "action", "waiver", "event")
COMMANDS = (
    "init",
    "record",
    "check",
    "lint",
    "rule",
    "fmt",
    "migrate",
    "variance",
    "explain",
    "report",
    "diff",
    "approve",
    "digest",
    "git-setup",
    "schema",
    "export",
    "import",
)


def block(marker: str) -> str:
    """Return the code block of README that follows a comment."""
    match = re.search(rf"<!-- {marker} -->\n+```\w*\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert match is not None
    return match[1]


# The screen


def test_the_screen_in_the_readme_is_what_check_shows(coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch) -> None:
    match = re.search(r"^```\n\$ coopctl (check .*?)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert match is not None
    monkeypatch.chdir(ROOT)
    ended = coopctl(*shlex.split(match[1]))
    shown = [each.strip("\n") for each in match[2].replace("…\n", "\n").split("\n\n") if each.strip()]
    assert len(shown) >= 3
    assert [each for each in shown if each not in ended.out] == []
    assert ended.code == 1


@pytest.mark.parametrize("today", ["2026-08-11", "2027-07-01", "2033-02-28"])
def test_the_tutorial_leads_to_a_verdict(today: str, coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run line by line, on whatever day after the figures are overdue: each shows the same."""
    set_today(monkeypatch, today)
    *lines, check = block("tutorial").splitlines()
    outputs = []
    for line in lines:
        program, *arguments = shlex.split(line)
        if program == "cd":
            monkeypatch.chdir(arguments[0])
            continue
        ended = coopctl(*arguments)
        assert (ended.code, ended.err) == (0, ""), line
        outputs.append(f"$ {line}\n{ended.out}")
    verdict = coopctl(*shlex.split(check)[1:])
    assert verdict.code == 1
    assert verdict.out.startswith("breach[kpis.delivery-days]: Average project cycle in 2026-07: 31 days misses")
    assert "  fails as of 2026-08-07: 1 breach, 1 off target, 1 met, 7 pending\n" in verdict.out
    assert block("tutorial screen") == outputs[1]
    assert "  passes as of 2026-08-05: 1 warning, 9 pending\n" in outputs[0]


def linted(page: str) -> tuple[list[str], list[str]]:
    """Return the command line of the screen that `lint` shows on a page, and the screen's parts."""
    match = re.search(r"^```\n\$ coopctl (lint .*?)\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert match is not None
    return shlex.split(match[1]), [part.strip("\n") for part in match[2].split("…\n") if part.strip()]


def test_the_screen_in_the_readme_is_what_lint_shows(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, block("smallest agreement"), block("smallest ledger"))
    command, parts = linted(README)
    shown = coopctl(*command).out
    assert [part for part in parts if part not in shown] == []
    assert len(parts) == 2


def test_the_screen_about_linting_is_what_lint_shows(coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    command, parts = linted((ROOT / "docs" / "lint.md").read_text("utf-8"))
    shown = coopctl(*command).out
    assert [part for part in parts if part not in shown] == []
    assert len(parts) == 1


def test_the_first_command_of_the_readme_works(coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch) -> None:
    match = re.search(r"^python3 -m venv .* && \.venv/bin/coopctl (.*)$", README, re.MULTILINE)
    assert match is not None
    monkeypatch.chdir(ROOT)
    ended = coopctl(*shlex.split(match[1]))
    assert ended.code == 0
    assert "1 breach" in ended.out


def mentioned() -> Iterator[tuple[str, str]]:
    """Yield every `coopctl …` command line in the pages, with the page it stands in."""
    for page in PAGES:
        text = page.read_text("utf-8")
        fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        indented = re.findall(r"^ {4}(.*)$", text, re.MULTILINE)
        for line in [*"\n".join(fenced).splitlines(), *indented]:
            if match := re.match(r"(?:\$ | *- run: )?coopctl (.*)", line):
                yield page.name, match[1]
        for code in re.findall(r"`coopctl ([a-z-][^`]*)`", text):
            yield page.name, " ".join(code.split())


def test_every_command_in_the_pages_exists(coopctl: Coopctl) -> None:
    """Each command is there, and has each option that is shown with it."""
    lines = sorted(set(mentioned()))
    assert len(lines) > 15
    helps = {name: coopctl(name, "--help").out for name in COMMANDS} | {"": coopctl("--help").out}
    helps |= {f"record {name}": coopctl("record", name, "--help").out for name in RECORDED}
    for page, line in lines:
        words = shlex.split(line.partition(" > ")[0], comments=True)
        name = "" if words[0].startswith("-") else words[0]
        if name == "record" and words[1:2] and words[1] in RECORDED:
            name = f"record {words[1]}"
        assert name in helps, (page, line)
        options = [word.partition("=")[0] for word in words if word.startswith("--")]
        assert [each for each in options if each not in helps[name]] == [], (page, line)


# The smallest agreement


@pytest.fixture
def smallest(tmp_path: Path) -> Path:
    """The smallest agreement and ledger of the README, saved as it says."""
    (tmp_path / "actuals").mkdir()
    (tmp_path / "agreement.yaml").write_text(block("smallest agreement"), "utf-8")
    (tmp_path / "actuals" / "2026.yaml").write_text(block("smallest ledger"), "utf-8")
    return tmp_path


def test_the_smallest_agreement_is_small() -> None:
    assert len(block("smallest agreement").splitlines()) < 25
    assert len(block("smallest ledger").splitlines()) < 25


def test_the_smallest_agreement_gives_the_verdicts_that_it_should(coopctl: Coopctl, smallest: Path) -> None:
    """20 % off 20 days are 16. January's 17.5 is worse than 17, February's 16.0 is not worse than the target."""
    agreement = only_agreement(coopctl, smallest, as_of="2026-03-20")
    assert agreement["findings"] == []
    found = [(each["period"], each["target"], each["actual"], each["status"]) for each in agreement["verdicts"]]
    assert found == [
        ("2026-01", "16", "17.5", "warn"),
        ("2026-02", "16", "16", "met"),
        ("2026-03", "16", None, "pending"),
    ]


def test_the_smallest_agreement_passes_and_fails_where_warnings_fail(coopctl: Coopctl, smallest: Path) -> None:
    assert coopctl("check", smallest, "--as-of", "2026-03-20").code == 0
    assert coopctl("check", smallest, "--as-of", "2026-03-20", "--fail-on", "warn").code == 1


def test_the_smallest_agreement_may_begin_with_the_line_for_editors(coopctl: Coopctl, smallest: Path) -> None:
    (line,) = re.findall(r"`(# yaml-language-server: [^`]*)`", README)
    file = smallest / "agreement.yaml"
    file.write_text(f"{line}\n{file.read_text('utf-8')}", "utf-8")
    assert document(coopctl, "check", smallest, as_of="2026-03-20")["summary"]["invalid"] == 0


def test_the_workflow_in_the_readme_is_yaml() -> None:
    (text,) = re.findall(r"^```yaml\n(on:\n.*?)^```", README, re.DOTALL | re.MULTILINE)
    workflow = YAML(typ="safe").load(text)
    steps = workflow["jobs"]["agreements"]["steps"]
    assert steps[-1] == {"run": "coopctl check"}


# docs/


def indented_blocks(text: str) -> list[str]:
    """Return the indented code blocks of a page."""
    blocks = re.findall(r"(?<=\n\n)(?: {4}.*\n|\n(?= {4}))+", text)
    return ["".join(f"{line[4:]}\n" for line in each.splitlines()) for each in blocks]


def yaml_blocks() -> list[str]:
    """Return the blocks of docs/language.md that are not the tree of a folder."""
    return [each for each in indented_blocks(LANGUAGE) if ":" in each]


def test_the_yaml_in_the_language_page_parses() -> None:
    """A block that shows the forms of one key is read line by line: each could stand in a file as it is."""
    found = yaml_blocks()
    assert len(found) >= 3
    for text in found:
        lines = text.splitlines()
        starts = {line.partition(":")[0] for line in lines}
        for part in lines if len(starts) == 1 else [text]:
            assert isinstance(YAML(typ="safe").load(part), dict), part


def test_the_ledger_in_the_language_page_keeps_to_the_schema(coopctl: Coopctl) -> None:
    (text,) = [each for each in yaml_blocks() if each.startswith("coopctl: actuals/1")]
    assert problems_of_yaml(coopctl, "ledger", text) == []


def test_the_reference_pages_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def anchors(page: Path) -> set[str]:
    """Return the names of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    kept = ("".join(c for c in each.lower() if c in " -_" or unicodedata.category(c)[0] in "LMN") for each in headings)
    return {each.replace(" ", "-") for each in kept}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", page.read_text("utf-8")))
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_the_pages_have_links() -> None:
    assert len(re.findall(r"\]\((docs|examples|benchmarks)", README)) >= 8


@pytest.mark.parametrize(
    ("variable", "page"),
    [("COOPCTL_OUTPUT_FORMAT", "output.md"), ("NO_COLOR", "output.md"), ("FORCE_COLOR", "output.md")],
)
def test_the_variables_that_coopctl_reads_are_documented(variable: str, page: str) -> None:
    assert variable in (ROOT / "docs" / page).read_text("utf-8")


@pytest.mark.parametrize("name", ["full", "concise", "json", "github", "junit", "markdown", "csv"])
def test_the_formats_are_documented(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "output.md").read_text("utf-8")
