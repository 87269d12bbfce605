"""The ends of a chart's axis: exact, for figures may have 18 digits and 12 decimals."""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from coopctl.evaluate.numbers import round_half_up
from coopctl.report.view import PointView


class Axis(NamedTuple):
    """Its two ends as plain decimals, without an exponent."""

    low: str
    high: str


def axis_of(trend: Sequence[PointView]) -> Axis | None:
    """Return an axis that holds all figures of a trend and their targets, with a margin; None for no trend."""
    figures = [Fraction(text) for point in trend for text in (point.actual.exact, point.target.exact) if text]
    if not figures:
        return None
    low, high = min(figures), max(figures)
    margin = (high - low) / 10 or abs(high) / 10 or Fraction(1)
    bottom = Fraction(0) if 0 <= low < margin else low - margin  # no axis crosses zero only to have a margin
    top = Fraction(0) if -margin < high <= 0 and low < 0 else high + margin
    decimals = next(each for each in range(40) if (top - bottom) * 10**each >= 100)
    return Axis(_plain(math.floor(bottom * 10**decimals), decimals), _plain(math.ceil(top * 10**decimals), decimals))


def _plain(units: int, decimals: int) -> str:
    text = f"{round_half_up(Fraction(units, 10**decimals), decimals):f}"
    return text.rstrip("0").rstrip(".") if decimals else text
