"""Who does what, and how the people work together."""

from typing import Literal

from pydantic import Field

from coopctl.model.base import Clause, Entry
from coopctl.model.names import ActorRef, MemberRef, PartyRef
from coopctl.model.scalars import Date, Duration, Id, PeriodKind, Text, Whole


class Responsibility(Entry):
    """One task and who is responsible, accountable, consulted and informed (RACI)."""

    task: Text = Field(description="What is to be done.")
    name: Text | None = Field(None, description="Short name.")
    responsible: tuple[ActorRef, ...] = Field((), description="Who do the work.")
    accountable: ActorRef | None = Field(None, description="The one who answers for it.")
    consulted: tuple[ActorRef, ...] = Field((), description="Who are asked before.")
    informed: tuple[ActorRef, ...] = Field((), description="Who are told after.")
    frequency: PeriodKind | None = Field(None, description="How often it falls due.")
    deliverable: Text | None = Field(None, description="What comes out of it.")
    standard: Text | None = Field(None, description="How good, and by when in each period.")
    due: Date | None = Field(None, description="By when, for a task done once.")


class Chair(Clause):
    """Who leads the working group."""

    mode: Literal["single", "joint", "rotating"] = Field(description="How the chair is held.")
    every: Duration | None = Field(None, description="How long a turn lasts, for a rotating chair.")
    order: tuple[ActorRef, ...] = Field((), description="Who holds it, in turn.")


class Member(Entry):
    """A person in the working group."""

    name: Text = Field(description="Full name.")
    party: PartyRef = Field(description="Who sends them.")
    role: Text | None = Field(None, description="Such as project-manager, technical-contact, finance-contact.")
    backup: MemberRef | None = Field(None, description="Who stands in.")
    email: Text | None = Field(None, description="E-mail address.")


class Decisions(Clause):
    """How the working group decides."""

    rule: Literal["unanimous", "majority", "two-thirds", "consensus"] = Field(description="What a decision needs.")
    quorum: Whole | None = Field(None, description="How many have to be present.")


class WorkingGroup(Clause):
    """The people who run the cooperation day by day."""

    chair: Chair | None = Field(None, description="Who leads.")
    members: dict[Id, Member] = Field(default_factory=dict, description="Its people, keyed by id.")
    decisions: Decisions | None = Field(None, description="How it decides.")
