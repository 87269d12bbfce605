"""One line per finding: `file:line:col: CODE message`."""

from coopctl.lint.engine import Linted
from coopctl.lint.summary import LintSummary
from coopctl.output.concise import concise_line
from coopctl.output.format import Format
from coopctl.output.lint.footer import footer


class Concise(Format[Linted, LintSummary]):
    """For grep, editors and logs."""

    def piece(self, linted: Linted, /) -> str:
        lines = [concise_line(self.paper, each.location, each.kind.code, each.message) for each in linted.findings]
        return "".join(f"{line}\n" for line in lines)

    def end(self, summary: LintSummary) -> str:
        return f"{footer(summary)}\n"
