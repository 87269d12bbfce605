"""For a pull-request comment or a job summary."""

from collections.abc import Iterator

from coopctl.evaluate.numbers import shown
from coopctl.evaluate.verdicts import Status, Verdict, gravity
from coopctl.gate import Checked, Summary, count
from coopctl.output.check.format import CheckFormat
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
from coopctl.output.terminal import Paper

LARGEST = 60_000
"""Characters; GitHub refuses comments of more than 65,536."""
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


class Markdown(CheckFormat):
    """A section with a table per agreement, cut with a note where it would grow too large to be posted."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self._room = LARGEST
        self._left_out = 0

    def begin(self) -> str:
        return "## coopctl check\n"

    def piece(self, checked: Checked) -> str:
        return "\n" + "\n".join(_cut(list(self._lines(checked)))) + "\n"

    def add(self, piece: str) -> str:
        if len(piece) > self._room:
            self._left_out += 1
            return ""
        self._room -= len(piece)
        return piece

    def end(self, summary: Summary) -> str:
        told = ", ".join(text for _, text in counts(summary.statuses, summary.triggered)) or "nothing judged"
        left_out = "1 agreement is" if self._left_out == 1 else f"{self._left_out} agreements are"
        cut = f"\n> {left_out} left out here to keep within the size of a comment.\n"
        agreements = f"{summary.agreements} agreement{'' if summary.agreements == 1 else 's'}"
        invalid = f", {summary.invalid} not judged" if summary.invalid else ""
        return (cut if self._left_out else "") + f"\n**{agreements}{invalid}:** {told}\n"

    def _lines(self, checked: Checked) -> Iterator[str]:
        loaded, agreement, judgement = checked.loaded, checked.loaded.agreement, checked.judgement
        title = f"{agreement.title} {agreement.version}" if agreement else checked.path
        yield f"### {escaped(title)}"
        yield ""
        for finding in loaded.findings:
            where = f"{finding.location.path}:{finding.location.line}:{finding.location.column}"
            told = f"{where}: {finding.message}. {finding.help}"
            yield f"- **{finding.kind.severity} {finding.kind.code}** {escaped(told)}"
        if loaded.findings:
            yield ""
        if agreement is None or judgement is None:
            yield "**Not judged.**"
            return
        outcome = "❌ **Fails**" if checked.fails else "✅ **Passes**"
        told = ", ".join(text for _, text in counts(count(judgement.verdicts), len(judgement.fired)))
        score = score_statement(judgement.score)
        yield f"{outcome} as of {judgement.as_of}: {told or 'nothing to judge'}" + (f"; {score}." if score else ".")
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


def _cut(lines: list[str]) -> list[str]:
    """Keep an agreement's section within what a comment takes; the worst stand first, so the end is cut."""
    room = LARGEST - 200
    for number, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            note = f"> {len(lines) - number} more lines are left out here to keep within the size of a comment."
            return [*lines[:number], "", note]
    return lines
