"""What the numbers of a workbook are: figures as somebody typed them, percentages, days."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from coopctl import limits
from coopctl.evaluate.numbers import decimals_of
from coopctl.exchange.tables import Cell, CellKind

_LAST_SERIAL: Final = 2_958_465
_EXACT_DIGITS: Final = 15


class Form(NamedTuple):
    """How a cell shows a number."""

    shows: Literal["number", "percent", "day", "month", "time"] = "number"
    decimals: int = 0
    """How many decimals are shown at the least."""


BUILT_IN: Final[dict[str, Form]] = {
    **dict.fromkeys(("2", "4", "39", "40", "43", "44"), Form(decimals=2)),
    "9": Form("percent"),
    "10": Form("percent", 2),
    **dict.fromkeys(("14", "15", "16", "22", *map(str, range(27, 32)), "34", "35", "36"), Form("day")),
    **dict.fromkeys(map(str, range(50, 59)), Form("day")),
    "17": Form("month"),
    **dict.fromkeys(("18", "19", "20", "21", "32", "33", "45", "46", "47"), Form("time")),
}
"""What Excel's own formats show. Those from 27 on depend on the country, so what they leave out is not relied on."""
_DECIMALS: Final = re.compile(r"\.(0+)(?![0#?]*,)")
"""Not where a comma behind them shows thousands."""
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def form_of(code: str) -> Form:
    """Say what a format of numbers shows."""
    shown = _LITERAL.sub("", code).partition(";")[0].lower()
    if "general" in shown:
        return Form()
    if "d" in shown:
        return Form("day")
    if "y" in shown:
        return Form("month" if "m" in shown else "day")
    if "h" in shown or "s" in shown:
        return Form("time")
    if "m" in shown:
        return Form("day")
    return Form("percent" if "%" in shown else "number", _decimals(shown))


def _decimals(shown: str) -> int:
    """Return how many decimals a format of numbers shows at the least, of which powers of ten have none to be kept."""
    found = _DECIMALS.search(shown)
    return min(len(found[1]), limits.DECIMAL_DIGITS) if found is not None and "e" not in shown else 0


_NUMBER: Final = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?")


def number_cell(text: str, form: Form, first_day: date) -> Cell:
    """Return the cell of a number as its format shows it; dates count from the day before the first one."""
    if not _NUMBER.fullmatch(text):
        return Cell(f"{text[:40]} is no number", "fault")
    if form.shows == "time":
        return Cell("a time of day, where a number or a date is expected", "fault")
    if form.shows in ("day", "month"):
        return _day(float(text), form, first_day)
    kind, digits = _exact(text)
    if kind == "fault":
        return Cell(digits, "fault")
    if form.shows == "percent":
        shown = _with_decimals(Decimal(digits).scaleb(2), form.decimals)
        return Cell(shown, "percent" if kind == "number" else "computed percent")
    return Cell(_with_decimals(Decimal(digits), form.decimals), kind)


def _with_decimals(number: Decimal, least: int) -> str:
    """Write a number with the zeros that are shown at its end; no digit is taken away."""
    return f"{number:.{max(least, decimals_of(number))}f}"


def _exact(text: str) -> tuple[CellKind, str]:
    """Return the number that somebody typed: spreadsheets keep binary numbers, and write up to 17 digits of them.

    A number of at most 15 digits is found again as the shortest one that means the same binary number.
    """
    number = float(text)
    if abs(number) > 1e40 or 0 < abs(number) < 1e-40:
        return "fault", f"{text[:40]} is out of range"
    shortest = Decimal(repr(number)).normalize()
    given = Decimal(text)
    if given != shortest and given not in (Decimal(f"{number:.16e}"), Decimal(f"{number:.15e}")):
        return "fault", f"{text} has more digits than a spreadsheet keeps; write it as text, or shorten it"
    kind: CellKind = "number" if len(shortest.as_tuple().digits) <= _EXACT_DIGITS else "computed"
    return kind, f"{shortest:f}"


def _day(serial: float, form: Form, first_day: date) -> Cell:
    day = int(serial) if 0 <= serial <= _LAST_SERIAL else 0
    if day <= 60:  # Excel counts a 29 February 1900 that never was
        return Cell("a date before March 1900", "fault")
    return Cell((first_day + timedelta(days=day)).isoformat(), "month" if form.shows == "month" else "day")
