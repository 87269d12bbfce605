"""How far from its target a figure is when its thresholds first fire."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from coopctl.evaluate.crossings import Limit, limits
from coopctl.evaluate.numbers import HUNDRED, exact
from coopctl.evaluate.targets import WHOLE, AimInForce, target_figure
from coopctl.evaluate.verdicts import Bounds, TargetFigure
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Direction, Kpi, Range
from coopctl.model.plan import BudgetLine
from coopctl.model.scalars import Percent, SignedPercent
from coopctl.model.thresholds import LEVELS, Level, Threshold, Thresholds
from coopctl.places import Path
from coopctl.rules.aims import aims_of

_SOON: Final = Fraction(1, 1000)
"""Part of a phased target that is due soon after the term has begun."""


class Guarded(NamedTuple):
    """A KPI or budget line with thresholds."""

    path: Path
    unit: str
    thresholds: Thresholds
    clause: Kpi | BudgetLine

    @property
    def direction(self) -> Direction:
        """Which way is good."""
        return self.clause.direction if isinstance(self.clause, Kpi) else "lower-is-better"

    @property
    def aims(self) -> Collection[Decimal | SignedPercent | Range]:
        """What is aimed at, as it is written: one aim, or those of the steps."""
        if isinstance(self.clause, BudgetLine):
            return (self.clause.amount,)
        return self.clause.target.values() if isinstance(self.clause.target, dict) else (self.clause.target,)

    def targets(self) -> Iterator[tuple[TargetFigure, ...]]:
        """Yield the target, or each step of it; of one phased over the term the whole, and what is due at first."""
        if isinstance(self.clause, BudgetLine):
            yield tuple(_budget_due(self.path, self.clause, share) for share in (WHOLE, _SOON))
        else:
            yield from _phases(str(self.path[1]), self.clause)


class Onset(NamedTuple):
    """A condition, and the distance from the target, to the worse side, at which it fires."""

    distance: Fraction
    limit: Limit

    @property
    def is_at_target(self) -> bool:
        """Whether it fires already for a figure that reaches the target."""
        return self.limit.is_level and (self.distance < 0 or (self.distance == 0 and self.limit.is_inclusive))


class Race(NamedTuple):
    """The first condition of each level that fires as a figure gets worse, from one end of its target on."""

    target: TargetFigure
    end: Fraction
    warn: Onset
    breach: Onset

    @property
    def lead(self) -> Fraction:
        """How much further from the target than the breach the warning comes."""
        return self.warn.distance - self.breach.distance

    def figure(self, distance: Fraction) -> Fraction:
        """Return the figure at a distance from the target."""
        return self.end - distance if self.end == self.target.bounds.low else self.end + distance


def guarded(agreement: Agreement) -> Iterator[Guarded]:
    """Yield every KPI and budget line that has thresholds."""
    for kpi_id, kpi in agreement.kpis.items():
        if kpi.thresholds is not None:
            yield Guarded(("kpis", kpi_id), kpi.unit, kpi.thresholds, kpi)
    for line_id, line in agreement.budget.items():
        if line.thresholds is not None:
            yield Guarded(("budget", line_id), agreement.currency or "", line.thresholds, line)


def _phases(kpi_id: str, kpi: Kpi) -> Iterator[tuple[TargetFigure, ...]]:
    is_phased = kpi.accumulation == "cumulative" and kpi.aggregation in ("sum", "last")
    if not is_phased or isinstance(kpi.target, dict):
        yield from ((aim,) for aim in aims_of(kpi_id, kpi))
    else:
        in_force = AimInForce(kpi.target, ("kpis", kpi_id, "target"))
        yield tuple(target_figure(kpi, in_force, share) for share in (WHOLE, _SOON))


def _budget_due(path: Path, line: BudgetLine, share: Fraction) -> TargetFigure:
    """Return the budget to date; a threshold's level is never phased with it."""
    bounds = Bounds(None, exact(line.amount) * share)
    return TargetFigure(bounds, (*path, "amount"), str(line.amount), False, WHOLE)


def races(one: Guarded) -> Iterator[list[Race]]:
    """Yield, for each end of each target, how the two levels compare, for each part of it that is due.

    Nothing where both levels are stated and the warning plainly comes first: most of them are so.
    """
    if not (one.thresholds.warn and one.thresholds.breach) or _warns_first_by_form(one):
        return
    for phases in one.targets():
        limits_of = [limits(one.thresholds, target.bounds, target.share) for target in phases]
        for side in (0, 1):
            found = []
            for target, of_target in zip(phases, limits_of, strict=True):
                end = target.bounds[side]
                if end is not None:
                    warn, breach = (first_onset(of_target, level, target.bounds, end) for level in ("warn", "breach"))
                    found.append(Race(target, end, warn, breach))
            if found:
                yield found


def _warns_first_by_form(one: Guarded) -> bool:
    """Whether the two levels can be compared as they are written, whatever the target, and the warning is first."""
    warn, breach = ([_form_and_size(each) for each in one.thresholds.at(level)] for level in ("warn", "breach"))
    form = warn[0][0]
    if any(other != form for other, _ in (*warn, *breach)) or (form == "share" and any(map(_is_zero, one.aims))):
        return False
    sizes = [[size for _, size in level] for level in (warn, breach)]
    if form == "level" and one.direction == "higher-is-better":
        return max(sizes[0]) > max(sizes[1])
    return min(sizes[0]) < min(sizes[1])


def _form_and_size(condition: Threshold) -> tuple[str, Decimal]:
    for level in (condition.worse_than, condition.at_or_worse_than):
        if level is not None:
            return "level", level
    limit = condition.off_by_at_least if condition.off_by_more_than is None else condition.off_by_more_than
    assert limit is not None, "there is always one comparator"
    return ("share", limit.value) if isinstance(limit, Percent) else ("distance", limit)


def _is_zero(aim: Decimal | SignedPercent | Range) -> bool:
    """Whether a target, or an end of it, is 0: every percentage of it is 0."""
    if isinstance(aim, Range):
        return not (aim.min and aim.max)
    return aim.value == -HUNDRED if isinstance(aim, SignedPercent) else not aim


def may_fire_at_target(one: Guarded) -> bool:
    """Whether a level can be at a target or on its better side; for a relative target that has to be worked out."""
    forms = [_form_and_size(each) for level in LEVELS for each in one.thresholds.at(level)]
    levels = [size for form, size in forms if form == "level"]
    if not levels:
        return False
    reach = max(levels) if one.direction == "higher-is-better" else min(levels)
    return any(
        not isinstance(aim, Decimal) or (reach >= aim if one.direction == "higher-is-better" else reach <= aim)
        for aim in one.aims
    )


def first_onset(found: tuple[Limit, ...], level: Level, bounds: Bounds, end: Fraction) -> Onset:
    """Return the condition of a level that fires first, from one end of the target on."""
    onsets = (Onset(distance(limit, bounds, end), limit) for limit in found if limit.level == level)
    return min(onsets, key=lambda onset: (onset.distance, not onset.limit.is_inclusive))


def distance(limit: Limit, bounds: Bounds, end: Fraction) -> Fraction:
    """Return how far on the worse side of an end of the target a condition fires; negative on the better side."""
    if limit.is_level:
        return end - limit.size if bounds.high is None else limit.size - end
    return limit.size * abs(end) if limit.of_bound else limit.size
