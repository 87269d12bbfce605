"""For programs; the shape is described by `coopctl schema lint`."""

from typing import Any

from coopctl.findings import Severity
from coopctl.lint.engine import Linted
from coopctl.lint.summary import LintSummary
from coopctl.output.finding_json import finding_as_json
from coopctl.output.json_document import JsonDocument


class Json(JsonDocument[Linted, LintSummary]):
    """Agreements with their findings, and how many there are of what."""

    def agreement(self, linted: Linted, /) -> dict[str, Any]:
        agreement = linted.loaded.agreement
        return {
            "id": linted.loaded.agreement_id,
            "path": linted.path,
            "version": agreement.version if agreement else None,
            "as_of": linted.as_of.isoformat(),
            "fails": linted.fails,
            "suppressed": linted.suppressed,
            "in_baseline": linted.accepted,
            "findings": [finding_as_json(*pair) for pair in linted.fresh],
        }

    def rest(self, summary: LintSummary) -> dict[str, Any]:
        return {
            "summary": {
                "agreements": summary.agreements,
                **{severity.value: summary.severities[severity] for severity in Severity},
                "fixable": summary.fixable.total(),
                "suppressed": summary.suppressed,
                "in_baseline": summary.accepted,
                "invalid": summary.invalid,
                "failing": summary.failing,
                "exit_code": int(summary.exit_code),
            }
        }
