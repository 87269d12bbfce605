"""Exchanges a user's file for a new version of it: the whole new one or the whole old one, never a part.

Who writes holds a lock on the folder meanwhile, which ends with the process, so that two runs cannot lose each other's
changes. The new text goes to a temporary file beside the old one, to the disk, and then takes its name.
"""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

from coopctl.errors import CoopctlError

_PREFIX = ".coopctl-new-"


def replace_text(path: str, before: str, after: str) -> None:
    """Exchange a file's text; `before` is what it was when it was read.

    The mode is kept, and a link stays one: what it leads to is exchanged. Raises `CoopctlError` where the file has
    changed since, or cannot be written; the old text is then still there.
    """
    real = os.path.realpath(path)
    folder = os.path.dirname(real)
    try:
        with _locked(folder):
            _sweep(folder)
            if not os.stat(real).st_mode & 0o222:
                raise CoopctlError(f"{path}: is write-protected")
            with open(real, "rb") as file:
                found = file.read()
            if found != before.encode():
                raise CoopctlError(f"{path}: changed while it was being worked on; run the command again")
            _exchange(real, folder, after.encode())
    except OSError as error:
        raise CoopctlError(f"{path}: cannot be written: {os.strerror(error.errno or 0)}") from None


def create_text(path: str, text: str) -> None:
    """Write a file that is not there yet, and the folder that it is to lie in.

    Raises `CoopctlError` where something stands there by now, or it cannot be written; nothing of it is there then.
    """
    real = os.path.realpath(path)
    folder = os.path.dirname(real)
    try:
        os.makedirs(folder, exist_ok=True)
        with _locked(folder):
            _sweep(folder)
            if os.path.lexists(path):
                raise CoopctlError(f"{path}: somebody else has written it meanwhile; run the command again")
            _exchange(real, folder, text.encode())
    except OSError as error:
        raise CoopctlError(f"{path}: cannot be written: {os.strerror(error.errno or 0)}") from None


def _exchange(real: str, folder: str, content: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=_PREFIX, dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode_for(real))
        os.replace(temporary, real)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    _settle(folder)


def _mode_for(real: str) -> int:
    """Return the mode of the file that is exchanged, or that of a new one."""
    if os.path.lexists(real):
        return stat.S_IMODE(os.stat(real).st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _settle(folder: str) -> None:
    """See to it that the new name is on the disk, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(folder: str) -> None:
    """Delete what a run that was killed left behind; under the lock nobody else's can be there."""
    with os.scandir(folder) as entries:
        orphans = [entry.path for entry in entries if entry.name.startswith(_PREFIX)]
    for orphan in orphans:
        with suppress(OSError):
            os.unlink(orphan)


def held(folder: str) -> "AbstractContextManager[None]":
    """Hold the lock of a folder."""
    return _locked(folder or ".")


@contextmanager
def _locked(folder: str) -> Iterator[None]:
    """Hold the folder's lock, waiting for another run to let go of it; where there are no such locks, go on."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
