"""JUnit XML: one test case per KPI and period, milestone and budget line; passes included."""

from collections.abc import Iterator

from coopctl.evaluate.verdicts import Status, Verdict
from coopctl.gate import Checked, Summary
from coopctl.output.check.format import CheckFormat
from coopctl.output.junit import END, Case, begin, suite
from coopctl.output.sentences import (
    clause_of,
    name_of,
    reason,
    remedy,
    statement,
    title_of,
    trigger_dates,
    trigger_statement,
)


class Junit(CheckFormat):
    """A test suite per agreement."""

    def begin(self) -> str:
        return begin("coopctl check")

    def end(self, summary: Summary) -> str:
        return END

    def piece(self, checked: Checked, /) -> str:
        cases = [*self._findings(checked), *self._triggers(checked), *self._verdicts(checked)]
        agreement = checked.loaded.agreement
        return suite(agreement.id if agreement else checked.path, checked.path, cases)

    def _findings(self, checked: Checked) -> Iterator[Case]:
        for number, finding in enumerate(checked.findings, 1):
            where = f"{finding.location.path}:{finding.location.line}:{finding.location.column}"
            name = f"{finding.kind.code} {where}" + (f" #{number}" if number > 1 else "")
            tag = "error" if finding.is_error else "system-out"
            tag = "failure" if finding in checked.lint_errors else tag
            yield Case(tag, name, finding.kind.name, (finding.message, finding.help, f"at {where}"))

    def _triggers(self, checked: Checked) -> Iterator[Case]:
        for fired in checked.judgement.fired if checked.judgement else ():
            name = ".".join(map(str, fired.path))
            yield Case("failure", name, "exit-right", (trigger_statement(fired), *trigger_dates(fired)))

    def _verdicts(self, checked: Checked) -> Iterator[Case]:
        agreement, judgement = checked.loaded.agreement, checked.judgement
        if agreement is None or judgement is None:
            return
        for verdict in judgement.verdicts:
            clause = checked.loaded.clause(clause_of(verdict))
            lines = (
                f"{title_of(verdict)}: {statement(agreement, verdict)}",
                reason(agreement, verdict, checked.gate),
                remedy(verdict),
                f"at {clause.path}:{clause.line}:{clause.column}",
            )
            yield Case(self._tag(checked, verdict), name_of(verdict), verdict.status, lines)

    def _tag(self, checked: Checked, verdict: Verdict) -> str:
        weight = checked.gate.weight_of(verdict)
        if weight == "breach" or (weight == "warn" and checked.gate.fail_on == "warn"):
            return "failure"
        if verdict.status in (Status.PENDING, Status.EXCUSED) or (verdict.status is Status.MISSING and weight is None):
            return "skipped"
        return "" if verdict.status is Status.MET else "system-out"
