"""How a run of the linter ended."""

from collections import Counter
from dataclasses import dataclass, field

from coopctl.errors import ExitCode
from coopctl.findings import Severity
from coopctl.lint.engine import Linted


@dataclass(slots=True)
class LintSummary:
    """All agreements of a run together."""

    agreements: int = 0
    invalid: int = 0
    """Agreements with something that keeps them from being judged."""
    failing: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Findings by code and name."""
    fixable: Counter[tuple[str, str]] = field(default_factory=Counter)
    suppressed: int = 0
    accepted: int = 0

    def add(self, other: "LintSummary") -> None:
        """Count another run's agreements as well."""
        self.agreements += other.agreements
        self.invalid += other.invalid
        self.failing += other.failing
        self.severities += other.severities
        self.codes += other.codes
        self.fixable += other.fixable
        self.suppressed += other.suppressed
        self.accepted += other.accepted

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return self.severities.total()

    @property
    def exit_code(self) -> ExitCode:
        """2 where something could not be judged, else 1 where something is at or above what fails, else 0."""
        if self.invalid or not self.agreements:
            return ExitCode.CANNOT_JUDGE
        return ExitCode.FOUND if self.failing else ExitCode.CLEAN


def summary_of(linted: Linted) -> LintSummary:
    """Summarise one agreement."""
    return LintSummary(
        agreements=1,
        invalid=int(linted.is_invalid),
        failing=int(linted.fails),
        severities=Counter(finding.kind.severity for finding in linted.findings),
        codes=Counter(finding.kind[:2] for finding in linted.findings),
        fixable=Counter(finding.kind[:2] for finding in linted.findings if finding.is_fixable),
        suppressed=linted.suppressed,
        accepted=linted.accepted,
    )
