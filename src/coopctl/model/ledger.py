"""Recorded facts of all ledger files together, each with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from coopctl.model.facts import Action, Event, MilestoneFacts, Waiver
from coopctl.model.scalars import PeriodKey
from coopctl.places import Place


class Observation(NamedTuple):
    """One recorded figure of a KPI, or one amount spent."""

    subject: str
    """Id of the KPI or budget line."""
    key: PeriodKey
    place: Place
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    weight: Decimal | None = None
    recorded: date | None = None
    provisional: bool = False
    by: str | None = None
    note: str | None = None

    @property
    def period_place(self) -> Place:
        """Where its period is written: the key in YAML, the cell in CSV."""
        file, path = self.place
        return Place(file, (path[0], "period") if isinstance(path[0], int) else path[:3])


class MilestoneRecord(NamedTuple):
    """What is recorded about a milestone."""

    facts: MilestoneFacts
    place: Place


class EventRecord(NamedTuple):
    """Something that happened."""

    event: Event
    place: Place


class ActionRecord(NamedTuple):
    """A corrective action."""

    action: Action
    place: Place


class WaiverRecord(NamedTuple):
    """An agreement not to count something."""

    waiver: Waiver
    place: Place


@dataclass(frozen=True, slots=True)
class Ledger:
    """All facts recorded for one agreement; the order of entries and files means nothing."""

    figures: Mapping[str, tuple[Observation, ...]] = field(default_factory=dict)
    spend: Mapping[str, tuple[Observation, ...]] = field(default_factory=dict)
    milestones: Mapping[str, MilestoneRecord] = field(default_factory=dict)
    events: tuple[EventRecord, ...] = ()
    actions: tuple[ActionRecord, ...] = ()
    waivers: tuple[WaiverRecord, ...] = ()
