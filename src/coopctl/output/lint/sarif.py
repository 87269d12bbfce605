"""SARIF 2.1.0 for code scanning: rules with their manual, results with regions and fingerprints."""

from typing import Any

from coopctl.findings import Finding, Severity
from coopctl.lint.engine import Linted
from coopctl.lint.pages import Page, pages
from coopctl.lint.summary import LintSummary
from coopctl.output.format import Format
from coopctl.output.json_text import json_text
from coopctl.output.rule_page import page_as_markdown
from coopctl.output.sarif import FINGERPRINT, log_end, log_start, physical, plain, related
from coopctl.output.terminal import Paper

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class Sarif(Format[Linted, LintSummary]):
    """One run; results are written as agreements are looked at."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self._first = True

    def begin(self) -> str:
        return log_start([_rule(page) for page in pages()])

    def piece(self, linted: Linted, /) -> str:
        indexes = {page.kind.code: index for index, page in enumerate(pages())}
        return ",\n".join(json_text(_result(*pair, indexes[pair[0].kind.code])) for pair in linted.fresh)

    def add(self, piece: str) -> str:
        if not piece:
            return ""
        separator = "\n" if self._first else ",\n"
        self._first = False
        return separator + piece

    def end(self, summary: LintSummary) -> str:
        return log_end(succeeded=not summary.invalid)


def _rule(page: Page) -> dict[str, Any]:
    kind, manual = page.kind, page.manual
    remedy = manual.remedy or (f"Write instead:\n\n{manual.good}" if manual.good else "See the page of the rule.")
    return {
        "id": kind.code,
        "name": kind.name,
        "shortDescription": {"text": kind.meaning},
        "fullDescription": {"text": f"{kind.meaning} {manual.why}".strip()},
        "help": {"text": remedy, "markdown": page_as_markdown(page)},
        "defaultConfiguration": {"level": _LEVELS[kind.severity]},
        "properties": {"tags": [kind.code[:3]]},
    }


def _result(finding: Finding, fingerprint: str, rule_index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.kind.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.kind.severity],
        "message": {"text": plain(f"{finding.message}. {finding.help}")},
        "locations": [{"physicalLocation": physical(finding.location)}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = related(finding.related)
    return result
