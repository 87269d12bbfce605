"""The terminal's list: a line per figure with its row, what becomes of it, and why."""

from collections.abc import Iterator
from typing import Final

from coopctl.cells import cell_width
from coopctl.exchange.planning import Step
from coopctl.output.imported.view import STYLES, ImportView
from coopctl.output.terminal import Paper, clean, padded, wrapped
from coopctl.output.weights import numbered

_HEADER: Final = ("row", "", "KPI", "period", "figure")
_GAP: Final = "  "
_MESSAGE: Final = " " * 4


def full(view: ImportView, paper: Paper) -> Iterator[str]:
    """Yield the lines of all figures, then how many there are of each sort. Figures are never cut."""
    rows = [_cells(step) for step in view.imported.steps]
    if rows:
        widths = [max(cell_width(row[index]) for row in (_HEADER, *rows)) for index in range(len(_HEADER))]
        yield f"{paper.paint(_line(_HEADER, widths), 'dim')}\n"
        for step, row in zip(view.imported.steps, rows, strict=True):
            yield from _figure(step, row, widths, paper)
        yield "\n"
    for line in wrapped(_summary(view), paper.width):
        yield f"{line}\n"


def _figure(step: Step, row: tuple[str, ...], widths: list[int], paper: Paper) -> Iterator[str]:
    style = STYLES[step.outcome]
    start, _, rest = _line(row, widths).partition(row[1])
    yield f"{start}{paper.paint(row[1], style)}{rest}\n"
    if step.message:
        for line in wrapped(step.message, paper.width - len(_MESSAGE)):
            yield f"{_MESSAGE}{paper.paint(line)}\n"


def _cells(step: Step) -> tuple[str, ...]:
    figure = f"{step.before} → {step.figure}" if step.outcome in ("restated", "exchanged") else step.figure
    return tuple(map(clean, (str(step.row), step.outcome, _short(step.kpi), _short(step.period), _short(figure))))


def _short(text: str) -> str:
    """Cut what can only be somebody's text: no id, period or figure that is recorded is as long."""
    return text if len(text) <= 100 else f"{text[:99]}…"


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    cells = [padded(cell, width, right=index == 0) for index, (cell, width) in enumerate(zip(row, widths, strict=True))]
    return _GAP.join(cells).rstrip()


def _summary(view: ImportView) -> str:
    counts = view.counts
    told = ", ".join(f"{number:,} {outcome}" for outcome, number in counts.items() if number) or "no figures"
    return f"{view.file}: {told}. {_written(view)}"


def _written(view: ImportView) -> str:
    if view.imported.held_back:
        would = "would be" if view.dry_run else "is"
        return f"Nothing {would} written: correct what is refused, or leave it out with --skip-refused."
    if not view.imported.files:
        return "Nothing to write."
    files = view.imported.files
    named = files[0] if len(files) == 1 else f"{numbered(len(files), 'file')}: {', '.join(files)}"
    return f"{'Would be written' if view.dry_run else 'Written'} to {named}."
