"""From the versions on a command line to what came of comparing the agreements in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coopctl.changes.approvals.standing import Standing, approval_findings
from coopctl.changes.approvals.writing import Rewritten, with_stubs
from coopctl.changes.compare import compared
from coopctl.changes.report import Approval, Compared, DiffSummary, Gate, Proposed, SideName
from coopctl.changes.telling.context import Telling
from coopctl.changes.telling.sentences import sentence
from coopctl.cli.proposals import Reviewed, refuse_old, remarks_on_age, reviewed
from coopctl.errors import CoopctlError
from coopctl.model.names import did_you_mean
from coopctl.revisions.pairing import Unpaired
from coopctl.revisions.sides import Sides, two_sides


@dataclass(frozen=True)
class Outcome:
    """What is left of an agreement once it has been compared and written."""

    pieces: tuple[str, ...]
    summary: DiffSummary


@dataclass(frozen=True)
class Comparisons:
    """What came of comparing two sides."""

    found: tuple[Compared, ...]
    """In the order of the places."""
    base: SideName
    head: SideName
    unpaired: Unpaired
    """What was not compared."""
    remarks: tuple[str, ...] = ()
    """What was compared as migrated, a line for each side."""
    stubs: tuple[Rewritten, ...] = ()
    """The files of approvals that are asked for, where that was wanted."""


def compared_versions(
    versions: Sequence[str],
    as_of: date | None,
    today_in: Callable[[str], date],
    gate: Gate,
    *,
    replayed: bool,
    with_approvals: bool,
) -> Comparisons:
    """Compare the agreements of two versions; `with_approvals` prepares the files to be signed.

    Raises `CoopctlError` where a version cannot be had, or where approvals would have to be written into git.
    """
    stubs: list[Rewritten] = []
    found, agreements = [], []
    with two_sides(versions) as sides:
        if with_approvals and sides.head.commit:
            raise CoopctlError(
                f"--write-approvals: {sides.head.label} is in git, and approvals are written into files: "
                "check it out, and leave HEAD out"
            )
        for pair in sides.pairs:
            agreement = reviewed(sides, pair, as_of, today_in)
            agreements.append(agreement)
            found.append(_compared(sides, agreement, gate, replayed=replayed))
            if with_approvals and agreement.proposal is not None:
                refuse_old(agreement)
                stubs += with_stubs(agreement.proposal, agreement.as_of)
        base, head = (SideName(side.label, side.commit, side.why) for side in (sides.base, sides.head))
        remarks = tuple(remarks_on_age(sides, agreements))
        return Comparisons(tuple(found), base, head, sides.unpaired, remarks, tuple(stubs))


def _compared(sides: Sides, agreement: Reviewed, gate: Gate, *, replayed: bool) -> Compared:
    """Return everything there is to say about one agreement, with who has accepted its changes."""
    proposal, day = agreement.proposal, agreement.as_of
    proposed = _proposed(agreement, proposal.standings(day) if proposal else ())
    result = compared(agreement.base, agreement.head, day, gate, proposed, replayed=replayed)
    of_approvals = map(sides.head.retold, approval_findings(proposal, day) if proposal else ())
    findings = (*result.findings, *of_approvals)
    return replace(result, findings=findings, complete=result.complete and not agreement.faults)


def _proposed(agreement: Reviewed, standings: Sequence[Standing]) -> list[Proposed]:
    """Return the changes in words; the material ones, which come first, with who accepts them."""
    newest = agreement.head or agreement.base
    if newest is None or not agreement.changes:
        return []
    telling = Telling((agreement.base or newest).agreement, newest.agreement)
    asked = [_asked(Proposed(each.change, sentence(telling, each.change)), each) for each in standings]
    others = [each for each in agreement.changes if each.level != "material"]
    return [*asked, *(Proposed(each, sentence(telling, each)) for each in others)]


def _asked(proposed: Proposed, standing: Standing) -> Proposed:
    approved = tuple(
        Approval(party, entry.approval.by or "", entry.approval.date) for party, entry in standing.accepted.items()
    )
    return replace(proposed, required=standing.required, approved=approved, fingerprint=standing.fingerprint)


def refuse_unknown_party(party: str | None, found: Sequence[Compared]) -> None:
    """Refuse a perspective of somebody who is party to none of the agreements."""
    parties = dict.fromkeys(each for one in found for each in one.parties)
    if party is not None and party not in parties:
        raise CoopctlError(f"--perspective: no party is called {party}; {did_you_mean(party, parties)}")
