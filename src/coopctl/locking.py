"""Locks folders, so that runs which read, change and write the same files come one after the other.

The lock lies on the folder itself, not on a file: nothing is left over, the files in it can be exchanged meanwhile, and
it ends with the process, however that ends.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from threading import local
from time import monotonic, sleep
from typing import Final

from coopctl.errors import CoopctlError

LONGEST_WAIT = 30.0
"""Seconds that a run waits for the others before it gives up."""
TELL_AFTER = 2.0
"""Seconds after which whoever waits is told so."""
_PAUSE = 0.01
_BUSY = frozenset({errno.EWOULDBLOCK, errno.EAGAIN})
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF, errno.EINVAL})
"""What a file system says that has no such locks."""


class _Mine(local):
    """The folders that this thread holds."""

    def __init__(self) -> None:
        self.folders: set[tuple[int, int]] = set()


_MINE = _Mine()


_TOLD: Final[ContextVar[Callable[[str], None] | None]] = ContextVar("told", default=None)
"""Who hears of waits: whatever runs in between has no part in it."""


@contextmanager
def telling(waiting: Callable[[str], None]) -> Iterator[None]:
    """Call `waiting` with a folder that has been waited for `TELL_AFTER` seconds, once for each wait in here."""
    token = _TOLD.set(waiting)
    try:
        yield
    finally:
        _TOLD.reset(token)


@contextmanager
def held(*paths: str) -> Iterator[None]:
    """Hold the locks of some folders, or of the folders in which some files lie.

    For a command that reads, works out what to write, and writes, as one step: what it read is not changed by another
    run meanwhile. It can be asked for again inside of itself; whatever is written under it takes no harm. A folder that
    is not there yet stands for the one above it. Do not ask people anything meanwhile: the others wait.

    Several folders are taken in one order, so that two commands do not block each other. Raises `CoopctlError` where
    another run does not let go for `LONGEST_WAIT` seconds.
    """
    with ExitStack() as stack:
        for folder in sorted({_folder_of(path) for path in paths}):
            stack.enter_context(_held(folder))
        yield


def _folder_of(path: str) -> str:
    folder = os.path.realpath(path)
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder


@contextmanager
def _held(folder: str) -> Iterator[None]:
    try:
        taken = None if _identity(folder) in _MINE.folders else _acquired(folder)
    except OSError as error:
        raise CoopctlError(f"{folder}: cannot be locked: {os.strerror(error.errno or 0)}") from None
    if taken is None:
        yield
        return
    descriptor, identity = taken
    _MINE.folders.add(identity)
    try:
        yield
    finally:
        _MINE.folders.discard(identity)
        with suppress(OSError):  # where there was none; it ends with the process in any case
            _let_go(descriptor)


def _identity(folder: str) -> tuple[int, int]:
    """Tell a folder from all others, whatever names it has."""
    found = os.stat(folder)
    return found.st_dev, found.st_ino


def _acquired(folder: str) -> tuple[int, tuple[int, int]]:
    """Wait for a folder's lock; return the descriptor that holds it, and which folder it is."""
    begun, waiting = monotonic(), _TOLD.get()
    while True:
        descriptor = _opened(folder)
        try:
            if _is_taken(descriptor):
                identity = _identity(folder)
                if _is_of(descriptor, identity):
                    return descriptor, identity
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if waiting is not None and monotonic() >= begun + TELL_AFTER:
            waiting(folder)
            waiting = None
        if monotonic() >= begun + LONGEST_WAIT:
            raise CoopctlError(
                f"{folder}: another coopctl has been writing here for {LONGEST_WAIT:g} seconds; "
                "see whether it still runs, and run the command again when it has ended"
            )
        sleep(_PAUSE)


if sys.platform == "win32":

    def _opened(folder: str) -> int:
        """Open a file that stands for a folder: folders themselves cannot be opened here."""
        import hashlib
        import tempfile

        name = hashlib.sha256(os.path.normcase(folder).encode()).hexdigest()[:32]
        return os.open(os.path.join(tempfile.gettempdir(), f"coopctl-{name}.lock"), os.O_RDWR | os.O_CREAT)

    def _is_taken(descriptor: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _is_of(_descriptor: int, _identity: tuple[int, int]) -> bool:
        return True

    def _let_go(descriptor: int) -> None:
        os.close(descriptor)

else:
    import fcntl

    def _opened(folder: str) -> int:
        return os.open(folder, os.O_RDONLY)

    def _is_taken(descriptor: int) -> bool:
        """Try to take a lock; where the file system has none, go on without."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return True
            if error.errno not in _BUSY:
                raise
            return False
        return True

    def _is_of(descriptor: int, identity: tuple[int, int]) -> bool:
        """Whether a folder has not been exchanged for another one while its lock was waited for."""
        found = os.fstat(descriptor)
        return (found.st_dev, found.st_ino) == identity

    def _let_go(descriptor: int) -> None:
        """End a lock, also where a process that was started meanwhile has inherited the descriptor."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        finally:
            os.close(descriptor)
