"""Targets, baselines and thresholds in words."""

from datetime import date
from typing import Final

from coopctl.changes.change import Change
from coopctl.changes.comparison import at
from coopctl.changes.strictness import Step, Stretch, steps_of, stretches
from coopctl.changes.telling.context import Telling, direction_word, field_of, figure, from_to
from coopctl.evaluate.numbers import exact, written
from coopctl.evaluate.verdicts import Bounds
from coopctl.model.kpis import Kpi
from coopctl.model.scalars import SignedPercent

_MOST_STEPS: Final = 3


def of_target(telling: Telling, change: Change) -> str:
    """Tell of a target, step by step, and what a relative one is relative to."""
    moved, basis = _moved(telling, change), _basis(*_kpis(telling, change))
    return f"Target of {change.name} {direction_word(change)}: {moved}{f' ({basis})' if basis else ''}"


def of_baseline(telling: Telling, change: Change) -> str:
    """Tell of a baseline."""
    values = [
        figure(written(exact(kpi.baseline.value)), kpi.unit) if kpi and kpi.baseline else ""
        for kpi in _kpis(telling, change)
    ]
    return f"Baseline of {change.name}: {from_to(*values)}"


def of_threshold(telling: Telling, change: Change) -> str:
    """Tell of the conditions of one level."""
    level = {"warn": "Warning level", "breach": "Breach level"}[field_of(change)]
    name = telling.entry(change, 3 if change.subject.startswith("plan.") else 2)
    if not change.old:
        return f"{level} added to {name}: {change.new}"
    if not change.new:
        return f"{level} of {name} removed: {change.old}"
    return f"{level} of {name} {direction_word(change)}: {from_to(change.old, change.new)}"


def of_reworded_threshold(telling: Telling, change: Change) -> str:
    """Tell of a level that is written in another way."""
    level = {"warn": "Warning level", "breach": "Breach level"}[field_of(change)]
    name = telling.entry(change, 3 if change.subject.startswith("plan.") else 2)
    return f"{level} of {name} is written as {change.new} instead of {change.old} and comes to the same"


def _kpis(telling: Telling, change: Change) -> tuple[Kpi | None, Kpi | None]:
    """Return the KPI that a change is about, in both versions."""
    old, new = at(telling.base, (change.base or ())[:2]), at(telling.head, (change.head or ())[:2])
    return (old if isinstance(old, Kpi) else None), (new if isinstance(new, Kpi) else None)


def _moved(telling: Telling, change: Change) -> str:
    """Say from what to what a target went, on each stretch of time on which it did."""
    old, new = _kpis(telling, change)
    if old is None or new is None:
        return from_to(change.old, change.new)
    parts = _moved_parts(telling, old, new)
    begins = steps_of(new, telling.head)[0].first
    told = [_one_moved(each, old, new, begins) for each in parts[:_MOST_STEPS]]
    if len(parts) > _MOST_STEPS:
        more = len(parts) - _MOST_STEPS
        told.append(f"and {more} more step{'' if more == 1 else 's'}")
    return "; ".join(told) or from_to(change.old, change.new)


def _moved_parts(telling: Telling, old: Kpi, new: Kpi) -> list[Stretch]:
    """Return the stretches of time on which the two targets differ, each as long as it lasts."""
    before = steps_of(old, telling.base)
    after = steps_of(new, telling.head)
    found: list[Stretch] = []
    last = None
    for part in stretches(before, after):
        bounds = _bounds(part.old), _bounds(part.new)
        if bounds != last and (bounds[0] != bounds[1] or old.unit != new.unit):
            found.append(part)
        last = bounds
    return found


def _bounds(step: Step | None) -> Bounds | None:
    return step.bounds if step else None


def _one_moved(part: Stretch, old: Kpi, new: Kpi, begins: date) -> str:
    before = shown_aim(part.old.bounds, old.unit) if part.old else ""
    after = shown_aim(part.new.bounds, new.unit) if part.new else ""
    if not after:
        return f"no target any more before {begins}, where it was {before}"
    if not before:
        return f"already {after}{'' if part.first == date.min else f' from {part.first}'}, where there was no target"
    return from_to(before, after) + ("" if part.first == date.min else f" from {part.first}")


def shown_aim(bounds: Bounds, unit: str) -> str:
    """Write a target with its unit."""
    low, high = bounds
    if low is not None and high is not None:
        return f"{figure(written(low), '')} to {figure(written(high), unit)}"
    bound = low if low is not None else high
    assert bound is not None, "a target has a bound"
    return figure(written(bound), unit)


def _basis(old: Kpi | None, new: Kpi | None) -> str:
    """Say what relative targets are relative to: `−20% → −18% of the baseline 20`."""
    before, after = (_relative(each) for each in (old, new))
    if before is None or after is None:
        of_one = " of the baseline ".join(before or after or ())
        return f"{'was' if before else 'is now'} {of_one}" if of_one else ""
    percents, baselines = (" → ".join(dict.fromkeys(each)) for each in zip(before, after, strict=True))
    return f"{percents} of the baseline {baselines}"


def _relative(kpi: Kpi | None) -> tuple[str, str] | None:
    """Return by how much a target differs from the baseline, and the baseline; None for one that is no such target."""
    if kpi is None or kpi.baseline is None or not isinstance(kpi.target, SignedPercent):
        return None
    return str(kpi.target).replace("-", "−"), figure(written(exact(kpi.baseline.value)), "")
