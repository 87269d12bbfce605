"""The last steps of every derivation: thresholds, waiver, status, what follows."""

from collections.abc import Iterator

from coopctl.evaluate.periods import Days
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.verdicts import Crossing, Status, Verdict
from coopctl.explain.steps import Citing, Input, Step, spelled
from coopctl.model.scalars import Duration, Percent


def outcome_steps(setting: Setting, verdict: Verdict, cite: Citing) -> Iterator[Step]:
    """Yield the steps from a figure that was compared to its consequences."""
    if verdict.crossings:
        yield Step(
            "Thresholds, worst first",
            tuple(_crossing(verdict, each, cite) for each in verdict.crossings),
            result=f"{verdict.fired.level} fires" if verdict.fired else "none fires",
        )
    if verdict.waiver is not None:
        yield _waiver(setting, verdict, cite)
    yield Step("Status", formula=_because(verdict), result=verdict.status.value)
    if verdict.contingency or verdict.escalation:
        yield _consequences(setting, verdict, cite)


def _crossing(verdict: Verdict, crossing: Crossing, cite: Citing) -> Input:
    threshold = crossing.threshold
    stated = f"{crossing.level}: {threshold.comparator} {threshold.limit}"
    path = (*verdict.path, "thresholds", crossing.level, crossing.position)
    compared, limit = spelled(crossing.compared), spelled(crossing.limit)
    if isinstance(threshold.limit, Percent):
        limit = f"{threshold.limit} of {_base(verdict)} = {limit}"
    elif isinstance(threshold.limit, Duration):
        limit = f"{threshold.limit} after {verdict.due} = {limit} days"
    elif threshold.is_level and verdict.target and verdict.target.share != 1:
        limit = f"{threshold.limit} × {verdict.target.share} = {limit}"
    what = compared if threshold.is_level else f"adverse deviation {compared}"
    sign = _sign(crossing, verdict)
    outcome = "fires" if crossing.fired else "does not fire"
    if threshold.is_level and not crossing.fired and verdict.favourable:
        outcome += ", as the target is reached"
    return cite.clause(f"{stated}. Is {what} {sign} {limit}? {'yes' if crossing.fired else 'no'}: {outcome}", path)


def _base(verdict: Verdict) -> str:
    if verdict.kind == "milestone":
        return "the window"
    if verdict.kind == "budget":
        return "the budget to date"
    assert verdict.target is not None and verdict.actual is not None
    return f"the target {spelled(abs(verdict.target.bounds.nearest(verdict.actual)))}"


def _sign(crossing: Crossing, verdict: Verdict) -> str:
    higher = crossing.threshold.is_level and verdict.target is not None and verdict.target.bounds.low is not None
    strict = "<" if higher else ">"
    return {"<": "≤", ">": "≥"}[strict] if crossing.threshold.is_inclusive else strict


def _waiver(setting: Setting, verdict: Verdict, cite: Citing) -> Step:
    assert verdict.waiver is not None
    days: Days | None = verdict.period.whole if verdict.period else None
    record = setting.waiver_for(verdict.subject, days)
    assert record is not None
    waiver = record.waiver
    return Step(
        "Waiver",
        (cite.fact(f"{waiver.about}, {waiver.date}: {waiver.reason or 'no reason given'}", verdict.waiver),),
        f"approved by {', '.join(waiver.approved_by)}: every party",
        f"{verdict.excused_from} is excused",
    )


def _because(verdict: Verdict) -> str:
    if verdict.status is Status.EXCUSED:
        return "a waiver approved by every party covers it"
    if verdict.status is Status.PENDING:
        return "the period has not ended" if verdict.running else f"no figure yet, due by {verdict.due}"
    if verdict.status is Status.MISSING:
        return f"no figure by {verdict.due}; it counts as {verdict.counts_as}"
    if verdict.fired is not None:
        return f"the threshold for {verdict.fired.level} fires"
    if verdict.status is Status.MET:
        return "the target is reached and no threshold fires"
    return "the target is missed and no threshold fires"


def _consequences(setting: Setting, verdict: Verdict, cite: Citing) -> Step:
    inputs = []
    governance = setting.agreement.governance
    for index, due in enumerate(verdict.escalation):
        assert governance is not None and verdict.known_on is not None
        within = governance.escalation[index].within
        inputs.append(
            cite.clause(
                f"escalate to {due.to} within {within}: {verdict.known_on} + {within} = {due.by}",
                ("governance", "escalation", index),
            )
        )
    levels: set[str] = {crossing.level for crossing in verdict.crossings if crossing.fired}
    levels = levels or {"missing"}
    wanted = {f"{verdict.subject}.{level}" for level in levels}
    for risk_id, risk in setting.agreement.risks.items():
        if wanted & set(risk.triggers):
            actions = "; ".join(risk.contingency)
            inputs.append(cite.clause(f"contingency of {risk_id}: {actions}", ("risks", risk_id)))
    known = f"it became known on {verdict.known_on}" if verdict.known_on else ""
    return Step("What follows", tuple(inputs), known)
