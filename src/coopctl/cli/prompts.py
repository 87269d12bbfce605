"""Questions in a terminal: they go to standard error, so that standard output has results only."""

import sys

from coopctl.errors import CoopctlError
from coopctl.output.terminal import clean

_YES = ("y", "yes", "是")


class Terminal:
    """Somebody who can be asked."""

    @classmethod
    def standard(cls, otherwise: str) -> "Terminal":
        """Return who sits at standard input; raises `CoopctlError` where nobody does, with what to do otherwise."""
        if sys.stdin is None or not sys.stdin.isatty():
            raise CoopctlError(otherwise)
        for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stderr, "backslashreplace")):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None and (stream.encoding, stream.errors) != ("utf-8", errors):
                reconfigure(encoding="utf-8", errors=errors)  # what is no UTF-8 is refused by who reads the answer
        return cls()

    def tell(self, line: str) -> None:
        """Show a line."""
        print(clean(line), file=sys.stderr, flush=True)

    def ask(self, question: str, default: str = "") -> str:
        """Return what was typed, without blanks around it, or the default.

        Raises `CoopctlError` where the input ends, and `KeyboardInterrupt` on Ctrl-C.
        """
        shown = f" [{clean(default)}]" if default else ""
        print(f"{clean(question)}{shown}: ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            self.tell("")
            raise CoopctlError("the input ended before all questions were answered")
        return line.strip() or default

    def confirm(self, question: str) -> bool:
        """Ask a question that takes a yes; anything else is a no."""
        return self.ask(f"{question} [y/N]").casefold() in _YES
