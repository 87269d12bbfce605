"""Runs that read, change and write the same files come one after the other."""

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from coopctl import locking
from coopctl.cli import mending
from coopctl.errors import CoopctlError
from coopctl.locking import held, telling
from coopctl.replacing import replace_all, replace_text
from tests.conftest import Coopctl
from tests.lint.samples import AS_OF, lint, with_remark
from tests.writing.processes import at_once, command


@contextmanager
def held_by_another(folder: Path) -> Iterator[None]:
    """Another run holds a folder."""
    has, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with held(str(folder)):
            has.set()
            may_end.wait(60)

    other = threading.Thread(target=hold)
    other.start()
    has.wait(60)
    try:
        yield
    finally:
        may_end.set()
        other.join()


def is_free(folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether another run could take a folder at once."""
    found = []

    def attempt() -> None:
        try:
            with held(str(folder)):
                found.append(True)
        except CoopctlError:
            found.append(False)

    with monkeypatch.context() as patched:
        patched.setattr(locking, "LONGEST_WAIT", 0.0)
        other = threading.Thread(target=attempt)
        other.start()
        other.join()
    return found == [True]


def add_line(path: Path, line: str) -> int:
    """Read a file, add to it and write it, as one step."""
    with held(str(path)):
        before = path.read_text("utf-8")
        replace_text(str(path), before, f"{before}{line}\n")
    return 0


def test_lines_that_twenty_processes_add_at_once_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "2026.yaml"
    path.write_text("events:\n", "utf-8")
    codes = at_once(partial(add_line, path, f"- {number}") for number in range(20))
    assert codes == [0] * 20
    first, *lines = path.read_text("utf-8").splitlines()
    assert first == "events:"
    assert sorted(lines) == sorted(f"- {number}" for number in range(20))
    assert os.listdir(tmp_path) == ["2026.yaml"]


def test_without_a_lock_of_its_own_no_process_overwrites_another(tmp_path: Path) -> None:
    """Whoever read before another wrote is refused, so that what is there is what was told."""
    path = tmp_path / "2026.yaml"
    path.write_text("", "utf-8")

    def job(number: int) -> int:
        before = path.read_text("utf-8")
        try:
            replace_text(str(path), before, f"{before}{number}\n")
        except CoopctlError as error:
            return 2 if "changed while it was being worked on" in str(error) else 1
        return 0

    codes = at_once(partial(job, number) for number in range(12))
    assert set(codes) <= {0, 2}
    assert {int(each) for each in path.read_text("utf-8").split()} == {n for n, code in enumerate(codes) if code == 0}
    assert 0 in codes


def test_of_processes_that_make_the_same_file_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "actuals" / "2026.yaml"

    def job(number: int) -> int:
        try:
            replace_all([(str(path), None, f"{number}\n")])
        except CoopctlError:
            return 2
        return 0

    codes = at_once(partial(job, number) for number in range(8))
    assert sorted(codes) == [0, *[2] * 7]
    assert path.read_text("utf-8") == f"{codes.index(0)}\n"


def test_threads_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "2026.yaml"
    path.write_text("", "utf-8")
    threads = [threading.Thread(target=add_line, args=(path, str(number))) for number in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(path.read_text("utf-8").split()) == [str(number) for number in range(6)]


def test_commands_that_take_the_same_folders_in_another_order_do_not_block_each_other(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("a", "b", "c")]
    for each in folders:
        each.mkdir()

    def job(turn: int) -> int:
        for _ in range(20):
            with held(*(str(each) for each in [*folders[turn:], *folders[:turn]])):
                pass
        return 0

    assert at_once(partial(job, turn) for turn in (0, 1, 2, 0, 1, 2)) == [0] * 6


def test_a_folder_can_be_held_again_and_written_to_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "same").symlink_to(".")
    path = tmp_path / "a.yaml"
    with held(str(tmp_path)):
        replace_all([(str(path), None, "1\n")])
        with held(str(tmp_path / "same"), str(tmp_path / "other")):
            replace_text(str(path), "1\n", "2\n")
            replace_all([(str(path), "2\n", "3\n"), (str(tmp_path / "other" / "b.yaml"), None, "3\n")])
        assert is_free(tmp_path / "other", monkeypatch)
        assert not is_free(tmp_path, monkeypatch)
    assert is_free(tmp_path, monkeypatch)
    assert path.read_text("utf-8") == "3\n"


def test_a_file_stands_for_its_folder_and_what_is_not_there_for_the_folder_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.yaml").symlink_to("sub/deal.yaml")
    (tmp_path / "sub" / "deal.yaml").touch()
    with held(str(tmp_path / "link.yaml")):
        assert not is_free(tmp_path / "sub", monkeypatch)
        assert is_free(tmp_path, monkeypatch)
    with held(str(tmp_path / "new" / "actuals")):
        assert not is_free(tmp_path, monkeypatch)


def test_the_lock_ends_with_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError), held(str(tmp_path)):
        raise ZeroDivisionError
    assert is_free(tmp_path, monkeypatch)


# Waiting


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "LONGEST_WAIT", 0.03)
    (tmp_path / "a.yaml").write_text("1\n", "utf-8")
    with held_by_another(tmp_path), pytest.raises(CoopctlError) as caught:
        replace_text(str(tmp_path / "a.yaml"), "1\n", "2\n")
    assert str(caught.value) == (
        f"{tmp_path}: another coopctl has been writing here for 0.03 seconds; "
        "see whether it still runs, and run the command again when it has ended"
    )
    assert (tmp_path / "a.yaml").read_text("utf-8") == "1\n"


def test_who_waits_is_told_once_and_what_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "LONGEST_WAIT", 0.1)
    told: list[str] = []
    for after, times in ((0.05, 1), (0.2, 0)):
        monkeypatch.setattr(locking, "TELL_AFTER", after)
        with held_by_another(tmp_path), pytest.raises(CoopctlError), telling(told.append), held(str(tmp_path)):
            pass
        assert told == [str(tmp_path)] * times
        told.clear()
    with telling(told.append), held(str(tmp_path)):
        assert not told


FIXABLE = with_remark()


def test_who_waits_can_be_interrupted(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "agreement.yaml").write_text(FIXABLE, "utf-8")
    monkeypatch.setattr(locking, "sleep", lambda _: signal.raise_signal(signal.SIGINT))
    with held_by_another(tmp_path):
        ended = lint(coopctl, "--fix")
    assert ended.code == 130
    assert (tmp_path / "agreement.yaml").read_text("utf-8") == FIXABLE


def test_a_folder_that_was_exchanged_while_it_was_waited_for_is_waited_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "terms"
    folder.mkdir()

    def meanwhile(_: float) -> None:
        if not (tmp_path / "moved").exists():
            folder.rename(tmp_path / "moved")
            folder.mkdir()

    monkeypatch.setattr(locking, "sleep", meanwhile)
    with held_by_another(folder), held(str(folder)):
        assert not is_free(folder, monkeypatch)


# Where there are no such locks


def test_where_a_file_system_has_no_locks_files_are_written_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(*_: object) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr("fcntl.flock", flock)
    path = tmp_path / "a.yaml"
    path.write_text("", "utf-8")
    assert add_line(path, "one") == 0
    assert path.read_text("utf-8") == "one\n"


def test_a_folder_that_cannot_be_locked_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("fcntl.flock", flock)
    with pytest.raises(CoopctlError) as caught, held(str(tmp_path)):
        pass
    assert str(caught.value) == f"{tmp_path}: cannot be locked: Input/output error"


# Two commands with one file


def test_lint_does_not_mend_over_what_somebody_has_written_meanwhile(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "agreement.yaml"
    path.write_text(FIXABLE, "utf-8")

    def after_another(name: str, before: str, after: str) -> None:
        path.write_text("somebody: else\n", "utf-8")
        replace_text(name, before, after)

    monkeypatch.setattr(mending, "replace_text", after_another)
    ended = lint(coopctl, "--fix")
    assert ended.code == 2
    assert "agreement.yaml: changed while it was being worked on; run the command again\n" in ended.err
    assert path.read_text("utf-8") == "somebody: else\n"


def test_runs_that_mend_one_file_at_once_mend_it_once(coopctl: Coopctl, tmp_path: Path) -> None:
    path = tmp_path / "agreement.yaml"
    path.write_text(FIXABLE, "utf-8")
    assert lint(coopctl, "--fix").code == 0
    mended = path.read_text("utf-8")
    assert mended != FIXABLE
    path.write_text(FIXABLE, "utf-8")
    codes = at_once(command("lint", "--fix", "--as-of", AS_OF) for _ in range(4))
    assert set(codes) <= {0, 2}
    assert 0 in codes
    assert path.read_text("utf-8") == mended


# Windows


def test_windows_locks_a_file_that_stands_for_the_folder(tmp_path: Path) -> None:
    """Folders cannot be opened there. Its own calls are stood in for here; what is tried is which of them are made."""
    program = """
import os, sys, tempfile, types
from pathlib import Path
here, locks = Path(sys.argv[1]), Path(sys.argv[2])
import ctypes, multiprocessing, pathlib, secrets, contextlib, threading
tempfile.tempdir = str(locks)
calls = []
def locking(descriptor, mode, length):
    calls.append((os.path.samefile(os.readlink(f"/proc/self/fd/{descriptor}"), next(locks.iterdir())), mode, length))
    if len(calls) == 1:
        raise PermissionError(13, "Permission denied")
sys.modules["msvcrt"] = types.SimpleNamespace(locking=locking, LK_NBLCK=2)
sys.modules["fcntl"] = None
sys.platform = "win32"
from coopctl.replacing import replace_text
(here / "a.yaml").write_text("1")
replace_text(str(here / "a.yaml"), "1", "2")
assert (here / "a.yaml").read_text() == "2"
assert calls == [(True, 2, 1)] * 2, calls
"""
    (tmp_path / "here").mkdir()
    (tmp_path / "locks").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "here", tmp_path / "locks"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert os.listdir(tmp_path / "here") == ["a.yaml"]
