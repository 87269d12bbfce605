"""Who owes something, by either version, and to whom it goes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from coopctl.changes.bearing import Actors, Effects
from coopctl.changes.change import Change, Direction
from coopctl.changes.comparison import Comparison, at
from coopctl.changes.differences import Difference
from coopctl.changes.kinds import KINDS
from coopctl.changes.naming import entry_name
from coopctl.evaluate.canonical import Canonical
from coopctl.model.agreement import Agreement
from coopctl.places import Path

_DUTIES: Final[Mapping[Path, tuple[str, ...]]] = {
    ("kpis",): ("owner",),
    ("goals",): ("owner",),
    ("plan", "milestones"): ("owner",),
    ("budget",): ("owner",),
    ("responsibilities",): ("responsible", "accountable"),
}
"""By section, the fields that name whoever owes an entry of it; they may name a member."""


def debtors_of(entry: Any) -> tuple[str | None, ...]:
    """Return whoever owes an entry, as ids of parties or members."""
    if hasattr(entry, "accountable"):
        return (entry.accountable,)
    owner = getattr(entry, "owner", None) or getattr(entry, "party", None) or getattr(entry, "from_", None)
    return (owner,)


def obligation_effects(comparison: Comparison, direction: Direction, old: Any, new: Any) -> tuple[Effects, ...]:
    """Return the effects of a change in a duty, for those who bear it and benefit from it by either version."""
    bearing = comparison.bearing
    return tuple(
        bearing.of_obligation(direction, actors.parties_of(debtors_of(entry)), getattr(entry, "benefits", None))
        for entry, actors in ((old, bearing.before), (new, bearing.after))
    )


def moved_duty(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge that somebody else owes something."""
    bearing = comparison.bearing
    for each in found:
        old, new = _actors(comparison.base, each.base), _actors(comparison.head, each.path)
        if old == new:  # what held without being said is said
            yield comparison.change(KINDS["wording-changed"], each)
            continue
        said = _with_parties(each.old, bearing.before), _with_parties(each.new, bearing.after)
        effects = bearing.of_move(bearing.before.parties_of(old), bearing.after.parties_of(new))
        yield comparison.change(KINDS["obligation-moved"], each._replace(old=said[0], new=said[1]), effects=[effects])


def _actors(agreement: Agreement, path: Path) -> tuple[str | None, ...]:
    """Return whoever a field names; for a budget line, the party whose it is answers where nobody is named."""
    value = at(agreement, path)
    if value is None and path[0] == "budget":
        value = at(agreement, (*path[:-1], "party"))
    return value if isinstance(value, tuple) else (value,)


def _with_parties(said: Canonical | None, actors: Actors) -> Canonical | None:
    """Return ids with the parties that they stand for where they are none: who accepts a member accepts their party."""
    if isinstance(said, list):
        return [_with_parties(each, actors) for each in said]
    if not isinstance(said, str) or said in actors.parties:
        return said
    return {said: sorted(actors.parties_of([said]))}


def entry_with_parties(said: Canonical, path: Path, actors: Actors) -> Canonical:
    """Return an entry in canonical form with the parties of those who owe it."""
    fields = _DUTIES.get(path[:-1], ())
    if not isinstance(said, dict):
        return said
    return {key: _with_parties(each, actors) if key in fields else each for key, each in said.items()}


def moved_member(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge that a member is sent by another party: what they owe goes along."""
    bearing = comparison.bearing
    for each in found:
        member = str(each.path[-2])
        duties = tuple(dict.fromkeys(_duties_of(comparison, member)))
        if duties:
            effects = bearing.of_move(bearing.before.parties_of([member]), bearing.after.parties_of([member]))
            yield comparison.change(KINDS["obligation-moved"], each, effects=[effects], details=duties)
        else:
            yield comparison.change(KINDS["other-change"], each)


def _duties_of(comparison: Comparison, member: str) -> Iterator[str]:
    """Yield the names of what a member owes by either version."""
    for agreement in (comparison.head, comparison.base):
        for section, fields in _DUTIES.items():
            for key, entry in (at(agreement, section) or {}).items():
                if any(member in _actors(agreement, (*section, key, field)) for field in fields):
                    yield entry_name(entry) or key
        for key, process in agreement.processes.items():
            if any(step.owner == member for step in process.steps):
                yield process.name or key
