"""Verdicts for budget lines (agreement language: variance, forecast)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from coopctl.evaluate.consequences import with_consequences
from coopctl.evaluate.crossings import crossings, first_fired, limits, status_of
from coopctl.evaluate.numbers import exact, percent_of
from coopctl.evaluate.periods import ONE_DAY, Days, days_of
from coopctl.evaluate.rollup import in_force
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.targets import WHOLE
from coopctl.evaluate.verdicts import Bounds, Status, TargetFigure, Verdict
from coopctl.model.ledger import Observation
from coopctl.model.plan import BudgetLine
from coopctl.model.scalars import Duration, DurationUnit

_REPORT_WITHIN = Duration(10, DurationUnit.DAY)


class PhasedPart(NamedTuple):
    """What one stretch of a phased budget contributes by a date."""

    label: str
    amount: Fraction
    days: Days
    elapsed: int
    """Days of it that have ended."""

    @property
    def to_date(self) -> Fraction:
        """Amount that falls on the days that have ended, spread evenly."""
        return self.amount * self.elapsed / self.days.length


def phased_parts(setting: Setting, line: BudgetLine, at: date | None = None) -> tuple[PhasedPart, ...]:
    """Split a budget line into its phases, in order of time, with the days of each that ended before a day.

    That is the as-of date, if no other is given.

    A phase that the term cuts falls on its days within the term, and one that lies outside of it on none: it is no
    part (such an agreement is not judged, but compared with others).
    """
    at = at or setting.as_of
    if line.phasing == "even":
        return (PhasedPart("term", exact(line.amount), setting.term, _elapsed(setting.term, at)),)
    parts = []
    for key, amount in line.phasing.items():
        days = days_of(key, setting.year_starts).within(setting.term)
        if days.length > 0:
            parts.append(PhasedPart(key.text, exact(amount), days, _elapsed(days, at)))
    return tuple(sorted(parts, key=lambda part: part.days))


def _elapsed(days: Days, as_of: date) -> int:
    return max(0, min((as_of - days.first).days, days.length))


def budget_verdict(setting: Setting, line_id: str, line: BudgetLine, at: date | None = None) -> Verdict:
    """Judge a budget line: spend to date against the budget phased to the days that ended before the as-of date.

    With an earlier day it is how the line stood then, by what is known at the as-of date. A line on which nothing was
    ever recorded is missing once a month of its budget and ten days have passed.
    """
    at = at or setting.as_of
    parts = phased_parts(setting, line, at)
    budget = sum((part.to_date for part in parts), Fraction(0))
    spendings, superseded = _spend_until(setting, line_id, at)
    verdict = Verdict(
        kind="budget",
        id=line_id,
        name=line.name or line_id,
        status=Status.PENDING,
        path=("budget", line_id),
        target=TargetFigure(Bounds(None, budget), _stated_at(line_id, line), str(line.amount), False, WHOLE),
        figures=tuple(spendings),
        superseded=tuple(superseded),
        restated=bool(superseded),
        provisional=any(each.provisional for each in spendings),
    )
    judged = (
        _with_spend(setting, line, parts, verdict, at) if spendings else _without_spend(setting, parts, verdict, at)
    )
    return with_consequences(setting, judged)


def _spend_until(setting: Setting, line_id: str, at: date) -> tuple[list[Observation], list[Observation]]:
    """Return the spend of times that ended before a day, and of others what was known then; and what it replaced."""
    ended: list[Observation] = []
    begun: list[Observation] = []
    for spending in setting.ledger.spend.get(line_id, ()):
        (ended if days_of(spending.key, setting.year_starts).last < at else begun).append(spending)
    current, replaced = in_force(ended, setting.year_starts, setting.as_of)
    running, earlier = in_force(begun, setting.year_starts, at, undated_at_end=True)
    return sorted([*current, *running], key=_first_day(setting)), sorted([*replaced, *earlier], key=_first_day(setting))


def _first_day(setting: Setting) -> Callable[[Observation], date]:
    return lambda spending: days_of(spending.key, setting.year_starts).first


def _with_spend(
    setting: Setting, line: BudgetLine, parts: tuple[PhasedPart, ...], verdict: Verdict, at: date
) -> Verdict:
    assert verdict.target is not None and verdict.target.bounds.high is not None
    budget = verdict.target.bounds.high
    spent = sum((exact(each.value) for each in verdict.figures if each.value is not None), Fraction(0))
    found = crossings(limits(line.thresholds, verdict.target.bounds, WHOLE), spent, verdict.target.bounds)
    fired = first_fired(found)
    through = max(days_of(each.key, setting.year_starts).last for each in verdict.figures)
    known = max(each.recorded or days_of(each.key, setting.year_starts).last for each in verdict.figures)
    return replace(
        verdict,
        status=status_of(fired, on_target=spent <= budget),
        actual=spent,
        variance=spent - budget,
        variance_percent=percent_of(spent - budget, budget),
        crossings=found,
        fired=fired,
        evidence=verdict.figures[-1].place,
        recorded_through=through,
        stale=through < min(parts[-1].days.last, at - ONE_DAY) and setting.as_of > _month_and_grace(setting, through),
        known_on=min(known, setting.as_of),
    )


def _without_spend(setting: Setting, parts: tuple[PhasedPart, ...], verdict: Verdict, at: date) -> Verdict:
    first = next((part.days.first for part in parts if part.amount), None)
    due = _month_and_grace(setting, first - ONE_DAY) if first else None
    overdue = first is not None and due is not None and first < at and setting.as_of > due
    return replace(
        verdict,
        status=Status.MISSING if overdue else Status.PENDING,
        running=not overdue,
        due=due,
        known_on=due,
        counts_as="warn" if overdue else None,
    )


def _month_and_grace(setting: Setting, through: date) -> date:
    """Last day on which the spend of the month after `through` is recorded in time."""
    month_later = setting.calendar.after(through + ONE_DAY, Duration(1, DurationUnit.MONTH)) - ONE_DAY
    return setting.calendar.after(month_later, _REPORT_WITHIN)


def _stated_at(line_id: str, line: BudgetLine) -> tuple[str, ...]:
    return ("budget", line_id, "amount" if line.phasing == "even" else "phasing")
