"""One line per thing that is not well: `file:line:col: CODE message`, then a line per agreement."""

from coopctl.evaluate.verdicts import Status, gravity
from coopctl.gate import Checked, count
from coopctl.output.check.format import CheckFormat
from coopctl.output.concise import concise_line
from coopctl.output.sentences import (
    clause_of,
    counts,
    is_near,
    name_of,
    near_statement,
    reason,
    remarks,
    statement,
    title_of,
    trigger_statement,
)
from coopctl.output.weights import weights

_SHOWN = (Status.BREACH, Status.MISSING, Status.WARN, Status.OFF_TARGET)


class Concise(CheckFormat):
    """For grep, editors and logs."""

    def piece(self, checked: Checked, /) -> str:
        loaded, judgement, agreement = checked.loaded, checked.judgement, checked.loaded.agreement
        lines = [concise_line(self.paper, each.location, each.kind.code, each.message) for each in checked.findings]
        if judgement is None or agreement is None:
            return "\n".join([*lines, f"{self.paper.paint(checked.path)}: not judged"]) + "\n"
        for fired in judgement.fired:
            place = loaded.clause((*fired.path, "when"))
            lines.append(concise_line(self.paper, place, "exit-right", f"{fired.id}: {trigger_statement(fired)}"))
        for verdict in sorted(judgement.verdicts, key=lambda each: gravity(each.status)):
            if verdict.status in _SHOWN:
                why = reason(agreement, verdict, checked.gate)
                says = f"{title_of(verdict)}: {statement(agreement, verdict)}" + (f"; {why}" if why else "")
                lines.append(concise_line(self.paper, loaded.clause(clause_of(verdict)), verdict.status, says))
        for verdict in judgement.verdicts:
            if verdict.stale or verdict.incomplete:
                code = "stale" if verdict.stale else "incomplete"
                says = f"{name_of(verdict)}: {'; '.join(remarks(verdict))}"
                lines.append(concise_line(self.paper, loaded.clause(verdict.path), code, says))
        for waiting in judgement.waiting:
            if is_near(waiting):
                place = loaded.clause((*waiting.path, "when"))
                lines.append(concise_line(self.paper, place, "near-exit", f"{waiting.id}: {near_statement(waiting)}"))
        told = ", ".join(text for _, text in counts(count(judgement.verdicts), len(judgement.fired)))
        outcome = "fails" if checked.fails else "passes"
        found = weights(checked.lint or {})
        lint = f"; lint: {found}" if found else ""
        said = f"{outcome} as of {judgement.as_of}: {told or 'nothing to judge'}{lint}"
        lines.append(self.paper.paint(f"{checked.path}: {said}"))
        return "\n".join(lines) + "\n"
