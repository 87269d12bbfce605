"""`coopctl git-setup` and the program that it tells git to run."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.deals import EXAMPLES, kpi, ledger, terms
from tests.conftest import Coopctl
from tests.revisions.conftest import Repo

SETTING = "diff.coopctl.textconv"
COMMAND = f"{shlex.quote(sys.executable)} -P -m coopctl textconv"
ATTRIBUTES = "agreement.yaml diff=coopctl\n*.coop.yaml diff=coopctl\n"


@pytest.fixture
def standing(coopctl: Coopctl, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Coopctl:
    """Call the command line from within the repository."""
    monkeypatch.chdir(repo.folder)
    return coopctl


def test_without_apply_it_only_says_what_to_set(standing: Coopctl, repo: Repo) -> None:
    config = (repo.folder / ".git" / "config").read_bytes()
    ended = standing("git-setup")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "In .gitattributes, for everybody:\n\n"
        "    agreement.yaml diff=coopctl\n"
        "    *.coop.yaml diff=coopctl\n\n"
        "In .git/config, in each clone (git takes no commands from what it clones):\n\n"
        '    [diff "coopctl"]\n'
        f'    \ttextconv = "{COMMAND}"\n\n'
        "`coopctl git-setup --apply` sets both up in this clone only.\n"
    )
    assert (repo.folder / ".git" / "config").read_bytes() == config


def test_apply_sets_it_in_this_clone_and_a_second_time_changes_nothing(
    standing: Coopctl, repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    others = tmp_path / "gitconfig"
    others.write_text("")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(others))
    attributes = repo.folder / ".git" / "info" / "attributes"
    assert standing("git-setup", "--apply").out == (
        f"set diff.coopctl.textconv to {COMMAND} in this clone's configuration\n"
        "gave agreements the attribute diff=coopctl in ./.git/info/attributes\n"
    )
    assert repo.git("config", "--local", SETTING) == COMMAND
    assert attributes.read_text("utf-8") == ATTRIBUTES
    config = (repo.folder / ".git" / "config").read_bytes()
    assert standing("git-setup", "--apply").out == (
        f"diff.coopctl.textconv is {COMMAND} already\n"
        "agreements have the attribute diff=coopctl already\n"
        "nothing was changed\n"
    )
    assert (repo.folder / ".git" / "config").read_bytes() == config
    assert attributes.read_text("utf-8") == ATTRIBUTES
    assert others.read_text() == ""
    assert repo.git("status", "--porcelain") == ""


def test_apply_leaves_what_somebody_has_set(standing: Coopctl, repo: Repo) -> None:
    repo.git("config", SETTING, "/opt/coopctl textconv")
    repo.write(".gitattributes", ATTRIBUTES)
    assert standing("git-setup", "--apply").out == (
        "diff.coopctl.textconv is /opt/coopctl textconv: left as it is\n"
        "agreements have the attribute diff=coopctl already\n"
        "nothing was changed\n"
    )


@pytest.mark.parametrize("before", ["*.png binary", "*.png binary\n", "agreement.yaml diff=coopctl\n"])
def test_apply_adds_to_the_attributes_there_are(standing: Coopctl, repo: Repo, before: str) -> None:
    attributes = repo.write(".git/info/attributes", before)
    standing("git-setup", "--apply")
    assert attributes.read_text("utf-8") == before.rstrip("\n") + "\n" + ATTRIBUTES


def test_apply_in_a_folder_and_in_a_second_work_tree(
    standing: Coopctl, repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.agree()
    repo.commit("v1")
    repo.git("worktree", "add", "--quiet", "../second")
    monkeypatch.chdir(repo.folder.parent / "second" / "deal")
    assert standing("git-setup", "--apply").code == 0
    assert (repo.folder / ".git" / "info" / "attributes").read_text("utf-8") == ATTRIBUTES
    monkeypatch.chdir(repo.folder / "deal")
    assert standing("git-setup", "--apply").out.endswith("nothing was changed\n")


def test_apply_outside_of_a_repository(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    ended = coopctl("git-setup", "--apply")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: this folder is in no git repository")


def test_apply_where_nothing_can_be_written(standing: Coopctl, repo: Repo) -> None:
    repo.write(".git/config.lock", "")
    ended = standing("git-setup", "--apply")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: git config: error: could not lock config file")


@pytest.mark.parametrize("before", ["coopctl textconv", "/gone/python -P -m coopctl textconv"])
def test_apply_replaces_what_coopctl_set_for_another_python(standing: Coopctl, repo: Repo, before: str) -> None:
    repo.git("config", SETTING, before)
    assert standing("git-setup", "--apply").out.startswith(f"set {SETTING} to {COMMAND} in ")
    assert repo.git("config", "--get-all", SETTING) == COMMAND


@pytest.fixture
def odd_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a Python at a path that a shell would take apart."""
    program = tmp_path / 'Ann\'s "own" $(touch ran) \\ # 合作' / "python"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    return program


def test_what_is_printed_is_what_apply_sets(standing: Coopctl, repo: Repo, odd_python: Path) -> None:
    printed = standing("git-setup").out.partition("clones):\n\n")[2].partition("`coopctl")[0]
    repo.write("printed", printed)
    standing("git-setup", "--apply")
    applied = repo.git("config", "--get", SETTING)
    assert shlex.split(applied)[0] == str(odd_python)
    assert repo.git("config", "--file", "printed", "--get", SETTING) == applied


@pytest.mark.usefixtures("odd_python")
def test_git_shows_the_terms_that_changed_without_coopctl_on_the_path(
    standing: Coopctl, repo: Repo, tmp_path: Path
) -> None:
    path = tmp_path / "bin"
    path.mkdir()
    git = shutil.which("git")
    assert git is not None
    (path / "git").symlink_to(git)
    standing("git-setup", "--apply")
    repo.write("coopctl.py", "raise SystemExit('what lies in the work tree was run')")
    repo.write("yaml.py", "raise SystemExit('what lies in the work tree was run')")
    repo.agree("合作 'q/agreement.yaml", target="15.0")
    repo.commit("v1")
    repo.write("合作 'q/agreement.yaml", "# a comment\n" + terms(kpi(target="15")))
    repo.commit("v2")
    repo.agree("合作 'q/agreement.yaml", target="16")
    repo.commit("v3")

    def lines(*arguments: str) -> list[str]:
        env = {**os.environ, "PATH": str(path)}
        done = subprocess.run(
            ["git", *arguments, "--unified=0"], cwd=repo.folder, env=env, capture_output=True, text=True, check=True
        )
        return [line for line in done.stdout.split("\n") if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")]

    assert lines("diff", "v1", "v2") == []
    assert lines("log", "-p", "v2..v3") == ["-kpis.days.target = 15", "+kpis.days.target = 16"]
    assert not (repo.folder / "ran").exists()


def test_textconv_prints_one_line_for_each_term(coopctl: Coopctl, tmp_path: Path) -> None:
    more = (
        'purpose: |\n  two\n  lines\nclauses: {x: {title: "a\\u202eb\\e[31m", text: 公平}}\n'
        "goals: {g: {statement: Grow, kpis: [days, cost]}}\n"
    )
    text = terms(kpi(thresholds="{warn: [{worse_than: 12}, {worse_than: 13}]}"), kpi("cost"), more=more)
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    ended = coopctl("textconv", "a.yaml")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert "purpose = two lines" in lines
    assert "clauses.x.text = 公平" in lines
    assert "clauses.x.title = a\\u202eb\\x1b[31m" in lines
    assert "goals.g.kpis = [cost, days]" in lines
    assert "kpis.days.thresholds.warn[1].worse_than = 13" in lines
    assert "term.start = 2026-01-01" in lines
    assert all(" = " in line for line in lines)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"id: [\n",
        b"a: 1\r\nb: 2",
        b"\xef\xbb\xbfcoopctl: 1\n",
        terms(kpi(), more="surprise: 1\n").encode(),
        ledger({"days": {"2026-01": "9"}}).encode(),
        "<<<<<<< ours\n合作\n".encode(),
        b"a: &a [*a]\n",
        b"#" * 5_000_000,
    ],
    ids=range(9),
)
def test_textconv_prints_what_is_no_agreement_as_it_is(coopctl: Coopctl, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.yaml").write_bytes(content)
    ended = coopctl("textconv", "a.yaml")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.encode() == content


def test_textconv_of_bytes_that_are_no_text(coopctl: Coopctl, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a: \xff\n")
    assert coopctl("textconv", "a.yaml")[:2] == (0, "a: \\xff\n")


def test_textconv_without_a_file(coopctl: Coopctl) -> None:
    assert coopctl("textconv", "nowhere") == (2, "", "error: nowhere: cannot be read: No such file or directory\n")


@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()))
def test_textconv_of_the_examples_survives_another_order(coopctl: Coopctl, tmp_path: Path, example: str) -> None:
    text = (EXAMPLES / example / "agreement.yaml").read_text("utf-8")
    sections = "".join(f"\x00{line}" if line[:1].isalpha() else line for line in text.splitlines(keepends=True))
    (tmp_path / "other.yaml").write_text("".join(reversed([f"{each}\n" for each in sections.split("\x00")])), "utf-8")
    ended = coopctl("textconv", "other.yaml")
    assert ended.out == coopctl("textconv", EXAMPLES / example / "agreement.yaml").out
    assert ended.out.startswith("activities.") or " = " in ended.out.partition("\n")[0]


def test_help_does_not_show_what_only_git_runs(coopctl: Coopctl) -> None:
    out = coopctl("--help").out
    assert " git-setup " in out
    assert "textconv" not in out
