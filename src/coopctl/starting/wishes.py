"""What a new agreement is to say: the answers to the questions of `init`, complete and checked one by one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

KindName = Literal["alliance", "supply-chain", "technology", "joint-venture", "marketing", "service"]
CiServer = Literal["github", "gitlab"]


class Party(NamedTuple):
    """One of those who agree."""

    id: str
    name: str


class ChosenKpi(NamedTuple):
    """A KPI of the kind that the agreement is to have."""

    id: str
    """In English, as the kind has it."""
    target: Decimal | None = None
    """None for the one that the kind proposes."""


@dataclass(frozen=True)
class Wishes:
    """Everything that differs from one new agreement to the next."""

    kind: KindName
    language: str
    title: str
    purpose: str
    parties: tuple[Party, ...]
    start: date
    end: date
    kpis: tuple[ChosenKpi, ...]
    currency: str
    timezone: str
