"""Annotations for GitHub Actions: worst first, ten of a kind, which is as many as a step shows."""

from coopctl.lint.engine import Linted
from coopctl.lint.summary import LintSummary
from coopctl.output.annotations import Annotation, Annotations, finding_annotation
from coopctl.output.format import Format
from coopctl.output.terminal import Paper


class Github(Format[Linted, LintSummary]):
    """Workflow commands; a piece holds an agreement's commands, one a line, each after its rank."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self._annotated = Annotations()

    def piece(self, linted: Linted, /) -> str:
        return Annotations.lines(
            [Annotation(-each.kind.severity.weight, finding_annotation(each)) for each in linted.findings]
        )

    def add(self, piece: str) -> str:
        self._annotated.add(piece)
        return ""

    def end(self, summary: LintSummary) -> str:
        return self._annotated.text()
