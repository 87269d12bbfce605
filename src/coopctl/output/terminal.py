"""Text for a terminal: harmless, as wide as it looks, and coloured where that is wanted."""

import re
import unicodedata
from typing import Literal, NamedTuple

Style = Literal["breach", "warn", "met", "off-target", "missing", "pending", "excused", "bold", "dim", "place"]

_CODES: dict[str, str] = {
    "breach": "1;31",
    "warn": "1;33",
    "met": "32",
    "off-target": "33",
    "missing": "1;35",
    "pending": "2",
    "excused": "36",
    "bold": "1",
    "dim": "2",
    "place": "36",
}

HARMFUL = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_BREAKABLE = r"[⺀-鿿豈-﫿](?:[，。；：、！？）》」』]*)\s*|[^\s⺀-鿿豈-﫿]+\s*|\s+"
# Both are compiled where they are first needed: most runs never need them, and compiling takes milliseconds.


def clean(text: str) -> str:
    """Show control, escape and bidirectional characters as `\\x1b`, so that no file steers a terminal or a log.

    `##[` anywhere in a line is a command to some CI servers; its bracket is shown as an escape too.
    """
    if "##[" in text:
        text = text.replace("##[", r"##\x5b")
    if text.isascii() and text.isprintable():
        return text
    return re.sub(HARMFUL, _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class Paper(NamedTuple):
    """What text is written on."""

    width: int = 100
    colour: bool = False

    def paint(self, text: str, style: Style | None = None) -> str:
        """Make text harmless, and colour it if this paper takes colour."""
        harmless = clean(text)
        if not self.colour or style is None:
            return harmless
        return f"\x1b[{_CODES[style]}m{harmless}\x1b[0m"


def cell_width(text: str) -> int:
    """Columns that text takes on a terminal; East Asian wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Fill text up to a width with spaces, after it or before it; longer text stays whole."""
    gap = " " * max(0, width - cell_width(text))
    return gap + text if right else text + gap


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Break text into lines no wider than `width`, at spaces or between wide characters; later lines are indented."""
    text = clean(text)
    words = [f"{word} " for word in text.split(" ")] if text.isascii() else re.findall(_BREAKABLE, text)
    lines: list[str] = []
    line = ""
    for word in words:
        if line.strip() and cell_width(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = indent + word.lstrip()
        else:
            line += word
    return [*lines, line.rstrip()]
