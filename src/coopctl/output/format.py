"""What every format does, so that agreements can be worked on and written one after the other."""

from typing import Generic, TypeVar

from coopctl.output.terminal import Paper

Result = TypeVar("Result")
Total = TypeVar("Total")


class Format(Generic[Result, Total]):
    """Writes results, one per agreement.

    `piece` may run in another process than the rest: it turns one result into text and keeps nothing. The other three
    run in order, in one process, and return what is to be written next.
    """

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    def piece(self, result: Result, /) -> str:
        """Return one agreement's text."""
        raise NotImplementedError

    def begin(self) -> str:
        """Return what comes before the first agreement."""
        return ""

    def add(self, piece: str) -> str:
        """Return what is written for one agreement, in order."""
        return piece

    def end(self, summary: Total) -> str:
        """Return what comes after the last agreement."""
        return ""
