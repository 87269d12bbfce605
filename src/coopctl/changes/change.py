"""One change between two versions of an agreement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from coopctl.places import Path, Place

Direction = Literal["tightened", "loosened", "incomparable"]
"""Whether somebody owes more than before, less, or something else."""

Effect = Literal["favourable", "adverse", "neutral"]
"""What a change is for a party."""

Level = Literal["material", "review", "editorial"]
"""Material: all parties that change control asks for have to accept it. Review: somebody should look at it."""

LEVELS: tuple[Level, ...] = ("material", "review", "editorial")
"""The weightiest first."""

_TURNED: Mapping[Effect, Effect] = {"favourable": "adverse", "adverse": "favourable", "neutral": "neutral"}


def turned(effect: Effect) -> Effect:
    """Return what a change is for a party when the two versions are swapped."""
    return _TURNED[effect]


class Kind(NamedTuple):
    """A sort of change."""

    code: str
    name: str
    """The change itself: `target-loosened`."""
    level: Level
    mirror: str | None
    """Name of the kind that the same change is when the versions are swapped; None where there is none."""
    meaning: str
    """What it means, for people; with the reason where there is no mirror."""
    fixed: bool = False
    """No configuration makes it less than it is."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change, however many lines of the file it took."""

    kind: Kind
    subject: str
    """Dotted name in the newer version, or in the older one for what is gone: `kpis.csat.target`."""
    name: str
    """What it is about, for people: the KPI's name."""
    direction: Direction
    effects: Mapping[str, Effect]
    """By party id, in the agreement's order."""
    old: str
    """As people read it; empty for nothing."""
    new: str
    base: Path | None
    """Where the older version says it; None where it says nothing."""
    head: Path | None
    """Where the newer version says it; None where it says nothing."""
    value: tuple[Any, Any]
    """Old and new in canonical form: what an approval is for."""
    recorded: tuple[Place | None, Place | None] = (None, None)
    """Where the older and the newer ledger say it, for what is a fact and no term."""
    details: tuple[str, ...] = ()
    """What more there is to know: effective values, periods that have ended."""
    formerly: Mapping[str, str] = field(default_factory=dict)
    """The older version's ids of parties that were renamed, by the newer."""
    affected: frozenset[str] = frozenset()
    """Parties for which it is better or worse by the terms of either version, by the newer ids."""
    spots: tuple[Path, Path] | None = None
    """Where exactly the older and the newer version differ, inside `base` and `head`."""

    @property
    def level(self) -> Level:
        """How much it matters."""
        return self.kind.level

    def effect_on(self, party: str) -> Effect:
        """Return what it is for a party, by the id that either version gives it."""
        return self.effects.get(self._newer(party), "neutral")

    def concerns(self, party: str) -> bool:
        """Whether it is better or worse for a party by the terms of either version: who owed it, or now owes it."""
        return self._newer(party) in self.affected or self.effect_on(party) != "neutral"

    def _newer(self, party: str) -> str:
        return next((new for new, old in self.formerly.items() if old == party), party)
