"""Figures as a report writes them: rounded, with their unit, in its language."""

import re
from fractions import Fraction

from coopctl.evaluate.forecast import Forecast
from coopctl.evaluate.numbers import round_half_up, written
from coopctl.evaluate.verdicts import Bounds
from coopctl.report.speech import Speech
from coopctl.report.view import FigureView, ForecastView

NOTHING = FigureView(text="")
_MORE = 3
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

    def apart(self, value: Fraction | None, bounds: Bounds | None) -> FigureView:
        """Write a figure with as many more decimals as it takes to tell it from a target that it is not."""
        if value is None:
            return NOTHING
        aim = bounds.nearest(value) if bounds else value
        decimals = self._decimals
        while value != aim and decimals < self._decimals + _MORE and _same(value, aim, decimals):
            decimals += 1
        return FigureView(text=self._text(value, signed=False, decimals=decimals), exact=written(value))

    def difference(self, value: Fraction | None) -> FigureView:
        """Write a difference with its sign; percentages differ by points."""
        if value is None:
            return NOTHING
        if self._unit != "%":
            return FigureView(text=self._text(value, signed=True), exact=written(value))
        number = self._speech.number(value, self._decimals, signed=True)
        return FigureView(text=self._speech.say("%(number)s points", number=number), exact=written(value))

    def distance(self, value: Fraction) -> str:
        """Write how far something is from something else; percentages are points apart."""
        return self.difference(value).text.removeprefix("+")

    def target(self, bounds: Bounds | None) -> FigureView:
        """Write a target, or the two ends of a range."""
        if bounds is None:
            return NOTHING
        if bounds.low is not None and bounds.high is not None:
            low, high = (self._text(end, signed=False) for end in (bounds.low, bounds.high))
            return FigureView(text=self._speech.say("%(low)s to %(high)s", low=low, high=high))
        return self.figure(bounds.low if bounds.low is not None else bounds.high)

    def _text(self, value: Fraction, *, signed: bool, decimals: int | None = None) -> str:
        number = self._speech.number(value, self._decimals if decimals is None else decimals, signed=signed)
        if self._unit == "%":
            return f"{number}%"
        if self._is_money:
            return self._speech.money(number, self._unit)
        return f"{number}{self._unit}" if _WIDE.match(self._unit) else f"{number} {self._unit}".rstrip()


def _same(one: Fraction, other: Fraction, decimals: int) -> bool:
    return round_half_up(one, decimals) == round_half_up(other, decimals)


def forecast_view(forecast: Forecast, unit: Unit) -> ForecastView:
    """Write a forecast."""
    return ForecastView(
        value=unit.apart(forecast.value, forecast.aim),
        target=unit.target(forecast.aim),
        method=forecast.method,
        basis=forecast.basis,
        needed=unit.figure(forecast.needed) if forecast.needed is not None else None,
        remaining=forecast.remaining,
        on_target=forecast.aim.distance(forecast.value) == 0 if forecast.aim else None,
    )


def percentage(speech: Speech, value: Fraction | None, *, signed: bool = False) -> FigureView:
    """Write a percentage with one decimal; nothing for nothing."""
    if value is None:
        return NOTHING
    return FigureView(text=speech.percent(value, 1, signed=signed), exact=written(value))
