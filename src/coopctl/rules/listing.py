"""Lists of names in remarks: the first few of them, however many there are."""

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Final

MOST_NAMED: Final = 4
"""Names beyond which nobody reads on, and one remark for each of many things takes too much room."""


def listed(names: Collection[str]) -> str:
    """Write names after each other: `north, harbor, quay, dock and 3 more`."""
    return listed_of(names, len(names))


def listed_of(names: Iterable[str], number: int) -> str:
    """Write names, of which there are so many, after each other; only the first are asked for."""
    more = number - MOST_NAMED
    return ", ".join(islice(names, MOST_NAMED)) + (f" and {more} more" if more > 0 else "")


def either(names: Collection[str]) -> str:
    """Write names to choose from: `north or harbor`."""
    return " or ".join(_first(names))


def in_brackets(names: Collection[str]) -> str:
    """Write names as a list of the language: `[north, harbor]`."""
    return f"[{', '.join(_first(names))}]"


def _first(names: Collection[str]) -> list[str]:
    return [*islice(names, MOST_NAMED), *(["…"] if len(names) > MOST_NAMED else [])]
