"""JUnit XML: one test case per finding; an agreement without findings is one that passed."""

from collections import Counter

from coopctl.lint.engine import Linted
from coopctl.lint.selection import is_optional
from coopctl.lint.summary import LintSummary
from coopctl.output.format import Format
from coopctl.output.junit import END, Case, begin, suite


class Junit(Format[Linted, LintSummary]):
    """A test suite per agreement; what does not make the run fail passes with its text as output."""

    def begin(self) -> str:
        return begin("coopctl lint")

    def end(self, summary: LintSummary) -> str:
        return END

    def piece(self, linted: Linted, /) -> str:
        seen: Counter[str] = Counter()
        cases = []
        for finding in linted.findings:
            name = " ".join(part for part in (*finding.kind[:2], finding.subject) if part)
            seen[name] += 1
            unique = f"{name} #{seen[name]}" if seen[name] > 1 else name
            place = finding.location
            lines = (finding.message, finding.help, f"at {place.path}:{place.line}:{place.column}")
            tag = "failure" if linted.counts(finding) else "system-out"
            tag = tag if is_optional(finding.kind) else "error"
            cases.append(Case(tag, unique, finding.kind.name, lines))
        return suite(linted.loaded.agreement_id or linted.path, linted.path, cases or [Case("", "lint", "", ())])
