"""What there is to know about a figure: provisional, restated, partial, excused, missing."""

from typing import Final

from coopctl.evaluate.verdicts import Status, Verdict
from coopctl.report.view import NoteView

_MOST_MISSING: Final = 6
"""How many missing figures are told in footnotes; of more, the list of problems tells better."""


class Footnotes:
    """Numbers footnotes as they come; the same one keeps its number."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], NoteView] = {}

    def add(self, kind: str, subject: str, period: str, detail: str = "") -> int:
        """Return the number of a footnote."""
        key = (kind, subject, period)
        if key not in self._found:
            number = len(self._found) + 1
            self._found[key] = NoteView(number=number, kind=kind, subject=subject, period=period, detail=detail)
        return self._found[key].number

    def of(self, verdict: Verdict, period: str, earlier: str = "", reason: str = "") -> tuple[int, ...]:
        """Return the numbers of what there is to know about a verdict's figure."""
        details = {"restated": earlier, "excused": reason}
        holds = {
            "provisional": verdict.provisional,
            "restated": verdict.restated,
            "partial": verdict.partial,
            "incomplete": verdict.incomplete,
            "excused": verdict.status is Status.EXCUSED,
            "missing": verdict.status is Status.MISSING,
            "running": verdict.running and verdict.actual is not None,
        }
        return tuple(
            self.add(kind, verdict.name, period, details.get(kind, "")) for kind, is_so in holds.items() if is_so
        )

    @property
    def notes(self) -> tuple[NoteView, ...]:
        """All of them, in order."""
        crowded = sum(note.kind == "missing" for note in self._found.values()) > _MOST_MISSING
        return tuple(
            note.model_copy(update={"shown": False}) if crowded and note.kind == "missing" else note
            for note in self._found.values()
        )
