"""The catalogue of changes: what sorts there are, how much each matters, and which is the same the other way round."""

from collections.abc import Iterator
from typing import Final

from coopctl.changes.change import Direction, Kind, Level

_ENTRIES: Final = (
    (10, "party", "material", "a party"),
    (20, "goal", "review", "a goal"),
    (30, "kpi", "material", "a KPI"),
    (40, "responsibility", "material", "a task"),
    (50, "member", "review", "a member of the working group"),
    (60, "phase", "review", "a phase of the plan"),
    (70, "milestone", "material", "a milestone"),
    (80, "budget-line", "material", "a budget line"),
    (90, "resource", "material", "something that a party brings"),
    (100, "risk", "review", "a risk"),
    (110, "meeting", "review", "a meeting"),
    (120, "sharing", "material", "information that one side gives the others"),
    (130, "body", "review", "a committee"),
    (140, "process", "material", "a way of working"),
    (150, "activity", "review", "a training or another activity"),
    (160, "exit-right", "material", "a right to end the agreement"),
    (170, "clause", "material", "a clause in words"),
)
"""First number, name, level and meaning of every section with entries of its own: each can be added or removed."""

_TERMS: Final = (
    (200, "target", "material", "what a KPI has to reach"),
    (210, "threshold", "material", "when a figure, a delay or an overspending is a warning or a breach"),
    (220, "reporting-time", "material", "how soon after a period its figure is due"),
    (230, "missing-figure", "material", "what an overdue figure counts as"),
    (240, "due-date", "material", "by when a milestone has to be done"),
    (250, "goal-date", "review", "by when a goal is to be reached"),
    (260, "task-date", "material", "by when a task is to be done"),
    (270, "capacity", "material", "how much a party brings"),
    (280, "budget-amount", "material", "how much may be spent"),
    (290, "escalation", "material", "to whom a breach goes, and how soon"),
    (300, "change-control", "material", "who has to accept a change"),
    (310, "review-time", "review", "how often and how soon the parties review the results"),
    (320, "payment-time", "material", "how soon money is paid"),
    (330, "liability-cap", "material", "how much is compensated at the most"),
    (340, "confidentiality", "material", "what stays secret, and for how long"),
    (350, "exit-condition", "material", "what it takes for a right to end the agreement"),
    (360, "cure-period", "material", "how much time there is to put it right"),
    (370, "notice-period", "material", "how long before the end notice has to be given"),
    (380, "renewal-notice", "material", "how long before the end notice against the renewal is due"),
)
"""First number, name, level and meaning of everything that can be tightened or loosened."""

_ALWAYS_COMPARABLE: Final = frozenset({"change-control", "due-date", "goal-date", "missing-figure", "task-date"})
"""What is either stricter or laxer whenever it is another: a date, one of two words."""

_OTHERS: Final = (
    (500, "baseline-changed", "material", "Where things stood before; what is relative to it moves along."),
    (501, "measure-changed", "material", "A KPI measures another thing, or in another way."),
    (502, "weight-changed", "review", "A KPI counts more or less in the score."),
    (503, "benefit-moved", "material", "Somebody else benefits."),
    (504, "target-reworded", "review", "A target is written in another way and comes to the same."),
    (505, "obligation-moved", "material", "Somebody else owes a figure, a milestone, a task or a budget line."),
    (506, "watch-moved", "review", "Somebody else watches a risk, or leads, hosts or writes something."),
    (507, "acceptance-changed", "material", "What is handed over at a milestone, or how it is seen to be done."),
    (508, "sequence-changed", "review", "What a milestone waits for, its window, phase or buffer."),
    (509, "phasing-changed", "material", "When in the term a budget may be spent."),
    (510, "task-changed", "review", "What a task is called in words, or who is asked and told."),
    (511, "cost-share-moved", "material", "The costs are split in another way."),
    (512, "revenue-share-moved", "material", "The revenue is split in another way."),
    (513, "term-start-moved", "material", "The term begins on another day."),
    (514, "term-end-moved", "material", "The term ends on another day."),
    (515, "renewal-changed", "material", "What happens when the term ends."),
    (516, "decisions-changed", "material", "How the working group decides."),
    (517, "chair-changed", "review", "How the chair is held."),
    (518, "liability-changed", "material", "What is compensated."),
    (519, "disputes-changed", "material", "Which law governs, or how disputes are settled."),
    (520, "exit-right-moved", "material", "Somebody else may end the agreement."),
    (521, "wind-down-changed", "material", "What is done, and what goes on, after the end."),
    (522, "return-of-secrets-changed", "material", "What happens to secrets at the end."),
    (523, "calendar-changed", "material", "Which days count, or when a day or year begins."),
    (524, "currency-changed", "material", "All money is in another currency."),
    (525, "scope-changed", "material", "What the cooperation covers."),
    (526, "clause-reworded", "material", "A clause in words says something else."),
    (527, "party-details-changed", "review", "A party's address, business or representative."),
    (528, "status-changed", "review", "Where the agreement stands."),
    (529, "wording-changed", "editorial", "Titles, names and remarks; or the same in other words."),
    (530, "renamed", "editorial", "Something has another id and is still the same."),
    (531, "record-changed", "editorial", "Version, history and signatures: the record of the deal, not the deal."),
    (532, "other-change", "review", "Something for which there is no more exact word here."),
    (533, "source-changed", "material", "A KPI's figures come from elsewhere, and may be others."),
    (534, "threshold-reworded", "review", "A level is written in another way and fires at the same figures."),
    (535, "id-changed", "review", "The agreement has another id. It binds nobody; who cites it has to follow."),
    (536, "party-name-changed", "material", "A party has another registered name: it may be somebody else."),
    (537, "notices-changed", "material", "Notices to a party go elsewhere."),
    (538, "task-standard-changed", "material", "How often or how well a task is done, or what is handed over."),
    (539, "sharing-changed", "material", "Which information is given, by whom, to whom or how often."),
    (540, "process-changed", "material", ("Who does a step of a way of working, by when, with which result, or which "
     "steps there are.")),
    (541, "body-members-changed", "material", "Others sit in a committee that a breach goes to."),
    (542, "name-changed", "review", "A KPI, a milestone or a budget line has another name, which may say what it is."),
    (543, "history-rewritten", "review", ("An entry of the history is another one, or gone. An entry that comes to it "
     "is record-changed.")),
)  # fmt: skip
"""Changes without better or worse: the other way round each is of the same kind."""

_OF_NAMES: Final = (
    Kind("CHG544", "rename-without-effect", "review", None,
         "renamed_from names what the older version does not have, or what is still there: what was meant to stay the "
         "same is taken for new. Without a mirror: only the newer version says what it renamed."),
)  # fmt: skip
"""What is said about another version, and nothing that is in both."""

_OF_THE_PAST: Final = (
    Kind("CHG901", "closed-period-retargeted", "material", "closed-period-retargeted",
         "What a period that has ended had to reach is another figure, or what might be spent by its end: what was "
         "settled would be judged anew. Moving the term does it too, where a total is spread over its days, and so "
         "does another currency.",
         fixed=True),
    Kind("CHG902", "term-back-dated", "material", "term-post-dated",
         "The term begins earlier, on a day that has passed.", fixed=True),
    Kind("CHG903", "figure-rewritten", "material", "figure-rewritten",
         "A recorded figure is another one, or the day on which a milestone began or was done, and what was said "
         "before is not kept beside it.", fixed=True),
    Kind("CHG904", "record-removed", "material", None,
         "A recorded fact is gone. Without a mirror: recording one is what a ledger is for.", fixed=True),
    Kind("CHG905", "figure-restated", "material", None,
         "A recorded figure was restated, and what was said before is kept. Without a mirror: taking a restatement "
         "back is figure-rewritten.", fixed=True),
    Kind("CHG906", "waiver-added", "material", None,
         "Something is excused that was not. Without a mirror: a waiver that is gone is record-removed.", fixed=True),
    Kind("CHG907", "term-post-dated", "material", "term-back-dated",
         "The term begins later, and days that have passed are no longer part of it: what was judged on them is "
         "judged no more.", fixed=True),
    Kind("CHG908", "term-cut-back", "material", "term-revived",
         "The term ends on a day that has passed: what was judged after it is judged no more.", fixed=True),
    Kind("CHG909", "term-revived", "material", "term-cut-back",
         "The term is longer although it had ended: days that had passed without an agreement belong to it.",
         fixed=True),
    Kind("CHG910", "closed-period-rejudged", "material", "closed-period-rejudged",
         "What was a warning or a breach in a period that has ended is another: its levels, what a figure counts as "
         "that is overdue, which days are business days, or the window that a level is a share of. Of a milestone, "
         "once its due date has passed; of a budget line, for months that have ended.",
         fixed=True),
    Kind("CHG911", "closed-period-remeasured", "material", "closed-period-remeasured",
         "Figures of periods that have ended are measured in another way: unit, direction, frequency, aggregation, "
         "accumulation, or where years begin.", fixed=True),
    Kind("CHG912", "past-verdicts-added", "material", "past-verdicts-dropped",
         "Something new is judged for times that are over: a KPI or a budget line for periods that have ended (a "
         "target that begins with a step, `target: {2026-08: 90}`, does not), a milestone that was due, or a KPI that "
         "had no period that has ended by its older frequency.", fixed=True),
    Kind("CHG913", "past-verdicts-dropped", "material", "past-verdicts-added",
         "Something is gone that was judged for times that are over, and its verdicts with it; or a KPI has no period "
         "that has ended by its newer frequency.", fixed=True),
    Kind("CHG914", "passed-date-moved", "material", "passed-date-moved",
         "A milestone had been due and is due on another day, or is now due on a day that has passed.", fixed=True),
)  # fmt: skip
"""What reaches back; none of it can be made less than material."""

TOLD_BESIDE: Final = frozenset(
    {"closed-period-retargeted", "closed-period-rejudged", "closed-period-remeasured", "passed-date-moved"}
    | {"past-verdicts-added", "past-verdicts-dropped"}
)
"""Kinds that say what another change does to the past; that other change is told by itself."""


def _all() -> Iterator[Kind]:
    for first, name, level, meaning in _ENTRIES:
        subject = meaning[0].upper() + meaning[1:]
        yield Kind(_code(first), f"{name}-added", _level(level), f"{name}-removed", f"{subject} was added.")
        yield Kind(_code(first + 1), f"{name}-removed", _level(level), f"{name}-added", f"{subject} was removed.")
    for first, name, level, meaning in _TERMS:
        weakened = name == "change-control"
        tightened, loosened, changed = (f"{name}-{each}" for each in ("tightened", "loosened", "changed"))
        subject = meaning[0].upper() + meaning[1:]
        yield Kind(_code(first), tightened, _level(level), loosened, f"{subject}: stricter than before.")
        yield Kind(_code(first + 1), loosened, _level(level), tightened, f"{subject}: laxer than before.", weakened)
        if name not in _ALWAYS_COMPARABLE:
            neither = f"{subject}: neither stricter nor laxer."
            yield Kind(_code(first + 2), changed, _level(level), changed, neither)
    for number, name, level, meaning in _OTHERS:
        yield Kind(_code(number), name, _level(level), name, meaning)
    yield from _OF_NAMES
    yield from _OF_THE_PAST


def _code(number: int) -> str:
    return f"CHG{number:03}"


def _level(name: str) -> Level:
    levels: dict[str, Level] = {"material": "material", "review": "review", "editorial": "editorial"}
    return levels[name]


KINDS: Final = {kind.name: kind for kind in _all()}
"""Every kind of change by name."""


def directed(name: str, direction: Direction) -> Kind:
    """Return the kind of something that was tightened, loosened or otherwise changed."""
    return KINDS[f"{name}-{'changed' if direction == 'incomparable' else direction}"]
