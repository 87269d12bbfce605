"""Annotations for GitHub Actions, the weightiest first; wording is left to the other formats."""

from collections.abc import Iterator

from coopctl.changes.report import Compared, DiffSummary, Proposed
from coopctl.output.annotations import Annotation, Annotations, annotation, finding_annotation
from coopctl.output.diff.replayed import sections
from coopctl.output.diff.words import acceptance, chosen, effects, not_compared
from coopctl.output.format import Format
from coopctl.output.terminal import Paper, clean


class Github(Format[Compared, DiffSummary]):
    """Workflow commands; a piece holds an agreement's commands, one a line, each after its rank.

    They stand in the newer version's files, the only ones that a pull request shows; what fails is an error.
    """

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self._annotated = Annotations()

    def piece(self, compared: Compared, /) -> str:
        return Annotations.lines(list(self._annotations(compared)))

    def add(self, piece: str) -> str:
        self._annotated.add(piece)
        return ""

    def end(self, summary: DiffSummary) -> str:
        told = chosen(summary)
        return self._annotated.text() + (f"coopctl: {clean(told)}\n" if told else "")

    def _annotations(self, compared: Compared) -> Iterator[Annotation]:
        for finding in compared.findings:
            yield Annotation(0, finding_annotation(compared.in_repository(finding)))
        if compared.unread:
            place = compared.newest.in_repository(compared.newest.place(()))
            yield Annotation(0, annotation("error", place, "Not compared", [not_compared(compared)]))
        for each in compared.proposed:
            fails = compared.gate.counts(each)
            if fails or each.change.level != "editorial":
                yield Annotation(1 if fails else 2, self._change(compared, each, "error" if fails else "notice"))
        for section in sections(compared):
            place = compared.newest.in_repository(compared.newest.place(()))
            if not section.is_empty:
                told = [*section.in_lines, *section.remarks]
                yield Annotation(3, annotation("notice", place, section.heading, told))

    def _change(self, compared: Compared, each: Proposed, command: str) -> str:
        kind = each.change.kind
        lines = [each.sentence, effects(compared, each.change), acceptance(compared, each)]
        return annotation(command, compared.nearest_place(each.change), f"{kind.code} {kind.name}", lines)
