"""JUnit XML: one test case per KPI and period, milestone and budget line; passes included."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from coopctl.evaluate.verdicts import Status, Verdict
from coopctl.gate import Checked, Summary
from coopctl.output.check.format import CheckFormat
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
from coopctl.output.terminal import clean


class _Case(NamedTuple):
    """One test case and how it ended."""

    tag: str
    """Element that says so; empty for a pass without a word."""
    name: str
    kind: str
    lines: tuple[str, ...]

    def xml(self, file: str) -> str:
        """Write it."""
        start = f"    <testcase classname={_attribute(file)} name={_attribute(self.name)}"
        if not self.tag:
            return f"{start}/>\n"
        text = escape("\n".join(clean(line) for line in self.lines if line))
        if self.tag == "system-out":
            return f"{start}><system-out>{text}</system-out></testcase>\n"
        kind = f" type={_attribute(self.kind)}" if self.tag != "skipped" else ""
        said = f"{kind} message={_attribute(self.lines[0])}"
        return f"{start}><{self.tag}{said}>{text}</{self.tag}></testcase>\n"


class Junit(CheckFormat):
    """A test suite per agreement."""

    def begin(self) -> str:
        return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="coopctl check">\n'

    def end(self, summary: Summary) -> str:
        return "</testsuites>\n"

    def piece(self, checked: Checked) -> str:
        cases = [*self._findings(checked), *self._triggers(checked), *self._verdicts(checked)]
        agreement = checked.loaded.agreement
        tags = Counter(case.tag for case in cases)
        name = _attribute(agreement.id if agreement else checked.path)
        ended = f'failures="{tags["failure"]}" errors="{tags["error"]}" skipped="{tags["skipped"]}"'
        return (
            f'  <testsuite name={name} tests="{len(cases)}" {ended}>\n'
            + "".join(case.xml(checked.path) for case in cases)
            + "  </testsuite>\n"
        )

    def _findings(self, checked: Checked) -> Iterator[_Case]:
        for number, finding in enumerate(checked.loaded.findings, 1):
            where = f"{finding.location.path}:{finding.location.line}:{finding.location.column}"
            name = f"{finding.kind.code} {where}" + (f" #{number}" if number > 1 else "")
            tag = "error" if finding.is_error else "system-out"
            yield _Case(tag, name, finding.kind.name, (finding.message, finding.help, f"at {where}"))

    def _triggers(self, checked: Checked) -> Iterator[_Case]:
        for fired in checked.judgement.fired if checked.judgement else ():
            name = ".".join(map(str, fired.path))
            yield _Case("failure", name, "exit-right", (trigger_statement(fired), *trigger_dates(fired)))

    def _verdicts(self, checked: Checked) -> Iterator[_Case]:
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
            yield _Case(self._tag(checked, verdict), name_of(verdict), verdict.status, lines)

    def _tag(self, checked: Checked, verdict: Verdict) -> str:
        weight = checked.gate.weight_of(verdict)
        if weight == "breach" or (weight == "warn" and checked.gate.fail_on == "warn"):
            return "failure"
        if verdict.status in (Status.PENDING, Status.EXCUSED) or (verdict.status is Status.MISSING and weight is None):
            return "skipped"
        return "" if verdict.status is Status.MET else "system-out"


def _attribute(text: str) -> str:
    return quoteattr(clean(text))
