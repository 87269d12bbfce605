"""The shape of `check --output-format json`, for its JSON Schema only; nothing is written through these models."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from coopctl.output.finding_shape import FindingShape, LocationShape, Shape, WeightsShape

Figure = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]{1,12})?$")]
"""An exact decimal, rounded half-up to 12 places, as a string."""
StatusName = Literal["met", "off-target", "warn", "breach", "missing", "pending", "excused"]


class RangeShape(Shape):
    """A target range; both ends belong to it."""

    min: Figure = Field(description="Lower end.")
    max: Figure = Field(description="Upper end.")


class EscalationShape(Shape):
    """To whom something goes, and until when."""

    to: str = Field(description="`working_group`, a body, a party or a member.")
    by: date = Field(description="Last day.")


class VerdictShape(Shape):
    """How one KPI period, milestone or budget line stands."""

    subject: str = Field(description="Dotted name, such as kpis.csat.")
    name: str = Field(description="Name for people.")
    period: str | None = Field(description="Period key; null for milestones and budget lines.")
    status: StatusName = Field(description="How it stands.")
    running: bool = Field(description="The period has not ended; the actual is the figure to date.")
    provisional: bool = Field(description="A figure may still change.")
    partial: bool = Field(description="The term covers only a part of the period.")
    restated: bool = Field(description="An earlier figure was replaced.")
    incomplete: bool = Field(description="A cumulative figure lacks that of an earlier period.")
    forecast: bool = Field(description="A milestone judged at its forecast.")
    target: Figure | RangeShape | date | None = Field(description="Level, range, or a milestone's due date.")
    actual: Figure | date | None = Field(description="Figure, or the date at which a milestone was judged.")
    variance: Figure | None = Field(description="Actual minus target; days late for a milestone.")
    variance_percent: Figure | None = Field(description="Null where the target is 0.")
    favourable: bool | None = Field(description="Whether the target is reached.")
    attainment: Figure | None = Field(description="0 to 100.")
    due: date | None = Field(description="Last day on which the figure, or the milestone, is on time.")
    fired: str | None = Field(description="Dotted name of the threshold that fired.")
    recorded_through: date | None = Field(description="Last day that a budget line's recorded spend covers.")
    stale: bool = Field(description="Spend of a past month is overdue, so the budget line looks better than it is.")
    counts_as: Literal["warn", "breach"] | None = Field(description="What a missing figure counts as.")
    excused_from: StatusName | None = Field(description="The status that a waiver excused.")
    location: LocationShape = Field(description="The clause that decided.")
    evidence: LocationShape | None = Field(description="The latest figure or record it rests on.")
    waiver: LocationShape | None = Field(description="The waiver that covers it.")
    contingency: list[str] = Field(description="What the risks plan for this threshold.")
    escalation: list[EscalationShape] = Field(description="To whom it goes, by when.")


class TriggerShape(Shape):
    """A right to end the agreement that has arisen."""

    subject: str = Field(description="Dotted name, such as exit.triggers.chronic-failure.")
    arose: date = Field(description="Last day of the period that completed it, or the day of the event.")
    periods: list[str] = Field(description="The periods that count.")
    right_of: list[str] = Field(description="Ids of the parties that have the right.")
    notice: str | None = Field(description="As agreed, such as 3 months.")
    notice_days: int | None = Field(description="The same in days from the notice, or from the as-of date.")
    cure: str | None = Field(description="As agreed, from the notice.")
    cure_days: int | None = Field(description="The same in days from the notice, or from the as-of date.")
    notice_given: date | None = Field(description="Notice recorded in the ledger.")
    cure_until: date | None = Field(description="Last day of the cure.")
    ends_on: date | None = Field(description="Earliest end of the agreement.")
    location: LocationShape = Field(description="The place.")
    evidence: LocationShape | None = Field(description="The event in the ledger.")


class WaitingShape(Shape):
    """A right to end the agreement that has not arisen, and how near it is."""

    subject: str = Field(description="Dotted name, such as exit.triggers.chronic-failure.")
    reached: int = Field(description="How many periods count now.")
    needed: int = Field(description="How many it takes.")
    unrecorded: list[str] = Field(description="Periods without a figure, which do not count and break a run.")
    location: LocationShape = Field(description="The condition.")


class ScoreShape(Shape):
    """Weighted mean of the latest attainments."""

    value: Figure | None = Field(description="0 to 100.")
    counted: int = Field(description="KPIs that have a figure.")
    without_figure: int = Field(description="KPIs that have none.")


class AgreementShape(Shape):
    """One agreement."""

    id: str | None = Field(description="Id of the agreement; null where it cannot be read.")
    path: str = Field(description="File, relative if it was named so, with forward slashes.")
    title: str | None = Field(None, description="Title for people.")
    version: str | None = Field(description="Version of the deal.")
    as_of: date | None = Field(None, description="The date of its verdicts.")
    status: StatusName | Literal["invalid"] = Field(description="The worst status; invalid if it was not judged.")
    fails: bool | None = Field(None, description="Whether it is at or above --fail-on.")
    score: ScoreShape | None = Field(None, description="Weighted mean of the latest attainments.")
    renewal_notice_by: date | None = Field(None, description="Last day to stop an automatic renewal.")
    verdicts: list[VerdictShape] = Field(description="One per KPI period that has begun, milestone and budget line.")
    triggers: list[TriggerShape] = Field(description="Exit rights that have arisen.")
    waiting: list[WaitingShape] = Field(description="Exit rights that have not arisen.")
    findings: list[FindingShape] = Field(
        description="What is wrong with its files, who signed other terms; with --strict, the linter's errors too."
    )
    lint: WeightsShape | None = Field(description="What the linter finds; null where the files were not judged.")


class SummaryShape(Shape):
    """All agreements together."""

    agreements: int = Field(description="How many agreements.")
    met: int = Field(description="Verdicts: target reached.")
    off_target: int = Field(alias="off-target", description="Verdicts: target missed, no threshold fired.")
    warn: int = Field(description="Verdicts: a warning fired.")
    breach: int = Field(description="Verdicts: a breach fired.")
    missing: int = Field(description="Verdicts: figure overdue.")
    pending: int = Field(description="Verdicts: not due yet.")
    excused: int = Field(description="Verdicts: covered by a waiver.")
    triggered: int = Field(description="Exit rights that have arisen.")
    lint: WeightsShape = Field(description="Lint findings.")
    invalid: int = Field(description="Agreements that could not be judged.")
    failing: int = Field(description="Agreements at or above --fail-on.")
    exit_code: int = Field(description="The exit code of the run, without --exit-zero.")


class CheckDocument(Shape):
    """Output of `coopctl check --output-format json`."""

    schema_version: Literal[1] = Field(description="Version of this shape.")
    as_of: date | None = Field(description="The latest date that an agreement was judged at.")
    agreements: list[AgreementShape] = Field(description="In the order they were named or found.")
    summary: SummaryShape = Field(description="How many there are of what, over all agreements.")
