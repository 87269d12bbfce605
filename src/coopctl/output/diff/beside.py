"""Old and new side by side: two columns with a place and its line in each."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from coopctl.cells import cell_width
from coopctl.findings import Location
from coopctl.output.blocks import Lines
from coopctl.output.terminal import Paper, Style, clean, padded

_SEPARATOR = " | "
_MARGIN = "  "
NARROWEST = 72
"""Columns of paper below which the two places stand one below the other."""


class Cell(NamedTuple):
    """One line of a column: text that is harmless, and the part of it that is coloured."""

    before: str
    marked: str = ""
    after: str = ""
    style: Style | None = None

    def painted(self, paper: Paper) -> str:
        """Return the text, coloured if the paper takes colour."""
        if not paper.colour or self.style is None:
            return clean(self.before + self.marked + self.after)
        return clean(self.before) + paper.paint(self.marked, self.style) + clean(self.after)

    @property
    def width(self) -> int:
        """Columns that the text takes."""
        return cell_width(clean(self.before + self.marked + self.after))


def side_by_side(
    paper: Paper, old: Location | None, new: Location | None, files: Mapping[str, Lines], style: Style
) -> list[str]:
    """Return the lines that show what the two versions say, each with its place; marked is what differs."""
    before, after = _differing(_marked(old, files), _marked(new, files))
    if paper.width < NARROWEST:
        shown = [(sign, each) for sign, each in (("-", before), ("+", after)) if each is not None]
        room = paper.width - len(_MARGIN) - 2
        return [
            f"{_MARGIN}{sign if not number else ' '} {cell.painted(paper)}".rstrip()
            for sign, each in shown
            for number, cell in enumerate(_column(each, room, style))
        ]
    room = (paper.width - len(_MARGIN) - len(_SEPARATOR)) // 2
    places = max(len(_place(each, room)) for each in (before, after))
    left, right = _column(before, room, style, places), _column(after, room, style, places)
    height = max(len(left), len(right))
    left += [Cell("")] * (height - len(left))
    right += [Cell("")] * (height - len(right))
    return [
        f"{_MARGIN}{padded_cell(one, paper, room)}{paper.paint(_SEPARATOR, 'dim')}{other.painted(paper)}".rstrip()
        for one, other in zip(left, right, strict=True)
    ]


class Marked(NamedTuple):
    """A line of a file, and which of its characters are meant."""

    place: Location
    line: str
    start: int
    end: int


def _marked(place: Location | None, files: Mapping[str, Lines]) -> Marked | None:
    if place is None:
        return None
    file = files.get(place.path)
    lines = file.lines if file else []
    line = lines[place.line - 1].rstrip() if place.line <= len(lines) else ""
    start = min(place.column - 1, len(line))
    end = min(place.end_column - 1, len(line)) if place.end_line == place.line else len(line)
    return Marked(place, line, start, max(start, end))


_PART: Final = re.compile(r"[^\s,{}\[\]]+|.", re.DOTALL)
"""What is told apart inside a value: words, and single signs between them."""


def _differing(old: Marked | None, new: Marked | None) -> tuple[Marked | None, Marked | None]:
    """Narrow two values down to where they differ; the whole values where one is all of what the other is not."""
    if old is None or new is None:
        return old, new
    before, after = (_PART.findall(each.line[each.start : each.end]) for each in (old, new))
    if before == after:
        return old, new
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    return _narrowed(old, before, first, last), _narrowed(new, after, first, last)


def _narrowed(marked: Marked, parts: list[str], first: int, last: int) -> Marked:
    start = marked.start + sum(map(len, parts[:first]))
    end = marked.end - sum(map(len, parts[len(parts) - last :]))
    return marked._replace(start=start, end=max(start, end))


def padded_cell(cell: Cell, paper: Paper, width: int) -> str:
    """Fill a cell up to a width with spaces."""
    return cell.painted(paper) + padded("", width - cell.width)


def _place(marked: Marked | None, room: int) -> list[Cell]:
    if marked is None:
        return [Cell("", "(not there)", style="dim")]
    place = marked.place
    lines = _broken(f"{place.path}:{place.line}:{place.column}", room)
    return [Cell("", line, style="place") for line in lines]


def _column(marked: Marked | None, room: int, style: Style, places: int = 1) -> list[Cell]:
    """Return the lines of a column; its place takes as many as `places` says, so that two lines stand side by side."""
    cells = _place(marked, room)
    if marked is None or not marked.line:
        return cells
    cells += [Cell("")] * (places - len(cells))
    place, line, start, end = marked
    number = f"{place.line} "
    before, meant, after = _excerpt(line, start, end, room - len(number))
    carets = " " * cell_width(clean(number + before)) + "^" * max(1, cell_width(clean(meant)))
    return [*cells, Cell(number + before, meant, after, style), Cell("", carets, style=style)]


_BEFORE_A_BREAK: Final = re.compile(r"(?<=/)|(?<=:)(?!\d+(?::|$))")
"""After a folder or a revision; a file and its line stay together."""


def _broken(text: str, room: int) -> list[str]:
    """Break a place into lines that there is room for; none of it is left out."""
    lines = [""]
    for part in _BEFORE_A_BREAK.split(clean(text)):
        if lines[-1] and cell_width(lines[-1] + part) > room:
            lines.append("")
        for sign in part:
            if lines[-1] and cell_width(lines[-1] + sign) > room:
                lines.append("")
            lines[-1] += sign
    return lines


def _excerpt(line: str, start: int, end: int, room: int) -> tuple[str, str, str]:
    """Return a line in three parts, the middle one being the place, cut on both sides to what there is room for."""
    first = min(len(line) - len(line.lstrip()), start)
    left = first
    if cell_width(clean(line[first:])) > room:
        left = max(first, start - room)  # a long line is not looked at as a whole again and again
        while left < start and cell_width(clean(line[left:start])) > room // 3:
            left += 1
    lead = "…" if left > first else ""
    right = left
    used = cell_width(lead)
    whole = used + (cell_width(clean(line[left:])) if len(line) - left <= 4 * room else room + 1)
    if whole <= room:
        right = len(line)
    else:
        while right < len(line) and used + cell_width(clean(line[right])) <= room - 1:
            used += cell_width(clean(line[right]))
            right += 1
    tail = "…" if right < len(line) else ""
    shown_end = max(start, min(end, right))
    if right <= start:
        return f"{lead}{line[left:right]}", "", tail
    return f"{lead}{line[left:start]}", line[start:shown_end], f"{line[shown_end:right]}{tail}"
