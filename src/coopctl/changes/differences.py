"""Two versions of an agreement → every place where they differ, found by id, never by line or position."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from coopctl.changes.references import by_newer_names, former_ids, keeps_entries, renamings
from coopctl.evaluate.canonical import Canonical, canonical
from coopctl.model.agreement import Agreement
from coopctl.places import Path


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
    unmet: tuple[Renamed, ...] = ()
    """Former ids that the newer version states and that lead to nothing, or to what is still there."""


def differences(base: Agreement, head: Agreement) -> Differences:
    """Return every difference, in the order of the newer version, and the ids that were changed."""
    walk = _Walk()
    base = by_newer_names(base, renamings(base, head))
    return Differences(tuple(walk.between((), (), base, head, "")), tuple(walk.renamed), tuple(walk.unmet))


class _Walk:
    """One comparison; notes which ids were renamed."""

    def __init__(self) -> None:
        self.renamed: list[Renamed] = []
        self.unmet: list[Renamed] = []

    def between(self, path: Path, base: Path, old: Any, new: Any, field: str) -> Iterator[Difference]:
        """Compare two values of one place."""
        if (isinstance(old, BaseModel) and isinstance(new, BaseModel) and type(old) is type(new)) or (
            len(path) == 1 and isinstance(old or new, BaseModel)
        ):
            yield from self._fields(path, base, old, new)
        elif keeps_entries(old or {}) and keeps_entries(new or {}) and (old or new):
            yield from self._entries(path, base, old or {}, new or {})
        else:
            before, after = _said(old, field), _said(new, field)
            if before != after:
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
        former = former_ids(old, new)
        for key in new:
            was = former[key]
            stated = getattr(new[key], "renamed_from", None)
            if stated not in (None, was, getattr(old.get(was), "renamed_from", None)):
                self.unmet.append(Renamed((*path, str(key), "renamed_from"), (*base, str(stated))))
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


def _said(value: Any, field: str) -> Canonical | None:
    return None if value is None or value in ((), {}) else canonical(value, field)
