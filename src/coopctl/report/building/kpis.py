"""KPIs and goals over the time of a report."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from coopctl.evaluate.forecast import kpi_forecast
from coopctl.evaluate.kpis import attainment
from coopctl.evaluate.numbers import exact, written
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.stretch import Stretch, stretch_of
from coopctl.evaluate.verdicts import Verdict
from coopctl.model.kpis import Kpi
from coopctl.model.scalars import PeriodKey
from coopctl.model.thresholds import Level
from coopctl.output.figures import kpi_decimals
from coopctl.report.building.axis import axis_of
from coopctl.report.building.figures import NOTHING, Unit, forecast_view, part_of_all, percentage
from coopctl.report.building.setting import ReportSetting, next_days
from coopctl.report.stretches import Reported
from coopctl.report.view import ForecastView, GoalView, KpiView, PointView
from coopctl.rules.bounds import cannot_be_negative, is_share

CHARTED = 24
"""How many of the latest points a chart shows."""


def kpi_views(report: ReportSetting) -> tuple[KpiView, ...]:
    """Return every KPI that is judged at all, over the time of the report."""
    pictures = report.pictures.trends(report.agreement.kpis, report.speech.tag)
    return tuple(
        _kpi(report, kpi_id, kpi, report.by_subject.get(f"kpis.{kpi_id}", []), pictures.get(kpi_id, ""))
        for kpi_id, kpi in report.agreement.kpis.items()
    )


def _kpi(report: ReportSetting, kpi_id: str, kpi: Kpi, verdicts: Sequence[Verdict], picture: str) -> KpiView:
    speech, agreement = report.speech, report.agreement
    unit = Unit(speech, kpi.unit, kpi_decimals(kpi, verdicts), agreement.currency)
    stretch = stretch_of(kpi, verdicts, report.days)
    points = tuple(_point(report, unit, verdict) for verdict in stretch.verdicts)
    before, change = _compared(report.time.before, kpi, verdicts, stretch)
    year_before, year_change = _compared(report.time.year_before, kpi, verdicts, stretch)
    row = unit.telling(stretch.actual, stretch.bounds, before, year_before)
    history = tuple(_point(report, unit, verdict, noted=False) for verdict in verdicts)
    trend = _trend(history)
    axis = axis_of(trend)
    reached = attainment(stretch.actual, stretch.bounds) if stretch.actual is not None and stretch.bounds else None
    return KpiView(
        id=kpi_id,
        name=kpi.name or kpi_id,
        unit=kpi.unit,
        direction=kpi.direction,
        frequency=kpi.frequency.value,
        dimension=kpi.dimension,
        owner=report.actor(kpi.owner),
        source=kpi.source or "",
        weight=str(kpi.weight) if kpi.weight is not None else "",
        goals=tuple(goal.statement for goal in agreement.goals.values() if kpi_id in goal.kpis),
        baseline=unit.figure(exact(kpi.baseline.value)) if kpi.baseline else NOTHING,
        target=row.target(stretch.bounds),
        actual=row.figure(stretch.actual),
        variance=row.difference(stretch.variance),
        variance_percent=percentage(speech, stretch.variance_percent),
        attainment=part_of_all(speech, reached),
        on_target=stretch.on_target,
        lacks_figures=stretch.lacks_figures,
        status=stretch.status.value,
        rolled_up=sum(verdict.actual is not None for verdict in stretch.verdicts) > 1,
        points=points,
        history=history,
        trend=trend,
        axis_low=axis.low if axis else None,
        axis_high=axis.high if axis else None,
        picture=picture if trend else "",
        before=row.figure(before),
        change=change,
        year_before=row.figure(year_before),
        year_change=year_change,
        cumulative=kpi.accumulation == "cumulative",
        forecast=None if _is_past(report) else _forecast(report.setting, kpi_id, kpi, unit, verdicts),
        notes=tuple(dict.fromkeys(number for point in points for number in point.notes)),
    )


def _trend(history: Sequence[PointView]) -> tuple[PointView, ...]:
    """Return what a chart shows: figures still running are not comparable, and two make no trend."""
    known = [point for point in history if point.actual.exact is not None and point.status != "pending"]
    return tuple(known[-CHARTED:]) if len(known) >= 3 else ()


def _point(report: ReportSetting, unit: Unit, verdict: Verdict, *, noted: bool = True) -> PointView:
    assert verdict.period is not None, "a KPI's verdict is for a period"
    period = report.speech.period(PeriodKey.read(verdict.period.key))
    earlier = unit.figure(exact(value)).text if (value := _replaced(verdict)) is not None else ""
    bound = verdict.target.bounds if verdict.target else None
    row = unit.telling(verdict.actual, bound)
    return PointView(
        key=verdict.period.key,
        period=period,
        target=row.target(bound),
        low=written(bound.low) if bound and bound.is_range and bound.low is not None else None,
        high=written(bound.high) if bound and bound.is_range and bound.high is not None else None,
        actual=row.figure(verdict.actual),
        variance=row.difference(verdict.variance),
        status=verdict.status.value,
        provisional=verdict.provisional,
        warn=_levels(verdict, "warn"),
        breach=_levels(verdict, "breach"),
        notes=report.notes.of(verdict, period, earlier, report.waiver_reason(verdict)) if noted else (),
    )


def _replaced(verdict: Verdict) -> Decimal | None:
    return verdict.superseded[-1].value if verdict.superseded else None


def _levels(verdict: Verdict, level: Level) -> tuple[str, ...]:
    """Return the figures at which something fires on the side of a range's lower and upper end, or on the only side.

    Of several conditions it is the one that fires first.
    """
    if verdict.target is None:
        return ()
    low, high = verdict.target.bounds
    limits = [each for each in verdict.crossings if each.level == level]
    below = [each.limit if each.threshold.is_level else low - each.limit for each in limits if low is not None]
    above = [each.limit if each.threshold.is_level else high + each.limit for each in limits if high is not None]
    return (*([written(max(below))] if below else []), *([written(min(above))] if above else []))


def _compared(
    time: Reported | None, kpi: Kpi, verdicts: Sequence[Verdict], now: Stretch
) -> tuple[Fraction | None, str | None]:
    """Return the figure of another time, and how the present one compares with it."""
    if time is None:
        return None, None
    then = stretch_of(kpi, verdicts, time.days)
    if set(then.verdicts) & set(now.verdicts):
        return None, None
    if then.actual is None or now.actual is None or kpi.accumulation == "cumulative":  # a running total only grows
        return then.actual, None
    return then.actual, _change(kpi, then, now)


def _change(kpi: Kpi, then: Stretch, now: Stretch) -> str:
    assert then.actual is not None and now.actual is not None
    if kpi.direction == "within-range":
        before, after = (abs(each.variance or Fraction(0)) for each in (then, now))
    elif kpi.direction == "higher-is-better":
        before, after = -then.actual, -now.actual
    else:
        before, after = then.actual, now.actual
    return "same" if before == after else "better" if after < before else "worse"


def _is_past(report: ReportSetting) -> bool:
    """Whether the term is over, or another period has ended since: what is forecast now was not known then."""
    following, as_of = next_days(report), report.judgement.as_of
    return as_of > report.setting.term.last or (following is not None and following.last < as_of)


def _forecast(setting: Setting, kpi_id: str, kpi: Kpi, unit: Unit, verdicts: Sequence[Verdict]) -> ForecastView | None:
    forecast = kpi_forecast(setting, kpi_id, verdicts)
    if forecast is None:
        return None
    view = forecast_view(forecast, unit)
    adds_up = kpi.aggregation == "sum" and kpi.accumulation == "per-period"
    return view.model_copy(update={"possible": _is_possible(kpi_id, kpi, forecast.needed), "per_period": adds_up})


def _is_possible(kpi_id: str, kpi: Kpi, needed: Fraction | None) -> bool:
    """Whether a figure can be as high or as low as it would have to be."""
    if needed is None:
        return True
    return not (needed > 100 and is_share(kpi_id, kpi)) and not (needed < 0 and cannot_be_negative(kpi_id, kpi))


def goal_views(report: ReportSetting, kpis: Sequence[KpiView]) -> tuple[GoalView, ...]:
    """Return every goal with the KPIs that measure it, the most important first."""
    by_id = {kpi.id: kpi for kpi in kpis}
    found = []
    for goal_id, goal in report.agreement.goals.items():
        measured = tuple(by_id[kpi_id] for kpi_id in goal.kpis if kpi_id in by_id)
        standings = [kpi.on_target for kpi in measured]
        known = [each for each in standings if each is not None]
        lacks = any(kpi.lacks_figures for kpi in measured)
        found.append(
            GoalView(
                id=goal_id,
                statement=goal.statement,
                owner=report.actor(goal.owner),
                due=report.speech.day(goal.due) if goal.due else "",
                due_in_short=report.speech.short_day(goal.due) if goal.due else "",
                due_date=goal.due.isoformat() if goal.due else "",
                priority=goal.priority,
                kpis=measured,
                on_target=None if all(known) and (lacks or not known) else all(known),
                lacks_figures=lacks,
                reached=None if None in standings and all(known) else all(known),
            )
        )
    return tuple(sorted(found, key=lambda goal: goal.priority if goal.priority is not None else 1_000_000))
