"""The shape of `diff --output-format json`, for its JSON Schema only; nothing is written through these models."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from coopctl.output.check.shape import Figure, RangeShape, ScoreShape, StatusName
from coopctl.output.finding_shape import FindingShape, LocationShape, Shape

LevelName = Literal["material", "review", "editorial"]
DirectionName = Literal["tightened", "loosened", "incomparable"]
EffectName = Literal["favourable", "adverse", "neutral"]


class SideShape(Shape):
    """What one version says."""

    text: str = Field(description="As people read it; empty where it says nothing.")
    value: Any = Field(description="In canonical form, every scalar as text; null where it says nothing.")
    location: LocationShape | None = Field(description="Where it says so; null where it says nothing.")


class ApprovalShape(Shape):
    """One party's word that it accepts a change."""

    party: str = Field(description="Id of the party.")
    by: str = Field(description="Who said so.")
    date_: date | None = Field(alias="date", description="When.")


class ChangeShape(Shape):
    """One change."""

    code: str = Field(description="Code of its kind, such as CHG201; never reused.")
    name: str = Field(description="Name of its kind, such as target-loosened.")
    level: LevelName = Field(description="Whether it has to be accepted, should be looked at, or is wording.")
    direction: DirectionName = Field(description="Whether somebody owes more than before, less, or something else.")
    effects: dict[str, EffectName] = Field(description="What it is for each party, by id.")
    subject: str = Field(description="Dotted name in the newer version, or in the older one for what is gone.")
    about: str = Field(description="Name of what it is about, for people.")
    message: str = Field(description="What changed, in a sentence.")
    old: SideShape = Field(description="The older version.")
    new: SideShape = Field(description="The newer version.")
    details: list[str] = Field(description="What more there is to know.")
    fingerprint: str | None = Field(description="What an approval names; null where none is needed.")
    fails: bool = Field(description="Whether it makes the run fail: at or above --fail-on, and not accepted.")
    required: list[str] = Field(description="Parties that have to accept it.")
    approved: list[ApprovalShape] = Field(description="Who has accepted it.")
    waiting_for: list[str] = Field(description="Parties that have yet to accept it.")


class VersionShape(Shape):
    """One version of an agreement."""

    label: str = Field(description="What people call it, such as v1.1.")
    path: str = Field(description="File; after a revision and a colon where it comes from git.")
    version: str | None = Field(description="The version that it gives itself; null where that cannot be read.")


class OutcomeShape(Shape):
    """A verdict under one version."""

    status: StatusName = Field(description="How it stands.")
    target: Figure | RangeShape | date | None = Field(description="Level, range, or a milestone's due date.")
    actual: Figure | date | None = Field(description="Figure, or the date at which a milestone was judged.")
    variance: Figure | None = Field(description="Actual minus target; days late for a milestone.")


class PeriodOutcomeShape(OutcomeShape):
    """A verdict of one period."""

    period: str | None = Field(description="Period key; null for milestones and budget lines.")


class TurnShape(Shape):
    """One thing that the two versions judge differently."""

    subject: str = Field(description="Dotted name in the newer version.")
    name: str = Field(description="Name for people.")
    period: str | None = Field(description="Period key; null for milestones and budget lines.")
    old: OutcomeShape = Field(description="Under the older version.")
    new: OutcomeShape = Field(description="Under the newer version.")


class RightShape(Shape):
    """A right to end the agreement that arises under one version only, or on another day."""

    subject: str = Field(description="Dotted name of the exit trigger.")
    message: str = Field(description="What happens to it, in a sentence.")
    right_of: list[str] = Field(description="Ids of the parties that have the right.")
    old_arose: date | None = Field(description="Day on which it arises under the older version; null for never.")
    new_arose: date | None = Field(description="Day on which it arises under the newer version; null for never.")


class OneSidedShape(Shape):
    """Something that only one version judges."""

    subject: str = Field(description="Dotted name.")
    name: str = Field(description="Name for people.")
    verdicts: list[PeriodOutcomeShape] = Field(description="What that version says about it.")


class ScoresShape(Shape):
    """The score under both versions."""

    old: ScoreShape = Field(description="Under the older version.")
    new: ScoreShape = Field(description="Under the newer version.")


class ReplayShape(Shape):
    """The recorded facts judged under both versions."""

    as_of: date = Field(description="The date of the verdicts.")
    verdicts: list[TurnShape] = Field(description="What is judged differently: its status, target or figures.")
    rights: list[RightShape] = Field(description="Rights to end the agreement that appear, vanish or move.")
    only_old: list[OneSidedShape] = Field(description="What only the older version judges.")
    only_new: list[OneSidedShape] = Field(description="What only the newer version judges.")
    score: ScoresShape = Field(description="The score under both versions.")
    unusable: list[str] = Field(description="KPIs whose figures the older version cannot judge.")


class ComparedShape(Shape):
    """One agreement in two versions."""

    id: str | None = Field(description="Id of the agreement; null where it cannot be read.")
    title: str = Field(description="Title for people; the file where it cannot be read.")
    state: Literal["changed", "same", "new", "gone", "unread"] = Field(description="What became of it.")
    as_of: date = Field(description="The day that it was compared on.")
    base: VersionShape | None = Field(description="The older version; null for a new agreement.")
    head: VersionShape | None = Field(description="The newer version; null for an agreement that is gone.")
    parties: dict[str, str] = Field(description="What the parties are called, by id.")
    perspective: str | None = Field(description="The party from whose side it was looked at.")
    fails: bool = Field(description="Whether something makes the run fail.")
    complete: bool = Field(description="Whether all of it could be compared.")
    not_compared: list[str] = Field(description="Sections that could not be read in one of the versions.")
    changes: list[ChangeShape] = Field(description="The weightiest first.")
    replay: ReplayShape | None = Field(
        description="The facts recorded beside the newer version, under both. Null without --replay."
    )
    replay_of_records: ReplayShape | None = Field(
        description="The newer version over the facts as they stood and as they stand. Null where none was rewritten."
    )
    findings: list[FindingShape] = Field(description="What is wrong with the files and the record of the change.")


class NamedSideShape(Shape):
    """One side of the run, for all agreements."""

    label: str = Field(description="What people call it, such as v1.1, main@3f2a1bc or work tree.")
    commit: str | None = Field(description="The git commit; null for files as they lie there.")
    why: str | None = Field(description="Why it is this commit; null where it was named.")


class DirectionsShape(Shape):
    """How many changes there are of one level, by direction."""

    tightened: int = Field(description="Somebody owes more.")
    loosened: int = Field(description="Somebody owes less.")
    incomparable: int = Field(description="Neither.")


class DiffSummaryShape(Shape):
    """All agreements together."""

    agreements: int = Field(description="How many agreements.")
    changed: int = Field(description="Agreements that changed.")
    same: int = Field(description="Agreements that did not.")
    new: int = Field(description="Agreements that are new.")
    gone: int = Field(description="Agreements that are gone.")
    unread: int = Field(description="Agreements of which nothing could be compared.")
    changes: int = Field(description="How many changes.")
    material: DirectionsShape = Field(description="Material changes.")
    review: DirectionsShape = Field(description="Changes that somebody should look at.")
    editorial: DirectionsShape = Field(description="Changes of wording.")
    accepted: int = Field(description="Changes that everybody who has to has accepted.")
    waiting: dict[str, int] = Field(description="How many changes wait for a party, by its id.")
    findings: int = Field(description="How many findings.")
    incomplete: int = Field(description="Agreements of which something could not be compared.")
    failing: int = Field(description="Agreements with something that makes the run fail.")
    exit_code: int = Field(description="The exit code of the run, without --exit-zero.")


class DiffDocument(Shape):
    """Output of `coopctl diff --output-format json`."""

    schema_version: Literal[1] = Field(description="Version of this shape.")
    agreements: list[ComparedShape] = Field(description="In the order they were named or found.")
    base: NamedSideShape = Field(description="The older side.")
    head: NamedSideShape = Field(description="The newer side.")
    summary: DiffSummaryShape = Field(description="How many there are of what, over all agreements.")
