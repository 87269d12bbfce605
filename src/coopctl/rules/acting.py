"""What corrective actions are about."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import Final

from coopctl.evaluate.periods import Days, days_of
from coopctl.evaluate.verdicts import Verdict
from coopctl.model.scalars import PeriodKey

_ALWAYS: Final = Days(date.min, date.max)


class ActedOn:
    """The subjects of corrective actions, such as `kpis.csat` as a whole or `kpis.csat@2026-05` for its days."""

    def __init__(self, about: Iterable[str], year_starts: int) -> None:
        found: dict[str, list[Days]] = {}
        for each in dict.fromkeys(about):
            subject, _, period = each.partition("@")
            days = days_of(PeriodKey.read(period), year_starts) if period else _ALWAYS
            found.setdefault(subject, []).append(days)
        self._days = {subject: _reaching(sorted(days)) for subject, days in found.items()}

    def covers(self, verdict: Verdict) -> bool:
        """Whether an action is about a verdict: about its subject as a whole, or about days of its period."""
        days = self._days.get(verdict.subject)
        if days is None or verdict.period is None:
            return days is not None
        first, last = verdict.period.whole
        begun = bisect_right(days, last, key=_first)
        return begun > 0 and days[begun - 1].last >= first


def _reaching(days: list[Days]) -> list[Days]:
    """Return how far those that begin on a day or before it reach, in order of their first days."""
    reach = date.min
    found = []
    for first, last in days:
        reach = max(reach, last)
        found.append(Days(first, reach))
    return found


def _first(days: Days) -> date:
    return days.first
