"""Renders templates of a user in a process of its own, and ends that process whatever it does."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from threading import Thread
from typing import IO, Any, Final

from coopctl import limits

_PROGRAM: Final = "import sys; sys.path[:] = sys.argv[1:]; from coopctl.report.templating.child import main; main()"
_NEEDED: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH")
"""All of the environment that Python itself may need to start."""
_ANSWER_BYTES: Final = 6 * limits.RENDERED_BYTES + 64 * 1024
"""No answer is longer: JSON writes a byte of text as six at most."""


class NoAnswerError(Exception):
    """The process ended, or was ended, without a sensible answer."""

    def __init__(self, *, late: bool) -> None:
        super().__init__()
        self.late = late
        """It took too long."""


def answered(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the rendering process answers; raises `NoAnswerError`."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", _PROGRAM, *(os.path.abspath(path) for path in sys.path if path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _NEEDED if name in os.environ},
        start_new_session=True,
    )
    assert child.stdin is not None and child.stdout is not None
    content: list[bytes] = []
    # Pipes fill up in both directions, and a process that hangs closes none of them: two threads wait for them.
    asking = Thread(target=_ask, args=(child.stdin, json.dumps(request).encode("ascii")), daemon=True)
    listening = Thread(target=_listen, args=(child.stdout, content), daemon=True)
    try:
        asking.start()
        listening.start()
        listening.join(limits.TEMPLATE_CLOCK_SECONDS)
        late = listening.is_alive()
    finally:
        _end(child)
    listening.join(1)
    asking.join(1)
    if late or child.returncode == -getattr(signal, "SIGXCPU", 0):
        raise NoAnswerError(late=True)
    return _parsed(b"".join(content))


def _ask(pipe: IO[bytes], request: bytes) -> None:
    try:
        with pipe:
            pipe.write(request)
    except (OSError, ValueError):  # the process ended before it had read everything
        return


def _listen(pipe: IO[bytes], content: list[bytes]) -> None:
    try:
        with pipe:
            content.append(pipe.read(_ANSWER_BYTES + 1))
    except (OSError, ValueError):
        return


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End the process, and whatever it may have started."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            child.kill()
    else:
        child.kill()
    child.wait()


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(content) if len(content) <= _ANSWER_BYTES else None
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise NoAnswerError(late=False)
    return answer
