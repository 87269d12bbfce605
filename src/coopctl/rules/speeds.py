"""What there is to say about a speed that is promised in per cent and measured as a time."""

from fractions import Fraction

from coopctl.evaluate.numbers import HUNDRED, exact
from coopctl.model.goals import Goal
from coopctl.model.kpis import Kpi
from coopctl.rules.aims import last_aim
from coopctl.rules.amounts import amount, plain
from coopctl.rules.rule import Remark
from coopctl.rules.speed_wording import Speedup, says, speaks_of_speed


def misread(speedup: Speedup, goal: Goal, times: dict[str, Kpi]) -> list[str]:
    """Return the KPIs that take a goal's speed for a time: those that say so, else the only one that it can be."""
    candidates = {
        kpi_id: exact(kpi.baseline.value)
        for kpi_id in dict.fromkeys(goal.kpis)
        if (kpi := times.get(kpi_id)) and kpi.direction == "lower-is-better" and kpi.baseline and kpi.baseline.value > 0
    }
    others = [kpi_id for kpi_id, before in candidates.items() if not says(times[kpi_id], speedup.time_from(before))]
    misread = [kpi_id for kpi_id in others if says(times[kpi_id], speedup.misread_from(candidates[kpi_id]))]
    return misread or (others if len(candidates) == 1 else [])


def not_the_speed(goal_id: str, speedup: Speedup, kpi_id: str, kpi: Kpi) -> Remark:
    assert kpi.baseline is not None
    before = exact(kpi.baseline.value)
    aim = last_aim(kpi_id, kpi)
    target, meant = aim.bounds.nearest(before), speedup.time_from(before)
    percent, divisor = plain(speedup.percent), plain(1 + speedup.percent / HUNDRED)
    return Remark(
        ("goals", goal_id, "statement"),
        f"{percent} % faster is {plain(before)} / {divisor} = {amount(meant, kpi.unit)}, "
        f"and the target of {kpi_id} is {amount(target, kpi.unit)}, {_change(before, target)}",
        f"write target: {plain(meant)}, or say in the goal that the time gets shorter, and by how much",
        related=((aim.path, "the target"),),
        subject=f"goals.{goal_id}.{kpi_id}",
        words=speedup.words,
    )


def _change(before: Fraction, after: Fraction) -> str:
    percent = amount(abs(before - after) / before * HUNDRED, "%")
    return f"{percent} {'shorter' if after < before else 'longer'}"


def called_a_speed(kpi_id: str, kpi: Kpi) -> Remark:
    aim = last_aim(kpi_id, kpi)
    target = aim.bounds.nearest(Fraction(0))
    before = exact(kpi.baseline.value) if kpi.baseline else target
    if 0 < target < before:
        faster = amount((before / target - 1) * HUNDRED, "%")
        message = (
            f"{amount(before, kpi.unit)} to {amount(target, kpi.unit)} is {_change(before, target)}, {faster} faster"
        )
    else:
        message = "half the time is 50 % less of it and 100 % more speed"
    in_name = kpi.name is not None and speaks_of_speed(kpi.name)
    return Remark(
        ("kpis", kpi_id, "name") if in_name else ("kpis", kpi_id),
        f"{kpi_id} is called a speed and measured in {kpi.unit.strip()}: {message}",
        "name it as the time that it is, such as “delivery time”, and state changes of it in that unit",
        related=((aim.path, "the target"),),
        subject=f"kpis.{kpi_id}",
        at_key=not in_name,
    )
