"""How much room the columns of a table need, and what that asks of a page of paper."""

import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from markdown_it.token import Token

from coopctl.report.pages.markup import text_of

# All widths are in em, the size of the type.
_PADDING: Final = 1.3
"""Beside the text of a column."""
_LONGEST_WORD: Final = 16.0
"""A longer word is broken anywhere."""
_WIDE_WORD: Final = 5.0
"""East Asian text may be broken after each character, but should not be where it is this short."""
_MODEST: Final = 6.5
"""A column narrower than this is awkward to read, if it has that much to say: a date, an amount, a status."""
_LONGEST_LINE: Final = 40.0
_BOLD: Final = 1.15
"""How much wider the header's type is."""
_FIGURE: Final = 1.15
"""How much more room a figure gets: in a wider font than expected, it must not be broken between its digits."""
_SQUEEZED: Final = 1.08
"""How far a table may fall short of modest before it is given a page that lies on its side."""
_FEW_ROWS: Final = 6
"""A table of so many rows stays on one page."""


class Fit(StrEnum):
    """What a table asks of the page."""

    NORMAL = "normal"
    SMALL = "small"
    """Smaller type."""
    BROAD = "broad"
    """Smaller type on a page that lies on its side."""
    CROWDED = "crowded"
    """Smaller type, and words have to be broken."""


_ROOM: Final = {Fit.NORMAL: 56.0, Fit.SMALL: 66.0, Fit.BROAD: 98.0, Fit.CROWDED: 66.0}
"""The width of an A4 page between its margins."""


class Layout(NamedTuple):
    """How a table is set on paper."""

    fit: Fit
    width: float
    """What part of the page's width it takes."""
    shares: tuple[float, ...]
    """What part of the table's width each column takes."""
    is_short: bool
    """Whether it stays on one page."""


class Column(NamedTuple):
    """The room that a column needs."""

    least: float
    """For its longest word."""
    natural: float
    """For its longest line."""

    @property
    def modest(self) -> float:
        """For what should not be broken where it can be helped."""
        return max(self.least, min(self.natural, _MODEST + _PADDING))


def table_from(tokens: Sequence[Token], start: int) -> Sequence[Token]:
    """Return a table's tokens; `start` is where it opens. Tables have no tables inside."""
    end = next(place for place in range(start, len(tokens)) if tokens[place].type == "table_close")
    return tokens[start : end + 1]


def without_empty_header(table: Sequence[Token]) -> list[Token]:
    """Return a table without its header row if that says nothing: Markdown has no other way to write such a table."""
    end = next(place for place, token in enumerate(table) if token.type == "thead_close")
    says_something = any(token.content for token in table[:end] if token.type == "inline")
    return list(table) if says_something else [table[0], *table[end + 1 :]]


def layout(table: Sequence[Token]) -> Layout:
    """Return how a table is set on paper."""
    rows = list(_rows_of(table))
    columns = [_column(list(cells)) for cells in zip(*rows, strict=True)]
    fit = _fit(columns)
    widths = _widths(columns, _ROOM[fit])
    total = sum(widths)
    return Layout(fit, min(1.0, total / _ROOM[fit]), tuple(each / total for each in widths), len(rows) <= _FEW_ROWS)


def _rows_of(table: Sequence[Token]) -> Iterator[list[str]]:
    """Yield the texts of each row's cells, the header's first."""
    row: list[str] = []
    for token in table:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(text_of(token))
        elif token.type == "tr_close":
            yield row


def _column(cells: Sequence[str]) -> Column:
    lines = [line for cell in cells for line in cell.split("\n")]
    least = max(_unbroken_width(word) for line in lines for word in line.split(" "))
    least = max(least, _BOLD * max(_unbroken_width(word) for word in cells[0].split()) if cells[0].strip() else 0.0)
    natural = max(_line_width(line) for line in lines)
    return Column(least + _PADDING, min(natural, max(_LONGEST_LINE, least)) + _PADDING)


def _fit(columns: Sequence[Column]) -> Fit:
    least = sum(column.least for column in columns)
    modest = sum(column.modest for column in columns)
    if max(column.least for column in columns) > _LONGEST_WORD + _PADDING or least > _ROOM[Fit.BROAD]:
        return Fit.CROWDED
    if modest <= _ROOM[Fit.NORMAL]:
        return Fit.NORMAL
    if least <= _ROOM[Fit.SMALL] and modest <= _ROOM[Fit.SMALL] * _SQUEEZED:
        return Fit.SMALL
    return Fit.BROAD


def _widths(columns: Sequence[Column], room: float) -> list[float]:
    """Share out room: first for the longest words, then for what should not be broken, then for the longest lines."""
    widths = [min(column.least, _LONGEST_WORD + _PADDING) for column in columns]
    for wishes in ([column.modest for column in columns], [column.natural for column in columns]):
        missing = [max(0.0, wish - width) for wish, width in zip(wishes, widths, strict=True)]
        spare = room - sum(widths)
        if spare <= 0 or not any(missing):
            continue
        given = min(1.0, spare / sum(missing))
        widths = [width + each * given for width, each in zip(widths, missing, strict=True)]
    return widths


def _unbroken_width(word: str) -> float:
    """Return the room that a word takes without a break in it."""
    widths = [(wide, _line_width("".join(run))) for wide, run in groupby(word, key=_is_wide)]
    if not any(wide for wide, _ in widths):
        return sum(width for _, width in widths) * (_FIGURE if any(each.isdigit() for each in word) else 1.0)
    # Figures and Latin letters within East Asian text stay together with a character or two beside them.
    return max(min(_WIDE_WORD, sum(width for _, width in widths)), *(width for wide, width in widths if not wide), 0.0)


def _line_width(text: str) -> float:
    return sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(character: str) -> float:
    return 1.0 if _is_wide(character) else 0.66 if character.isupper() else 0.55


@lru_cache(maxsize=4096)
def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
