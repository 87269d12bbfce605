"""The command line in a git repository: what it says it compared with, and what is run from git itself."""

import json
import os
import sys

import pytest

from tests.conftest import Coopctl
from tests.revisions.conftest import Repo


@pytest.fixture
def standing(coopctl: Coopctl, history: Repo, monkeypatch: pytest.MonkeyPatch) -> Coopctl:
    """Call the command line from within the repository."""
    monkeypatch.chdir(history.folder)
    return coopctl


@pytest.mark.parametrize("form", ["full", "concise", "markdown", "github"])
def test_the_base_that_nobody_named_is_told(standing: Coopctl, history: Repo, form: str) -> None:
    short = history.git("rev-parse", "v1")[:7]

    def told(*versions: str) -> str:
        out = standing("diff", *versions, "--exit-zero", "--output-format", form).out
        return " ".join(out.replace("\u200b", "").split()).strip("*")

    assert told().endswith(f" compared with main@{short}, where this branch left it")
    assert told("main...v2").endswith(f" compared with main@{short}, where v2 left it")
    assert "compared with" not in told("v1")


def test_the_base_is_told_where_nothing_changed(standing: Coopctl, history: Repo) -> None:
    history.git("checkout", "--quiet", "--force", "main")
    short = history.git("rev-parse", "main")[:7]
    assert standing("diff") == (
        0,
        f"no changes in 1 agreement · compared with main@{short}, the last commit here\n",
        "",
    )


def test_the_sides_as_data(standing: Coopctl, history: Repo) -> None:
    first, second = (history.git("rev-parse", f"{tag}^{{commit}}") for tag in ("v1", "v2"))

    def sides(*versions: str) -> list[dict[str, str | None]]:
        document = json.loads(standing("diff", *versions, "--exit-zero", "--output-format", "json").out)
        assert document["agreements"][0]["base"]["label"] == document["base"]["label"]
        return [document["base"], document["head"]]

    work_tree = {"label": "work tree", "commit": None, "why": None}
    base = {"label": f"main@{first[:7]}", "commit": first, "why": "where this branch left it"}
    assert sides() == [base, work_tree]
    assert sides("v1", "v2") == [
        {"label": "v1", "commit": first, "why": None},
        {"label": "v2", "commit": second, "why": None},
    ]


def test_what_cannot_be_compared_keeps_the_gate_shut(standing: Coopctl, history: Repo) -> None:
    history.agree("other/agreement.yaml", "other")
    history.commit("v3")
    (history.folder / "deal" / "agreement.yaml").rename(history.folder / "deal" / "hidden.yaml")
    os.symlink("hidden.yaml", history.folder / "deal" / "agreement.yaml")
    history.commit("v4")
    ended = standing("diff", "v3", "v4", "--exit-zero")
    assert (ended.code, ended.out) == (
        2,
        "nothing changed in what could be compared · 1 agreement could not be compared whole\n",
    )
    assert ended.err == (
        "error: v4:deal/agreement.yaml: a symbolic link, which is not followed in a revision; "
        "v3:deal/agreement.yaml has nothing to be compared with\n"
    )


@pytest.mark.parametrize("name", ["--output=ran", "-v1", "v1\n::error::ran", "v1..--output=ran", "\x1b[31m"], ids=ascii)
def test_hostile_names_are_refused_in_one_line(standing: Coopctl, history: Repo, name: str) -> None:
    ended = standing("diff", "--", name)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: ")
    assert ended.err.removesuffix("\n").isprintable()
    assert not (history.folder / "ran").exists()


@pytest.mark.parametrize("second", [False, True], ids=["the clone", "a second work tree"])
def test_run_by_a_hook(history: Repo, second: bool) -> None:
    """Git hands its own GIT_DIR and GIT_INDEX_FILE on to hooks."""
    place = history
    if second:
        history.git("worktree", "add", "--quiet", "-b", "other", "../second", "v2")
        place = Repo(history.folder.parent / "second")
        place.agree(target="12")
    hook = history.write(
        ".git/hooks/pre-commit",
        f"#!/bin/sh\nenv >ran\nexec '{sys.executable}' -m coopctl "
        "diff v1 deal --as-of 2026-01-15 --exit-zero --output-format json >out\n",
    )
    hook.chmod(0o755)
    place.git("commit", "--quiet", "--all", "--message", "More")
    handed_on = {line.partition("=")[0] for line in (place.folder / "ran").read_text("utf-8").splitlines()}
    assert "GIT_INDEX_FILE" in handed_on
    assert ("GIT_DIR" in handed_on) is second
    found = json.loads((place.folder / "out").read_text("utf-8"))
    assert [each["message"] for each in found["agreements"][0]["changes"]] == [
        "Target of Delivery time loosened: 10 days → 12 days"
    ]
