"""Which thresholds a figure crosses (agreement language: thresholds)."""

from decimal import Decimal
from fractions import Fraction

from coopctl.evaluate.numbers import HUNDRED, exact
from coopctl.evaluate.verdicts import Bounds, Crossing, Status
from coopctl.model.scalars import Percent
from coopctl.model.thresholds import LEVELS, Level, Threshold, Thresholds


def crossings(thresholds: Thresholds | None, actual: Fraction, bounds: Bounds, share: Fraction) -> tuple[Crossing, ...]:
    """Compare a figure with every threshold, worst level first.

    Levels are scaled by `share` like the target; deviations are not. A figure better than its target fires nothing.
    """
    if thresholds is None:
        return ()
    return tuple(
        _compare(level, index, threshold, actual, bounds, share)
        for level in LEVELS
        for index, threshold in enumerate(thresholds.at(level))
    )


def _compare(
    level: Level, index: int, threshold: Threshold, actual: Fraction, bounds: Bounds, share: Fraction
) -> Crossing:
    limit = threshold.limit
    assert isinstance(limit, Decimal | Percent), "the model refuses lengths of time here"
    if threshold.is_level:
        assert isinstance(limit, Decimal)
        at = exact(limit) * share
        higher_is_better = bounds.low is not None
        worse = actual < at if higher_is_better else actual > at
        fired = (worse or (threshold.is_inclusive and actual == at)) and not _better(actual, bounds)
        return Crossing(level, index, threshold, at, actual, fired)
    deviation = abs(bounds.distance(actual))
    if isinstance(limit, Percent):
        at = exact(limit.value) / HUNDRED * abs(bounds.nearest(actual))
    else:
        at = exact(limit)
    fired = deviation > at or (threshold.is_inclusive and deviation == at and deviation > 0)
    return Crossing(level, index, threshold, at, deviation, fired)


def _better(actual: Fraction, bounds: Bounds) -> bool:
    return bounds.distance(actual) == 0 and actual not in (bounds.low, bounds.high)


def first_fired(found: tuple[Crossing, ...]) -> Crossing | None:
    """Return the worst crossing; None where nothing fired."""
    for crossing in found:
        if crossing.fired:
            return crossing
    return None


def status_of(fired: Crossing | None, *, on_target: bool) -> Status:
    """Turn what fired into a status."""
    if fired is not None:
        return Status(fired.level)
    return Status.MET if on_target else Status.OFF_TARGET
