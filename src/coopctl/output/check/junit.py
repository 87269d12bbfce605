"""JUnit XML: one test case per KPI and period, milestone and budget line; passes included."""

from xml.sax.saxutils import escape, quoteattr

from coopctl.evaluate.verdicts import Status, Verdict
from coopctl.gate import Checked, Summary
from coopctl.output.check.format import CheckFormat
from coopctl.output.sentences import (
    clause_of,
    reason,
    remedy,
    statement,
    title_of,
    trigger_dates,
    trigger_statement,
)
from coopctl.output.terminal import clean


class Junit(CheckFormat):
    """A test suite per agreement."""

    def begin(self) -> str:
        return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="coopctl check">\n'

    def end(self, summary: Summary) -> str:
        return "</testsuites>\n"

    def piece(self, checked: Checked) -> str:
        cases: list[tuple[str, str]] = []
        loaded, agreement, judgement = checked.loaded, checked.loaded.agreement, checked.judgement
        for index, finding in enumerate(loaded.findings):
            where = f"{finding.location.path}:{finding.location.line}:{finding.location.column}"
            tag = "error" if finding.is_error else "system-out"
            body = f"{where}: {finding.message}\n{finding.help}"
            name = f"{finding.kind.code} {where}" + (f" #{index + 1}" if index else "")
            cases.append((tag, self._case(checked, name, _outcome(tag, finding.kind.name, finding.message, body))))
        if agreement is not None and judgement is not None:
            for fired in judgement.fired:
                body = "\n".join([trigger_statement(fired), *trigger_dates(fired)])
                outcome = _outcome("failure", "exit-right", trigger_statement(fired), body)
                cases.append(("failure", self._case(checked, ".".join(map(str, fired.path)), outcome)))
            for verdict in judgement.verdicts:
                tag = self._tag(checked, verdict)
                clause = loaded.clause(clause_of(verdict))
                says = f"{title_of(verdict)}: {statement(agreement, verdict)}"
                told = [
                    says,
                    reason(agreement, verdict),
                    remedy(verdict),
                    f"{clause.path}:{clause.line}:{clause.column}",
                ]
                outcome = _outcome(tag, verdict.status, says, "\n".join(each for each in told if each))
                cases.append((tag, self._case(checked, _name(verdict), outcome)))
        tags = [tag for tag, _ in cases]
        name = agreement.id if agreement else checked.path
        return (
            f"  <testsuite name={_attribute(name)} tests={_attribute(str(len(cases)))}"
            f' failures="{tags.count("failure")}" errors="{tags.count("error")}" skipped="{tags.count("skipped")}">\n'
            + "".join(case for _, case in cases)
            + "  </testsuite>\n"
        )

    def _tag(self, checked: Checked, verdict: Verdict) -> str:
        weight = checked.gate.weight_of(verdict)
        if weight == "breach" or (weight == "warn" and checked.gate.fail_on == "warn"):
            return "failure"
        if verdict.status in (Status.PENDING, Status.EXCUSED) or (verdict.status is Status.MISSING and weight is None):
            return "skipped"
        return "" if verdict.status is Status.MET else "system-out"

    def _case(self, checked: Checked, name: str, outcome: str) -> str:
        return f"    <testcase classname={_attribute(checked.path)} name={_attribute(name)}{outcome}"


def _name(verdict: Verdict) -> str:
    return f"{verdict.subject}@{verdict.period.key}" if verdict.period else verdict.subject


def _outcome(tag: str, kind: str, message: str, body: str) -> str:
    if not tag:
        return "/>\n"
    text = escape("\n".join(clean(line) for line in body.split("\n")))
    if tag == "system-out":
        return f"><system-out>{text}</system-out></testcase>\n"
    said = f" type={_attribute(kind)}" if tag != "skipped" else ""
    return f"><{tag}{said} message={_attribute(message)}>{text}</{tag}></testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(clean(text))
