"""How a right to end the agreement arises, or what it still waits for."""

from collections.abc import Iterator

from coopctl.evaluate.setting import Setting
from coopctl.evaluate.verdicts import FiredTrigger, Judgement, Verdict
from coopctl.explain.steps import Citing, Input, Step
from coopctl.model.governance import ExitTrigger, Failure


def trigger_steps(setting: Setting, judgement: Judgement, trigger_id: str, cite: Citing) -> Iterator[Step]:
    """Yield the steps of an exit trigger."""
    terms = setting.agreement.exit
    assert terms is not None
    trigger = terms.triggers[trigger_id]
    path = ("exit", "triggers", trigger_id)
    when = trigger.when
    stated = "anytime" if not isinstance(when, Failure) else _condition(when)
    yield Step(
        "What the agreement says",
        (
            cite.clause(f"when: {stated}", (*path, "when")),
            cite.clause(f"right of: {', '.join(trigger.right_of)}", (*path, "right_of")),
        ),
    )
    if not isinstance(when, Failure):
        yield Step("Status", formula="nothing has to happen for it", result="the right holds at any time")
        return
    fired = next((each for each in judgement.fired if each.id == trigger_id), None)
    if when.kpi is not None:
        yield _periods(judgement, when, cite)
    elif fired is not None and fired.evidence is not None:
        yield Step("Event", (cite.fact(f"{when.event} on {fired.arose}", fired.evidence),))
    if fired is None:
        waiting = next(each for each in judgement.waiting if each.id == trigger_id)
        gaps = ", ".join(period.key for period in waiting.unrecorded)
        now = f"{waiting.reached} of {waiting.needed} now" + (f"; no figure for {gaps}" if gaps else "")
        yield Step("Status", formula=now, result="the right has not arisen")
        return
    periods = f": {', '.join(period.key for period in fired.periods)}" if fired.periods else ""
    yield Step("Status", formula=f"complete on {fired.arose}{periods}", result="the right has arisen")
    yield _dates(trigger, fired, cite)


def _condition(when: Failure) -> str:
    if when.event is not None:
        return f"event {when.event}"
    if when.consecutive is not None:
        return f"{when.kpi} in {when.status} for {when.consecutive} adjacent periods"
    return f"{when.kpi} in {when.status} for {when.count} of any {when.within} adjacent periods"


def _periods(judgement: Judgement, when: Failure, cite: Citing) -> Step:
    verdicts = [each for each in judgement.verdicts if each.kind == "kpi" and each.id == when.kpi and not each.running]
    return Step("Ended periods", tuple(_period(verdict, cite) for verdict in verdicts))


def _period(verdict: Verdict, cite: Citing) -> Input:
    assert verdict.period is not None
    text = f"{verdict.period.key}: {verdict.status}"
    if verdict.provisional:
        text += ", provisional: does not count"
    return cite.fact(text, verdict.evidence) if verdict.evidence else Input(f"{text}: no figure")


def _dates(trigger: ExitTrigger, fired: FiredTrigger, cite: Citing) -> Step:
    path = fired.path
    inputs = []
    if trigger.cure is not None:
        inputs.append(cite.clause(f"cure: {fired.counted_from} + {trigger.cure} = {fired.cure_until}", (*path, "cure")))
    if trigger.notice is not None:
        inputs.append(
            cite.clause(f"notice: {fired.counted_from} + {trigger.notice} = {fired.notice_until}", (*path, "notice"))
        )
    counted = "the notice in the ledger" if fired.notice_given else "the as-of date, as no notice is recorded"
    formula = f"counted from {counted}; the first day is excluded"
    return Step("Dates that follow", tuple(inputs), formula, f"the agreement can end on {fired.ends_on}")
