"""The terminal's table: per KPI a heading, a row per period, trend and forecast."""

from collections.abc import Iterator, Sequence

from coopctl.cells import cell_width
from coopctl.output.terminal import Paper, Style, padded, wrapped
from coopctl.output.variance.cells import (
    HEADER,
    LEGEND,
    cells,
    description,
    forecast_text,
    marks,
    trend,
)
from coopctl.output.variance.view import Variance

_GAP = "  "
_LEFT = (0, len(HEADER) - 1)
"""Columns of text; all others are figures and stand to the right."""


def full(variances: Sequence[Variance], paper: Paper) -> Iterator[str]:
    """Yield the text of all agreements. Figures are never cut, however narrow the terminal."""
    for variance in variances:
        yield "\n".join(_agreement(variance, paper)) + "\n\n"


def _agreement(variance: Variance, paper: Paper) -> Iterator[str]:
    rows = [[cells(line, verdict) for verdict in line.verdicts] for line in variance.lines]
    everything = [HEADER, *(row for each in rows for row in each)]
    widths = [max(cell_width(row[column]) for row in everything) for column in range(len(HEADER))]
    agreement = variance.agreement
    yield from _painted(f"{agreement.title} {agreement.version}, as of {variance.judgement.as_of}", "bold", paper)
    yield paper.paint(_row(HEADER, widths).rstrip(), "dim")
    for line, line_rows in zip(variance.lines, rows, strict=True):
        yield ""
        yield from _heading(line.name, f"{line.subject} · {description(line)}", paper)
        for verdict, row in zip(line.verdicts, line_rows, strict=True):
            figures = _row((*row[:-1], ""), widths)
            yield figures + paper.paint(row[-1], verdict.status.value)
        yield from _painted("  ".join(each for each in (trend(line), forecast_text(line)) if each), "dim", paper)
    if any(marks(verdict) for line in variance.lines for verdict in line.verdicts):
        yield ""
        yield from _painted(LEGEND, "dim", paper)


def _row(cells_of_row: Sequence[str], widths: Sequence[int]) -> str:
    return (
        _GAP.join(
            padded(cell, width, right=index not in _LEFT)
            for index, (cell, width) in enumerate(zip(cells_of_row[:-1], widths, strict=False))
        )
        + f"{_GAP}{cells_of_row[-1]}"
    )


def _heading(name: str, rest: str, paper: Paper) -> Iterator[str]:
    first, *more = wrapped(f"{name}  {rest}", paper.width, _GAP)
    shown = paper.paint(name)
    if first.startswith(shown):
        yield paper.paint(name, "bold") + paper.paint(first[len(shown) :], "dim")
    else:
        yield paper.paint(first, "bold")
    for text in more:
        yield paper.paint(text, "dim")


def _painted(text: str, style: Style, paper: Paper) -> Iterator[str]:
    for line in wrapped(text, paper.width) if text else ():
        yield paper.paint(line, style)
