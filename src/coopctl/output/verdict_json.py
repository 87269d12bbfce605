"""Verdicts as JSON; the same for `check` and `variance`."""

from typing import Any

from coopctl.evaluate.numbers import written
from coopctl.evaluate.verdicts import TargetFigure, Verdict
from coopctl.loading import Loaded
from coopctl.output.finding_json import location_as_json
from coopctl.output.sentences import clause_of, fired_name


def verdict_as_json(loaded: Loaded, verdict: Verdict) -> dict[str, Any]:
    """Return a verdict; figures are strings of exact decimals, rounded half-up to 12 places."""
    is_milestone = verdict.kind == "milestone"
    return {
        "subject": verdict.subject,
        "name": verdict.name,
        "period": verdict.period.key if verdict.period else None,
        "status": verdict.status.value,
        "running": verdict.running,
        "provisional": verdict.provisional,
        "partial": verdict.partial,
        "restated": verdict.restated,
        "incomplete": verdict.incomplete,
        "forecast": verdict.forecasted,
        "target": _date(verdict.due) if is_milestone else _target(verdict.target),
        "actual": _date(verdict.actual_date) if is_milestone else _number(verdict.actual),
        "variance": _number(verdict.variance),
        "variance_percent": _number(verdict.variance_percent),
        "favourable": verdict.favourable,
        "attainment": _number(verdict.attainment),
        "due": _date(verdict.due),
        "fired": fired_name(verdict),
        "recorded_through": _date(verdict.recorded_through),
        "stale": verdict.stale,
        "counts_as": verdict.counts_as,
        "excused_from": verdict.excused_from.value if verdict.excused_from else None,
        "location": location_as_json(loaded.clause(clause_of(verdict))),
        "evidence": location_as_json(loaded.locate(verdict.evidence)) if verdict.evidence else None,
        "waiver": location_as_json(loaded.locate(verdict.waiver)) if verdict.waiver else None,
        "contingency": list(verdict.contingency),
        "escalation": [{"to": each.to, "by": each.by.isoformat()} for each in verdict.escalation],
    }


def _number(number: Any) -> str | None:
    return None if number is None else written(number)


def _date(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _target(target: TargetFigure | None) -> Any:
    if target is None:
        return None
    low, high = target.bounds
    if low is not None and high is not None:
        return {"min": written(low), "max": written(high)}
    return _number(low if low is not None else high)
