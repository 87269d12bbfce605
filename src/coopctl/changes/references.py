"""An older version by the newer names: where it names a part that was renamed, it names it as it is called now."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, TypeVar, get_args, get_origin

from pydantic import BaseModel

from coopctl.model.agreement import Agreement
from coopctl.model.base import Entry
from coopctl.model.names import Reference
from coopctl.places import Path

Renamings = Mapping[Path, str]
"""By the place of an entry in the older version, the id that it has in the newer one."""

_SECTIONS: Final[Mapping[str, tuple[Path, ...]]] = {
    "parties": (("parties",),),
    "actors": (("parties",), ("working_group", "members")),
    "members": (("working_group", "members"),),
    "deciders": (("parties",), ("working_group", "members"), ("governance", "bodies")),
    "kpis": (("kpis",),),
    "milestones": (("plan", "milestones"),),
    "phases": (("plan", "phases"),),
    "budget": (("budget",),),
}
"""By what a reference may name, the sections that it may be in; a dotted name says its section itself."""

Part = TypeVar("Part", bound=BaseModel)


def keeps_entries(value: Any) -> bool:
    """Whether a value is a mapping of parts that are compared one by one: entries, shares, channels."""
    return isinstance(value, Mapping) and all(isinstance(key, str) for key in value)


def former_ids(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Return under which id each entry of the newer version stood before; its own where nothing else is known."""
    taken = set(new)
    found = {}
    for key, entry in new.items():
        was = getattr(entry, "renamed_from", None) if isinstance(entry, Entry) else None
        usable = was is not None and was in old and key not in old and was not in taken
        found[key] = was if usable and was is not None else key
        taken.add(found[key])
    return found


def renamings(base: Agreement, head: Agreement) -> Renamings:
    """Return everything that was renamed."""
    return dict(_renamings((), base, head))


def _renamings(path: Path, base: Any, head: Any) -> Iterator[tuple[Path, str]]:
    if keeps_entries(base) and keeps_entries(head):
        for key, was in former_ids(base, head).items():
            if was != key:
                yield (*path, was), key
            if was in base:
                yield from _renamings((*path, was), base[was], head[key])
    elif isinstance(base, BaseModel) and type(base) is type(head):
        for name, info in type(head).model_fields.items():
            yield from _renamings((*path, info.alias or name), getattr(base, name), getattr(head, name))


def by_newer_names(part: Part, names: Renamings) -> Part:
    """Return a part of the older version whose references use the newer names; entries keep the ids they had."""
    if not names:
        return part
    fields = type(part).model_fields
    update = {name: _renamed(getattr(part, name), _references_of(type(part))[name], names) for name in fields}
    return part.model_copy(update=update)


@cache
def _references_of(model: type[BaseModel]) -> dict[str, str]:
    """Return what each field of a part may name; empty for one that names nothing."""
    return {name: _among((info.annotation, *info.metadata)) for name, info in model.model_fields.items()}


def _among(annotation: Any) -> str:
    if isinstance(annotation, Reference):
        return annotation.among
    if get_origin(annotation) is dict:
        return _among(get_args(annotation)[0])
    inner = annotation if isinstance(annotation, tuple) else get_args(annotation)
    return next((found for found in map(_among, inner) if found), "")


def _renamed(value: Any, among: str, names: Renamings) -> Any:
    if isinstance(value, BaseModel):
        return by_newer_names(value, names)
    if isinstance(value, tuple):
        return tuple(_renamed(each, among, names) for each in value)
    if isinstance(value, Mapping):
        return {
            _newer(key, among, names) if isinstance(key, str) else key: _renamed(each, "", names)
            for key, each in value.items()
        }
    return _newer(value, among, names) if among and isinstance(value, str) else value


def _newer(name: str, among: str, names: Renamings) -> str:
    """Return what a reference is called now; a level or a period behind it stays."""
    if among in _SECTIONS:
        return next((names[(*each, name)] for each in _SECTIONS[among] if (*each, name) in names), name)
    if among:
        for path, newer in names.items():
            dotted = ".".join(map(str, path))
            if name == dotted or name.startswith((f"{dotted}.", f"{dotted}@")):
                return ".".join(map(str, (*path[:-1], newer))) + name.removeprefix(dotted)
    return name
