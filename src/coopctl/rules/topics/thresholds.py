"""Rules about thresholds."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final
from weakref import WeakKeyDictionary

from coopctl.evaluate.crossings import Limit, crossings, limits
from coopctl.evaluate.numbers import HUNDRED
from coopctl.evaluate.targets import WHOLE
from coopctl.evaluate.verdicts import Bounds, Crossing, TargetFigure
from coopctl.findings import Severity
from coopctl.model.agreement import Agreement
from coopctl.model.scalars import Percent, shortened
from coopctl.model.thresholds import Condition, DelayThresholds, Level, Thresholds
from coopctl.places import Path, dotted
from coopctl.rules.aims import aims_of, from_when
from coopctl.rules.amounts import amount, plain
from coopctl.rules.bounds import is_share
from coopctl.rules.delays import DelayRace, delay_races
from coopctl.rules.onsets import Guarded, Race, distance, guarded, may_fire_at_target, races
from coopctl.rules.rule import Remark, Review, rule

_Raced = list[tuple[Guarded, list[list[Race]]]]

_RACED: Final[WeakKeyDictionary[Review, _Raced]] = WeakKeyDictionary()
"""What was compared; it goes with its review."""


def _raced(review: Review) -> _Raced:
    """Compare the levels of everything that has thresholds, once for the rules that ask."""
    raced = _RACED.get(review)
    if raced is None:
        raced = _RACED[review] = [(one, list(races(one))) for one in guarded(review.agreement)]
    return raced


@rule("THR001", Severity.ERROR)
def warn_beyond_breach(review: Review) -> Iterator[Remark]:
    """The warning fires later than the breach, so it never warns of one.

    Why: A warning is there to leave time to act. Here the first thing that anybody hears is the breach, with its
    escalation and its exit rights. Mostly two figures were exchanged.

    Bad:
        kpis:
          delivery-days: {unit: days, direction: lower-is-better,
                          frequency: monthly, aggregation: mean, target: 16,
                          thresholds: {warn: {worse_than: 19},
                                       breach: {worse_than: 18}}}

    Good:
        kpis:
          delivery-days: {unit: days, direction: lower-is-better,
                          frequency: monthly, aggregation: mean, target: 16,
                          thresholds: {warn: {worse_than: 17},
                                       breach: {worse_than: 18}}}
    """
    for one, found in _raced(review):
        late = next((race for phases in found if (race := _never_first(phases))), None)
        if late is not None:
            warn, breach = (amount(late.figure(onset.distance), one.unit) for onset in (late.warn, late.breach))
            yield _compared(review, one, late, f"warn at {warn} comes after breach at {breach}")
    for each in delay_races(review):
        if each.warn.day > each.breach.day:
            message = f"warn when {each.warn.words} comes after breach when {each.breach.words}"
            yield _compared_delays(review, each, message)


def _never_first(phases: list[Race]) -> Race | None:
    """Return a part of the target for which the warning is late, if it is first for none."""
    return next((race for race in phases if race.lead > 0), None) if min(race.lead for race in phases) >= 0 else None


def _compared(review: Review, one: Guarded, race: Race, message: str) -> Remark:
    against = f", of a budget of {amount(race.end, one.unit)}" if one.path[0] == "budget" else ""
    return Remark(
        _place(review, one.path, "warn", race.warn.limit.position, race.warn.limit.threshold),
        f"{message}{against}{from_when(race.target.path)}",
        _between(one, race),
        related=(
            (_place(review, one.path, "breach", race.breach.limit.position, race.breach.limit.threshold), "the breach"),
        ),
        subject=dotted((*one.path, "thresholds", "warn")),
    )


def _between(one: Guarded, race: Race) -> str:
    """Propose a warning half-way between the target and the breach."""
    reach, stated = race.breach.distance, race.breach.limit.threshold.limit
    if reach <= 0:
        return "let the breach fire further from the target, so that a warning can come first"
    if isinstance(stated, Percent):
        proposed = f"off_by_more_than: {plain(Fraction(stated.value) / 2)}%"
    elif race.breach.limit.is_level and one.path[0] == "kpis":
        proposed = f"worse_than: {plain(race.figure(reach / 2))}"
    else:
        proposed = f"off_by_more_than: {plain(reach / 2)}"
    return f"let the warning come first, such as warn: {{{proposed}}}"


def _compared_delays(review: Review, each: DelayRace, message: str) -> Remark:
    warn, breach = each.warn, each.breach
    half = breach.day // 2
    proposed = f"such as warn: {{off_by_more_than: {half} {each.unit}}}" if half else "and the breach later"
    return Remark(
        _place(review, each.path, "warn", warn.position, warn.delay),
        message,
        f"let the warning come first, {proposed}",
        related=((_place(review, each.path, "breach", breach.position, breach.delay), "the breach"),),
        subject=dotted((*each.path, "thresholds", "warn")),
    )


def _place(review: Review, path: Path, level: Level, position: int, condition: Condition) -> Path:
    """Return where a condition's limit stands; a list of one may be written without the list."""
    at = (*path, "thresholds", level)
    return (*at, position, condition.comparator) if review.source.has((*at, position)) else (*at, condition.comparator)


@rule("THR002", Severity.WARNING)
def warn_equals_breach(review: Review) -> Iterator[Remark]:
    """The warning and the breach fire at the same point.

    Why: Nobody is warned: whatever fires the warning is a breach already. Where one of them includes the point and
    the other does not, exactly one figure is between them.

    Bad:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92,
                 thresholds: {warn: {worse_than: 80}, breach: {worse_than: 80}}}

    Good:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92,
                 thresholds: {warn: {worse_than: 85}, breach: {worse_than: 80}}}
    """
    for one, found in _raced(review):
        same = next((phases[0] for phases in found if _is_same_point(phases)), None)
        if same is not None:
            point = amount(same.figure(same.warn.distance), one.unit)
            is_one_figure = same.warn.limit.is_inclusive and not same.breach.limit.is_inclusive
            only = ", and only that very figure warns" if is_one_figure else ""
            yield _compared(review, one, same, f"warn and breach both fire at {point}{only}")
    for each in delay_races(review):
        if each.warn.day == each.breach.day:
            message = f"warn when {each.warn.words} and breach when {each.breach.words} are the same day"
            yield _compared_delays(review, each, message)


def _is_same_point(phases: list[Race]) -> bool:
    return all(race.lead == 0 and not (race.warn.is_at_target and race.breach.is_at_target) for race in phases)


@rule("THR003", Severity.WARNING)
def threshold_at_target(review: Review) -> Iterator[Remark]:
    """A figure that exactly reaches the target already fires a threshold.

    Why: The same figure is a success and a failure, and check reports the failure. It comes from a level on the wrong
    side of the target, or from at_or_worse_than with the target itself.

    Bad:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92,
                 thresholds: {warn: {at_or_worse_than: 92},
                              breach: {worse_than: 85}}}

    Good:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92,
                 thresholds: {warn: {worse_than: 92}, breach: {worse_than: 85}}}
    """
    for one in guarded(review.agreement):
        fired: dict[tuple[Level, int], Remark] = {}
        for target, *_ in one.targets() if may_fire_at_target(one) else ():
            end = target.bounds.nearest(Fraction(0))
            for crossing in crossings(limits(one.thresholds, target.bounds, target.share), end, target.bounds):
                if crossing.fired:
                    fired.setdefault((crossing.level, crossing.position), _at_target(review, one, target, crossing))
        yield from fired.values()


def _at_target(review: Review, one: Guarded, target: TargetFigure, crossing: Crossing) -> Remark:
    end = target.bounds.nearest(Fraction(0))
    side = "below" if target.bounds.high is None else "above"
    condition = f"{crossing.level} {crossing.threshold.comparator} {crossing.threshold.limit}"
    return Remark(
        _place(review, one.path, crossing.level, crossing.position, crossing.threshold),
        f"{condition} fires at {amount(end, one.unit)}, which is the target{from_when(target.path)}",
        f"write a level {side} {plain(end)}; worse_than: {plain(end)} fires at every miss",
        related=((target.path, "the target"),),
    )


@rule("THR004", Severity.WARNING)
def warn_without_contingency(review: Review) -> Iterator[Remark]:
    """No risk plans what is done when a warning fires.

    Why: A warning without a plan is only news. The days between the warning and the breach go into working out what
    to do, and who pays for it.

    Bad:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92,
                 thresholds: {warn: {worse_than: 85}, breach: {worse_than: 80}}}

    Good:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92,
                 thresholds: {warn: {worse_than: 85}, breach: {worse_than: 80}}}
        risks:
          quality-slips: {triggers: [kpis.csat.warn],
                          contingency: Extend the support desk by one shift}
    """
    review.whole("risks")
    named_by: dict[str, str] = {}
    planned: set[str] = set()
    for risk_id, risk in review.agreement.risks.items():
        named_by.update(dict.fromkeys(risk.triggers, risk_id))
        planned.update(risk.triggers if risk.contingency else ())
    for path, thresholds in _with_thresholds(review.agreement):
        warn = f"{dotted(path)}.warn"
        if thresholds.warn and warn not in planned:
            yield _unplanned(path, warn, named_by.get(warn))


def _with_thresholds(agreement: Agreement) -> Iterator[tuple[Path, Thresholds | DelayThresholds]]:
    for kpi_id, kpi in agreement.kpis.items():
        if kpi.thresholds is not None:
            yield ("kpis", kpi_id), kpi.thresholds
    for line_id, line in agreement.budget.items():
        if line.thresholds is not None:
            yield ("budget", line_id), line.thresholds
    for milestone_id, milestone in agreement.plan.milestones.items() if agreement.plan else ():
        if milestone.thresholds is not None:
            yield ("plan", "milestones", milestone_id), milestone.thresholds


def _unplanned(path: Path, warn: str, risk_id: str | None) -> Remark:
    at = (*path, "thresholds", "warn")
    if risk_id is None:
        help_text = f"add to the risk that fits, or to a new one: triggers: [{warn}], contingency: [who does what]"
        return Remark(at, f"no risk has a contingency for {warn}", help_text, at_key=True)
    return Remark(
        at,
        f"the risk {risk_id} names {warn} and has no contingency",
        f"add contingency: [what is done, by whom, within how many days] to the risk {risk_id}",
        related=((("risks", risk_id), "the risk"),),
        at_key=True,
    )


@rule("THR005", Severity.WARNING)
def unreachable_threshold(review: Review) -> Iterator[Remark]:
    """A threshold lies above 100 % or below 0 %, where no figure can come.

    Why: The KPI looks guarded, and whatever happens the threshold never fires. It is easily made with a deviation in
    points from a target that is near the end of the scale.

    Figures that are a part of a whole are meant; growth, a margin or a share of a plan may go beyond.

    Bad:
        kpis:
          conversion: {unit: "%", direction: higher-is-better, frequency: monthly,
                       aggregation: ratio, target: 8,
                       thresholds: {warn: {off_by_more_than: 5},
                                    breach: {off_by_more_than: 10}}}

    Good:
        kpis:
          conversion: {unit: "%", direction: higher-is-better, frequency: monthly,
                       aggregation: ratio, target: 8,
                       thresholds: {warn: {off_by_more_than: 5%},
                                    breach: {off_by_more_than: 10%}}}
    """
    for kpi_id, kpi in review.agreement.kpis.items():
        if kpi.thresholds is None or not is_share(kpi_id, kpi):
            continue
        bounds = [target.bounds for target in aims_of(kpi_id, kpi)]
        for of_condition in zip(*(limits(kpi.thresholds, each, WHOLE) for each in bounds), strict=True):
            points = [_beyond_scale(limit, each) for limit, each in zip(of_condition, bounds, strict=True)]
            if None not in points:
                limit = of_condition[0]
                yield Remark(
                    _place(review, ("kpis", kpi_id), limit.level, limit.position, limit.threshold),
                    f"{limit.level} never fires: {kpi_id} would have to be {points[-1]}",
                    f"write a level between 0 and 100 {shortened(kpi.unit)}, "
                    "or a percentage of the target: off_by_more_than: 10%",
                )


def _beyond_scale(limit: Limit, bounds: Bounds) -> str | None:
    """Return which figure fires a condition, where that is one below 0 or above 100; None for one that can be."""
    beyond = None
    for side, end in enumerate(bounds):
        if end is None:
            continue
        falls = side == 0
        point = end - distance(limit, bounds, end) if falls else end + distance(limit, bounds, end)
        room = point if falls else HUNDRED - point
        if room > 0 or (room == 0 and limit.is_inclusive):
            return None
        than = "" if limit.is_inclusive else "lower than " if falls else "higher than "
        beyond = f"{than}{amount(point, '%')}"
    return beyond
