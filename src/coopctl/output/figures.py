"""Figures as people read them: rounded to a KPI's precision, with its unit."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from coopctl.evaluate.numbers import decimals_of, round_half_up, shown
from coopctl.evaluate.verdicts import TargetFigure, Verdict
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Kpi, Range
from coopctl.model.scalars import SignedPercent

_MOST_DECIMALS = 12


def kpi_decimals(kpi: Kpi, verdicts: Iterable[Verdict]) -> int:
    """How many decimals to show: the KPI's precision, else as many as its target and figures have.

    A quotient has no decimals of its own and gets one. More are added where rounding would make a missed target look
    reached, or actual minus target differ from the variance beside them, unless the agreement fixes the precision.
    """
    if kpi.precision is not None:
        return kpi.precision
    verdicts = list(verdicts)
    decimals = _decimals_of_target(kpi)
    for verdict in verdicts:
        for figure in verdict.figures:
            if figure.value is not None:
                decimals = max(decimals, decimals_of(figure.value))
        is_quotient = verdict.actual is not None and verdict.actual.denominator != 1
        if is_quotient and (kpi.aggregation == "ratio" or len(verdict.figures) > 1 or kpi.accumulation == "cumulative"):
            decimals = max(decimals, 1)
    for verdict in verdicts:
        decimals = _distinct(verdict, decimals)
    for verdict in verdicts:
        decimals = _adding_up(verdict, decimals)
    return decimals


def _decimals_of_target(kpi: Kpi) -> int:
    aims = kpi.target.values() if isinstance(kpi.target, dict) else (kpi.target,)
    found = 0
    for aim in aims:
        if isinstance(aim, Range):
            found = max(found, decimals_of(aim.min), decimals_of(aim.max))
        elif isinstance(aim, SignedPercent):
            found = max(found, decimals_of(kpi.baseline.value) if kpi.baseline else 0)
        else:
            found = max(found, decimals_of(aim))
    return found


def _distinct(verdict: Verdict, decimals: int) -> int:
    if verdict.actual is None or verdict.target is None:
        return decimals
    against = [bound for bound in verdict.target.bounds if bound is not None]
    against += [crossing.limit for crossing in verdict.crossings if crossing.threshold.is_level]
    while decimals < _MOST_DECIMALS and any(
        bound != verdict.actual and shown(bound, decimals) == shown(verdict.actual, decimals) for bound in against
    ):
        decimals += 1
    return decimals


def _adding_up(verdict: Verdict, decimals: int) -> int:
    """Return the decimals, two more at most, with which the figures that are shown can be subtracted by hand."""
    if verdict.actual is None or verdict.variance is None or verdict.target is None:
        return decimals
    bound = verdict.target.bounds.nearest(verdict.actual)
    for more in range(3):
        actual, target, variance = (
            round_half_up(number, decimals + more) for number in (verdict.actual, bound, verdict.variance)
        )
        if actual - target == variance:
            return decimals + more
    return decimals


def with_unit(number: str, unit: str) -> str:
    """Write a figure with its unit: `92.4%`, `16 days`."""
    return f"{number}%" if unit == "%" else f"{number} {_for_number(unit, number)}".rstrip()


_COUNTED = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "points"})


def _for_number(unit: str, number: str) -> str:
    return unit[:-1] if number in ("1", "-1") and unit in _COUNTED else unit


def difference(number: str, unit: str) -> str:
    """Write a difference with its unit; percentages differ by points."""
    return with_unit(number, "points" if unit == "%" else unit)


def shown_target(target: TargetFigure, decimals: int) -> str:
    """Write a target or a range."""
    low, high = target.bounds
    if low is not None and high is not None:
        return f"{shown(low, decimals)} to {shown(high, decimals)}"
    bound = low if low is not None else high
    assert bound is not None
    return shown(bound, decimals)


def unit_and_decimals(agreement: Agreement, verdict: Verdict) -> tuple[str, int]:
    """Return the unit of a verdict's figures, and how many decimals people see of them."""
    if verdict.kind == "kpi":
        kpi = agreement.kpis[verdict.id]
        return kpi.unit, kpi_decimals(kpi, [verdict])
    if verdict.kind == "milestone":
        return "days", 0
    amounts: list[Decimal] = [figure.value for figure in verdict.figures if figure.value is not None]
    return agreement.currency or "", max([decimals_of(agreement.budget[verdict.id].amount), *map(decimals_of, amounts)])


def shown_percent(percent: Fraction | None) -> str:
    """Write a percentage with one decimal; nothing for nothing."""
    return "" if percent is None else f"{shown(percent, 1)}%"
