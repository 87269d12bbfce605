"""Rights to end the agreement that have arisen (agreement language: exit triggers)."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate, takewhile
from typing import NamedTuple

from coopctl.evaluate.periods import Period
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.verdicts import FiredTrigger, PendingTrigger, Status, Verdict
from coopctl.model.governance import ExitTrigger, Failure
from coopctl.places import Place

_WORSE_THAN = {
    "off-target": frozenset({Status.OFF_TARGET, Status.WARN, Status.BREACH}),
    "warn": frozenset({Status.WARN, Status.BREACH}),
    "breach": frozenset({Status.BREACH}),
    "missing": frozenset({Status.MISSING}),
}
"""Which statuses count for a trigger: the one it names and any worse one, so that a worse result never saves it."""


SETTLING = frozenset({"cured", "declined"})
"""Kinds of ledger events about an exit trigger that settle a right which had arisen."""


class _Arisen(NamedTuple):
    on: date
    periods: tuple[Period, ...] = ()
    evidence: Place | None = None


def exit_triggers(
    setting: Setting, verdicts: Mapping[str, Sequence[Verdict]]
) -> tuple[tuple[FiredTrigger, ...], tuple[PendingTrigger, ...]]:
    """Return the rights that have arisen by the as-of date, and those still waiting; `verdicts` are by KPI id.

    A right that holds at any time (convenience) is neither: nothing has to happen for it.
    """
    fired, waiting = [], []
    terms = setting.agreement.exit
    for trigger_id, trigger in (terms.triggers if terms else {}).items():
        if not isinstance(trigger.when, Failure):
            continue
        settled = _settled_on(setting, trigger_id)
        if trigger.when.event is not None:
            arisen = _by_event(setting, trigger.when.event, settled)
            pending = PendingTrigger(trigger_id, ("exit", "triggers", trigger_id), 0, 1)
        else:
            judged = [
                verdict
                for verdict in verdicts.get(trigger.when.kpi or "", ())
                if verdict.period is not None and verdict.period.days.last > settled
            ]
            arisen, pending = _by_kpi(trigger_id, trigger.when, judged)
        if arisen is None:
            waiting.append(pending)
        else:
            fired.append(_fired(setting, trigger_id, trigger, arisen))
    return tuple(fired), tuple(waiting)


def _settled_on(setting: Setting, trigger_id: str) -> date:
    """Return the last day on which the ledger says that a right was settled; what came before counts no more."""
    about = f"exit.triggers.{trigger_id}"
    records = [record for kind in SETTLING for record in setting.events.get((kind, about), ())]
    return max((record.event.date for record in records), default=date.min)


def _by_event(setting: Setting, kind: str, settled: date) -> _Arisen | None:
    for record in setting.events.get((kind, None), ()):
        if record.event.date > settled:
            return _Arisen(record.event.date, evidence=record.place)
    return None


def _by_kpi(trigger_id: str, when: Failure, verdicts: Sequence[Verdict]) -> tuple[_Arisen | None, PendingTrigger]:
    """Find the first window of adjacent periods with enough that count; a right arises at the end of its last period.

    `consecutive: k` is k out of k. Only final figures count; a period without a figure does not, and breaks a run.
    """
    assert when.status is not None
    counting = _WORSE_THAN[when.status]
    needed = when.consecutive or when.count or 1
    window = when.consecutive or when.within or 1
    ended = [verdict for verdict in verdicts if not verdict.running and verdict.period is not None]
    counts = [verdict.status in counting and not verdict.provisional for verdict in ended]
    so_far = [0, *accumulate(counts)]
    for end in range(1, len(ended) + 1):
        start = max(0, end - window)
        if counts[end - 1] and so_far[end] - so_far[start] >= needed:
            periods = tuple(period for index in range(start, end) if counts[index] and (period := ended[index].period))
            return _Arisen(periods[-1].days.last, periods), _waiting(trigger_id, ended, counts, needed, window)
    return None, _waiting(trigger_id, ended, counts, needed, window)


def _waiting(
    trigger_id: str, ended: Sequence[Verdict], counts: Sequence[bool], needed: int, window: int
) -> PendingTrigger:
    """Say how near a right is. A period whose figure is not due yet neither counts nor breaks a run."""
    due = len(ended)
    while due and ended[due - 1].status is Status.PENDING:
        due -= 1
    recent = range(max(0, due - window), due)
    is_run = needed == window
    reached = _run_before(counts, due) if is_run else sum(counts[index] for index in recent)
    missing = [index for index in recent if ended[index].status is Status.MISSING and not counts[index]]
    return PendingTrigger(
        trigger_id,
        ("exit", "triggers", trigger_id),
        reached,
        needed,
        tuple(period for index in missing if (period := ended[index].period)),
        _run_before(counts, missing[0]) if is_run and missing else 0,
    )


def _run_before(counts: Sequence[bool], end: int) -> int:
    return sum(1 for _ in takewhile(bool, reversed(counts[:end])))


def _fired(setting: Setting, trigger_id: str, trigger: ExitTrigger, arisen: _Arisen) -> FiredTrigger:
    given = _notice_given(setting, trigger_id, arisen.on)
    start = given or setting.as_of
    cure_until = setting.calendar.after(start, trigger.cure) if trigger.cure else None
    notice_until = setting.calendar.after(start, trigger.notice) if trigger.notice else None
    return FiredTrigger(
        id=trigger_id,
        path=("exit", "triggers", trigger_id),
        arose=arisen.on,
        periods=arisen.periods,
        right_of=trigger.right_of,
        notice=trigger.notice,
        cure=trigger.cure,
        notice_given=given,
        counted_from=start,
        cure_until=cure_until,
        notice_until=notice_until,
        ends_on=max((day for day in (cure_until, notice_until) if day is not None), default=None),
        evidence=arisen.evidence,
    )


def _notice_given(setting: Setting, trigger_id: str, arose: date) -> date | None:
    """Return the first notice that the ledger records about a right after it arose."""
    for record in setting.events.get(("notice", f"exit.triggers.{trigger_id}"), ()):
        if record.event.date >= arose:
            return record.event.date
    return None
