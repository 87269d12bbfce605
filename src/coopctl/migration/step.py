"""What one migration hands over."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from coopctl.findings import Edit, Kind
from coopctl.places import Path
from coopctl.source import Node, Source


class Written(str):
    """Text that a migration writes; whether it stands in quotes does not matter."""

    __slots__ = ()


class Refusal(NamedTuple):
    """What cannot be carried over, where in the older version, and what to do."""

    kind: Kind
    path: Path
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class Step:
    """The edits that bring a file to the next version, and what they cannot carry over."""

    meant: Any
    """The data that the file is to have afterwards, but for the version that it names; found without the edits."""
    places: Callable[[Node], Node]
    """From where the older version says something to where it says what the next one has: the same places by the next
    version's names. What the file does not say, and the next version does, has none."""
    edits: list[Edit] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


Migration = Callable[[Source, str], Step]
"""From a file and its kind (nothing for an agreement, `actuals/`, `approvals/`) to what is done about it."""
