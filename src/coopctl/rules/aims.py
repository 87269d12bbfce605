"""The aims of a KPI as figures, without regard to periods."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from coopctl.evaluate.targets import WHOLE, AimInForce, target_figure
from coopctl.evaluate.verdicts import TargetFigure
from coopctl.model.kpis import Direction, Kpi, Range
from coopctl.model.scalars import SignedPercent
from coopctl.places import Path
from coopctl.rules.amounts import amount


def aims_of(kpi_id: str, kpi: Kpi) -> Iterator[TargetFigure]:
    """Yield the target of a KPI, or every step of it in the order of the file, relative ones worked out."""
    path = ("kpis", kpi_id, "target")
    if isinstance(kpi.target, dict):
        for key, aim in kpi.target.items():
            yield target_figure(kpi, AimInForce(aim, (*path, key.text)), WHOLE)
    else:
        yield target_figure(kpi, AimInForce(kpi.target, path), WHOLE)


def last_aim(kpi_id: str, kpi: Kpi) -> TargetFigure:
    """Return the target of a KPI, or the last step of it in the order of the file."""
    path = ("kpis", kpi_id, "target")
    if not isinstance(kpi.target, dict):
        return target_figure(kpi, AimInForce(kpi.target, path), WHOLE)
    key, aim = next(reversed(kpi.target.items()))
    return target_figure(kpi, AimInForce(aim, (*path, key.text)), WHOLE)


def from_when(path: Path) -> str:
    """Return the words that tell a step from the others, such as ` from 2026-07`; none for a target without steps."""
    return f" from {path[3]}" if len(path) > 3 else ""


def aims_worse_than_baseline(kpi_id: str, kpi: Kpi) -> list[TargetFigure]:
    """Return the aims that are on the worse side of the baseline; a range has none.

    Steps of a growing total are parts of the way: only the last is for as long a time as the baseline.
    """
    if kpi.baseline is None or kpi.direction == "within-range":
        return []
    steps = kpi.target.values() if isinstance(kpi.target, dict) else (kpi.target,)
    is_worse = [_is_worse(aim, kpi.baseline.value, kpi.direction) for aim in steps]
    if kpi.accumulation == "cumulative" and kpi.aggregation in ("sum", "last"):
        is_worse[:-1] = [False] * (len(is_worse) - 1)
    return [aim for aim, worse in zip(aims_of(kpi_id, kpi), is_worse, strict=True) if worse] if any(is_worse) else []


def _is_worse(aim: Decimal | SignedPercent | Range, baseline: Decimal, direction: Direction) -> bool:
    if isinstance(aim, Range):
        return False
    goes_up = (aim.value > 0) is (baseline > 0) if isinstance(aim, SignedPercent) else aim > baseline
    is_change = bool(aim.value and baseline) if isinstance(aim, SignedPercent) else aim != baseline
    return is_change and goes_up is (direction == "lower-is-better")


def told(aim: TargetFigure, unit: str) -> str:
    """Write a target with its unit; of a relative one, how it is stated and what it comes to."""
    level = amount(aim.bounds.nearest(Fraction(0)), unit)
    return (f"{aim.stated} ({level})" if aim.relative else level) + from_when(aim.path)
