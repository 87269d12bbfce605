"""SARIF 2.1.0 for code scanning: every kind of change as a rule, changes as results in the newer version's files."""

from collections import Counter
from hashlib import sha256
from typing import Any, Final

from coopctl.changes.approvals.kinds import APPROVAL_KINDS
from coopctl.changes.change import Kind as ChangeKind
from coopctl.changes.change import Level
from coopctl.changes.compare import GONE, NEW
from coopctl.changes.history import HISTORY_KINDS
from coopctl.changes.kinds import KINDS
from coopctl.changes.report import Compared, DiffSummary, Proposed
from coopctl.faults import ALL
from coopctl.findings import Finding, Kind, Severity
from coopctl.fingerprints import fingerprints
from coopctl.output.diff.words import acceptance, effects
from coopctl.output.format import Format
from coopctl.output.json_text import json_text
from coopctl.output.sarif import FINGERPRINT, log_end, log_start, physical, plain
from coopctl.output.terminal import Paper

_LEVELS: Final[dict[Level, str]] = {"material": "error", "review": "warning", "editorial": "note"}
_SEVERITIES: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_CHANGES: Final[tuple[ChangeKind, ...]] = (NEW, GONE, *KINDS.values())
_FAULTS: Final = (*HISTORY_KINDS, *APPROVAL_KINDS, *ALL)


class Sarif(Format[Compared, DiffSummary]):
    """One run; results are written as agreements are compared."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self._first = True

    def begin(self) -> str:
        rules = [_rule(f"diff/{kind.code}", kind, _LEVELS[kind.level]) for kind in _CHANGES]
        rules += [_rule(kind.code, kind, _SEVERITIES[kind.severity]) for kind in _FAULTS]
        return log_start(rules)

    def piece(self, compared: Compared, /) -> str:
        prints = fingerprints(compared.findings, compared.newest.id, compared.newest.path)
        found = [
            _finding(compared, each, fingerprint) for each, fingerprint in zip(compared.findings, prints, strict=True)
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


_INDEXES: Final = {kind.code: index for index, kind in enumerate(_CHANGES)}
_FAULT_INDEXES: Final = {kind.code: len(_CHANGES) + index for index, kind in enumerate(_FAULTS)}


def _change(compared: Compared, each: Proposed, seen: Counter[str]) -> dict[str, Any]:
    change, kind = each.change, each.change.kind
    told = [each.sentence, effects(compared, change), acceptance(compared, each)]
    old, new = compared.place_of(change)
    own = each.fingerprint or _own_fingerprint(compared, each)
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


def _own_fingerprint(compared: Compared, each: Proposed) -> str:
    """Tell a change from all others for as long as its values last."""
    change = each.change
    text = json_text([change.kind.code, compared.newest.id, change.subject, list(change.value)])
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _finding(compared: Compared, finding: Finding, fingerprint: str) -> dict[str, Any]:
    place = finding.location
    for version in (compared.base, compared.head):
        place = version.in_repository(place) if version is not None else place
    return {
        "ruleId": finding.kind.code,
        "ruleIndex": _FAULT_INDEXES[finding.kind.code],
        "level": _SEVERITIES[finding.kind.severity],
        "message": {"text": plain(f"{finding.message}. {finding.help}")},
        "locations": [{"physicalLocation": physical(place)}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
