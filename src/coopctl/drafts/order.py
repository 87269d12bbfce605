"""In which order keys stand: periods one after the other, anything else as it comes."""

import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeVar

_PERIOD: Final = re.compile(r"[0-9]{4}(?:-[0-9A-Z-]+)?")

V = TypeVar("V")


def in_order(values: Mapping[str, V]) -> dict[str, V]:
    """Return values by the order of their periods; others as they are given."""
    return dict(sorted(values.items())) if _are_periods(values) else dict(values)


def places(there: Sequence[str], new: Iterable[str]) -> dict[str | None, list[str]]:
    """Return the keys that go behind each key that is there; under None those before all of them.

    Periods go where they belong if those that are there are in order; anything else goes to the end.
    """
    new = list(new)
    if not _are_periods([*there, *new]) or list(there) != sorted(there):
        return {there[-1]: new}
    found: dict[str | None, list[str]] = {}
    for name in sorted(new):
        index = bisect(there, name)
        found.setdefault(there[index - 1] if index else None, []).append(name)
    return found


def _are_periods(names: Iterable[str]) -> bool:
    return all(map(_PERIOD.fullmatch, names))
