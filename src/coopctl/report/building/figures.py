"""Figures as a report writes them: rounded, with their unit, in its language."""

import re
from fractions import Fraction

from coopctl.evaluate.numbers import written
from coopctl.evaluate.verdicts import Bounds
from coopctl.report.speech import Speech
from coopctl.report.view import FigureView

NOTHING = FigureView(text="")
_WIDE = re.compile("[⺀-鿿豈-﫿]")


class Unit:
    """How figures of one unit are written."""

    def __init__(self, speech: Speech, unit: str, decimals: int, currency: str | None) -> None:
        self._speech = speech
        self._unit = unit
        self._decimals = decimals
        self._is_money = currency is not None and unit == currency

    def figure(self, value: Fraction | None) -> FigureView:
        """Write a figure; nothing for nothing."""
        return NOTHING if value is None else FigureView(text=self._text(value, signed=False), exact=written(value))

    def difference(self, value: Fraction | None) -> FigureView:
        """Write a difference with its sign; percentages differ by points."""
        if value is None:
            return NOTHING
        if self._unit != "%":
            return FigureView(text=self._text(value, signed=True), exact=written(value))
        number = self._speech.number(value, self._decimals, signed=True)
        return FigureView(text=self._speech.say("%(number)s points", number=number), exact=written(value))

    def target(self, bounds: Bounds | None) -> FigureView:
        """Write a target, or the two ends of a range."""
        if bounds is None:
            return NOTHING
        if bounds.low is not None and bounds.high is not None:
            low, high = (self._text(end, signed=False) for end in (bounds.low, bounds.high))
            return FigureView(text=self._speech.say("%(low)s to %(high)s", low=low, high=high))
        return self.figure(bounds.low if bounds.low is not None else bounds.high)

    def _text(self, value: Fraction, *, signed: bool) -> str:
        number = self._speech.number(value, self._decimals, signed=signed)
        if self._unit == "%":
            return f"{number}%"
        if self._is_money:
            return self._speech.say("%(currency)s %(amount)s", currency=self._unit, amount=number)
        return f"{number}{self._unit}" if _WIDE.match(self._unit) else f"{number} {self._unit}".rstrip()


def percentage(speech: Speech, value: Fraction | None, *, signed: bool = False) -> FigureView:
    """Write a percentage with one decimal; nothing for nothing."""
    if value is None:
        return NOTHING
    return FigureView(text=speech.percent(value, 1, signed=signed), exact=written(value))
