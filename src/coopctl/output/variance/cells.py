"""One verdict as the cells of a table; what the table formats have in common."""

from fractions import Fraction

from coopctl.evaluate.numbers import shown
from coopctl.evaluate.verdicts import Status, Verdict
from coopctl.output.figures import shown_percent, shown_target, with_unit
from coopctl.output.variance.view import Line

HEADER = ("Period", "Target", "Actual", "Variance", "%", "Attained", "Status")
_BARS = "▁▂▃▄▅▆▇█"
_WORDS = {Status.OFF_TARGET: "off target"}


def cells(line: Line, verdict: Verdict) -> tuple[str, ...]:
    """Return a verdict's cells in the order of `HEADER`."""
    if verdict.kind == "milestone":
        figures = (str(verdict.due), str(verdict.actual_date or ""), _signed(verdict.variance, 0))
    else:
        target = shown_target(verdict.target, line.decimals) if verdict.target else ""
        actual = shown(verdict.actual, line.decimals) if verdict.actual is not None else ""
        figures = (target, actual, _signed(verdict.variance, line.decimals))
    return (
        _when(verdict),
        *figures,
        shown_percent(verdict.variance_percent),
        shown_percent(verdict.attainment),
        f"{_WORDS.get(verdict.status, verdict.status.value)}{marks(verdict)}",
    )


def _when(verdict: Verdict) -> str:
    if verdict.period is not None:
        return verdict.period.key
    return "to date" if verdict.kind == "budget" else "due"


def _signed(number: Fraction | None, decimals: int) -> str:
    if number is None:
        return ""
    text = shown(number, decimals)
    return f"+{text}" if number > 0 else text


def marks(verdict: Verdict) -> str:
    """Return one letter per thing to know about a figure, explained below the table."""
    letters = [
        letter
        for letter, holds in (
            ("p", verdict.provisional),
            ("r", verdict.restated),
            ("t", verdict.partial),
            ("i", verdict.incomplete),
            ("d", verdict.running and verdict.actual is not None),
            ("f", verdict.forecasted),
        )
        if holds
    ]
    return " " + "".join(letters) if letters else ""


LEGEND = (
    "d to date, period still running · p provisional · r restated · t partial period · i incomplete total · "
    "f judged at its forecast"
)


def trend(line: Line) -> str:
    """Draw the figures so far as bars, lowest to highest; a gap where a period has none."""
    actuals = [verdict.actual for verdict in line.history if verdict.period is not None]
    known = [actual for actual in actuals if actual is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    while actuals and actuals[-1] is None:
        actuals.pop()
    return "".join(" " if actual is None else _bar(actual, low, high) for actual in actuals)


def _bar(actual: Fraction, low: Fraction, high: Fraction) -> str:
    if high == low:
        return _BARS[3]
    steps = (actual - low) / (high - low) * (len(_BARS) - 1)
    return _BARS[(2 * steps.numerator + steps.denominator) // (2 * steps.denominator)]


def forecast_text(line: Line) -> str:
    """Say the forecast, what it rests on, and what is still needed."""
    forecast = line.forecast
    if forecast is None:
        return ""
    value = with_unit(shown(forecast.value, line.decimals), line.unit)
    if forecast.method == "run-rate":
        basis = f"at the rate of the first {forecast.basis} days"
    elif forecast.basis == 1:
        basis = "the only period so far"
    else:
        basis = f"mean of the last {forecast.basis} periods"
    text = f"forecast for the term's end {value} ({basis})"
    if forecast.needed is None or not forecast.remaining:
        return text
    needed = with_unit(shown(forecast.needed, line.decimals), line.unit)
    if line.subject.startswith("budget."):
        if forecast.needed < 0:
            return f"{text}; the whole budget is spent"
        return f"{text}; {needed} a day are left for the remaining {forecast.remaining} days"
    if forecast.method == "run-rate":
        return f"{text}; {needed} in each of the {_left(forecast.remaining)} reach the target"
    return f"{text}; {needed} on average in the {_left(forecast.remaining)} make up for the past"


def _left(periods: int) -> str:
    return "one period left" if periods == 1 else f"{periods} periods left"


def description(line: Line) -> str:
    """Say what a line's figures are."""
    if line.subject.startswith("plan."):
        return "days late"
    direction = line.direction.replace("-", " ")
    if line.subject.startswith("budget."):
        return f"spend in {line.unit}" if line.unit else "spend"
    return f"{line.unit}, {direction}"
