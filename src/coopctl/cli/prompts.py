"""Questions in a terminal: they go to standard error, so that standard output has results only."""

import re
import sys
import unicodedata

from coopctl.errors import CoopctlError
from coopctl.output.terminal import clean

_TYPED_DATE = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2|\s*年\s*(\d{1,2})\s*月\s*)(\d{1,2})(?:\s*[日号號])?")
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


def typed_date(text: str) -> str:
    """Return a date that was typed as people write it, 2026/7/1 or 2026年7月1日, as it is written in files.

    Only forms that begin with the year are understood; anything else is returned as it is.
    """
    match = _TYPED_DATE.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None:
        return text
    return f"{match[1]}-{int(match[3] or match[4]):02}-{int(match[5]):02}"
