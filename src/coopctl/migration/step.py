"""What one migration hands over."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from coopctl.findings import Edit, Finding
from coopctl.source import Source


class Written(str):
    """Text that a migration writes; whether it stands in quotes does not matter."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Step:
    """The edits that bring a file to the next version, and what they cannot carry over."""

    meant: Any
    """The data that the file is to have afterwards, but for the version that it names; found without the edits."""
    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


Migration = Callable[[Source, str], Step]
"""From a file and its kind (nothing for an agreement, `actuals/`, `approvals/`) to what is done about it."""
