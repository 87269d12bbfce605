"""What every format of `check` does, so that agreements can be judged and written one after the other."""

from typing import TYPE_CHECKING

from coopctl.output.terminal import Paper

if TYPE_CHECKING:
    from coopctl.gate import Checked, Summary


class CheckFormat:
    """Writes checked agreements.

    `piece` may run in another process than the rest: it turns one agreement into text and keeps nothing. The other
    three run in order, in one process, and return what is to be written next.
    """

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    def piece(self, checked: "Checked") -> str:
        """Return one agreement's text."""
        raise NotImplementedError

    def begin(self) -> str:
        """Return what comes before the first agreement."""
        return ""

    def add(self, piece: str) -> str:
        """Return what is written for one agreement, in order."""
        return piece

    def end(self, summary: "Summary") -> str:
        """Return what comes after the last agreement."""
        return ""
