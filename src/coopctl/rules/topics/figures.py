"""Rules about what is recorded in the ledger: figures, spend, waivers, actions, milestones.

What is dated or recorded after the as-of date is not known yet, and no rule speaks of it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final

from coopctl.evaluate.rollup import in_force
from coopctl.evaluate.verdicts import Status, Verdict
from coopctl.findings import Severity
from coopctl.model.ledger import ActionRecord, MilestoneRecord, Observation
from coopctl.model.scalars import shortened
from coopctl.rules.acting import ActedOn
from coopctl.rules.bounds import bounds_broken, is_share
from coopctl.rules.listing import either, in_brackets, listed_of
from coopctl.rules.rule import Remark, Review, rule


@rule("LED012", Severity.WARNING)
def overdue_figure(review: Review) -> Iterator[Remark]:
    """A figure that is due by now is not recorded.

    Why: A figure that stays away is seldom a good one. Until it is recorded nobody is asked what went wrong, and it
    breaks the run of breaches that would give a right to end the agreement.

    Bad:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: quarterly,
                 aggregation: mean, target: 92}

    Good:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: quarterly,
                 aggregation: mean, target: 92}
        # actuals/2026.yaml
        kpis: {csat: {2026-Q1: {value: 93, recorded: 2026-04-08}}}
    """
    review.whole("ledger")
    overdue = [each for each in review.judgement.verdicts if each.status is Status.MISSING or each.stale]
    for path, verdicts in groupby(overdue, key=lambda verdict: verdict.path):
        first, *later = verdicts
        message, help_text = (
            _lacking_spend(first) if first.kind == "budget" else _lacking_figures(review, first, len(later))
        )
        yield Remark(path, message, help_text, subject=_subject(first), at_key=True)


def _subject(verdict: Verdict) -> str:
    return f"{verdict.subject}@{verdict.period.key}" if verdict.period else verdict.subject


_PARTS: Final = {"ratio": "numerator: …, denominator: …", "weighted-mean": "value: …, weight: …"}


def _lacking_figures(review: Review, verdict: Verdict, more: int) -> tuple[str, str]:
    """Say that the figure for a period is overdue, and how many later ones are."""
    assert verdict.period is not None and verdict.due is not None, "a KPI's verdict is for a period, due on a day"
    period, late = verdict.period.key, (review.as_of - verdict.due).days
    parts = _PARTS.get(review.agreement.kpis[verdict.id].aggregation, "value: …")
    return (
        f"{verdict.id} has no figure for {period}{_and_more(more)}: it was due by {verdict.due}, {_days(late)} ago",
        f"record {period}: {{{parts}, recorded: {review.as_of}}} under kpis: {verdict.id}: in the ledger",
    )


def _and_more(periods: int) -> str:
    return f", nor for {periods} later period{'' if periods == 1 else 's'}" if periods else ""


def _lacking_spend(verdict: Verdict) -> tuple[str, str]:
    message = (
        f"{verdict.id} has no spend after {verdict.recorded_through}: a month and ten days have passed"
        if verdict.stale
        else f"{verdict.id} has no spend at all: that of its first month was due by {verdict.due}"
    )
    return message, f"record every month's amount under spend: {verdict.id}: in the ledger; 0 where nothing was spent"


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


@rule("LED013", Severity.WARNING)
def value_out_of_bounds(review: Review) -> Iterator[Remark]:
    """A recorded figure is one that its unit does not allow: above 100 %, or below 0.

    Why: It is a slip of the pen or of a formula, and every mean, total and score that it goes into is wrong with it.
    One digit too many can make a bad year look good.

    Bad:
        kpis:
          on-time: {unit: "%", direction: higher-is-better, frequency: monthly,
                    aggregation: mean, target: 95}
        # actuals/2026.yaml
        kpis: {on-time: {2026-01: 946}}

    Good:
        kpis:
          on-time: {unit: "%", direction: higher-is-better, frequency: monthly,
                    aggregation: mean, target: 95}
        # actuals/2026.yaml
        kpis: {on-time: {2026-01: 94.6}}
    """
    for kpi_id, figures in review.ledger.figures.items():
        kpi = review.agreement.kpis.get(kpi_id)
        if kpi is None:
            continue
        broken = bounds_broken(kpi_id, kpi, figures)
        bounds = {id(figure): bound for figure, bound in broken}
        for figure in _in_force(review, figures, [figure for figure, _ in broken]):
            yield Remark(
                figure.place,
                f"{kpi_id} in {figure.key}: {_written(figure)} is {bounds[id(figure)]} {shortened(kpi.unit)}",
                "correct the figure; if it was reported already, add the right one with its own recorded: and a note:",
                subject=f"kpis.{kpi_id}@{figure.key}",
            )


def _in_force(review: Review, figures: Sequence[Observation], suspects: list[Observation]) -> list[Observation]:
    """Return those of the suspects that are known at the date and that no later figure has replaced."""
    if not suspects:
        return []
    current, _ = in_force(figures, review.agreement.calendar.year_starts, review.as_of)
    known = set(map(id, current))
    return [each for each in suspects if id(each) in known]


def _written(figure: Observation) -> str:
    return str(figure.value) if figure.numerator is None else f"{figure.numerator} of {figure.denominator}"


@rule("LED014", Severity.WARNING)
def numerator_exceeds_denominator(review: Review) -> Iterator[Remark]:
    """More are counted than there are: the numerator of a share is larger than its denominator.

    Why: The two are mostly swapped, or one of them is of another month. A share above 100 % lifts every total that it
    goes into, and hides the months in which the target was missed.

    Bad:
        kpis:
          on-time: {unit: "%", direction: higher-is-better, frequency: monthly,
                    aggregation: ratio, target: 95}
        # actuals/2026.yaml
        kpis: {on-time: {2026-01: {numerator: 1000, denominator: 946}}}

    Good:
        kpis:
          on-time: {unit: "%", direction: higher-is-better, frequency: monthly,
                    aggregation: ratio, target: 95}
        # actuals/2026.yaml
        kpis: {on-time: {2026-01: {numerator: 946, denominator: 1000}}}
    """
    for kpi_id, figures in review.ledger.figures.items():
        kpi = review.agreement.kpis.get(kpi_id)
        suspects = [each for each in figures if _counts_more_than_there_are(each)]
        if kpi is None or not suspects or not is_share(kpi_id, kpi):
            continue
        for figure in _in_force(review, figures, suspects):
            yield Remark(
                figure.place,
                f"{kpi_id} in {figure.key}: numerator {figure.numerator} is more than denominator {figure.denominator}",
                f"if the two are swapped, write numerator: {figure.denominator}, denominator: {figure.numerator}; "
                "else correct the one that is wrong",
                subject=f"kpis.{kpi_id}@{figure.key}",
            )


def _counts_more_than_there_are(figure: Observation) -> bool:
    return figure.numerator is not None and figure.denominator is not None and figure.numerator > figure.denominator


@rule("LED015", Severity.WARNING)
def restatement_without_reason(review: Review) -> Iterator[Remark]:
    """A later figure replaces an earlier one, and no note says why.

    Why: A figure that changes after it was reported is what auditors and the other party ask about first. Half a year
    later nobody remembers the reason.

    Bad:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92}
        # actuals/2026.yaml
        kpis:
          csat: {2026-01: [{value: 88, recorded: 2026-02-05},
                           {value: 93, recorded: 2026-02-20}]}

    Good:
        kpis:
          csat: {unit: points, direction: higher-is-better, frequency: monthly,
                 aggregation: mean, target: 92}
        # actuals/2026.yaml
        kpis:
          csat: {2026-01: [{value: 88, recorded: 2026-02-05},
                           {value: 93, recorded: 2026-02-20, note: Late answers}]}
    """
    for section, recorded in (("kpis", review.ledger.figures), ("budget", review.ledger.spend)):
        for subject, figures in recorded.items():
            for earlier, later in _restatements(figures, review.as_of):
                yield Remark(
                    later.place,
                    f"{subject} in {later.key}: {_written(later)} replaces {_written(earlier)}, and no note says why",
                    "add note: with the reason; record a figure that may still change with status: provisional",
                    related=((earlier.place, "the earlier figure"),),
                    subject=f"{section}.{subject}@{later.key}: {later.recorded}",
                )


def _restatements(figures: Sequence[Observation], as_of: date) -> Iterator[tuple[Observation, Observation]]:
    """Yield figures without a note that say something else than a final one before them for the same period."""
    by_key: dict[str, list[Observation]] = {}
    for figure in figures:
        by_key.setdefault(figure.key.text, []).append(figure)
    if len(by_key) == len(figures):
        return
    for group in by_key.values():
        known = [each for each in group if each.recorded is not None and each.recorded <= as_of]
        for earlier, later in pairwise(sorted(known, key=lambda each: each.recorded or date.min)):
            if later.note is None and not earlier.provisional and _says(later) != _says(earlier):
                yield earlier, later


def _says(figure: Observation) -> tuple[Decimal | None, ...]:
    return figure.value, figure.numerator, figure.denominator, figure.weight


@rule("LED016", Severity.WARNING)
def waiver_not_approved_by_all(review: Review) -> Iterator[Remark]:
    """A waiver is not approved by every party, so it excuses nothing.

    Why: Whoever wrote it counts on it. The verdict stays what it is, escalates, and goes on counting for the right to
    end the agreement.

    Bad:
        plan: {milestones: {pilot: {due: 2026-05-15}}}
        # actuals/2026.yaml
        waivers:
          - {about: plan.milestones.pilot, reason: Port closed, date: 2026-06-10,
             approved_by: [north]}

    Good:
        plan: {milestones: {pilot: {due: 2026-05-15}}}
        # actuals/2026.yaml
        waivers:
          - {about: plan.milestones.pilot, reason: Port closed, date: 2026-06-10,
             approved_by: [north, harbor]}
    """
    parties = review.agreement.parties
    known = [record for record in review.ledger.waivers if record.waiver.date <= review.as_of]
    in_effect = {record.waiver.about for record in known if parties.keys() <= {*record.waiver.approved_by}}
    for record in known:
        about = record.waiver.about
        if about not in in_effect:
            approving = {*record.waiver.approved_by}
            lacking = listed_of(
                (each for each in parties if each not in approving), len(parties) - len(approving & parties.keys())
            )
            yield Remark(
                record.place.within("approved_by"),
                f"the waiver for {about} is not approved by {lacking}: it excuses nothing",
                f"once all of them have approved it, write approved_by: {in_brackets(parties)}",
                subject=f"waivers.{about}: {record.waiver.date}",
            )


@rule("LED017", Severity.WARNING)
def action_overdue(review: Review) -> Iterator[Remark]:
    """A corrective action is not done, and the day it was due has passed.

    Why: What was to put things right is late itself, and the next figure will be no better. An action that nobody
    asks about is not done.

    Bad:
        plan: {milestones: {pilot: {due: 2026-05-15}}}
        # actuals/2026.yaml
        actions:
          - {about: plan.milestones.pilot, date: 2026-06-10, do: Add a tester,
             owner: north, due: 2026-06-20}

    Good:
        plan: {milestones: {pilot: {due: 2026-05-15}}}
        # actuals/2026.yaml
        actions:
          - {about: plan.milestones.pilot, date: 2026-06-10, do: Add a tester,
             due: 2026-06-20, done: 2026-06-19}
    """
    for record in _open_actions(review):
        due = record.action.due
        if due is not None and due < review.as_of:
            yield Remark(
                record.place.within("due"),
                f"{_named(record)} was due on {due}, {_days((review.as_of - due).days)} ago, and is not done",
                "add done: with the day it was done; if it is still open, agree on a new due: and say why in note:",
                subject=_action_subject(record),
            )


def _open_actions(review: Review) -> Iterator[ActionRecord]:
    """Yield the actions that were decided by the date and were not done by then."""
    for record in review.ledger.actions:
        action = record.action
        if action.date <= review.as_of and (action.done is None or action.done > review.as_of):
            yield record


def _named(record: ActionRecord) -> str:
    return record.action.id or f"the action “{shortened(record.action.do)}”"


def _action_subject(record: ActionRecord) -> str:
    return f"actions.{record.action.id or f'{record.action.about}: {record.action.do}'}"


@rule("LED018", Severity.WARNING)
def action_without_owner(review: Review) -> Iterator[Remark]:
    """A corrective action that is still open has no owner.

    Why: What everybody is to do nobody does. One name has to answer for it in the next review.

    Bad:
        plan: {milestones: {pilot: {due: 2026-05-15}}}
        # actuals/2026.yaml
        actions:
          - {about: plan.milestones.pilot, date: 2026-06-10, do: Add a tester,
             due: 2026-07-31}

    Good:
        plan: {milestones: {pilot: {due: 2026-05-15}}}
        # actuals/2026.yaml
        actions:
          - {about: plan.milestones.pilot, date: 2026-06-10, do: Add a tester,
             due: 2026-07-31, owner: north}
    """
    for record in _open_actions(review):
        if record.action.owner is None:
            owner = _owner_of(review, record.action.about.partition("@")[0]) or either(review.agreement.parties)
            yield Remark(
                record.place.within("owner"),
                f"{_named(record)} for {record.action.about} has no owner",
                f"add owner: {owner}",
                subject=_action_subject(record),
            )


def _owner_of(review: Review, subject: str) -> str | None:
    """Return who owes what an action is about."""
    section, _, name = subject.rpartition(".")
    agreement = review.agreement
    if section == "kpis":
        kpi = agreement.kpis.get(name)
        return kpi.owner if kpi else None
    if section == "plan.milestones":
        milestone = agreement.plan.milestones.get(name) if agreement.plan else None
        return milestone.owner if milestone else None
    line = agreement.budget.get(name) if section == "budget" else None
    return (line.owner or line.party) if line else None


@rule("LED019", Severity.WARNING)
def action_without_due_date(review: Review) -> Iterator[Remark]:
    """A corrective action that is still open has no due date.

    Why: Without a date it is never late, so nobody ever asks about it. SMART actions are time-bound.

    Bad:
        plan: {milestones: {pilot: {due: 2026-05-15}}}
        # actuals/2026.yaml
        actions:
          - {about: plan.milestones.pilot, date: 2026-06-10, do: Add a tester,
             owner: north}

    Good:
        plan: {milestones: {pilot: {due: 2026-05-15}}}
        # actuals/2026.yaml
        actions:
          - {about: plan.milestones.pilot, date: 2026-06-10, do: Add a tester,
             owner: north, due: 2026-07-31}
    """
    for record in _open_actions(review):
        if record.action.due is None:
            yield Remark(
                record.place.within("due"),
                f"{_named(record)} for {record.action.about} has no due date",
                "add due: with a date before the next review",
                subject=_action_subject(record),
            )


@rule("LED020", Severity.WARNING)
def breach_without_action(review: Review) -> Iterator[Remark]:
    """Something is in breach, and no corrective action is recorded for it.

    Why: A breach that nobody does anything about comes back. Whoever has to cure it within a time, or defends a
    notice, needs to show what was done and when.

    Bad:
        plan: {milestones: {pilot: {due: 2026-05-15,
                                    thresholds: {breach: {off_by_more_than: 20 days}}}}}

    Good:
        plan: {milestones: {pilot: {due: 2026-05-15,
                                    thresholds: {breach: {off_by_more_than: 20 days}}}}}
        # actuals/2026.yaml
        actions:
          - {about: plan.milestones.pilot, date: 2026-06-10, do: Add a tester,
             owner: north, due: 2026-07-31}
    """
    review.whole("ledger")
    breaches = [verdict for verdict in review.judgement.verdicts if verdict.status is Status.BREACH]
    decided = (record.action.about for record in review.ledger.actions if record.action.date <= review.as_of)
    acted_on = ActedOn(decided if breaches else (), review.agreement.calendar.year_starts)
    for verdict in breaches:
        if not acted_on.covers(verdict):
            subject = _subject(verdict)
            owner = _owner_of(review, verdict.subject) or "…"
            yield Remark(
                verdict.evidence or (*verdict.path, "due"),
                f"{_standing(verdict)}, and no corrective action is recorded for it",
                f"add to actions: {{about: {subject}, date: …, cause: …, do: …, owner: {owner}, due: …}}; "
                "the date is the day on which it was decided",
                subject=subject,
            )


def _standing(verdict: Verdict) -> str:
    if verdict.kind == "milestone":
        assert verdict.variance is not None, "a milestone in breach is late"
        when = " by its forecast" if verdict.forecasted else ""
        return f"{verdict.id} is a breach, {_days(int(verdict.variance))} late{when}"
    when = f" in {verdict.period.key}" if verdict.period else ""
    return f"{verdict.id}{when} is a breach, known since {verdict.known_on}"


@rule("LED021", Severity.WARNING)
def done_before_predecessor(review: Review) -> Iterator[Remark]:
    """A milestone is recorded as done before one that has to come first.

    Why: Either one of the dates is wrong, or what was handed over rests on something that did not exist yet, and the
    acceptance is worth little.

    Bad:
        plan: {milestones: {pilot: {due: 2026-05-15},
                            roll-out: {due: 2026-06-30, after: [pilot]}}}
        # actuals/2026.yaml
        milestones: {roll-out: {done: 2026-06-20}}

    Good:
        plan: {milestones: {pilot: {due: 2026-05-15},
                            roll-out: {due: 2026-06-30, after: [pilot]}}}
        # actuals/2026.yaml
        milestones: {pilot: {done: 2026-05-12}, roll-out: {done: 2026-06-20}}
    """
    review.whole("ledger")
    records = review.ledger.milestones
    plan = review.agreement.plan
    for milestone_id, record in records.items():
        milestone, done = plan.milestones.get(milestone_id) if plan else None, _done_on(record, review.as_of)
        for first_id in dict.fromkeys(milestone.after) if milestone and done else ():
            first = records.get(first_id)
            first_done = _done_on(first, review.as_of)
            if done is None or first_id == milestone_id or (first_done is not None and first_done <= done):
                continue
            when = f"was done on {first_done}" if first_done else "is not done"
            place = first.place.within("done") if first else ("plan", "milestones", first_id)
            yield Remark(
                record.place.within("done"),
                f"{milestone_id} was done on {done}, and {first_id}, which comes first, {when}",
                f"correct the date that is wrong, or take {first_id} out of plan.milestones.{milestone_id}.after",
                related=((place, "the one that comes first"),),
                subject=f"plan.milestones.{milestone_id}.after.{first_id}",
            )


def _done_on(record: MilestoneRecord | None, as_of: date) -> date | None:
    done = record.facts.done if record else None
    return done if done is not None and done <= as_of else None
