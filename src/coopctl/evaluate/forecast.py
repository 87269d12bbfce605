"""Where a figure is heading by the end of the term (agreement language: forecast)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from coopctl.evaluate.budget import phased_parts
from coopctl.evaluate.numbers import exact
from coopctl.evaluate.periods import periods_of
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.targets import WHOLE, Aims, share_of, target_figure
from coopctl.evaluate.verdicts import Bounds, Verdict
from coopctl.model.kpis import Kpi

LAST_PERIODS = 3


class Forecast(NamedTuple):
    """A term-end value, always named as what it is."""

    value: Fraction
    method: Literal["run-rate", "mean-of-last-periods"]
    basis: int
    """Days, for a run rate, or periods that it rests on."""
    needed: Fraction | None
    """What is still needed to end on target, per remaining period (per day for a budget line); None if nothing can
    be said or nothing remains."""
    remaining: int
    """How many periods (days) remain."""
    aim: Bounds | None
    """What the forecast is measured against: the target at the end of the term."""
    average: Fraction | None = None
    """Mean of the targets of the periods that have a figure or remain: what all of them come to with what is needed."""


def kpi_forecast(setting: Setting, kpi_id: str, verdicts: Sequence[Verdict]) -> Forecast | None:
    """Forecast a KPI from its ended periods that have figures; None where there are none."""
    kpi = setting.agreement.kpis[kpi_id]
    known = [each for each in verdicts if each.actual is not None and not each.running]
    if not known:
        return None
    if kpi.accumulation == "cumulative" and kpi.aggregation in ("sum", "last"):
        return _run_rate(setting, kpi_id, kpi, known[-1])
    recent = [each.actual for each in known[-LAST_PERIODS:] if each.actual is not None]
    mean = sum(recent, Fraction(0)) / len(recent)
    needed, average, remaining = _needed_on_average(setting, kpi_id, kpi, known)
    aim = _aim_at_the_end(setting, kpi_id, kpi)
    return Forecast(mean, "mean-of-last-periods", len(recent), needed, remaining, aim, average)


def _run_rate(setting: Setting, kpi_id: str, kpi: Kpi, latest: Verdict) -> Forecast:
    assert latest.actual is not None and latest.period is not None
    elapsed = (latest.period.days.last - setting.term.first).days + 1
    value = latest.actual / elapsed * setting.term.length
    ahead = _targets_after(setting, kpi_id, kpi, latest)
    needed = (_single(ahead[-1]) - latest.actual) / len(ahead) if ahead else None
    return Forecast(value, "run-rate", elapsed, needed, len(ahead), _aim_at_the_end(setting, kpi_id, kpi))


def _aim_at_the_end(setting: Setting, kpi_id: str, kpi: Kpi) -> Bounds | None:
    """Return the target of the term's last period; of a whole one where the term has only a part of it."""
    last = max(periods_of(kpi.frequency, setting.term, setting.year_starts), key=lambda period: period.days.last)
    in_force = Aims(kpi, ("kpis", kpi_id), setting.year_starts).at(last)
    if in_force is None:
        return None
    share = share_of(kpi, last, setting.term) if kpi.accumulation == "cumulative" else WHOLE
    return target_figure(kpi, in_force, share).bounds


def _single(bounds: Bounds) -> Fraction:
    bound = bounds.low if bounds.low is not None else bounds.high
    assert bound is not None
    return bound


def _needed_on_average(
    setting: Setting, kpi_id: str, kpi: Kpi, known: Sequence[Verdict]
) -> tuple[Fraction | None, Fraction | None, int]:
    """Return what the periods left need on average for the term's mean to equal that of its targets, and the latter."""
    ahead = _targets_after(setting, kpi_id, kpi, known[-1])
    averaged = kpi.aggregation in ("sum", "mean", "weighted-mean", "ratio") and kpi.accumulation == "per-period"
    if not ahead or not averaged or kpi.direction == "within-range":
        return None, None, len(ahead)
    so_far = [each for each in known if each.target is not None]
    aimed = sum((_single(each.target.bounds) for each in so_far if each.target), Fraction(0))
    aimed += sum(map(_single, ahead), Fraction(0))
    reached = sum((each.actual for each in so_far if each.actual is not None), Fraction(0))
    return (aimed - reached) / len(ahead), aimed / (len(so_far) + len(ahead)), len(ahead)


def _targets_after(setting: Setting, kpi_id: str, kpi: Kpi, latest: Verdict) -> list[Bounds]:
    """Targets of the periods that come after a verdict's, to the end of the term."""
    aims = Aims(kpi, ("kpis", kpi_id), setting.year_starts)
    found = []
    for period in periods_of(kpi.frequency, setting.term, setting.year_starts):
        if latest.period is None or period.days.first <= latest.period.days.last:
            continue
        in_force = aims.at(period)
        if in_force is not None:
            found.append(target_figure(kpi, in_force, share_of(kpi, period, setting.term)).bounds)
    return found


def budget_forecast(setting: Setting, verdict: Verdict, at: date | None = None) -> Forecast | None:
    """Forecast a budget line's spend by the rate so far; None before anything is spent or any day has ended.

    `at` is the day that the verdict is of, where that is earlier than the as-of date.
    """
    if verdict.actual is None:
        return None
    line = setting.agreement.budget[verdict.id]
    parts = phased_parts(setting, line, at)
    elapsed = sum(part.elapsed for part in parts)
    days = sum(part.days.length for part in parts)
    if not elapsed:
        return None
    left = days - elapsed
    needed = (sum((part.amount for part in parts), Fraction(0)) - verdict.actual) / left if left else None
    value = verdict.actual / elapsed * days
    return Forecast(value, "run-rate", elapsed, needed, left, Bounds(None, exact(line.amount)))
