"""How the parties talk, decide, settle and end."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from coopctl.model.base import Clause, Entry
from coopctl.model.names import ActorRef, DeciderRef, KpiRef, PartyRef
from coopctl.model.plan import Amount
from coopctl.model.scalars import (
    Date,
    Duration,
    Flag,
    Id,
    Percent,
    PeriodKind,
    ReadBy,
    Text,
    Version,
    Whole,
    contradiction,
    described,
    wrong,
)


class Meeting(Entry):
    """A meeting that recurs."""

    name: Text | None = Field(None, description="Name shown to people.")
    frequency: PeriodKind = Field(description="How often.")
    length: Duration | None = Field(None, description="How long.")
    chair: ActorRef | None = Field(None, description="Who leads it.")
    agenda: tuple[Text, ...] = Field((), description="What is talked about.")
    minutes_by: ActorRef | None = Field(None, description="Who writes the minutes.")


class Sharing(Entry):
    """Information that one side gives the others."""

    content: Text = Field(description="What is shared.")
    from_: PartyRef = Field(alias="from", description="Who gives it.")
    to: tuple[PartyRef, ...] = Field(description="Who receive it.")
    frequency: PeriodKind | None = Field(None, description="How often.")
    via: Text | None = Field(None, description="By which way.")
    confidential: Flag = Field(False, description="Whether confidentiality covers it.")


class Communication(Clause):
    """How the parties keep each other informed."""

    meetings: dict[Id, Meeting] = Field(default_factory=dict, description="Meetings, keyed by id.")
    channels: dict[Id, Text] = Field(default_factory=dict, description="Tools for chat, tracking, documents.")
    sharing: dict[Id, Sharing] = Field(default_factory=dict, description="What is shared, keyed by id.")


class Body(Entry):
    """A committee."""

    name: Text | None = Field(None, description="Name shown to people.")
    members: tuple[ActorRef, ...] = Field((), description="Who sit in it.")
    meets: PeriodKind | None = Field(None, description="How often it meets.")


class EscalationStep(Clause):
    """To whom a breach goes, and how soon after it became known."""

    to: DeciderRef = Field(description="`working_group`, a body, a party or a member.")
    within: Duration = Field(description="Counted from the day on which the figure became known.")


class Reviews(Clause):
    """When the parties look at the results together."""

    frequency: PeriodKind = Field(description="How often.")
    within: Duration | None = Field(None, description="How soon after the period ends.")


class ChangeControl(Clause):
    """Who has to accept a change."""

    material: Literal["all-parties", "affected-parties"] = Field(description="Who accepts a material change.")


class Governance(Clause):
    """Who decides, and to whom trouble goes."""

    bodies: dict[Id, Body] = Field(default_factory=dict, description="Committees, keyed by id.")
    escalation: tuple[EscalationStep, ...] = Field(
        (), description="Steps, up to twenty, each counted from the same day.", max_length=20
    )
    reviews: Reviews | None = Field(None, description="Joint reviews.")
    change_control: ChangeControl | None = Field(None, description="How changes are accepted.")


class Payment(Clause):
    """When money is paid."""

    frequency: PeriodKind = Field(description="How often it is settled.")
    within: Duration | None = Field(None, description="How soon after the period ends.")


class Economics(Clause):
    """How costs and revenue are split."""

    cost_sharing: dict[PartyRef, Percent] = Field(default_factory=dict, description="Share of the costs per party.")
    revenue_sharing: dict[PartyRef, Percent] = Field(
        default_factory=dict, description="Share of the revenue per party."
    )
    payment: Payment | None = Field(None, description="When it is settled.")


class ProcessStep(Clause):
    """One step of a process."""

    do: Text = Field(description="What is done.")
    owner: ActorRef | None = Field(None, description="Who does it.")
    within: Duration | None = Field(None, description="How long it may take.")
    output: Text | None = Field(None, description="What comes out.")


class Process(Entry):
    """A standard way of working."""

    name: Text | None = Field(None, description="Name shown to people.")
    steps: tuple[ProcessStep, ...] = Field((), description="Its steps, in order.")


class Activity(Entry):
    """Training, culture and alignment."""

    kind: Literal["training", "culture", "market-scan", "alignment"] = Field(description="What sort of activity.")
    name: Text | None = Field(None, description="Name shown to people.")
    frequency: PeriodKind | None = Field(None, description="How often.")
    owner: ActorRef | None = Field(None, description="Who organises it.")


class Confidentiality(Clause):
    """What stays secret, and for how long."""

    covers: tuple[Text, ...] = Field((), description="What is confidential.")
    survives: Duration | None = Field(None, description="How long after the end.")
    on_exit: Literal["return", "destroy", "return-or-destroy"] | None = Field(
        None, description="What happens to it at the end."
    )


class Liability(Clause):
    """Who pays for a breach, and how much at the most."""

    breach: Text | None = Field(None, description="What is compensated.")
    cap: Amount | None = Field(None, description="Upper limit, in the agreement's currency.")


class DisputeStep(Clause):
    """One step of the ladder."""

    step: Literal["negotiation", "mediation", "arbitration", "court"] = Field(description="What is tried.")
    within: Duration | None = Field(None, description="How long before the next step.")
    body: Text | None = Field(None, description="Which institution.")
    seat: Text | None = Field(None, description="Where.")


class Disputes(Clause):
    """Which law governs, and how disputes are settled."""

    law: Text | None = Field(None, description="Governing law.")
    ladder: tuple[DisputeStep, ...] = Field((), description="Steps, in order.")


def _at_least_one(value: int) -> int:
    if value < 1:
        raise wrong("expected 1 or more, found {found}", "write how many periods it takes", found=value)
    return value


Count = Annotated[Whole, AfterValidator(_at_least_one)]


class Failure(Clause):
    """A KPI that fails again and again: `consecutive` periods, or `count` of any `within` adjacent ones."""

    kpi: KpiRef | None = Field(None, description="Which KPI.")
    status: Literal["off-target", "warn", "breach", "missing"] | None = Field(
        None, description="The status that counts; a worse one counts too."
    )
    consecutive: Count | None = Field(None, description="How many adjacent periods.")
    count: Count | None = Field(None, description="How many periods …")
    within: Count | None = Field(None, description="… out of how many adjacent ones.")
    event: Text | None = Field(None, description="Kind of ledger event, instead of a KPI.")

    @model_validator(mode="after")
    def _complete(self) -> "Failure":
        by_kpi = self.kpi is not None and self.status is not None
        repeated = (self.consecutive is not None) != (self.count is not None and self.within is not None)
        stray = (self.count is None) != (self.within is None)
        if self.count is not None and self.within is not None and self.count > self.within:
            raise contradiction(
                "{count} periods can never be found among {within}",
                "make count no larger than within",
                fault="count-exceeds-within",
                count=self.count,
                within=self.within,
            )
        if self.event is not None:
            complete = all(each is None for each in (self.kpi, self.status, self.consecutive, self.count, self.within))
        else:
            complete = by_kpi and repeated and not stray
        if not complete:
            raise contradiction(
                "the condition is incomplete or says two things",
                "write {kpi: …, status: breach, consecutive: 3}, {kpi: …, status: breach, count: 3, within: 6}, "
                "{event: …} or anytime",
            )
        return self


def _read_anytime(value: object) -> str:
    if value == "anytime":
        return "anytime"
    raise wrong(
        "expected anytime or a condition, found {found}",
        "write anytime, {kpi: …, status: breach, consecutive: 3} or {event: …}",
        found=described(value),
    )


Condition = Annotated[
    Annotated[str, ReadBy(_read_anytime, {"const": "anytime"}), Tag("<anytime>")]
    | Annotated[Failure, Tag("<failure>")],
    Discriminator(lambda value: "<failure>" if isinstance(value, dict | Failure) else "<anytime>"),
]


class ExitTrigger(Entry):
    """A right to end the agreement, and how."""

    name: Text | None = Field(None, description="Name shown to people.")
    when: Condition = Field(description="What the right depends on; `anytime` for convenience.")
    right_of: tuple[PartyRef, ...] = Field(description="Whose right it is.", min_length=1)
    cure: Duration | None = Field(None, description="Time to put it right, from the notice.")
    notice: Duration | None = Field(None, description="Time from the notice to the end.")


class WindDownStep(Clause):
    """Something to be done after the end."""

    do: Text = Field(description="What is done.")
    owner: ActorRef | None = Field(None, description="Who does it.")
    within: Duration | None = Field(None, description="How soon after the end.")


class Exit(Clause):
    """How the agreement ends early, and what follows."""

    triggers: dict[Id, ExitTrigger] = Field(default_factory=dict, description="Rights to end it, keyed by id.")
    wind_down: tuple[WindDownStep, ...] = Field((), description="What is done after the end.")
    survival: tuple[Text, ...] = Field((), description="Sections that go on after the end.")


class Signature(Clause):
    """A party's signature under one version."""

    by: Text = Field(description="Who signed.")
    date: Date = Field(description="When.")
    version: Version | None = Field(None, description="Which version.")
    digest: Text | None = Field(None, description="SHA-256 of the terms that were signed.")


class FreeClause(Entry):
    """A clause in words; evaluated by nothing."""

    title: Text = Field(description="Heading.")
    text: Text = Field(description="Wording.")


class Amendment(Clause):
    """One entry of the agreement's history."""

    version: Version | None = Field(None, description="The version it led to.")
    date: Date | None = Field(None, description="When it took effect.")
    summary: Text = Field(description="What changed.")
