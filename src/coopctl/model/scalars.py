"""What a single value can be: numbers, percentages, durations, dates, periods, names.

Values arrive as the text that stands in the file, so that nothing is read through binary floating point and nothing
is guessed. Text in quotes arrives as `Quoted` and is never a number.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, LiteralString, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from coopctl import limits
from coopctl.quoted import Quoted

_DIGITS = rf"[0-9]{{1,{limits.INTEGER_DIGITS}}}(?:\.[0-9]{{1,{limits.DECIMAL_DIGITS}}})?"
_NUMBER = re.compile(rf"-?{_DIGITS}")
_PERCENT = re.compile(rf"({_DIGITS})%")
_SIGNED_PERCENT = re.compile(rf"([+-]{_DIGITS})%")
_DURATION = re.compile(r"([0-9]{1,5}) (business day|minute|hour|day|week|month|year)s?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PERIOD = re.compile(r"([0-9]{4})(?:-(?:(Q[1-4])|(H[12])|(W[0-9]{2})|([0-9]{2})(?:-([0-9]{2}))?))?")


def wrong(message: LiteralString, remedy: str, **figures: Any) -> PydanticCustomError:
    """Build the error that becomes a `wrong-value` finding; `remedy` is what the user should write."""
    return PydanticCustomError("wrong-value", message, {**figures, "help": remedy})


def contradiction(
    message: str, remedy: str, *, fault: LiteralString = "contradiction", **figures: Any
) -> PydanticCustomError:
    """Build the error that becomes a finding that two clauses cannot both hold; `fault` is its name."""
    return PydanticCustomError(fault, message, {**figures, "help": remedy})


def refuse_remote_year(year: str, value: object) -> None:
    """Refuse years in which calendars run out of days to count."""
    if not 1000 <= int(year) <= 8999:
        raise wrong("the year of {found} is out of range", "write a year from 1000 to 8999", found=described(value))


def shortened(text: str) -> str:
    """Cut text that is too long to be quoted in a message."""
    return text if len(text) <= 40 else text[:37] + "…"


def described(value: object) -> str:
    """Name a value of the wrong kind as people would: `the text "abc"`, `a list`, `nothing`."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    shown = shortened(str(value))
    return f'the quoted text "{shown}"' if isinstance(value, Quoted) else f'"{shown}"'


def read_number(value: object) -> Decimal:
    """Read an exact decimal: up to 18 digits and up to 12 decimals, plain ASCII, no exponent, not in quotes."""
    if type(value) is str and _NUMBER.fullmatch(value):
        return Decimal(value)
    if isinstance(value, Decimal):  # built in code, not read from a file
        return value
    remedy = "write a plain number such as 95 or 99.950: up to 18 digits and 12 decimals, no exponent"
    if isinstance(value, str):
        remedy = _number_meant(value) or remedy
    raise wrong("expected a number, found {found}", remedy, found=described(value))


def _number_meant(text: str) -> str | None:
    """Return the remedy for text that is nearly a number; None where it is not."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _NUMBER.fullmatch(plain):
        return f"remove the quotes: {plain}" if plain == text else f"write it in half-width digits: {plain}"
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", plain):
        return f"write it without separators: {plain.replace(',', '')}"
    number = re.match(rf"(-?{_DIGITS})\s*(%|[^\W\d_]+)$", plain)
    return f"write the number alone, {number[1]}; the unit is the KPI's" if number else None


def read_whole(value: object) -> int:
    """Read a whole number of at most six digits, not negative."""
    if isinstance(value, int):
        return value
    if type(value) is str and re.fullmatch(r"[0-9]{1,6}", value):
        return int(value)
    raise wrong("expected a whole number, found {found}", "write digits only, such as 3", found=described(value))


def read_flag(value: object) -> bool:
    """Read `true` or `false`; `yes` and `no` are refused, as in YAML 1.2."""
    if isinstance(value, bool):
        return value
    if type(value) is str and value in ("true", "false"):
        return value == "true"
    raise wrong("expected true or false, found {found}", "write true or false", found=described(value))


def read_date(value: object) -> date:
    """Read a calendar date `2026-01-31`."""
    if isinstance(value, date):
        return value
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        remedy = "write year, month and day: 2026-01-31"
        raise wrong("expected a date, found {found}", remedy, found=described(value))
    refuse_remote_year(match[1], value)
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise wrong("{found} is not a day of the calendar", "write a date that exists", found=f'"{value}"') from None


@dataclass(frozen=True, eq=False)
class ReadBy:
    """Says how a value is read from its text, and how a schema describes it.

    It stands for pydantic's own `BeforeValidator` and `WithJsonSchema`, without their inspection of the function at
    every use, which is what the start of a command would mostly consist of.
    """

    read: Callable[[object], Any]
    json_schema: Mapping[str, Any]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.json_schema)


Number = Annotated[Decimal, ReadBy(read_number, {"type": "number"})]
Whole = Annotated[int, ReadBy(read_whole, {"type": "integer", "minimum": 0})]
Flag = Annotated[bool, ReadBy(read_flag, {"type": "boolean"})]
Date = Annotated[date, ReadBy(read_date, {"type": "string", "format": "date"})]
Text = Annotated[str, StringConstraints(pattern=r"\S")]

ID_PATTERN = r"^[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_-]*$"
Id = Annotated[
    str,
    StringConstraints(pattern=ID_PATTERN, max_length=100),
    WithJsonSchema({"type": "string", "pattern": r"^(?!x-)[^\s\-.@:/\[\]{}][^\s.@:/\[\]{}]*$"}),
]
"""Letters of any script, digits, `-` and `_`, not starting with `-`."""

Version = Annotated[str, StringConstraints(pattern=r"\S", max_length=40)]


def positive(value: Decimal) -> Decimal:
    """Refuse zero and negative numbers."""
    if value <= 0:
        raise wrong("expected more than 0, found {found}", "write a number above 0", found=str(value))
    return value


def not_negative(value: Decimal) -> Decimal:
    """Refuse negative numbers."""
    if value < 0:
        raise wrong("expected 0 or more, found {found}", "write its size without a sign", found=str(value))
    return value


class Scalar:
    """A value with a form of its own in the file; subclasses say how it is read and how a schema describes it."""

    JSON_SCHEMA: ClassVar[dict[str, Any]]

    @classmethod
    def read(cls, value: object) -> Self:
        """Read the value from the file's text, or raise the error that becomes a finding."""
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._accept, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(cls.JSON_SCHEMA)

    @classmethod
    def _accept(cls, value: object) -> Self:
        return value if isinstance(value, cls) else cls.read(value)


@dataclass(frozen=True, slots=True)
class Percent(Scalar):
    """A share such as `15%`; `value` is 15."""

    value: Decimal
    JSON_SCHEMA = {"type": "string", "pattern": r"^[0-9]{1,18}(\.[0-9]{1,12})?%$", "examples": ["15%"]}  # noqa: RUF012

    @classmethod
    def read(cls, value: object) -> Self:
        match = _PERCENT.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise wrong("expected a percentage, found {found}", "write it as 15%", found=described(value))
        return cls(Decimal(match[1]))

    def __str__(self) -> str:
        return f"{self.value}%"


@dataclass(frozen=True, slots=True)
class SignedPercent(Scalar):
    """A change relative to something else, such as `-15%`; `value` is -15."""

    value: Decimal
    JSON_SCHEMA = {"type": "string", "pattern": r"^[+-][0-9]{1,18}(\.[0-9]{1,12})?%$", "examples": ["-20%"]}  # noqa: RUF012

    @classmethod
    def read(cls, value: object) -> Self:
        match = _SIGNED_PERCENT.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise wrong(
                "expected a signed percentage, found {found}",
                "write +20% or -15% for a change relative to the baseline, or a plain number for a level",
                found=described(value),
            )
        return cls(Decimal(match[1]))

    def __str__(self) -> str:
        return f"{self.value:+}%"


class DurationUnit(StrEnum):
    """What a duration counts."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    BUSINESS_DAY = "business day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Duration(Scalar):
    """A length of time: `5 days`, `10 business days`, `3 months`."""

    amount: int
    unit: DurationUnit
    JSON_SCHEMA = {  # noqa: RUF012
        "type": "string",
        "pattern": "^[0-9]{1,5} (business day|minute|hour|day|week|month|year)s?$",
        "examples": ["10 business days", "3 months"],
    }

    @classmethod
    def read(cls, value: object) -> Self:
        match = _DURATION.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise wrong(
                "expected a duration, found {found}",
                "write a number and a unit: 5 days, 10 business days, 2 weeks, 3 months, 1 year, 15 minutes",
                found=described(value),
            )
        return cls(int(match[1]), DurationUnit(match[2]))

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"


class PeriodKind(StrEnum):
    """The lengths a period of the calendar can have; each value is also how a KPI's frequency is called."""

    DAY = "daily"
    WEEK = "weekly"
    MONTH = "monthly"
    QUARTER = "quarterly"
    HALF = "half-yearly"
    YEAR = "yearly"


_COARSENESS = {kind: rank for rank, kind in enumerate(PeriodKind)}
_KIND_LETTERS = {"Q": PeriodKind.QUARTER, "H": PeriodKind.HALF, "W": PeriodKind.WEEK}


@dataclass(frozen=True, slots=True)
class PeriodKey(Scalar):
    """A period as it is written: `2026-01`, `2026-Q1`, `2026-H1`, `2026-W05`, `2026`, or one date.

    Which days it covers depends on the agreement's `calendar.year_starts`; see `coopctl.evaluate.periods`.
    """

    text: str
    kind: PeriodKind
    year: int
    number: int
    """The quarter, half, week or month; for a date its ordinal; for a year 1."""
    JSON_SCHEMA = {  # noqa: RUF012
        "type": ["string", "integer"],
        "pattern": "^[0-9]{4}(-(Q[1-4]|H[12]|W[0-9]{2}|[0-9]{2}(-[0-9]{2})?))?$",
        "examples": ["2026-01", "2026-Q1", "2026-H1", "2026-W05", "2026", "2026-01-31"],
    }

    @classmethod
    def read(cls, value: object) -> Self:
        if type(value) is str:
            known = _PERIODS_READ.get(value)
            if known is not None:
                return known  # type: ignore[return-value]
        key = cls._read(value)
        if len(_PERIODS_READ) < _REMEMBERED:
            _PERIODS_READ[key.text] = key
        return key

    @classmethod
    def _read(cls, value: object) -> Self:
        match = _PERIOD.fullmatch(value) if isinstance(value, str) else None
        remedy = "write 2026-01, 2026-Q1, 2026-H1, 2026-W05, 2026, or a date"
        if match is None or not isinstance(value, str):
            raise wrong("expected a period, found {found}", remedy, found=described(value))
        year_text, quarter, half, week, month, day = match.groups()
        refuse_remote_year(year_text, value)
        year = int(year_text)
        if day:
            return cls(str(value), PeriodKind.DAY, year, read_date(value).toordinal())
        letters = quarter or half or week
        if letters:
            number = int(letters[1:])
            if week and not _has_week(year, number):
                raise wrong("{found}: {year} has no such week", remedy, found=str(value), year=year)
            return cls(str(value), _KIND_LETTERS[letters[0]], year, number)
        if month:
            if not 1 <= int(month) <= 12:
                raise wrong("{found}: there is no month {month}", remedy, found=str(value), month=month)
            return cls(str(value), PeriodKind.MONTH, year, int(month))
        return cls(str(value), PeriodKind.YEAR, year, 1)

    def finer_than(self, frequency: PeriodKind) -> bool:
        """Whether this is a shorter kind of period than `frequency`."""
        return _COARSENESS[self.kind] < _COARSENESS[frequency]

    def __str__(self) -> str:
        return self.text


_REMEMBERED = 4096
_PERIODS_READ: dict[str, PeriodKey] = {}
"""Periods recur in every KPI and every file; reading each text once is enough."""


def _has_week(year: int, number: int) -> bool:
    try:
        date.fromisocalendar(year, number, 1)
    except ValueError:
        return False
    return True
