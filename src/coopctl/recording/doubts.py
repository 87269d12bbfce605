"""What makes a figure look like a slip: it is asked about before it is recorded, and never refused."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from coopctl.evaluate.numbers import shown
from coopctl.evaluate.periods import days_of
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Observation
from coopctl.model.scalars import PeriodKey, PeriodKind
from coopctl.recording.figures import NewFigure, amount, in_force

_FEWEST = 3
"""Figures that it takes to say what is usual."""
_TIMES = 3
"""How many times the spread of the figures so far a new one may lie beyond them."""
_FACTOR = 5
"""How many times the usual figure, or what part of it, is unusual even where figures hardly differ."""


class SoFar:
    """How large the figures in force of a KPI are."""

    def __init__(self, kpi: Kpi, recorded: Iterable[Observation]) -> None:
        by_period: dict[str, list[Observation]] = {}
        for each in recorded:
            by_period.setdefault(each.key.text, []).append(each)
        sizes: dict[PeriodKind, list[tuple[Fraction, str]]] = {}
        for figures in by_period.values():
            figure = in_force(tuple(figures), figures[0].key)
            size = None if figure is None else amount(kpi, figure.value, figure.numerator, figure.denominator)
            if figure is not None and size is not None:
                sizes.setdefault(figure.key.kind, []).append((size, figure.key.text))
        self._sizes = {kind: sorted(each) for kind, each in sizes.items()}

    def beside(self, period: PeriodKey) -> Sequence[Fraction]:
        """Return those of the other periods of the same kind, smallest first."""
        return [size for size, key in self._sizes.get(period.kind, ()) if key != period.text]


def doubts_about(
    agreement: Agreement, kpi: Kpi | None, recorded: Sequence[Observation], new: NewFigure, today: date
) -> Iterator[str]:
    """Yield what is odd about a figure: its period, its size, its sign. `kpi` is None for an amount spent."""
    yield from doubts_about_period(agreement, new.period, today, provisional=new.provisional)
    if kpi is None:
        value = new.figure.numbers[0]
        if value is not None and value < 0:
            yield f"{new.figure} is below 0; spend is what was spent, a refund aside"
    else:
        size = amount(kpi, *new.figure.numbers[:3])
        yield from doubts_about_size(kpi, size, SoFar(kpi, recorded).beside(new.period))


def doubts_about_period(agreement: Agreement, period: PeriodKey, today: date, *, provisional: bool) -> Iterator[str]:
    """Yield what is odd about having a figure for a period today."""
    days = days_of(period, agreement.calendar.year_starts)
    if days.first > today:
        yield f"{period} begins on {days.first} only"
    elif days.last > today and not provisional:
        yield f"{period} has not ended: it runs until {days.last}"


def doubts_about_size(kpi: Kpi, size: Fraction | None, known: Sequence[Fraction]) -> Iterator[str]:
    """Yield what is odd about the size of a figure; `known` are those of other periods, smallest first."""
    if size is not None:
        yield from _beyond_the_unit(kpi, size, known)
        yield from _far_from(kpi, size, known)


def _beyond_the_unit(kpi: Kpi, size: Fraction, known: Sequence[Fraction]) -> Iterator[str]:
    text = _shown(kpi, size)
    if kpi.unit == "%" and size > 100 and not (known and known[-1] > 100):
        yield f"{text} is more than 100%"
    if size < 0 and not (known and known[0] < 0):
        yield f"{text} is below 0"
    if kpi.unit == "%" and 0 < size <= 1 and known and known[0] > 1:
        yield f"{text} is at most one in a hundred; {shown(size * 100, 0)} stands for {shown(size, 2)} of all"


def _far_from(kpi: Kpi, size: Fraction, known: Sequence[Fraction]) -> Iterator[str]:
    if len(known) < _FEWEST:
        return
    low, high, usual = known[0], known[-1], _middle(known)
    spread = high - low
    beyond = size < low - _TIMES * spread or size > high + _TIMES * spread
    off_scale = usual > 0 and (size > usual * _FACTOR or size * _FACTOR < usual)
    if off_scale or (spread and beyond):
        span = f"{_shown(kpi, low)} to {_shown(kpi, high)}" if spread else f"{_shown(kpi, low)} each time"
        yield f"{_shown(kpi, size)} is far from the {len(known)} figures so far: {span}"


def _middle(known: Sequence[Fraction]) -> Fraction:
    half = len(known) // 2
    return known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2


def _shown(kpi: Kpi, size: Fraction) -> str:
    decimals = kpi.precision if kpi.precision is not None else 2
    text = shown(size, decimals)
    text = text.rstrip("0").rstrip(".") if "." in text and kpi.precision is None else text
    return f"{text}%" if kpi.unit == "%" else f"{text} {kpi.unit or ''}".rstrip()
