"""What was late by one version and not by the other: figures that are not there, and milestones."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from coopctl.changes.change import Change, Direction
from coopctl.changes.comparison import Comparison, at
from coopctl.changes.differences import Difference
from coopctl.changes.judging.duties import obligation_effects
from coopctl.changes.judging.spans import spans
from coopctl.changes.kinds import KINDS
from coopctl.changes.rulings import Pairs
from coopctl.changes.strictness import compared_days, direction_of, together
from coopctl.evaluate.calendar import Calendar, CalendarError
from coopctl.evaluate.canonical import Canonical, canonical
from coopctl.evaluate.periods import period_holding
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Kpi
from coopctl.model.scalars import Duration, DurationUnit
from coopctl.model.term import CalendarTerms
from coopctl.model.thresholds import LEVELS, Delay
from coopctl.places import Path

_DECIDING: Final = ("missing", "report_within")
_RANK: Final = {"": 0, "warn": 1, "breach": 2}


def overdue(comparison: Comparison, base: Path, head: Path, pairs: Pairs) -> Iterator[Change]:
    """Yield that figures that are not there count as something else, or are overdue by one version only."""
    old, new = at(comparison.base, base), at(comparison.head, head)
    values = _deciding(comparison, old, new)
    if comparison.ledger is None or values[0] == values[1]:
        return
    recorded = _recorded(comparison, str(head[-1]), new)
    before, after = _counting(comparison.base, old, comparison.as_of), _counting(comparison.head, new, comparison.as_of)
    moved, signs = [], set()
    for key, (was, now) in pairs.items():
        if key not in recorded and was.bounds is not None and now.bounds is not None:
            ranks = _RANK[before(was.period.days.last)], _RANK[after(now.period.days.last)]
            if ranks[0] != ranks[1]:
                moved.append(key)
                signs.add(ranks[1] > ranks[0])
    if moved:
        direction: Direction = "incomparable" if len(signs) > 1 else "tightened" if True in signs else "loosened"
        field = "missing" if old.missing != new.missing else "report_within"
        yield comparison.change(
            KINDS["closed-period-rejudged"],
            Difference((*head, field), (*base, field), *values),
            direction=direction,
            effects=obligation_effects(comparison, direction, old, new),
            old=_shown(old, values[0]),
            new=_shown(new, values[1]),
            details=(spans(moved, pairs),),
        )


def _deciding(comparison: Comparison, old: Kpi, new: Kpi) -> tuple[dict[str, Canonical], dict[str, Canonical]]:
    """Return what decides whether and how a figure is overdue, as far as it differs."""
    before, after = ({name: canonical(getattr(each, name)) for name in _DECIDING} for each in (old, new))
    differing = [name for name in _DECIDING if before[name] != after[name]]
    days = _differing_days(comparison)
    return (
        {**{name: before[name] for name in differing}, **days[0]},
        {**{name: after[name] for name in differing}, **days[1]},
    )


def _differing_days(comparison: Comparison) -> tuple[dict[str, Canonical], dict[str, Canonical]]:
    """Return which days count as business days, as far as that differs."""
    old, new = (_days(each.calendar) for each in (comparison.base, comparison.head))
    differing = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    before, after = ({name: each[name] for name in differing if name in each} for each in (old, new))
    return {"calendar": before} if before else {}, {"calendar": after} if after else {}


def _days(terms: CalendarTerms) -> Mapping[str, Any]:
    said = canonical(terms)
    assert isinstance(said, dict)
    return {name: each for name, each in said.items() if name != "year_starts"}


def _shown(kpi: Kpi, said: Mapping[str, Any]) -> str:
    """Write what decides: `breach, after 9 days`; what the days are is told by the calendar's own change."""
    told = [kpi.missing] if "missing" in said else []
    return ", ".join([*told, f"after {kpi.report_within}"] if "report_within" in said or not told else told)


def _recorded(comparison: Comparison, kpi_id: str, kpi: Kpi) -> set[str]:
    """Return the periods that have a figure."""
    assert comparison.ledger is not None, "asked only where it is known"
    figures = comparison.ledger.figures.get(kpi_id, ())
    if not figures:
        return set()
    periods = [each.period for each in comparison.rulings(comparison.head, kpi).values()]
    year_starts = comparison.head.calendar.year_starts
    found = [period_holding(each.key, kpi.frequency, periods, year_starts) for each in figures]
    return {periods[index].key for index in found if index is not None}


def _counting(agreement: Agreement, kpi: Kpi, as_of: date) -> Callable[[date], str]:
    """Return what a period without a figure counts as, by its last day; nothing while its figure is not overdue."""
    calendar = Calendar(agreement.calendar)

    def counts_as(last: date) -> str:
        try:
            is_overdue = as_of > calendar.after(last, kpi.report_within)
        except CalendarError:  # which days count is not known: told rather than passed over
            is_overdue = True
        return kpi.missing if is_overdue else ""

    return counts_as


def moved_deadlines(comparison: Comparison, base: Path, head: Path) -> Iterator[Change]:
    """Yield levels of a milestone that fire on another day, since other days are business days."""
    old, new = at(comparison.base, base), at(comparison.head, head)
    if old.due != new.due or old.thresholds != new.thresholds or new.thresholds is None:
        return
    calendars = Calendar(comparison.base.calendar), Calendar(comparison.head.calendar)
    for level in LEVELS:
        in_business_days = [each for each in new.thresholds.at(level) if _is_in_business_days(each)]
        try:
            days = [[each.after(new.due, delay.limit) for delay in in_business_days] for each in calendars]
        except CalendarError:  # it is not judged by either version, and a finding says so
            return
        result = together(compared_days(*each) for each in zip(*days, strict=True))
        if result != "same" and min(map(min, days)) < comparison.as_of:
            direction = direction_of(result)
            path, former = (*head, "thresholds", level), (*base, "thresholds", level)
            yield comparison.change(
                KINDS["closed-period-rejudged"],
                Difference(path, former, *_differing_days(comparison)),
                direction=direction,
                effects=obligation_effects(comparison, direction, old, new),
                old=f"after {_listed(days[0])}",
                new=f"after {_listed(days[1])}",
                details=(f"due on {new.due}",),
            )


def _is_in_business_days(delay: Delay) -> bool:
    return isinstance(delay.limit, Duration) and delay.limit.unit is DurationUnit.BUSINESS_DAY


def _listed(days: list[date]) -> str:
    return " or ".join(map(str, sorted(set(days))))
