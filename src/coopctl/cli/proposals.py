"""From two versions on a command line to what is proposed, agreement by agreement."""

import os
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from coopctl.changes.approvals.reading import Approvals, read_approvals
from coopctl.changes.approvals.standing import Proposal
from coopctl.changes.between import Recorded, changes_between
from coopctl.changes.change import Change
from coopctl.changes.compare import removal_of
from coopctl.discovery import shares_its_ledger
from coopctl.findings import Finding
from coopctl.model.agreement import Agreement
from coopctl.revisions.pairing import Pair
from coopctl.revisions.sides import Sides, two_sides


class Dated(NamedTuple):
    """A proposal, and the day of the comparison."""

    proposal: Proposal
    as_of: date


class Proposals(NamedTuple):
    """What is proposed, and what keeps versions from being compared."""

    proposals: tuple[Dated, ...]
    findings: tuple[Finding, ...]
    revision: str | None
    """Which revision the newer versions come from; None where they are files that can be written."""


def changes_of(versions: Sequence[str], as_of: date | None, today_in: Callable[[str], date]) -> Proposals:
    """Return what the newer versions would change in the older ones; a new agreement changes nothing."""
    proposals: list[Dated] = []
    findings: list[Finding] = []
    with two_sides(versions) as sides:
        for pair in sides.pairs:
            if pair.base is None:
                continue
            old = sides.base.load(pair.base)
            new = sides.head.load(pair.head) if pair.head else old
            if old.agreement is None or new.agreement is None:
                unread = {each.path: each for each in (old, new) if each.agreement is None}
                findings += (each for loaded in unread.values() for each in loaded.findings)
                continue
            day = as_of or today_in(new.agreement.timezone)
            changes: tuple[Change, ...] = (removal_of(old.agreement),)
            if pair.head is not None:
                changes = changes_between(old.agreement, new.agreement, day, Recorded(old.ledger, new.ledger))
            proposals.append(Dated(proposal(sides, pair, old.agreement, new.agreement, changes), day))
            findings += map(sides.head.retold, proposals[-1].proposal.approvals.findings)
        revision = sides.head.label if sides.head.commit else None
    return Proposals(tuple(proposals), tuple(findings), revision)


def proposal(sides: Sides, pair: Pair, base: Agreement, head: Agreement, changes: tuple[Change, ...]) -> Proposal:
    """Return the changes of a pair of versions with the approvals beside them.

    Approvals of the removal of an agreement stand beside where it was; `head` is what it was, then.
    """
    assert pair.base is not None, "of a new agreement nothing has to be accepted"
    old_path = pair.base.file.path
    new_path = pair.head.file.path if pair.head else sides.head.path_of(pair.base)
    together = os.path.realpath(os.path.dirname(old_path)) == os.path.realpath(os.path.dirname(new_path))
    return Proposal(
        base=base,
        head=head,
        path=new_path,
        changes=changes,
        approvals=read_approvals(new_path),
        settled=Approvals() if together else read_approvals(old_path),
        shares_its_folder=not together and any(map(shares_its_ledger, (old_path, new_path))),
    )
