"""Whether a target or a threshold is stricter than another one, exactly."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal, NamedTuple

from coopctl.changes.change import Direction
from coopctl.evaluate.crossings import limits
from coopctl.evaluate.numbers import exact
from coopctl.evaluate.periods import days_of
from coopctl.evaluate.targets import WHOLE, AimInForce, target_figure
from coopctl.evaluate.verdicts import Bounds
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Aim, Kpi
from coopctl.model.scalars import Duration, DurationUnit, Percent
from coopctl.model.thresholds import Delay, Level, Threshold, Thresholds

Strictness = Literal["stricter", "laxer", "same", "neither"]
"""What a newer value is, held against the older one."""


class Step(NamedTuple):
    """A target from a day on."""

    first: date
    """`date.min` for one that holds from the start."""
    stated: str
    bounds: Bounds


def steps_of(kpi: Kpi, agreement: Agreement) -> list[Step]:
    """Return the targets of a KPI in order of time, with what a relative one comes to.

    The one in force when the term begins holds from the start: no day before it is judged.
    """
    if not isinstance(kpi.target, dict):
        return [_step(kpi, date.min, kpi.target)]
    year_starts, start = agreement.calendar.year_starts, agreement.term.start
    dated = sorted(
        ((days_of(key, year_starts).first, aim) for key, aim in kpi.target.items()), key=lambda pair: pair[0]
    )
    begun = [pair for pair in dated if pair[0] <= start]
    later = [_step(kpi, first, aim) for first, aim in dated[len(begun) :]]
    return [_step(kpi, date.min, begun[-1][1]), *later] if begun else later


def _step(kpi: Kpi, first: date, aim: Aim) -> Step:
    figure = target_figure(kpi, AimInForce(aim, ("target",)), WHOLE)
    return Step(first, figure.stated, figure.bounds)


class Stretch(NamedTuple):
    """Days on which both versions have one target each; None before a first step."""

    first: date
    old: Step | None
    new: Step | None


def stretches(old: Sequence[Step], new: Sequence[Step]) -> list[Stretch]:
    """Return the stretches of time on which neither target changes."""
    firsts = sorted({step.first for step in (*old, *new)})
    return [Stretch(first, _in_force(old, first), _in_force(new, first)) for first in firsts]


def _in_force(steps: Sequence[Step], day: date) -> Step | None:
    begun = [step for step in steps if step.first <= day]
    return begun[-1] if begun else None


def compared_bounds(old: Bounds | None, new: Bounds | None) -> Strictness:
    """Compare two targets; a target is stricter than none."""
    if old is None or new is None:
        return "same" if old is new else "stricter" if old is None else "laxer"
    if (old.low is None, old.high is None) != (new.low is None, new.high is None):
        return "neither"
    raised = [] if old.low is None or new.low is None else [_sign(new.low - old.low)]
    lowered = [] if old.high is None or new.high is None else [_sign(old.high - new.high)]
    return _together((*raised, *lowered))


def _sign(number: Fraction | int) -> int:
    return (number > 0) - (number < 0)


def _together(signs: Iterable[int]) -> Strictness:
    """Put several comparisons together: 1 is stricter, -1 laxer."""
    found = set(signs) - {0}
    if len(found) > 1:
        return "neither"
    return "same" if not found else "stricter" if found == {1} else "laxer"


def together(comparisons: Iterable[Strictness]) -> Strictness:
    """Put the comparisons of several stretches or conditions together."""
    found = set(comparisons)
    if "neither" in found:
        return "neither"
    return _together({"stricter": 1, "laxer": -1, "same": 0, "neither": 0}[each] for each in found)


_DIRECTIONS: Final[Mapping[Strictness, Direction]] = {
    "stricter": "tightened",
    "laxer": "loosened",
    "same": "incomparable",
    "neither": "incomparable",
}


def direction_of(comparison: Strictness) -> Direction:
    """Say in which direction something changed that is written differently."""
    return _DIRECTIONS[comparison]


Frontier = dict[str, tuple[Fraction, int]]
"""By side, where a condition begins to fire: the smaller, the stricter."""


def frontier(thresholds: Thresholds | None, level: Level, bounds: Bounds, share: Fraction) -> Frontier:
    """Return where the conditions of a level begin to fire over a target."""
    found: Frontier = {}
    low, high = bounds
    for limit in limits(thresholds, bounds, share):
        if limit.level == level:
            rank = 0 if limit.is_inclusive else 1
            if low is not None:
                at = limit.size if limit.is_level else low - (limit.size * abs(low) if limit.of_bound else limit.size)
                found["low"] = min(found.get("low", (-at, rank)), (-at, rank))
            if high is not None:
                at = limit.size if limit.is_level else high + (limit.size * abs(high) if limit.of_bound else limit.size)
                found["high"] = min(found.get("high", (at, rank)), (at, rank))
    return found


def compared_frontiers(old: Frontier, new: Frontier) -> Strictness:
    """Compare where conditions begin to fire; a level is stricter than none."""
    if not old or not new:
        return "same" if not old and not new else "stricter" if not old else "laxer"
    if old.keys() != new.keys():
        return "neither"
    return _together((new[side] < old[side]) - (new[side] > old[side]) for side in old)


Sizes = dict[str, tuple[Fraction, int]]
"""The least that fires, by what it is measured in."""


def compared_margins(old: Sequence[Threshold | Delay], new: Sequence[Threshold | Delay]) -> Strictness:
    """Compare conditions on a delay or on overspending; what is measured differently cannot be compared."""
    return _compared_sizes(_by_measure(old), _by_measure(new))


def _compared_sizes(before: Sizes, after: Sizes) -> Strictness:
    if not before or not after:
        return "same" if not before and not after else "stricter" if not before else "laxer"
    if before.keys() != after.keys():
        more, less = after.keys() > before.keys(), before.keys() > after.keys()
        shared = together(_ranked(before[each], after[each]) for each in before.keys() & after.keys())
        if (more and shared in ("same", "stricter")) or (less and shared in ("same", "laxer")):
            return "stricter" if more else "laxer"
        return "neither"
    return together(_ranked(before[each], after[each]) for each in before)


def compared_delays(
    old: Sequence[Delay], new: Sequence[Delay], windows: tuple[Fraction | None, Fraction | None]
) -> Strictness:
    """Compare conditions on a delay by the day on which they fire; a percentage is of the milestone's window.

    Business days and months are only held against their like.
    """
    before, after = (_by_day(each, window) for each, window in zip((old, new), windows, strict=True))
    return _compared_sizes(before, after)


def _by_day(conditions: Sequence[Delay], window: Fraction | None) -> Sizes:
    """Return the least delay that fires; one in days as the first whole day late."""
    found: Sizes = {}
    for condition in conditions:
        measure, size = _measured(condition)
        if measure == "percent" and window is not None:
            measure, size = "days", size * window / 100
        least = (size, 0 if condition.is_inclusive else 1)
        if measure == "days":
            least = (Fraction(max(ceil(size), 1) if condition.is_inclusive else floor(size) + 1), 0)
        found[measure] = min(found.get(measure, least), least)
    return found


def _ranked(old: tuple[Fraction, int], new: tuple[Fraction, int]) -> Strictness:
    return "same" if old == new else "stricter" if new < old else "laxer"


def _by_measure(conditions: Sequence[Threshold | Delay]) -> Sizes:
    """Return the least that fires."""
    found: Sizes = {}
    for condition in conditions:
        measure, size = _measured(condition)
        least = (size, 0 if condition.is_inclusive else 1)
        found[measure] = min(found.get(measure, least), least)
    return found


def _measured(condition: Threshold | Delay) -> tuple[str, Fraction]:
    limit = condition.limit
    if isinstance(limit, Percent):
        return "percent", exact(limit.value)
    if isinstance(limit, Duration):
        return span_of(limit)
    return ("level" if condition.is_level else "days"), exact(limit)


def span_of(duration: Duration) -> tuple[str, Fraction]:
    """Return a length of time in the unit that it can be compared in."""
    in_days = {DurationUnit.DAY: Fraction(1), DurationUnit.WEEK: Fraction(7)}
    in_hours = {DurationUnit.MINUTE: Fraction(1, 60), DurationUnit.HOUR: Fraction(1)}
    in_months = {DurationUnit.MONTH: Fraction(1), DurationUnit.YEAR: Fraction(12)}
    for name, table in (("days", in_days), ("hours", in_hours), ("months", in_months)):
        if duration.unit in table:
            return name, duration.amount * table[duration.unit]
    return str(duration.unit), Fraction(duration.amount)


def compared_durations(old: Duration | None, new: Duration | None, *, none_is: Literal["short", "long"]) -> Strictness:
    """Compare two lengths of time; the shorter is the stricter. Units that have no fixed ratio cannot be compared."""
    if old is None or new is None:
        if old is new:
            return "same"
        shorter = (new is None) is (none_is == "short")
        return "stricter" if shorter else "laxer"
    (measure, before), (other, after) = span_of(old), span_of(new)
    if measure != other:
        return "neither"
    return _together([_sign(before - after)])


def compared_amounts(old: Decimal | None, new: Decimal | None) -> Strictness:
    """Compare two upper limits; the lower is the stricter, and none at all is the laxest."""
    if old is None or new is None:
        return "same" if old is new else "stricter" if old is None else "laxer"
    return _together([_sign(exact(old) - exact(new))])


def compared_days(old: date | None, new: date | None) -> Strictness:
    """Compare two due dates; the earlier is the stricter, and none at all is the laxest."""
    if old is None or new is None:
        return "same" if old is new else "stricter" if old is None else "laxer"
    return _together([_sign((old - new).days)])
