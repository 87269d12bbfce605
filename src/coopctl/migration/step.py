"""What one migration hands over."""

from collections.abc import Callable
from dataclasses import dataclass, field

from coopctl.findings import Edit, Finding
from coopctl.source import Source


@dataclass(frozen=True, slots=True)
class Step:
    """The edits that bring a file to the next version, and what they cannot carry over."""

    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


Migration = Callable[[Source, str], Step]
"""From a file and its kind (nothing for an agreement, `actuals/`, `approvals/`) to what is done about it."""
