"""SARIF 2.1.0 for code scanning: rules with their manual, results with regions and fingerprints."""

import re
from typing import Any, Final

from coopctl import __version__
from coopctl.findings import Finding, Location, Severity
from coopctl.lint.engine import Linted
from coopctl.lint.pages import Page, pages
from coopctl.lint.summary import LintSummary
from coopctl.output.format import Format
from coopctl.output.json_text import json_text
from coopctl.output.rule_page import page_as_markdown
from coopctl.output.terminal import Paper
from coopctl.output.uri import uri

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT: Final = "coopctl/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class Sarif(Format[Linted, LintSummary]):
    """One run; results are written as agreements are looked at."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self._first = True

    def begin(self) -> str:
        driver = {"name": "coopctl", "version": __version__, "semanticVersion": __version__, "rules": _rules()}
        head = json_text({"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"})
        return f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{head[:-1]}, "results": ['

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
        succeeded = "false" if summary.invalid else "true"
        return f'\n], "invocations": [{{"executionSuccessful": {succeeded}}}]}}]}}\n'


def _rules() -> list[dict[str, Any]]:
    return [_rule(page) for page in pages()]


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
        "message": {"text": _plain(f"{finding.message}. {finding.help}")},
        "locations": [{"physicalLocation": _physical(finding.location)}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _physical(each.location), "message": {"text": _plain(each.message)}}
            for number, each in enumerate(finding.related, 1)
        ]
    return result


def _plain(text: str) -> str:
    """Write text so that no link is seen in it (SARIF 2.1.0, section 3.11.6)."""
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text)


def _physical(location: Location) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": uri(location.path)},
        "region": {
            "startLine": location.line,
            "startColumn": location.column,
            "endLine": location.end_line,
            "endColumn": location.end_column,
        },
    }
