"""Clones that lack something: the message has the exact command that brings it, and with it the comparison works."""

import re
from pathlib import Path

import pytest

from tests.revisions.conftest import Repo, compare, refused


@pytest.fixture
def origin(history: Repo) -> Repo:
    """Make the repository that others are cloned from; it has long histories on both branches."""
    history.git("checkout", "--quiet", "--force", "proposal")
    for number in range(3):
        history.write("more.txt", str(number))
        history.commit()
    history.git("checkout", "--quiet", "main")
    for number in range(3):
        history.write("unrelated.txt", str(number))
        history.commit()
    history.git("config", "uploadpack.allowFilter", "true")
    return history


def cloned(origin: Repo, monkeypatch: pytest.MonkeyPatch, *options: str) -> Repo:
    """Clone it, and stand in the clone."""
    origin.git("clone", "--quiet", *options, f"file://{origin.folder}", "../clone")
    clone = Repo(origin.folder.parent / "clone")
    monkeypatch.chdir(clone.folder)
    return clone


def command_in(message: str) -> list[str]:
    """Return the first git command that a message tells to run."""
    found = re.search(r"`git ([^`]+)`", message)
    assert found is not None, message
    return found[1].split()


SHALLOW = ("--depth", "1", "--branch", "proposal")


def test_a_shallow_clone_of_all_branches(origin: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = cloned(origin, monkeypatch, *SHALLOW, "--no-single-branch")
    message = refused()
    assert message == (
        "origin/main and HEAD have no commit in common in this shallow clone; run "
        "`git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main`, or where history is long "
        "`git fetch --deepen=100 origin +refs/heads/main:refs/remotes/origin/main` until it is found"
    )
    clone.git(*command_in(message))
    assert compare().targets == [("10", "11")]


def test_a_shallow_clone_is_deepened(origin: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = cloned(origin, monkeypatch, *SHALLOW, "--no-single-branch")
    found = re.findall(r"`git ([^`]+)`", refused("origin/main...HEAD"))
    clone.git(*found[1].split())
    assert compare("origin/main...HEAD").targets == [("10", "11")]


def test_a_shallow_clone_of_one_branch(origin: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = cloned(origin, monkeypatch, *SHALLOW)
    message = refused()
    assert message.startswith("no default branch is known here")
    fetch = "git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main"
    assert message.endswith(f"as in `coopctl diff v1.1`; if it is main, run `{fetch}` first")
    clone.git(*fetch.split()[1:])
    assert compare().targets == [("10", "11")]


def test_a_whole_clone_of_one_branch(origin: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = cloned(origin, monkeypatch, "--single-branch", "--branch", "proposal")
    message = refused()
    fetch = "git fetch origin +refs/heads/main:refs/remotes/origin/main"
    assert message.endswith(f"if it is main, run `{fetch}` first")
    clone.git(*fetch.split()[1:])
    assert compare().targets == [("10", "11")]


def test_a_tag_that_a_shallow_clone_lacks(origin: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = cloned(origin, monkeypatch, *SHALLOW)
    message = refused("v1")
    assert message == (
        "v1: no such file, folder or revision; this clone is shallow and may lack it: "
        "run `git fetch --unshallow --tags origin`"
    )
    clone.git(*command_in(message))
    assert compare("v1").targets == [("10", "11")]


@pytest.mark.parametrize(("left_out", "known"), [("blob:none", "v1:deal/agreement.yaml"), ("tree:0", "v1^{tree}")])
def test_a_partial_clone_fetches_nothing(
    origin: Repo, monkeypatch: pytest.MonkeyPatch, left_out: str, known: str
) -> None:
    clone = cloned(origin, monkeypatch, f"--filter={left_out}", "--branch", "proposal")
    assert compare("HEAD").targets == [("11", "11")]
    message = refused("v1")
    assert message == (
        "this partial clone lacks files of the version asked for, and coopctl fetches nothing; "
        "run `git fetch --refetch --no-filter`"
    )
    missing = f"?{origin.git('rev-parse', known)}"
    assert missing in clone.git("rev-list", "--objects", "--missing=print", "v1").split("\n")
    clone.git(*command_in(message))
    assert compare("v1").targets == [("10", "11")]


def test_a_partial_clone_runs_no_transport(origin: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    clone = cloned(origin, monkeypatch, "--filter=blob:none", "--branch", "proposal")
    ran = tmp_path / "ran"
    clone.git("config", "core.sshCommand", f"touch {ran};")
    for url in ("ssh://host.example/x", f"ext::touch {ran}"):
        clone.git("config", "remote.origin.url", url)
        clone.git("config", "protocol.allow", "always")
        assert "partial clone" in refused("v1")
        assert not ran.exists()
