"""How success is measured."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, ValidationInfo, field_validator

from coopctl.model.base import Clause, Entry
from coopctl.model.names import ActorRef, PartyRef
from coopctl.model.scalars import (
    Date,
    Duration,
    DurationUnit,
    Number,
    PeriodKey,
    PeriodKind,
    SignedPercent,
    Text,
    Whole,
    contradiction,
    positive,
)
from coopctl.model.thresholds import LEVELS, Thresholds

Direction = Literal["higher-is-better", "lower-is-better", "within-range"]
Aggregation = Literal["sum", "mean", "weighted-mean", "ratio", "last", "min", "max"]
Accumulation = Literal["per-period", "cumulative"]
Dimension = Literal["efficiency", "financial", "customer", "teamwork", "quality", "other"]


class Baseline(Clause):
    """Where things stood before."""

    value: Number = Field(description="The figure, in the KPI's unit.")
    as_of: Date | None = Field(None, description="The day it describes.")
    source: Text | None = Field(None, description="Where it was taken from.")


class Range(Clause):
    """A band to stay in; both ends belong to it."""

    min: Number = Field(description="Lower end, inclusive.")
    max: Number = Field(description="Upper end, inclusive.")

    @field_validator("max")
    @classmethod
    def _above_min(cls, upper: Decimal, info: ValidationInfo) -> Decimal:
        lower = info.data.get("min")
        if lower is not None and upper < lower:
            raise contradiction(
                "max {upper} is below min {lower}",
                "swap the two",
                fault="range-upside-down",
                lower=str(lower),
                upper=str(upper),
            )
        return upper


def _form_of_aim(value: object) -> str:
    if isinstance(value, dict | Range):
        return "<range>"
    if isinstance(value, SignedPercent) or (isinstance(value, str) and value.endswith("%")):
        return "<change>"
    return "<number>"


def _form_of_target(value: object) -> str:
    is_steps = isinstance(value, dict) and value and not {"min", "max"} & set(value)
    return "<steps>" if is_steps else "<aim>"


Aim = Annotated[
    Annotated[Number, Tag("<number>")] | Annotated[SignedPercent, Tag("<change>")] | Annotated[Range, Tag("<range>")],
    Discriminator(_form_of_aim),
]
"""What a figure should reach: a level, a change relative to the baseline, or a band to stay in."""

Steps = dict[PeriodKey, Aim]
"""A target that changes: each step holds from its period's first day until the next step."""

Target = Annotated[
    Annotated[Aim, Tag("<aim>")] | Annotated[Steps, Tag("<steps>")],
    Discriminator(_form_of_target),
]


class Kpi(Entry):
    """One measured quantity with its target and its limits."""

    name: Text | None = Field(None, description="Name shown to people; the id where there is none.")
    unit: Text = Field(description='Unit of the figures, such as days, CNY or "%".')
    direction: Direction = Field(description="Which way is good.")
    frequency: PeriodKind = Field(description="Length of the periods that are judged.")
    aggregation: Aggregation = Field(description="How finer figures become one figure for a period.")
    accumulation: Accumulation = Field(
        "per-period", description="Whether each period stands alone or counts from the term's start."
    )
    baseline: Baseline | None = Field(None, description="Where things stood before.")
    target: Target = Field(
        description="A number; a signed percentage of the baseline; `{min, max}` for within-range; "
        "or steps keyed by period, each holding until the next."
    )
    thresholds: Thresholds | None = Field(None, description="When a miss is a warning or a breach.")
    owner: ActorRef | None = Field(None, description="Who owes it.")
    benefits: tuple[PartyRef, ...] | None = Field(
        None, description="Who benefits; the other parties where nothing is said."
    )
    source: Text | None = Field(None, description="Where the figures come from.")
    report_within: Duration = Field(
        Duration(10, DurationUnit.DAY), description="How long after a period its figure is due."
    )
    missing: Literal["warn", "breach"] = Field("warn", description="What an overdue figure counts as.")
    precision: Annotated[Whole, AfterValidator(lambda n: min(n, 12))] | None = Field(
        None,
        description="Decimals shown to people; as many as target and figures have where nothing is said.",
    )
    weight: Annotated[Number, AfterValidator(positive)] | None = Field(
        None, description="Share in the score; compared with the other KPIs' weights."
    )
    dimension: Dimension | None = Field(None, description="Which side of the cooperation it shows.")

    @field_validator("target")
    @classmethod
    def _target_fits(cls, target: Target, info: ValidationInfo) -> Target:
        direction = info.data.get("direction")
        for aim in target.values() if isinstance(target, dict) else (target,):
            if direction and (direction == "within-range") is not isinstance(aim, Range):
                raise contradiction(
                    "direction {direction} and this target do not fit",
                    "write target: {min: …, max: …}"
                    if direction == "within-range"
                    else "write one number, or direction: within-range",
                    direction=direction,
                )
            if isinstance(aim, SignedPercent) and "baseline" in info.data and info.data["baseline"] is None:
                raise contradiction(
                    "the target {target} is relative to a baseline, and there is none",
                    "add baseline: {value: …}, or write the target as a level",
                    fault="relative-target-without-baseline",
                    target=str(aim),
                )
        return target

    @field_validator("thresholds")
    @classmethod
    def _thresholds_fit(cls, thresholds: Thresholds | None, info: ValidationInfo) -> Thresholds | None:
        for level in LEVELS:
            for threshold in thresholds.at(level) if thresholds else ():
                if threshold.is_level and info.data.get("direction") == "within-range":
                    raise contradiction(
                        "{level}: {comparator} {limit} does not say which side of the range is meant",
                        "use off_by_more_than or off_by_at_least: the distance outside the range",
                        level=level,
                        comparator=threshold.comparator,
                        limit=str(threshold.limit),
                    )
        return thresholds
