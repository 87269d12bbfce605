"""After how many days the thresholds of a milestone first fire."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from coopctl.evaluate.numbers import HUNDRED, exact
from coopctl.model.plan import Milestone
from coopctl.model.scalars import Duration, DurationUnit, Percent
from coopctl.model.thresholds import Delay, Level
from coopctl.places import Path
from coopctl.rules.amounts import amount
from coopctl.rules.rule import Review


class Lateness(NamedTuple):
    """A condition on a milestone, and the first day after its due date on which it fires."""

    day: int
    position: int
    delay: Delay
    words: str


class DelayRace(NamedTuple):
    """The condition of each level that fires first as a milestone gets later."""

    path: Path
    warn: Lateness
    breach: Lateness
    unit: str
    """Days; business days where all conditions are in them, so that no calendar is needed."""


def delay_races(review: Review) -> Iterator[DelayRace]:
    """Yield how the two levels of each milestone compare."""
    plan = review.agreement.plan
    for milestone_id, milestone in plan.milestones.items() if plan else ():
        levels = milestone.thresholds
        if levels is not None and levels.warn and levels.breach:
            in_business_days = all(map(_is_in_business_days, (*levels.warn, *levels.breach)))
            warn, breach = (_first(review, milestone, level, in_business_days) for level in ("warn", "breach"))
            unit = "business days" if in_business_days else "days"
            yield DelayRace(("plan", "milestones", milestone_id), warn, breach, unit)


def _is_in_business_days(delay: Delay) -> bool:
    return isinstance(delay.limit, Duration) and delay.limit.unit is DurationUnit.BUSINESS_DAY


def _first(review: Review, milestone: Milestone, level: Level, in_business_days: bool) -> Lateness:
    assert milestone.thresholds is not None
    found = []
    for position, delay in enumerate(milestone.thresholds.at(level)):
        allowed = _business_days(delay) if in_business_days else _days(review, milestone, delay)
        day = max(1, ceil(allowed)) if delay.is_inclusive else floor(allowed) + 1
        found.append(Lateness(day, position, delay, _told(delay, allowed)))
    return min(found, key=lambda lateness: lateness.day)


def _business_days(delay: Delay) -> Fraction:
    assert isinstance(delay.limit, Duration)
    return Fraction(delay.limit.amount)


def _days(review: Review, milestone: Milestone, delay: Delay) -> Fraction:
    """Days after the due date that a condition allows; only business days make the calendar load holidays."""
    limit = delay.limit
    if isinstance(limit, Duration):
        return Fraction((review.calendar.after(milestone.due, limit) - milestone.due).days)
    if isinstance(limit, Percent):
        assert milestone.start is not None, "the model refuses a share of a window that has no start"
        return exact(limit.value) / HUNDRED * (milestone.due - milestone.start).days
    return exact(limit)


def _told(delay: Delay, allowed: Fraction) -> str:
    limit = delay.limit
    than = "" if delay.is_inclusive else "more than "
    if isinstance(limit, Duration):
        return f"{than}{limit} late"
    share = f" ({limit} of the window)" if isinstance(limit, Percent) else ""
    return f"{than}{amount(allowed, 'days')} late{share}"
