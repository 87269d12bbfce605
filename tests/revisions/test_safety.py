"""Nothing in a repository, its configuration or a name makes git run a program, write, or read what it should not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coopctl.revisions import git
from tests.revisions.conftest import Compared, Repo, compare, refused

TARGETS = [("10", "12")]


def everything() -> list[Compared]:
    """Compare in every way there is."""
    ways = ((), ("v1",), ("v1", "v2"), ("v1...v2",), ("v1:deal",), ("v1:deal/agreement.yaml",), ("v1", "deal"))
    return [compare(*way) for way in ways]


def everything_below(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


HOSTILE_SETTINGS = (
    "core.fsmonitor",
    "core.pager",
    "pager.ls-tree",
    "core.editor",
    "core.sshCommand",
    "core.askPass",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "credential.helper",
    "diff.external",
    "diff.evil.textconv",
    "diff.evil.command",
    "filter.evil.smudge",
    "filter.evil.clean",
    "filter.evil.process",
    "gpg.program",
    "alias.rev-parse",
    "alias.cat-file",
    "uploadpack.packObjectsHook",
    "interactive.diffFilter",
)


def test_no_configured_program_runs(history: Repo, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho \"$0 $*\" >>'{ran}'\ncat\n")
    program.chmod(0o755)
    for name in HOSTILE_SETTINGS:
        history.git("config", name, f"!{program}" if name.startswith(("alias", "credential")) else str(program))
    history.git("config", "core.hooksPath", str(tmp_path / "hooks"))
    for hook in ("post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc"):
        place = tmp_path / "hooks" / hook
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(program.read_bytes())
        place.chmod(0o755)
    history.write(".gitattributes", "* diff=evil filter=evil\n")
    os.utime(history.folder / "deal" / "agreement.yaml")
    before = everything_below(history.folder)
    assert everything()[0].targets == TARGETS
    assert not ran.exists(), ran.read_text()
    assert everything_below(history.folder) == before


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIT_DIR", "/nonexistent"),
        ("GIT_WORK_TREE", "/"),
        ("GIT_INDEX_FILE", "/nonexistent"),
        ("GIT_EXTERNAL_DIFF", "touch ran"),
        ("GIT_PAGER", "touch ran"),
        ("GIT_SSH_COMMAND", "touch ran"),
        ("GIT_NAMESPACE", "other"),
        ("GIT_TRACE", "ran"),
        ("GIT_EXEC_PATH", "/nonexistent"),
        ("GIT_LITERAL_PATHSPECS", "0"),
        ("GIT_GLOB_PATHSPECS", "1"),
        ("GIT_DEFAULT_HASH", "sha256"),
        ("GIT_CONFIG", "/nonexistent"),
        ("LANG", "zh_CN.UTF-8"),
        ("LC_ALL", "C"),
    ],
)
def test_the_surroundings_do_not_steer_git(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    assert compare("v1").targets == TARGETS
    assert refused("V1") == "V1: no such file, folder or revision; did you mean `v1`?"
    assert not Path("ran").exists()


@pytest.mark.parametrize(
    "name",
    [
        "--output=ran",
        "-h",
        "--upload-pack=touch ran",
        "--all",
        "-",
        "v1\n--output=ran",
        "v1\x00",
        "v1\x1b[31m",
        "\t",
        "--output=ran..v1",
        "v1..--output=ran",
        "--output=ran:deal",
        "$(touch ran)",
        "`touch ran`",
        "v1;touch ran",
        "|touch ran",
        "^v1",
        "v1^@",
        "v1^!",
        "v1 v2",
        ":/later",
        "ext::sh -c touch% ran",
        "....",
        "..\n..",
        "v1.." * 200,
        "x" * 100_000,
        "{" * 2_000,
        "\udcff",
    ],
    ids=ascii,
)
def test_hostile_names(history: Repo, name: str) -> None:
    before = everything_below(history.folder)
    for arguments in ((name,), (name, "v1"), ("v1", name), (f"v1:{name}",)):
        assert refused(*arguments)
    assert everything_below(history.folder) == before


def test_a_file_with_the_name_of_an_option(history: Repo) -> None:
    history.agree("--output=ran", target="15")
    assert compare("v1", "./--output=ran").targets == [("10", "15")]
    assert compare("v1:deal/agreement.yaml", "--output=ran").targets == [("10", "15")]
    history.commit("v3")
    assert compare("v3:--output=ran", "v1:deal/agreement.yaml").targets == [("15", "10")]


def made_tree(repo: Repo, *entries: tuple[str, str, str]) -> str:
    """Write a commit whose tree has entries that git itself would never make; return it."""
    content = b"".join(f"{mode} {name}".encode() + b"\0" + bytes.fromhex(object_) for mode, name, object_ in entries)
    command = ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"]
    done = subprocess.run(command, cwd=repo.folder, input=content, capture_output=True, check=True)
    return repo.git("commit-tree", "-m", "made", done.stdout.decode().strip())


@pytest.mark.parametrize("name", ["..", ".", ".git", "a/../../escaped"])
def test_a_tree_that_leads_out_of_its_folder(history: Repo, name: str) -> None:
    blob = history.git("rev-parse", "v1:deal/agreement.yaml")
    inner = made_tree(history, ("100644", "agreement.yaml", blob))
    commit = made_tree(history, ("40000", name, history.git("rev-parse", f"{inner}^{{tree}}")))
    folder = Path(os.environ["HOME"])
    before = everything_below(folder)
    assert refused(commit, commit)
    assert everything_below(folder) == before


def test_a_tree_with_a_file_where_a_folder_is(history: Repo) -> None:
    blob = history.git("rev-parse", "v1:deal/agreement.yaml")
    inner = made_tree(history, ("100644", "agreement.yaml", blob)) + "^{tree}"
    commit = made_tree(
        history, ("100644", "agreement.yaml", blob), ("40000", "agreement.yaml", history.git("rev-parse", inner))
    )
    assert "cannot be written to a temporary folder" in refused(commit, commit)


def test_a_tree_without_end(history: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "TIME_LIMIT", 2.0)
    blob = history.git("rev-parse", "v1:deal/agreement.yaml")
    commit = made_tree(history, *(("100644", f"agreement{number}", blob) for number in range(10)))
    for _ in range(12):
        tree = history.git("rev-parse", f"{commit}^{{tree}}")
        commit = made_tree(history, *(("40000", f"folder{number}", tree) for number in range(10)))
    told = refused(commit, commit)  # whichever limit is reached first, on a fast or a slow machine
    assert " took longer than 2 seconds and was stopped" in told or "lists more files than are looked at" in told


def test_replaced_objects_do_not_count(history: Repo) -> None:
    history.git("replace", "v1", "v2")
    assert compare("v1").targets == TARGETS


def test_a_repository_of_somebody_else(history: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    os.chown(history.folder / ".git", 12345, 12345)
    os.chown(history.folder, 12345, 12345)
    monkeypatch.delenv("SUDO_UID", raising=False)
    assert refused("v1").endswith(
        f"git does not trust the repository at {history.folder}, which belongs to somebody else; if you do, run "
        f"`git config --global --add safe.directory {history.folder}`"
    )
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(history.folder))
    assert compare("v1").targets == TARGETS


def test_a_repository_that_is_broken(history: Repo) -> None:
    history.write(".git/config", "[core\n")
    assert refused("v1").startswith("v1: no such file or folder; git cannot read this repository: ")


def test_an_object_that_is_broken(history: Repo) -> None:
    blob = history.git("rev-parse", "v1:deal/agreement.yaml")
    place = history.folder / ".git" / "objects" / blob[:2] / blob[2:]
    place.chmod(0o644)
    place.write_bytes(b"nonsense")
    assert refused("v1")


def test_an_interrupt_leaves_no_files(history: Repo, tmp_path: Path) -> None:
    program = (
        "from coopctl.revisions.sides import two_sides\n"
        "with two_sides(['v1']) as sides:\n print(sides.base.folder)\n raise KeyboardInterrupt\n"
    )
    (tmp_path / "t").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=history.folder,
        env={**os.environ, "TMPDIR": str(tmp_path / "t")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith(str(tmp_path / "t"))
    assert list((tmp_path / "t").iterdir()) == []
