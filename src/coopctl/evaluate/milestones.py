"""Verdicts for milestones (agreement language: milestones)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from coopctl.evaluate.consequences import with_consequences
from coopctl.evaluate.crossings import first_fired, status_of
from coopctl.evaluate.numbers import HUNDRED, exact, percent_of
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.verdicts import Crossing, Status, Verdict
from coopctl.model.ledger import MilestoneRecord
from coopctl.model.plan import Milestone
from coopctl.model.scalars import Duration, Percent
from coopctl.model.thresholds import LEVELS, Delay
from coopctl.places import Place


def milestone_verdict(setting: Setting, milestone_id: str, milestone: Milestone) -> Verdict:
    """Judge a milestone: at the day it was done, else at the as-of date or at its forecast if that is later.

    Variance is the number of days late, its percentage that of the planned window (due minus start).
    """
    record = setting.ledger.milestones.get(milestone_id)
    done = record.facts.done if record else None
    if done is not None and done > setting.as_of:
        done = None  # not known yet
    forecast = record.facts.forecast if record and done is None else None
    judged_at = done or max(setting.as_of, forecast or setting.as_of)
    days_late = Fraction((judged_at - milestone.due).days)
    window = Fraction((milestone.due - milestone.start).days) if milestone.start else None
    late = judged_at > milestone.due
    pending = done is None and not late
    found = () if pending else _crossings(setting, milestone, days_late, window)
    fired = first_fired(found)
    verdict = Verdict(
        kind="milestone",
        id=milestone_id,
        name=milestone.name or milestone_id,
        status=Status.PENDING if pending else status_of(fired, on_target=not late),
        path=("plan", "milestones", milestone_id),
        running=pending,
        forecasted=not pending and done is None and judged_at > setting.as_of,
        due=milestone.due,
        actual_date=None if pending else judged_at,
        done=done is not None,
        variance=None if pending else days_late,
        variance_percent=percent_of(days_late, window) if window is not None and not pending else None,
        crossings=found,
        fired=fired,
        evidence=_evidence(record, done, forecast),
        known_on=_known_on(milestone, fired, found),
    )
    return with_consequences(setting, verdict)


def _evidence(record: MilestoneRecord | None, done: date | None, forecast: date | None) -> Place | None:
    if record is None:
        return None
    if done is not None:
        return record.place.within("done")
    return record.place.within("forecast") if forecast is not None else record.place


def _crossings(
    setting: Setting, milestone: Milestone, days_late: Fraction, window: Fraction | None
) -> tuple[Crossing, ...]:
    if milestone.thresholds is None:
        return ()
    found = []
    for level in LEVELS:
        for index, threshold in enumerate(milestone.thresholds.at(level)):
            limit = _days_allowed(setting, milestone, threshold, window)
            late = max(days_late, Fraction(0))
            fired = late > limit or (threshold.is_inclusive and late == limit and late > 0)
            found.append(Crossing(level, index, threshold, limit, late, fired))
    return tuple(found)


def _days_allowed(setting: Setting, milestone: Milestone, threshold: Delay, window: Fraction | None) -> Fraction:
    """Days after the due date that a threshold allows; business days and months are counted in the calendar."""
    limit = threshold.limit
    if isinstance(limit, Duration):
        return Fraction((setting.calendar.after(milestone.due, limit) - milestone.due).days)
    if isinstance(limit, Percent):
        assert window is not None, "the model refuses a share of a window that has no start"
        return exact(limit.value) / HUNDRED * window
    assert isinstance(limit, Decimal)
    return exact(limit)


def _known_on(milestone: Milestone, fired: Crossing | None, found: Iterable[Crossing]) -> date | None:
    """Return the first day on which a threshold of the level that fired was crossed, or will be, by the forecast."""
    if fired is None:
        return None
    return min(_crossed_on(milestone, each) for each in found if each.fired and each.level == fired.level)


def _crossed_on(milestone: Milestone, crossing: Crossing) -> date:
    whole_days = crossing.limit.numerator // crossing.limit.denominator
    reached = crossing.threshold.is_inclusive and crossing.limit == whole_days and whole_days > 0
    return milestone.due + timedelta(days=whole_days if reached else whole_days + 1)
