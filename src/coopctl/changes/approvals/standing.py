"""Whom a change needs, who has accepted it, and what is wrong with the approvals that are there."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from coopctl.changes.approvals.fingerprint import fingerprint, shown
from coopctl.changes.approvals.kinds import AHEAD, DOUBLED, ELSEWHERE, MISPLACED, NO_PARTY, STALE, UNSIGNED
from coopctl.changes.approvals.reading import Approvals, Entry
from coopctl.changes.change import Change
from coopctl.changes.references import former_ids
from coopctl.findings import Finding, Kind, Related
from coopctl.model.agreement import Agreement
from coopctl.model.names import did_you_mean
from coopctl.model.scalars import shortened


def required_parties(base: Agreement, change: Change) -> tuple[str, ...]:
    """Return which parties have to accept a change, in the agreement's order; none for one that is not material.

    The older version's change control decides, and only its parties are asked: no change loosens its own gate. All
    are, unless it says that those affected are enough. All are asked too where nobody is known to be affected, and for
    what reaches back or weakens change control itself.
    """
    if change.level != "material":
        return ()
    control = base.governance.change_control if base.governance else None
    everybody = tuple(base.parties)
    if control is None or control.material == "all-parties" or change.kind.fixed:
        return everybody
    return tuple(party for party in everybody if change.concerns(party)) or everybody


@dataclass(frozen=True)
class Standing:
    """How one material change stands with the parties."""

    change: Change
    fingerprint: str
    required: tuple[str, ...]
    """Parties that have to accept it."""
    accepted: Mapping[str, Entry]
    """The approval that counts, by party; of parties that do not have to accept it as well."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Parties that still have to accept it."""
        return tuple(party for party in self.required if party not in self.accepted)


def standings(
    base: Agreement, changes: Iterable[Change], entries: Iterable[Entry], as_of: date
) -> tuple[Standing, ...]:
    """Return how each material change stands; an approval that is dated later does not count yet."""
    signed: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        day = entry.approval.date
        if day is not None and day <= as_of:
            signed.setdefault(entry.approval.fingerprint, {}).setdefault(entry.approval.party, entry)
    return tuple(
        Standing(change, print_, required_parties(base, change), signed.get(print_, {}))
        for change in changes
        if change.level == "material"
        for print_ in (fingerprint(base.id, change),)
    )


@dataclass(frozen=True)
class Proposal:
    """A newer version of an agreement, held against the older one."""

    base: Agreement
    head: Agreement
    path: str
    """File of the newer version; approvals stand in a folder beside it."""
    changes: tuple[Change, ...]
    approvals: Approvals
    """Those beside the newer version."""
    settled: Approvals
    """Those that the older version had already. They are the record of earlier changes and count for none of these:
    what was given up and is proposed again has to be accepted again."""
    shares_its_folder: bool = False
    """Whether other agreements stand in the same folder, whose approvals are kept there too."""
    is_whole: bool = True
    """Whether all of both versions could be compared; else nothing can be said to be no longer proposed."""

    @cached_property
    def formerly(self) -> Mapping[str, str]:
        """The older version's ids of parties that were renamed, by the newer: a party signs by the id that it had."""
        former = former_ids(self.base.parties, self.head.parties)
        return {newer: older for newer, older in former.items() if newer != older}

    @property
    def parties(self) -> tuple[str, ...]:
        """The ids by which the parties to either version sign."""
        return tuple(
            dict.fromkeys((*self.base.parties, *(each for each in self.head.parties if each not in self.formerly)))
        )

    @cached_property
    def fresh(self) -> tuple[Entry, ...]:
        """The approvals that came with the newer version: of those for the same by the same party, as many as there
        are more than before.

        Those that stand where the older version had them are the older ones, and then those that stand where they may:
        nobody makes another party's history count again by writing it into a file of their own.
        """
        settled = Counter(map(_said, self.settled.entries))
        at_home = {(_file_name(each), _said(each)) for each in self.settled.entries}
        found = set()
        for entry in sorted(
            self.approvals.entries,
            key=lambda each: ((_file_name(each), _said(each)) not in at_home, self.is_misplaced(each)),
        ):
            if settled[_said(entry)]:
                settled[_said(entry)] -= 1
            else:
                found.add((entry.file, entry.number))
        return tuple(each for each in self.approvals.entries if (each.file, each.number) in found)

    @cached_property
    def counting(self) -> tuple[Entry, ...]:
        """Those of them that stand where they may."""
        return tuple(each for each in self.fresh if not self.is_misplaced(each))

    def is_misplaced(self, entry: Entry) -> bool:
        """Whether an approval stands in a file that is another party's by its name: `1.3.0.North.yaml` is north's."""
        owner = _caseless(_file_name(entry).rpartition(".")[0].rpartition(".")[2])
        return owner in map(_caseless, (*self.base.parties, *self.head.parties)) and owner != _caseless(
            entry.approval.party
        )

    def standings(self, as_of: date) -> tuple[Standing, ...]:
        """Return how each material change stands."""
        own = [each for each in self.counting if each.approval.party in self.parties]
        return standings(self.base, self.changes, own, as_of)

    @property
    def own(self) -> tuple[Entry, ...]:
        """The approvals that came with the newer version and are about this agreement."""
        return tuple(each for each in self.fresh if each.agreement in (self.base.id, self.head.id))

    def stale(self, as_of: date) -> tuple[Entry, ...]:
        """Return those of them that are for something that is not proposed, or no longer."""
        if not self.is_whole:
            return ()
        present = {each.fingerprint for each in self.standings(as_of)}
        return tuple(each for each in self.own if each.approval.fingerprint not in present)


def _said(entry: Entry) -> tuple[str, str, str, bool]:
    """Return what an approval is for, whose it is, and whether it is signed: who edits the rest gives no new one."""
    approval = entry.approval
    return approval.fingerprint, approval.party, entry.agreement, approval.is_signed


def _file_name(entry: Entry) -> str:
    return entry.file.rpartition("/")[2]


def _caseless(name: str) -> str:
    """Return what names have in common that some file systems take for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def approval_findings(proposal: Proposal, as_of: date) -> tuple[Finding, ...]:
    """Return what is wrong with a proposal's approvals, in the order of the files; their form comes first."""
    present = {each.fingerprint: each for each in proposal.standings(as_of)}
    found = [*_elsewhere(proposal), *_doubled(proposal, proposal.own)]
    for entry in proposal.own:
        found += _of_entry(proposal, entry, present.get(entry.approval.fingerprint), as_of)
    found += (_stale(proposal, entry) for entry in proposal.stale(as_of))
    return (*proposal.approvals.findings, *sorted(found, key=lambda each: each.location))


def _finding(proposal: Proposal, entry: Entry, kind: Kind, key: str, message: str, help_text: str) -> Finding:
    place = proposal.approvals.place(entry, key)
    return Finding(kind, place, message, help_text, f"{entry.approval.fingerprint}.{entry.approval.party}")


def _of_entry(proposal: Proposal, entry: Entry, standing: Standing | None, as_of: date) -> Iterator[Finding]:
    approval = entry.approval
    if approval.party in proposal.formerly:
        signs_as = proposal.formerly[approval.party]
        message = f"{approval.party} signs as {signs_as}, the id that it had, so the approval counts for nobody"
        yield _finding(proposal, entry, NO_PARTY, "party", message, f"write party: {signs_as}")
    elif approval.party not in proposal.parties:
        message = f"no party is called `{shortened(approval.party)}`, so the approval counts for nobody"
        yield _finding(proposal, entry, NO_PARTY, "party", message, did_you_mean(approval.party, proposal.parties))
    elif proposal.is_misplaced(entry):
        message = f"by its name the file is another party's, so the approval by {approval.party} counts for nobody"
        help_text = f"move the entry into a file whose name ends in .{approval.party}.yaml"
        yield _finding(proposal, entry, MISPLACED, "party", message, help_text)
    if standing is None:
        return
    change = standing.change
    if not approval.is_signed and approval.party not in standing.accepted:
        message = f"{approval.party} has not accepted {change.kind.name} of {change.subject}"
        command = f"coopctl approve {shown(approval.fingerprint)} --party {approval.party} --by NAME"
        yield _finding(proposal, entry, UNSIGNED, "fingerprint", message, f"sign it: `{command}`")
    if approval.date is not None and approval.date > as_of:
        message = f"the approval by {approval.by} is dated {approval.date}, after {as_of}, and does not count yet"
        yield _finding(proposal, entry, AHEAD, "date", message, "correct the date, or compare as of a later day")


def _stale(proposal: Proposal, entry: Entry) -> Finding:
    approval = entry.approval
    who = f"{approval.by} accepted" if approval.is_signed else f"{approval.party} is asked for"
    message = f"{shortened(who)} {shown(approval.fingerprint)}, and no such material change is proposed"
    help_text = "delete the entry; `coopctl diff --write-approvals` writes those that are missing"
    if not approval.is_signed:
        help_text = "`coopctl diff --write-approvals` takes the entry out, and writes those that are missing"
    return _finding(proposal, entry, STALE, "fingerprint", message, help_text)


def _doubled(proposal: Proposal, entries: Sequence[Entry]) -> Iterator[Finding]:
    by_use: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        by_use.setdefault((entry.approval.fingerprint, entry.approval.party), []).append(entry)
    for (print_, party), same in by_use.items():
        first = next((each for each in same if each.approval.is_signed), same[0])
        for each in same:
            if each is not first:
                state = "signed" if first.approval.is_signed else "there"
                place = proposal.approvals.place(each)
                message = f"the approval of {shown(print_)} by {party} is {state} already"
                related = (Related(proposal.approvals.place(first), "the other one"),)
                yield Finding(DOUBLED, place, message, "delete one of the two", f"{print_}.{party}", related)


def _elsewhere(proposal: Proposal) -> Iterator[Finding]:
    """Yield files about agreements that are not here; beside several agreements, any may be meant."""
    if proposal.shares_its_folder:
        return
    ids = dict.fromkeys((proposal.head.id, proposal.base.id))
    for file in dict.fromkeys(each.file for each in proposal.fresh if each.agreement not in ids):
        given = proposal.approvals.agreements[file]
        place = proposal.approvals.sources[file].value_at(("agreement",))
        message = f"the file is about `{shortened(given)}`, and the agreement here is `{proposal.head.id}`"
        help_text = f"write agreement: {proposal.head.id}, or move the file beside the agreement that it is about"
        yield Finding(ELSEWHERE, place, message, help_text, "agreement")
