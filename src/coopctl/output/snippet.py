"""A place in a file, shown with the line and carets under what is meant."""

from collections.abc import Sequence

from coopctl.findings import Location
from coopctl.output.terminal import Paper, Style, cell_width, clean

_WIDEST = 400
"""Characters of a source line that are shown at most."""
_CONTEXT = 100
"""Characters shown before the place, in a line that is longer."""


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
    left = max(0, start - _CONTEXT) if len(raw) > _WIDEST else 0
    right = min(len(raw), left + _WIDEST)
    lead = "…" if left else ""
    before, marked = lead + clean(raw[left:start]), clean(raw[start : min(end, right)])
    text = lead + clean(raw[left:right]) + ("…" if right < len(raw) else "")
    carets = "^" * max(1, cell_width(marked))
    number = paper.paint(str(location.line).rjust(gutter), "dim")
    under = f"{' ' * cell_width(before)}{paper.paint(f'{carets} {label}'.rstrip(), style)}"
    return [*shown, f"{margin} {bar}", f"{number} {bar} {text}", f"{margin} {bar} {under}"]
