"""Figures in remarks, as people read and write them."""

from fractions import Fraction
from typing import Final

from coopctl.evaluate.numbers import shown
from coopctl.model.scalars import shortened

_MOST_DECIMALS: Final = 4
_COUNTED: Final = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "points", "users", "tickets"})


def amount(number: Fraction, unit: str) -> str:
    """Write a figure with its unit for reading: `1,054,850 CNY`, `1 day`, `16.67 days`."""
    text = shown(number, _decimals(number))
    unit = shortened(unit)
    return f"{text} {unit[:-1] if text in ('1', '-1') and unit in _COUNTED else unit}".rstrip()


def plain(number: Fraction) -> str:
    """Write a figure so that it can be pasted into an agreement: `1054850`, `16.67`."""
    return shown(number, _decimals(number)).replace(",", "")


def _decimals(number: Fraction) -> int:
    """Return as many decimals as the figure has; two of one that has many, or four where it is small."""
    for decimals in range(_MOST_DECIMALS + 1):
        if (number * 10**decimals).denominator == 1:
            return decimals
    return 2 if abs(number) >= 1 else _MOST_DECIMALS
