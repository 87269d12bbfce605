"""Which judge a difference goes to, by where it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from coopctl.changes.change import Change
from coopctl.changes.comparison import Comparison
from coopctl.changes.differences import Difference
from coopctl.changes.judging import clauses as by
from coopctl.changes.judging.clauses import Judge, as_one, measured, plain, shares
from coopctl.changes.judging.duties import moved_duty, moved_member
from coopctl.changes.judging.entries import KIND_OF, judge_entry
from coopctl.changes.judging.measures import judge_aim, judge_thresholds
from coopctl.places import Path

_MEASURES: Final = plain("measure-changed")
_WORDS: Final = plain("wording-changed")
_TASK: Final = plain("task-changed")
_RECORD: Final = plain("record-changed")
_CALENDAR: Final = as_one("calendar-changed", 1)
_WATCH: Final = plain("watch-moved")
_DISPUTES: Final = as_one("disputes-changed", 1)
_PARTY: Final = as_one("party-details-changed", 2)
_WIND_DOWN: Final = plain("wind-down-changed")

_JUDGES: Final[Mapping[str, Judge]] = {
    "kpis.*.target": judge_aim,
    "kpis.*.baseline": judge_aim,
    "kpis.*.baseline.value": judge_aim,
    "kpis.*.baseline.as_of": _WORDS,
    "kpis.*.baseline.source": _WORDS,
    "kpis.*.thresholds": judge_thresholds,
    "plan.milestones.*.thresholds": judge_thresholds,
    "budget.*.thresholds": judge_thresholds,
    "kpis.*.unit": _MEASURES,
    "kpis.*.direction": _MEASURES,
    "kpis.*.frequency": _MEASURES,
    "kpis.*.aggregation": _MEASURES,
    "kpis.*.accumulation": _MEASURES,
    "kpis.*.owner": moved_duty,
    "kpis.*.benefits": by.moved_benefit,
    "kpis.*.report_within": measured("reporting-time", by.SOONER),
    "kpis.*.missing": by.missing_figure,
    "kpis.*.weight": plain("weight-changed"),
    "kpis.*.precision": _WORDS,
    "kpis.*.dimension": _WORDS,
    "kpis.*.source": plain("source-changed"),
    "goals.*.due": measured("goal-date", by.EARLIER),
    "goals.*.owner": moved_duty,
    "plan.milestones.*.due": measured("due-date", by.EARLIER),
    "plan.milestones.*.owner": moved_duty,
    "plan.milestones.*.benefits": by.moved_benefit,
    "plan.milestones.*.deliverable": plain("acceptance-changed"),
    "plan.milestones.*.acceptance": plain("acceptance-changed"),
    "plan.milestones.*.start": plain("sequence-changed"),
    "plan.milestones.*.after": plain("sequence-changed"),
    "plan.milestones.*.buffer": plain("sequence-changed"),
    "plan.milestones.*.phase": plain("sequence-changed"),
    "budget.*.amount": measured("budget-amount", by.LESS),
    "budget.*.phasing": plain("phasing-changed"),
    "budget.*.party": moved_duty,
    "budget.*.owner": moved_duty,
    "resources.*.capacity": measured("capacity", by.MORE),
    "resources.*.party": moved_duty,
    "responsibilities.*.responsible": moved_duty,
    "responsibilities.*.accountable": moved_duty,
    "responsibilities.*.due": measured("task-date", by.EARLIER),
    "responsibilities.*.task": _TASK,
    "responsibilities.*.standard": _TASK,
    "responsibilities.*.deliverable": _TASK,
    "responsibilities.*.frequency": _TASK,
    "responsibilities.*.consulted": _TASK,
    "responsibilities.*.informed": _TASK,
    "risks.*.owner": _WATCH,
    "activities.*.owner": _WATCH,
    "communication.sharing.*.confidential": by.shared_secret,
    "communication.meetings.*.chair": _WATCH,
    "communication.meetings.*.minutes_by": _WATCH,
    "working_group.members.*.party": moved_member,
    "working_group.chair": as_one("chair-changed", 2),
    "working_group.decisions": as_one("decisions-changed", 2),
    "governance.escalation": by.escalation,
    "governance.reviews.within": measured("review-time", by.SOONER),
    "governance.reviews.frequency": plain("review-time-changed"),
    "governance.change_control": by.change_control,
    "economics.cost_sharing": shares("cost-share-moved", of_cost=True),
    "economics.revenue_sharing": shares("revenue-share-moved", of_cost=False),
    "economics.payment.within": measured("payment-time", by.SOONER),
    "economics.payment": plain("payment-time-changed"),
    "liability.cap": measured("liability-cap", by.HIGHER_CAP),
    "liability.breach": plain("liability-changed"),
    "confidentiality": by.secrets,
    "disputes": _DISPUTES,
    "exit.triggers.*.when": by.exit_condition,
    "exit.triggers.*.right_of": by.moved_right,
    "exit.triggers.*.cure": measured("cure-period", by.SHORTER),
    "exit.triggers.*.notice": measured("notice-period", by.SHORTER),
    "exit.wind_down": _WIND_DOWN,
    "exit.survival": _WIND_DOWN,
    "term.start": by.term_start,
    "term.end": by.term_end,
    "term.renewal.notice": measured("renewal-notice", by.LONGER),
    "term.renewal": plain("renewal-changed"),
    "calendar": _CALENDAR,
    "timezone": _CALENDAR,
    "currency": plain("currency-changed"),
    "scope": as_one("scope-changed", 1),
    "clauses.*.text": plain("clause-reworded"),
    "clauses.*.title": plain("clause-reworded"),
    "parties.*": _PARTY,
    "parties.*.name": _PARTY,
    "status": plain("status-changed"),
    "version": _RECORD,
    "amendments": _RECORD,
    "signatures": _RECORD,
    "actuals": plain("other-change"),
    "language": _WORDS,
    "title": _WORDS,
    "purpose": _WORDS,
    "vision": _WORDS,
    "id": plain("id-changed"),
    "goals.*.statement": plain("other-change"),
    "*.*.name": _WORDS,
    "*.*.note": _WORDS,
    "*.*.*.name": _WORDS,
    "*.*.*.note": _WORDS,
}
"""By place, the longest that fits first; `*` stands for an id. What fits none is an `other-change`."""

_WHOLE: Final = frozenset(
    {"kpis.*.target", "kpis.*.baseline", "kpis.*.baseline.value", "kpis.*.thresholds", "plan.milestones.*.thresholds"}
    | {"budget.*.thresholds", "economics.cost_sharing", "economics.revenue_sharing", "exit.triggers.*.when"}
    | {"working_group.chair", "working_group.decisions", "disputes", "scope", "calendar", "parties.*"}
)
"""Places whose differences are judged together, as one change or a few."""

_OTHER: Final = plain("other-change")


def judged(comparison: Comparison, differences: Iterable[Difference]) -> Iterator[Change]:
    """Yield the changes that the differences are, in their order."""
    groups: dict[tuple[object, ...], tuple[Judge, list[Difference]]] = {}
    for number, each in enumerate(differences):
        pattern, judge = _judge_of(each)
        together = (judge, each.path[: pattern.count(".") + 1]) if pattern in _WHOLE else (number,)
        key = (judge_aim, each.path[:2]) if judge is judge_aim else together
        groups.setdefault(key, (judge, []))[1].append(each)
    for judge, found in groups.values():
        yield from judge(comparison, found)


def _judge_of(difference: Difference) -> tuple[str, Judge]:
    path = difference.path
    whole = difference.old is None or difference.new is None
    if whole and tuple(str(step) for step in path[:-1]) in KIND_OF:
        return "", judge_entry
    for pattern in _patterns(path):
        if pattern in _JUDGES:
            judge = _JUDGES[pattern]
            return "parties.*" if judge is _PARTY else pattern, judge
    return "", _OTHER


def _patterns(path: Path) -> Iterator[str]:
    """Yield the patterns that a place fits, the longest and plainest first."""
    steps = [str(step) for step in path]
    for length in range(len(steps), 0, -1):
        plain_steps = steps[:length]
        for stars in _starred(plain_steps):
            yield ".".join(stars)


def _starred(steps: Sequence[str]) -> Iterator[list[str]]:
    yield list(steps)
    for section in KIND_OF:
        if tuple(steps[: len(section)]) == section and len(steps) > len(section):
            yield [*section, "*", *steps[len(section) + 1 :]]
            rest = steps[len(section) + 1 :]
            if len(rest) == 1:
                yield [*("*" for _ in section), "*", *rest]
