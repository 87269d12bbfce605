"""Annotations for GitHub Actions: worst first, ten of a kind, which is as many as a step shows."""

from collections.abc import Iterator

from coopctl.evaluate.verdicts import gravity
from coopctl.gate import Checked, Summary
from coopctl.output.annotations import Annotation, Annotations, annotation, finding_annotation
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
from coopctl.output.terminal import Paper

_LEVEL = {"breach": "error", "warn": "warning"}


class Github(CheckFormat):
    """Workflow commands; a piece holds an agreement's commands, one a line, each after its rank."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self._annotated = Annotations()

    def piece(self, checked: Checked, /) -> str:
        return Annotations.lines(list(self._annotations(checked)))

    def add(self, piece: str) -> str:
        self._annotated.add(piece)
        return ""

    def end(self, summary: Summary) -> str:
        return self._annotated.text()

    def _annotations(self, checked: Checked) -> Iterator[Annotation]:
        loaded, agreement, judgement = checked.loaded, checked.loaded.agreement, checked.judgement
        for finding in checked.findings:
            yield Annotation(0, finding_annotation(finding))
        if agreement is None or judgement is None:
            return
        for fired in judgement.fired:
            title = f"Exit right {'.'.join(map(str, fired.path))}"
            lines = [trigger_statement(fired), *trigger_dates(fired)]
            yield Annotation(1, annotation("error", loaded.clause((*fired.path, "when")), title, lines))
        for verdict in judgement.verdicts:
            weight = checked.gate.weight_of(verdict)
            if weight is not None:
                title = f"{title_of(verdict)}: {verdict.status}"
                lines = [statement(agreement, verdict), reason(agreement, verdict, checked.gate), remedy(verdict)]
                command = annotation(_LEVEL[weight], loaded.clause(clause_of(verdict)), title, lines)
                yield Annotation(2 + gravity(verdict.status), command)
