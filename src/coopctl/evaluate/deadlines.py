"""What falls due and when: figures, milestones, actions, reviews, payments, notices, what follows an exit."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from coopctl.evaluate.periods import Days, periods_of
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.targets import Aims
from coopctl.model.scalars import Duration, PeriodKind
from coopctl.places import Path

Duty = Literal[
    "figure",
    "milestone-start",
    "milestone",
    "action",
    "task",
    "goal",
    "review",
    "payment",
    "renewal-notice",
    "renewal-answer",
    "term-end",
    "wind-down",
]


class Deadline(NamedTuple):
    """One thing that has to be done by a day."""

    day: date
    duty: Duty
    path: Path
    """What it is about, in the agreement."""
    text: str = ""
    """What is to be done, where the agreement or the ledger says so in words."""
    period: str = ""
    """The period that a figure, review or payment is for."""
    owner: str | None = None
    """Id of whoever owes it."""


def deadlines(setting: Setting, days: Days) -> list[Deadline]:
    """Return what falls due on some days, in order of time; what is done by the as-of date is left out."""
    found = [each for each in _all(setting, days) if days.first <= each.day <= days.last]
    return sorted(found, key=lambda each: (each.day, each.duty, each.path, each.period))


def _all(setting: Setting, days: Days) -> Iterator[Deadline]:
    agreement = setting.agreement
    yield from _figures(setting, days)
    for milestone_id, milestone in (agreement.plan.milestones if agreement.plan else {}).items():
        path = ("plan", "milestones", milestone_id)
        if milestone.start is not None and not _has_begun(setting, milestone_id):
            yield Deadline(milestone.start, "milestone-start", path, owner=milestone.owner)
        if not _is_done(setting, milestone_id):
            yield Deadline(milestone.due, "milestone", path, owner=milestone.owner)
    for record in setting.ledger.actions:
        action = record.action
        known = action.date <= setting.as_of
        if known and action.due is not None and (action.done is None or action.done > setting.as_of):
            subject = action.about.partition("@")[0]
            yield Deadline(action.due, "action", tuple(subject.split(".")), action.do, owner=action.owner)
    for task_id, task in agreement.responsibilities.items():
        if task.due is not None:
            yield Deadline(task.due, "task", ("responsibilities", task_id), task.task, owner=task.accountable)
    for goal_id, goal in agreement.goals.items():
        if goal.due is not None:
            yield Deadline(goal.due, "goal", ("goals", goal_id), goal.statement, owner=goal.owner)
    yield from _recurring(setting, days)
    yield from _of_the_end(setting)


def _is_done(setting: Setting, milestone_id: str) -> bool:
    record = setting.ledger.milestones.get(milestone_id)
    return record is not None and record.facts.done is not None and record.facts.done <= setting.as_of


def _has_begun(setting: Setting, milestone_id: str) -> bool:
    record = setting.ledger.milestones.get(milestone_id)
    started = record.facts.started if record else None
    return _is_done(setting, milestone_id) or (started is not None and started <= setting.as_of)


def _figures(setting: Setting, days: Days) -> Iterator[Deadline]:
    for kpi_id, kpi in setting.agreement.kpis.items():
        aims = Aims(kpi, ("kpis", kpi_id), setting.year_starts)
        for period in periods_of(kpi.frequency, setting.term, setting.year_starts):
            if period.days.first > days.last or aims.at(period) is None:
                continue
            due = setting.calendar.after(period.days.last, kpi.report_within)
            if due >= days.first:
                yield Deadline(due, "figure", ("kpis", kpi_id), period=period.key, owner=kpi.owner)


def _recurring(setting: Setting, days: Days) -> Iterator[Deadline]:
    agreement = setting.agreement
    reviews = agreement.governance.reviews if agreement.governance else None
    payment = agreement.economics.payment if agreement.economics else None
    if reviews is not None:
        yield from _after_periods(setting, days, "review", ("governance", "reviews"), reviews.frequency, reviews.within)
    if payment is not None:
        yield from _after_periods(setting, days, "payment", ("economics", "payment"), payment.frequency, payment.within)


def _after_periods(
    setting: Setting, days: Days, duty: Duty, path: Path, frequency: PeriodKind, within: Duration | None
) -> Iterator[Deadline]:
    for period in periods_of(frequency, setting.term, setting.year_starts):
        if period.days.first > days.last:
            break
        due = setting.calendar.after(period.days.last, within) if within else period.days.last
        yield Deadline(due, duty, path, period=period.key)


def _of_the_end(setting: Setting) -> Iterator[Deadline]:
    agreement = setting.agreement
    renewal = agreement.term.renewal
    automatic = renewal is not None and renewal.mode == "automatic"
    if renewal is not None and renewal.mode != "none" and renewal.notice is not None:
        by = setting.calendar.before(setting.term.last, renewal.notice)
        yield Deadline(by, "renewal-notice" if automatic else "renewal-answer", ("term", "renewal"))
    yield Deadline(setting.term.last, "term-end", ("term", "end"))
    if automatic:
        return  # nothing is wound up as long as nobody has said that the term is to end
    for index, step in enumerate(agreement.exit.wind_down if agreement.exit else ()):
        if step.within is not None:
            due = setting.calendar.after(setting.term.last, step.within)
            yield Deadline(due, "wind-down", ("exit", "wind_down", index), step.do, owner=step.owner)
