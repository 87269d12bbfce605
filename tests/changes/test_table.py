"""Every field of an agreement has a row that says how a change of it is judged."""

from collections.abc import Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from coopctl.changes.judging.entries import KIND_OF
from coopctl.changes.judging.table import ROWS
from coopctl.model.agreement import Agreement
from coopctl.places import Path


def part_in(annotation: Any) -> type[BaseModel] | None:
    """Return the part of the agreement that a field may hold; what is in a list is compared as one value."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, UnionType) or hasattr(annotation, "__metadata__"):
        inner = annotation.__args__ if get_origin(annotation) in (Union, UnionType) else (annotation.__origin__,)
        return next((found for each in inner if (found := part_in(each))), None)
    return None


def places(part: type[BaseModel], path: Path = ()) -> Iterator[Path]:
    """Yield every place where two versions can differ: the fields, and sections that only one may have."""
    for name, info in part.model_fields.items():
        place = (*path, info.alias or name)
        inner = part_in(get_args(info.annotation)[1] if place in KIND_OF else info.annotation)
        if name == "renamed_from":
            continue
        if place in KIND_OF:
            assert inner is not None
            yield from places(inner, (*place, "*"))
        elif inner is None:
            yield place
        else:
            yield from [place] if path else []
            yield from places(inner, place)


def test_every_field_has_a_row() -> None:
    """Its own, or that of a section whose fields are judged together."""
    for place in places(Agreement):
        rows = {length: ROWS.get(".".join(map(str, place[:length]))) for length in range(1, len(place) + 1)}
        together = [length for length, row in rows.items() if row is not None and row.together is not None]
        assert rows[len(place)] is not None or together, ".".join(map(str, place))


def test_every_row_is_of_a_field() -> None:
    known = {".".join(map(str, place[:length])) for place in places(Agreement) for length in range(1, len(place) + 1)}
    assert sorted(set(ROWS) - known) == []


def test_the_model_is_walked_to_its_leaves() -> None:
    """So that the two above hold what they say."""
    found = {".".join(map(str, place)) for place in places(Agreement)}
    assert {
        "kpis.*.baseline.as_of",
        "term.renewal.for",
        "exit.triggers.*.when",
        "signatures",
        "calendar.country",
    } < found
