"""Rules about who decides, and to whom trouble goes."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from coopctl.findings import Severity
from coopctl.model.governance import EscalationStep
from coopctl.model.responsibilities import Member
from coopctl.model.scalars import Duration, DurationUnit, PeriodKind, shortened
from coopctl.places import Path, dotted
from coopctl.rules.rule import Remark, Review, rule

_MINUTES: Final = {
    DurationUnit.MINUTE: 1,
    DurationUnit.HOUR: 60,
    DurationUnit.DAY: 1440,
    DurationUnit.BUSINESS_DAY: 1440 * 7 // 5,
    DurationUnit.WEEK: 1440 * 7,
    DurationUnit.MONTH: 1440 * 30,
    DurationUnit.YEAR: 1440 * 360,
}
"""Roughly how long each unit is; five business days take a week."""

_EXACT: Final = (
    {DurationUnit.MINUTE, DurationUnit.HOUR, DurationUnit.DAY, DurationUnit.WEEK},
    {DurationUnit.MONTH, DurationUnit.YEAR},
    {DurationUnit.BUSINESS_DAY},
)
"""Units of which so many of one are always so many of another."""

_CERTAIN: Final = Fraction(9, 10)
"""How much of the other a length in other units may be at the most, to be the shorter one in any month."""

_DECIDING_ROLE: Final = re.compile(
    r"\b(?:manager|director|head|chief|president|vp|sponsor|ceo|coo|cfo|cto)\b|经理|总监|负责人|总裁|董事|主任",
    re.IGNORECASE,
)

_REVIEWED_AT_LEAST: Final = {
    PeriodKind.DAY: PeriodKind.MONTH,
    PeriodKind.WEEK: PeriodKind.MONTH,
    PeriodKind.MONTH: PeriodKind.QUARTER,
    PeriodKind.QUARTER: PeriodKind.HALF,
    PeriodKind.HALF: PeriodKind.YEAR,
    PeriodKind.YEAR: PeriodKind.YEAR,
}
"""How often figures of each frequency have to be looked at together."""

_RARENESS: Final = {kind: rank for rank, kind in enumerate(PeriodKind)}
_MOST_NAMED: Final = 4


def _escalation(review: Review) -> tuple[EscalationStep, ...]:
    governance = review.agreement.governance
    return governance.escalation if governance else ()


@rule("GOV001", Severity.WARNING)
def escalation_backwards(review: Review) -> Iterator[Remark]:
    """A later step of the escalation comes sooner than an earlier one.

    Why: All steps count from the same day. A step that is due before the one above it goes over the heads of those
    who should try first, or was meant to count from the step before.

    Bad:
        governance: {escalation: [{to: working_group, within: 10 days},
                                  {to: north, within: 5 days}]}

    Good:
        governance: {escalation: [{to: working_group, within: 5 days},
                                  {to: north, within: 10 days}]}
    """
    longest = 0
    steps = _escalation(review)
    for index, step in enumerate(steps):
        earlier = steps[longest]
        if not _is_shorter(step.within, earlier.within):
            longest = index if _minutes(step.within) >= _minutes(earlier.within) else longest
            continue
        yield Remark(
            ("governance", "escalation", index, "within"),
            f"step {index + 1} to {step.to} within {step.within} comes sooner than step {longest + 1} "
            f"to {earlier.to} within {earlier.within}",
            f"give {step.to} more than {earlier.within}, or change the order; all steps count from the same day",
            ((("governance", "escalation", longest, "within"), "the earlier step"),),
        )


def _is_shorter(one: Duration, other: Duration) -> bool:
    """Whether a length is certainly shorter than another: 1 month and 22 business days may be as long."""
    is_exact = any({one.unit, other.unit} <= units for units in _EXACT)
    return _minutes(one) < _minutes(other) * (1 if is_exact else _CERTAIN)


def _minutes(duration: Duration) -> int:
    return duration.amount * _MINUTES[duration.unit]


@rule("GOV002", Severity.WARNING)
def escalation_without_decider(review: Review) -> Iterator[Remark]:
    """The escalation ends with somebody who decides nothing.

    Why: A problem goes up because those below could not settle it. The last step has to be a party, a body with
    members, a working group that has a chair or a rule for decisions, or a person who chairs it or leads by role.

    Bad:
        working_group: {members: {cy: {role: communications}}}
        governance: {escalation: [{to: cy, within: 5 days}]}

    Good:
        working_group: {members: {cy: {role: communications}}}
        governance: {escalation: [{to: cy, within: 5 days},
                                  {to: harbor, within: 10 days}]}
    """
    steps = _escalation(review)
    if not steps or steps[-1].to in review.agreement.parties:
        return
    review.whole("governance", "working_group", "parties")
    last = steps[-1]
    lacking = _lacking(review, last.to)
    if lacking:
        yield Remark(
            ("governance", "escalation", len(steps) - 1, "to"),
            f"the escalation ends with {last.to}, {lacking}",
            f"add a last step to those who decide: {{to: {_decider(review)}, within: {last.within}}}",
        )


def _lacking(review: Review, name: str) -> str:
    """Say why somebody decides nothing; empty for those who decide."""
    agreement = review.agreement
    group = agreement.working_group
    if name == "working_group":
        return (
            "" if group and (group.decisions or group.chair) else "which has neither a chair nor a rule for decisions"
        )
    body = agreement.governance.bodies.get(name) if agreement.governance else None
    if body is not None:
        return "" if body.members else "a body without members"
    member = group.members.get(name) if group else None
    if member is None or (group and group.chair and name in group.chair.order) or _leads(member):
        return ""
    return f"whose role is “{shortened(member.role)}”" if member.role else "who has no role"


def _leads(member: Member) -> bool:
    return member.role is not None and _DECIDING_ROLE.search(member.role) is not None


def _decider(review: Review) -> str:
    """Return a body that has members, or else a party."""
    governance = review.agreement.governance
    bodies = [body_id for body_id, body in governance.bodies.items() if body.members] if governance else []
    return bodies[0] if bodies else next(iter(review.agreement.parties))


@rule("GOV003", Severity.WARNING)
def no_reviews(review: Review) -> Iterator[Remark]:
    """There are KPIs, and no joint reviews of them.

    Why: Figures that nobody looks at together change nothing. Each party draws its own conclusions, and the first
    talk about them is the one about breach.

    Bad:
        kpis:
          sales: {unit: orders, direction: higher-is-better, frequency: monthly,
                  aggregation: sum, target: 1200}

    Good:
        kpis:
          sales: {unit: orders, direction: higher-is-better, frequency: monthly,
                  aggregation: sum, target: 1200}
        governance: {reviews: {frequency: quarterly, within: 15 days}}
    """
    review.whole("governance")
    governance, kpis = review.agreement.governance, review.agreement.kpis
    if kpis and (governance is None or governance.reviews is None):
        needed = min((_REVIEWED_AT_LEAST[kpi.frequency] for kpi in kpis.values()), key=_RARENESS.__getitem__)
        reviews = f"reviews: {{frequency: {needed}, within: 15 days}}"
        yield Remark(
            ("governance", "reviews"),
            f"{len(kpis)} KPI{'' if len(kpis) == 1 else 's'} and no joint reviews",
            f"add {reviews}" if governance else f"add governance: {{{reviews}}}",
        )


@rule("GOV004", Severity.WARNING)
def reviews_too_rare(review: Review) -> Iterator[Remark]:
    """The figures of a KPI come much more often than the parties look at them together.

    Why: Daily and weekly figures want a review every month, monthly ones every quarter, quarterly ones every half
    year, others every year. By a rarer review a trend has become a breach before anybody speaks of it.

    Bad:
        kpis:
          sales: {unit: orders, direction: higher-is-better, frequency: monthly,
                  aggregation: sum, target: 1200}
        governance: {reviews: {frequency: half-yearly}}

    Good:
        kpis:
          sales: {unit: orders, direction: higher-is-better, frequency: monthly,
                  aggregation: sum, target: 1200}
        governance: {reviews: {frequency: quarterly}}
    """
    governance = review.agreement.governance
    if governance is None or governance.reviews is None:
        return
    given = governance.reviews.frequency
    needed = {kpi_id: _REVIEWED_AT_LEAST[kpi.frequency] for kpi_id, kpi in review.agreement.kpis.items()}
    unseen = [kpi_id for kpi_id, kind in needed.items() if _RARENESS[kind] < _RARENESS[given]]
    if unseen:
        soonest = min(unseen, key=lambda kpi_id: _RARENESS[needed[kpi_id]])
        named = [f"{kpi_id} ({review.agreement.kpis[kpi_id].frequency})" for kpi_id in unseen[:_MOST_NAMED]]
        more = f" and {len(unseen) - _MOST_NAMED} more" if len(unseen) > _MOST_NAMED else ""
        yield Remark(
            ("governance", "reviews", "frequency"),
            f"reviews are {given}; figures come much more often for {', '.join(named)}{more}",
            f"write frequency: {needed[soonest]}",
            ((("kpis", soonest, "frequency"), "how often its figures come"),),
        )


@rule("GOV005", Severity.WARNING)
def thresholds_without_escalation(review: Review) -> Iterator[Remark]:
    """There are breach thresholds, and no escalation that says to whom a breach goes.

    Why: A breach that goes to nobody stays where it arose, with those who could not prevent it.

    Bad:
        budget: {fair: {party: north, amount: 50000,
                        thresholds: {breach: {off_by_more_than: 20%}}}}

    Good:
        budget: {fair: {party: north, amount: 50000,
                        thresholds: {breach: {off_by_more_than: 20%}}}}
        governance: {escalation: [{to: working_group, within: 2 days},
                                  {to: north, within: 10 days}]}
    """
    review.whole("governance")
    if _escalation(review):
        return
    guarded = list(_with_breach(review))
    if guarded:
        first = dotted(guarded[0])
        others = f" and {len(guarded) - 1} more have" if len(guarded) > 1 else " has"
        step = "{to: working_group, within: 2 days}, " if review.agreement.working_group else ""
        yield Remark(
            ("governance", "escalation"),
            f"{first}{others} a breach threshold, and there is no escalation",
            f"add escalation: [{step}{{to: {_decider(review)}, within: 10 days}}] under governance",
            (((*guarded[0], "thresholds", "breach"), "a breach of this goes to nobody"),),
        )


def _with_breach(review: Review) -> Iterator[Path]:
    """Yield what has a breach threshold."""
    agreement = review.agreement
    for kpi_id, kpi in agreement.kpis.items():
        if kpi.thresholds and kpi.thresholds.breach:
            yield "kpis", kpi_id
    for milestone_id, milestone in (agreement.plan.milestones if agreement.plan else {}).items():
        if milestone.thresholds and milestone.thresholds.breach:
            yield "plan", "milestones", milestone_id
    for line_id, line in agreement.budget.items():
        if line.thresholds and line.thresholds.breach:
            yield "budget", line_id
