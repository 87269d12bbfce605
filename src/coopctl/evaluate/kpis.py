"""Verdicts for a KPI, one per period (agreement language: periods, status)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from coopctl.evaluate.consequences import with_consequences
from coopctl.evaluate.crossings import Limit, crossings, first_fired, limits, status_of
from coopctl.evaluate.numbers import HUNDRED, percent_of
from coopctl.evaluate.periods import Period, periods_of
from coopctl.evaluate.rollup import Known, Rolled, RollUp, known_figures, rolled_up
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.targets import Aims, share_of, target_figure
from coopctl.evaluate.verdicts import Bounds, Crossing, Status, TargetFigure, Verdict
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Observation
from coopctl.model.thresholds import LEVELS

_ZERO = Fraction(0)


class JudgedPeriod(NamedTuple):
    """A period that gets a verdict, and the target it is held against."""

    number: int
    """Which of the term's periods it is, from 0."""
    period: Period
    target: TargetFigure
    limits: tuple[Limit, ...]


def judged_periods(setting: Setting, kpi_id: str) -> list[JudgedPeriod]:
    """Return the periods that have begun by the as-of date, or the first one where none has.

    A stepped target starts the KPI: periods before its first step are not judged.
    """
    kpi = setting.agreement.kpis[kpi_id]
    found: list[JudgedPeriod] = []
    same = None
    aims = Aims(kpi, ("kpis", kpi_id), setting.year_starts)
    for index, period in enumerate(periods_of(kpi.frequency, setting.term, setting.year_starts)):
        if found and period.days.first > setting.as_of:
            break
        in_force = aims.at(period)
        if in_force is None:
            continue
        share = share_of(kpi, period, setting.term)
        if same != (in_force.path, share):  # most KPIs have one target for all their periods
            same = (in_force.path, share)
            target = target_figure(kpi, in_force, share)
            thresholds = limits(kpi.thresholds, target.bounds, share)
        found.append(JudgedPeriod(index, period, target, thresholds))
    return found


def kpi_verdicts(setting: Setting, kpi_id: str) -> list[Verdict]:
    """Judge every period of a KPI, in order of time."""
    kpi = setting.agreement.kpis[kpi_id]
    known = _known(setting, kpi_id)
    rolled = rolled_up(known, kpi)
    return [
        _judge(setting, kpi_id, kpi, judged, known, rolled.get(judged.number))
        for judged in judged_periods(setting, kpi_id)
    ]


def figures_behind(setting: Setting, verdict: Verdict) -> tuple[list[Observation], list[Observation]]:
    """Return every figure that a KPI's verdict rests on, and those they replaced, in order of time."""
    kpi = setting.agreement.kpis[verdict.id]
    periods = periods_of(kpi.frequency, setting.term, setting.year_starts)
    known = _known(setting, verdict.id)
    own = next(number for number, period in enumerate(periods) if period == verdict.period)
    first = 0 if kpi.accumulation == "cumulative" else own
    wanted = range(first, own + 1)
    current = [figure for number in wanted for figure in known.current.get(number, ())]
    return current, [figure for number in wanted for figure in known.superseded.get(number, ())]


def _known(setting: Setting, kpi_id: str) -> Known:
    kpi = setting.agreement.kpis[kpi_id]
    periods = periods_of(kpi.frequency, setting.term, setting.year_starts)
    observations = setting.ledger.figures.get(kpi_id, ())
    return known_figures(observations, kpi, periods, setting.year_starts, setting.as_of)


def _judge(
    setting: Setting, kpi_id: str, kpi: Kpi, judged: JudgedPeriod, known: Known, rolled: Rolled | None
) -> Verdict:
    if rolled is None:
        return with_consequences(setting, _without_figure(setting, kpi_id, kpi, judged))
    index, period, target, thresholds = judged
    running = period.days.last >= setting.as_of
    own = known.current[index]
    superseded = tuple(known.superseded.get(index, ()))
    actual = rolled.actual
    found = crossings(thresholds, actual, target.bounds)
    fired = first_fired(found)
    variance = variance_from(actual, target.bounds)
    on_target = target.bounds.distance(actual) == 0
    verdict = Verdict(
        kind="kpi",
        id=kpi_id,
        name=kpi.name or kpi_id,
        status=Status.PENDING if running else status_of(fired, on_target=on_target),
        path=("kpis", kpi_id),
        period=period,
        running=running,
        provisional=rolled.provisional,
        restated=bool(superseded),
        incomplete=rolled.incomplete,
        target=target,
        due=setting.calendar.after(period.days.last, kpi.report_within),
        actual=actual,
        variance=variance,
        variance_percent=percent_of(variance, target.bounds.nearest(actual)),
        attainment=attainment(actual, target.bounds),
        crossings=found,
        fired=None if running else fired,
        figures=tuple(own),
        superseded=superseded,
        evidence=own[-1].place,
        known_on=max(period.days.last, _first_known(kpi, own, superseded, judged, fired)),
    )
    return with_consequences(setting, verdict)


def _first_known(
    kpi: Kpi,
    own: Sequence[Observation],
    superseded: Sequence[Observation],
    judged: JudgedPeriod,
    fired: Crossing | None,
) -> date:
    """Return the day since which the figures have crossed the level that fired; a restatement does not start it anew.

    Where figures are rolled up or nothing was restated, that is the day the last of them was recorded.
    """
    known = max(figure.recorded or date.min for figure in own)
    if fired is None or not superseded or len(own) != 1 or kpi.accumulation == "cumulative":
        return known
    for figure in sorted(superseded, key=lambda each: each.recorded or date.min, reverse=True):
        total = RollUp(kpi.aggregation, per_cent=kpi.unit == "%")
        total.add(figure)
        earlier = first_fired(crossings(judged.limits, total.value, judged.target.bounds))
        if earlier is None or LEVELS.index(earlier.level) > LEVELS.index(fired.level):
            break
        known = figure.recorded or date.min
    return known


def _without_figure(setting: Setting, kpi_id: str, kpi: Kpi, judged: JudgedPeriod) -> Verdict:
    days = judged.period.days
    due = setting.calendar.after(days.last, kpi.report_within)
    running = days.last >= setting.as_of
    overdue = not running and setting.as_of > due
    return Verdict(
        kind="kpi",
        id=kpi_id,
        name=kpi.name or kpi_id,
        status=Status.MISSING if overdue else Status.PENDING,
        path=("kpis", kpi_id),
        period=judged.period,
        running=running,
        target=judged.target,
        due=due,
        known_on=due,
        counts_as=kpi.missing if overdue else None,
    )


def variance_from(actual: Fraction, bounds: Bounds) -> Fraction:
    """Return actual minus target, signed; for a range the signed distance outside it."""
    return bounds.distance(actual) if bounds.is_range else actual - bounds.nearest(actual)


def attainment(actual: Fraction, bounds: Bounds) -> Fraction:
    """How much of the target is reached, 0 to 100.

    Actual over target where higher is better, target over actual where lower is better; a range is reached or not.
    Only a target that is met gives 100, and where a sign makes the quotient meaningless a miss gives 0.
    """
    if bounds.distance(actual) == 0:
        return HUNDRED
    if bounds.is_range:
        return _ZERO
    target = bounds.nearest(actual)
    if actual <= 0 or target <= 0:
        return _ZERO
    return (actual / target if bounds.high is None else target / actual) * HUNDRED
