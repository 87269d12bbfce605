"""Clones that lack something: the message has the exact command that brings it, and with it the comparison works."""

import re
import shlex
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
    return shlex.split(found[1])


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


MAIN = "origin +refs/heads/main:refs/remotes/origin/main"


@pytest.mark.parametrize(
    ("options", "fetch"),
    [(SHALLOW, f"git fetch --unshallow {MAIN}"), (("--single-branch", "--branch", "proposal"), f"git fetch {MAIN}")],
    ids=["shallow", "whole"],
)
def test_a_clone_of_one_branch(
    origin: Repo, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], fetch: str
) -> None:
    clone = cloned(origin, monkeypatch, *options)
    assert refused() == (
        "no default branch is known here: this clone has only the branch proposal of origin; name the version to "
        f"compare with, as in `coopctl diff v1.1`; if it is main, run `{fetch}` first"
    )
    lacking = "no such file, folder or revision; this clone does not have the branch main of origin: run"
    assert refused("origin/main") == f"origin/main: {lacking} `{fetch}`; or did you mean `origin/proposal`?"
    assert refused("origin/main~3...HEAD") == f"origin/main~3: {lacking} `{fetch}`"
    clone.git(*shlex.split(fetch)[1:])
    assert compare().targets == compare("origin/main...HEAD").targets == [("10", "11")]


def test_a_branch_is_not_compared_with_itself(origin: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git takes the one branch of a clone for the default branch if it is checked out where it was cloned from."""
    origin.git("checkout", "--quiet", "proposal")
    clone = cloned(origin, monkeypatch, *SHALLOW)
    assert clone.git("symbolic-ref", "refs/remotes/origin/HEAD") == "refs/remotes/origin/proposal"
    fetch = f"git fetch --unshallow {MAIN}"
    message = (
        "this clone has only the branch proposal of origin, and nothing was committed here since: that would be "
        "compared with itself; if it is the default branch, run `coopctl diff origin/proposal`, and if that is "
        f"main, run `{fetch}` first"
    )
    assert refused() == message
    assert refused("deal") == message
    assert compare("origin/proposal").targets == [("11", "11")]
    clone.agree(target="12")
    clone.commit()
    assert compare().labels[0].startswith("origin/proposal@")
    clone.git(*shlex.split(fetch)[1:])
    assert compare().labels[0].startswith("origin/main@")
    assert compare().targets == [("10", "12")]


def test_a_clone_of_the_default_branch_is_compared_with_it(origin: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = cloned(origin, monkeypatch, "--depth", "1")
    clone.agree(target="12")
    assert compare().targets == [("10", "12")]
    assert compare().labels[0] == f"origin/main@{clone.git('rev-parse', 'HEAD')[:7]}"


@pytest.mark.parametrize(
    ("options", "name", "fetch"),
    [
        (SHALLOW, "v1", "git fetch --unshallow --tags origin '+refs/heads/*:refs/remotes/origin/*'"),
        ((*SHALLOW, "--no-single-branch", "--no-tags"), "v1", "git fetch --unshallow --tags origin"),
        (SHALLOW, "HEAD~4", "git fetch --unshallow --tags origin '+refs/heads/*:refs/remotes/origin/*'"),
    ],
    ids=["tag", "tag of all branches", "commit"],
)
def test_what_a_shallow_clone_lacks(
    origin: Repo, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], name: str, fetch: str
) -> None:
    clone = cloned(origin, monkeypatch, *options)
    message = refused(name)
    assert message == (
        f"{name}: no such file, folder or revision; this clone is shallow and may lack it: run `{fetch}`"
    )
    clone.git(*command_in(message))
    assert compare(name).targets == [("10", "11")]


def test_a_checkout_as_servers_make_it(origin: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One commit, on no branch, and of all branches only what a configuration says."""
    server = Repo(tmp_path / "server")
    server.folder.mkdir()
    monkeypatch.chdir(server.folder)
    server.git("init", "--quiet")
    server.git("remote", "add", "origin", f"file://{origin.folder}")
    server.git("fetch", "--quiet", "--depth=1", "origin", "+refs/heads/proposal:refs/remotes/pull/1/merge")
    server.git("checkout", "--quiet", "--detach", "refs/remotes/pull/1/merge")
    fetch = f"git fetch --unshallow {MAIN}"
    assert refused().endswith(f"if it is main, run `{fetch}` first")
    assert f"run `{fetch}`" in refused("origin/main...HEAD")
    server.git(*shlex.split(fetch)[1:])
    assert compare().targets == compare("origin/main...HEAD").targets == [("10", "11")]


def test_a_name_with_which_a_shell_would_do_something(origin: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    cloned(origin, monkeypatch, *SHALLOW)
    message = refused("origin/x;$(touch)")
    assert "run `git fetch --unshallow origin '+refs/heads/x;$(touch):refs/remotes/origin/x;$(touch)'`" in message
    assert "may lack it" in refused("origin/x;$(touch ran)")


def test_a_slip_in_a_whole_clone_is_one(origin: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    cloned(origin, monkeypatch)
    assert refused("origin/mian").endswith(
        "no such file, folder or revision; did you mean `origin/main` or `origin/proposal`?"
    )
    fetch = "git fetch origin +refs/heads/rework-2027:refs/remotes/origin/rework-2027"
    assert f"run `{fetch}`" in refused("origin/rework-2027")


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
