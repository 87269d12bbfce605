"""Rules about KPIs."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from coopctl.evaluate.numbers import HUNDRED, exact
from coopctl.evaluate.periods import days_of
from coopctl.evaluate.verdicts import TargetFigure
from coopctl.findings import Severity
from coopctl.model.scalars import SignedPercent, shortened
from coopctl.rules.aims import aims_of, aims_worse_than_baseline, from_when, told
from coopctl.rules.amounts import amount, plain
from coopctl.rules.listing import MOST_NAMED, listed
from coopctl.rules.quantities import is_counted_ratio, is_time, names, why_not_added
from coopctl.rules.rule import Remark, Review, rule
from coopctl.rules.speed_wording import Speedup, is_called_speed, speedup_in
from coopctl.rules.speeds import called_a_speed, misread, not_the_speed

_MOST_KPIS = 15


@rule("KPI001", Severity.WARNING)
def kpi_without_owner(review: Review) -> Iterator[Remark]:
    """A KPI has no owner: nobody owes its figure.

    Why: A figure that everybody answers for is answered for by nobody. When it slips, the first weeks go into finding
    out who has to act, and a breach cannot be laid at anybody's door.

    Bad:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92}

    Good:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92, owner: harbor}
    """
    parties = " or owner: ".join(islice(review.agreement.parties, MOST_NAMED))
    for kpi_id, kpi in review.agreement.kpis.items():
        if kpi.owner is None:
            yield Remark(
                ("kpis", kpi_id, "owner"),
                f"{kpi_id} has no owner",
                f"add owner: {parties}: the party, or the member of the working group, that owes the figure",
            )


@rule("KPI002", Severity.WARNING)
def kpi_without_source(review: Review) -> Iterator[Remark]:
    """A KPI does not say where its figures come from.

    Why: Two parties that count in two systems get two figures, and argue about the figures instead of the work. The
    source is best agreed before there is anything to argue about ("measurable" in SMART goals).

    Bad:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92}

    Good:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92, source: Quarterly customer survey}
    """
    for kpi_id, kpi in review.agreement.kpis.items():
        if kpi.source is None:
            yield Remark(
                ("kpis", kpi_id, "source"),
                f"{kpi_id} does not say where its figures come from",
                "add source: with the system, report or survey, such as source: Project tracker, monthly export",
            )


@rule("KPI003", Severity.WARNING)
def kpi_without_thresholds(review: Review) -> Iterator[Remark]:
    """A KPI has no thresholds, so a check can never warn or fail on it.

    Why: A missed target without a threshold is off target and nothing more: nobody is warned, nothing escalates, no
    exit right counts it. Whoever signs believes that the figure is guarded.

    Bad:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92}

    Good:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92,
                 thresholds: {warn: {worse_than: 85}, breach: {worse_than: 80}}}
    """
    for kpi_id, kpi in review.agreement.kpis.items():
        if kpi.thresholds is None or not (kpi.thresholds.warn or kpi.thresholds.breach):
            yield Remark(
                ("kpis", kpi_id, "thresholds"),
                f"{kpi_id} has a target and no thresholds: a check can never fail on it",
                "add thresholds: {warn: {off_by_more_than: 5%}, breach: {off_by_more_than: 10%}}",
            )


@rule("KPI004", Severity.WARNING)
def target_worse_than_baseline(review: Review) -> Iterator[Remark]:
    """A target is worse than the baseline that it starts from.

    Why: Whoever owes the KPI may slip and still meet it, so the cooperation is seen to succeed while it does harm.
    Mostly it is a slip of the pen: two figures exchanged, a wrong sign, or a wrong direction.

    Bad:
        kpis:
          delivery-days: {unit: days, direction: lower-is-better,
                          frequency: monthly, aggregation: mean,
                          baseline: {value: 14}, target: 16}

    Good:
        kpis:
          delivery-days: {unit: days, direction: lower-is-better,
                          frequency: monthly, aggregation: mean,
                          baseline: {value: 16}, target: 14}
    """
    for kpi_id, kpi in review.agreement.kpis.items():
        for aim in aims_worse_than_baseline(kpi_id, kpi):
            assert kpi.baseline is not None, "an aim is worse than it"
            before = amount(exact(kpi.baseline.value), kpi.unit)
            wanted = "more" if kpi.direction == "higher-is-better" else "less"
            yield Remark(
                aim.path,
                f"target {told(aim, kpi.unit)} is worse than baseline {before}",
                f"write a target of {before} or {wanted}, or correct the baseline or direction: {kpi.direction}",
                related=((("kpis", kpi_id, "baseline", "value"), "the baseline"),),
            )


@rule("KPI006", Severity.ERROR)
def relative_target_of_zero(review: Review) -> Iterator[Remark]:
    """A target is a percentage of a baseline of 0, and any percentage of 0 is 0.

    Why: The target looks like a promise to grow or to save, and is worked out as 0: where higher is better every
    figure meets it, where lower is better none may be above nothing.

    Bad:
        kpis:
          online-orders: {unit: orders, direction: higher-is-better,
                          frequency: monthly, aggregation: sum,
                          baseline: {value: 0}, target: +20%}

    Good:
        kpis:
          online-orders: {unit: orders, direction: higher-is-better,
                          frequency: monthly, aggregation: sum,
                          baseline: {value: 0}, target: 250}
    """
    for kpi_id, kpi in review.agreement.kpis.items():
        if kpi.baseline is None or kpi.baseline.value != 0:
            continue
        for aim in aims_of(kpi_id, kpi):
            if aim.relative:
                nothing = amount(Fraction(0), kpi.unit)
                yield Remark(
                    aim.path,
                    f"target {aim.stated}{from_when(aim.path)} of baseline {nothing} is {nothing}",
                    f"write the target as a level in {shortened(kpi.unit)}, or correct the baseline",
                    related=((("kpis", kpi_id, "baseline", "value"), "the baseline"),),
                )


@rule("KPI007", Severity.WARNING)
def percent_kpi_with_relative_target(review: Review) -> Iterator[Remark]:
    """The figures are percentages and the target is a change in per cent, which people also read as points.

    Why: 20 % less than 40 % is 32 %, and 20 points less is 20 %. Each side takes the reading that suits it, and both
    are right until a level is written down.

    Bad:
        kpis:
          return-rate: {unit: "%", direction: lower-is-better, frequency: monthly,
                        aggregation: ratio, baseline: {value: 40}, target: -20%}

    Good:
        kpis:
          return-rate: {unit: "%", direction: lower-is-better, frequency: monthly,
                        aggregation: ratio, baseline: {value: 40}, target: 32}
    """
    for kpi_id, kpi in review.agreement.kpis.items():
        if kpi.unit != "%" or kpi.baseline is None:
            continue
        steps = kpi.target.values() if isinstance(kpi.target, dict) else (kpi.target,)
        for aim, change in zip(aims_of(kpi_id, kpi), steps, strict=True):
            if isinstance(change, SignedPercent):
                yield from _two_readings(aim, exact(kpi.baseline.value), exact(change.value))


def _two_readings(aim: TargetFigure, baseline: Fraction, change: Fraction) -> Iterator[Remark]:
    in_percent, in_points = aim.bounds.nearest(Fraction(0)), baseline + change
    if in_percent != in_points and 0 <= in_points <= HUNDRED:
        more = "more" if change > 0 else "less"
        yield Remark(
            aim.path,
            f"{aim.stated} of {amount(baseline, '%')} is {amount(in_percent, '%')}; "
            f"{amount(abs(change), 'points')} {more} would be {amount(in_points, '%')}",
            f"write the level that is meant: {plain(in_percent)} or {plain(in_points)}",
        )


@rule("KPI008", Severity.WARNING)
def averaged_ratio(review: Review) -> Iterator[Remark]:
    """A ratio of counts is rolled up as a mean, so that every figure weighs the same, however many cases it stands for.

    Why: A week with 2 deliveries, 1 of them late, and one with 98 and none late are 1 % late, and their mean is 25 %.
    A mean of ratios can even move against all the counts behind it (Simpson's paradox).

    A load, an occupancy or an availability may be averaged: the time or capacity it is a share of is always about the
    same. So may a score, and a figure per day or month.

    Bad:
        kpis:
          on-time-rate: {unit: "%", direction: higher-is-better, frequency: monthly,
                         aggregation: mean, target: 95}

    Good:
        kpis:
          on-time-rate: {unit: "%", direction: higher-is-better, frequency: monthly,
                         aggregation: ratio, target: 95}
    """
    for kpi_id, kpi in review.agreement.kpis.items():
        if kpi.aggregation == "mean" and is_counted_ratio(kpi_id, kpi):
            yield Remark(
                ("kpis", kpi_id, "aggregation"),
                f"{kpi_id}, a ratio in {shortened(kpi.unit)}, is averaged: a quiet week weighs as much as a busy one",
                "write aggregation: ratio and record numerator and denominator, "
                "or aggregation: weighted-mean and record value and weight",
            )


@rule("KPI009", Severity.WARNING)
def summed_level(review: Review) -> Iterator[Remark]:
    """A level, such as a headcount, a stock, a score or a percentage, is added up over time.

    Why: Levels are not flows: 500 active users in January and 500 in February are not 1,000 users. The total grows
    with every period that is recorded, and meets any target in the end.

    Bad:
        kpis:
          active-users: {unit: users, direction: higher-is-better,
                         frequency: monthly, aggregation: sum, target: 500}

    Good:
        kpis:
          active-users: {unit: users, direction: higher-is-better,
                         frequency: monthly, aggregation: last, target: 500}
    """
    for kpi_id, kpi in review.agreement.kpis.items():
        what = why_not_added(kpi_id, kpi) if kpi.aggregation == "sum" else None
        if what:
            bounds = next(aims_of(kpi_id, kpi)).bounds
            level = bounds.low if bounds.high is None else bounds.high
            assert level is not None, "a target has an end"
            yield Remark(
                ("kpis", kpi_id, "aggregation"),
                f"{kpi_id} is summed, and {what} do not add up: "
                f"twice {amount(level, kpi.unit)} would count as {amount(2 * level, kpi.unit)}",
                _not_summed(what),
            )


def _not_summed(what: str) -> str:
    if what in ("percentages", "ratios"):
        return "write aggregation: ratio and record numerator and denominator, or aggregation: last"
    if what == "scores":
        return "write aggregation: mean, or weighted-mean with the number of answers as weight"
    return "write aggregation: last, the level at the period's end, or aggregation: mean"


@rule("KPI010", Severity.WARNING)
def speed_measured_as_duration(review: Review) -> Iterator[Remark]:
    """A speed is promised in per cent and measured as a time, and the target is not what the percentage comes to.

    Why: 20 % faster means a time divided by 1.20, which is 16.7 % shorter; it is often written down as 20 % shorter,
    which is 25 % faster. One side signs the one, the other side is measured by the other.

    Bad:
        goals:
          faster: {statement: Deliver projects 20 % faster, kpis: [delivery-days]}
        kpis:
          delivery-days: {unit: days, direction: lower-is-better,
                          frequency: monthly, aggregation: mean,
                          baseline: {value: 20}, target: 16}

    Good:
        goals:
          faster: {statement: Make the delivery of projects 20 % shorter,
                   kpis: [delivery-days]}
        kpis:
          delivery-days: {unit: days, direction: lower-is-better,
                          frequency: monthly, aggregation: mean,
                          baseline: {value: 20}, target: 16}
    """
    times = {kpi_id: kpi for kpi_id, kpi in review.agreement.kpis.items() if is_time(kpi.unit)}
    settled: set[str] = set()
    speedups: dict[str, Speedup | None] = {}
    for goal_id, goal in review.agreement.goals.items() if times else ():
        if goal.statement not in speedups:
            speedups[goal.statement] = speedup_in(goal.statement)
        speedup = speedups[goal.statement]
        if speedup is not None:
            settled.update(goal.kpis)
            for kpi_id in misread(speedup, goal, times):
                yield not_the_speed(goal_id, speedup, kpi_id, times[kpi_id])
    for kpi_id, kpi in times.items():
        if kpi_id not in settled and is_called_speed(names(kpi_id, kpi)):
            yield called_a_speed(kpi_id, kpi)


@rule("KPI011", Severity.INFO)
def kpi_without_goal(review: Review) -> Iterator[Remark]:
    """A KPI is linked to no goal, although there are goals.

    Why: Nobody can say what is lost when the figure slips, or what it is collected for. What is measured is done,
    also where it serves nothing.

    Bad:
        goals:
          happier-customers: {statement: Raise customer satisfaction from 85 to 92 points}
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92}

    Good:
        goals:
          happier-customers: {statement: Raise customer satisfaction from 85 to 92 points, kpis: [csat]}
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92}
    """
    review.whole("goals")
    goals = review.agreement.goals
    linked = {kpi_id for goal in goals.values() for kpi_id in goal.kpis}
    for kpi_id in review.agreement.kpis if goals else ():
        if kpi_id not in linked:
            yield Remark(
                ("kpis", kpi_id),
                f"{kpi_id} is linked to no goal",
                f"add {kpi_id} to the kpis: of the goal that it serves, or leave the KPI out",
                at_key=True,
            )


@rule("KPI012", Severity.INFO)
def too_many_kpis(review: Review) -> Iterator[Remark]:
    """There are more than 15 KPIs.

    Why: Every KPI costs work each period, and attention is shared between all of them. Where everything is a key
    figure nothing is: people steer by the few that are easy to meet.

    Bad:
        x-shared: &one {unit: points, direction: higher-is-better,
                        frequency: monthly, aggregation: mean, target: 92}
        kpis: {k1: *one, k2: *one, k3: *one, k4: *one, k5: *one, k6: *one, k7: *one,
               k8: *one, k9: *one, k10: *one, k11: *one, k12: *one, k13: *one,
               k14: *one, k15: *one, k16: *one}

    Good:
        x-shared: &one {unit: points, direction: higher-is-better,
                        frequency: monthly, aggregation: mean, target: 92}
        kpis: {k1: *one, k2: *one, k3: *one, k4: *one, k5: *one, k6: *one, k7: *one,
               k8: *one}
    """
    number = len(review.agreement.kpis)
    if number > _MOST_KPIS:
        yield Remark(
            ("kpis",),
            f"{number} KPIs, {number - _MOST_KPIS} more than {_MOST_KPIS}",
            "keep those that decide whether the cooperation succeeds, and report the others outside the agreement",
            at_key=True,
        )


@rule("KPI013", Severity.WARNING)
def weights_not_100(review: Review) -> Iterator[Remark]:
    """The weights of the KPIs do not add up to 100.

    Why: People read a weight of 30 as 30 % of the score. Where the sum is another, every weight means something else
    than it says; often one was changed and the others were forgotten.

    Bad:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92, weight: 60}

    Good:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92, weight: 100}
    """
    review.whole("kpis")
    kpis = review.agreement.kpis
    weights = [exact(kpi.weight) for kpi in kpis.values() if kpi.weight is not None]
    if not weights or sum(weights) == HUNDRED:
        return
    without = [kpi_id for kpi_id, kpi in kpis.items() if kpi.weight is None]
    difference = HUNDRED - sum(weights)
    rest = f"; without a weight: {listed(without)}" if without else ""
    yield Remark(
        ("kpis",),
        f"the weights add up to {amount(sum(weights, Fraction(0)), '')}, not 100{rest}",
        f"{'add' if difference > 0 else 'take away'} {plain(abs(difference))}, "
        + ("some of it for those without a weight" if without else "spread over the KPIs by what matters"),
        at_key=True,
    )


@rule("KPI015", Severity.WARNING)
def range_without_width(review: Review) -> Iterator[Remark]:
    """A range to stay in has the same lower and upper end, so that only one figure is good.

    Why: No measured figure is ever exactly that number, and every period misses its target. Either the band was
    forgotten, or only one direction is really bad.

    Bad:
        kpis:
          team-load: {unit: "%", direction: within-range, frequency: monthly,
                      aggregation: mean, target: {min: 80, max: 80}}

    Good:
        kpis:
          team-load: {unit: "%", direction: within-range, frequency: monthly,
                      aggregation: mean, target: {min: 75, max: 90}}
    """
    for kpi_id, kpi in review.agreement.kpis.items():
        if kpi.direction == "within-range":
            for aim in aims_of(kpi_id, kpi):
                low, high = aim.bounds
                if low is not None and low == high:
                    yield Remark(
                        aim.path,
                        f"the range of {kpi_id}{from_when(aim.path)} begins and ends at {amount(low, kpi.unit)}",
                        f"write a band around {plain(low)} that is still good, or a direction other than within-range",
                    )


@rule("KPI016", Severity.WARNING)
def step_outside_term(review: Review) -> Iterator[Remark]:
    """A step of a target is never in force: it begins after the term, or another has replaced it before the term.

    Why: A step after the end means that the last improvement that was agreed is never asked for. One that another
    replaces before anything is judged says nothing; mostly the year is wrong.

    A step holds until the next one begins, so one from before the term can be the first that counts.

    Bad:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: {2026-01: 86, 2027-01: 92}}

    Good:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: {2026-01: 86, 2026-07: 92}}
    """
    for kpi_id, kpi in review.agreement.kpis.items():
        steps = kpi.target if isinstance(kpi.target, dict) else ()
        days_of_steps = {key: days_of(key, review.agreement.calendar.year_starts) for key in steps}
        in_force_at_start = max(
            (days.first for days in days_of_steps.values() if days.first <= review.term.first), default=None
        )
        for key, days in days_of_steps.items():
            if not days.overlaps(review.term) and days.first != in_force_at_start:
                is_late = days.first > review.term.last
                begins = f"{key} begins on {days.first}" if is_late else f"{key} ends on {days.last}"
                yield Remark(
                    ("kpis", kpi_id, "target", key.text),
                    f"the step {begins}, outside the term {review.term.first} to {review.term.last}",
                    f"write a period from {review.term.first} to {review.term.last}, or leave the step out",
                    at_key=True,
                )
