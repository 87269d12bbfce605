"""What was added, and what is gone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from coopctl.changes.bearing import Actors, Effects
from coopctl.changes.change import Change, Direction
from coopctl.changes.comparison import Comparison, at
from coopctl.changes.differences import Difference
from coopctl.changes.judging.duties import debtors_of, entry_with_parties
from coopctl.changes.judging.measures import shown_bounds
from coopctl.changes.kinds import KINDS
from coopctl.changes.strictness import steps_of
from coopctl.model.agreement import Agreement
from coopctl.model.governance import ExitTrigger
from coopctl.model.kpis import Kpi
from coopctl.model.plan import BudgetLine, Milestone, Resource
from coopctl.model.responsibilities import Responsibility

KIND_OF: Final[Mapping[tuple[str, ...], str]] = {
    ("parties",): "party",
    ("goals",): "goal",
    ("kpis",): "kpi",
    ("responsibilities",): "responsibility",
    ("working_group", "members"): "member",
    ("plan", "phases"): "phase",
    ("plan", "milestones"): "milestone",
    ("budget",): "budget-line",
    ("resources",): "resource",
    ("risks",): "risk",
    ("communication", "meetings"): "meeting",
    ("communication", "sharing"): "sharing",
    ("governance", "bodies"): "body",
    ("processes",): "process",
    ("activities",): "activity",
    ("exit", "triggers"): "exit-right",
    ("clauses",): "clause",
}
"""By section, what an entry of it is called."""

_NEITHER: Final = frozenset({"party", "member", "phase", "body", "clause", "risk"})
"""Entries that bind nobody by being there."""


def judge_entry(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge an entry that only one version has."""
    (difference,) = found
    added = difference.old is None
    path = difference.path if added else difference.base
    agreement = comparison.head if added else comparison.base
    name = KIND_OF[tuple(str(step) for step in path[:-1])]
    entry = at(agreement, path)
    direction: Direction = "incomparable" if name in _NEITHER else "tightened" if added else "loosened"
    summary = _summary(entry, agreement)
    actors = comparison.bearing.after if added else comparison.bearing.before
    said = [None if each is None else entry_with_parties(each, path, actors) for each in difference[2:]]
    yield comparison.change(
        KINDS[f"{name}-{'added' if added else 'removed'}"],
        difference._replace(old=said[0], new=said[1]),
        direction=direction,
        effects=[_effects(comparison, direction, entry, actors)],
        old="" if added else summary,
        new=summary if added else "",
    )


def _effects(comparison: Comparison, direction: Direction, entry: Any, actors: Actors) -> Effects:
    bearing = comparison.bearing
    if isinstance(entry, ExitTrigger):
        return bearing.of_right(direction, entry.right_of)
    owe = entry.responsible if isinstance(entry, Responsibility) else ()
    debtors = actors.parties_of((*owe, *debtors_of(entry)))
    return bearing.of_obligation(direction, debtors, getattr(entry, "benefits", None))


def _summary(entry: Any, agreement: Agreement) -> str:
    """Say in a few words what an entry is."""
    match entry:
        case Kpi():
            aims = [shown_bounds(each.bounds, entry.unit) for each in steps_of(entry, agreement)]
            if len(aims) > 1:
                return f"{len(aims)} targets, from {aims[0]} to {aims[-1]}"
            return f"target {aims[0]}" if aims else "added"
        case Milestone():
            return f"due {entry.due}"
        case BudgetLine():
            return f"amount {entry.amount}"
        case Resource(capacity=capacity, unit=unit) if capacity is not None:
            return f"{capacity} {unit or ''}".strip()
    text = next((getattr(entry, each) for each in ("statement", "task", "text", "name") if _has(entry, each)), "")
    return text or "there"


def _has(entry: Any, field: str) -> bool:
    return isinstance(getattr(entry, field, None), str)
