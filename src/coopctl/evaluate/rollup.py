"""Recorded figures → the figure of a period (agreement language: observations, accumulation)."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from coopctl.evaluate.numbers import HUNDRED, exact
from coopctl.evaluate.periods import Period, days_of, period_holding
from coopctl.model.kpis import Aggregation, Kpi
from coopctl.model.ledger import Observation
from coopctl.model.scalars import PeriodKey

_EARLIEST = date.min


class Known(NamedTuple):
    """The figures in force for one KPI at a date, by period, and those they replaced."""

    current: dict[int, list[Observation]]
    superseded: dict[int, list[Observation]]


def in_force(
    observations: Iterable[Observation], year_starts: int, as_of: date
) -> tuple[list[Observation], list[Observation]]:
    """Return the figures in force at `as_of`, and those that a later one replaced; both in order of time.

    What is recorded later than `as_of`, or is for days that begin later, is not known yet. Of several figures for the
    same key the latest recorded is in force.
    """
    latest: dict[PeriodKey, Observation] = {}
    replaced: list[Observation] = []
    for figure in sorted(observations, key=lambda each: _time_of(each, year_starts)):
        first, recorded = _time_of(figure, year_starts)
        if first > as_of or recorded > as_of:
            continue
        if figure.key in latest:
            replaced.append(latest[figure.key])
        latest[figure.key] = figure
    return list(latest.values()), replaced


def _time_of(figure: Observation, year_starts: int) -> tuple[date, date]:
    return days_of(figure.key, year_starts).first, figure.recorded or _EARLIEST


def known_figures(
    observations: Iterable[Observation], kpi: Kpi, periods: Sequence[Period], year_starts: int, as_of: date
) -> Known:
    """Sort what is known at `as_of` into periods, in order of time."""
    current, replaced = in_force(observations, year_starts, as_of)
    return Known(
        _by_period(current, kpi, periods, year_starts),
        _by_period(replaced, kpi, periods, year_starts),
    )


def _by_period(
    figures: Iterable[Observation], kpi: Kpi, periods: Sequence[Period], year_starts: int
) -> dict[int, list[Observation]]:
    found: dict[int, list[Observation]] = {}
    for figure in figures:
        index = period_holding(figure.key, kpi.frequency, periods, year_starts)
        if index is not None:
            found.setdefault(index, []).append(figure)
    return found


def roll_up(figures: Sequence[Observation], aggregation: Aggregation, *, per_cent: bool) -> Fraction:
    """Make one figure of several. `ratio` is the ratio of the sums (times 100 for `per_cent`), never a mean of ratios.

    The figures are in order of time and at least one; each has the parts that the aggregation needs.
    """
    if aggregation == "ratio":
        ratio = _total(each.numerator for each in figures) / _total(each.denominator for each in figures)
        return ratio * HUNDRED if per_cent else ratio
    if aggregation == "weighted-mean":
        weighted = sum(
            (exact(each.value) * exact(each.weight) for each in figures if each.value is not None and each.weight),
            Fraction(0),
        )
        return weighted / _total(each.weight for each in figures)
    values = [exact(each.value) for each in figures if each.value is not None]
    if len(values) == 1 or aggregation == "last":
        return values[-1]
    if aggregation == "sum":
        return sum(values, Fraction(0))
    if aggregation == "mean":
        return sum(values, Fraction(0)) / len(values)
    return min(values) if aggregation == "min" else max(values)


def _total(numbers: Iterable[object]) -> Fraction:
    return sum((Fraction(number) for number in numbers if number is not None), Fraction(0))  # type: ignore[call-overload]
