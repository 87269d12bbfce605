"""Text for a terminal: harmless, as wide as it looks, and coloured where that is wanted."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from coopctl.cells import cell_width

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

    `##[` anywhere, and `::` at a line's start, begin commands to CI servers. One of their signs is shown as an escape
    too, the colon wherever a line may be broken before it.
    """
    if "##[" in text:
        text = text.replace("##[", r"##\x5b")
    if "::" in text:
        text = re.sub(r"(?<![!-~])::", r"\\x3a:", text)
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


class Word(NamedTuple):
    """Text that stays together, and how it is coloured."""

    text: str
    style: Style | None = None


def packed(words: Sequence[Word], paper: Paper, indent: str = "") -> list[str]:
    """Put painted words one after the other, beginning a new line where the next would not fit."""
    lines: list[str] = []
    line, width = "", 0
    for word in words:
        needed = cell_width(clean(word.text))
        if line.strip() and width + needed > paper.width:
            lines.append(line.rstrip())
            line, width = indent, len(indent)
        for number, part in enumerate(wrapped(word.text.rstrip(), paper.width - len(indent))):
            if number:
                lines.append(line.rstrip())
                line, width = indent, len(indent)
            line += paper.paint(part, word.style)
            width += cell_width(part)
        if word.text.endswith(" "):
            line, width = f"{line} ", width + 1
    return [*lines, line.rstrip()]
