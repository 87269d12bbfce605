"""Rules about goals and how they are worded."""

from collections.abc import Iterator

from coopctl.findings import Severity
from coopctl.model.goals import Goal
from coopctl.model.kpis import Kpi, Range
from coopctl.model.scalars import shortened
from coopctl.places import Path, dotted
from coopctl.rules.deadlines import due_outside_term
from coopctl.rules.rule import Remark, Review, rule
from coopctl.rules.wording import Gap, has_figure, vague_words

_MOST_NAMED = 3
"""KPIs that are named in a remedy."""


@rule("GOL001", Severity.WARNING)
def goal_without_kpi(review: Review) -> Iterator[Remark]:
    """A goal has no KPI that measures it.

    Why: What nobody measures is reached by assertion (SMART: measurable). At the end one side calls it done, the
    other does not, and both are right.

    Bad:
        goals: {growth: {statement: Sell 20 % more in the term}}

    Good:
        goals: {growth: {statement: Sell 20 % more in the term, kpis: [sales]}}
        kpis:
          sales: {unit: orders, direction: higher-is-better, frequency: monthly,
                  aggregation: sum, target: 1200}
    """
    unmeasured = [goal_id for goal_id, goal in review.agreement.goals.items() if not goal.kpis]
    remedy = _kpis_to_add(review) if unmeasured else ""
    for goal_id in unmeasured:
        yield Remark(("goals", goal_id, "kpis"), f"{goal_id} has no KPI that measures it", remedy)


def _kpis_to_add(review: Review) -> str:
    linked = {kpi_id for goal in review.agreement.goals.values() for kpi_id in goal.kpis}
    loose = [kpi_id for kpi_id in review.agreement.kpis if kpi_id not in linked][:_MOST_NAMED]
    if loose:
        return f"add kpis: [{', '.join(loose)}], which no goal has yet, or those that measure it"
    return "add kpis: […] with the ids of the KPIs that measure it"


@rule("GOL002", Severity.WARNING)
def goal_without_due_date(review: Review) -> Iterator[Remark]:
    """A goal has no date by which it is reached.

    Why: Without a date a goal is never missed, only not reached yet (SMART: time-bound).

    Bad:
        goals: {growth: {statement: Sell 20 % more than in 2025}}

    Good:
        goals: {growth: {statement: Sell 20 % more than in 2025, due: 2026-12-31}}
    """
    for goal_id, goal in review.agreement.goals.items():
        if goal.due is None:
            yield Remark(
                ("goals", goal_id, "due"),
                f"{goal_id} has no due date",
                f"add due: {review.agreement.term.end}, the last day of the term, or an earlier day",
            )


@rule("GOL003", Severity.WARNING)
def goal_without_owner(review: Review) -> Iterator[Remark]:
    """A goal has nobody who answers for it.

    Why: A goal of everybody is a goal of nobody: when it slips, each party waits for the other to act.

    Bad:
        goals: {growth: {statement: Sell 20 % more in the term}}

    Good:
        goals: {growth: {statement: Sell 20 % more in the term, owner: north}}
    """
    for goal_id, goal in review.agreement.goals.items():
        if goal.owner is None:
            yield Remark(
                ("goals", goal_id, "owner"),
                f"{goal_id} has no owner",
                f"add owner: {next(iter(review.agreement.parties))}, or the party or person who answers for it",
            )


@rule("GOL004", Severity.WARNING)
def goal_due_outside_term(review: Review) -> Iterator[Remark]:
    """A goal is due on a day that is not in the term.

    Why: After the last day nobody owes anything any more, and before the first day nobody does yet. Such a date is
    mostly left over from an earlier draft.

    Bad:
        goals: {growth: {statement: Sell 20 % more, due: 2027-03-31}}

    Good:
        goals: {growth: {statement: Sell 20 % more, due: 2026-12-31}}
    """
    for goal_id, goal in review.agreement.goals.items():
        if goal.due is not None:
            yield from due_outside_term(review, ("goals", goal_id, "due"), goal.due)


@rule("GOL005", Severity.WARNING)
def vague_wording(review: Review) -> Iterator[Remark]:
    """A goal, a standard, a deliverable or an acceptance test uses a word that each side can read its own way.

    Why: “As soon as possible” is tomorrow for the customer and next quarter for the supplier. Such words end disputes
    in negotiations and begin them later. A word that a figure in the same text makes exact is passed over.

    Bad:
        responsibilities:
          data: {task: Publish the figures,
                 standard: "Complete, and sent as soon as possible"}

    Good:
        responsibilities:
          data: {task: Publish the figures,
                 standard: "Complete, and sent by the 10th of the next month"}
    """
    found: dict[str, list[tuple[str, Gap]]] = {}
    for path, text in _worded(review):
        if text not in found:
            found[text] = list(vague_words(text))
        for word, gap in found[text]:
            yield Remark(
                path,
                f"“{word}” leaves open {gap.question}",
                f"instead of “{word}” write {gap.remedy}",
                subject=dotted((*path, word.casefold())),
                words=word,
            )


def _worded(review: Review) -> Iterator[tuple[Path, str]]:
    """Yield the texts that say what is owed."""
    agreement = review.agreement
    for goal_id, goal in agreement.goals.items():
        yield ("goals", goal_id, "statement"), goal.statement
    for task_id, task in agreement.responsibilities.items():
        if task.deliverable is not None:
            yield ("responsibilities", task_id, "deliverable"), task.deliverable
        if task.standard is not None:
            yield ("responsibilities", task_id, "standard"), task.standard
    for milestone_id, milestone in (agreement.plan.milestones if agreement.plan else {}).items():
        if milestone.acceptance is not None:
            yield ("plan", "milestones", milestone_id, "acceptance"), milestone.acceptance


@rule("GOL006", Severity.INFO)
def goal_without_figure(review: Review) -> Iterator[Remark]:
    """A goal's statement has no figure in it.

    Why: The statement is what people quote. “Happier customers” is remembered without the figure that the KPI holds,
    and everybody has another one in mind (SMART: specific).

    Bad:
        goals: {happier: {statement: Make our customers happier}}

    Good:
        goals: {happier: {statement: Raise customer satisfaction from 85 to 92 points}}
    """
    figured: dict[str, bool] = {}
    for goal_id, goal in review.agreement.goals.items():
        if goal.statement not in figured:
            figured[goal.statement] = has_figure(goal.statement)
        if not figured[goal.statement]:
            yield Remark(
                ("goals", goal_id, "statement"),
                f"{goal_id} is not quantified: its statement has no figure",
                _figures_to_add(review, goal),
            )


def _figures_to_add(review: Review, goal: Goal) -> str:
    measured = [(kpi_id, kpi) for kpi_id in goal.kpis if (kpi := review.agreement.kpis.get(kpi_id))]
    figures = "; ".join(f"{shortened(kpi.name or kpi_id)}: {_aimed_at(kpi)}" for kpi_id, kpi in measured[:_MOST_NAMED])
    if figures:
        return f"write the figures of its KPIs into it: {figures}"
    return "write how much into it, such as by 20 %, or from 85 to 92 points"


def _aimed_at(kpi: Kpi) -> str:
    """Say where a KPI should come from and get to; of steps the last one counts."""
    aim = next(reversed(kpi.target.values())) if isinstance(kpi.target, dict) else kpi.target
    target = f"{aim.min} to {aim.max}" if isinstance(aim, Range) else str(aim)
    baseline = f", baseline {kpi.baseline.value}" if kpi.baseline else ""
    return f"target {target}{baseline} {shortened(kpi.unit)}"


@rule("GOL007", Severity.INFO)
def no_goals(review: Review) -> Iterator[Remark]:
    """There are KPIs, and no goals that say what they are for.

    Why: KPIs say how much, goals say why. Where the why is missing, people serve the figure, and nobody can tell
    which KPI may give way when two of them pull in different directions.

    Bad:
        kpis:
          sales: {unit: orders, direction: higher-is-better, frequency: monthly,
                  aggregation: sum, target: 1200}

    Good:
        goals: {growth: {statement: Sell 20 % more in the term, kpis: [sales]}}
        kpis:
          sales: {unit: orders, direction: higher-is-better, frequency: monthly,
                  aggregation: sum, target: 1200}
    """
    review.whole("goals")
    kpis = review.agreement.kpis
    if kpis and not review.agreement.goals:
        named = ", ".join([*kpis][:_MOST_NAMED])
        yield Remark(
            ("goals",),
            f"{len(kpis)} KPI{'' if len(kpis) == 1 else 's'} and no goals",
            f"add goals: {{growth: {{statement: …, kpis: [{named}]}}}} with what these KPIs are for",
        )
