"""One line per thing that is not well: `file:line:col: CODE message`, then a line per agreement."""

from coopctl.evaluate.verdicts import Status, gravity
from coopctl.findings import Location
from coopctl.gate import Checked, count
from coopctl.output.check.format import CheckFormat
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

_SHOWN = (Status.BREACH, Status.MISSING, Status.WARN, Status.OFF_TARGET)


class Concise(CheckFormat):
    """For grep, editors and logs."""

    def piece(self, checked: Checked) -> str:
        loaded, judgement, agreement = checked.loaded, checked.judgement, checked.loaded.agreement
        lines = [self._line(each.location, each.kind.code, each.message) for each in loaded.findings]
        if judgement is None or agreement is None:
            return "\n".join([*lines, f"{self.paper.paint(checked.path)}: not judged"]) + "\n"
        for fired in judgement.fired:
            place = loaded.clause((*fired.path, "when"))
            lines.append(self._line(place, "exit-right", f"{fired.id}: {trigger_statement(fired)}"))
        for verdict in sorted(judgement.verdicts, key=lambda each: gravity(each.status)):
            if verdict.status in _SHOWN:
                why = reason(agreement, verdict, checked.gate)
                says = f"{title_of(verdict)}: {statement(agreement, verdict)}" + (f"; {why}" if why else "")
                lines.append(self._line(loaded.clause(clause_of(verdict)), verdict.status, says))
        for verdict in judgement.verdicts:
            if verdict.stale or verdict.incomplete:
                code = "stale" if verdict.stale else "incomplete"
                says = f"{name_of(verdict)}: {'; '.join(remarks(verdict))}"
                lines.append(self._line(loaded.clause(verdict.path), code, says))
        for waiting in judgement.waiting:
            if is_near(waiting):
                place = loaded.clause((*waiting.path, "when"))
                lines.append(self._line(place, "near-exit", f"{waiting.id}: {near_statement(waiting)}"))
        told = ", ".join(text for _, text in counts(count(judgement.verdicts), len(judgement.fired)))
        outcome = "fails" if checked.fails else "passes"
        lines.append(
            self.paper.paint(f"{checked.path}: {outcome} as of {judgement.as_of}: {told or 'nothing to judge'}")
        )
        return "\n".join(lines) + "\n"

    def _line(self, location: Location, code: str, message: str) -> str:
        where = f"{location.path}:{location.line}:{location.column}"
        return f"{self.paper.paint(where, 'place')}: {self.paper.paint(code, 'bold')} {self.paper.paint(message)}"
