"""A place in a file, shown with the line and carets under what is meant."""

from collections.abc import Sequence

from coopctl.cells import cell_width
from coopctl.findings import Location
from coopctl.output.terminal import Paper, Style, clean, wrapped


def snippet(
    paper: Paper,
    lines: Sequence[str],
    location: Location,
    label: str,
    style: Style,
    gutter: int,
) -> list[str]:
    """Return the lines that show a place: its name, the line, and carets with a label."""
    margin = " " * gutter
    bar = paper.paint("|", "dim")
    where = f"{location.path}:{location.line}:{location.column}"
    shown = [f"{margin}{paper.paint('-->', 'dim')} {paper.paint(where, 'place')}"]
    if location.line > len(lines) or not lines[location.line - 1].strip():
        return [*shown, f"{margin} {paper.paint('=', 'dim')} {paper.paint(label)}"] if label else shown
    raw = lines[location.line - 1]
    end = location.end_column - 1 if location.end_line == location.line else len(raw.rstrip())
    start = min(location.column - 1, len(raw))
    room = paper.width - gutter - 3
    left, right = _window(raw, start, end, room)
    lead = "…" if left else ""
    before, marked = lead + clean(raw[left:start]), clean(raw[start : min(end, right)])
    text = lead + clean(raw[left:right]) + ("…" if right < len(raw) else "")
    carets = "^" * max(1, cell_width(marked))
    number = paper.paint(str(location.line).rjust(gutter), "dim")
    shown += [f"{margin} {bar}", f"{number} {bar} {text}"]
    gap = " " * cell_width(before)
    if cell_width(f"{gap}{carets} {label}") <= room:
        return [*shown, f"{margin} {bar} {gap}{paper.paint(f'{carets} {label}'.rstrip(), style)}"]
    below = wrapped(label, room)
    indent = gap[: max(0, room - max(map(cell_width, below)))]
    told = [gap + paper.paint(carets, style), *(indent + paper.paint(line, style) for line in below)]
    return [*shown, *(f"{margin} {bar} {line}" for line in told)]


def _window(line: str, start: int, end: int, room: int) -> tuple[int, int]:
    """Return which characters of a line to show: all, or as many as there is room for around a place."""
    if len(line) <= room and cell_width(clean(line)) <= room:
        return 0, len(line)
    room -= 2  # for the signs that something is left out
    context = max(room // 4, room - cell_width(line[start : min(end, start + room)]))
    left, used = start, 0
    while left > 0 and used + cell_width(line[left - 1]) <= context:
        left -= 1
        used += cell_width(line[left])
    right, used = left, 0
    while right < len(line) and used + cell_width(line[right]) <= room:
        used += cell_width(line[right])
        right += 1
    return left, right
