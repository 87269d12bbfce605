"""What evaluation finds out, as frozen records."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Literal, NamedTuple

from coopctl.evaluate.periods import Days, Period
from coopctl.model.ledger import Observation
from coopctl.model.scalars import Duration
from coopctl.model.thresholds import Condition, Level
from coopctl.places import Path, Place


class Status(StrEnum):
    """How one thing stands at the as-of date."""

    MET = "met"
    OFF_TARGET = "off-target"
    WARN = "warn"
    BREACH = "breach"
    MISSING = "missing"
    PENDING = "pending"
    EXCUSED = "excused"


GRAVITY = (
    Status.BREACH,
    Status.MISSING,
    Status.WARN,
    Status.OFF_TARGET,
    Status.MET,
    Status.EXCUSED,
    Status.PENDING,
)
"""Worst first."""

_RANK = {status: rank for rank, status in enumerate(GRAVITY)}


def gravity(status: Status) -> int:
    """Rank of a status; the worst is 0."""
    return _RANK[status]


_ZERO = Fraction(0)


class Bounds(NamedTuple):
    """What a figure should reach: at least `low`, at most `high`, or both; both ends are good."""

    low: Fraction | None
    high: Fraction | None

    def distance(self, actual: Fraction) -> Fraction:
        """Signed distance outside the bounds; 0 where the figure is good."""
        if self.low is not None and actual < self.low:
            return actual - self.low
        if self.high is not None and actual > self.high:
            return actual - self.high
        return _ZERO

    def nearest(self, actual: Fraction) -> Fraction:
        """Return the bound that the figure is measured against."""
        if self.low is None:
            assert self.high is not None
            return self.high
        if self.high is None or actual < self.low:
            return self.low
        return self.high

    @property
    def is_range(self) -> bool:
        """Whether there are two bounds."""
        return self.low is not None and self.high is not None


class TargetFigure(NamedTuple):
    """A target as it applies to one period."""

    bounds: Bounds
    path: Path
    """Where in the agreement the aim is stated."""
    stated: str
    """As it is written there."""
    relative: bool
    """Whether it was stated relative to the baseline."""
    share: Fraction
    """Part of the stated level that applies: days of a partial period, or of the term so far."""


class Crossing(NamedTuple):
    """One threshold compared with one figure."""

    level: Level
    position: int
    """Which of the level's conditions it is, from 0."""
    threshold: Condition
    limit: Fraction
    """What was compared with, in the unit of the figure (days for dates)."""
    compared: Fraction
    """The figure itself for a level, else the adverse deviation."""
    fired: bool


class EscalationDue(NamedTuple):
    """To whom something goes, and until when."""

    to: str
    by: date


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one KPI period, milestone or budget line stands."""

    kind: Literal["kpi", "milestone", "budget"]
    id: str
    name: str
    status: Status
    path: Path
    """Where it is defined in the agreement."""
    period: Period | None = None
    running: bool = False
    """The period has not ended; the actual is the figure to date."""
    provisional: bool = False
    restated: bool = False
    incomplete: bool = False
    """A cumulative figure lacks that of an earlier period."""
    forecasted: bool = False
    """A milestone judged at its forecast date."""
    target: TargetFigure | None = None
    due: date | None = None
    """A milestone's due date; for a KPI, the last day on which its figure is on time."""
    actual: Fraction | None = None
    actual_date: date | None = None
    """Day at which a milestone was judged."""
    done: bool = False
    """The milestone was done on that day."""
    variance: Fraction | None = None
    """Actual minus target; days late for a milestone."""
    variance_percent: Fraction | None = None
    attainment: Fraction | None = None
    crossings: tuple[Crossing, ...] = ()
    fired: Crossing | None = None
    figures: tuple[Observation, ...] = ()
    """The recorded figures of the period, in order of time; a cumulative actual rests on earlier ones as well."""
    superseded: tuple[Observation, ...] = ()
    """Figures that a later one replaced."""
    evidence: Place | None = None
    known_on: date | None = None
    """Day from which escalation counts."""
    recorded_through: date | None = None
    """Last day that a budget line's recorded spend covers."""
    stale: bool = False
    """Spend is recorded only for months that lie further back than it should."""
    counts_as: Level | None = None
    """What a missing figure counts as."""
    waiver: Place | None = None
    excused_from: Status | None = None
    contingency: tuple[str, ...] = ()
    escalation: tuple[EscalationDue, ...] = ()

    @property
    def subject(self) -> str:
        """Dotted name, such as `kpis.csat`."""
        return ".".join(map(str, self.path))

    @property
    def partial(self) -> bool:
        """Whether the term covers only a part of the period."""
        return self.period is not None and self.period.partial

    @property
    def favourable(self) -> bool | None:
        """Whether the figure is at or on the good side of its target."""
        if self.variance is None:
            return None
        if self.target is None:
            return self.variance <= 0
        return self.actual is not None and self.target.bounds.distance(self.actual) == 0

    @property
    def is_judged(self) -> bool:
        """Whether a figure was compared with a target that was due."""
        return self.status not in (Status.PENDING, Status.MISSING)


@dataclass(frozen=True, slots=True)
class FiredTrigger:
    """A right to end the agreement that has arisen."""

    id: str
    path: Path
    arose: date
    periods: tuple[Period, ...]
    right_of: tuple[str, ...]
    notice: Duration | None
    cure: Duration | None
    notice_given: date | None
    """Day on which the ledger records that notice was given."""
    counted_from: date
    """Day from which cure and notice are counted: the notice, or the as-of date while there is none."""
    cure_until: date | None
    notice_until: date | None
    ends_on: date | None
    """Earliest day on which the agreement can end: notice and cure have both run out."""
    evidence: Place | None = None
    """The event, for a trigger that waits for one."""


@dataclass(frozen=True, slots=True)
class PendingTrigger:
    """A right to end the agreement that has not arisen, and how near it is."""

    id: str
    path: Path
    reached: int
    needed: int
    unrecorded: tuple[Period, ...] = ()
    """Periods without a figure among those that count."""
    broken: int = 0
    """Length of the run that the first of them broke."""


class Score(NamedTuple):
    """Weighted mean of the attainments (0 to 100); None where no KPI has a figure."""

    value: Fraction | None
    counted: int
    without_figure: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that follows from an agreement and its ledger at one date."""

    as_of: date
    term: Days
    verdicts: tuple[Verdict, ...]
    fired: tuple[FiredTrigger, ...]
    waiting: tuple[PendingTrigger, ...]
    score: Score
    renewal_notice_by: date | None
    """Last day to give notice against automatic renewal."""
