"""The scale of a chart's figures: exact, for figures may have 18 digits and 12 decimals."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

ROOM: Final = 10
"""How many times as high as the line's own rise and fall the scale may become for the sake of a level."""


ROUND: Final = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5))
"""What the distance of two lines of the grid may begin with."""


class Scale(NamedTuple):
    """Which figure is at which height."""

    low: Fraction
    high: Fraction
    top: float
    bottom: float

    def y(self, value: Fraction) -> float:
        """Return the height of a figure; one beyond the scale is at its edge."""
        part = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.bottom - float(part) * (self.bottom - self.top)

    def beyond(self, value: Fraction) -> int:
        """Return 1 for a figure above the scale, -1 for one below it, else 0."""
        return (value > self.high) - (value < self.low)


def scale_for(figures: Sequence[Fraction], levels: Sequence[Fraction], top: float, bottom: float) -> Scale:
    """Return a scale that holds all figures, and of the levels those that do not press the line flat.

    Levels come in order of importance. The scale never crosses zero only to have a margin.
    """
    low, high = min(figures), max(figures)
    most = (high - low) * ROOM
    for level in levels:
        wider = min(low, level), max(high, level)
        if most == 0 or wider[1] - wider[0] <= most:
            low, high = wider
    margin = (high - low) / 10 or abs(high) / 10 or Fraction(1)
    return Scale(
        Fraction(0) if 0 <= low < margin else low - margin,
        Fraction(0) if -margin < high <= 0 and low < 0 else high + margin,
        top,
        bottom,
    )


class Ticks(NamedTuple):
    """Round figures on a scale."""

    values: tuple[Fraction, ...]
    decimals: int


def ticks(scale: Scale, decimals: int, most: int = 5) -> Ticks:
    """Return round figures, no finer than the figures themselves are written if two of those fit."""
    span = scale.high - scale.low
    exponent = (Decimal(span.numerator) / Decimal(span.denominator)).adjusted() - 1
    steps = [Fraction(digits) * Fraction(10) ** (exponent + power) for power in range(3) for digits in ROUND]
    fine = [step for step in steps if span / step <= most]
    step = next((step for step in fine if (step * 10**decimals).denominator == 1 and span / step >= 2), fine[0])
    first = -(-scale.low // step)
    values = tuple(step * number for number in range(first, scale.high // step + 1))
    return Ticks(values, next(places for places in range(40) if (step * 10**places).denominator == 1))
