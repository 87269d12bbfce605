"""Rules about phases and milestones."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import islice, pairwise
from typing import Final

from coopctl.evaluate.periods import Days
from coopctl.findings import Severity
from coopctl.model.plan import Milestone, Phase
from coopctl.model.scalars import shortened
from coopctl.rules.deadlines import days_written
from coopctl.rules.listing import either
from coopctl.rules.rule import Remark, Review, rule

_MOST_CYCLES: Final = 100
"""A plan in which everything waits for everything has more cycles than anybody can mend at once."""

_MOST_STEPS: Final = 10
"""Steps of one circle that are shown; of a longer one the first, and the last."""

_MOST_PHASES: Final = 100
"""Phases among which a better one is looked for."""

_VERBS: Final = {"start": "starts", "due": "is due"}
"""How a message speaks of a milestone's dates, by their keys."""


@rule("PLN001", Severity.ERROR)
def dependency_cycle(review: Review) -> Iterator[Remark]:
    """Milestones wait for each other in a circle, so none of them can begin.

    Why: Each side can say that it is waiting for the other, and each is right. No delay can be put down to anybody,
    and the end of the plan cannot be worked out.

    Bad:
        plan:
          milestones:
            design: {due: 2026-03-31, after: [test]}
            test: {due: 2026-05-29, after: [design]}

    Good:
        plan:
          milestones:
            design: {due: 2026-03-31}
            test: {due: 2026-05-29, after: [design]}
    """
    milestones = _milestones(review)
    for cycle in islice(_cycles(milestones), _MOST_CYCLES):
        steps = list(pairwise((*cycle, cycle[0])))
        at, *others = (_after(milestones, *step) for step in steps[:_MOST_STEPS])
        labels = (f"{one} waits for {other}" for one, other in steps[1:_MOST_STEPS])
        none_begins = "each waits for the next, so none can begin" if others else "it waits for itself"
        waiting, awaited = max(steps, key=lambda step: milestones[step[1]].due - milestones[step[0]].due)
        yield Remark(
            at,
            f"{' → '.join(_shown((*cycle, cycle[0])))}: {none_begins}",
            f"say which comes first: take {awaited} out of the `after` of {waiting}",
            tuple(zip(others, labels, strict=True)),
            subject="plan.milestones." + _identified(cycle),
        )


def _shown(names: Sequence[str]) -> Sequence[str]:
    """Leave out names in the middle where there are too many."""
    more = len(names) - _MOST_STEPS - 1
    return names if more <= 0 else (*names[: _MOST_STEPS - 1], f"({more + 1} more)", names[-1])


def _identified(cycle: Sequence[str]) -> str:
    """Return what tells a cycle from all others."""
    whole = "→".join(cycle)
    return whole if len(cycle) <= _MOST_STEPS else f"{cycle[0]}→{sha256(whole.encode()).hexdigest()[:16]}"


def _milestones(review: Review) -> Mapping[str, Milestone]:
    plan = review.agreement.plan
    return plan.milestones if plan else {}


def _after(milestones: Mapping[str, Milestone], waiting: str, awaited: str) -> tuple[str | int, ...]:
    return ("plan", "milestones", waiting, "after", milestones[waiting].after.index(awaited))


def _cycles(milestones: Mapping[str, Milestone]) -> Iterator[tuple[str, ...]]:
    """Yield the circles that a walk along `after` comes upon, from the member on that the file has first.

    Where there is any, one is found; those that share steps with it may show only once it is broken up.
    """
    order = {each: number for number, each in enumerate(milestones)}
    left: set[str] = set()
    for start in milestones:
        walk = {start: _awaited(milestones[start])} if start not in left else {}
        while walk:
            here = next(reversed(walk))
            there = next(walk[here], None)
            if there is None:
                del walk[here]
                left.add(here)
            elif there in walk:
                members = list(walk)
                yield _from_first(members[members.index(there) :], order)
            elif there in milestones and there not in left:
                walk[there] = _awaited(milestones[there])


def _awaited(milestone: Milestone) -> Iterator[str]:
    """Yield what a milestone waits for, each once, so that every step is taken once."""
    return iter(dict.fromkeys(milestone.after))


def _from_first(cycle: list[str], order: Mapping[str, int]) -> tuple[str, ...]:
    first = min(range(len(cycle)), key=lambda index: order[cycle[index]])
    return (*cycle[first:], *cycle[:first])


@rule("PLN002", Severity.WARNING)
def successor_before_predecessor(review: Review) -> Iterator[Remark]:
    """A milestone begins before the one that it comes after is due, or before the buffer between them is over.

    Why: A plan that overlaps where it says that one thing follows the other is late on the day it is signed. A
    buffer that the dates do not leave is no buffer: the first delay goes straight through to the end.

    Bad:
        plan:
          milestones:
            pilot: {due: 2026-05-15}
            roll-out: {start: 2026-05-18, due: 2026-09-30, after: [pilot],
                       buffer: 5 days}

    Good:
        plan:
          milestones:
            pilot: {due: 2026-05-15}
            roll-out: {start: 2026-05-20, due: 2026-09-30, after: [pilot],
                       buffer: 5 days}
    """
    milestones = _milestones(review)
    if not any(each.after for each in milestones.values()):
        return
    circling = {each for cycle in islice(_cycles(milestones), _MOST_CYCLES) for each in cycle}
    for milestone_id, milestone in milestones.items():
        known = [each for each in milestone.after if each in milestones]
        if not known or milestone_id in circling:
            continue
        last = max(known, key=lambda each: milestones[each].due)
        due = milestones[last].due
        free_from = review.calendar.after(due, milestone.buffer) if milestone.buffer else due
        if (milestone.start or milestone.due) < free_from:
            yield _too_soon(milestone_id, milestone, last, due, free_from)


def _too_soon(milestone_id: str, milestone: Milestone, last: str, due: date, free_from: date) -> Remark:
    key, begins = ("start", milestone.start) if milestone.start else ("due", milestone.due)
    buffer = f", and its buffer of {milestone.buffer} runs to {free_from}" if milestone.buffer else ""
    moved_due = f" and due: {free_from} or later" if milestone.start and milestone.due < free_from else ""
    return Remark(
        ("plan", "milestones", milestone_id, key),
        f"{milestone_id} {_VERBS[key]} {begins}; it comes after {last}, which is due {due}{buffer}",
        f"write {key}: {free_from}{moved_due}, or make {last} due sooner"
        + (", or agree on a shorter buffer" if milestone.buffer else ""),
        ((("plan", "milestones", last, "due"), f"{last} is due here"),),
    )


@rule("PLN003", Severity.WARNING)
def milestone_outside_phase(review: Review) -> Iterator[Remark]:
    """A milestone has dates outside the phase that it belongs to.

    Why: Phases are what the steering committee looks at. A phase that is closed while one of its milestones is
    still to come is either not done or the wrong phase, and nobody can say which.

    Bad:
        plan:
          phases:
            trial: {start: 2026-04-01, end: 2026-06-30}
          milestones:
            pilot: {phase: trial, due: 2026-07-15}

    Good:
        plan:
          phases:
            trial: {start: 2026-04-01, end: 2026-06-30}
          milestones:
            pilot: {phase: trial, due: 2026-06-30}
    """
    plan = review.agreement.plan
    phases = plan.phases if plan else {}
    others = [(each, Days(other.start, other.end)) for each, other in islice(phases.items(), _MOST_PHASES)]
    for milestone_id, milestone in _milestones(review).items():
        phase, window = phases.get(milestone.phase or ""), _window(milestone)
        if phase is None or _covers(phase, milestone) or not review.term.contains(window):
            continue
        key, day = _sticks_out(milestone, Days(phase.start, phase.end))
        better = next((each for each, days in others if days.contains(window)), None)
        yield Remark(
            ("plan", "milestones", milestone_id, key),
            f"{milestone_id} {_VERBS[key]} {day}, and its phase {milestone.phase} runs {phase.start} to {phase.end}",
            f"write phase: {better}" if better else f"correct the date, or let {milestone.phase} run so far",
            ((("plan", "phases", milestone.phase or ""), "its phase"),),
        )


def _window(milestone: Milestone) -> Days:
    return Days(milestone.start or milestone.due, milestone.due)


def _covers(phase: Phase, milestone: Milestone) -> bool:
    return Days(phase.start, phase.end).contains(_window(milestone))


def _sticks_out(milestone: Milestone, days: Days) -> tuple[str, date]:
    """Return the date of a milestone that is not among these days, with its key; the due date where both are not."""
    if milestone.start and days.first <= milestone.due <= days.last:
        return "start", milestone.start
    return "due", milestone.due


@rule("PLN004", Severity.WARNING)
def milestone_outside_term(review: Review) -> Iterator[Remark]:
    """A milestone has dates before the agreement begins or after it ends.

    Why: Duties hold during the term. Whoever owes a milestone after the last day can say that the agreement is
    over, and before the first day that it had not begun.

    Bad:
        plan:
          milestones:
            final-report: {due: 2027-01-15}

    Good:
        plan:
          milestones:
            final-report: {due: 2026-12-31}
    """
    plan = review.agreement.plan
    for milestone_id, milestone in _milestones(review).items():
        if review.term.contains(_window(milestone)):
            continue
        phase = plan.phases.get(milestone.phase or "") if plan else None
        if phase is not None and _covers(phase, milestone):
            continue  # it is where its phase is, and the phase is outside: phase-outside-term says so once
        key, day = _sticks_out(milestone, review.term)
        edge = "end" if day > review.term.last else "start"
        yield Remark(
            ("plan", "milestones", milestone_id, key),
            f"{milestone_id} {_VERBS[key]} {day}, {_distance(day, review.term)}",
            f"correct the date, or write {edge}: {day} under term",
            ((("term", edge), "the term"),),
        )


def _distance(day: date, term: Days) -> str:
    if day > term.last:
        return f"{days_written((day - term.last).days)} after the term ends on {term.last}"
    return f"{days_written((term.first - day).days)} before the term begins on {term.first}"


@rule("PLN005", Severity.WARNING)
def milestone_without_acceptance(review: Review) -> Iterator[Remark]:
    """A milestone does not say how it is seen to be done.

    Why: “Done” means one thing to the side that delivers and another to the side that pays. Without agreed
    acceptance the due date cannot be enforced, because both can be right about whether it was kept.

    Bad:
        plan:
          milestones:
            pilot: {due: 2026-05-15, deliverable: Pilot report}

    Good:
        plan:
          milestones:
            pilot: {due: 2026-05-15, deliverable: Pilot report,
                    acceptance: Both project managers sign the report}
    """
    for milestone_id, milestone in _milestones(review).items():
        if milestone.acceptance is None:
            delivers = (
                f"delivers “{shortened(milestone.deliverable)}”" if milestone.deliverable else f"is due {milestone.due}"
            )
            yield Remark(
                ("plan", "milestones", milestone_id, "acceptance"),
                f"{milestone_id} {delivers}, and nothing says how it is seen to be done",
                "add acceptance: with what is looked at and who signs, such as "
                "acceptance: The project managers of all parties sign the report",
            )


@rule("PLN006", Severity.WARNING)
def milestone_without_owner(review: Review) -> Iterator[Remark]:
    """A milestone has no owner, so nobody owes it.

    Why: What everybody owes nobody does. When the date passes there is no one to ask, no one to escalate to, and
    no one in default.

    Bad:
        plan:
          milestones:
            pilot: {due: 2026-05-15}

    Good:
        plan:
          milestones:
            pilot: {due: 2026-05-15, owner: harbor}
    """
    for milestone_id, milestone in _milestones(review).items():
        if milestone.owner is None:
            yield Remark(
                ("plan", "milestones", milestone_id, "owner"),
                f"{milestone_id} is due {milestone.due}, and has no owner",
                f"add owner: {either(review.agreement.parties)}, or a member of the working group",
            )


@rule("PLN007", Severity.WARNING)
def phase_outside_term(review: Review) -> Iterator[Remark]:
    """A phase begins before the agreement does or goes on after it ends.

    Why: Work in a phase outside the term is done without a contract: no KPI is judged, no budget is phased there,
    and nobody is bound to deliver.

    Bad:
        plan:
          phases:
            roll-out: {start: 2026-07-01, end: 2027-03-31}

    Good:
        plan:
          phases:
            roll-out: {start: 2026-07-01, end: 2026-12-31}
    """
    plan = review.agreement.plan
    for phase_id, phase in (plan.phases if plan else {}).items():
        days = Days(phase.start, phase.end)
        if review.term.contains(days):
            continue
        key, day = ("end", phase.end) if phase.end > review.term.last else ("start", phase.start)
        yield Remark(
            ("plan", "phases", phase_id, key),
            f"{phase_id} runs {phase.start} to {phase.end}, and the term {review.term.first} to {review.term.last}",
            f"let the phase {key} within the term, or write {key}: {day} under term",
            ((("term", key), "the term"),),
        )
