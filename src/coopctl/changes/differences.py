"""Two versions of an agreement → every place where they differ, found by id, never by line or position."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from pydantic import BaseModel

from coopctl.evaluate.canonical import Canonical, canonical
from coopctl.model.agreement import Agreement
from coopctl.model.base import Entry
from coopctl.places import Path

_REFERENCES: Final = frozenset(
    {"accountable", "after", "backup", "benefits", "chair", "consulted", "from", "informed", "kpi", "kpis", "members"}
    | {"minutes_by", "order", "owner", "party", "phase", "responsible", "right_of", "to", "triggers"}
)
"""Fields that name other parts of the agreement; a part that was renamed is still the same there."""


class Difference(NamedTuple):
    """One place where two versions differ."""

    path: Path
    """In the newer version; for what is gone, where it would be."""
    base: Path
    """In the older version; for what is new, where it would be."""
    old: Canonical | None
    """None where the older version says nothing."""
    new: Canonical | None
    """None where the newer version says nothing."""


class Renamed(NamedTuple):
    """An id that was changed."""

    path: Path
    base: Path


class Differences(NamedTuple):
    """How two versions differ."""

    differences: tuple[Difference, ...]
    renamed: tuple[Renamed, ...]


def differences(base: Agreement, head: Agreement) -> Differences:
    """Return every difference, in the order of the newer version, and the ids that were changed."""
    walk = _Walk(base, head)
    return Differences(tuple(walk.between((), (), base, head, "")), tuple(walk.renamed))


class _Walk:
    """One comparison; knows which ids were renamed."""

    def __init__(self, base: Agreement, head: Agreement) -> None:
        self.renamed: list[Renamed] = []
        self._new_names = dict(_renamings(base, head))

    def between(self, path: Path, base: Path, old: Any, new: Any, field: str) -> Iterator[Difference]:
        """Compare two values of one place."""
        if (isinstance(old, BaseModel) and isinstance(new, BaseModel) and type(old) is type(new)) or (
            len(path) == 1 and isinstance(old or new, BaseModel)
        ):
            yield from self._fields(path, base, old, new)
        elif _keeps_entries(old or {}) and _keeps_entries(new or {}) and (old or new):
            yield from self._entries(path, base, old or {}, new or {})
        else:
            before, after = _said(old, field), _said(new, field)
            if self._as_renamed(before, field) != self._as_renamed(after, field):
                yield Difference(path, base, before, after)

    def _fields(self, path: Path, base: Path, old: BaseModel | None, new: BaseModel | None) -> Iterator[Difference]:
        section = old if old is not None else new
        assert section is not None, "one of the versions has the section"
        for name, info in type(section).model_fields.items():
            if name != "renamed_from":
                key = info.alias or name
                before, after = getattr(old, name, None), getattr(new, name, None)
                yield from self.between((*path, key), (*base, key), before, after, key)

    def _entries(self, path: Path, base: Path, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[Difference]:
        former = _former_ids(old, new)
        for key in new:
            was = former[key]
            at, before = (*path, str(key)), (*base, str(was))
            if was not in old:
                yield Difference(at, before, None, _said(new[key], ""))
                continue
            if was != key:
                self.renamed.append(Renamed(at, before))
            yield from self.between(at, before, old[was], new[key], "")
        for key in old:
            if key not in former.values():
                yield Difference((*path, str(key)), (*base, str(key)), _said(old[key], ""), None)

    def _as_renamed(self, value: Canonical | None, field: str) -> Canonical | None:
        """Return a reference by the newer names."""
        if field not in _REFERENCES or not self._new_names or value is None:
            return value
        if isinstance(value, list):
            return sorted((self._as_renamed(each, field) for each in value), key=str) if value else value
        if isinstance(value, dict):
            return value
        return ".".join(self._new_names.get(part, part) for part in value.split("."))


def _said(value: Any, field: str) -> Canonical | None:
    return None if value is None or value in ((), {}) else canonical(value, field)


def _keeps_entries(value: Any) -> bool:
    """Whether a value is a mapping of parts that are compared one by one: entries, shares, channels."""
    return isinstance(value, Mapping) and all(isinstance(key, str) for key in value)


def _former_ids(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Return under which id each entry of the newer version stood before; its own where nothing else is known."""
    taken = set(new)
    found = {}
    for key, entry in new.items():
        was = getattr(entry, "renamed_from", None) if isinstance(entry, Entry) else None
        usable = was is not None and was in old and key not in old and was not in taken
        found[key] = was if usable and was is not None else key
        taken.add(found[key])
    return found


def _renamings(base: Any, head: Any) -> Iterator[tuple[str, str]]:
    """Yield the old and the new id of everything that was renamed."""
    if _keeps_entries(base) and _keeps_entries(head):
        for key, was in _former_ids(base, head).items():
            if was != key:
                yield was, key
            if was in base:
                yield from _renamings(base[was], head[key])
    elif isinstance(base, BaseModel) and type(base) is type(head):
        for name in type(head).model_fields:
            yield from _renamings(getattr(base, name), getattr(head, name))
