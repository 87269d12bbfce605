"""Rules about people, equipment and data that the parties bring."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import islice, pairwise
from typing import Final, NamedTuple

from coopctl.evaluate.numbers import exact, written
from coopctl.evaluate.periods import ONE_DAY, Days
from coopctl.findings import Severity
from coopctl.model.plan import Allocation, Resource
from coopctl.model.scalars import shortened
from coopctl.rules.rule import Remark, Review, rule

_MOST_STRETCHES: Final = 100
"""Overbooked stretches of one resource beyond which its allocations are planned anew, not mended one by one."""

_MOST_NAMED: Final = 4
"""Allocations that one remark names; the others are counted."""


@rule("RES001", Severity.ERROR)
def resource_overallocated(review: Review) -> Iterator[Remark]:
    """On some days a resource is promised to more than it has capacity for.

    Why: The same people cannot be in two places (双重任务分配). Each milestone looks staffed on its own; together they
    are not, and both slip when the day comes. An allocation without dates counts for the window of its milestone or
    phase, or for the whole term.

    Bad:
        plan:
          milestones: {pilot: {due: 2026-05-15}, training: {due: 2026-06-30}}
        resources:
          engineers:
            capacity: 5
            allocations:
              - {to: plan.milestones.pilot, amount: 3, from: 2026-04-01,
                 until: 2026-05-15}
              - {to: plan.milestones.training, amount: 3, from: 2026-05-11,
                 until: 2026-06-30}

    Good:
        plan:
          milestones: {pilot: {due: 2026-05-15}, training: {due: 2026-06-30}}
        resources:
          engineers:
            capacity: 5
            allocations:
              - {to: plan.milestones.pilot, amount: 3, from: 2026-04-01,
                 until: 2026-05-15}
              - {to: plan.milestones.training, amount: 3, from: 2026-05-16,
                 until: 2026-06-30}
    """
    for resource_id, resource in review.agreement.resources.items():
        if resource.capacity is None or not resource.allocations:
            continue
        capacity = exact(resource.capacity)
        for stretch in islice(_overbooked(review, resource, capacity), _MOST_STRETCHES):
            *others, last = stretch.allocations
            at = ("resources", resource_id, "allocations")
            first, end = stretch.days
            yield Remark(
                (*at, last),
                f"{resource_id} is promised {written(stretch.total)} of {_quantity(resource, capacity)} "
                f"{f'on {first}' if first == end else f'from {first} to {end}'}: {_named(resource, stretch)}",
                f"move or shorten an allocation, promise {written(stretch.total - capacity)} less, "
                f"or write capacity: {written(stretch.total)} if there is so much",
                tuple(((*at, each), "the other allocation") for each in others[:_MOST_NAMED]),
                subject=f"resources.{resource_id}@{first}",
            )


class _Stretch(NamedTuple):
    """Days on which the same allocations hold, and how much they are together."""

    days: Days
    total: Fraction
    allocations: list[int]


def _overbooked(review: Review, resource: Resource, capacity: Fraction) -> Iterator[_Stretch]:
    """Yield the runs of days on which more is promised than there is, in order."""
    changes: dict[date, list[int]] = {}
    for index, allocation in enumerate(resource.allocations):
        if allocation.amount:
            days = _days_of(review, allocation)
            changes.setdefault(days.first, []).append(index)
            changes.setdefault(days.last + ONE_DAY, []).append(index)
    held: set[int] = set()
    total = Fraction(0)
    for (day, changed), (next_day, _) in pairwise(sorted(changes.items())):
        for index in changed:
            amount = exact(resource.allocations[index].amount)
            total += -amount if index in held else amount
        held.symmetric_difference_update(changed)
        if total > capacity:
            yield _Stretch(Days(day, next_day - ONE_DAY), total, sorted(held))


def _days_of(review: Review, allocation: Allocation) -> Days:
    """Days of an allocation; where it does not say, those of the milestone or phase that it is for, else the term."""
    planned = _planned_days(review, allocation.to)
    first = allocation.from_ or min(planned.first, allocation.until or planned.first)
    return Days(first, allocation.until or max(planned.last, first))


def _planned_days(review: Review, subject: str) -> Days:
    plan, name = review.agreement.plan, subject.rpartition(".")[2]
    if plan is not None and subject.startswith("plan.milestones."):
        milestone = plan.milestones.get(name)
        if milestone is not None and milestone.start is not None:
            return Days(milestone.start, milestone.due)
    if plan is not None and subject.startswith("plan.phases."):
        phase = plan.phases.get(name)
        if phase is not None:
            return Days(phase.start, phase.end)
    return review.term


def _quantity(resource: Resource, amount: Fraction) -> str:
    return f"{written(amount)} {shortened(resource.unit)}" if resource.unit else written(amount)


def _named(resource: Resource, stretch: _Stretch) -> str:
    allocations = [resource.allocations[index] for index in stretch.allocations[:_MOST_NAMED]]
    named = [f"{written(exact(each.amount))} to {each.to}" for each in allocations]
    more = [f"{len(stretch.allocations) - _MOST_NAMED} more"] if len(stretch.allocations) > _MOST_NAMED else []
    return ", ".join(named + more)


@rule("RES002", Severity.WARNING)
def allocation_outside_term(review: Review) -> Iterator[Remark]:
    """A resource is promised for days before the agreement begins or after it ends.

    Why: Outside the term nobody is bound to provide it and nobody pays for it, though the plan counts on it.

    Bad:
        plan:
          phases: {roll-out: {start: 2026-07-01, end: 2026-12-31}}
        resources:
          engineers:
            allocations: [{to: plan.phases.roll-out, amount: 5, from: 2026-07-01,
                           until: 2027-01-31}]

    Good:
        plan:
          phases: {roll-out: {start: 2026-07-01, end: 2026-12-31}}
        resources:
          engineers:
            allocations: [{to: plan.phases.roll-out, amount: 5, from: 2026-07-01,
                           until: 2026-12-31}]
    """
    for resource_id, resource in review.agreement.resources.items():
        for index, allocation in enumerate(resource.allocations):
            days = _days_of(review, allocation)
            if review.term.contains(days):
                continue
            starts_outside = allocation.from_ is not None and not review.in_term(allocation.from_)
            key, day = ("from", days.first) if starts_outside else ("until", days.last)
            nearest = review.term.first if starts_outside else review.term.last
            yield Remark(
                ("resources", resource_id, "allocations", index, key),
                f"{resource_id} is promised to {allocation.to} {key} {day}, and the term runs "
                f"{review.term.first} to {review.term.last}",
                f"write {key}: {nearest}, or move the term" if days.overlaps(review.term) else "correct the dates",
            )


@rule("RES003", Severity.INFO)
def resource_without_capacity(review: Review) -> Iterator[Remark]:
    """A resource is promised to parts of the plan, and nothing says how much of it there is.

    Why: Without a capacity double booking cannot be seen: every promise looks as if it could be kept. Data is left
    out, since giving it to one does not take it from another.

    Bad:
        plan:
          milestones: {pilot: {due: 2026-05-15}}
        resources:
          engineers: {unit: fte, allocations: [{to: plan.milestones.pilot,
                                                amount: 3}]}

    Good:
        plan:
          milestones: {pilot: {due: 2026-05-15}}
        resources:
          engineers: {unit: fte, capacity: 5,
                      allocations: [{to: plan.milestones.pilot, amount: 3}]}
    """
    for resource_id, resource in review.agreement.resources.items():
        if resource.allocations and resource.capacity is None and resource.kind != "data":
            most = max(exact(each.amount) for each in resource.allocations)
            yield Remark(
                ("resources", resource_id, "capacity"),
                f"{resource_id} has allocations of up to {_quantity(resource, most)}, and no capacity",
                f"add capacity: with how much there is at a time, {written(most)} or more",
            )
