"""What makes a figure look like a slip: it is asked about before it is recorded, and never refused."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from coopctl.evaluate.numbers import WRITTEN_DECIMALS, round_half_up, shown
from coopctl.evaluate.periods import days_of
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Observation
from coopctl.model.scalars import PeriodKey
from coopctl.recording.figures import NewFigure, amount
from coopctl.recording.sizes import Expected, Sizes

_FEWEST = 3
"""Figures that it takes to say what is usual."""
_TIMES = 3
"""How many times the spread of the figures so far a new one may lie beyond them."""
_FACTOR = 5
"""How many times the usual figure, or what part of it, is unusual even where figures hardly differ.

It holds for what is expected too, before there are figures enough: a decimal point that slipped is a factor of ten.
"""


def doubts_about(
    agreement: Agreement, kpi: Kpi | None, recorded: Sequence[Observation], new: NewFigure, today: date
) -> Iterator[str]:
    """Yield what is odd about a figure: its period, its day, its size, its sign. `kpi` is None for an amount spent."""
    yield from doubts_about_days(agreement, new.period, new.recorded, today, provisional=new.provisional)
    if kpi is None:
        yield from _doubts_about_spend(agreement, new)
    else:
        size = amount(kpi, *new.figure.numbers[:3])
        yield from doubts_about_size(Sizes(agreement, kpi, recorded), new.period, size)


def doubts_about_days(
    agreement: Agreement, period: PeriodKey, recorded: date | None, today: date, *, provisional: bool
) -> Iterator[str]:
    """Yield what is odd about the day on which a figure for a period became known; None where nobody knows it."""
    days = days_of(period, agreement.calendar.year_starts)
    known_on = recorded or today
    if recorded is not None and recorded > today:
        yield f"recorded {recorded} lies ahead; it is the day on which the figure became known"
    if days.first > today:
        yield f"{period} begins on {days.first} only"
    elif days.first > known_on:
        yield f"recorded {recorded} is before {period} begins on {days.first}"
    elif days.last > today and not provisional:
        yield f"{period} has not ended: it runs until {days.last}"
    elif days.last > known_on and not provisional:
        yield f"{period} had not ended on {known_on}: it ran until {days.last}"


def _doubts_about_spend(agreement: Agreement, new: NewFigure) -> Iterator[str]:
    value = new.figure.numbers[0]
    budget = agreement.budget[new.subject].amount
    if value is not None and value < 0:
        yield f"{new.figure} is below 0; spend is what was spent, a refund aside"
    if value is not None and value > budget:
        yield f"{value:,f} is more than {new.subject} has for the whole term: {budget:,f}"


def doubts_about_size(sizes: Sizes, period: PeriodKey, size: Fraction | None) -> Iterator[str]:
    """Yield what is odd about the size of a figure, beside those of other periods and what is expected."""
    if size is None:
        return
    known, expected = sizes.beside(period), list(sizes.expected(period))
    told = list(_beyond_the_unit(sizes.kpi, size, known, expected))
    yield from told
    if len(known) >= _FEWEST:
        yield from _far_from(sizes.kpi, size, known)
    elif expected and not told:
        expected += [Expected(each, each, "earlier figure") for each in known]
        yield from _of_another_order(sizes.kpi, size, expected, is_part=sizes.is_part_of_total)


def _beyond_the_unit(
    kpi: Kpi, size: Fraction, known: Sequence[Fraction], expected: Sequence[Expected]
) -> Iterator[str]:
    text = _shown(kpi, size)
    least = min((*known[:1], *(each.least for each in expected)), default=Fraction(0))
    most = max((*known[-1:], *(each.most for each in expected)), default=Fraction(0))
    if kpi.unit == "%" and size > 100 >= most:
        yield f"{text} is more than 100%"
    if size < 0 <= least:
        yield f"{text} is below 0"
    if kpi.unit == "%" and 0 < size <= 1 and known and known[0] > 1:
        yield f"{text} is at most one in a hundred; {shown(size * 100, 0)} stands for {shown(size, 2)} of all"


def _of_another_order(kpi: Kpi, size: Fraction, expected: Sequence[Expected], *, is_part: bool) -> Iterator[str]:
    """Yield that a figure is more than five times, or less than a fifth of, all that is expected.

    Signs are compared as they are: where what is expected reaches 0 or both sides of it, no figure is too small.
    """
    if size < 0:
        size, expected = -size, [Expected(-each.most, -each.least, each.name) for each in expected]
        sign = -1
    else:
        sign = 1
    least, most = min(expected), max(expected, key=lambda each: each.most)
    if size > most.most * _FACTOR > 0:
        far = f"more than five times the {most.name} of {_shown(kpi, most.most * sign)}"
    elif 0 < size * _FACTOR < least.least and not is_part:
        far = f"less than a fifth of the {least.name} of {_shown(kpi, least.least * sign)}"
    else:
        return
    yield f"{_shown(kpi, size * sign)} is {far}"


def _far_from(kpi: Kpi, size: Fraction, known: Sequence[Fraction]) -> Iterator[str]:
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
    while size and not round_half_up(size, decimals) and decimals < WRITTEN_DECIMALS:
        decimals += 1
    text = shown(size, decimals)
    text = text.rstrip("0").rstrip(".") if "." in text and kpi.precision is None else text
    return f"{text}%" if kpi.unit == "%" else f"{text} {kpi.unit or ''}".rstrip()
