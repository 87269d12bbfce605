"""Children of the test's own process: several at once, and one that something happens to at a chosen call."""

import fcntl
import os
import signal
import sys
from collections.abc import Callable, Iterable
from typing import Any

from coopctl.cli.app import run

Job = Callable[[], int]
"""What a child does; its result is the child's exit code."""

_NAMES = (
    *("open", "write", "fsync", "close", "stat", "lstat", "fstat", "scandir", "mkdir", "chmod", "chown"),
    *("listxattr", "getxattr", "setxattr", "unlink", "replace", "link"),
)
CALLS = (*((os, name) for name in _NAMES if hasattr(os, name)), (fcntl, "flock"))
"""What coopctl asks the system for when it writes a file."""
KILLED = -signal.SIGKILL


def command(*arguments: object) -> Job:
    """A run of coopctl, in the folder that the test is in."""

    def job() -> int:
        sys.argv = ["coopctl", *map(str, arguments)]
        return run()

    return job


def begun(job: Job) -> int:
    """Begin a child; return its number."""
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        code = job()
    finally:
        os._exit(code)


def ended(child: int) -> int:
    """Wait for a child; return its exit code, or the number of the signal that ended it, negative."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def at_once(jobs: Iterable[Job]) -> list[int]:
    """Do jobs in processes of their own that begin in the same moment; return their exit codes."""
    gate, opener = os.pipe()

    def behind_the_gate(job: Job) -> Job:
        def waiting() -> int:
            os.close(opener)
            os.read(gate, 1)  # ends when the last process that could open it has closed it
            return job()

        return waiting

    children = [begun(behind_the_gate(job)) for job in jobs]
    os.close(opener)
    os.close(gate)
    return [ended(child) for child in children]


def when_called(
    number: int, happens: Callable[[], None], *, after: bool = False, put: Callable[[Any, str, Any], None] = setattr
) -> Callable[[], int]:
    """Let something happen at one of this process's calls; return what counts the calls so far.

    Nothing waits for the disk: `fsync` is only counted. `put` replaces the calls, so that a test can have them back.
    """
    count = 0

    def patched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal count
            count += 1
            is_the_one = count == number
            is_late = after or name == "close"  # what cannot be closed is closed all the same
            if is_the_one and not is_late:
                happens()
            try:
                return None if name == "fsync" else real(*arguments, **named)
            finally:
                if is_the_one and is_late:
                    happens()

        return call

    for module, name in CALLS:
        put(module, name, patched(name, getattr(module, name)))
    return lambda: count


def die() -> None:
    """End as if the machine had stopped: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)
