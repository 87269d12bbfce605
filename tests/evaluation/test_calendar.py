"""Business days and deadlines, at the days where counting goes wrong."""

from datetime import date
from typing import Any

import pytest

from coopctl.evaluate.calendar import Calendar, CalendarError
from coopctl.model.scalars import Duration
from coopctl.model.term import CalendarTerms

PLAIN: dict[str, Any] = {}
LISTED: dict[str, Any] = {"holidays": ["2026-05-04"], "workdays": ["2026-05-09"]}
CHINA: dict[str, Any] = {"country": "CN"}
FRIDAY_ONLY: dict[str, Any] = {"weekend": ["fri"]}


def _calendar(terms: dict[str, Any]) -> Calendar:
    return Calendar(CalendarTerms.model_validate(terms))


def _after(terms: dict[str, Any], day: str, duration: str) -> str:
    return _calendar(terms).after(date.fromisoformat(day), Duration.read(duration)).isoformat()


def _before(terms: dict[str, Any], day: str, duration: str) -> str:
    return _calendar(terms).before(date.fromisoformat(day), Duration.read(duration)).isoformat()


@pytest.mark.parametrize(
    ("terms", "day", "is_open"),
    [
        pytest.param(PLAIN, "2026-05-01", True, id="a Friday"),
        pytest.param(PLAIN, "2026-05-02", False, id="a Saturday"),
        pytest.param(PLAIN, "2026-05-03", False, id="a Sunday"),
        pytest.param(PLAIN, "2026-12-25", True, id="no country, no public holidays"),
        pytest.param(LISTED, "2026-05-04", False, id="a Monday listed as holiday"),
        pytest.param(LISTED, "2026-05-09", True, id="a Saturday listed as workday"),
        pytest.param(LISTED, "2026-05-16", False, id="the Saturday after it"),
        pytest.param(FRIDAY_ONLY, "2026-05-01", False, id="a Friday where it is the weekend"),
        pytest.param(FRIDAY_ONLY, "2026-05-02", True, id="a Saturday where Friday is the weekend"),
        pytest.param(CHINA, "2026-01-01", False, id="CN: New Year's Day"),
        pytest.param(CHINA, "2026-01-02", False, id="CN: Friday off after New Year"),
        pytest.param(CHINA, "2026-01-04", True, id="CN: Sunday worked for it"),
        pytest.param(CHINA, "2026-02-13", True, id="CN: Friday before the Spring Festival"),
        pytest.param(CHINA, "2026-02-14", True, id="CN: Saturday worked for the Spring Festival"),
        pytest.param(CHINA, "2026-02-15", False, id="CN: Sunday"),
        pytest.param(CHINA, "2026-02-16", False, id="CN: New Year's Eve, a Monday"),
        pytest.param(CHINA, "2026-02-23", False, id="CN: last Monday of the Spring Festival"),
        pytest.param(CHINA, "2026-02-24", True, id="CN: Tuesday after it"),
        pytest.param(CHINA, "2026-02-28", True, id="CN: second Saturday worked for it"),
        pytest.param(CHINA, "2026-04-06", False, id="CN: Monday of Tomb-Sweeping"),
        pytest.param(CHINA, "2026-05-05", False, id="CN: Tuesday of Labour Day"),
        pytest.param(CHINA, "2026-05-06", True, id="CN: Wednesday after it"),
        pytest.param(CHINA, "2026-05-09", True, id="CN: Saturday worked for it"),
        pytest.param(CHINA, "2026-06-19", False, id="CN: Dragon Boat, a Friday"),
        pytest.param(CHINA, "2026-09-20", True, id="CN: Sunday worked for the National Day"),
        pytest.param(CHINA, "2026-09-25", False, id="CN: Mid-Autumn, a Friday"),
        pytest.param(CHINA, "2026-10-07", False, id="CN: last Wednesday of the National Day"),
        pytest.param(CHINA, "2026-10-08", True, id="CN: Thursday after it"),
        pytest.param(CHINA, "2026-10-10", True, id="CN: Saturday worked for it"),
    ],
)
def test_business_day(terms: dict[str, Any], day: str, is_open: bool) -> None:
    """A weekend is closed, as is a listed or public holiday; a listed or make-up workday is open."""
    assert _calendar(terms).is_business_day(date.fromisoformat(day)) is is_open


@pytest.mark.parametrize(
    ("day", "is_open"),
    [("2026-02-17", True), ("2026-02-18", False), ("2026-02-14", False), ("2026-02-28", True)],
)
def test_what_the_agreement_lists_outranks_the_country(day: str, is_open: bool) -> None:
    """A workday listed in a public holiday is open, a holiday listed on a make-up workday is closed."""
    terms = {**CHINA, "workdays": ["2026-02-17"], "holidays": ["2026-02-14"]}
    assert _calendar(terms).is_business_day(date.fromisoformat(day)) is is_open


@pytest.mark.parametrize(
    ("terms", "day", "duration", "last"),
    [
        pytest.param(PLAIN, "2026-04-29", "1 business day", "2026-04-30", id="the first day is excluded"),
        pytest.param(PLAIN, "2026-04-30", "1 business day", "2026-05-01", id="Thursday to Friday"),
        pytest.param(PLAIN, "2026-05-01", "1 business day", "2026-05-04", id="over a weekend"),
        pytest.param(PLAIN, "2026-05-02", "1 business day", "2026-05-04", id="from a Saturday"),
        pytest.param(PLAIN, "2026-05-01", "5 business days", "2026-05-08", id="one working week"),
        pytest.param(PLAIN, "2026-05-01", "6 business days", "2026-05-11", id="and a day"),
        pytest.param(LISTED, "2026-05-01", "1 business day", "2026-05-05", id="over a listed holiday"),
        pytest.param(LISTED, "2026-05-01", "5 business days", "2026-05-09", id="to a listed workday"),
        pytest.param(LISTED, "2026-05-01", "6 business days", "2026-05-11", id="across it"),
        pytest.param(CHINA, "2026-02-13", "1 business day", "2026-02-14", id="CN: a Saturday that is worked"),
        pytest.param(CHINA, "2026-02-13", "2 business days", "2026-02-24", id="CN: over the Spring Festival"),
        pytest.param(CHINA, "2026-02-13", "6 business days", "2026-02-28", id="CN: to the second Saturday"),
        pytest.param(CHINA, "2025-12-31", "1 business day", "2026-01-04", id="CN: over New Year, to a Sunday"),
        pytest.param(PLAIN, "2026-05-01", "0 business days", "2026-05-01", id="none, on an open day"),
        pytest.param(PLAIN, "2026-05-02", "0 business days", "2026-05-04", id="none, on a closed day: moves later"),
        pytest.param(LISTED, "2026-05-02", "0 business days", "2026-05-05", id="none, before a listed holiday"),
        pytest.param(PLAIN, "2022-12-31", "0 business days", "2023-01-02", id="none, over the year's end"),
        pytest.param(PLAIN, "2026-12-30", "3 business days", "2027-01-04", id="over the year's end"),
    ],
)
def test_business_days_after(terms: dict[str, Any], day: str, duration: str, last: str) -> None:
    """Business days are counted from the day after; the deadline is one of them."""
    assert _after(terms, day, duration) == last


@pytest.mark.parametrize(
    ("day", "duration", "last"),
    [
        pytest.param("2026-04-30", "2 days", "2026-05-02", id="a Saturday stays"),
        pytest.param("2026-05-01", "0 days", "2026-05-01", id="no days"),
        pytest.param("2026-05-01", "2 weeks", "2026-05-15", id="weeks"),
        pytest.param("2026-12-31", "1 day", "2027-01-01", id="into the next year"),
        pytest.param("2026-01-31", "1 month", "2026-02-28", id="the month's end"),
        pytest.param("2028-01-31", "1 month", "2028-02-29", id="the month's end in a leap year"),
        pytest.param("2026-01-31", "3 months", "2026-04-30", id="three months at once, not one by one"),
        pytest.param("2026-02-28", "1 month", "2026-03-28", id="the day, not the end, is kept"),
        pytest.param("2026-08-31", "6 months", "2027-02-28", id="months over the year's end"),
        pytest.param("2026-11-30", "1 month", "2026-12-30", id="December is reached"),
        pytest.param("2024-02-29", "1 year", "2025-02-28", id="a leap day"),
        pytest.param("2024-02-29", "4 years", "2028-02-29", id="a leap day to a leap day"),
        pytest.param("2024-02-28", "1 day", "2024-02-29", id="to a leap day"),
        pytest.param("2023-02-28", "1 day", "2023-03-01", id="no leap day"),
        pytest.param("2026-05-01", "15 minutes", "2026-05-01", id="minutes end on the day"),
    ],
)
def test_calendar_days_after(day: str, duration: str, last: str) -> None:
    """Days, weeks, months and years run through weekends and holidays, and end where they end."""
    assert _after(LISTED, day, duration) == last


@pytest.mark.parametrize(
    ("terms", "day", "duration", "last"),
    [
        pytest.param(PLAIN, "2026-12-31", "60 days", "2026-11-01", id="60 days before the end of a year"),
        pytest.param(PLAIN, "2026-12-31", "3 months", "2026-09-30", id="the month's end"),
        pytest.param(PLAIN, "2028-03-31", "1 month", "2028-02-29", id="a leap day"),
        pytest.param(PLAIN, "2026-01-31", "1 month", "2025-12-31", id="back into December"),
        pytest.param(PLAIN, "2028-02-29", "1 year", "2027-02-28", id="a year before a leap day"),
        pytest.param(PLAIN, "2026-05-04", "1 business day", "2026-05-01", id="back over a weekend"),
        pytest.param(LISTED, "2026-05-05", "1 business day", "2026-05-01", id="back over a listed holiday"),
        pytest.param(CHINA, "2026-02-24", "1 business day", "2026-02-14", id="CN: back over the Spring Festival"),
        pytest.param(PLAIN, "2027-01-04", "3 business days", "2026-12-30", id="back over the year's end"),
        pytest.param(PLAIN, "2026-05-01", "0 business days", "2026-05-01", id="none, on an open day"),
        pytest.param(PLAIN, "2026-05-03", "0 business days", "2026-05-01", id="none, on a closed day: moves earlier"),
        pytest.param(PLAIN, "2022-01-01", "0 business days", "2021-12-31", id="none, back over the year's end"),
    ],
)
def test_notice_before(terms: dict[str, Any], day: str, duration: str, last: str) -> None:
    """Notice before a day is given no later than so much earlier; a business-day notice on an open day."""
    assert _before(terms, day, duration) == last


def test_year_starts() -> None:
    """Years begin in January where nothing is said."""
    assert _calendar(PLAIN).year_starts == 1
    assert _calendar({"year_starts": "4"}).year_starts == 4


def test_unknown_country() -> None:
    """A country without known holidays is refused, not taken for one that has none."""
    with pytest.raises(CalendarError, match="XX"):
        _calendar({"country": "XX"}).is_business_day(date(2026, 5, 1))
