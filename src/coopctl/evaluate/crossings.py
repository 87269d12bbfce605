"""Which thresholds a figure crosses (agreement language: thresholds)."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from coopctl.evaluate.numbers import HUNDRED, exact
from coopctl.evaluate.verdicts import Bounds, Crossing, Status
from coopctl.model.scalars import Percent
from coopctl.model.thresholds import LEVELS, Level, Threshold, Thresholds


class Limit(NamedTuple):
    """A threshold as it applies to one target; worked out once for all the periods that share the target."""

    level: Level
    position: int
    threshold: Threshold
    is_level: bool
    is_inclusive: bool
    size: Fraction
    """A level, or the size of a deviation; a part of the bound where `of_bound` is set."""
    of_bound: bool
    """The size is a share of whichever end of a range was crossed."""


def limits(thresholds: Thresholds | None, bounds: Bounds, share: Fraction) -> tuple[Limit, ...]:
    """Work out every threshold, worst level first. Levels are scaled by `share` like the target; deviations are not."""
    if thresholds is None:
        return ()
    return tuple(
        _limit(level, index, threshold, bounds, share)
        for level in LEVELS
        for index, threshold in enumerate(thresholds.at(level))
    )


def _limit(level: Level, index: int, threshold: Threshold, bounds: Bounds, share: Fraction) -> Limit:
    stated = threshold.limit
    assert isinstance(stated, Decimal | Percent), "the model refuses lengths of time here"
    of_bound = False
    if threshold.is_level:
        assert isinstance(stated, Decimal)
        size = exact(stated) * share
    elif isinstance(stated, Percent):
        of_bound = bounds.is_range
        size = exact(stated.value) / HUNDRED
        if not of_bound:
            size *= abs(bounds.nearest(Fraction(0)))
    else:
        size = exact(stated)
    return Limit(
        level,
        index,
        threshold,
        threshold.is_level,
        threshold.is_inclusive,
        size,
        of_bound,
    )


def crossings(found: tuple[Limit, ...], actual: Fraction, bounds: Bounds) -> tuple[Crossing, ...]:
    """Compare a figure with every limit. A figure better than its target fires nothing."""
    if not found:
        return ()
    distance = bounds.distance(actual)
    deviation = abs(distance)
    better = not distance and actual not in (bounds.low, bounds.high)
    return tuple(
        _against_level(limit, actual, bounds, better)
        if limit.is_level
        else _against_deviation(limit, deviation, actual, bounds)
        for limit in found
    )


def _against_level(limit: Limit, actual: Fraction, bounds: Bounds, better: bool) -> Crossing:
    higher_is_better = bounds.low is not None
    worse = actual < limit.size if higher_is_better else actual > limit.size
    fired = (worse or (limit.is_inclusive and actual == limit.size)) and not better
    return Crossing(limit.level, limit.position, limit.threshold, limit.size, actual, fired)


def _against_deviation(limit: Limit, deviation: Fraction, actual: Fraction, bounds: Bounds) -> Crossing:
    size = limit.size * abs(bounds.nearest(actual)) if limit.of_bound else limit.size
    fired = deviation > size or (limit.is_inclusive and deviation == size and deviation > 0)
    return Crossing(limit.level, limit.position, limit.threshold, size, deviation, fired)


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
