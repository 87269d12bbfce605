"""From the versions on a command line to what came of comparing the agreements in them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coopctl.changes.approvals.standing import Proposal, Standing, approval_findings
from coopctl.changes.approvals.writing import Rewritten, with_stubs
from coopctl.changes.compare import added, comparable, compared, removed, unreadable
from coopctl.changes.report import Approval, Compared, DiffSummary, Gate, Proposed, SideName, Version
from coopctl.cli.proposals import proposal
from coopctl.errors import CoopctlError
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.model.names import did_you_mean
from coopctl.revisions.pairing import Pair, Unpaired
from coopctl.revisions.side import Side
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
    found = []
    with two_sides(versions) as sides:
        if with_approvals and sides.head.commit:
            raise CoopctlError(
                f"--write-approvals: {sides.head.label} is in git, and approvals are written into files: "
                "check it out, and leave HEAD out"
            )
        for pair in sides.pairs:
            comparing = _Comparing(sides, pair)
            day = as_of or today_in(comparing.timezone)
            found.append(comparing.compared(day, gate, replayed=replayed))
            if with_approvals and comparing.proposal is not None:
                stubs += with_stubs(comparing.proposal, day)
        base, head = (SideName(side.label, side.commit, side.why) for side in (sides.base, sides.head))
        return Comparisons(tuple(found), base, head, sides.unpaired, tuple(stubs))


class _Comparing:
    """One agreement while its two versions are compared."""

    def __init__(self, sides: Sides, pair: Pair) -> None:
        self._sides = sides
        self._pair = pair
        self._old = sides.base.load(pair.base) if pair.base else None
        self._new = sides.head.load(pair.head) if pair.head else None
        self.proposal: Proposal | None = None
        """What is proposed, with its approvals; known once the versions were compared."""

    @property
    def timezone(self) -> str:
        """Time zone of the newest version that can be read."""
        known = [each.agreement.timezone for each in (self._new, self._old) if each and each.agreement]
        return known[0] if known else "UTC"

    def compared(self, day: date, gate: Gate, *, replayed: bool) -> Compared:
        """Compare the two versions, or say what there is to say where there is only one."""
        old, new = self._old, self._new
        parts = (old.agreement if old else None, new.agreement if new else None)
        if old is not None and new is not None:
            parts = comparable(old, new) or (None, None)
        base, head = _version(self._sides.base, old, parts[0]), _version(self._sides.head, new, parts[1])
        if base is not None and head is not None and base.readable and head.readable:
            result = compared(base, head, day, gate, replayed=replayed, accepting=self._accepting(head.agreement, day))
            return self._with_approval_findings(result, day)
        if head is not None and base is None and head.readable:
            return added(head, day, gate)
        if base is not None and head is None and base.readable:
            result = removed(base, day, gate, self._accepting(base.agreement, day))
            return self._with_approval_findings(result, day)
        return unreadable(base, head, day, gate)

    def _accepting(self, head: Agreement, day: date) -> Callable[[Agreement, Iterable[Proposed]], list[Proposed]]:
        """Return what adds to changes who has to accept them, and who has."""

        def accepting(base: Agreement, proposed: Iterable[Proposed]) -> list[Proposed]:
            known = list(proposed)
            self.proposal = proposal(self._sides, self._pair, base, head, tuple(each.change for each in known))
            is_whole = all(each is None or each.agreement is not None for each in (self._old, self._new))
            self.proposal = replace(self.proposal, is_whole=is_whole)
            standings = {id(each.change): each for each in self.proposal.standings(day)}
            return [_standing(each, standings.get(id(each.change))) for each in known]

        return accepting

    def _with_approval_findings(self, result: Compared, day: date) -> Compared:
        if self.proposal is None:
            return result
        found = tuple(map(self._sides.head.retold, approval_findings(self.proposal, day)))
        unreadable_form = any(each.is_error for each in self.proposal.approvals.findings)
        return replace(result, findings=(*result.findings, *found), complete=result.complete and not unreadable_form)


def _standing(proposed: Proposed, standing: Standing | None) -> Proposed:
    if standing is None:
        return proposed
    approved = tuple(
        Approval(party, entry.approval.by or "", entry.approval.date) for party, entry in standing.accepted.items()
    )
    return replace(proposed, required=standing.required, approved=approved, fingerprint=standing.fingerprint)


def _version(side: Side, loaded: Loaded | None, readable: Agreement | None) -> Version | None:
    if loaded is None:
        return None
    if side.commit is None:
        return Version(side.label, loaded, readable)

    def file_of(path: str) -> str:
        return side.shown(path).removeprefix(f"{side.name}:")

    return Version(side.label, loaded, readable, revision=side.name, file_of=file_of)


def refuse_unknown_party(party: str | None, found: Sequence[Compared]) -> None:
    """Refuse a perspective of somebody who is party to none of the agreements."""
    parties = dict.fromkeys(each for one in found for each in one.parties)
    if party is not None and party not in parties:
        raise CoopctlError(f"--perspective: no party is called {party}; {did_you_mean(party, parties)}")
