"""The entry that a change leaves in the agreement's history."""

from datetime import date
from typing import NamedTuple

from coopctl.changes.change import Change, Level
from coopctl.changes.history import next_version
from coopctl.changes.kinds import TOLD_BESIDE
from coopctl.changes.report import Compared
from coopctl.rules.versions import precedence


class AmendmentEntry(NamedTuple):
    """An entry for `amendments:`."""

    version: str
    date: date
    summary: str


def amendment_of(compared: Compared) -> AmendmentEntry | None:
    """Return the entry that tells of the changes that matter; None where there are none.

    Only where nothing is material do changes that somebody should look at make an entry.
    """
    if compared.base is None or compared.head is None:
        return None
    levels: tuple[Level, ...] = ("material", "review")
    for level in levels:
        told = [
            each.sentence for each in compared.proposed if each.change.level == level and _is_of_the_deal(each.change)
        ]
        if told:
            return AmendmentEntry(_version(compared.base.number, compared.head.number), compared.as_of, "; ".join(told))
    return None


def _is_of_the_deal(change: Change) -> bool:
    """Whether a change is one of the terms; one of the ledger, or one that says more about another, is not."""
    return not any(change.recorded) and change.kind.name not in TOLD_BESIDE


def _version(old: str, new: str) -> str:
    """Return the newer version where it is above the older, else the one that should come next."""
    before, after = precedence(old), precedence(new)
    is_above = before < after if before is not None and after is not None else old != new
    return new if is_above else next_version(old)
