"""Rules about who does what."""

import re
from collections.abc import Iterator
from typing import Final

from coopctl.findings import Severity
from coopctl.model.agreement import Agreement
from coopctl.model.responsibilities import Member
from coopctl.model.scalars import shortened
from coopctl.rules.deadlines import due_outside_term
from coopctl.rules.rule import Remark, Review, rule

_KEY_ROLE: Final = re.compile(
    r"(?:project|program(?:me)?)[-_ ]?(?:manager|lead(?:er)?)\b|\bfinanc(?:e|ial)(?![a-z])"
    r"|(?:technical|technology|tech)[-_ ]?(?:manager|director|officer|head|lead(?:er)?|contact)\b"
    r"|项目(?:经理|主管|负责人)|技术(?:经理|总监|主管|负责人|对接人|联系人)|财务",
    re.IGNORECASE,
)
_LONGEST_ROLE: Final = 200
"""Characters of a role that are looked at."""
_ASSISTANT: Final = re.compile("assistant|deputy|助理|副经理", re.IGNORECASE)


@rule("RSP001", Severity.WARNING)
def task_without_responsible(review: Review) -> Iterator[Remark]:
    """A task has nobody who does the work.

    Why: A task that is nobody's work is not done. In a RACI matrix every task has at least one R.

    Bad:
        responsibilities: {data: {task: Publish the figures, accountable: north}}

    Good:
        responsibilities: {data: {task: Publish the figures, accountable: north,
                                  responsible: [bo]}}
    """
    for task_id, task in review.agreement.responsibilities.items():
        if not task.responsible:
            someone = task.accountable or next(iter(review.agreement.parties))
            yield Remark(
                ("responsibilities", task_id, "responsible"),
                f"{task_id} has nobody who does the work",
                f"add responsible: [{someone}], or the parties or people who do it",
            )


@rule("RSP002", Severity.WARNING)
def task_without_accountable(review: Review) -> Iterator[Remark]:
    """A task has nobody who answers for it.

    Why: Where several do the work, each can point at the others. In a RACI matrix every task has exactly one A.

    Bad:
        responsibilities: {data: {task: Publish the figures, responsible: [bo, cy]}}

    Good:
        responsibilities: {data: {task: Publish the figures, responsible: [bo, cy],
                                  accountable: north}}
    """
    for task_id, task in review.agreement.responsibilities.items():
        if task.accountable is None:
            someone = task.responsible[0] if task.responsible else next(iter(review.agreement.parties))
            yield Remark(
                ("responsibilities", task_id, "accountable"),
                f"{task_id} has nobody who answers for it",
                f"add accountable: {someone}, or the one party or person who answers for it",
            )


@rule("RSP003", Severity.WARNING)
def accountable_only_consulted(review: Review) -> Iterator[Remark]:
    """The one who answers for a task is also the only one who is consulted.

    Why: To consult means to ask somebody else before acting (RACI). Who is asked only by themselves checks nothing,
    and the line looks as if a second pair of eyes were agreed.

    Bad:
        responsibilities:
          data: {task: Publish the figures, responsible: [bo], accountable: north,
                 consulted: [north]}

    Good:
        responsibilities:
          data: {task: Publish the figures, responsible: [bo], accountable: north,
                 consulted: [cy]}
    """
    for task_id, task in review.agreement.responsibilities.items():
        if task.accountable is not None and set(task.consulted) == {task.accountable}:
            yield Remark(
                ("responsibilities", task_id, "consulted"),
                f"{task.accountable} answers for {task_id} and is the only one consulted",
                f"name somebody else under consulted, or leave it out: {task.accountable} decides anyway",
                ((("responsibilities", task_id, "accountable"), "the one who answers for it"),),
            )


@rule("RSP004", Severity.WARNING)
def party_without_responsibility(review: Review) -> Iterator[Remark]:
    """A party is neither responsible nor accountable for any task, nor is any of its people.

    Why: A party without a task can benefit and cannot fail. The other side finds out in the first crisis that
    whatever it needs from that party was never promised.

    Bad:
        responsibilities: {data: {task: Publish the figures, responsible: [bo],
                                  accountable: north}}

    Good:
        responsibilities: {data: {task: Publish the figures, responsible: [bo],
                                  accountable: harbor}}
    """
    review.whole("parties", "responsibilities", "working_group")
    agreement = review.agreement
    tasks = agreement.responsibilities.values()
    busy = {actor for task in tasks for actor in (*task.responsible, task.accountable) if actor is not None}
    people = _people(agreement)
    busy |= {people[actor].party for actor in busy if actor in people}
    which = "the only task" if len(tasks) == 1 else f"any of the {len(tasks)} tasks"
    for party_id, party in agreement.parties.items() if busy else ():
        if party_id not in busy:
            yield Remark(
                ("parties", party_id),
                f"{shortened(party.name)} is neither responsible nor accountable for {which}",
                f"name {party_id}, or one of its people, under responsible or accountable of a task",
                at_key=True,
            )


def _people(agreement: Agreement) -> dict[str, Member]:
    return agreement.working_group.members if agreement.working_group else {}


@rule("RSP005", Severity.WARNING)
def task_due_outside_term(review: Review) -> Iterator[Remark]:
    """A task is due on a day that is not in the term.

    Why: After the last day nobody owes anything any more, and before the first day nobody does yet. What is to be
    done after the end belongs under exit.wind_down, where it survives.

    Bad:
        responsibilities: {training: {task: Train the desk, due: 2027-01-31}}

    Good:
        responsibilities: {training: {task: Train the desk, due: 2026-12-31}}
    """
    for task_id, task in review.agreement.responsibilities.items():
        if task.due is not None:
            yield from due_outside_term(review, ("responsibilities", task_id, "due"), task.due)


_SECTIONS_WITH_PEOPLE: Final = (
    *("parties", "working_group", "goals", "kpis", "responsibilities", "plan", "budget", "risks", "communication"),
    *("governance", "processes", "activities", "exit"),
)


@rule("RSP006", Severity.INFO)
def idle_member(review: Review) -> Iterator[Remark]:
    """A member of the working group has no part anywhere else in the agreement.

    Why: Who is on the list and has nothing to do is either forgotten in the tasks or left over from an earlier team.
    People write to them, and nothing happens.

    Bad:
        working_group: {members: {di: {name: Di Example, party: north}}}

    Good:
        working_group: {members: {di: {name: Di Example, party: north}}}
        communication: {meetings: {weekly: {frequency: weekly, chair: di,
                                            minutes_by: bo}}}
        responsibilities: {data: {task: Publish the figures, responsible: [cy],
                                  accountable: north}}
    """
    people = _people(review.agreement)
    if not people:
        return
    review.whole(*_SECTIONS_WITH_PEOPLE)
    busy = {*_named_for_work(review.agreement), *_named_for_decisions(review.agreement)}
    busy |= {each.backup for member_id, each in people.items() if each.backup != member_id}
    signing = {each.representative.name for each in review.agreement.parties.values() if each.representative}
    for member_id, member in people.items():
        if member_id not in busy and member.name not in signing:
            yield Remark(
                ("working_group", "members", member_id),
                f"{shortened(member.name)} has no part anywhere else in the agreement",
                f"give {member_id} a task, a meeting or somebody to stand in for, or take the name off the list",
                at_key=True,
            )


def _named_for_work(agreement: Agreement) -> Iterator[str | None]:
    """Yield those who have something to do; a name may come several times."""
    for task in agreement.responsibilities.values():
        yield from (*task.responsible, task.accountable, *task.consulted, *task.informed)
    for meeting in agreement.communication.meetings.values() if agreement.communication else ():
        yield from (meeting.chair, meeting.minutes_by)
    yield from (goal.owner for goal in agreement.goals.values())
    yield from (kpi.owner for kpi in agreement.kpis.values())
    yield from (line.owner for line in agreement.budget.values())
    yield from (risk.owner for risk in agreement.risks.values())
    yield from (activity.owner for activity in agreement.activities.values())
    yield from (step.owner for process in agreement.processes.values() for step in process.steps)
    if agreement.plan:
        yield from (milestone.owner for milestone in agreement.plan.milestones.values())
    if agreement.exit:
        yield from (step.owner for step in agreement.exit.wind_down)


def _named_for_decisions(agreement: Agreement) -> Iterator[str]:
    if agreement.working_group and agreement.working_group.chair:
        yield from agreement.working_group.chair.order
    if agreement.governance:
        yield from (actor for body in agreement.governance.bodies.values() for actor in body.members)
        yield from (step.to for step in agreement.governance.escalation)


@rule("RSP007", Severity.WARNING)
def key_role_without_backup(review: Review) -> Iterator[Remark]:
    """A person in a key role has nobody who stands in.

    Why: Holidays, illness and a new job come without warning. Key roles are those of project manager and of the
    technical and the finance lead or contact: decisions, systems and payments wait for these people.

    Bad:
        working_group: {members: {bo: {name: Bo Example, role: project-manager}}}

    Good:
        working_group: {members: {bo: {name: Bo Example, role: project-manager,
                                       backup: cy}}}
    """
    people = _people(review.agreement)
    colleagues: dict[str, list[str]] = {}
    for member_id, member in people.items():
        colleagues.setdefault(member.party, []).append(member_id)
    for member_id, member in people.items():
        if member.backup in (None, member_id) and _is_key_role(member.role or ""):
            own = "is named as their own backup" if member.backup else "has no backup"
            yield Remark(
                ("working_group", "members", member_id, "backup"),
                f"{shortened(member.name)} ({shortened(member.role or '')}) {own}",
                _backup_to_name(member_id, colleagues[member.party], member.party),
            )


def _is_key_role(role: str) -> bool:
    role = role[:_LONGEST_ROLE]
    return _KEY_ROLE.search(role) is not None and _ASSISTANT.search(role) is None


def _backup_to_name(member_id: str, colleagues: list[str], party: str) -> str:
    for other_id in colleagues:
        if other_id != member_id:
            return f"write backup: {other_id}, or who else of {party} can stand in"
    return f"add a second person of {party} to the members, and name them as backup"
