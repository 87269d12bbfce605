"""Which judge a difference goes to, by where it is."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from coopctl.changes.change import Change
from coopctl.changes.comparison import Comparison
from coopctl.changes.differences import Difference
from coopctl.changes.judging import clauses as by
from coopctl.changes.judging.clauses import Judge, as_one, measured, plain, shares
from coopctl.changes.judging.duties import moved_duty, moved_member
from coopctl.changes.judging.entries import KIND_OF, judge_entry
from coopctl.changes.judging.measures import judge_aim, judge_thresholds, judge_window
from coopctl.places import Path


class Row(NamedTuple):
    """How the differences in one place are judged."""

    judge: Judge
    together: int | None = None
    """How many steps of the path those share that are judged at once; None for each by itself."""


def _called(name: str) -> Row:
    return Row(plain(name))


def _measured(name: str, compare: by.Compare) -> Row:
    return Row(measured(name, compare))


def _as_one(name: str, length: int) -> Row:
    return Row(as_one(name, length), length)


_AIM: Final = Row(judge_aim, 2)
_CALENDAR: Final = _as_one("calendar-changed", 1)
_CAPACITY: Final = Row(by.capacity, 2)
_DUTY: Final = Row(moved_duty)
_MEASURES: Final = _called("measure-changed")
_OTHER: Final = _called("other-change")
_NAME: Final = _called("name-changed")
_PARTY: Final = _called("party-details-changed")
_RECORD: Final = _called("record-changed")
_RENEWAL: Final = _called("renewal-changed")
_SECRETS: Final = Row(by.secrets)
_SEQUENCE: Final = _called("sequence-changed")
_SHARING: Final = _called("sharing-changed")
_STANDARD: Final = _called("task-standard-changed")
_TASK: Final = _called("task-changed")
_WATCH: Final = _called("watch-moved")
_WORDS: Final = _called("wording-changed")

ROWS: Final[Mapping[str, Row]] = {
    **{".".join((*section, "*", "note")): _WORDS for section in KIND_OF},
    "coopctl": _OTHER,
    "id": _called("id-changed"),
    "title": _WORDS,
    "version": _RECORD,
    "status": _called("status-changed"),
    "language": _WORDS,
    "currency": _called("currency-changed"),
    "timezone": _CALENDAR,
    "calendar": _CALENDAR,
    "mode": _OTHER,
    "purpose": _WORDS,
    "vision": _WORDS,
    "scope": _as_one("scope-changed", 1),
    "actuals": _OTHER,
    "parties.*.name": _called("party-name-changed"),
    "parties.*.address": _PARTY,
    "parties.*.business": _PARTY,
    "parties.*.contributes": _OTHER,
    "parties.*.representative": _as_one("party-details-changed", 3),
    "parties.*.notices": _as_one("notices-changed", 3),
    "term.start": Row(by.term_start),
    "term.end": Row(by.term_end),
    "term.renewal": _RENEWAL,
    "term.renewal.mode": _RENEWAL,
    "term.renewal.for": _RENEWAL,
    "term.renewal.notice": _measured("renewal-notice", by.LONGER),
    "goals.*.statement": _OTHER,
    "goals.*.name": _WORDS,
    "goals.*.kpis": _OTHER,
    "goals.*.owner": _DUTY,
    "goals.*.due": _measured("goal-date", by.EARLIER),
    "goals.*.priority": _OTHER,
    "kpis.*.name": _NAME,
    "kpis.*.unit": _MEASURES,
    "kpis.*.direction": _MEASURES,
    "kpis.*.frequency": _MEASURES,
    "kpis.*.aggregation": _MEASURES,
    "kpis.*.accumulation": _MEASURES,
    "kpis.*.baseline": _AIM,
    "kpis.*.baseline.as_of": _WORDS,
    "kpis.*.baseline.source": _WORDS,
    "kpis.*.target": _AIM,
    "kpis.*.thresholds": Row(judge_thresholds, 3),
    "kpis.*.owner": _DUTY,
    "kpis.*.benefits": Row(by.moved_benefit),
    "kpis.*.source": _called("source-changed"),
    "kpis.*.report_within": _measured("reporting-time", by.SOONER),
    "kpis.*.missing": Row(by.missing_figure),
    "kpis.*.precision": _WORDS,
    "kpis.*.weight": _called("weight-changed"),
    "kpis.*.dimension": _WORDS,
    "responsibilities.*.task": _TASK,
    "responsibilities.*.name": _WORDS,
    "responsibilities.*.responsible": _DUTY,
    "responsibilities.*.accountable": _DUTY,
    "responsibilities.*.consulted": _TASK,
    "responsibilities.*.informed": _TASK,
    "responsibilities.*.frequency": _STANDARD,
    "responsibilities.*.deliverable": _STANDARD,
    "responsibilities.*.standard": _STANDARD,
    "responsibilities.*.due": _measured("task-date", by.EARLIER),
    "working_group.chair": _as_one("chair-changed", 2),
    "working_group.members.*.name": _WORDS,
    "working_group.members.*.party": Row(moved_member),
    "working_group.members.*.role": _OTHER,
    "working_group.members.*.backup": _OTHER,
    "working_group.members.*.email": _OTHER,
    "working_group.decisions": _as_one("decisions-changed", 2),
    "plan.phases.*.name": _WORDS,
    "plan.phases.*.start": _OTHER,
    "plan.phases.*.end": _OTHER,
    "plan.phases.*.deliverables": _OTHER,
    "plan.milestones.*.name": _NAME,
    "plan.milestones.*.phase": _SEQUENCE,
    "plan.milestones.*.owner": _DUTY,
    "plan.milestones.*.benefits": Row(by.moved_benefit),
    "plan.milestones.*.start": Row(judge_window),
    "plan.milestones.*.due": _measured("due-date", by.EARLIER),
    "plan.milestones.*.after": _SEQUENCE,
    "plan.milestones.*.buffer": _SEQUENCE,
    "plan.milestones.*.deliverable": _called("acceptance-changed"),
    "plan.milestones.*.acceptance": _called("acceptance-changed"),
    "plan.milestones.*.thresholds": Row(judge_thresholds, 4),
    "budget.*.name": _NAME,
    "budget.*.party": _DUTY,
    "budget.*.owner": _DUTY,
    "budget.*.amount": Row(by.money("budget-amount", by.LESS)),
    "budget.*.phasing": _called("phasing-changed"),
    "budget.*.thresholds": Row(judge_thresholds, 3),
    "resources.*.name": _WORDS,
    "resources.*.kind": _OTHER,
    "resources.*.party": _DUTY,
    "resources.*.capacity": _CAPACITY,
    "resources.*.unit": _CAPACITY,
    "resources.*.allocations": _OTHER,
    "risks.*.name": _WORDS,
    "risks.*.category": _OTHER,
    "risks.*.likelihood": _OTHER,
    "risks.*.impact": _OTHER,
    "risks.*.owner": _WATCH,
    "risks.*.triggers": _OTHER,
    "risks.*.response": _OTHER,
    "risks.*.contingency": _OTHER,
    "communication.meetings.*.name": _WORDS,
    "communication.meetings.*.frequency": _OTHER,
    "communication.meetings.*.length": _OTHER,
    "communication.meetings.*.chair": _WATCH,
    "communication.meetings.*.agenda": _OTHER,
    "communication.meetings.*.minutes_by": _WATCH,
    "communication.channels": _OTHER,
    "communication.sharing.*.content": _SHARING,
    "communication.sharing.*.from": _SHARING,
    "communication.sharing.*.to": _SHARING,
    "communication.sharing.*.frequency": _SHARING,
    "communication.sharing.*.via": _OTHER,
    "communication.sharing.*.confidential": Row(by.shared_secret),
    "governance.bodies.*.name": _WORDS,
    "governance.bodies.*.members": Row(by.body_members),
    "governance.bodies.*.meets": _OTHER,
    "governance.escalation": Row(by.escalation),
    "governance.reviews": _called("review-time-changed"),
    "governance.reviews.frequency": _called("review-time-changed"),
    "governance.reviews.within": _measured("review-time", by.SOONER),
    "governance.change_control": Row(by.change_control),
    "governance.change_control.material": Row(by.change_control),
    "economics.cost_sharing": Row(shares("cost-share-moved", of_cost=True), 2),
    "economics.revenue_sharing": Row(shares("revenue-share-moved", of_cost=False), 2),
    "economics.payment": _called("payment-time-changed"),
    "economics.payment.frequency": _called("payment-time-changed"),
    "economics.payment.within": _measured("payment-time", by.SOONER),
    "processes.*.name": _WORDS,
    "processes.*.steps": Row(by.process_steps),
    "activities.*.name": _WORDS,
    "activities.*.kind": _OTHER,
    "activities.*.frequency": _OTHER,
    "activities.*.owner": _WATCH,
    "confidentiality.covers": _SECRETS,
    "confidentiality.survives": _SECRETS,
    "confidentiality.on_exit": _SECRETS,
    "liability.breach": _called("liability-changed"),
    "liability.cap": Row(by.money("liability-cap", by.HIGHER_CAP)),
    "disputes": _as_one("disputes-changed", 1),
    "exit.triggers.*.name": _WORDS,
    "exit.triggers.*.when": Row(by.exit_condition, 4),
    "exit.triggers.*.right_of": Row(by.moved_right),
    "exit.triggers.*.cure": _measured("cure-period", by.SHORTER),
    "exit.triggers.*.notice": _measured("notice-period", by.SHORTER),
    "exit.wind_down": _called("wind-down-changed"),
    "exit.survival": _called("wind-down-changed"),
    "signatures": _RECORD,
    "clauses.*.title": _called("clause-reworded"),
    "clauses.*.text": _called("clause-reworded"),
    "amendments": Row(by.history),
}
"""One row for each field, in the order of the model; `*` stands for an id. What is in a place that has no row of its
own goes by that place's: `calendar` for `calendar.holidays`."""


def judged(comparison: Comparison, differences: Iterable[Difference]) -> Iterator[Change]:
    """Yield the changes that the differences are, in their order."""
    groups: dict[tuple[object, ...], tuple[Judge, list[Difference]]] = {}
    for number, each in enumerate(differences):
        judge, together = _row_of(each)
        key = (number,) if together is None else (judge, each.path[:together])
        groups.setdefault(key, (judge, []))[1].append(each)
    for judge, found in groups.values():
        yield from judge(comparison, found)


_ENTRY: Final = Row(judge_entry)


def _row_of(difference: Difference) -> Row:
    is_whole = difference.old is None or difference.new is None
    if is_whole and difference.path[:-1] in KIND_OF:
        return _ENTRY
    steps = _starred(difference.path)
    rows = (ROWS.get(".".join(steps[:length])) for length in range(len(steps), 0, -1))
    return next((row for row in rows if row is not None), _OTHER)


def _starred(path: Path) -> list[str]:
    """Return the steps of a path with `*` for the id of an entry."""
    steps = [str(step) for step in path]
    for length in (1, 2):
        if path[:length] in KIND_OF and len(steps) > length:
            steps[length] = "*"
    return steps
