"""Targets, baselines and thresholds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from coopctl.changes.change import Change
from coopctl.changes.comparison import Comparison, at
from coopctl.changes.differences import Difference
from coopctl.changes.judging.duties import obligation_effects
from coopctl.changes.kinds import KINDS, directed
from coopctl.changes.rulings import levels_by_period
from coopctl.changes.strictness import (
    Step,
    Strictness,
    compared_bounds,
    compared_delays,
    compared_margins,
    direction_of,
    steps_of,
    stretches,
    together,
)
from coopctl.changes.wording import wording
from coopctl.evaluate.canonical import canonical
from coopctl.evaluate.numbers import exact, written
from coopctl.evaluate.verdicts import Bounds
from coopctl.model.kpis import Kpi
from coopctl.model.plan import Milestone
from coopctl.model.scalars import Percent
from coopctl.model.thresholds import LEVELS, Condition, Level
from coopctl.places import Path


def judge_aim(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge the target and the baseline of one KPI together: a relative target moves with its baseline."""
    by_field = {each.path[2]: each for each in found}
    moved = found[0]
    old, new = _kpi(comparison.base, moved.base), _kpi(comparison.head, moved.path)
    before, after = _steps(comparison.base, old), _steps(comparison.head, new)
    parts = stretches(before, after)
    result = together(
        compared_bounds(each.old.bounds if each.old else None, each.new.bounds if each.new else None) for each in parts
    )
    stated = _of_the_target(comparison, moved) if "target" in by_field else None
    if result != "same":
        basis = stated or _with_its_baseline(comparison, moved)
        direction = direction_of(result) if old.direction == new.direction and old.unit == new.unit else "incomparable"
        yield comparison.change(
            directed("target", direction),
            basis,
            direction=direction,
            effects=obligation_effects(comparison, direction, old, new),
            old=_shown(before, old.unit),
            new=_shown(after, new.unit),
            details=_folded(by_field) if len(found) > 1 or stated is None else (),
        )
    elif stated is not None:
        yield comparison.change(KINDS["target-reworded"], stated)
    if "baseline" in by_field and (result == "same" or stated is not None):
        yield comparison.change(KINDS["baseline-changed"], by_field["baseline"])


def _kpi(agreement: Any, path: tuple[str | int, ...]) -> Kpi:
    kpi: Kpi = at(agreement, path[:2])
    return kpi


def _steps(agreement: Any, kpi: Kpi) -> list[Step]:
    return steps_of(kpi, agreement)


def _of_the_target(comparison: Comparison, moved: Difference) -> Difference:
    """Return the difference of the whole target: of a range both ends, whichever of them is another."""
    path, base = (*moved.path[:2], "target"), (*moved.base[:2], "target")
    return Difference(path, base, canonical(at(comparison.base, base)), canonical(at(comparison.head, path)))


def _with_its_baseline(comparison: Comparison, moved: Difference) -> Difference:
    """Return the difference of a target that moved along with its baseline."""
    path, base, old, new = _of_the_target(comparison, moved)
    return Difference(path, base, {"baseline": moved.old, "target": old}, {"baseline": moved.new, "target": new})


def _folded(by_field: dict[str | int, Difference]) -> tuple[str, ...]:
    moved = by_field.get("baseline")
    if moved is None:
        return ()
    return (f"the baseline went from {_value(moved.old)} to {_value(moved.new)}",)


def _value(baseline: Any) -> str:
    return wording(baseline.get("value") if isinstance(baseline, dict) else baseline) or "none"


def _shown(steps: Sequence[Step], unit: str) -> str:
    def one(step: Step) -> str:
        effective = shown_bounds(step.bounds, unit)
        text = f"{step.stated} ({effective})" if step.stated.endswith("%") and step.stated[0] in "+-" else effective
        return text if step.first == date.min else f"{text} from {step.first}"

    return ", ".join(one(step) for step in steps)


def shown_bounds(bounds: Bounds, unit: str) -> str:
    """Write a target with its unit."""
    ends = [written(each) for each in bounds if each is not None]
    return f"{' to '.join(ends)}{'' if unit == '%' else ' '}{unit}"


def judge_thresholds(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge the thresholds of one KPI, milestone or budget line, each level on its own."""
    moved = found[0]
    length = next(index for index, step in enumerate(moved.path) if step == "thresholds")
    old, new = at(comparison.base, moved.base[:length]), at(comparison.head, moved.path[:length])
    for level in LEVELS:
        if canonical_conditions(conditions_at(old, level)) != canonical_conditions(conditions_at(new, level)):
            yield _level(comparison, moved.base[:length], moved.path[:length], level)


def judge_window(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge that a milestone's window begins on another day: levels in percent of the window fire on other days."""
    (each,) = found
    yield comparison.change(KINDS["sequence-changed"], each)
    old, new = at(comparison.base, each.base[:-1]), at(comparison.head, each.path[:-1])
    for level in LEVELS:
        is_the_same = canonical_conditions(conditions_at(old, level)) == canonical_conditions(conditions_at(new, level))
        if is_the_same and compared_level(comparison, old, new, level) != "same":
            yield replace(_level(comparison, each.base[:-1], each.path[:-1], level), spots=(each.base, each.path))


def _level(comparison: Comparison, base: Path, head: Path, level: Level) -> Change:
    old, new = at(comparison.base, base), at(comparison.head, head)
    result = compared_level(comparison, old, new, level)
    direction = direction_of(result)
    said, told = stated_level(old, new, level)
    return comparison.change(
        KINDS["threshold-reworded"] if result == "same" else directed("threshold", direction),
        Difference((*head, "thresholds", level), (*base, "thresholds", level), *said),
        direction=direction,
        effects=obligation_effects(comparison, direction, old, new),
        old=told[0],
        new=told[1],
    )


def conditions_at(entry: Any, level: Level) -> Sequence[Any]:
    """Return the conditions of one level; none where there are none."""
    return entry.thresholds.at(level) if entry.thresholds else ()


def compared_level(comparison: Comparison, old: Any, new: Any, level: Level) -> Strictness:
    """Compare one level of a KPI, a milestone or a budget line."""
    if isinstance(old, Kpi) and isinstance(new, Kpi):
        return _compared_levels(comparison, old, new, level)
    conditions = conditions_at(old, level), conditions_at(new, level)
    if isinstance(old, Milestone) and isinstance(new, Milestone):
        return compared_delays(*conditions, (_window(old), _window(new)))
    in_money = any(isinstance(each.limit, Decimal) for one in conditions for each in one)
    return "neither" if in_money and comparison.currencies is not None else compared_margins(*conditions)


def stated_level(old: Any, new: Any, level: Level) -> tuple[list[Any], list[str]]:
    """Return what two versions say of one level, in canonical form and for people.

    Where milestones have windows of another length, a percentage comes with what it comes to.
    """
    conditions = [conditions_at(each, level) for each in (old, new)]
    said = [canonical_conditions(each) for each in conditions]
    if not isinstance(new, Milestone):
        unit = getattr(new, "unit", "")
        return said, [shown_conditions(each, unit) for each in conditions]
    windows = [_window(each) for each in (old, new)]
    if windows[0] == windows[1] or not any(isinstance(each.limit, Percent) for one in conditions for each in one):
        return said, [shown_conditions(each, "") for each in conditions]
    bound = [
        {"conditions": each, "window": str(window)} if each else each
        for each, window in zip(said, windows, strict=True)
    ]
    return bound, [shown_conditions(each, "", one) for each, one in zip(conditions, windows, strict=True)]


def _window(milestone: Milestone) -> Fraction | None:
    """Return the days from a milestone's start to its due date."""
    return Fraction((milestone.due - milestone.start).days) if milestone.start else None


def _compared_levels(comparison: Comparison, old: Kpi, new: Kpi, level: Level) -> Strictness:
    """Compare the conditions of one level of a KPI in every period that both terms have, each over its own target."""
    if (old.direction, old.unit) != (new.direction, new.unit):
        return "neither"
    before, after = comparison.rulings(comparison.base, old), comparison.rulings(comparison.head, new)
    compared = levels_by_period({key: (before[key], after[key]) for key in after if key in before}, level)
    return together(compared.values()) if compared else "neither"


def canonical_conditions(conditions: Sequence[Condition]) -> Any:
    """Return the conditions of a level in their one form; None for none."""
    return canonical(tuple(conditions)) if conditions else None


def shown_conditions(conditions: Sequence[Condition], unit: str, window: Fraction | None = None) -> str:
    """Write the conditions of a level, a share of a window with the days that it comes to; empty for none."""
    return " or ".join(_condition(each, unit, window) for each in conditions)


def _condition(condition: Condition, unit: str, window: Fraction | None) -> str:
    limit = condition.limit
    number = f"{limit}{'' if unit == '%' else ' '}{unit}".strip() if isinstance(limit, Decimal) else str(limit)
    if isinstance(limit, Percent) and window is not None:
        days = exact(limit.value) * window / 100
        number += f" ({written(days)} day{'' if days == 1 else 's'})"
    return f"{condition.comparator.replace('_', ' ')} {number}"
