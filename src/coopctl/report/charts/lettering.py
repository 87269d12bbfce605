"""Text in charts: what is shown of it, how wide it is, and in which fonts."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopctl.cells import cell_width
from coopctl.output.terminal import clean
from coopctl.report.charts.library import needs_matplotlib

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

OWN_FONT: Final = "DejaVu Sans"
"""Comes with matplotlib, so that every text has the same width everywhere."""

SIMPLIFIED: Final = (
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
)
TRADITIONAL: Final = (
    "PingFang TC",
    "Microsoft JhengHei",
    "Noto Sans CJK TC",
    "Noto Sans TC",
    "Source Han Sans TC",
    "Noto Sans CJK HK",
    "Heiti TC",
)
ANY_CHINESE: Final = ("Noto Sans CJK JP", "Droid Sans Fallback", "Arial Unicode MS", "SimSun")
LATIN: Final = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial")

BOLD: Final = 1.13
"""How much wider bold letters are."""

LONGEST: Final = 300
"""Characters of a text that are looked at; no line of a chart takes more."""

MARKS_IN_A_ROW: Final = 2
"""Marks on one letter; a heap of them would grow over the lines above."""

_LOADED_AT: Final = 100

_SPACES: Final = re.compile(r"[ \t\n\r]+")
_PIECES: Final = r"[⺀-鿿豈-﫿][，。；：、！？）》」』]*|[^\s⺀-鿿豈-﫿]+|\s+"


def plain(text: str) -> str:
    """Return a text as a chart shows it: in one line, harmless, and not without end."""
    shown = []
    marks = 0
    for character in clean(_SPACES.sub(" ", text[:LONGEST].strip())):
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= MARKS_IN_A_ROW:
            shown.append(character)
    return "".join(shown)[:LONGEST] + ("…" if len(text) > LONGEST else "")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is at most in the usual fonts."""
    return sum(_advance(character) for character in text) * size * (BOLD if bold else 1)


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return a text, or as much of its beginning as there is room for, with … after it."""
    if width(text, size, bold=bold) <= room:
        return text
    kept = text.rstrip("…")
    while kept and width(f"{kept}…", size, bold=bold) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def lines(text: str, room: float, size: float, most: int) -> list[str]:
    """Break a text at spaces or between Chinese characters into no more than so many lines; the last may be cut."""
    found = [""]
    for piece in _fitting(text, room, size):
        if width(found[-1] + piece.rstrip(), size) <= room:
            found[-1] += piece
        elif len(found) < most:
            found.append(piece.lstrip())
        else:
            found[-1] = cut(f"{found[-1]}{piece}…", room, size)
            break
    return [line.strip() for line in found]


def _fitting(text: str, room: float, size: float) -> Iterator[str]:
    """Return the words of a text; one that is wider than a line is broken anywhere."""
    for piece in re.findall(_PIECES, text):
        part = ""
        for character in piece:
            if part and width(part + character, size) > room:
                yield part
                part = ""
            part += character
        yield part


@cache
def _advance(character: str) -> float:
    font = _own_font()
    if font.get_char_index(ord(character)) == 0:
        return 1.0 if cell_width(character) == 2 else 0.7
    return font.load_char(ord(character)).linearHoriAdvance / 65536 / _LOADED_AT


@cache
def _own_font() -> "FT2Font":
    with needs_matplotlib():
        import matplotlib
        from matplotlib.ft2font import FT2Font
    font = FT2Font(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"))
    font.set_size(_LOADED_AT, 72)
    return font


def css_fonts(language: str) -> str:
    """Return the fonts that an SVG asks for, the language's own Chinese ones first.

    Quotes are left out: names of several words need none, and not every PDF writer takes them off.
    """
    return ", ".join((*LATIN, *_chinese(language), "sans-serif"))


def found_fonts(language: str) -> list[str]:
    """Return the fonts that a PNG is drawn in: those of this computer that have Chinese characters, and our own."""
    with needs_matplotlib():
        from matplotlib.font_manager import fontManager
    there = {entry.name for entry in fontManager.ttflist}
    chinese = [name for name in _chinese(language) if name in there][:2]
    return [*chinese, OWN_FONT] if language.startswith("zh") else [OWN_FONT, *chinese]


def lacks_glyphs(text: str, language: str = "zh-Hans") -> bool:
    """Say whether a PNG cannot show every character of a text, for want of a font on this computer."""
    known = _characters_of(tuple(found_fonts(language)))
    return any(ord(letter) not in known for letter in clean(text) if not letter.isspace())


@cache
def _characters_of(fonts: tuple[str, ...]) -> frozenset[int]:
    with needs_matplotlib():
        from matplotlib.font_manager import FontProperties, fontManager, get_font
    found = [get_font(fontManager.findfont(FontProperties(family=name))) for name in fonts]
    return frozenset(code for font in found for code in font.get_charmap())


def _chinese(language: str) -> tuple[str, ...]:
    own, other = (TRADITIONAL, SIMPLIFIED) if language == "zh-Hant" else (SIMPLIFIED, TRADITIONAL)
    return (*own, *other, *ANY_CHINESE)
