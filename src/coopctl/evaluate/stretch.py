"""A KPI's figure over a stretch that is longer than its own periods: a quarter of monthly figures."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from coopctl.evaluate.kpis import variance_from
from coopctl.evaluate.numbers import percent_of
from coopctl.evaluate.periods import ONE_DAY, SHORTEST, Days, Period
from coopctl.evaluate.rollup import RollUp
from coopctl.evaluate.verdicts import Bounds, Status, Verdict, gravity
from coopctl.model.kpis import Kpi
from coopctl.model.scalars import PeriodKind


class Stretch(NamedTuple):
    """What a KPI comes to over some days."""

    verdicts: tuple[Verdict, ...]
    """The KPI's own periods, in order of time; one that is longer than the days asked for, where there is none."""
    actual: Fraction | None
    """Rolled up by the KPI's own aggregation from all figures; None where there are none."""
    bounds: Bounds | None
    """What the periods' targets come to in the same way."""

    @property
    def variance(self) -> Fraction | None:
        """Actual minus target; for a range the signed distance outside it."""
        if self.actual is None or self.bounds is None:
            return None
        return variance_from(self.actual, self.bounds)

    @property
    def variance_percent(self) -> Fraction | None:
        """Variance in percent of the target's size; None where that is 0."""
        if self.actual is None or self.bounds is None or self.variance is None:
            return None
        return percent_of(self.variance, self.bounds.nearest(self.actual))

    @property
    def lacks_figures(self) -> bool:
        """Whether a figure is missing in some of its periods."""
        return any(verdict.status is Status.MISSING for verdict in self.verdicts)

    @property
    def on_target(self) -> bool | None:
        """Whether the rolled-up figure reaches the rolled-up target; nothing does so that lacks a figure."""
        if self.actual is None or self.bounds is None:
            return None
        reached = self.bounds.distance(self.actual) == 0
        return None if reached and self.lacks_figures else reached

    @property
    def status(self) -> Status:
        """The worst of its periods' statuses, but that misses made good within the stretch are no more than that."""
        return min((verdict.status for verdict in self.verdicts), key=gravity, default=Status.PENDING)


def belongs(verdict: Verdict, days: Days) -> bool:
    """Whether a verdict is one of those of some days, such as a month's; a budget line stands beside any of them.

    A milestone is where it was due or done, and where it was late in between.
    """
    if verdict.period is not None:
        return period_belongs(verdict.period, days)
    if verdict.kind != "milestone" or verdict.due is None:
        return True
    if verdict.actual_date is None:
        return days.first <= verdict.due <= days.last
    late = Days(verdict.due, max(verdict.due, verdict.actual_date))
    return days.overlaps(late) or days.first <= verdict.actual_date <= days.last


def period_belongs(period: Period, days: Days) -> bool:
    """Whether a period is one of those of some days: a week where its Thursday lies, any other where it ends.

    So of the months, quarters, halves and years of a term each has its own periods, and none is in two of them. Of a
    week whose Thursday lies outside the term it is the day nearest to that which is in it.
    """
    day = period.days.last
    if period.whole.length == SHORTEST[PeriodKind.WEEK]:
        day = min(max(period.whole.first + 3 * ONE_DAY, period.days.first), period.days.last)
    return days.first <= day <= days.last


def stretch_of(kpi: Kpi, verdicts: Sequence[Verdict], days: Days) -> Stretch:
    """Roll a KPI's periods up over some days, from its verdicts at one date."""
    own = tuple(verdict for verdict in verdicts if belongs(verdict, days))
    if not own:
        holding = tuple(verdict for verdict in verdicts if verdict.period and verdict.period.whole.contains(days))
        own = holding[:1]
    known = [verdict for verdict in own if verdict.actual is not None and verdict.target is not None]
    if not known:
        aims = [verdict.target.bounds for verdict in own if verdict.target is not None]
        if kpi.accumulation == "cumulative":
            aims = aims[-1:]
        return Stretch(own, None, _targets(kpi, aims) if aims else None)
    if kpi.accumulation == "cumulative" or len(known) == 1:
        latest = known[-1]
        return Stretch(own, latest.actual, latest.target.bounds if latest.target else None)
    total = RollUp(kpi.aggregation, per_cent=kpi.unit == "%")
    for verdict in known:
        for figure in verdict.figures:
            total.add(figure)
    return Stretch(own, total.value, _targets(kpi, [verdict.target.bounds for verdict in known if verdict.target]))


def _targets(kpi: Kpi, bounds: Sequence[Bounds]) -> Bounds:
    """Return what several targets come to: their sum for sums, their mean for means and ratios, else the last."""
    if kpi.aggregation in ("last", "min", "max"):
        return bounds[-1]
    parts = len(bounds) if kpi.aggregation != "sum" else 1
    lows = [each.low for each in bounds if each.low is not None]
    highs = [each.high for each in bounds if each.high is not None]
    return Bounds(sum(lows, Fraction(0)) / parts if lows else None, sum(highs, Fraction(0)) / parts if highs else None)
