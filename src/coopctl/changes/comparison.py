"""Two versions of one agreement, and what a judge of their differences needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from coopctl.changes.bearing import Actors, Bearing, Effects
from coopctl.changes.change import Change, Direction, Kind
from coopctl.changes.differences import Difference
from coopctl.changes.references import by_newer_names, renamings
from coopctl.changes.rulings import Rulings, rulings
from coopctl.changes.wording import wording
from coopctl.model.agreement import Agreement
from coopctl.model.base import Entry
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Ledger
from coopctl.model.scalars import Duration
from coopctl.model.thresholds import Condition
from coopctl.places import Path, dotted

_KEPT: Final = 4


@dataclass(frozen=True)
class Comparison:
    """The older and the newer version, and the date of the comparison."""

    base: Agreement
    """By the newer names; its parts stand under the ids that they had."""
    head: Agreement
    as_of: date
    bearing: Bearing
    ledger: Ledger | None = None
    """What is recorded beside the newer version, where that is known."""
    _rulings: dict[tuple[int, int], Rulings] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, base: Agreement, head: Agreement, as_of: date, ledger: Ledger | None = None) -> "Comparison":
        """Prepare to compare two versions as they were read."""
        names = renamings(base, head)
        former = by_newer_names(base, names)
        formerly = {newer: str(path[-1]) for path, newer in names.items() if path[:-1] == ("parties",)}
        bearing = Bearing(Actors(former, names), Actors(head, {}), formerly)
        return cls(former, head, as_of, bearing, ledger)

    def rulings(self, agreement: Agreement, kpi: Kpi) -> Rulings:
        """Return what applies to each period of a KPI in one of the versions.

        Those of one KPI are asked for again and again, and then those of the next: a few are kept.
        """
        key = (id(agreement), id(kpi))
        if key not in self._rulings:
            if len(self._rulings) >= _KEPT:
                self._rulings.clear()
            self._rulings[key] = rulings(agreement, kpi)
        return self._rulings[key]

    @property
    def currencies(self) -> tuple[str, str] | None:
        """The older and the newer currency, where both versions name one and it is another."""
        old, new = self.base.currency, self.head.currency
        return None if old is None or new is None or old == new else (old, new)

    def old_at(self, difference: Difference) -> Any:
        """Return what the older version has at the place of a difference."""
        return at(self.base, difference.base)

    def new_at(self, difference: Difference) -> Any:
        """Return what the newer version has at the place of a difference."""
        return at(self.head, difference.path)

    def change(
        self,
        kind: Kind,
        difference: Difference,
        *,
        direction: Direction = "incomparable",
        effects: Sequence[Effects] = (),
        old: str | None = None,
        new: str | None = None,
        details: tuple[str, ...] = (),
    ) -> Change:
        """Make a change of one difference; its values are written out as they stand where nothing else is said.

        `effects` are those by the terms of the older and of the newer version, or one for both.
        """
        return Change(
            kind=kind,
            subject=dotted(difference.path),
            name=self.name_of(difference),
            direction=direction,
            effects=self._together(effects),
            affected=frozenset(party for each in effects for party in each if each[party] != "neutral"),
            old=_worded(self.old_at(difference), difference.old) if old is None else old,
            new=_worded(self.new_at(difference), difference.new) if new is None else new,
            base=None if difference.old is None else difference.base,
            head=None if difference.new is None else difference.path,
            value=(difference.old, difference.new),
            details=details,
            formerly=self.bearing.formerly,
            spots=spots(self, difference),
        )

    def _together(self, effects: Sequence[Effects]) -> Effects:
        """Return what is the same by both versions; a party for which it is not is neither better nor worse off."""
        neutral = self.bearing.neutral()
        known = [{each.get(party, "neutral") for each in effects} for party in neutral]
        return {party: each.pop() if len(each) == 1 else "neutral" for party, each in zip(neutral, known, strict=True)}

    def name_of(self, difference: Difference) -> str:
        """Return the name of the innermost named part that a difference is in."""
        path = difference.path if difference.new is not None else difference.base
        agreement = self.head if difference.new is not None else self.base
        return name_at(agreement, path)


def _worded(value: Any, said: Any) -> str:
    """Write a value for people; a length of time in the unit that the file has."""
    return str(value) if isinstance(value, Duration) else wording(said)


def at(value: Any, path: Path) -> Any:
    """Return what stands at a place; None where there is nothing."""
    for step in path:
        if isinstance(value, Mapping):
            value = value[step] if step in value else _by_text(value).get(str(step))
        elif isinstance(step, str):
            part: type[BaseModel] = type(value)
            value = getattr(value, _names_of(part).get(step, step), None)
        else:
            value = value[step] if isinstance(value, tuple) and step < len(value) else None
        if value is None:
            return None
    return value


def _by_text(value: Mapping[Any, Any]) -> Mapping[str, Any]:
    """Return a mapping by what its keys are written as, where they are more than text: periods."""
    return {} if all(isinstance(key, str) for key in value) else {str(key): each for key, each in value.items()}


@cache
def _names_of(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the names of those fields that are written in another way: `from_` of `from`."""
    return {info.alias: name for name, info in model.model_fields.items() if info.alias}


def spots(comparison: Comparison, difference: Difference) -> tuple[Path, Path]:
    """Return where exactly the two versions differ: inside a section or a list, the one part that does."""
    old, new = comparison.old_at(difference), comparison.new_at(difference)
    was, now = _differing(old, new)
    return (*difference.base, *was), (*difference.path, *now)


def _differing(old: Any, new: Any) -> tuple[Path, Path]:
    """Return the way to the only parts that differ; no further than there is one on each side."""
    mine, others = _parts(old), _parts(new)
    if isinstance(old, tuple) and isinstance(new, tuple):
        went = [(key, each) for key, each in mine.items() if each not in new]
        came = [(key, each) for key, each in others.items() if each not in old]
    else:
        went = [(key, each) for key, each in mine.items() if each != others.get(key)]
        came = [(key, each) for key, each in others.items() if each != mine.get(key)]
    if old is None or new is None or len(went) > 1 or len(came) > 1:
        return (), ()
    was, now = _differing(went[0][1], came[0][1]) if went and came else ((), ())
    return (*(key for key, _ in went), *was), (*(key for key, _ in came), *now)


def _parts(value: Any) -> dict[str | int, Any]:
    if isinstance(value, Condition):  # one condition is one thing to look at
        return {}
    if isinstance(value, BaseModel):
        fields = type(value).model_fields.items()
        found = {info.alias or name: getattr(value, name) for name, info in fields}
        return {name: each for name, each in found.items() if each not in (None, (), {})}
    if isinstance(value, Mapping):
        return {str(key): each for key, each in value.items()}
    return dict(enumerate(value)) if isinstance(value, tuple) else {}


_NAMES = ("name", "title", "statement", "task", "content")


def name_at(agreement: Agreement, path: Path) -> str:
    """Return the name of the innermost part with a name or an id on the way to a place; else that of its section."""
    for length in range(len(path), 1, -1):
        part = at(agreement, path[:length])
        names = [getattr(part, each, None) for each in _NAMES]
        found = next((each for each in names if isinstance(each, str)), None)
        if found or isinstance(part, Entry):
            return found or str(path[length - 1])
    return str(path[0]) if path else ""
