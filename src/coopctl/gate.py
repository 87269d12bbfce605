"""When a run fails: verdicts against what the user asked to fail on."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from coopctl.errors import ExitCode
from coopctl.evaluate.verdicts import Judgement, Status, Verdict
from coopctl.findings import Finding, Severity
from coopctl.loading import Loaded
from coopctl.model.thresholds import Level

OnMissing = Literal["warn", "breach", "ignore"]


@dataclass(frozen=True, slots=True)
class Gate:
    """What makes a run fail."""

    fail_on: Level = "breach"
    on_missing: OnMissing | None = None
    """None: what each KPI says."""
    strict: bool = False
    """Lint errors fail as well."""

    def weight_of(self, verdict: Verdict) -> Level | None:
        """Whether a verdict counts as a breach, as a warning, or not at all."""
        if verdict.status is Status.MISSING:
            if self.on_missing is None:
                return verdict.counts_as
            return None if self.on_missing == "ignore" else self.on_missing
        if verdict.status in (Status.BREACH, Status.WARN):
            return "breach" if verdict.status is Status.BREACH else "warn"
        return None

    def fails(self, judgement: Judgement) -> bool:
        """Whether something is at or above what the run fails on; a fired exit trigger counts as a breach."""
        weights = {self.weight_of(verdict) for verdict in judgement.verdicts}
        if judgement.fired or "breach" in weights:
            return True
        return self.fail_on == "warn" and "warn" in weights


@dataclass(frozen=True, slots=True)
class Checked:
    """One agreement, and how it stands."""

    loaded: Loaded
    judgement: Judgement | None
    """None where the files could not be judged."""
    gate: Gate
    lint: Counter[Severity] | None = None
    """What the linter says, by weight; None where it was not asked."""
    lint_errors: tuple[Finding, ...] = ()
    """The linter's errors, where the gate is strict."""
    signed_otherwise: tuple[Finding, ...] = ()
    """What the linter says of parties that signed other terms than the present ones."""

    @property
    def path(self) -> str:
        """The agreement's file."""
        return self.loaded.path

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found while the files were read, and who signed other terms; if strict, the linter's errors too."""
        return (*self.loaded.findings, *self.lint_errors, *self.signed_otherwise)

    @property
    def fails(self) -> bool:
        """Whether this agreement makes the run fail."""
        return self.judgement is not None and (self.gate.fails(self.judgement) or bool(self.lint_errors))


@dataclass(slots=True)
class Summary:
    """All agreements of a run together."""

    agreements: int = 0
    invalid: int = 0
    failing: int = 0
    triggered: int = 0
    statuses: Counter[Status] = field(default_factory=Counter)
    lint: Counter[Severity] = field(default_factory=Counter)
    """Lint findings by weight."""
    as_of: date | None = None
    """The latest date that any agreement was judged at."""

    def add(self, other: "Summary") -> None:
        """Count another run's agreements as well."""
        self.agreements += other.agreements
        self.invalid += other.invalid
        self.failing += other.failing
        self.triggered += other.triggered
        self.statuses += other.statuses
        self.lint += other.lint
        if other.as_of is not None:
            self.as_of = max(self.as_of, other.as_of) if self.as_of else other.as_of

    @property
    def judged(self) -> int:
        """How many things were judged; 0 means that the gate judged nothing."""
        return sum(self.statuses.values())

    @property
    def exit_code(self) -> ExitCode:
        """2 where something could not be judged or nothing was, else 1 where something fails, else 0."""
        if self.invalid or not self.judged:
            return ExitCode.CANNOT_JUDGE
        return ExitCode.FOUND if self.failing else ExitCode.CLEAN


def summary_of(checked: Checked) -> Summary:
    """Summarise one agreement."""
    judgement = checked.judgement
    if judgement is None:
        return Summary(agreements=1, invalid=1)
    return Summary(
        agreements=1,
        failing=int(checked.fails),
        triggered=len(judgement.fired),
        statuses=count(judgement.verdicts),
        lint=checked.lint or Counter(),
        as_of=judgement.as_of,
    )


def count(verdicts: Iterable[Verdict]) -> Counter[Status]:
    """Count verdicts by status."""
    return Counter(verdict.status for verdict in verdicts)
