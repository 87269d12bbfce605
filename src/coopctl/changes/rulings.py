"""What each period of a term has to reach by one version: target and levels, as they apply to that period."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from coopctl import limits
from coopctl.changes.strictness import Strictness, compared_bounds, compared_frontiers, frontier, together
from coopctl.evaluate.budget import phased_parts
from coopctl.evaluate.periods import ONE_DAY, SHORTEST, Days, Period, periods_of
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.targets import WHOLE, Aims, share_of, target_figure
from coopctl.evaluate.verdicts import Bounds
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Ledger
from coopctl.model.plan import BudgetLine
from coopctl.model.scalars import PeriodKind
from coopctl.model.thresholds import Level, Thresholds


class Ruling(NamedTuple):
    """What applies to one period."""

    period: Period
    bounds: Bounds | None
    """None before a target's first step, where nothing is judged."""
    share: Fraction
    thresholds: Thresholds | None


Rulings = Mapping[str, Ruling]
"""By the period's key, in order of time."""

Pairs = Mapping[str, tuple[Ruling, Ruling]]
"""What applies to each period by the older and by the newer version."""


def rulings(agreement: Agreement, kpi: Kpi) -> Rulings:
    """Return what applies to each period of a KPI; nothing where there are more than are ever judged."""
    if periods_in(agreement, kpi) > limits.PERIODS:
        return {}
    term, year_starts = Days(agreement.term.start, agreement.term.end), agreement.calendar.year_starts
    aims = Aims(kpi, (), year_starts)
    known: dict[tuple[object, Fraction], Bounds] = {}
    found = {}
    for period in periods_of(kpi.frequency, term, year_starts):
        in_force, share = aims.at(period), share_of(kpi, period, term)
        if in_force is None:
            found[period.key] = Ruling(period, None, share, kpi.thresholds)
            continue
        if (in_force.path, share) not in known:
            known[in_force.path, share] = target_figure(kpi, in_force, share).bounds
        found[period.key] = Ruling(period, known[in_force.path, share], share, kpi.thresholds)
    return found


def periods_in(agreement: Agreement, kpi: Kpi) -> int:
    """Return about how many periods of a KPI there are."""
    return ((agreement.term.end - agreement.term.start).days + 1) // SHORTEST[kpi.frequency]


def budgets(agreement: Agreement, line: BudgetLine, as_of: date) -> Rulings:
    """Return what may be spent of a budget line by the end of each month that has ended.

    Of a great many lines over a very long term it is the last months only.
    """
    setting = Setting.of(agreement, Ledger(), as_of)
    found = {}
    most = max(1, limits.PERIODS // max(1, len(agreement.budget)))
    for month in closed(periods_of(PeriodKind.MONTH, setting.term, setting.year_starts), as_of)[-most:]:
        amount = sum((each.to_date for each in phased_parts(setting, line, month.days.last + ONE_DAY)), Fraction(0))
        found[month.key] = Ruling(month, Bounds(None, amount), WHOLE, line.thresholds)
    return found


def closed(periods: Iterable[Period], as_of: date) -> list[Period]:
    """Return the periods that have ended by a day."""
    return [each for each in periods if each.days.last < as_of]


def compared_targets(pairs: Iterable[tuple[Ruling, Ruling]]) -> Strictness:
    """Compare what periods have to reach."""
    return together(compared_bounds(*each) for each in dict.fromkeys((old.bounds, new.bounds) for old, new in pairs))


def levels_by_period(pairs: Pairs, level: Level) -> dict[str, Strictness]:
    """Compare when each period is a warning or a breach, of those that both versions judge."""
    known: dict[tuple[object, ...], Strictness] = {}  # what applies is the same for most periods
    found = {}
    for key, (old, new) in pairs.items():
        if old.bounds is None or new.bounds is None:
            continue
        what = (old.bounds, old.share, new.bounds, new.share)
        if what not in known:
            known[what] = compared_frontiers(
                frontier(old.thresholds, level, old.bounds, old.share),
                frontier(new.thresholds, level, new.bounds, new.share),
            )
        found[key] = known[what]
    return found
