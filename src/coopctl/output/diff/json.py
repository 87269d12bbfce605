"""For programs; the shape is described by `coopctl schema diff`."""

from typing import Any

from coopctl.changes.change import LEVELS
from coopctl.changes.replay import OneSided, Replay, Right, Turn
from coopctl.changes.report import Compared, DiffSummary, Proposed, SideName, Version
from coopctl.evaluate.numbers import written
from coopctl.evaluate.verdicts import Score, Verdict
from coopctl.findings import Location
from coopctl.output.diff.replayed import right_told
from coopctl.output.finding_json import finding_as_json, location_as_json
from coopctl.output.json_document import JsonDocument


class Json(JsonDocument[Compared, DiffSummary]):
    """Agreements with their changes, and how many there are of what."""

    def agreement(self, compared: Compared, /) -> dict[str, Any]:
        newest = compared.newest
        prints = compared.fingerprints()
        return {
            "id": newest.id,
            "title": newest.title,
            "state": compared.state,
            "as_of": compared.as_of.isoformat(),
            "base": _version(compared.base),
            "head": _version(compared.head),
            "parties": compared.parties,
            "perspective": compared.gate.perspective,
            "fails": compared.fails,
            "complete": compared.complete,
            "not_compared": list(compared.unread),
            "changes": [_change(compared, each) for each in compared.proposed],
            "replay": _replay(compared, compared.replay),
            "replay_of_records": _replay(compared, compared.replay_of_records),
            "findings": [finding_as_json(*pair) for pair in zip(compared.findings, prints, strict=True)],
        }

    def rest(self, summary: DiffSummary) -> dict[str, Any]:
        return {
            "base": _side(summary.base),
            "head": _side(summary.head),
            "summary": {
                "agreements": summary.agreements,
                **{state: summary.states[state] for state in ("changed", "same", "new", "gone", "unread")},
                "changes": summary.changes,
                **{
                    level: {
                        direction: summary.directions[level, direction]
                        for direction in ("tightened", "loosened", "incomparable")
                    }
                    for level in LEVELS
                },
                "accepted": summary.accepted,
                "waiting": dict(sorted(summary.waiting.items())),
                "findings": summary.findings,
                "incomplete": summary.incomplete,
                "failing": summary.failing,
                "exit_code": int(summary.exit_code),
            },
        }


def _side(side: SideName | None) -> dict[str, Any] | None:
    return None if side is None else {"label": side.label, "commit": side.commit, "why": side.why or None}


def _version(version: Version | None) -> dict[str, Any] | None:
    if version is None:
        return None
    return {"label": version.label, "path": version.path, "version": version.number or None}


def _change(compared: Compared, each: Proposed) -> dict[str, Any]:
    change = each.change
    old, new = compared.place_of(change)
    return {
        "code": change.kind.code,
        "name": change.kind.name,
        "level": change.level,
        "direction": change.direction,
        "effects": dict(change.effects),
        "subject": change.subject,
        "about": change.name,
        "message": each.sentence,
        "old": {"text": change.old, "value": change.value[0], "location": _location(old)},
        "new": {"text": change.new, "value": change.value[1], "location": _location(new)},
        "details": list(change.details),
        "fingerprint": each.fingerprint or None,
        "fails": compared.gate.counts(each),
        "required": list(each.required),
        "approved": [
            {"party": one.party, "by": one.by, "date": one.date.isoformat() if one.date else None}
            for one in each.approved
        ],
        "waiting_for": list(each.waiting_for),
    }


def _location(location: Location | None) -> dict[str, Any] | None:
    return None if location is None else location_as_json(location)


def _replay(compared: Compared, replay: Replay | None) -> dict[str, Any] | None:
    if replay is None:
        return None
    return {
        "as_of": replay.as_of.isoformat(),
        "verdicts": [_turn(turn) for turn in replay.turns],
        "rights": [_right(compared, replay, right) for right in replay.rights],
        "only_old": [_one_sided(each) for each in replay.old_only],
        "only_new": [_one_sided(each) for each in replay.new_only],
        "score": {"old": _score(replay.old_score), "new": _score(replay.new_score)},
        "unusable": [f"kpis.{kpi_id}" for kpi_id in replay.unusable],
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "subject": turn.subject,
        "name": turn.new.name,
        "period": turn.new.period.key if turn.new.period else None,
        "old": _verdict(turn.old),
        "new": _verdict(turn.new),
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    day = verdict.actual_date.isoformat() if verdict.actual_date else None
    return {
        "status": verdict.status.value,
        "target": _target(verdict),
        "actual": written(verdict.actual) if verdict.actual is not None else day,
        "variance": written(verdict.variance) if verdict.variance is not None else None,
    }


def _target(verdict: Verdict) -> Any:
    if verdict.kind == "milestone":
        return verdict.due.isoformat() if verdict.due else None
    if verdict.target is None:
        return None
    low, high = verdict.target.bounds
    if low is not None and high is not None:
        return {"min": written(low), "max": written(high)}
    bound = low if low is not None else high
    return None if bound is None else written(bound)


def _right(compared: Compared, replay: Replay, right: Right) -> dict[str, Any]:
    fired = right.new or right.old
    return {
        "subject": right.subject,
        "message": right_told(compared, replay, right),
        "right_of": list(fired.right_of) if fired else [],
        "old_arose": right.old.arose.isoformat() if right.old else None,
        "new_arose": right.new.arose.isoformat() if right.new else None,
    }


def _one_sided(each: OneSided) -> dict[str, Any]:
    return {
        "subject": each.subject,
        "name": each.verdicts[0].name,
        "verdicts": [
            {"period": verdict.period.key if verdict.period else None, **_verdict(verdict)} for verdict in each.verdicts
        ],
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "value": written(score.value) if score.value is not None else None,
        "counted": score.counted,
        "without_figure": score.without_figure,
    }
