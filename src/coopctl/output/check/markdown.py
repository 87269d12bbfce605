"""For a pull-request comment or a job summary."""

from collections.abc import Iterator

from coopctl.evaluate.numbers import shown
from coopctl.evaluate.verdicts import Status, Verdict, gravity
from coopctl.gate import Checked, Summary, count
from coopctl.output.comment import Comment
from coopctl.output.figures import shown_target, unit_and_decimals, with_unit
from coopctl.output.markdown import escaped, table
from coopctl.output.sentences import (
    clause_of,
    counts,
    is_near,
    name_of,
    near_statement,
    reason,
    remarks,
    score_statement,
    statement,
    title_of,
    trigger_dates,
    trigger_statement,
)
from coopctl.output.weights import weights

_MARKS = {
    Status.BREACH: "🔴 breach",
    Status.MISSING: "🟣 missing",
    Status.WARN: "🟠 warn",
    Status.OFF_TARGET: "🟡 off target",
    Status.MET: "🟢 met",
    Status.PENDING: "⚪ pending",
    Status.EXCUSED: "🔵 excused",
}
_SHOWN = (Status.BREACH, Status.MISSING, Status.WARN, Status.OFF_TARGET)


class Markdown(Comment[Checked, Summary]):
    """A section with a table per agreement, cut with a note where it would grow too large to be posted."""

    def begin(self) -> str:
        return "## coopctl check\n"

    def end(self, summary: Summary) -> str:
        told = ", ".join(text for _, text in counts(summary.statuses, summary.triggered)) or "nothing judged"
        agreements = f"{summary.agreements} agreement{'' if summary.agreements == 1 else 's'}"
        invalid = f", {summary.invalid} not judged" if summary.invalid else ""
        return self.left_out() + f"\n**{agreements}{invalid}:** {told}\n"

    def lines(self, checked: Checked, /) -> Iterator[str]:
        agreement, judgement = checked.loaded.agreement, checked.judgement
        title = f"{agreement.title} {agreement.version}" if agreement else checked.path
        yield f"### {escaped(title)}"
        yield ""
        for finding in checked.findings:
            where = f"{finding.location.path}:{finding.location.line}:{finding.location.column}"
            told = f"{where}: {finding.message}. {finding.help}"
            yield f"- **{finding.kind.severity} {finding.kind.code}** {escaped(told)}"
        if checked.findings:
            yield ""
        if agreement is None or judgement is None:
            yield "**Not judged.**"
            return
        outcome = "❌ **Fails**" if checked.fails else "✅ **Passes**"
        told = ", ".join(text for _, text in counts(count(judgement.verdicts), len(judgement.fired)))
        score = score_statement(judgement.score)
        yield f"{outcome} as of {judgement.as_of}: {told or 'nothing to judge'}" + (f"; {score}." if score else ".")
        yield ""
        if checked.lint is not None:
            yield f"Lint: {weights(checked.lint) or 'no findings'}."
            yield ""
        for fired in judgement.fired:
            name = escaped(".".join(map(str, fired.path)))
            yield f"- **Exit right** {name}: {escaped('; '.join([trigger_statement(fired), *trigger_dates(fired)]))}"
        stale = [verdict for verdict in judgement.verdicts if verdict.stale or verdict.incomplete]
        for verdict in stale:
            label = "Stale" if verdict.stale else "Incomplete"
            yield f"- **{label}** {escaped(name_of(verdict))}: {escaped('; '.join(remarks(verdict)))}"
        near = [waiting for waiting in judgement.waiting if is_near(waiting)]
        for waiting in near:
            yield f"- **Near exit** {escaped('.'.join(map(str, waiting.path)))}: {escaped(near_statement(waiting))}"
        if judgement.fired or stale or near:
            yield ""
        rows = [
            self._row(checked, verdict)
            for verdict in sorted(judgement.verdicts, key=lambda each: gravity(each.status))
            if verdict.status in _SHOWN
        ]
        if rows:
            yield from table(["Status", "What", "Actual", "Target", "Why", "What now", "Clause"], "llrrlll", rows)

    def _row(self, checked: Checked, verdict: Verdict) -> list[str]:
        agreement = checked.loaded.agreement
        assert agreement is not None
        unit, decimals = unit_and_decimals(agreement, verdict)
        clause = checked.loaded.clause(clause_of(verdict))
        if verdict.kind == "milestone":
            actual, target = str(verdict.actual_date or ""), str(verdict.due)
        else:
            actual = with_unit(shown(verdict.actual, decimals), unit) if verdict.actual is not None else "–"
            target = with_unit(shown_target(verdict.target, decimals), unit) if verdict.target else "–"
        steps = [*verdict.contingency, *(f"{each.to} by {each.by}" for each in verdict.escalation)]
        why = reason(agreement, verdict, checked.gate) or (statement(agreement, verdict))
        return [
            _MARKS[verdict.status],
            escaped(title_of(verdict)),
            escaped(actual),
            escaped(target),
            escaped(why),
            escaped("; ".join(steps)),
            escaped(f"{clause.path}:{clause.line}"),
        ]
