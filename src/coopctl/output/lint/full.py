"""For people at a terminal: every finding with its places shown, and what to write instead."""

from coopctl.lint.engine import Linted
from coopctl.lint.summary import LintSummary
from coopctl.output.blocks import Blocks
from coopctl.output.format import Format
from coopctl.output.lint.footer import footer
from coopctl.output.terminal import wrapped


class Full(Format[Linted, LintSummary]):
    """Blocks with source snippets, then one line for the whole run."""

    def piece(self, linted: Linted, /) -> str:
        blocks = Blocks(self.paper, linted.loaded.files)
        return "".join("\n".join([*blocks.finding(finding), "", ""]) for finding in linted.findings)

    def end(self, summary: LintSummary) -> str:
        return "\n".join(wrapped(footer(summary), self.paper.width, "  ")) + "\n"
