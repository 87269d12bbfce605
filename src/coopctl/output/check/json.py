"""For programs; the shape is described by `coopctl schema check`."""

from typing import Any

from coopctl.evaluate.numbers import written
from coopctl.evaluate.verdicts import FiredTrigger, Judgement, PendingTrigger, Score, Status, gravity
from coopctl.findings import Severity
from coopctl.fingerprints import fingerprints
from coopctl.gate import Checked, Summary
from coopctl.output.finding_json import finding_as_json, location_as_json
from coopctl.output.json_document import JsonDocument
from coopctl.output.verdict_json import verdict_as_json


class Json(JsonDocument[Checked, Summary]):
    """Agreements with their verdicts, and how many there are of what."""

    def agreement(self, checked: Checked, /) -> dict[str, Any]:
        return agreement_as_json(checked)

    def rest(self, summary: Summary) -> dict[str, Any]:
        return {
            "as_of": summary.as_of.isoformat() if summary.as_of else None,
            "summary": {
                "agreements": summary.agreements,
                **{status.value: summary.statuses[status] for status in Status},
                "triggered": summary.triggered,
                "lint": {severity.value: summary.lint[severity] for severity in Severity},
                "invalid": summary.invalid,
                "failing": summary.failing,
                "exit_code": int(summary.exit_code),
            },
        }


def agreement_as_json(checked: Checked) -> dict[str, Any]:
    """Return one agreement's part of the output."""
    loaded, agreement, judgement = checked.loaded, checked.loaded.agreement, checked.judgement
    prints = fingerprints(checked.findings, loaded.agreement_id, checked.path)
    findings = [finding_as_json(*pair) for pair in zip(checked.findings, prints, strict=True)]
    if agreement is None or judgement is None:
        return {
            "id": loaded.agreement_id,
            "path": checked.path,
            "version": None,
            "status": "invalid",
            "verdicts": [],
            "triggers": [],
            "waiting": [],
            "findings": findings,
            "lint": None,
        }
    return {
        "id": agreement.id,
        "path": checked.path,
        "title": agreement.title,
        "version": agreement.version,
        "as_of": judgement.as_of.isoformat(),
        "status": overall(judgement),
        "fails": checked.fails,
        "score": _score(judgement.score),
        "renewal_notice_by": judgement.renewal_notice_by.isoformat() if judgement.renewal_notice_by else None,
        "verdicts": [verdict_as_json(loaded, verdict) for verdict in judgement.verdicts],
        "triggers": [_trigger(checked, fired) for fired in judgement.fired],
        "waiting": [_waiting(checked, each) for each in judgement.waiting],
        "findings": findings,
        "lint": {severity.value: checked.lint[severity] for severity in Severity} if checked.lint is not None else None,
    }


def overall(judgement: Judgement) -> str:
    """Return the worst status of an agreement; a fired exit trigger is a breach."""
    if judgement.fired:
        return Status.BREACH
    return min((verdict.status for verdict in judgement.verdicts), key=gravity, default=Status.PENDING)


def _score(score: Score) -> dict[str, Any]:
    return {
        "value": written(score.value) if score.value is not None else None,
        "counted": score.counted,
        "without_figure": score.without_figure,
    }


def _trigger(checked: Checked, fired: FiredTrigger) -> dict[str, Any]:
    start = fired.counted_from
    return {
        "subject": ".".join(map(str, fired.path)),
        "arose": fired.arose.isoformat(),
        "periods": [period.key for period in fired.periods],
        "right_of": list(fired.right_of),
        "notice": str(fired.notice) if fired.notice else None,
        "notice_days": (fired.notice_until - start).days if fired.notice_until else None,
        "cure": str(fired.cure) if fired.cure else None,
        "cure_days": (fired.cure_until - start).days if fired.cure_until else None,
        "notice_given": fired.notice_given.isoformat() if fired.notice_given else None,
        "cure_until": fired.cure_until.isoformat() if fired.cure_until else None,
        "ends_on": fired.ends_on.isoformat() if fired.ends_on else None,
        "location": location_as_json(checked.loaded.clause((*fired.path, "when"))),
        "evidence": location_as_json(checked.loaded.locate(fired.evidence)) if fired.evidence else None,
    }


def _waiting(checked: Checked, waiting: PendingTrigger) -> dict[str, Any]:
    return {
        "subject": ".".join(map(str, waiting.path)),
        "reached": waiting.reached,
        "needed": waiting.needed,
        "unrecorded": [period.key for period in waiting.unrecorded],
        "location": location_as_json(checked.loaded.clause((*waiting.path, "when"))),
    }
