"""Which changes `approve` is about, and what becomes of their approvals."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from coopctl.changes.approvals.fingerprint import SHOWN, shown
from coopctl.changes.approvals.standing import Proposal, Standing
from coopctl.changes.approvals.writing import Asked, Rewritten, signatures, signed
from coopctl.cli.proposals import Dated
from coopctl.errors import CoopctlError
from coopctl.model.names import did_you_mean

Material = tuple[Dated, Standing]


class Chosen(NamedTuple):
    """The changes that were named, and what is wrong with the names."""

    changes: list[tuple[Dated, Asked]]
    problems: list[str]


def chosen(proposals: Sequence[Dated], fingerprints: Sequence[str], party: str) -> Chosen:
    """Find the changes that a party accepts: by the beginnings of their fingerprints, or all where none is given."""
    renamed = (dated.proposal.formerly[party] for dated in proposals if party in dated.proposal.formerly)
    told = (f"--party: {party} signs as {each}, the id that it had" for each in renamed)
    found = Chosen([], list(dict.fromkeys(told)))
    parties = dict.fromkeys(each for dated in proposals for each in dated.proposal.parties)
    if proposals and party not in parties and not found.problems:
        found.problems.append(f"--party: no party is called {party}; {did_you_mean(party, parties)}")
    material = [(dated, each) for dated in proposals for each in dated.proposal.standings(dated.as_of)]
    if not fingerprints:
        waiting = [(dated, each) for dated, each in material if _waits_for(dated.proposal, each, party)]
        return Chosen([(dated, Asked(each, party)) for dated, each in waiting], found.problems)
    for given in dict.fromkeys(fingerprints):
        meant = [(dated, each) for dated, each in material if each.fingerprint.startswith(given)]
        problem = _problem(given, meant, material)
        if problem is None and party in parties:
            problem = _no_party(given, meant[0][0].proposal, party)
        if problem is not None:
            found.problems.append(problem)
        found.changes.extend((dated, Asked(each, party)) for dated, each in meant)
    return found


def _waits_for(proposal: Proposal, standing: Standing, party: str) -> bool:
    """Whether a change waits for a party; one that joins is not asked, and may accept everything all the same."""
    joins = party in proposal.parties and party not in proposal.base.parties
    return (party in standing.required or joins) and party not in standing.accepted


def _problem(given: str, meant: Sequence[Material], material: Sequence[Material]) -> str | None:
    known = {each.fingerprint[: max(len(given), SHOWN)] for _, each in material}
    if not known:
        return f"{given}: no material change is proposed, so there is nothing to accept"
    if not meant:
        return f"{given}: no material change has this fingerprint; {did_you_mean(given, known)}"
    full = sorted({each.fingerprint for _, each in meant})
    if len(full) > 1:
        return f"{given}: the fingerprints of {len(full)} changes begin so: {', '.join(full)}; give more digits"
    return None


def _no_party(given: str, proposal: Proposal, party: str) -> str | None:
    if party in proposal.parties or party in proposal.formerly:
        return None
    remedy = did_you_mean(party, proposal.parties)
    return f"--party: {party} is no party to {proposal.head.id}, which {given} is about; {remedy}"


class Signature(NamedTuple):
    """Who accepts, when, and what there is to remark."""

    by: str
    day: date | None
    """None for the day of the comparison."""
    note: str | None


class Signing(NamedTuple):
    """What becomes of one agreement's approvals, and what is said about it."""

    files: list[Rewritten]
    told: list[str]


def signing(dated: Dated, wanted: Sequence[Asked], signature: Signature) -> Signing:
    """Sign the approvals of one agreement; those that are signed already stay as they are."""
    proposal, day = dated.proposal, signature.day or dated.as_of
    if day > dated.as_of:
        raise CoopctlError(f"--date: {day} is later than {dated.as_of}; an approval cannot be dated ahead")
    known = signatures(proposal)
    new, told = [], []
    for asked in wanted:
        change = asked.standing.change
        what = f"{shown(asked.standing.fingerprint)} {change.kind.name} of {change.subject}"
        earlier = known.get((asked.standing.fingerprint, asked.party))
        if earlier is None:
            new.append(asked)
            told.append(f"{asked.party} accepts {what}")
        else:
            place, approval = proposal.approvals.place(earlier), earlier.approval
            when = f"on {approval.date} by {approval.by}"
            told.append(f"{asked.party} has accepted {what} already, {when} ({place.path}:{place.line})")
    files = signed(proposal, new, signature.by, day, signature.note)
    return Signing(files, [*told, *(f"written: {each.path}" for each in files)])
