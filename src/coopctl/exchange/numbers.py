"""How other people write numbers."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from pydantic_core import PydanticCustomError

from coopctl.evaluate.numbers import decimals_of, round_half_up
from coopctl.exchange.mapping import Mapping
from coopctl.exchange.tables import Cell
from coopctl.exchange.wide_signs import half_width
from coopctl.model.scalars import described, read_number

_SIGNS: Final = {
    "1234.5": ("", "."),
    "1,234.5": (",", "."),
    "1.234,5": (".", ","),
    "1 234,5": (" ", ","),
    "1'234.5": ("'", "."),
    "1234,5": ("", ","),
}
_LONGEST: Final = 80
_SEPARATED: Final = re.compile(r"-?[0-9]{1,3}([.,' ][0-9]{3})+([.,][0-9]+)?|-?[0-9]+,[0-9]+")


class NotANumberError(Exception):
    """Says why a cell is no number that can be recorded."""


def read_figure(cell: Cell, mapping: Mapping, *, percent: bool) -> Decimal:
    """Return a cell's number; `percent` where the figure is one in %. Raises `NotANumberError`."""
    if cell.kind in ("day", "month"):
        raise NotANumberError(f"a date, {cell.text}, where a number is expected")
    text, is_percent = _plain(cell, mapping) if cell.kind == "text" else (cell.text, cell.kind.endswith("percent"))
    if is_percent and not percent:
        raise NotANumberError(f"{text}% for a figure that is not in %; write the number in the unit of the figure")
    number = _limited(text, mapping.decimals, computed=cell.kind.startswith("computed"))
    try:
        return read_number(f"{number:f}")
    except PydanticCustomError:
        raise NotANumberError(f"{text} has more than 18 digits or 12 decimals; round it: decimals: 2") from None


def _limited(text: str, decimals: int | None, *, computed: bool) -> Decimal:
    number = Decimal(text)
    if decimals is not None and decimals_of(number) > decimals:
        return round_half_up(Fraction(number), decimals)
    if computed:
        raise NotANumberError(
            f"{text} was computed and has more digits than a spreadsheet is exact in; round it there, or say in the "
            "mapping how many decimals count: decimals: 2"
        )
    return number


def _plain(cell: Cell, mapping: Mapping) -> tuple[str, bool]:
    """Return the plain text of a written number, and whether it has a percent sign."""
    text = half_width(cell.text)
    for sign in sorted(mapping.currency, key=len, reverse=True):
        plain = half_width(sign)
        if text.startswith(plain) or text.endswith(plain):
            text = text.removeprefix(plain) if text.startswith(plain) else text.removesuffix(plain)
            break
    text = text.strip()
    is_percent = text.endswith("%")
    text = text.removesuffix("%").strip()
    if len(text) > _LONGEST:
        raise NotANumberError(_problem(cell.text, text, mapping))
    group, point = _SIGNS[mapping.numbers]
    grouped = rf"[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+|" if group else ""
    if not re.fullmatch(rf"-?(?:{grouped}[0-9]+)(?:{re.escape(point)}[0-9]+)?", text):
        raise NotANumberError(_problem(cell.text, text, mapping))
    return text.replace(group, "").replace(point, "."), is_percent


def _problem(written: str, text: str, mapping: Mapping) -> str:
    if len(text) > _LONGEST:
        return f"expected a number, found {described(written)}"
    if _SEPARATED.fullmatch(text):
        others = "1,234.5 or 1.234,5 or 1 234,5"
        return (
            f"{described(written)} is not written as {mapping.numbers}; say in a mapping file (--mapping) how numbers "
            f"are written: numbers: {others}"
        )
    if re.fullmatch(r"(?:[$€£¥￥]|[A-Z]{3})\s*-?[0-9].*|.*[0-9]\s*(?:[$€£¥￥元]|[A-Z]{3})", text):
        remedy = 'name it in a mapping file (--mapping) if it is right: currency: ["¥"]'
        return f"{described(written)} has a currency; {remedy}"
    return f"expected a number, found {described(written)}"
