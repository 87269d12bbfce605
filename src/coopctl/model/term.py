"""How long the agreement runs, in which calendar, and what it is about."""

from datetime import date
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, WithJsonSchema, field_validator

from coopctl.model.base import Clause
from coopctl.model.names import nearest
from coopctl.model.scalars import Date, Duration, Text, Whole, contradiction, wrong

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def known_timezone(name: str) -> str:
    """Refuse a name that the IANA time-zone database does not have."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        close = nearest(name, {zone for zone in available_timezones() if name[:1].casefold() in zone.casefold()})
        remedy = f"did you mean {' or '.join(close)}?" if close else "write an IANA name such as Asia/Shanghai"
        raise wrong("no time zone is called {found}", remedy, found=repr(name)) from None
    return name


TimeZone = Annotated[
    str, StringConstraints(max_length=60), AfterValidator(known_timezone), WithJsonSchema({"type": "string"})
]


class Renewal(Clause):
    """What happens when the term ends."""

    mode: Literal["automatic", "by-agreement", "none"] = Field(description="How the term is renewed.")
    for_: Duration | None = Field(None, alias="for", description="How long a renewal lasts.")
    notice: Duration | None = Field(None, description="How long before the end a notice of non-renewal is due.")


class Term(Clause):
    """First and last day; both belong to the term. A renewed term is written down as a new `end`."""

    start: Date = Field(description="First day.")
    end: Date = Field(description="Last day, inclusive.")
    renewal: Renewal | None = Field(None, description="What happens at the end.")

    @field_validator("end")
    @classmethod
    def _ends_after_start(cls, end: date, info: ValidationInfo) -> date:
        start = info.data.get("start")
        if start is not None and end < start:
            raise contradiction(
                "the term ends {end}, before it starts on {start}",
                "correct one of the two dates",
                fault="term-ends-before-start",
                start=start.isoformat(),
                end=end.isoformat(),
            )
        return end


def _known_month(month: int) -> int:
    if not 1 <= month <= 12:
        raise wrong("expected a month from 1 to 12, found {found}", "write 4 for April", found=month)
    return month


def _leaves_business_days(weekend: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    if len(set(weekend)) == 7:
        raise wrong("all seven days are days off: no business day is left", "leave out the days that are worked")
    return weekend


class CalendarTerms(Clause):
    """Which days are business days, and in which month years begin."""

    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")] | None = Field(
        None, description="ISO 3166 code; its public holidays (and make-up working days) count."
    )
    weekend: Annotated[tuple[Weekday, ...], AfterValidator(_leaves_business_days)] = Field(
        ("sat", "sun"), description="Weekly days off."
    )
    holidays: tuple[Date, ...] = Field((), description="Further days off.")
    workdays: tuple[Date, ...] = Field((), description="Days worked although they would be off.")
    year_starts: Annotated[Whole, AfterValidator(_known_month)] = Field(
        1, description="Month in which years, halves and quarters begin, 1 to 12."
    )


class Scope(Clause):
    """What the cooperation covers."""

    includes: tuple[Text, ...] = Field((), description="What is covered.")
    excludes: tuple[Text, ...] = Field((), description="What is not.")
    territories: tuple[Text, ...] = Field((), description="Where it applies.")
