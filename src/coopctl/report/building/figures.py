"""Figures as a report writes them: rounded, with their unit, in its language."""

import math
import re
from fractions import Fraction
from typing import Final

from coopctl.evaluate.forecast import Forecast
from coopctl.evaluate.numbers import HUNDRED, round_half_up, written
from coopctl.evaluate.verdicts import Bounds
from coopctl.report.speech import Speech
from coopctl.report.view import FigureView, ForecastView

NOTHING = FigureView(text="")
_MORE: Final = 3
"""How many decimals more than usual a figure gets at the most, where it would contradict its verdict without them."""
_PLURAL: Final = re.compile("[a-z][a-z -]*[a-z]{2}(?<![sui])s")
_SIGNS: Final = {"CNY": "元"}
"""What a currency is called as the unit of a KPI as well."""
_WIDE = re.compile("[⺀-鿿豈-﫿]")


class Unit:
    """How figures of one unit are written: so that they never contradict the verdict beside them."""

    def __init__(self, speech: Speech, unit: str, decimals: int, currency: str | None) -> None:
        self._speech = speech
        self._unit = unit
        self._decimals = decimals
        self._is_money = currency is not None and unit in (currency, _SIGNS.get(currency))
        self._currency = currency

    def apart(self, value: Fraction | None, bounds: Bounds | None, *others: Fraction | None) -> "Unit":
        """Return this unit with as many more decimals as it takes to tell a figure from a target, or others."""
        return self._finer(next(iter(self._distinct(value, bounds, *others)), self._decimals + _MORE))

    def telling(self, value: Fraction | None, bounds: Bounds | None, *others: Fraction | None) -> "Unit":
        """Return this unit with as many more decimals as figure, target and the difference of the two need.

        The figure looks different from what it is not. The difference is what the other two come to, and about what it
        really is.
        """
        distinct = self._distinct(value, bounds, *others)
        if value is not None and bounds is not None and (not bounds.is_range or bounds.distance(value)):
            telling = [each for each in distinct if _adds_up(value, bounds.nearest(value), each)]
            distinct = telling or distinct
        return self._finer(next(iter(distinct), self._decimals + _MORE))

    def _distinct(self, value: Fraction | None, bounds: Bounds | None, *others: Fraction | None) -> list[int]:
        """Return with how many decimals a figure differs from all that it is not."""
        possible = range(self._decimals, self._decimals + _MORE + 1)
        if value is None:
            return list(possible)
        against = [
            other for other in (*others, bounds.nearest(value) if bounds else None) if other not in (None, value)
        ]
        return [each for each in possible if all(_differ(value, other, each) for other in against if other is not None)]

    def _finer(self, decimals: int) -> "Unit":
        return Unit(self._speech, self._unit, decimals, self._currency)

    def figure(self, value: Fraction | None) -> FigureView:
        """Write a figure; nothing for nothing."""
        if value is None:
            return NOTHING
        return FigureView(text=self._text(value, self._decimals, signed=False), exact=written(value))

    def limit(self, limit: Fraction) -> str:
        """Write a limit as it was agreed, where that does not take too many decimals more."""
        return self._text(limit, self._exactly(limit), signed=False)

    def limit_of_distance(self, limit: Fraction) -> str:
        """Write a limit for how far something is from something else; percentages are points apart."""
        return self._difference(limit, self._exactly(limit), signed=False)

    def needed(self, value: Fraction, *, upwards: bool) -> FigureView:
        """Write a figure that is needed, rounded to the side on which it suffices."""
        scaled = value * 10**self._decimals
        enough = Fraction(math.ceil(scaled) if upwards else math.floor(scaled), 10**self._decimals)
        return FigureView(text=self._text(enough, self._decimals, signed=False), exact=written(value))

    def difference(self, value: Fraction | None) -> FigureView:
        """Write a difference with its sign, never as none where there is one; percentages differ by points."""
        if value is None:
            return NOTHING
        text = self._difference(value, _visible(value, self._decimals), signed=True)
        return FigureView(text=text, exact=written(value))

    def target(self, bounds: Bounds | None) -> FigureView:
        """Write a target, or the two ends of a range."""
        if bounds is None:
            return NOTHING
        if bounds.low is not None and bounds.high is not None:
            low, high = (self.figure(end).text for end in (bounds.low, bounds.high))
            return FigureView(text=self._speech.say("%(low)s to %(high)s", low=low, high=high))
        return self.figure(bounds.low if bounds.low is not None else bounds.high)

    def _exactly(self, value: Fraction) -> int:
        possible = range(self._decimals, self._decimals + _MORE + 1)
        return next((each for each in possible if (value * 10**each).denominator == 1), self._decimals)

    def _difference(self, value: Fraction, decimals: int, *, signed: bool) -> str:
        if self._unit != "%":
            return self._text(value, decimals, signed=signed)
        number = self._speech.number(value, decimals, signed=signed)
        message = "%(number)s point" if number.lstrip("+−") == "1" else "%(number)s points"
        return self._speech.say(message, number=number)

    def _text(self, value: Fraction, decimals: int, *, signed: bool) -> str:
        number = self._speech.number(value, decimals, signed=signed)
        unit = _singular(self._unit) if number.lstrip("+−") == "1" else self._unit
        if self._unit == "%":
            return f"{number}%"
        if self._is_money:
            return self._speech.money(number, self._currency or self._unit)
        return f"{number}{unit}" if _WIDE.match(unit) else f"{number} {unit}".rstrip()


def _singular(unit: str) -> str:
    """Return an English unit as it is after 1: `accident`, `delivery`, `box`; any other as it is."""
    if not _PLURAL.fullmatch(unit) or unit in ("series", "species"):
        return unit
    if unit.endswith("ies"):
        return f"{unit[:-3]}y"
    return unit[:-2] if unit.endswith(("ches", "shes", "xes", "sses")) else unit[:-1]


def _differ(one: Fraction, other: Fraction, decimals: int) -> bool:
    return round_half_up(one, decimals) != round_half_up(other, decimals)


def _adds_up(value: Fraction, aim: Fraction, decimals: int) -> bool:
    """Whether the difference of two figures is what they come to as they are shown, and off by a fifth at most."""
    variance, shown = value - aim, round_half_up(value - aim, decimals)
    if round_half_up(value, decimals) - round_half_up(aim, decimals) != shown:
        return False
    return abs(Fraction(shown) - variance) * 5 <= abs(variance)


def _visible(value: Fraction, decimals: int) -> int:
    """How many decimals show that something is not zero; as many as there may be where even they do not."""
    most = decimals + _MORE
    return next((each for each in range(decimals, most) if not value or round_half_up(value, each)), most)


def forecast_view(forecast: Forecast, unit: Unit) -> ForecastView:
    """Write a forecast."""
    aim, needed = forecast.aim, forecast.needed
    apart = unit.apart(forecast.value, aim)
    return ForecastView(
        value=apart.figure(forecast.value),
        target=apart.target(aim),
        method=forecast.method,
        basis=forecast.basis,
        needed=apart.needed(needed, upwards=aim is not None and aim.low is not None) if needed is not None else None,
        average=apart.figure(forecast.average) if forecast.average is not None else None,
        remaining=forecast.remaining,
        on_target=aim.distance(forecast.value) == 0 if aim else None,
    )


def percentage(speech: Speech, value: Fraction | None) -> FigureView:
    """Write a difference in percent with its sign and one decimal, never as none where there is one."""
    if value is None:
        return NOTHING
    return FigureView(text=speech.percent(value, _visible(value, 1), signed=True), exact=written(value))


def part_of_all(speech: Speech, value: Fraction | None) -> FigureView:
    """Write how much of all is reached, in percent with one decimal; what is less than all never shows as all."""
    if value is None:
        return NOTHING
    most = 1 + _MORE
    shown = min(value, HUNDRED - Fraction(1, 10**most)) if value < HUNDRED else value
    decimals = next(each for each in range(1, most + 1) if shown == HUNDRED or round_half_up(shown, each) != HUNDRED)
    return FigureView(text=speech.percent(shown, decimals), exact=written(value))
