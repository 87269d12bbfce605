"""The sentence for each kind of change."""

from collections.abc import Mapping
from typing import Final

from coopctl.changes.change import Change
from coopctl.changes.telling import aims, clauses, past
from coopctl.changes.telling.clauses import Tell
from coopctl.changes.telling.context import Telling, from_to
from coopctl.changes.telling.plainly import plainly


def sentence(telling: Telling, change: Change) -> str:
    """Say what changed, from what to what, in one sentence without a full stop."""
    words = {"name": change.name, "old": change.old or "none", "new": change.new or "none"}
    for key in (change.kind.name, _stem(change.kind.name)):
        if key in _WORDS:
            return _WORDS[key].format(**words, moved=from_to(change.old, change.new))
        if key in _TOLD:
            return _TOLD[key](telling, change)
    return plainly(telling, change)


def _stem(name: str) -> str:
    """Return what all directions of a kind have in common: `target` of `target-loosened`."""
    stem, _, end = name.rpartition("-")
    return stem if end in ("tightened", "loosened", "changed", "added", "removed") else name


_WORDS: Final[Mapping[str, str]] = {
    "target-reworded": "Target of {name} is written as {new} instead of {old} and comes to the same",
    "reporting-time": "Figures of {name} are due within {new} of the period's end instead of {old}",
    "weight": "Weight of {name} in the score: {moved}",
    "return-of-secrets": "What happens to secrets at the end: {moved}",
    "term-start-moved": "The term begins on {new} instead of {old}",
    "term-back-dated": "The term begins on {new} instead of {old}: on a day that has passed",
    "term-post-dated": "The term begins on {new} instead of {old}: days that have passed are no longer part of it",
    "term-cut-back": "The term ends on {new} instead of {old}: on a day that has passed",
    "term-revived": "The term, which had ended on {old}, ends on {new}",
    "id-changed": "Id of the agreement: {moved}",
    "term-end-moved": "The term ends on {new} instead of {old}",
    "clause-reworded": "Clause “{name}” reworded: {moved}",
    "currency": "All money is in another currency: {moved}",
    "renamed": "{name} is called {new} in the file, and was {old}",
    "rename-without-effect": (
        "{name} is said to have been {old}, which the older version does not have or the newer one still has: "
        "it is taken for something else"
    ),
    "party-name-changed": "A party is called {new} instead of {old}, which may be somebody else",
    "name-changed": "Name changed: {moved}",
    "figure-rewritten": "Recorded figure of {name} rewritten, and the former not kept: {moved}",
    "figure-restated": "Recorded figure of {name} restated, and the former kept: {moved}",
    "record-removed": "Record of {name} removed: {old}",
    "waiver-added": "Waiver added: {new}",
    "agreement-added": "The agreement {name} {new} is new; nobody is asked here, its parties accept it by signing it",
    "agreement-removed": "The agreement {name} {old} is gone",
}
"""By the name of a kind, or by what all directions of it have in common."""

_TOLD: Final[Mapping[str, Tell]] = {
    **dict.fromkeys(clauses.NOUNS, clauses.of_entry),
    "process-changed": plainly,
    "sharing-changed": plainly,
    "target": aims.of_target,
    "threshold-reworded": aims.of_reworded_threshold,
    "closed-period-retargeted": past.of_retargeted,
    "closed-period-rejudged": past.of_rejudged,
    "closed-period-remeasured": past.of_remeasured,
    "past-verdicts": past.of_verdicts,
    "past-verdicts-dropped": past.of_verdicts,
    "passed-date-moved": past.of_passed_date,
    "phasing": clauses.of_phasing,
    "renewal": clauses.of_renewal,
    "renewal-notice": clauses.of_renewal_notice,
    "source-changed": clauses.of_source,
    "baseline": aims.of_baseline,
    "threshold": aims.of_threshold,
    "missing-figure": clauses.of_missing,
    "due-date": clauses.of_due,
    "goal-date": clauses.of_due,
    "task-date": clauses.of_due,
    "capacity": clauses.of_capacity,
    "budget-amount": clauses.of_amount,
    "liability-cap": clauses.of_cap,
    "cost-share-moved": clauses.of_shares("costs"),
    "revenue-share-moved": clauses.of_shares("revenue"),
    "payment-time": clauses.of_timing("Money", "is paid"),
    "review-time": clauses.of_timing("Results", "are reviewed"),
    "confidentiality": clauses.of_secrecy,
    "record": clauses.of_record,
    "history-rewritten": clauses.of_record,
    "change-control": clauses.of_change_control,
    "escalation": clauses.of_escalation,
    "obligation-moved": clauses.of_moved_duty,
    "watch-moved": clauses.of_moved_role,
    "benefit-moved": clauses.of_moved_role,
    "exit-condition": clauses.of_exit_condition,
    "exit-right-moved": clauses.of_moved_right,
    "cure-period": clauses.of_cure,
    "notice-period": clauses.of_notice,
}
"""Those whose sentence depends on what stands around them; every other kind is told by its field."""
