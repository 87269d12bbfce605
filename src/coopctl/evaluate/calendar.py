"""Business days and deadlines (agreement language: dates)."""

from bisect import bisect_left, bisect_right
from calendar import isleap, monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from coopctl.errors import CoopctlError
from coopctl.model.scalars import Duration, DurationUnit
from coopctl.model.term import CalendarTerms

if TYPE_CHECKING:
    from holidays import HolidayBase

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class CalendarError(CoopctlError):
    """The agreement's calendar cannot answer whether a day is a business day."""


class Calendar:
    """Counts days as one agreement does."""

    def __init__(self, terms: CalendarTerms) -> None:
        self.terms = terms
        self._weekend = frozenset(_WEEKDAYS.index(day) for day in terms.weekend)
        self._holidays = frozenset(terms.holidays)
        self._workdays = frozenset(terms.workdays)
        self._years: dict[int, list[date]] = {}

    @property
    def year_starts(self) -> int:
        """Month in which years, halves and quarters begin."""
        return self.terms.year_starts

    def is_business_day(self, day: date) -> bool:
        """Whether business is done on a day. What the agreement lists itself outranks the country's calendar."""
        if day in self._workdays:
            return True
        if day in self._holidays:
            return False
        if self.terms.country is None:
            return day.weekday() not in self._weekend
        public = _public_holidays(self.terms.country, day.year)
        if day in public:
            return False
        return day.weekday() not in self._weekend or day in public.weekend_workdays

    def after(self, day: date, duration: Duration) -> date:
        """Last day of a period that begins the day after `day`; months clamp to the month's end.

        Lengths under a day end on the same day. Only business days move a deadline off a closed day, later.
        """
        if duration.unit is DurationUnit.BUSINESS_DAY:
            return self._business_day(day, duration.amount, 1)
        return _shift(day, duration, 1)

    def before(self, day: date, duration: Duration) -> date:
        """Last day on which notice of `duration` before `day` can be given."""
        if duration.unit is DurationUnit.BUSINESS_DAY:
            return self._business_day(day, duration.amount, -1)
        return _shift(day, duration, -1)

    def _business_day(self, day: date, amount: int, sign: int) -> date:
        """Return the business day so many after (before) a day; for 0 the day itself, or the next one open."""
        year = day.year
        days = self._business_days(year)
        if sign > 0:
            wanted = (bisect_right(days, day) if amount else bisect_left(days, day)) + max(amount, 1) - 1
            while wanted >= len(days):
                if year == date.max.year:
                    return date.max
                wanted -= len(days)
                year += 1
                days = self._business_days(year)
            return days[wanted]
        wanted = (bisect_left(days, day) if amount else bisect_right(days, day)) - max(amount, 1)
        while wanted < 0:
            if year == date.min.year:
                return date.min
            year -= 1
            days = self._business_days(year)
            wanted += len(days)
        return days[wanted]

    def _business_days(self, year: int) -> list[date]:
        """All business days of a year, in order."""
        days = self._years.get(year)
        if days is None:
            first = date(year, 1, 1).toordinal()
            count = 366 if isleap(year) else 365
            every = (date.fromordinal(ordinal) for ordinal in range(first, first + count))
            days = self._years[year] = [day for day in every if self.is_business_day(day)]
        return days


def _shift(day: date, duration: Duration, sign: int) -> date:
    unit, amount = duration.unit, sign * duration.amount
    try:
        if unit is DurationUnit.DAY:
            return day + timedelta(days=amount)
        if unit is DurationUnit.WEEK:
            return day + timedelta(weeks=amount)
        if unit in (DurationUnit.MONTH, DurationUnit.YEAR):
            months = amount * (12 if unit is DurationUnit.YEAR else 1)
            index = day.year * 12 + day.month - 1 + months
            year, month = index // 12, index % 12 + 1
            return date(year, month, min(day.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        return date.max if sign > 0 else date.min
    return day


@lru_cache(maxsize=64)
def _public_holidays(country: str, year: int) -> "HolidayBase":
    from holidays import country_holidays

    try:
        return country_holidays(country, years=year, expand=False)
    except NotImplementedError:
        raise CalendarError(f"no public holidays are known for the country {country}") from None
