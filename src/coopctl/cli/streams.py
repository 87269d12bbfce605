"""Standard output that tells the truth: a full disk is an error, a closed pipe ends quietly."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from coopctl import __version__
from coopctl.errors import CoopctlError


class StandardOutput:
    """Writes results as UTF-8 with plain line ends, whatever the locale.

    When the reader goes away (`| head`) writing stops quietly and work goes on, so that the exit code still is the
    verdict. Any other failure to write raises `CoopctlError`.
    """

    def __init__(self) -> None:
        self._gone = False
        if sys.stdout is None:
            raise CoopctlError("standard output is closed: there is nowhere to write the result")
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")

    def write(self, text: str) -> None:
        """Write some text."""
        self._attempt(lambda: sys.stdout.write(text))

    def close(self) -> None:
        """See to it that everything has arrived."""
        self._attempt(sys.stdout.flush)

    def _attempt(self, action: Callable[[], object]) -> None:
        if self._gone:
            return
        try:
            action()
        except BrokenPipeError:
            self._gone = True
            _discard_standard_output()
        except OSError as error:
            _discard_standard_output()
            raise CoopctlError(f"cannot write to standard output: {os.strerror(error.errno or 0)}") from None


def _discard_standard_output() -> None:
    """Point file descriptor 1 at nothing, so that the interpreter's own last flush cannot fail."""
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)


class NotShownError(CoopctlError):
    """A command has done its work, and could not say so."""


@contextmanager
def showing_after(done: str) -> Iterator[None]:
    """Show what came of work that is done; where that fails, say that it is. Nothing was done where `done` is empty."""
    try:
        yield
    except CoopctlError as error:
        if not done:
            raise
        raise NotShownError(f"{done}, but the result could not be shown: {error}") from None


def is_terminal() -> bool:
    """Whether standard output is shown to somebody, and not kept or read by a program."""
    return sys.stdout is not None and sys.stdout.isatty()


def is_read_for_commands() -> bool:
    """Whether a CI server may read standard output for commands: it is no file, and a log is a pipe like any other."""
    if sys.stdout is None or os.environ.get("GITHUB_ACTIONS") != "true":
        return False
    try:
        return not stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return True


def complain(message: str) -> None:
    """Say on standard error why a command cannot go on."""
    if sys.stderr is None:
        return
    with suppress(OSError, ValueError):
        reconfigure = getattr(sys.stderr, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
        print(message, file=sys.stderr)


def print_version() -> int:
    """Print the version; return the exit code."""
    try:
        out = StandardOutput()
        out.write(f"coopctl {__version__}\n")
        out.close()
    except CoopctlError as error:
        complain(f"error: {error}")
        return error.exit_code
    return 0
