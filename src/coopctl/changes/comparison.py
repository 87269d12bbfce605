"""Two versions of one agreement, and what a judge of their differences needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from coopctl.changes.bearing import Bearing
from coopctl.changes.change import Change, Direction, Effect, Kind
from coopctl.changes.differences import Difference
from coopctl.changes.wording import wording
from coopctl.model.agreement import Agreement
from coopctl.model.base import Entry
from coopctl.places import Path, dotted


@dataclass(frozen=True)
class Comparison:
    """The older and the newer version, and the date of the comparison."""

    base: Agreement
    head: Agreement
    as_of: date
    bearing: Bearing = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bearing", Bearing(self.base, self.head))

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
        effects: Mapping[str, Effect] | None = None,
        old: str | None = None,
        new: str | None = None,
        details: tuple[str, ...] = (),
    ) -> Change:
        """Make a change of one difference; its values are written out as they stand where nothing else is said."""
        return Change(
            kind=kind,
            subject=dotted(difference.path),
            name=self.name_of(difference),
            direction=direction,
            effects=effects if effects is not None else self.bearing.neutral(),
            old=wording(difference.old) if old is None else old,
            new=wording(difference.new) if new is None else new,
            base=None if difference.old is None else difference.base,
            head=None if difference.new is None else difference.path,
            value=(difference.old, difference.new),
            details=details,
        )

    def name_of(self, difference: Difference) -> str:
        """Return the name of the innermost named part that a difference is in."""
        path = difference.path if difference.new is not None else difference.base
        agreement = self.head if difference.new is not None else self.base
        return name_at(agreement, path)


def at(value: Any, path: Path) -> Any:
    """Return what stands at a place; None where there is nothing."""
    for step in path:
        if isinstance(value, Mapping):
            value = next((each for key, each in value.items() if str(key) == step), None)
        elif isinstance(step, str):
            fields = type(value).model_fields
            value = getattr(value, next((name for name, info in fields.items() if info.alias == step), step), None)
        else:
            value = value[step] if isinstance(value, tuple) and step < len(value) else None
        if value is None:
            return None
    return value


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
