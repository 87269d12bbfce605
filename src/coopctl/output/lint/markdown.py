"""For pull requests and job summaries: a table of findings per agreement."""

from collections.abc import Iterator

from coopctl.findings import Severity
from coopctl.lint.engine import Linted
from coopctl.lint.summary import LintSummary
from coopctl.output.comment import Comment
from coopctl.output.lint.footer import footer
from coopctl.output.markdown import escaped, table

_MARKS = {Severity.ERROR: "🔴 error", Severity.WARNING: "🟠 warning", Severity.INFO: "🔵 info"}


class Markdown(Comment[Linted, LintSummary]):
    """A section with a table per agreement that has findings, the worst first."""

    def begin(self) -> str:
        return "## coopctl lint\n"

    def add(self, piece: str) -> str:
        return super().add(piece) if piece.strip() else ""

    def end(self, summary: LintSummary) -> str:
        return self.left_out() + f"\n**{escaped(footer(summary))}**\n"

    def lines(self, linted: Linted, /) -> Iterator[str]:
        if not linted.findings:
            return
        agreement = linted.loaded.agreement
        yield f"### {escaped(f'{agreement.title} {agreement.version}' if agreement else linted.path)}"
        yield ""
        worst_first = sorted(linted.findings, key=lambda finding: -finding.kind.severity.weight)
        rows = [
            [
                _MARKS[finding.kind.severity],
                escaped(f"{finding.kind.code} {finding.kind.name}"),
                escaped(finding.message),
                escaped(finding.help),
                escaped(f"{finding.location.path}:{finding.location.line}"),
            ]
            for finding in worst_first
        ]
        yield from table(["Severity", "Rule", "What", "What to do", "Where"], "lllll", rows)
