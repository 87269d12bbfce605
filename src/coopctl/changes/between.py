"""Two versions of an agreement → the changes between them, the weightiest first."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from coopctl.changes.change import LEVELS, Change
from coopctl.changes.comparison import Comparison
from coopctl.changes.differences import Difference, Differences, differences
from coopctl.changes.judging.past import of_the_past
from coopctl.changes.judging.table import judged
from coopctl.changes.kinds import KINDS
from coopctl.changes.records import rewritten, waived
from coopctl.changes.renames import Renames
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import Ledger
from coopctl.places import dotted


class Recorded(NamedTuple):
    """What was recorded by each version's time."""

    base: Ledger
    head: Ledger


def changes_between(
    base: Agreement, head: Agreement, as_of: date, recorded: Recorded | None = None
) -> tuple[Change, ...]:
    """Return what changed, material first, each level in the order of the newer version; nothing for nothing.

    With both ledgers, what was recorded and is no longer so is a change too.
    """
    comparison = Comparison.of(base, head, as_of, recorded.head if recorded else None)
    found = differences(base, head)
    changes = [*judged(comparison, found.differences), *of_the_past(comparison), *_renamed(comparison, found)]
    if recorded is not None:
        names = Renames.newer(found)
        changes.extend(rewritten(comparison, recorded.base, recorded.head, names))
        changes.extend(waived(comparison, recorded.base, recorded.head, names))
    return tuple(sorted(changes, key=lambda change: LEVELS.index(change.level)))


def _renamed(comparison: Comparison, found: Differences) -> Iterator[Change]:
    for name, renamed in (("renamed", found.renamed), ("rename-without-effect", found.unmet)):
        for each in renamed:
            difference = Difference(each.path, each.base, dotted(each.base), dotted(each.path))
            yield comparison.change(KINDS[name], difference)
