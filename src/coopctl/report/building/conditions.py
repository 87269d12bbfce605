"""Conditions for warnings and breaches as an agreement states them, in words; and figures as they were agreed."""

from decimal import Decimal
from fractions import Fraction

from coopctl.model.kpis import Kpi
from coopctl.model.plan import Milestone
from coopctl.model.scalars import Duration, DurationUnit, Percent
from coopctl.model.thresholds import Condition, Level, Thresholds
from coopctl.output.figures import with_unit
from coopctl.report.building.figures import Unit
from coopctl.report.building.setting import ReportSetting


def agreed(report: ReportSetting, value: Decimal | Fraction, unit: str) -> str:
    """Write a figure of the agreement with its unit, and with every decimal that it has."""
    number = Fraction(value)
    return Unit(report.speech, _for_one(unit, number), _decimals(number), report.agreement.currency).figure(number).text


def _for_one(unit: str, number: Fraction) -> str:
    return with_unit("1", unit).removeprefix("1").strip() if number == 1 else unit


def _decimals(number: Fraction) -> int:
    """How many decimals it takes to write a number in full; a product of two figures of the agreement has an end."""
    decimals = 0
    while (number * 10**decimals).denominator != 1:
        decimals += 1
    return decimals


def kpi_conditions(report: ReportSetting, kpi: Kpi, level: Level) -> tuple[str, ...]:
    """Say on what a warning or breach of a KPI depends."""
    return tuple(_of_kpi(report, kpi, each) for each in (kpi.thresholds.at(level) if kpi.thresholds else ()))


def _of_kpi(report: ReportSetting, kpi: Kpi, threshold: Condition) -> str:
    speech, limit = report.speech, threshold.limit
    if threshold.is_level:
        assert isinstance(limit, Decimal), "the model allows a level to be nothing but a number"
        return _beyond(report, agreed(report, limit, kpi.unit), threshold, upwards=kpi.direction == "lower-is-better")
    if isinstance(limit, Percent):
        size = speech.say("%(percent)s of the target", percent=str(limit))
    else:
        assert isinstance(limit, Decimal), "a figure is off by a number or a share"
        size = _points(report, limit) if kpi.unit == "%" else agreed(report, limit, kpi.unit)
    return speech.say("off by %(size)s or more" if threshold.is_inclusive else "off by more than %(size)s", size=size)


def _points(report: ReportSetting, size: Decimal) -> str:
    number = report.speech.number(size, _decimals(Fraction(size)))
    return report.speech.say("%(number)s point" if size == 1 else "%(number)s points", number=number)


def _beyond(report: ReportSetting, size: str, threshold: Condition, *, upwards: bool) -> str:
    speech = report.speech
    if threshold.is_inclusive:
        return speech.say("%(size)s or above" if upwards else "%(size)s or below", size=size)
    return speech.say("above %(size)s" if upwards else "below %(size)s", size=size)


def budget_conditions(report: ReportSetting, thresholds: Thresholds | None, level: Level) -> tuple[str, ...]:
    """Say on what a warning or breach of a budget line depends."""
    return tuple(_of_budget(report, each) for each in (thresholds.at(level) if thresholds else ()))


def _of_budget(report: ReportSetting, threshold: Condition) -> str:
    speech, limit, currency = report.speech, threshold.limit, report.agreement.currency or ""
    if isinstance(limit, Percent):
        size = speech.say("%(percent)s of the budget to date", percent=str(limit))
    else:
        assert isinstance(limit, Decimal), "spend is off by a number or a share"
        size = agreed(report, limit, currency)
    if threshold.is_level:
        return speech.say("spend to date: %(condition)s", condition=_beyond(report, size, threshold, upwards=True))
    return speech.say(
        "overspent by %(size)s or more" if threshold.is_inclusive else "overspent by more than %(size)s", size=size
    )


def milestone_conditions(report: ReportSetting, milestone: Milestone, level: Level) -> tuple[str, ...]:
    """Say on what a warning or breach of a milestone depends."""
    thresholds = milestone.thresholds
    return tuple(_of_milestone(report, each) for each in (thresholds.at(level) if thresholds else ()))


def _of_milestone(report: ReportSetting, threshold: Condition) -> str:
    speech, limit = report.speech, threshold.limit
    if isinstance(limit, Percent):
        size = speech.say("%(percent)s of the planned time", percent=str(limit))
    elif isinstance(limit, Duration):
        size = report.duration(limit)
    elif limit == int(limit):
        size = report.duration(Duration(int(limit), DurationUnit.DAY))
    else:
        size = report.speech.say("%(amount)s days", amount=report.speech.number(limit, _decimals(Fraction(limit))))
    return speech.say("late by %(size)s or more" if threshold.is_inclusive else "late by more than %(size)s", size=size)
