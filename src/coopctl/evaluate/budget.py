"""Verdicts for budget lines (agreement language: variance, forecast)."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from coopctl.evaluate.consequences import with_consequences
from coopctl.evaluate.crossings import crossings, first_fired, limits, status_of
from coopctl.evaluate.kpis import percent_of
from coopctl.evaluate.numbers import exact
from coopctl.evaluate.periods import ONE_DAY, Days, days_of
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


def phased_parts(setting: Setting, line: BudgetLine) -> tuple[PhasedPart, ...]:
    """Split a budget line into its phases, in order of time, with the days of each that ended before the as-of date."""
    if line.phasing == "even":
        return (PhasedPart("term", exact(line.amount), setting.term, _elapsed(setting.term, setting.as_of)),)
    parts = []
    for key, amount in line.phasing.items():
        days = days_of(key, setting.year_starts)
        parts.append(PhasedPart(key.text, exact(amount), days, _elapsed(days, setting.as_of)))
    return tuple(sorted(parts, key=lambda part: part.days))


def _elapsed(days: Days, as_of: date) -> int:
    return max(0, min((as_of - days.first).days, days.length))


def spend_to_date(setting: Setting, line_id: str) -> tuple[list[Observation], list[Observation]]:
    """Return the amounts in force at the as-of date in order of time, and those they replaced."""
    in_force: dict[object, Observation] = {}
    replaced = []
    for spent in setting.ledger.spend.get(line_id, ()):
        begun = days_of(spent.key, setting.year_starts).first <= setting.as_of
        if not begun or (spent.recorded or date.min) > setting.as_of:
            continue
        other = in_force.get(spent.key)
        if other is not None and (other.recorded or date.min) > (spent.recorded or date.min):
            replaced.append(spent)
            continue
        if other is not None:
            replaced.append(other)
        in_force[spent.key] = spent
    return _in_order(setting, in_force.values()), _in_order(setting, replaced)


def _in_order(setting: Setting, spendings: Iterable[Observation]) -> list[Observation]:
    return sorted(spendings, key=lambda spent: days_of(spent.key, setting.year_starts).first)


def budget_verdict(setting: Setting, line_id: str, line: BudgetLine) -> Verdict:
    """Judge a budget line: spend to date against the budget phased to the days that ended before the as-of date.

    A line on which nothing was ever recorded is missing once a month of its budget and ten days have passed.
    """
    parts = phased_parts(setting, line)
    budget = sum((part.to_date for part in parts), Fraction(0))
    spendings, superseded = spend_to_date(setting, line_id)
    target = TargetFigure(Bounds(None, budget), _stated_at(line_id, line), str(line.amount), False, WHOLE)
    first_due = _first_due(setting, parts)
    if not spendings:
        overdue = first_due is not None and setting.as_of > first_due
        verdict = Verdict(
            kind="budget",
            id=line_id,
            name=line.name or line_id,
            status=Status.MISSING if overdue else Status.PENDING,
            path=("budget", line_id),
            running=not overdue,
            target=target,
            due=first_due,
            known_on=first_due,
            counts_as="warn" if overdue else None,
        )
        return with_consequences(setting, verdict)
    spent = sum((exact(each.value) for each in spendings if each.value is not None), Fraction(0))
    found = crossings(limits(line.thresholds, target.bounds, WHOLE), spent, target.bounds)
    fired = first_fired(found)
    latest = spendings[-1]
    verdict = Verdict(
        kind="budget",
        id=line_id,
        name=line.name or line_id,
        status=status_of(fired, on_target=spent <= budget),
        path=("budget", line_id),
        provisional=any(each.provisional for each in spendings),
        restated=bool(superseded),
        target=target,
        actual=spent,
        variance=spent - budget,
        variance_percent=percent_of(spent - budget, budget),
        crossings=found,
        fired=fired,
        figures=tuple(spendings),
        superseded=tuple(superseded),
        evidence=latest.place,
        recorded_through=max(days_of(each.key, setting.year_starts).last for each in spendings),
        known_on=min(
            max(each.recorded or days_of(each.key, setting.year_starts).last for each in spendings),
            setting.as_of,
        ),
    )
    return with_consequences(setting, verdict)


def _stated_at(line_id: str, line: BudgetLine) -> tuple[str, ...]:
    return ("budget", line_id, "amount" if line.phasing == "even" else "phasing")


def _first_due(setting: Setting, parts: tuple[PhasedPart, ...]) -> date | None:
    first = next((part.days.first for part in parts if part.amount), None)
    if first is None:
        return None
    month_later = setting.calendar.after(first, Duration(1, DurationUnit.MONTH)) - ONE_DAY
    return setting.calendar.after(month_later, _REPORT_WITHIN)
