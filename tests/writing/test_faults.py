"""Something goes wrong at each call to the system in turn: every file has its old text or its new one."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from coopctl.errors import CoopctlError
from coopctl.replacing import Change, replace_all, replace_text
from tests.writing.processes import KILLED, begun, die, ended, when_called

OLD, NEW = "kpis:\n  csat: 1\n" * 3, "kpis:\n  csat: 2\n  # 好\n" * 5
FAILED = 2
INTERRUPTED = 130


class Scene:
    """Files in a folder that is made anew for each case, and what is to become of them."""

    def __init__(self, folder: Path, there: tuple[str, ...], new: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.there = there
        self.new = new

    def set_up(self) -> None:
        for name in self.there:
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).write_bytes(OLD.encode())
            (self.folder / name).chmod(0o640)
        for name in self.new:
            (self.folder / name).unlink(missing_ok=True)
            if (self.folder / name).parent.exists():
                (self.folder / name).parent.rmdir()

    def changes(self) -> list[Change]:
        """What is still to be done, as the next run sees it."""
        changes: list[Change] = []
        for name in (*self.there, *self.new):
            place = self.folder / name
            changes.append((str(place), place.read_text("utf-8") if place.exists() else None, NEW))
        return changes

    def write(self, prepare: Callable[[], object] = bool) -> None:
        """Do what is still to be done; `prepare` comes when everything has been read."""
        changes = self.changes()
        prepare()
        if len(changes) > 1:
            replace_all(changes)
        elif changes[0][1] is None:
            replace_all([(changes[0][0], None, NEW)])
        else:
            replace_text(changes[0][0], changes[0][1], NEW)

    def are_new(self) -> list[bool]:
        """Which files have their new text; each has to be whole, with its mode."""
        return [*map(self._is_new, self.there), *((self.folder / name).exists() for name in self.new)]

    def _is_new(self, name: str) -> bool:
        place = self.folder / name
        text = place.read_bytes()
        assert text in (OLD.encode(), NEW.encode())
        assert stat.S_IMODE(place.stat().st_mode) == 0o640
        return text == NEW.encode()

    def left_over(self) -> list[str]:
        return [str(each) for each in self.folder.rglob(".coopctl*")]


@pytest.fixture(params=["exchanged", "made", "several"])
def scene(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(os, "fsync", lambda _: None)
    if request.param == "exchanged":
        return Scene(tmp_path, ("a.yaml",))
    if request.param == "made":
        return Scene(tmp_path, (), ("actuals/2026.yaml",))
    (tmp_path / "terms").mkdir()
    (tmp_path / "link.yaml").symlink_to("terms/b.yaml")
    return Scene(tmp_path, ("a.yaml", "link.yaml"), ("actuals/2026.yaml",))


def calls(scene: Scene) -> Iterator[int]:
    """The number of each call, until there are no more of them."""
    total = 0
    for number in count(1):
        if total and number > total:
            assert total > 10
            return
        yield number
        if not total:
            total = counted(scene)


def counted(scene: Scene) -> int:
    scene.set_up()
    so_far: list[Callable[[], int]] = []

    def job() -> int:
        scene.write(lambda: so_far.append(when_called(0, die)))
        return so_far[0]()

    return ended(begun(job))


def test_killed_at_any_call_each_file_is_the_old_one_or_the_new_one(scene: Scene) -> None:
    """And those that were to come first have their new text first; the next run finishes, and sweeps up."""
    outcomes = set()
    for number in calls(scene):
        scene.set_up()

        def job(number: int = number) -> int:
            scene.write(lambda: when_called(number, die))
            return 0

        assert ended(begun(job)) == KILLED
        new = scene.are_new()
        outcomes.add(tuple(new))
        assert new == sorted(new, reverse=True)
        scene.write()
        assert all(scene.are_new())
        assert scene.left_over() == []
    assert len(outcomes) == len(scene.there) + len(scene.new) + 1


def outcome(scene: Scene, number: int, happens: Callable[[], None], *, after: bool = False) -> int:
    """How writing ends when something happens at a call."""
    scene.set_up()
    with pytest.MonkeyPatch.context() as patched:
        try:
            scene.write(lambda: when_called(number, happens, after=after, put=patched.setattr))
        except CoopctlError as error:
            told = str(error)
        except KeyboardInterrupt:
            return INTERRUPTED
        else:
            return 0
    assert told.startswith(str(scene.folder))
    assert "\n" not in told
    return FAILED


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.get)
def test_where_a_call_fails_nothing_is_changed(fault: int, scene: Scene) -> None:
    """Or what fails can be done without, and all is written."""

    def fail() -> None:
        raise OSError(fault, os.strerror(fault))

    codes = set()
    for number in calls(scene):
        code = outcome(scene, number, fail)
        codes.add(code)
        assert code in (0, FAILED)
        assert set(scene.are_new()) == {code == 0}
        assert scene.left_over() == []
        assert (scene.folder / "actuals").exists() is (code == 0 and bool(scene.new))
    assert codes == {0, FAILED}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_interrupted_all_files_are_old_or_all_are_new(after: bool, scene: Scene) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    for number in calls(scene):
        assert outcome(scene, number, interrupt, after=after) == INTERRUPTED
        assert len(set(scene.are_new())) == 1


def test_a_disk_that_takes_only_a_part_leaves_the_old_file(tmp_path: Path) -> None:
    """The system itself says so here: no file may be longer than some bytes."""
    path = tmp_path / "a.yaml"
    path.write_text(OLD, "utf-8")

    def job() -> int:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(OLD) + 1, len(OLD) + 1))
        try:
            replace_text(str(path), OLD, NEW)
        except CoopctlError as error:
            return FAILED if str(error) == f"{path}: cannot be written: File too large" else 1
        return 0

    assert ended(begun(job)) == FAILED
    assert path.read_text("utf-8") == OLD
    assert os.listdir(tmp_path) == ["a.yaml"]
