"""SARIF 2.1.0 for code scanning: every kind of change as a rule, changes as results in the newer version's files."""

from collections import Counter
from typing import Any, Final

from coopctl.changes.approvals.fingerprint import fingerprint
from coopctl.changes.catalogue import CHANGES, FINDINGS
from coopctl.changes.change import Kind as ChangeKind
from coopctl.changes.change import Level
from coopctl.changes.report import Compared, DiffSummary, Proposed
from coopctl.findings import Finding, Kind, Severity
from coopctl.output.diff.words import acceptance, effects
from coopctl.output.format import Format
from coopctl.output.json_text import json_text
from coopctl.output.sarif import FINGERPRINT, log_end, log_start, physical, plain, related
from coopctl.output.terminal import Paper

_LEVELS: Final[dict[Level, str]] = {"material": "error", "review": "warning", "editorial": "note"}
_SEVERITIES: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class Sarif(Format[Compared, DiffSummary]):
    """One run; results are written as agreements are compared."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self._first = True

    def begin(self) -> str:
        rules = [_rule(f"diff/{kind.code}", kind, _LEVELS[kind.level]) for kind in CHANGES]
        rules += [_rule(kind.code, kind, _SEVERITIES[kind.severity]) for kind in FINDINGS]
        return log_start(rules)

    def piece(self, compared: Compared, /) -> str:
        found = [
            _finding(compared.in_repository(each), print_)
            for each, print_ in zip(compared.findings, compared.fingerprints(), strict=True)
        ]
        seen: Counter[str] = Counter()
        found.extend(_change(compared, each, seen) for each in compared.proposed)
        return ",\n".join(json_text(each) for each in found)

    def add(self, piece: str) -> str:
        if not piece:
            return ""
        separator = "\n" if self._first else ",\n"
        self._first = False
        return separator + piece

    def end(self, summary: DiffSummary) -> str:
        return log_end(succeeded=not summary.incomplete)


def _rule(rule_id: str, kind: ChangeKind | Kind, level: str) -> dict[str, Any]:
    return {
        "id": rule_id,
        "name": kind.name,
        "shortDescription": {"text": kind.meaning},
        "fullDescription": {"text": kind.meaning},
        "help": {"text": kind.meaning},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": [kind.code[:3]]},
    }


_INDEXES: Final = {kind.code: index for index, kind in enumerate(CHANGES)}
_FINDING_INDEXES: Final = {kind.code: len(CHANGES) + index for index, kind in enumerate(FINDINGS)}


def _change(compared: Compared, each: Proposed, seen: Counter[str]) -> dict[str, Any]:
    change, kind = each.change, each.change.kind
    told = [each.sentence, effects(compared, change), acceptance(compared, each)]
    old, new = compared.place_of(change)
    own = fingerprint((compared.base or compared.newest).id or "", change)
    seen[own] += 1
    result: dict[str, Any] = {
        "ruleId": f"diff/{kind.code}",
        "ruleIndex": _INDEXES[kind.code],
        "level": _LEVELS[kind.level],
        "message": {"text": plain(". ".join(part for part in told if part))},
        "locations": [{"physicalLocation": physical(compared.nearest_place(change))}],
        "partialFingerprints": {FINGERPRINT: f"{own}:{seen[own]}" if seen[own] > 1 else own},
    }
    if old is not None and compared.base is not None and new is not None:
        before = compared.base.in_repository(old)
        text = plain(f"{compared.base.label}: {change.old or 'nothing'}")
        result["relatedLocations"] = [{"id": 1, "physicalLocation": physical(before), "message": {"text": text}}]
    return result


def _finding(finding: Finding, print_: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.kind.code,
        "ruleIndex": _FINDING_INDEXES[finding.kind.code],
        "level": _SEVERITIES[finding.kind.severity],
        "message": {"text": plain(f"{finding.message}. {finding.help}")},
        "locations": [{"physicalLocation": physical(finding.location)}],
        "partialFingerprints": {FINGERPRINT: print_},
    }
    if finding.related:
        result["relatedLocations"] = related(finding.related)
    return result
