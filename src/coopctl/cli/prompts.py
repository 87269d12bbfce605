"""Questions in a terminal: they go to standard error, so that results stay alone on standard output."""

import sys

from coopctl.errors import CoopctlError


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def say(line: str = "") -> None:
    """Write a line between questions."""
    print(line, file=sys.stderr, flush=True)


def ask(question: str) -> str:
    """Ask a question, and return the answer without blanks around it; empty for Enter.

    Raises `CoopctlError` where the input ends, and `KeyboardInterrupt` on Ctrl-C.
    """
    print(f"{question}: ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        say()
        raise CoopctlError("the input ended before the answer")
    return line.strip()


def confirm(question: str) -> bool:
    """Ask a question that takes a yes; anything else is a no."""
    return ask(f"{question} [y/N]").casefold() in ("y", "yes", "是", "j")
