"""How a report speaks: words from a message catalogue, and dates, numbers and money as its language writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from coopctl.errors import CoopctlError
from coopctl.evaluate.numbers import round_half_up
from coopctl.languages import LANGUAGES
from coopctl.model.names import did_you_mean
from coopctl.model.scalars import PeriodKey, PeriodKind

_DIGITS: Final = 60
CATALOGUES: Final = Path(__file__).parent / "catalogues"


@dataclass(frozen=True)
class Speech:
    """One language of a report."""

    tag: str
    locale: Locale
    messages: Mapping[str, str]

    def say(self, message: str, **values: object) -> str:
        """Return a message in this language with values filled in for `%(name)s`."""
        found = self.messages.get(message) or message
        return found % values if values else found.replace("%%", "%")

    def number(self, value: Fraction | Decimal, decimals: int, *, signed: bool = False) -> str:
        """Write a number with so many decimals, rounded half-up, thousands grouped."""
        rounded = round_half_up(Fraction(value), decimals)
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        with localcontext(prec=_DIGITS):  # a figure that adds up may have more than the usual 28
            text = format_decimal(abs(rounded), format=pattern, locale=self.locale)
        sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
        return f"{sign}{text}"

    def percent(self, value: Fraction, decimals: int = 1, *, signed: bool = False) -> str:
        """Write a percentage; `value` is 15 for 15 %."""
        rounded = round_half_up(value, decimals)
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + "%"
        with localcontext(prec=_DIGITS):
            text = format_percent(abs(rounded) / 100, format=pattern, locale=self.locale, decimal_quantization=False)
        sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
        return f"{sign}{text}"

    def money(self, amount: str, currency: str) -> str:
        """Write an amount that is written out already, with its currency: CNY 500, 500元, 500美元."""
        name = currency
        if self.locale.language != "en":
            name = self.say("CNY") if currency == "CNY" else self.locale.currencies.get(currency, currency)
        return self.say("%(currency)s %(amount)s", currency=name, amount=amount)

    def day(self, day: date) -> str:
        """Write a date in full: 30 June 2026, 2026年6月30日."""
        return format_date(day, "d MMMM y" if self.locale.language == "en" else "long", locale=self.locale)

    def short_day(self, day: date) -> str:
        """Write a date for a table: 30 Jun 2026, 2026-06-30."""
        return format_date(day, "d MMM y", locale=self.locale) if self.locale.language == "en" else day.isoformat()

    def period(self, key: PeriodKey) -> str:
        """Write a period: Q2 2026, June 2026, 2026年第2季度."""
        values = {"year": key.year, "number": key.number}
        if key.kind is PeriodKind.DAY:
            return self.day(date.fromordinal(key.number))
        if key.kind is PeriodKind.MONTH:
            return format_date(date(key.year, key.number, 1), self.say("MMMM y"), locale=self.locale)
        if key.kind is PeriodKind.WEEK:
            return self.say("week %(number)s of %(year)s", **values)
        if key.kind is PeriodKind.QUARTER:
            return self.say("Q%(number)s %(year)s", **values)
        if key.kind is PeriodKind.HALF:
            half = "H1 %(year)s" if key.number == 1 else "H2 %(year)s"
            return self.say(half, **values)
        return self.say("%(year)s", **values)


@cache
def speech(tag: str) -> Speech:
    """Return a language of reports; raises `CoopctlError` for one that there is none of, with the nearest."""
    if tag not in LANGUAGES:
        raise CoopctlError(f"--lang: no reports in {tag!r}; {did_you_mean(tag, LANGUAGES)}")
    locale = Locale.parse(tag.replace("-", "_"))
    return Speech(tag, locale, {} if tag == "en" else _messages(tag))


def _messages(tag: str) -> dict[str, str]:
    with open(CATALOGUES / f"{tag}.po", encoding="utf-8") as file:
        catalogue = read_po(file)
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
