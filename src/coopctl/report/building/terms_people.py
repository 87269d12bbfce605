"""Who does what, as it was agreed: tasks, the working group and its chair, what each one answers for."""

from collections.abc import Iterator
from datetime import date

from coopctl.evaluate.periods import ONE_DAY
from coopctl.model.responsibilities import Chair, Responsibility
from coopctl.model.scalars import Duration
from coopctl.report.building.actors import Actors, members_of
from coopctl.report.building.setting import ReportSetting
from coopctl.report.terms import (
    ActorTerm,
    AnswersTerm,
    ChairTerm,
    MemberTerm,
    TaskTerm,
    TurnTerm,
    WorkingGroupTerm,
)

MOST_TURNS = 60
"""Turns of a chair that a document lists; a list of more helps nobody."""


def columns(report: ReportSetting, actors: Actors) -> tuple[ActorTerm, ...]:
    """Return everyone who has a part in a task: the parties first, then the members, each as declared."""
    agreement = report.agreement
    taking_part = {actor for task in agreement.responsibilities.values() for actor in _parts(task)}
    return actors.all(each for each in (*agreement.parties, *members_of(agreement)) if each in taking_part)


def _parts(task: Responsibility) -> Iterator[str]:
    yield from (*task.responsible, *task.consulted, *task.informed)
    if task.accountable is not None:
        yield task.accountable


def task_terms(report: ReportSetting, actors: Actors) -> tuple[TaskTerm, ...]:
    """Return the tasks."""
    everyone = [each.id for each in columns(report, actors)]
    return tuple(
        TaskTerm(
            id=task_id,
            task=task.task,
            name=task.name or "",
            responsible=actors.all(task.responsible),
            accountable=actors.maybe(task.accountable),
            consulted=actors.all(task.consulted),
            informed=actors.all(task.informed),
            frequency=task.frequency.value if task.frequency else None,
            due=report.speech.short_day(task.due) if task.due else "",
            deliverable=task.deliverable or "",
            standard=task.standard or "",
            letters=tuple(_letters(task, each) for each in everyone),
        )
        for task_id, task in report.agreement.responsibilities.items()
    )


def _letters(task: Responsibility, actor_id: str) -> str:
    has = {
        "R": actor_id in task.responsible,
        "A": actor_id == task.accountable,
        "C": actor_id in task.consulted,
        "I": actor_id in task.informed,
    }
    return ", ".join(letter for letter, it_has in has.items() if it_has)


def working_group_term(report: ReportSetting, actors: Actors) -> WorkingGroupTerm | None:
    """Return the people who run the cooperation."""
    group = report.agreement.working_group
    if group is None:
        return None
    return WorkingGroupTerm(
        members=tuple(
            MemberTerm(
                actor=actors(member_id),
                party=actors(member.party),
                role=member.role or "",
                backup=report.actor(member.backup),
                email=member.email or "",
            )
            for member_id, member in group.members.items()
        ),
        chair=_chair(report, actors, group.chair) if group.chair else None,
        rule=group.decisions.rule if group.decisions else None,
        quorum=group.decisions.quorum if group.decisions else None,
    )


def _chair(report: ReportSetting, actors: Actors, chair: Chair) -> ChairTerm:
    rotates = chair.mode == "rotating" and chair.every is not None and chair.order
    return ChairTerm(
        mode=chair.mode,
        every=report.duration(chair.every),
        order=tuple(map(actors, chair.order)),
        turns=_turns(report, actors, chair.order, chair.every) if rotates and chair.every else (),
    )


def _turns(report: ReportSetting, actors: Actors, order: tuple[str, ...], every: Duration) -> tuple[TurnTerm, ...]:
    """Work out the turns from the term's first day.

    Every turn is counted from that day and not from the turn before, so that months that clamp do not shift the rest.
    """
    term, speech = report.setting.term, report.speech
    firsts: list[date] = [term.first]
    while (following := report.setting.calendar.after(term.first, _times(every, len(firsts)))) <= term.last:
        if following <= firsts[-1] or len(firsts) == MOST_TURNS:  # shorter than a day, or too many to list
            return ()
        firsts.append(following)
    lasts = [*(first - ONE_DAY for first in firsts[1:]), term.last]
    return tuple(
        TurnTerm(actor=actors(order[index % len(order)]), first=speech.day(first), last=speech.day(last))
        for index, (first, last) in enumerate(zip(firsts, lasts, strict=True))
    )


def _times(duration: Duration, number: int) -> Duration:
    return Duration(duration.amount * number, duration.unit)


def answers_terms(report: ReportSetting, actors: Actors) -> tuple[AnswersTerm, ...]:
    """Return what each party and member answers for; whoever answers for nothing is left out."""
    agreement = report.agreement
    found = (_answers(report, actors(each)) for each in (*agreement.parties, *members_of(agreement)))
    return tuple(each for each in found if any(value for name, value in each if name != "actor"))


def _answers(report: ReportSetting, actor: ActorTerm) -> AnswersTerm:
    agreement, speech = report.agreement, report.speech
    milestones = agreement.plan.milestones if agreement.plan else {}
    tasks = agreement.responsibilities.values()
    return AnswersTerm(
        actor=actor,
        accountable=tuple(task.task for task in tasks if task.accountable == actor.id),
        responsible=tuple(task.task for task in tasks if actor.id in task.responsible),
        kpis=tuple(kpi.name or kpi_id for kpi_id, kpi in agreement.kpis.items() if kpi.owner == actor.id),
        milestones=tuple(
            _with_date(report, milestone.name or milestone_id, milestone.due)
            for milestone_id, milestone in sorted(milestones.items(), key=lambda item: item[1].due)
            if milestone.owner == actor.id
        ),
        goals=tuple(goal.statement for goal in agreement.goals.values() if goal.owner == actor.id),
        budget=tuple(
            line.name or line_id for line_id, line in agreement.budget.items() if (line.owner or line.party) == actor.id
        ),
        risks=tuple(risk.name or risk_id for risk_id, risk in agreement.risks.items() if risk.owner == actor.id),
        actions=tuple(
            speech.say("%(text)s (due on %(date)s)", text=action.do, date=speech.day(action.due))
            if action.due
            else action.do
            for action in (record.action for record in report.setting.ledger.actions)
            if action.owner == actor.id and _is_open(action.date, action.done, report.judgement.as_of)
        ),
    )


def _with_date(report: ReportSetting, name: str, day: date) -> str:
    return report.speech.say("%(text)s (due on %(date)s)", text=name, date=report.speech.day(day))


def _is_open(decided: date, done: date | None, as_of: date) -> bool:
    return decided <= as_of and (done is None or done > as_of)
