"""What makes a figure look like a slip: it is asked about before it is recorded, and never refused."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from statistics import median

from coopctl.evaluate.numbers import shown
from coopctl.evaluate.periods import days_of
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Observation
from coopctl.model.scalars import PeriodKey
from coopctl.recording.figures import NewFigure, amount, in_force

_FEWEST = 3
"""Figures that it takes to say what is usual."""
_TIMES = 3
"""How many times the spread of the figures so far a new one may lie beyond them."""
_FACTOR = 5
"""How many times the usual figure, or what part of it, is unusual even where figures hardly differ."""


def doubts_about(
    agreement: Agreement, kpi: Kpi | None, recorded: Sequence[Observation], new: NewFigure, today: date
) -> Iterator[str]:
    """Yield what is odd about a figure: its period, its size, its sign. `kpi` is None for an amount spent."""
    days = days_of(new.period, agreement.calendar.year_starts)
    if days.first > today:
        yield f"{new.period} begins on {days.first} only"
    elif days.last > today and not new.provisional:
        yield f"{new.period} has not ended: it runs until {days.last}"
    if kpi is None:
        value = new.figure.numbers[0]
        if value is not None and value < 0:
            yield f"{new.figure} is below 0; spend is what was spent, a refund aside"
        return
    size = amount(kpi, *new.figure.numbers[:3])
    if size is None:
        return
    history = _history(kpi, recorded, new.period)
    yield from _beyond_the_unit(kpi, size, history)
    yield from _far_from(kpi, size, history)


def _history(kpi: Kpi, recorded: Sequence[Observation], period: PeriodKey) -> list[tuple[Fraction, Observation]]:
    """Return the figures in force of the other periods of the same kind."""
    keys = {each.key.text: each.key for each in recorded if each.key.kind is period.kind and each.key != period}
    found = []
    for key in keys.values():
        figure = in_force(tuple(recorded), key)
        size = None if figure is None else amount(kpi, figure.value, figure.numerator, figure.denominator)
        if figure is not None and size is not None:
            found.append((size, figure))
    return found


def _beyond_the_unit(kpi: Kpi, size: Fraction, history: Sequence[tuple[Fraction, Observation]]) -> Iterator[str]:
    known = [earlier for earlier, _ in history]
    text = _shown(kpi, size)
    if kpi.unit == "%" and size > 100 and not any(earlier > 100 for earlier in known):
        yield f"{text} is more than 100%"
    if size < 0 and not any(earlier < 0 for earlier in known):
        yield f"{text} is below 0"
    if kpi.unit == "%" and 0 < size <= 1 and known and min(known) > 1:
        yield f"{text} is at most one in a hundred; {shown(size * 100, 0)} stands for {shown(size, 2)} of all"


def _far_from(kpi: Kpi, size: Fraction, history: Sequence[tuple[Fraction, Observation]]) -> Iterator[str]:
    if len(history) < _FEWEST:
        return
    known = [earlier for earlier, _ in history]
    low, high, usual = min(known), max(known), median(known)
    spread = high - low
    beyond = size < low - _TIMES * spread or size > high + _TIMES * spread
    off_scale = usual > 0 and (size > usual * _FACTOR or size * _FACTOR < usual)
    if off_scale or (spread and beyond):
        span = f"{_shown(kpi, low)} to {_shown(kpi, high)}" if spread else f"{_shown(kpi, low)} each time"
        yield f"{_shown(kpi, size)} is far from the {len(known)} figures so far: {span}"


def _shown(kpi: Kpi, size: Fraction) -> str:
    decimals = kpi.precision if kpi.precision is not None else 2
    text = shown(size, decimals)
    text = text.rstrip("0").rstrip(".") if "." in text and kpi.precision is None else text
    return f"{text}%" if kpi.unit == "%" else f"{text} {kpi.unit or ''}".rstrip()
