"""Runs git so that it only reads, and so that nothing in a repository can make it run a program or use the network."""

import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final, NamedTuple

from coopctl.errors import CoopctlError

TIME_LIMIT: Final = 10.0
"""Seconds that one git command may take."""
_MOST_LISTED: Final = 256 * 1024 * 1024
"""Bytes of a listing, beyond which a tree is taken for one made to have no end."""

_SETTINGS: Final = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "core.warnAmbiguousRefs=true",
)
_KEPT: Final = re.compile(
    r"GIT_(CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|COUNT|KEY_\d+|VALUE_\d+)"
    r"|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|QUARANTINE_PATH)"
)
"""The user's own settings, and where a server keeps a push that it has yet to accept. Any other variable of git's, such
as the GIT_DIR that a hook hands on, would make this another repository, or run something."""
_SET: Final = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}


class Answer(NamedTuple):
    """What git answered."""

    code: int
    out: bytes
    complaint: str

    @property
    def line(self) -> str:
        """The one line of the answer."""
        return os.fsdecode(self.out.removesuffix(b"\n"))


class Blob(NamedTuple):
    """What git knows of an object without its content."""

    exists: bool
    size: int = 0


class Git:
    """Git in one folder."""

    def __init__(self, folder: str = ".") -> None:
        self.folder = folder

    def ask(self, *arguments: str) -> Answer:
        """Run git and return its answer, whatever it is."""
        with self._started(arguments) as (process, complaints):
            out = _stream(process.stdout).read(_MOST_LISTED)
            code = process.wait()
            return Answer(code, out, _text_of(complaints))

    def listed(self, *arguments: str) -> Iterator[str]:
        """Yield the pieces of an answer that NUL bytes end; raises `CoopctlError` where git fails."""
        with self._started(arguments) as (process, complaints):
            stream, rest, size = _stream(process.stdout), b"", 0
            while chunk := stream.read(1 << 16):
                size += len(chunk)
                if size > _MOST_LISTED:
                    process.kill()
                    raise CoopctlError("git: the repository lists more files than are looked at")
                *pieces, rest = (rest + chunk).split(b"\0")
                yield from map(os.fsdecode, pieces)
            if process.wait():
                raise _failed(arguments[0], complaints)

    def measured(self, names: list[str]) -> list[Blob]:
        """Return how large objects are, in the order of their names."""
        with self._started(("cat-file", "--batch-check"), answers=True) as (process, complaints):
            return [_measured(_asked(process, name, complaints)) for name in names]

    def contents(self, names: list[str]) -> Iterator[bytes]:
        """Yield the contents of objects that are there, in the order of their names."""
        with self._started(("cat-file", "--batch"), answers=True) as (process, complaints):
            for name in names:
                size = _measured(_asked(process, name, complaints)).size
                content = _stream(process.stdout).read(size + 1)
                if len(content) != size + 1:
                    raise _failed("cat-file", complaints)
                yield content[:-1]

    @contextmanager
    def _started(
        self, arguments: tuple[str, ...], *, answers: bool = False
    ) -> Iterator[tuple["subprocess.Popen[bytes]", IO[bytes]]]:
        """Run git for the time of a `with` block, and no longer than the time limit."""
        program = shutil.which("git")
        if program is None:
            raise CoopctlError("git is not installed, or not on the PATH; two files or folders compare without it")
        command = [program, "--no-pager", "--literal-pathspecs"]
        command += [part for setting in _SETTINGS for part in ("-c", setting)]
        with tempfile.TemporaryFile() as complaints:
            try:
                process = subprocess.Popen(
                    [*command, *arguments],
                    stdin=subprocess.PIPE if answers else subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=complaints,
                    cwd=self.folder,
                    env=_environment(),
                )
            except (OSError, ValueError) as error:
                raise CoopctlError(f"git cannot be run: {error}") from None
            expired = threading.Event()
            watch = threading.Timer(TIME_LIMIT, _stop, (process, expired))
            watch.daemon = True
            watch.start()
            try:
                yield process, complaints
            except CoopctlError:
                _refuse_expired(expired, arguments)
                raise
            finally:
                watch.cancel()
                if process.poll() is None:
                    process.kill()
                for stream in (process.stdin, process.stdout):
                    if stream is not None:
                        _close(stream)
                process.wait()
            _refuse_expired(expired, arguments)


def _stop(process: "subprocess.Popen[bytes]", expired: threading.Event) -> None:
    if process.poll() is None:
        expired.set()
        process.kill()


def _refuse_expired(expired: threading.Event, arguments: tuple[str, ...]) -> None:
    if expired.is_set():
        raise CoopctlError(
            f"git {arguments[0]} took longer than {TIME_LIMIT:.0f} seconds and was stopped; name one agreement, "
            "as in v1.1:northstar/agreement.yaml, or see whether git itself is quick here"
        )


def _failed(command: str, complaints: IO[bytes]) -> CoopctlError:
    """Return the error that git could not do what it was asked to."""
    told = _text_of(complaints)
    if "promisor remote" in told:
        return CoopctlError(
            "this partial clone lacks files of the version asked for, and coopctl fetches nothing; "
            "run `git fetch --refetch --no-filter`"
        )
    return CoopctlError(f"git {command}: {told or 'it ended early'}")


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _KEPT.fullmatch(name)}
    return {**kept, **_SET}


def _asked(process: "subprocess.Popen[bytes]", name: str, complaints: IO[bytes]) -> bytes:
    """Ask a running git about one object, and return the line of its answer."""
    try:
        stdin = process.stdin
        assert stdin is not None
        stdin.write(name.encode() + b"\n")
        stdin.flush()
        answer = _stream(process.stdout).readline()
    except OSError:
        answer = b""
    if not answer.endswith(b"\n"):
        process.wait()
        raise _failed("cat-file", complaints)
    return answer


def _measured(answer: bytes) -> Blob:
    parts = answer.split()
    return Blob(True, int(parts[2])) if len(parts) == 3 and parts[1] == b"blob" else Blob(False)


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:  # git went away before it had read everything
        return


def _text_of(complaints: IO[bytes]) -> str:
    """Return the first lines of what git said on standard error."""
    complaints.seek(0)
    lines = complaints.read(4096).decode("utf-8", "replace").splitlines()
    return "; ".join(line.strip() for line in lines[:4] if line.strip())
