"""What the language has at a place: which keys may stand there, and of which kinds a value may be."""

from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from coopctl.model.base import Entry
from coopctl.places import Path


def fields_at(model: type[BaseModel], path: Path) -> list[tuple[str, Any]]:
    """Return the keys that may stand at a path of a file, with what the model says about each."""
    return [
        (field.alias or name, field)
        for each in models_among(kinds_at(model, path))
        for name, field in each.model_fields.items()
    ]


def kinds_at(model: type[BaseModel], path: Path) -> list[Any]:
    """Return of which kinds the value at a path of a file may be."""
    kinds: list[Any] = [model]
    for step in path:
        kinds = kinds_below(kinds, step)
    return kinds


def kinds_below(kinds: list[Any], step: str | int) -> list[Any]:
    """Return of which kinds a value may be that stands under a key, or in a list, of a value of some kinds."""
    return [inner for each in kinds for inner in _inside(each, step)]


def models_among(kinds: list[Any]) -> list[type[BaseModel]]:
    """Return the models that a mapping of some kinds may be of; that of its items where a list may stand for one."""
    return [each for each in _items(kinds) if isinstance(each, type) and issubclass(each, BaseModel)]


@cache
def key_order(model: type[BaseModel]) -> dict[str | int, int]:
    """Return the place of each key: as the model has them, with what every entry may have behind its own keys."""
    own = [name for name in model.model_fields if name not in Entry.model_fields]
    fields = [model.model_fields[name].alias or name for name in own]
    return {name: place for place, name in enumerate([*fields, *Entry.model_fields])}


def alternatives(annotation: Any) -> list[Any]:
    """Return the kinds that an annotation allows: without markers, and each of a union by itself."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return alternatives(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [inner for each in get_args(annotation) for inner in alternatives(each)]
    return [annotation]


def _inside(annotation: Any, step: str | int) -> list[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [
            inner
            for name, field in annotation.model_fields.items()
            if (field.alias or name) == step
            for inner in alternatives(field.annotation)
        ]
    if get_origin(annotation) is tuple and isinstance(step, str):  # one item, written without its list
        return [inner for each in _items([annotation]) for inner in _inside(each, step)]
    if get_origin(annotation) in (dict, tuple):
        parts = [part for part in get_args(annotation) if part is not Ellipsis]
        return alternatives(parts[-1])
    return []


def _items(annotations: list[Any]) -> list[Any]:
    """Replace every list by what may be in it."""
    found = []
    for each in annotations:
        found += alternatives(get_args(each)[0]) if get_origin(each) is tuple else [each]
    return found
