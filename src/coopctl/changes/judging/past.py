"""What a change does to what is settled: periods that have ended, and dates that have passed.

Each of these is told beside the change of the term itself, and only where the past is judged by something else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from coopctl import limits
from coopctl.changes.change import Change, Direction
from coopctl.changes.comparison import Comparison, at
from coopctl.changes.differences import Difference
from coopctl.changes.judging.duties import obligation_effects
from coopctl.changes.judging.measures import (
    canonical_conditions,
    compared_level,
    conditions_at,
    stated_level,
)
from coopctl.changes.judging.overdue import moved_deadlines, overdue
from coopctl.changes.judging.spans import numbered_spans, spans
from coopctl.changes.kinds import KINDS
from coopctl.changes.references import former_ids
from coopctl.changes.rulings import Pairs, Rulings, budgets, compared_targets, levels_by_period, periods_in
from coopctl.changes.strictness import compared_days, direction_of, together
from coopctl.evaluate.canonical import canonical
from coopctl.evaluate.numbers import WRITTEN_DECIMALS, shown
from coopctl.evaluate.verdicts import Bounds
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Kpi
from coopctl.model.plan import BudgetLine, Milestone
from coopctl.model.scalars import PeriodKind
from coopctl.model.thresholds import LEVELS, Level
from coopctl.places import Path

_DECIMALS: Final = (2, 4, WRITTEN_DECIMALS)
"""As few of these as show that two figures differ."""

_MEASURES: Final = ("unit", "direction", "frequency", "aggregation", "accumulation")
_BY_YEAR: Final = (PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)


def of_the_past(comparison: Comparison) -> Iterator[Change]:
    """Yield what becomes another judgement of what is over."""
    for section, judge in _SECTIONS.items():
        if section == ("kpis",) and _has_too_many_periods(comparison):
            continue  # neither version is judged, and a finding says so
        old, new = at(comparison.base, section) or {}, at(comparison.head, section) or {}
        former = former_ids(old, new)
        for key, entry in new.items():
            base, head = (*section, former[key]), (*section, key)
            if entry == old.get(former[key]) and _same_times(comparison) and comparison.currencies is None:
                continue
            yield from judge(comparison, base, head, old.get(former[key]), entry)
        for key in old:
            if key not in former.values():
                yield from judge(comparison, (*section, key), (*section, key), old[key], None)


def _has_too_many_periods(comparison: Comparison) -> bool:
    return any(
        sum(periods_in(agreement, kpi) for kpi in agreement.kpis.values()) > limits.PERIODS
        for agreement in (comparison.base, comparison.head)
    )


def _same_times(comparison: Comparison) -> bool:
    """Whether both versions have the same days and years to judge, and count them in the same way."""
    old, new = ((each.term.start, each.term.end, each.calendar) for each in (comparison.base, comparison.head))
    return old == new


def _of_kpi(comparison: Comparison, base: Path, head: Path, old: Kpi | None, new: Kpi | None) -> Iterator[Change]:
    before, after = (
        _closed(comparison, comparison.rulings(agreement, kpi)) if kpi else {}
        for agreement, kpi in ((comparison.base, old), (comparison.head, new))
    )
    if old is None or new is None:
        either = before or after
        judged = _judged(either)
        if judged:
            yield _one_sided(comparison, base, head, old, new, spans(judged, either))
        return
    by_year = old.frequency in _BY_YEAR or new.frequency in _BY_YEAR
    measures = [
        _measures(agreement, kpi, by_year=by_year)
        for agreement, kpi in ((comparison.base, old), (comparison.head, new))
    ]
    if measures[0] != measures[1]:
        was, now = _judged(before), _judged(after)
        if was and now:
            yield _remeasured(comparison, base, head, measures, spans(now, after))
        elif was:
            yield _one_sided(comparison, base, head, old, None, spans(was, before))
        elif now:
            yield _one_sided(comparison, base, head, None, new, spans(now, after))
        return
    pairs = {key: (before[key], after[key]) for key in after if key in before}
    yield from _retargeted(
        comparison, base, head, "target", _deciding(comparison, old, new), pairs, (new.unit, new.unit)
    )
    yield from _rejudged(comparison, base, head, pairs)
    yield from overdue(comparison, base, head, pairs)


def _of_budget_line(
    comparison: Comparison, base: Path, head: Path, old: BudgetLine | None, new: BudgetLine | None
) -> Iterator[Change]:
    before, after = (
        budgets(agreement, line, comparison.as_of) if line else {}
        for agreement, line in ((comparison.base, old), (comparison.head, new))
    )
    if old is None or new is None:
        if before or after:
            either = before or after
            yield _one_sided(comparison, base, head, old, new, spans(list(either), either))
        return
    pairs = {key: (before[key], after[key]) for key in after if key in before}
    units = comparison.currencies or (comparison.head.currency or "",) * 2
    yield from _retargeted(comparison, base, head, "amount", _deciding(comparison, old, new), pairs, units)
    if pairs:
        yield from _levels_by_margin(comparison, base, head, spans(list(pairs), after))


def _of_milestone(
    comparison: Comparison, base: Path, head: Path, old: Milestone | None, new: Milestone | None
) -> Iterator[Change]:
    due = [each.due for each in (old, new) if each is not None]
    if min(due) >= comparison.as_of:
        return
    if old is None or new is None:
        yield _one_sided(comparison, base, head, old, new, f"due on {due[0]}")
        return
    if old.due != new.due:
        direction = direction_of(compared_days(old.due, new.due))
        yield comparison.change(
            KINDS["passed-date-moved"],
            Difference((*head, "due"), (*base, "due"), canonical(old.due), canonical(new.due)),
            direction=direction,
            effects=obligation_effects(comparison, direction, old, new),
        )
    if max(due) < comparison.as_of:
        yield from _levels_by_margin(comparison, base, head, f"due on {new.due}")
        yield from moved_deadlines(comparison, base, head)


_SECTIONS: Final[Mapping[Path, Callable[..., Iterator[Change]]]] = {
    ("kpis",): _of_kpi,
    ("plan", "milestones"): _of_milestone,
    ("budget",): _of_budget_line,
}


def _closed(comparison: Comparison, found: Rulings) -> Rulings:
    return {key: each for key, each in found.items() if each.period.days.last < comparison.as_of}


def _judged(found: Rulings) -> list[str]:
    return [key for key, each in found.items() if each.bounds is not None]


def _measures(agreement: Agreement, kpi: Kpi, *, by_year: bool) -> dict[str, str]:
    """Return how a KPI is measured, and from where quarters and years are counted."""
    found = {name: str(getattr(kpi, name)) for name in _MEASURES}
    return {**found, "year_starts": str(agreement.calendar.year_starts)} if by_year else found


def _deciding(comparison: Comparison, old: Any, new: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a target or a budget of a period is worked out from, as far as it differs."""
    before, after = (
        {
            **{name: _said(getattr(entry, name, None)) for name in ("target", "amount", "phasing")},
            "baseline": _said(getattr(getattr(entry, "baseline", None), "value", None)),
            "term": [_said(agreement.term.start), _said(agreement.term.end)],
            "year_starts": _said(agreement.calendar.year_starts),
        }
        for agreement, entry in ((comparison.base, old), (comparison.head, new))
    )
    if isinstance(new, BudgetLine) and comparison.currencies is not None:
        before["currency"], after["currency"] = comparison.currencies
    names = [name for name in before if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def _said(value: Any) -> Any:
    return None if value is None else canonical(value)


def _retargeted(
    comparison: Comparison,
    base: Path,
    head: Path,
    field: str,
    deciding: tuple[dict[str, Any], dict[str, Any]],
    pairs: Pairs,
    units: tuple[str, str],
) -> Iterator[Change]:
    is_comparable = units[0] == units[1]
    moved = {key: each for key, each in pairs.items() if each[0].bounds != each[1].bounds or not is_comparable}
    if not moved:
        return
    direction = direction_of(compared_targets(moved.values()) if is_comparable else "neither")
    groups: dict[tuple[str, str], list[str]] = {}
    for key, (old, new) in moved.items():
        groups.setdefault(_moved(old.bounds, new.bounds, units), []).append(key)
    numbers = {key: number for number, key in enumerate(pairs)}
    told = [(numbered_spans(keys, numbers), *each) for each, keys in groups.items()]
    yield comparison.change(
        KINDS["closed-period-retargeted"],
        Difference((*head, field), (*base, field), *deciding),
        direction=direction,
        effects=obligation_effects(comparison, direction, at(comparison.base, base), at(comparison.head, head)),
        old="; ".join(f"{old} in {span}" for span, old, _ in told),
        new="; ".join(f"{new} in {span}" for span, _, new in told),
        details=tuple(f"{old} → {new} in {span}" for span, old, new in told),
    )


def _moved(old: Bounds | None, new: Bounds | None, units: tuple[str, str]) -> tuple[str, str]:
    """Write two targets for people: what is spread over days may have no end of decimals."""
    told = ("", "")
    for decimals in _DECIMALS:
        told = _bounds(old, units[0], decimals), _bounds(new, units[1], decimals)
        if told[0] != told[1] or old == new:
            break
    return told


def _bounds(bounds: Bounds | None, unit: str, decimals: int) -> str:
    if bounds is None:
        return "none"
    rounded = [shown(each, decimals) for each in bounds if each is not None]
    ends = [each.rstrip("0").rstrip(".") if "." in each else each for each in rounded]
    return f"{' to '.join(ends)}{'' if unit == '%' else ' '}{unit}".rstrip()


def _rejudged(comparison: Comparison, base: Path, head: Path, pairs: Pairs) -> Iterator[Change]:
    """Yield levels of a KPI that are others for periods that have ended; those that move with the target are not."""
    for level in _levels(comparison, base, head):
        compared = levels_by_period(pairs, level)
        moved = [key for key, each in compared.items() if each != "same"]
        if moved:
            direction = direction_of(together(compared[key] for key in moved))
            yield _level(comparison, base, head, level, direction, spans(moved, pairs))


def _levels_by_margin(comparison: Comparison, base: Path, head: Path, span: str) -> Iterator[Change]:
    """Yield levels of a milestone or a budget line that are others."""
    for level in _levels(comparison, base, head):
        result = compared_level(comparison, at(comparison.base, base), at(comparison.head, head), level)
        if result != "same":
            yield _level(comparison, base, head, level, direction_of(result), span)


def _levels(comparison: Comparison, base: Path, head: Path) -> Iterator[Level]:
    """Yield the levels whose conditions are others, or are of a window that begins on another day."""
    old, new = at(comparison.base, base), at(comparison.head, head)
    starts = [getattr(each, "start", None) for each in (old, new)]
    for level in LEVELS:
        conditions = [canonical_conditions(conditions_at(each, level)) for each in (old, new)]
        if conditions[0] != conditions[1] or starts[0] != starts[1]:
            yield level


def _level(comparison: Comparison, base: Path, head: Path, level: Level, direction: Direction, span: str) -> Change:
    old, new = at(comparison.base, base), at(comparison.head, head)
    said, told = stated_level(old, new, level)
    return comparison.change(
        KINDS["closed-period-rejudged"],
        Difference((*head, "thresholds", level), (*base, "thresholds", level), *said),
        direction=direction,
        effects=obligation_effects(comparison, direction, old, new),
        old=told[0],
        new=told[1],
        details=(span,),
    )


def _remeasured(
    comparison: Comparison, base: Path, head: Path, measures: Sequence[Mapping[str, str]], span: str
) -> Change:
    names = [name for name in {**measures[0], **measures[1]} if measures[0].get(name) != measures[1].get(name)]
    said = [{name: each[name] for name in names if name in each} for each in measures]
    return comparison.change(KINDS["closed-period-remeasured"], Difference(head, base, *said), details=(span,))


def _one_sided(comparison: Comparison, base: Path, head: Path, old: Any, new: Any, span: str) -> Change:
    """Make a change of something that only one version judges, and judges for times that are over."""
    added = old is None
    direction: Direction = "tightened" if added else "loosened"
    entry = new if added else old
    return comparison.change(
        KINDS["past-verdicts-added" if added else "past-verdicts-dropped"],
        Difference(head, base, None if added else _said(old), _said(new) if added else None),
        direction=direction,
        effects=obligation_effects(comparison, direction, entry, entry),
        old="" if added else span,
        new=span if added else "",
    )
