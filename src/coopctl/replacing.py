"""Exchanges users' files for new versions of them: each the whole new one or the whole old one, never a part.

Who writes holds the locks of the folders meanwhile. Everything is looked at first, and every new text goes to a
temporary file beside the old one and to the disk; only then do they take their names, one after the other.
"""

import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from coopctl.errors import CoopctlError
from coopctl.files import lies_within
from coopctl.locking import held

Change = tuple[str, str | None, str]
"""A file's path, its text when it was read (None: it was not there), and its new text."""

_PREFIX = ".coopctl-new-"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_NO_LINKS = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EINVAL}
)
"""What a file system says that gives a file no second name."""
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def replace_text(path: str, before: str, after: str, tree: str | None = None) -> None:
    """Exchange a file's text; `before` is what it was when it was read. See `replace_all`."""
    replace_all([(path, before, after)], tree)


def replace_all(changes: Iterable[Change], tree: str | None = None) -> None:
    """Give several files their new texts, or leave all of them as they are.

    Mode, owner and attributes are kept where the system allows it, and a link stays one: what it leads to is exchanged.
    `tree` is the folder that all files have to lie in once links are followed. Raises `CoopctlError` where a file has
    changed since it was read, or cannot be written; the old texts are then there, or the error says which are not.
    Killed half-way, some files have their new text and the others their old one.
    """
    exchanges = [_Exchange(*each, tree) for each in changes]
    made: list[str] = []
    try:
        for each in exchanges:
            with _telling(each.path):
                _make_folders(each.folder, made)
        with held(*(each.folder for each in exchanges)):
            _exchange(exchanges)
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):
                os.rmdir(folder)
        raise


def _exchange(exchanges: Sequence["_Exchange"]) -> None:
    for folder in {each.folder for each in exchanges}:
        _sweep(folder)
    try:
        for each in exchanges:
            with _telling(each.path):
                each.check()
        _refuse_doubles(exchanges)
        for each in exchanges:
            with _telling(each.path):
                each.prepare()
        _commit(exchanges)
    finally:
        for each in exchanges:
            each.abandon()
    for folder in {each.folder for each in exchanges}:
        _settle(folder)


def _refuse_doubles(exchanges: Iterable["_Exchange"]) -> None:
    seen: dict[object, str] = {}
    for each in exchanges:
        other = seen.setdefault(each.identity, each.path)
        if other is not each.path:
            raise CoopctlError(f"{each.path}: is the same file as {other}; only one of them can be written")


def _commit(exchanges: Sequence["_Exchange"]) -> None:
    """Rename all files; where one cannot be, put those before it back."""
    begun: list[_Exchange] = []
    try:
        for each in exchanges:
            begun.append(each)
            with _telling(each.path):
                each.commit()
    except BaseException as error:
        done = [each for each in begun if each.is_done]
        stuck = [each.path for each in reversed(done) if not _is_put_back(each)]
        told = str(error) if isinstance(error, CoopctlError) else "interrupted"
        if stuck:
            told += f"; new already, and could not be put back: {', '.join(sorted(stuck))}"
        if back := [each.path for each in done if each.path not in stuck]:
            told += f"; put back as they were: {', '.join(back)}"
        if stuck or isinstance(error, CoopctlError):
            raise CoopctlError(told) from None
        raise


def _is_put_back(exchange: "_Exchange") -> bool:
    try:
        exchange.put_back()
    except OSError:
        return False
    return True


class _Exchange:
    """One file on its way to its new text."""

    def __init__(self, path: str, before: str | None, after: str, tree: str | None) -> None:
        self.path = path
        with _telling(path):
            self._real = os.path.realpath(path)
            self._before = None if before is None else before.encode()
            self._after = after.encode()
        if tree is not None and not lies_within(path, tree):
            raise CoopctlError(
                f"{path}: a link leads out of the folder {tree or '.'}; put the file itself there, or name its place"
            )
        self.folder = os.path.dirname(self._real)
        self._seen: os.stat_result | None = None
        self._temporary: str | None = None
        self._is_begun = False

    @property
    def identity(self) -> object:
        """What tells the file from all others, whatever names it has."""
        return self._real if self._seen is None else (self._seen.st_dev, self._seen.st_ino)

    @property
    def is_done(self) -> bool:
        """Whether what was prepared is in its place."""
        if not self._is_begun or self._temporary is None:
            return False
        return not os.path.lexists(self._temporary) or _are_one(self._temporary, self._real)

    def check(self) -> None:
        """See that the file is as it was read, and may be written."""
        if os.path.realpath(self.path) != self._real:
            raise self._changed()
        if not os.access(self.folder, os.W_OK):
            raise CoopctlError(f"{self.path}: the folder that it lies in is write-protected")
        if self._before is None:
            self._refuse_to_overwrite()
            return
        try:
            self._seen, found = _read(self._real)
        except FileNotFoundError:
            raise CoopctlError(f"{self.path}: somebody has removed it meanwhile; run the command again") from None
        if found is None:
            what = "is a folder" if stat.S_ISDIR(self._seen.st_mode) else "is not a regular file"
            raise CoopctlError(f"{self.path}: {what}")
        if not self._seen.st_mode & 0o222 or not os.access(self._real, os.W_OK):
            raise CoopctlError(f"{self.path}: is write-protected")
        if found != self._before:
            raise self._changed()

    def prepare(self) -> None:
        """Write the new text beside the file."""
        self._write_beside(self._after)

    def commit(self) -> None:
        """Let the new text take its place, unless somebody who heeds no locks was here."""
        assert self._temporary is not None, "prepared before"
        if os.path.realpath(self.path) != self._real:
            raise self._changed()
        if self._seen is None:
            self._refuse_to_overwrite()
            self._give_name()
            return
        if _version(os.stat(self._real)) != _version(self._seen):
            raise self._changed()
        self._rename()

    def put_back(self) -> None:
        """Undo what was done; raises `OSError` where that is not possible."""
        if self._before is None:
            os.unlink(self._real)
            return
        try:
            self._write_beside(self._before)
            self._rename()
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Delete what was prepared and is not in its place."""
        if self._temporary is not None:
            with suppress(OSError):
                os.unlink(self._temporary)
            self._temporary = None

    def _rename(self) -> None:
        assert self._temporary is not None, "prepared before"
        self._is_begun = True
        os.replace(self._temporary, self._real)

    def _give_name(self) -> None:
        """Let a new file have its name, unless another one has taken it, if only this instant."""
        assert self._temporary is not None, "prepared before"
        self._is_begun = True
        try:
            os.link(self._temporary, self._real)
        except FileExistsError:
            raise self._taken() from None
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            self._refuse_to_overwrite()
            self._rename()
            return
        os.unlink(self._temporary)

    def _write_beside(self, content: bytes) -> None:
        """Write a temporary file, to the disk; nobody can read it who could not read the old one."""
        self._temporary = os.path.join(self.folder, _PREFIX + secrets.token_hex(8))
        descriptor = os.open(self._temporary, _NEW, 0o666 if self._seen is None else 0o600)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            if self._seen is not None:
                _dress(self._temporary, self._real, self._seen)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _refuse_to_overwrite(self) -> None:
        if os.path.isdir(self._real):
            raise CoopctlError(f"{self.path}: is a folder")
        if os.path.lexists(self.path) or os.path.lexists(self._real):
            raise self._taken()

    def _taken(self) -> CoopctlError:
        return CoopctlError(f"{self.path}: somebody else has written it meanwhile; run the command again")

    def _changed(self) -> CoopctlError:
        return CoopctlError(f"{self.path}: changed while it was being worked on; run the command again")


def _read(real: str) -> tuple[os.stat_result, bytes | None]:
    """Return a file's state and content; None for what is not a regular file, which is not opened."""
    found = os.stat(real)
    if not stat.S_ISREG(found.st_mode):
        return found, None
    with os.fdopen(os.open(real, _READ), "rb") as file:
        return os.fstat(file.fileno()), file.read()


def _are_one(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def _version(found: os.stat_result) -> tuple[int, ...]:
    """What differs once somebody else has written a file."""
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _dress(temporary: str, real: str, old: os.stat_result) -> None:
    """Give a new file the owner, the mode and the attributes of the old one, as far as the system allows it."""
    mode = stat.S_IMODE(old.st_mode)
    new = os.stat(temporary)
    is_kept = (new.st_uid, new.st_gid) == (old.st_uid, old.st_gid) or (
        _is_given(temporary, old.st_uid, old.st_gid) or _is_given(temporary, -1, old.st_gid)
    )
    if not is_kept:
        mode = mode & ~0o070 | (mode & 0o007) << 3  # another group gets no more than everybody has
    if stat.S_IMODE(os.stat(temporary).st_mode) != mode:
        os.chmod(temporary, mode)
    if hasattr(os, "listxattr"):  # among them are access control lists
        with suppress(OSError):
            for name in os.listxattr(real):
                with suppress(OSError):
                    os.setxattr(temporary, name, os.getxattr(real, name))


def _is_given(path: str, owner: int, group: int) -> bool:
    try:
        os.chown(path, owner, group)
    except OSError:
        return False
    return True


def _make_folders(folder: str, made: list[str]) -> None:
    """Make a folder and those above it, and add the ones that were not there to a list, outermost first."""
    if os.path.lexists(folder):
        return
    _make_folders(os.path.dirname(folder), made)
    with suppress(FileExistsError):
        os.mkdir(folder)
        made.append(folder)


def _settle(folder: str) -> None:
    """See to it that the new names are on the disk, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(folder: str) -> None:
    """Delete what a run that was killed left behind; under the lock nobody else's can be there."""
    with suppress(OSError), os.scandir(folder) as entries:
        for orphan in [entry.path for entry in entries if entry.name.startswith(_PREFIX)]:
            with suppress(OSError):
                os.unlink(orphan)


@contextmanager
def _telling(path: str) -> Iterator[None]:
    """Say of which file a system's complaint is."""
    try:
        yield
    except OSError as error:
        raise CoopctlError(f"{path}: cannot be written: {os.strerror(error.errno or 0)}") from None
    except ValueError as error:  # a name with a NUL byte, or text that is not Unicode
        raise CoopctlError(f"{path}: cannot be written: {error}") from None
