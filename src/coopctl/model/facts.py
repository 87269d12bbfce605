"""The ledger: what really happened, as it is recorded."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from coopctl.model.base import Clause
from coopctl.model.names import ActorRef, BudgetRef, KpiRef, MilestoneRef, PartyRef, SubjectAtPeriodRef
from coopctl.model.scalars import (
    Date,
    Id,
    Number,
    Percent,
    PeriodKey,
    ReadBy,
    Text,
    contradiction,
    described,
    positive,
    wrong,
)

RecordStatus = Literal["provisional", "final"]


class Record(Clause):
    """One figure as it was recorded: a value, or a numerator and a denominator."""

    value: Number | None = Field(None, description="The figure, in the KPI's unit.")
    numerator: Number | None = Field(None, description="For aggregation ratio: what is counted.")
    denominator: Annotated[Number, AfterValidator(positive)] | None = Field(
        None, description="For aggregation ratio: out of how many; more than 0."
    )
    weight: Annotated[Number, AfterValidator(positive)] | None = Field(
        None, description="For aggregation weighted-mean: how much the figure counts."
    )
    recorded: Date | None = Field(None, description="Day on which it became known; a later one replaces an earlier.")
    status: RecordStatus = Field("final", description="A provisional figure is judged, but fires no exit trigger.")
    by: Text | None = Field(None, description="Who recorded it.")
    note: Text | None = Field(None, description="Remark; the reason, for a restatement.")

    @model_validator(mode="after")
    def _says_something(self) -> "Record":
        as_ratio = self.numerator is not None and self.denominator is not None
        stray = (self.numerator is None) != (self.denominator is None)
        if stray or as_ratio is (self.value is not None):
            raise contradiction(
                "expected a value, or a numerator and a denominator",
                "write {value: …} or {numerator: …, denominator: …}",
            )
        return self


class Spending(Clause):
    """Money spent on a budget line in a period."""

    value: Number = Field(description="The amount, in the agreement's currency.")
    recorded: Date | None = Field(None, description="Day on which it became known.")
    status: RecordStatus = Field("final", description="Whether it may still change.")
    by: Text | None = Field(None, description="Who recorded it.")
    note: Text | None = Field(None, description="Remark.")


def _form_of_figure(value: object) -> str:
    if isinstance(value, list | tuple):
        return "<list>"
    return "<entry>" if isinstance(value, dict | Clause) else "<number>"


Figures = Annotated[
    Annotated[Number, Tag("<number>")]
    | Annotated[Record, Tag("<entry>")]
    | Annotated[tuple[Record, ...], Tag("<list>")],
    Discriminator(_form_of_figure),
]
Spendings = Annotated[
    Annotated[Number, Tag("<number>")]
    | Annotated[Spending, Tag("<entry>")]
    | Annotated[tuple[Spending, ...], Tag("<list>")],
    Discriminator(_form_of_figure),
]


class MilestoneFacts(Clause):
    """How far a milestone has come."""

    started: Date | None = Field(None, description="Day work began.")
    done: Date | None = Field(None, description="Day it was done.")
    progress: Percent | None = Field(None, description="How much is done.")
    forecast: Date | None = Field(None, description="Day it is expected to be done.")
    by: Text | None = Field(None, description="Who recorded it.")
    note: Text | None = Field(None, description="Remark.")


class Event(Clause):
    """Something that happened, such as an incident, a notice or an insolvency."""

    date: Date = Field(description="When.")
    kind: Text = Field(description="What sort: incident, notice, insolvency …; exit triggers name it.")
    about: SubjectAtPeriodRef | None = Field(None, description="What it concerns.")
    by: Text | None = Field(None, description="Who recorded it, or who gave the notice.")
    note: Text | None = Field(None, description="Remark.")


class Action(Clause):
    """A corrective action: why something slipped, and what is done about it."""

    id: Id | None = Field(None, description="Name of the action.")
    date: Date = Field(description="When it was decided.")
    about: SubjectAtPeriodRef = Field(description="What slipped, such as kpis.csat@2026-05.")
    cause: Literal["resource", "technical", "external", "communication", "other"] | None = Field(
        None, description="Why it slipped."
    )
    do: Text = Field(description="What is done about it.")
    owner: ActorRef | None = Field(None, description="Who does it.")
    due: Date | None = Field(None, description="By when.")
    done: Date | None = Field(None, description="When it was done.")
    note: Text | None = Field(None, description="Remark.")


class Waiver(Clause):
    """A period or milestone that the parties agreed not to count."""

    about: SubjectAtPeriodRef = Field(description="What is excused, such as kpis.csat@2026-05.")
    reason: Text | None = Field(None, description="Why.")
    date: Date = Field(description="When it was agreed.")
    approved_by: tuple[PartyRef, ...] = Field((), description="Who agreed; it takes every party.")
    note: Text | None = Field(None, description="Remark.")


def _ledger_version(value: object) -> object:
    if value != "actuals/1":
        raise wrong(
            "expected the version of the ledger's language, found {found}; this coopctl reads actuals/1",
            "write coopctl: actuals/1",
            found=described(value),
        )
    return value


class LedgerFile(Clause):
    """One YAML file of recorded facts."""

    coopctl: Annotated[str, ReadBy(_ledger_version, {"type": "string", "const": "actuals/1"})] = Field(
        description="Version of the ledger's language."
    )
    kpis: dict[KpiRef, dict[PeriodKey, Figures]] = Field(
        default_factory=dict, description="Figures per KPI and period."
    )
    milestones: dict[MilestoneRef, MilestoneFacts] = Field(default_factory=dict, description="Facts per milestone.")
    spend: dict[BudgetRef, dict[PeriodKey, Spendings]] = Field(
        default_factory=dict, description="Money spent per budget line and period."
    )
    events: tuple[Event, ...] = Field((), description="What happened.")
    actions: tuple[Action, ...] = Field((), description="Corrective actions.")
    waivers: tuple[Waiver, ...] = Field((), description="What was excused.")
