"""How other people write periods and dates. What could be read in two ways is not read without being told how."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pydantic_core import PydanticCustomError

from coopctl.exchange.wide_signs import half_width
from coopctl.model.scalars import PeriodKey, described, wrong

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NUMERALS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_SIGNS: Final = {
    "Y": "[0-9]{4}",
    "y": "[0-9]{2}",
    "m": "[0-9]{1,2}",
    "b": "[A-Za-z]{3,9}",
    "d": "[0-9]{1,2}",
    "q": "[1-4一二三四]",
    "h": "[12上下]",
    "V": "[0-9]{1,2}",
}
_MEANINGS: Final = ("", "m", "dm", "q", "h", "V")
"""What may stand beside the year: nothing, a month, a day, a quarter, a half, a week of ISO 8601."""


@dataclass(frozen=True)
class Pattern:
    """A way of writing periods or dates, such as `%d/%m/%Y`."""

    text: str
    expression: re.Pattern[str]

    def read(self, text: str) -> str | None:
        """Return the period as the language writes it; None where the text is written otherwise."""
        found = self.expression.fullmatch(text)
        if found is None:
            return None
        parts = found.groupdict()
        year = parts.get("Y") or f"20{parts['y']}"
        month = _month(parts)
        if month == 0:
            return None
        if "d" in parts:
            return f"{year}-{month:02}-{int(parts['d']):02}"
        if month:
            return f"{year}-{month:02}"
        for sign, letter in (("q", "Q"), ("h", "H")):
            if sign in parts:
                return f"{year}-{letter}{_NUMERALS.get(parts[sign], parts[sign])}"
        return f"{year}-W{int(parts['V']):02}" if "V" in parts else year


def _month(parts: dict[str, str]) -> int | None:
    """Return the month; 0 for a word that is none, None where there is no month."""
    if "m" in parts:
        return int(parts["m"])
    if "b" not in parts:
        return None
    word = parts["b"].lower()
    named = [
        number for number, name in enumerate(_MONTHS, 1) if word in (name, name[:3], name[:4] if number == 9 else "")
    ]
    return named[0] if named else 0


def read_pattern(value: object) -> Pattern:
    """Read a pattern; raises the error that becomes a finding."""
    if isinstance(value, Pattern):
        return value
    remedy = (
        "write it with %Y, %m, %b (Jun), %d, %q (quarter), %h (half), %V (week), such as %d/%m/%Y, %b %Y or %Y年%m月"
    )
    if not isinstance(value, str):
        raise wrong("expected a pattern, found {found}", remedy, found=described(value))
    pieces = re.split("%(.)", half_width(value))
    signs = ["b" if sign == "B" else sign for sign in pieces[1::2]]
    beside = "".join(sorted("m" if sign == "b" else sign for sign in signs if sign not in "Yy"))
    if set(signs) - set(_SIGNS) or sum(sign in "Yy" for sign in signs) != 1 or beside not in _MEANINGS:
        raise wrong("{found} is no pattern of a period", remedy, found=described(value))
    expression = re.escape(pieces[0])
    for sign, after in zip(signs, pieces[2::2], strict=True):
        expression += f"(?P<{sign}>{_SIGNS[sign]}){re.escape(after)}"
    return Pattern(value, re.compile(expression))


_PERIODS: Final = tuple(
    map(
        read_pattern,
        (
            "%Y-%m", "%Y/%m", "%m/%Y", "%b %Y", "%b-%Y", "%Y年%m月",
            "%Y-Q%q", "%YQ%q", "%Y Q%q", "Q%q %Y", "%Y年第%q季度", "%Y年%q季度",
            "%Y-H%h", "%Y H%h", "H%h %Y", "%Y年%h半年",
            "%Y-W%V", "%Y年第%V周", "%Y年",
        ),
    )
)  # fmt: skip
"""What can be read in one way only, whoever wrote it."""
_DAYS: Final = tuple(map(read_pattern, ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%d %b %Y", "%b %d, %Y")))
_DOUBTFUL: Final = re.compile("[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}|[A-Za-z]{3,9}[- ][0-9]{2}|[0-9.]{6,8}")


def read_period(text: str, patterns: Iterable[Pattern]) -> tuple[PeriodKey, bool] | str:
    """Return a period, and whether it was written as a day by hand; or why it cannot be read."""
    plain = " ".join(half_width(text).split())
    try:
        return PeriodKey.read(plain), False
    except PydanticCustomError as error:
        problem = error.message()
    return _by_pattern(text, plain, tuple(patterns), (*_PERIODS, *_DAYS), "periods", problem)


def read_day(text: str, patterns: Iterable[Pattern]) -> PeriodKey | str:
    """Return a day, or why it cannot be read."""
    plain = " ".join(half_width(text).split())
    found = _by_pattern(text, plain, tuple(patterns), _DAYS, "dates", f"expected a date, found {described(text)}")
    if isinstance(found, str):
        return found
    key, is_day = found
    return key if is_day else f"expected a date, found {described(text)}"


def _by_pattern(
    text: str, plain: str, own: tuple[Pattern, ...], known: tuple[Pattern, ...], option: str, problem: str
) -> tuple[PeriodKey, bool] | str:
    readings = {found for pattern in own or known if (found := pattern.read(plain)) is not None}
    if len(readings) > 1:
        return f"{described(text)} can be {' or '.join(sorted(readings))}; leave one pattern in `{option}`"
    for found in readings:
        try:
            key = PeriodKey.read(found)
        except PydanticCustomError as error:
            return error.message() if found == plain else f"{described(text)}: {error.message()}"
        return key, key.kind == "daily"
    if own:
        return f"{described(text)} is not written as `{option}` says: {', '.join(each.text for each in own)}"
    if _DOUBTFUL.fullmatch(plain):
        remedy = f'say in a mapping file (--mapping) how: {option}: "%d/%m/%Y"'
        return f"{described(text)} can be read in more ways than one; {remedy}"
    return problem
