"""Exact numbers, and how they are written down."""

from decimal import Decimal
from fractions import Fraction

WRITTEN_DECIMALS = 12
"""Decimals of a figure in machine-readable output."""

HUNDRED = Fraction(100)


def exact(number: Decimal) -> Fraction:
    """Return the number itself, free of any rounding from here on."""
    return Fraction(number)


def percent_of(variance: Fraction, base: Fraction) -> Fraction | None:
    """Return the variance as a percentage of its base; nothing where the base is 0."""
    return variance * HUNDRED / abs(base) if base else None


def round_half_up(number: Fraction, decimals: int) -> Decimal:
    """Round to `decimals` places, halves away from zero; the only rounding there is."""
    numerator, denominator = number.numerator, number.denominator
    units = (2 * abs(numerator) * 10**decimals + denominator) // (2 * denominator)
    return Decimal(f"{'-' if numerator < 0 and units else ''}{units}E-{decimals}")


def written(number: Fraction) -> str:
    """Write a figure for machines: half-up to 12 decimals, without trailing zeros."""
    text = f"{round_half_up(number, WRITTEN_DECIMALS):f}"
    return text.rstrip("0").rstrip(".")


def shown(number: Fraction, decimals: int) -> str:
    """Write a figure for people: half-up to so many decimals, all of them shown, thousands grouped."""
    return f"{round_half_up(number, decimals):,f}"


def decimals_of(number: Decimal) -> int:
    """How many decimals a number was written with."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
