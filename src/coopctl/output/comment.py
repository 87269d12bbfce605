"""Markdown for a pull request's comment or a job's summary, cut with a note where it would grow too large."""

from collections.abc import Iterator
from typing import Final

from coopctl.output.format import Format, Result, Total
from coopctl.output.terminal import Paper

LARGEST: Final = 60_000
"""Characters; GitHub refuses comments of more than 65,536."""


class Comment(Format[Result, Total]):
    """A section per agreement; subclasses write its lines, the worst first."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self._room = LARGEST
        self._left_out = 0

    def piece(self, result: Result, /) -> str:
        return "\n" + "\n".join(_cut(list(self.lines(result)))) + "\n"

    def add(self, piece: str) -> str:
        if len(piece) > self._room:
            self._left_out += 1
            return ""
        self._room -= len(piece)
        return piece

    def lines(self, result: Result, /) -> Iterator[str]:
        """Yield the lines about one agreement."""
        raise NotImplementedError

    def left_out(self) -> str:
        """Return the note that there was no room for some agreements; nothing where there was."""
        if not self._left_out:
            return ""
        left_out = "1 agreement is" if self._left_out == 1 else f"{self._left_out} agreements are"
        return f"\n> {left_out} left out here to keep within the size of a comment.\n"


def _cut(lines: list[str]) -> list[str]:
    """Keep an agreement's section within what a comment takes; the worst stand first, so the end is cut."""
    room = LARGEST - 200
    for number, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            note = f"> {len(lines) - number} more lines are left out here to keep within the size of a comment."
            return [*lines[:number], "", note]
    return lines
