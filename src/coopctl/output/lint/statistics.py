"""How many findings there are of each rule, the most frequent first."""

from collections.abc import Mapping
from typing import Any, Final

from coopctl.lint.engine import Linted
from coopctl.lint.summary import LintSummary
from coopctl.output.format import Format
from coopctl.output.json_text import json_text
from coopctl.output.lint.footer import footer

STATISTICS: Final[Mapping[str, str]] = {
    "full": "statistics",
    "concise": "statistics",
    "json": "statistics_json",
}
"""Which format writes statistics where findings were asked for in another."""


def _counted(summary: LintSummary) -> list[dict[str, Any]]:
    ranked = sorted(summary.codes.items(), key=lambda item: (-item[1], item[0]))
    return [{"code": key[0], "name": key[1], "count": count, "fixable": summary.fixable[key]} for key, count in ranked]


class Statistics(Format[Linted, LintSummary]):
    """A line per rule: how many, code, name."""

    def piece(self, linted: Linted, /) -> str:
        return ""

    def end(self, summary: LintSummary) -> str:
        counted = _counted(summary)
        width = max((len(f"{each['count']:,}") for each in counted), default=1)
        lines = [
            f"{each['count']:>{width},}  {self.paper.paint(each['code'], 'bold')}  {each['name']}"
            + ("  (--fix mends it)" if each["fixable"] else "")
            for each in counted
        ]
        return "".join(f"{line}\n" for line in [*lines, footer(summary)])


class StatisticsJson(Statistics):
    """The same as data."""

    def end(self, summary: LintSummary) -> str:
        data = {"schema_version": 1, "statistics": _counted(summary), "findings": summary.findings}
        return json_text(data, indent=2) + "\n"
