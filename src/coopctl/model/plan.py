"""What is delivered when, and with which means."""

from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
)

from coopctl.model.base import Clause, Entry
from coopctl.model.names import ActorRef, MilestoneRef, PartyRef, PhaseRef, SubjectRef, ThresholdRef
from coopctl.model.scalars import (
    Date,
    Duration,
    Id,
    Number,
    Percent,
    PeriodKey,
    Text,
    Whole,
    contradiction,
    not_negative,
    wrong,
)
from coopctl.model.thresholds import LEVELS, DelayThresholds, Thresholds

Amount = Annotated[Number, AfterValidator(not_negative)]


def refuse_backwards(end: date | None, info: ValidationInfo, first: str, noun: str) -> date | None:
    """Refuse an end that comes before the date in the field `first`."""
    start = info.data.get(first)
    if start is not None and end is not None and end < start:
        raise contradiction(
            "the {noun} ends {end}, before it starts on {start}",
            "correct one of the two dates",
            noun=noun,
            start=start.isoformat(),
            end=end.isoformat(),
        )
    return end


class Phase(Entry):
    """A stretch of the plan."""

    name: Text | None = Field(None, description="Name shown to people.")
    start: Date = Field(description="First day.")
    end: Date = Field(description="Last day, inclusive.")
    deliverables: tuple[Text, ...] = Field((), description="What has to exist at its end.")

    @field_validator("end")
    @classmethod
    def _forwards(cls, end: date, info: ValidationInfo) -> date | None:
        return refuse_backwards(end, info, "start", "phase")


class Milestone(Entry):
    """Something that has to be done by a date."""

    name: Text | None = Field(None, description="Name shown to people.")
    phase: PhaseRef | None = Field(None, description="Phase it belongs to.")
    owner: ActorRef | None = Field(None, description="Who owes it.")
    benefits: tuple[PartyRef, ...] | None = Field(
        None, description="Who benefits; the other parties where nothing is said."
    )
    start: Date | None = Field(None, description="First day of its window.")
    due: Date = Field(description="Last day on which it is on time.")
    after: tuple[MilestoneRef, ...] = Field((), description="Milestones that come first.")
    buffer: Duration | None = Field(None, description="Slack planned between those and this one.")
    deliverable: Text | None = Field(None, description="What is handed over.")
    acceptance: Text | None = Field(None, description="How it is seen to be done.")
    thresholds: DelayThresholds | None = Field(None, description="When lateness is a warning or a breach.")

    @field_validator("due")
    @classmethod
    def _forwards(cls, due: date, info: ValidationInfo) -> date | None:
        return refuse_backwards(due, info, "start", "milestone")

    @field_validator("thresholds")
    @classmethod
    def _has_window(cls, thresholds: DelayThresholds | None, info: ValidationInfo) -> DelayThresholds | None:
        for level in LEVELS:
            for delay in thresholds.at(level) if thresholds else ():
                if isinstance(delay.limit, Percent) and info.data.get("start") is None:
                    raise contradiction(
                        "{level}: {limit} of the planned window, and the milestone has no start",
                        "add start:, or write the delay as days",
                        level=level,
                        limit=str(delay.limit),
                    )
        return thresholds


class Plan(Clause):
    """Phases and milestones."""

    phases: dict[Id, Phase] = Field(default_factory=dict, description="Phases, keyed by id.")
    milestones: dict[Id, Milestone] = Field(default_factory=dict, description="Milestones, keyed by id.")


Phasing = Annotated[
    Annotated[Literal["even"], Tag("<even>")] | Annotated[dict[PeriodKey, Amount], Field(min_length=1), Tag("<steps>")],
    Discriminator(lambda value: "<steps>" if isinstance(value, dict) else "<even>"),
]


class BudgetLine(Entry):
    """Money that one party may spend for the cooperation."""

    name: Text | None = Field(None, description="Name shown to people.")
    party: PartyRef | None = Field(None, description="Whose budget it is.")
    owner: ActorRef | None = Field(None, description="Who answers for it; the party where nothing is said.")
    amount: Amount = Field(description="For the whole term, in the agreement's currency.")
    phasing: Phasing = Field("even", description="`even` by days over the term, or amounts keyed by period.")
    thresholds: Thresholds | None = Field(None, description="When overspending is a warning or a breach.")


class Allocation(Clause):
    """A resource promised to a part of the plan."""

    to: SubjectRef = Field(description="What it is for, such as plan.milestones.pilot.")
    amount: Amount = Field(description="How much, in the resource's unit.")
    from_: Date | None = Field(
        None,
        alias="from",
        description="First day; that of the milestone or phase it is for, else of the term, if not given.",
    )
    until: Date | None = Field(None, description="Last day, inclusive; by default as for `from`.")

    @field_validator("until")
    @classmethod
    def _forwards(cls, until: date | None, info: ValidationInfo) -> date | None:
        return refuse_backwards(until, info, "from_", "allocation")


class Resource(Entry):
    """People, equipment or data that a party brings."""

    name: Text | None = Field(None, description="Name shown to people.")
    kind: Literal["people", "equipment", "space", "data", "other"] | None = Field(None, description="What it is.")
    party: PartyRef | None = Field(None, description="Who brings it.")
    capacity: Amount | None = Field(None, description="How much there is at a time.")
    unit: Text | None = Field(None, description="Unit of capacity and allocations, such as fte.")
    allocations: tuple[Allocation, ...] = Field((), description="What it is promised to.")


def _one_to_five(value: int) -> int:
    if not 1 <= value <= 5:
        raise wrong("expected 1 to 5, found {found}", "1 is the lowest, 5 the highest", found=value)
    return value


Rating = Annotated[Whole, AfterValidator(_one_to_five)]


class Risk(Entry):
    """Something that may go wrong, and what is done then."""

    name: Text | None = Field(None, description="Name shown to people.")
    category: (
        Literal["schedule", "cost", "quality", "resource", "communication", "external", "alignment", "legal"] | None
    ) = Field(None, description="What sort of risk it is.")
    likelihood: Rating | None = Field(None, description="1 (rare) to 5 (almost certain).")
    impact: Rating | None = Field(None, description="1 (slight) to 5 (severe).")
    owner: ActorRef | None = Field(None, description="Who watches it.")
    triggers: tuple[ThresholdRef, ...] = Field(
        (),
        description="Thresholds that call for its contingency, up to a hundred, such as plan.milestones.pilot.warn.",
        max_length=100,
    )
    response: Text | None = Field(None, description="What is done beforehand.")
    contingency: Annotated[
        tuple[Text, ...],
        BeforeValidator(
            lambda value: (value,) if isinstance(value, str) else value,
            json_schema_input_type=Text | list[Text],
        ),
    ] = Field((), description="What is done when it happens; up to twenty steps.", max_length=20)
