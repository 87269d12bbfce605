"""What a change does to the past, in words."""

from typing import Final

from coopctl.changes.change import Change
from coopctl.changes.telling.clauses import NOUNS
from coopctl.changes.telling.context import Telling, field_of, from_to, label, place_of

_MOST: Final = 3


def of_retargeted(telling: Telling, change: Change) -> str:
    """Tell which figures periods that have ended would be held against."""
    told = list(change.details)
    if len(told) > _MOST:
        told = [*told[: _MOST - 1], f"{len(told) - _MOST} more", told[-1]]
    what = "Budget to date" if field_of(change) == "amount" else "Target"
    reason = ", since the term is another one" if list(change.value[0]) == ["term"] else ""
    return f"{what} of {telling.entry(change, 2)} rewritten for what has ended{reason}: {'; '.join(told)}"


def of_rejudged(telling: Telling, change: Change) -> str:
    """Tell what would be a warning or a breach in periods that have ended."""
    (span,) = change.details
    field = field_of(change)
    name = telling.entry(change, 3 if change.subject.startswith("plan.") else 2)
    if field in ("warn", "breach"):
        what = f"{'Warning' if field == 'warn' else 'Breach'} level of {name}"
    else:
        what = (
            f"What figures of {name} that are not there count as"
            if field == "missing"
            else (f"When figures of {name} that are not there are overdue")
        )
    reason = ", since other days are business days" if _only_days_differ(change) else ""
    moved = f": {from_to(change.old, change.new)}" if change.old != change.new else ""
    return f"{what} rewritten for what has ended ({span}){reason}{moved}"


def _only_days_differ(change: Change) -> bool:
    old, new = change.value
    return isinstance(old, dict) and isinstance(new, dict) and {*old, *new} == {"calendar"}


def of_remeasured(telling: Telling, change: Change) -> str:
    """Tell how figures of periods that have ended would be measured."""
    (span,), (old, new) = change.details, change.value
    told = [f"{label(each).lower()} {from_to(old.get(each, ''), new.get(each, ''))}" for each in {**old, **new}]
    return f"What has ended of {telling.entry(change, 2)} ({span}) is measured in another way: {', '.join(told)}"


def of_verdicts(telling: Telling, change: Change) -> str:
    """Tell what is judged for times that are over, and was not, or the other way round."""
    added, path = change.base is None, place_of(change)
    noun = NOUNS[{"kpis": "kpi", "budget": "budget-line"}.get(str(path[0]), "milestone")]
    name = telling.entry(change, len(path))
    if added:
        return f"{noun} {name} is judged for what is over as well: {change.new}"
    return f"{noun} {name} is judged no more for what is over: {change.old}"


def of_passed_date(_telling: Telling, change: Change) -> str:
    """Tell of a due date that had passed, or has on the day on which it is written."""
    if change.direction == "tightened":
        return f"The new due date of {change.name}, {change.new}, has passed already; it was {change.old}"
    return f"The due date of {change.name}, {change.old}, has passed, and would become {change.new}"
