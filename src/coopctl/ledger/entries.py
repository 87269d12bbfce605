"""What a ledger reader hands over."""

from dataclasses import dataclass, field
from typing import Protocol

from coopctl.findings import Finding, Location
from coopctl.model.ledger import ActionRecord, EventRecord, MilestoneRecord, Observation, WaiverRecord
from coopctl.places import Path


class Positions(Protocol):
    """Knows where in a file each value stands."""

    path: str

    @property
    def lines(self) -> list[str]:
        """The file's lines, for showing them."""
        ...

    def value_at(self, path: Path) -> Location:
        """Place of a value, or of the nearest thing above it that the file has."""
        ...

    def key_at(self, path: Path) -> Location:
        """Place of a key."""
        ...


@dataclass(slots=True)
class LedgerEntries:
    """The facts of one file, in its order."""

    positions: Positions
    figures: list[Observation] = field(default_factory=list)
    spend: list[Observation] = field(default_factory=list)
    milestones: list[tuple[str, MilestoneRecord]] = field(default_factory=list)
    events: list[EventRecord] = field(default_factory=list)
    actions: list[ActionRecord] = field(default_factory=list)
    waivers: list[WaiverRecord] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    nodes: int = 0
    """Values in a YAML file; a CSV file is limited by its rows."""
    unshown: int = 0
    """Findings beyond those that are shown one by one."""
