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
    observations: Iterable[Observation], year_starts: int, as_of: date, *, undated_at_end: bool = False
) -> tuple[list[Observation], list[Observation]]:
    """Return the figures in force at `as_of`, and those that a later one replaced; both in order of time.

    What is recorded later than `as_of`, or is for days that begin later, is not known yet. Of several figures for the
    same key the latest recorded is in force. What has no `recorded` date is known from its first day on, or with
    `undated_at_end` from its last.
    """
    latest: dict[PeriodKey, Observation] = {}
    replaced: list[Observation] = []
    for figure in sorted(observations, key=lambda each: _time_of(each, year_starts)):
        first, recorded = _time_of(figure, year_starts)
        if first > as_of or recorded > as_of:
            continue
        if undated_at_end and figure.recorded is None and days_of(figure.key, year_starts).last > as_of:
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


class Rolled(NamedTuple):
    """The figure of one period."""

    actual: Fraction
    provisional: bool
    incomplete: bool = False
    """It counts from the term's start, and an earlier period has no figure."""


def rolled_up(known: Known, kpi: Kpi) -> dict[int, Rolled]:
    """Return the figure of every period that has one; of all days since the term's start for a cumulative KPI."""
    found: dict[int, Rolled] = {}
    total = RollUp(kpi.aggregation, per_cent=kpi.unit == "%")
    for index in sorted(known.current):
        if kpi.accumulation != "cumulative":
            total = RollUp(kpi.aggregation, per_cent=kpi.unit == "%")
        for figure in known.current[index]:
            total.add(figure)
        gaps = kpi.accumulation == "cumulative" and kpi.aggregation != "last" and len(found) < index
        found[index] = Rolled(total.value, total.provisional, gaps)
    return found


class RollUp:
    """Makes one figure of several, added in order of time.

    `ratio` is the ratio of the sums (times 100 for `per_cent`), never a mean of ratios. Each figure has the parts that
    the aggregation needs; there is at least one.
    """

    def __init__(self, aggregation: Aggregation, *, per_cent: bool) -> None:
        self.provisional = False
        self._aggregation = aggregation
        self._per_cent = per_cent
        self._total = Fraction(0)
        self._over = Fraction(0)
        self._chosen: Fraction | None = None

    def add(self, figure: Observation) -> None:
        """Take in one more figure."""
        self.provisional = self.provisional or figure.provisional
        if self._aggregation == "ratio":
            assert figure.numerator is not None and figure.denominator is not None
            self._total += exact(figure.numerator)
            self._over += exact(figure.denominator)
            return
        assert figure.value is not None
        value = exact(figure.value)
        if self._aggregation == "weighted-mean":
            assert figure.weight is not None
            self._total += value * exact(figure.weight)
            self._over += exact(figure.weight)
        elif self._aggregation in ("sum", "mean"):
            self._total += value
            self._over += 1
        else:
            self._chosen = self._choose(value)

    def _choose(self, value: Fraction) -> Fraction:
        if self._chosen is None or self._aggregation == "last":
            return value
        return min(self._chosen, value) if self._aggregation == "min" else max(self._chosen, value)

    @property
    def value(self) -> Fraction:
        """The figure of all that were added."""
        if self._chosen is not None:
            return self._chosen
        if self._aggregation == "sum":
            return self._total
        quotient = self._total / self._over
        return quotient * HUNDRED if self._aggregation == "ratio" and self._per_cent else quotient
