"""Which target applies to a period (agreement language: target, accumulation)."""

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from coopctl.evaluate.numbers import HUNDRED, exact
from coopctl.evaluate.periods import Days, Period, days_of
from coopctl.evaluate.verdicts import Bounds, TargetFigure
from coopctl.model.kpis import Direction, Kpi, Range
from coopctl.model.scalars import SignedPercent
from coopctl.places import Path

WHOLE = Fraction(1)


class AimInForce(NamedTuple):
    """The aim that holds on a period's first day, and where it stands."""

    aim: Decimal | SignedPercent | Range
    path: Path


class Aims:
    """The aims of a KPI over time, in order."""

    def __init__(self, kpi: Kpi, path: Path, year_starts: int) -> None:
        target = kpi.target
        if not isinstance(target, dict):
            self._firsts, self._aims = [date.min], [AimInForce(target, (*path, "target"))]
            return
        steps = sorted(target.items(), key=lambda step: days_of(step[0], year_starts).first)
        self._firsts = [days_of(key, year_starts).first for key, _ in steps]
        self._aims = [AimInForce(aim, (*path, "target", key.text)) for key, aim in steps]

    def at(self, period: Period) -> AimInForce | None:
        """Return the aim for a period; None before the first step, where the KPI is not judged yet."""
        index = bisect_right(self._firsts, period.days.first) - 1
        return self._aims[index] if index >= 0 else None


def share_of(kpi: Kpi, period: Period, term: Days) -> Fraction:
    """Part of a stated level that applies to a period, by days with both ends counted.

    Sums of a partial period count for the days in the term. A cumulative sum or running total is phased evenly over
    the term, unless the target has steps. Means, ratios and extremes are never scaled.
    """
    if kpi.accumulation == "cumulative":
        if kpi.aggregation in ("sum", "last") and not isinstance(kpi.target, dict):
            return Fraction((period.days.last - term.first).days + 1, term.length)
        return WHOLE
    if kpi.aggregation == "sum" and period.partial:
        return Fraction(period.days.length, period.whole.length)
    return WHOLE


def target_figure(kpi: Kpi, in_force: AimInForce, share: Fraction) -> TargetFigure:
    """Work out the bounds that a figure is held against."""
    aim = in_force.aim
    if isinstance(aim, Range):
        bounds = Bounds(exact(aim.min) * share, exact(aim.max) * share)
        return TargetFigure(bounds, in_force.path, f"{aim.min} to {aim.max}", False, share)
    if isinstance(aim, SignedPercent):
        assert kpi.baseline is not None, "the model refuses a relative target without a baseline"
        level = exact(kpi.baseline.value) * (1 + exact(aim.value) / HUNDRED)
        return TargetFigure(_bounds(level * share, kpi.direction), in_force.path, str(aim), True, share)
    level = exact(aim) if share == WHOLE else exact(aim) * share
    return TargetFigure(_bounds(level, kpi.direction), in_force.path, str(aim), False, share)


def _bounds(level: Fraction, direction: Direction) -> Bounds:
    return Bounds(level, None) if direction == "higher-is-better" else Bounds(None, level)
