"""Where results go: standard output, the files named by `--output-format FORMAT=PATH`, and a CI server's own places."""

import os
import stat
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import NamedTuple, Self

from coopctl.cli.streams import StandardOutput, complain
from coopctl.discovery import is_agreement_name
from coopctl.errors import CoopctlError
from coopctl.files import lies_within

FORMATS_VARIABLE = "COOPCTL_OUTPUT_FORMAT"
_ALL_FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "csv")
_FOR_PEOPLE = ("full", "concise")
_MOST_LINKS = 40
"""Links that lead to links, as many as the system follows."""


class Target(NamedTuple):
    """A format and where its text goes."""

    format: str
    path: str | None = None
    """None: standard output."""
    append: bool = False
    """Add to the file at `path` instead of writing it anew."""
    on_standard_error: bool = False

    def open(self) -> "Sink":
        """Return the place, ready to be written to."""
        if self.path is not None:
            return AppendSink(self.path) if self.append else FileSink(self.path)
        return ErrorSink() if self.on_standard_error else OutputSink()


def wanted_formats(given: list[str] | None, known: tuple[str, ...]) -> list[Target]:
    """Read `--output-format`, or its environment variable; standard output always gets one format."""
    source = "--output-format"
    if not given:
        source, given = FORMATS_VARIABLE, os.environ.get(FORMATS_VARIABLE, "").split()
        others = set(_ALL_FORMATS) - set(known)  # the variable is for all commands; not each has every format
        given = [each for each in given if each.partition("=")[0] not in others]
    wanted: list[Target] = []
    for each in given:
        name, has_path, path = each.partition("=")
        if name not in known:
            raise CoopctlError(f"{source}: no format is called {name!r}; there are {', '.join(known)}")
        if has_path and not path:
            raise CoopctlError(f"{source}: {each} names no file")
        wanted.append(Target(name, path or None))
    on_standard_output = [target.format for target in wanted if target.path is None]
    if len(on_standard_output) > 1:
        raise CoopctlError(
            f"{source}: {' and '.join(on_standard_output)} cannot both go to standard output; "
            "write one of them as FORMAT=PATH"
        )
    paths = [target.path for target in wanted if target.path is not None]
    for path in paths:
        if paths.count(path) > 1:
            raise CoopctlError(f"{source}: two formats cannot both be written to {path}")
    return wanted if on_standard_output else [Target(known[0]), *wanted]


def github_targets(wanted: list[Target]) -> list[Target]:
    """Return what GitHub Actions gets without being asked: annotations in the log, Markdown in the job summary."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return []
    on_standard_output = next(target.format for target in wanted if target.path is None)
    found = []
    if on_standard_output != "github":
        found.append(Target("github", on_standard_error=on_standard_output not in _FOR_PEOPLE))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        found.append(Target("markdown", summary, append=True))
    return found


def refuse_inputs(targets: list[Target], agreements: list[str], sources: Iterable[str] = ()) -> None:
    """Refuse to write a result over an agreement or a file of its ledger, or where the next run would read it as one.

    `sources` are other files that the result was made from.
    """
    made_from = {os.path.realpath(path) for path in sources}
    inputs = {os.path.realpath(path) for path in agreements}
    for path in filter(None, (target.path for target in targets)):
        place = os.path.realpath(path)
        is_input = place in inputs or any(map(is_agreement_name, (os.path.basename(path), os.path.basename(place))))
        if is_input or any(_is_in_ledger(path, agreement) for agreement in agreements):
            raise CoopctlError(f"{path} would be read as an agreement or ledger; name another file")
        if place in made_from:
            raise CoopctlError(f"{path} is what the result is made from; name another file")


def _is_in_ledger(path: str, agreement: str) -> bool:
    """Whether an agreement reads a file as part of its ledger, or would, once it is there."""
    folder = os.path.dirname(agreement)
    if not lies_within(path, folder):  # no ledger lies there; most results do not need a look at the agreement
        return False
    from coopctl.loading import reads

    return reads(agreement, path)


class Sink:
    """A place for text; used in a `with` block, and closed inside it when everything went well."""

    def write(self, text: str) -> None:
        """Write some text."""
        raise NotImplementedError

    def close(self) -> None:
        """See to it that everything has arrived."""

    def abandon(self) -> None:
        """Give up what was not closed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abandon()


class OutputSink(StandardOutput, Sink):
    """Standard output."""


def print_result(text: str) -> None:
    """Write a whole result to standard output."""
    with OutputSink() as sink:
        sink.write(text)
        sink.close()


class ErrorSink(Sink):
    """Standard error, for what must not get into a result that a program reads."""

    def write(self, text: str) -> None:
        if sys.stderr is not None:
            with suppress(OSError, ValueError):
                sys.stderr.write(text)


class FileSink(Sink):
    """A file that appears whole at the end, or not at all; a pipe or device is written to as it stands."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._temporary: str | None = None
        self._target = os.path.realpath(path)  # a link stays one: what it leads to is written
        try:
            self._file = os.fdopen(self._opened(), "wb")
        except OSError as error:
            raise _cannot_write(path, error) from None

    def _opened(self) -> int:
        own = _own_descriptor(self._path)
        if own is not None:  # opened anew, a file would be written from its beginning
            _flush_standard_streams()
            return os.dup(own)
        if is_special(self._path):
            return os.open(self._path, os.O_WRONLY)
        self._temporary = self._beside(self._target)
        return os.open(self._temporary, os.O_WRONLY | os.O_TRUNC)

    @staticmethod
    def _beside(target: str) -> str:
        import tempfile

        descriptor, temporary = tempfile.mkstemp(prefix=".coopctl-", dir=os.path.dirname(target))
        os.close(descriptor)
        return temporary

    def write(self, text: str) -> None:
        self.write_bytes(text.encode("utf-8", errors="backslashreplace"))

    def write_bytes(self, content: bytes) -> None:
        """Write what is no text."""
        try:
            self._file.write(content)
        except OSError as error:
            self._refuse(error)

    def close(self) -> None:
        try:
            self._file.close()
            if self._temporary is not None:
                os.chmod(self._temporary, _mode_for(self._target))
                os.replace(self._temporary, self._target)
                self._temporary = None
        except OSError as error:
            self._refuse(error)

    def _refuse(self, error: OSError) -> None:
        if not (isinstance(error, BrokenPipeError) and _own_descriptor(self._path) is not None):  # as for `| head`
            raise _cannot_write(self._path, error)

    def abandon(self) -> None:
        with suppress(OSError):
            self._file.close()
        if self._temporary is not None:
            with suppress(OSError):
                os.unlink(self._temporary)


def _mode_for(target: str) -> int:
    """Return the mode of the file that is replaced, or else of one that is new."""
    try:
        return stat.S_IMODE(os.stat(target).st_mode)
    except OSError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


def write_file(path: str, content: bytes) -> None:
    """Write a whole file, or none of it."""
    with FileSink(path) as sink:
        sink.write_bytes(content)
        sink.close()


def write_beside(path: str, files: Mapping[str, bytes]) -> None:
    """Write files into a folder beside a file, by path relative to it; a link that leads elsewhere is refused."""
    home = os.path.dirname(os.path.realpath(path))
    for name, content in files.items():
        target = os.path.join(home, *name.split("/"))
        try:
            os.makedirs(os.path.dirname(target), exist_ok=True)
        except OSError as error:
            raise _cannot_write(os.path.dirname(target), error) from None
        if os.path.realpath(target) != target:
            raise CoopctlError(f"{target}: is a link, or lies behind one; remove it, or name another file with -o")
        write_file(target, content)


def is_special(path: str) -> bool:
    """Whether a path stands for what is written to as it stands: a pipe, a device, /dev/stdout wherever it leads."""
    return _own_descriptor(path) is not None or (os.path.exists(path) and not os.path.isfile(path))


def _own_descriptor(path: str) -> int | None:
    """Return the number of this process's open file that a path such as /dev/stdout is another name for."""
    own = os.path.realpath("/proc/self/fd")
    for _ in range(_MOST_LINKS):
        folder, name = os.path.split(path)
        if name.isdecimal() and os.path.realpath(folder) == own:
            return int(name)
        if not os.path.islink(path):
            return None
        path = os.path.join(folder, os.readlink(path))
    return None


def _flush_standard_streams() -> None:
    """See to it that what was written before stands before what is written next."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.flush()


class AppendSink(Sink):
    """The end of a file that others write to as well."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._text = ""

    def write(self, text: str) -> None:
        self._text += text

    def close(self) -> None:
        try:
            with open(self._path, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                file.write(self._text)
        except OSError as error:  # nobody asked for it, so it does not change how the command ends
            complain(f"warning: {_cannot_write(self._path, error)}")


def _cannot_write(path: str, error: OSError) -> CoopctlError:
    return CoopctlError(f"{path}: cannot be written: {os.strerror(error.errno or 0)}")
