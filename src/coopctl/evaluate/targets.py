"""Which target applies to a period (agreement language: target, accumulation)."""

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


def aim_in_force(kpi: Kpi, path: Path, period: Period, year_starts: int) -> AimInForce | None:
    """Return the aim for a period; None before the first step, where the KPI is not judged yet."""
    target = kpi.target
    if not isinstance(target, dict):
        return AimInForce(target, (*path, "target"))
    latest = None
    for key, aim in target.items():
        first = days_of(key, year_starts).first
        if first <= period.days.first and (latest is None or first >= latest[0]):
            latest = (first, key, aim)
    return None if latest is None else AimInForce(latest[2], (*path, "target", latest[1].text))


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
