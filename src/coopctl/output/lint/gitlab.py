"""GitLab's code quality report: a list of issues, each with a fingerprint of its own."""

import json
from collections import Counter
from hashlib import sha256
from typing import Any

from coopctl.findings import Finding, Severity
from coopctl.lint.engine import Linted
from coopctl.lint.summary import LintSummary
from coopctl.output.format import Format
from coopctl.output.json_text import json_text
from coopctl.output.terminal import Paper
from coopctl.output.uri import relative

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class Gitlab(Format[Linted, LintSummary]):
    """One issue per finding. GitLab shows issues with one fingerprint as one, so doubles are told apart."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self._first = True
        self._seen: Counter[str] = Counter()

    def begin(self) -> str:
        return "["

    def piece(self, linted: Linted, /) -> str:
        return "".join(f"{json_text(_issue(finding, fingerprint))}\n" for finding, fingerprint in linted.fresh)

    def add(self, piece: str) -> str:
        text = ""
        for line in piece.splitlines():
            issue = json.loads(line)
            fingerprint = issue["fingerprint"]
            if self._seen[fingerprint]:
                salted = f"{fingerprint}\x1f{self._seen[fingerprint]}"
                issue["fingerprint"] = sha256(salted.encode()).hexdigest()[:32]
                line = json_text(issue)
            self._seen[fingerprint] += 1
            text += ("\n" if self._first else ",\n") + line
            self._first = False
        return text

    def end(self, summary: LintSummary) -> str:
        return "\n]\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    place = finding.location
    return {
        "type": "issue",
        "check_name": finding.kind.code,
        "description": f"{finding.kind.code} {finding.kind.name}: {finding.message}",
        "content": {"body": finding.help},
        "categories": ["Style" if finding.kind.code.startswith("STY") else "Bug Risk"],
        "severity": _SEVERITIES[finding.kind.severity],
        "fingerprint": fingerprint,
        "location": {
            "path": relative(place.path),
            "lines": {"begin": place.line, "end": place.end_line},
            "positions": {
                "begin": {"line": place.line, "column": place.column},
                "end": {"line": place.end_line, "column": place.end_column},
            },
        },
    }
