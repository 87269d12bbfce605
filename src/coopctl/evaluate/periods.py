"""Which days a period covers (agreement language: periods)."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from coopctl.model.scalars import PeriodKey, PeriodKind

ONE_DAY = timedelta(days=1)
_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}

SHORTEST = {
    PeriodKind.DAY: 1,
    PeriodKind.WEEK: 7,
    PeriodKind.MONTH: 28,
    PeriodKind.QUARTER: 90,
    PeriodKind.HALF: 181,
    PeriodKind.YEAR: 365,
}
"""The fewest days that a period of each kind has."""


class Days(NamedTuple):
    """A run of days; both ends belong to it."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    def contains(self, other: "Days") -> bool:
        """Whether all days of `other` are among these."""
        return self.first <= other.first and other.last <= self.last

    def within(self, other: "Days") -> "Days":
        """Return those that are among `other`; the two overlap."""
        return Days(max(self.first, other.first), min(self.last, other.last))

    def overlaps(self, other: "Days") -> bool:
        """Whether some day belongs to both."""
        return self.first <= other.last and other.first <= self.last


class Period(NamedTuple):
    """One period of the calendar that overlaps a term."""

    key: str
    days: Days
    """The days of it that belong to the term."""
    whole: Days
    """All of its days."""

    @property
    def partial(self) -> bool:
        """Whether the term covers only a part of it."""
        return self.days != self.whole


def _month_start(year: int, month_index: int) -> date:
    return date(year + month_index // 12, month_index % 12 + 1, 1)


def _last_day(day_after: date) -> date:
    return day_after - ONE_DAY


@lru_cache(maxsize=4096)
def days_of(key: PeriodKey, year_starts: int) -> Days:
    """Days that a written period covers. Years, halves and quarters begin in the month `year_starts`."""
    if key.kind is PeriodKind.DAY:
        day = date.fromordinal(key.number)
        return Days(day, day)
    if key.kind is PeriodKind.WEEK:
        monday = date.fromisocalendar(key.year, key.number, 1)
        return Days(monday, monday + 6 * ONE_DAY)
    months = _MONTHS[key.kind]
    offset = 0 if key.kind is PeriodKind.MONTH else year_starts - 1
    index = offset + (key.number - 1) * months
    if key.year + (index + months) // 12 > date.max.year:
        return Days(_month_start(key.year, index), date.max)
    return Days(_month_start(key.year, index), _last_day(_month_start(key.year, index + months)))


def key_of(day: date, kind: PeriodKind, year_starts: int) -> PeriodKey:
    """Return the period of a kind that a day belongs to."""
    if kind is PeriodKind.DAY:
        return PeriodKey(day.isoformat(), kind, day.year, day.toordinal())
    if kind is PeriodKind.WEEK:
        year, week, _ = day.isocalendar()
        return PeriodKey(f"{year:04}-W{week:02}", kind, year, week)
    if kind is PeriodKind.MONTH:
        return PeriodKey(f"{day.year:04}-{day.month:02}", kind, day.year, day.month)
    year = day.year if day.month >= year_starts else day.year - 1
    month_index = (day.month - year_starts) % 12
    if kind is PeriodKind.YEAR:
        return PeriodKey(f"{year:04}", kind, year, 1)
    number = month_index // _MONTHS[kind] + 1
    letter = "Q" if kind is PeriodKind.QUARTER else "H"
    return PeriodKey(f"{year:04}-{letter}{number}", kind, year, number)


@lru_cache(maxsize=512)
def periods_of(kind: PeriodKind, term: Days, year_starts: int) -> tuple[Period, ...]:
    """Every calendar period of a kind that overlaps the term, in order."""
    found = []
    day = term.first
    while day <= term.last:
        key = key_of(day, kind, year_starts)
        whole = days_of(key, year_starts)
        found.append(Period(key.text, Days(day, min(whole.last, term.last)), whole))
        if whole.last == date.max:
            break
        day = whole.last + ONE_DAY
    return tuple(found)


def _anchor(key: PeriodKey, days: Days) -> date:
    """Return the day of a key's days that decides in which coarser period a figure counts.

    A week that straddles two months counts where its Thursday lies, as in ISO 8601; anything else by its first day.
    """
    return days.first + 3 * ONE_DAY if key.kind is PeriodKind.WEEK else days.first


def period_holding(key: PeriodKey, kind: PeriodKind, periods: Sequence[Period], year_starts: int) -> int | None:
    """Index of the period in which a figure for `key` counts; None where it lies outside the term.

    A longer key that the term cuts, such as the month in which it begins, counts: some of its days are in the term.
    """
    days = days_of(key, year_starts)
    day = days.first if key.kind is kind else _anchor(key, days)
    index = bisect_right(periods, day, key=_whole_first) - 1
    if index < 0 or day > periods[index].whole.last or not days.overlaps(periods[index].days):
        return None
    return index


def _whole_first(period: Period) -> date:
    return period.whole.first
