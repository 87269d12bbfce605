"""A command driven as a person does: in a terminal, answering when it asks."""

import os
import pty
import select
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_PATIENCE = 20
"""Seconds after which a command that neither asks nor ends has failed."""


class Session(NamedTuple):
    """What was shown in the terminal, and how the command ended."""

    code: int
    shown: str


def run_in_terminal(arguments: Sequence[str], folder: Path, answers: Sequence[str], ask: str = ": ") -> Session:
    """Run the command line in a terminal; `ask` is what stands last on the screen where an answer is awaited.

    An answer is typed as it is, with Enter behind it; `\\x03` is Ctrl-C and `\\x04` the end of the input.
    """
    process, terminal = pty.fork()
    if process == 0:  # pragma: no cover - the command itself
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests may ignore it
        os.chdir(folder)
        os.environ.update(TERM="dumb", NO_COLOR="1", COLUMNS="100")
        os.execv(sys.executable, [sys.executable, "-m", "coopctl", *arguments])
    shown, waiting = b"", list(answers)
    seen = 0
    while select.select([terminal], [], [], _PATIENCE)[0]:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the other end has gone
            break
        if not piece:
            break
        shown += piece
        if waiting and shown[seen:].endswith(ask.encode()):
            answer = waiting.pop(0)
            seen = len(shown)
            os.write(terminal, answer.encode() if answer in ("\x03", "\x04") else f"{answer}\n".encode())
    os.close(terminal)
    _, status = os.waitpid(process, 0)
    return Session(os.waitstatus_to_exitcode(status), shown.decode("utf-8").replace("\r\n", "\n"))
