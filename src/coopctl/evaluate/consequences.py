"""What follows from a verdict: whether it is excused, what is planned for it, to whom it goes."""

from dataclasses import replace

from coopctl.evaluate.setting import Setting
from coopctl.evaluate.verdicts import Status, Verdict

EXCUSABLE = frozenset({Status.OFF_TARGET, Status.WARN, Status.BREACH, Status.MISSING})
_ESCALATED = frozenset({Status.WARN, Status.BREACH, Status.MISSING})


def with_consequences(setting: Setting, verdict: Verdict) -> Verdict:
    """Add waiver, contingency and escalation to a verdict that is not good; leave any other as it is."""
    if verdict.status not in EXCUSABLE:
        return verdict
    waiver = setting.waiver_for(verdict.subject, verdict.period.whole if verdict.period else None)
    if waiver is not None:
        return replace(verdict, status=Status.EXCUSED, excused_from=verdict.status, waiver=waiver.place, counts_as=None)
    if verdict.status not in _ESCALATED:
        return verdict
    levels = dict.fromkeys(crossing.level for crossing in verdict.crossings if crossing.fired) or ["missing"]
    return replace(
        verdict,
        contingency=setting.contingency_for(verdict.subject, levels),
        escalation=setting.escalation_from(verdict.known_on) if verdict.known_on else (),
    )
