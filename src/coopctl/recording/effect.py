"""What recorded facts change: the verdicts that are other ones now, and rights to end the agreement."""

from typing import NamedTuple

from coopctl.evaluate.verdicts import FiredTrigger, Judgement, Score, Verdict


class Effect(NamedTuple):
    """What is judged otherwise than before."""

    verdicts: tuple[tuple[Verdict | None, Verdict], ...]
    """Each with what it was before; None for one that there was not."""
    arisen: tuple[FiredTrigger, ...]
    vanished: tuple[FiredTrigger, ...]
    score: tuple[Score, Score]


def effect(before: Judgement, after: Judgement, subject: str, period: str = "") -> Effect:
    """Compare two judgements; what was recorded about is part of the result even if its verdict stays the same."""
    old = {(each.path, each.period and each.period.key): each for each in before.verdicts}
    changed = []
    for each in after.verdicts:
        was = old.get((each.path, each.period and each.period.key))
        is_meant = each.subject == subject and (each.period is None or each.period.key == period)
        if is_meant or was is None or _says(was) != _says(each):
            changed.append((was, each))
    had, have = {each.id: each for each in before.fired}, {each.id: each for each in after.fired}
    return Effect(
        tuple(changed),
        tuple(each for id_, each in have.items() if id_ not in had),
        tuple(each for id_, each in had.items() if id_ not in have),
        (before.score, after.score),
    )


def _says(verdict: Verdict) -> tuple[object, ...]:
    return verdict.status, verdict.actual, verdict.actual_date, verdict.provisional
