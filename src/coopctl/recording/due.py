"""Which facts are due and not recorded yet, in the order in which they were due."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from coopctl.evaluate.periods import key_of
from coopctl.evaluate.verdicts import Judgement, Verdict
from coopctl.model.agreement import Agreement
from coopctl.model.scalars import PeriodKind


class Due(NamedTuple):
    """One fact that somebody should record now."""

    section: Literal["kpis", "spend", "milestones"]
    verdict: Verdict
    period: str
    """The period's key; empty for a milestone."""
    last: Verdict | None
    """The verdict on the latest period that has a figure."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is, told from all others."""
        return self.section, self.verdict.id, self.period


def due_facts(agreement: Agreement, judgement: Judgement) -> Iterator[Due]:
    """Yield what is due: figures of KPI periods that have ended, spend of months that have ended, milestones."""
    last: dict[str, Verdict] = {}
    for verdict in judgement.verdicts:
        if verdict.kind == "kpi" and verdict.period is not None:
            if verdict.actual is not None and not verdict.running:
                last[verdict.id] = verdict
            elif not verdict.running and verdict.period.days.last < judgement.as_of and not verdict.waiver:
                yield Due("kpis", verdict, verdict.period.key, last.get(verdict.id))
        elif verdict.kind == "budget":
            yield from _spend(agreement, judgement, verdict)
        elif verdict.kind == "milestone" and not verdict.done and verdict.due and verdict.due <= judgement.as_of:
            yield Due("milestones", verdict, "", None)


def _spend(agreement: Agreement, judgement: Judgement, verdict: Verdict) -> Iterator[Due]:
    """Yield the month after the last one for which spend is recorded, if it has ended."""
    through = verdict.recorded_through
    first = judgement.term.first if through is None else through + timedelta(days=1)
    month = key_of(first, PeriodKind.MONTH, agreement.calendar.year_starts)
    if first <= judgement.term.last and _end_of_month(first) < judgement.as_of:
        yield Due("spend", verdict, month.text, verdict if through is not None else None)


def _end_of_month(day: date) -> date:
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)
