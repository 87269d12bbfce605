"""Puts approvals into their files: what is there keeps every byte, and the result says exactly what was meant."""

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from coopctl.changes.approvals.reading import Entry
from coopctl.changes.approvals.standing import Proposal, Standing
from coopctl.changes.telling.context import Telling
from coopctl.changes.telling.sentences import sentence
from coopctl.drafts.values import Plain, flow
from coopctl.drafts.yaml_draft import YamlDraft
from coopctl.errors import CoopctlError
from coopctl.model.scalars import shortened
from coopctl.places import Path
from coopctl.quoted import Quoted
from coopctl.replacing import replace_all
from coopctl.revisions.matching import APPROVALS_FOLDER

_LONGEST: Final = 1_000
"""Characters of a change in words; what it is for is in the fingerprint."""
_LONGEST_NAME: Final = 80
"""Bytes of a version, an id or a party in a file's name; file systems take 255 for the whole."""
_HEAD: Final = "# Who accepts these changes. `coopctl approve` signs; by: and date: added by hand do as well.\n"


Fields = dict[str, str]
"""Keys and values of an entry, in the order in which they are written."""


class Rewritten(NamedTuple):
    """A file of approvals with its new text."""

    path: str
    before: str | None
    """None for a file that is not there yet."""
    after: str
    added: int = 0
    """How many entries are new in it."""
    removed: int = 0
    """How many entries are no longer in it."""
    kept: tuple["Kept", ...] = ()
    """Entries that nobody has signed, for what is no longer proposed, that are not taken out."""


class Kept(NamedTuple):
    """An entry that stays because of what somebody has added to it."""

    line: int
    """Where it stands once the file is written."""
    reason: str


class Asked(NamedTuple):
    """A change, and the party that accepts it."""

    standing: Standing
    party: str


def with_stubs(proposal: Proposal, as_of: date) -> list[Rewritten]:
    """Return the files with an entry to be signed for each approval that is asked for and not there.

    Entries that nobody has signed are taken out where what they are for is no longer proposed, unless somebody has
    added something to them: that is not to be lost, nor to be read as said of another entry.
    """
    there = {_use(each) for each in (*proposal.counting, *_unsigned(proposal))}
    wanted = [
        Asked(standing, party)
        for standing in proposal.standings(as_of)
        for party in standing.missing
        if (standing.fingerprint, party) not in there
    ]
    plans = _plans(proposal, (), _distinct(wanted), {})
    for entry in proposal.stale(as_of):
        if not entry.approval.is_signed:
            plans.setdefault(entry.file, _Plan()).removed.append(entry.number)
    return _rewritten(proposal, plans, {})


def signed(proposal: Proposal, wanted: Sequence[Asked], by: str, day: date, note: str | None = None) -> list[Rewritten]:
    """Return the files with approvals signed: in the entries that wait for it, and in new ones where none does."""
    signature: Fields = {"by": Quoted(by), "date": Plain(day), **({"note": Quoted(note)} if note else {})}
    stubs = {_use(each): each for each in reversed(_unsigned(proposal))}
    wanted = _distinct(wanted)
    filled = [stubs[use] for each in wanted if (use := (each.standing.fingerprint, each.party)) in stubs]
    new = [each for each in wanted if (each.standing.fingerprint, each.party) not in stubs]
    noted = next((each for each in filled if note and each.approval.note not in (None, note)), None)
    if noted is not None:
        where = proposal.approvals.place(noted, "note")
        raise CoopctlError(
            f"{where.path}:{where.line}: a note stands there already, “{shortened(noted.approval.note or '')}”; sign "
            "without --note, or add to it by hand"
        )
    return _rewritten(proposal, _plans(proposal, filled, new, signature), signature)


def signatures(proposal: Proposal) -> dict[tuple[str, str], Entry]:
    """Return the approvals that are signed already, whatever their dates, by what they are for and whose they are."""
    return {_use(each): each for each in reversed(proposal.counting) if each.approval.is_signed}


def save(files: Iterable[Rewritten]) -> None:
    """Write files, all or none of them; raises `CoopctlError` where one cannot be."""
    files = list(files)
    for folder in {os.path.dirname(each.path): None for each in files}:
        if os.path.islink(folder):
            raise CoopctlError(f"{folder}: is a link; approvals stand in a folder of their own beside the agreement")
    replace_all((each.path, each.before, each.after) for each in files if each.before != each.after)


def _use(entry: Entry) -> tuple[str, str]:
    return entry.approval.fingerprint, entry.approval.party


def _unsigned(proposal: Proposal) -> list[Entry]:
    """Return the entries that can be signed where they stand."""
    entries = proposal.approvals.entries
    return [each for each in entries if not each.approval.is_signed and not proposal.is_misplaced(each)]


def _distinct(wanted: Iterable[Asked]) -> list[Asked]:
    """Leave out what is asked for a second time: changes of one kind from one value to another share a fingerprint."""
    return list({(each.standing.fingerprint, each.party): each for each in wanted}.values())


@dataclass
class _Plan:
    """What is to be done to one file."""

    filled: list[Entry] = field(default_factory=list)
    added: list[Fields] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    """By their numbers in the file."""


def _plans(proposal: Proposal, filled: Iterable[Entry], new: Sequence[Asked], signature: Fields) -> dict[str, _Plan]:
    """Return what is to be done, by file."""
    telling = Telling(proposal.base, proposal.head)
    plans: dict[str, _Plan] = {}
    for entry in filled:
        plans.setdefault(entry.file, _Plan()).filled.append(entry)
    for each in new:
        what = " ".join(sentence(telling, each.standing.change).split())
        what = what if len(what) <= _LONGEST else f"{what[: _LONGEST - 1]}…"
        fields = {"fingerprint": Plain(each.standing.fingerprint), "what": Quoted(what), "party": each.party}
        plans.setdefault(_file_for(proposal, each.party), _Plan()).added.append(fields | signature)
    return plans


def _rewritten(proposal: Proposal, plans: dict[str, _Plan], signature: Fields) -> list[Rewritten]:
    for fault in proposal.approvals.findings:
        if fault.is_error and fault.location.path in plans:
            place = f"{fault.location.path}:{fault.location.line}"
            raise CoopctlError(f"{place}: cannot be added to: {fault.message}; {fault.help}")
    return [_changed(proposal, path, plan, signature) for path, plan in plans.items()]


def _file_for(proposal: Proposal, party: str) -> str:
    """Return the file that a party's new approvals go to: its own for this version, with the agreement's id if need be.

    A file of its own lets a repository ask for the party's reviewers, and keeps parties out of each other's way. Where
    the party's id is longer than a file's name may be, there is one file for all such.
    """
    folder = os.path.dirname(proposal.path)
    version, id_ = _as_name(proposal.head.version), _as_name(proposal.head.id)
    owned = f"{version}.{party}" if len(party.encode()) <= _LONGEST_NAME else version
    for name in [f"{id_}-{owned}.yaml"] if proposal.shares_its_folder else [f"{owned}.yaml", f"{id_}-{owned}.yaml"]:
        path = f"{folder}/{APPROVALS_FOLDER}/{name}" if folder else f"{APPROVALS_FOLDER}/{name}"
        if proposal.approvals.agreements.get(path, proposal.head.id) == proposal.head.id:
            return path
    raise CoopctlError(f"{path}: is about another agreement; move it beside that one")


def _as_name(text: str) -> str:
    """Return a text as a part of a file's name; of a long one the beginning, and what tells it from others."""
    name = re.sub(r"[^\w.+-]+", "-", text).strip(".-") or "proposal"
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    end = f"-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    return name.encode()[: _LONGEST_NAME - len(end)].decode("utf-8", "ignore") + end


def _changed(proposal: Proposal, path: str, plan: _Plan, signature: Fields) -> Rewritten:
    source = proposal.approvals.sources.get(path)
    before = None if source is None else source.whole_text
    draft = YamlDraft(path, _begun(proposal.head.id) if before is None else before)
    places: list[Path] = [("approvals", entry.number) for entry in plan.filled]
    draft.put_all({(*place, key): value for place in places for key, value in signature.items()})
    if plan.added:
        draft.append_all({("approvals",): plan.added})
    reasons = draft.annotated(("approvals",)) if plan.removed else {}
    noted = [number for number in plan.removed if draft.data["approvals"][number].get("note")]
    reasons |= dict.fromkeys(noted, "its note")
    removed = [number for number in plan.removed if number not in reasons]
    if removed:  # last: a list that gets new entries is never empty in between
        draft.remove(("approvals",), removed)
    kept = []
    for number in sorted({*plan.removed} - {*removed}):
        moved = number - sum(each < number for each in removed)
        kept.append(Kept(draft.line(("approvals", moved)), reasons[number]))
    return Rewritten(path, before, draft.text, len(plan.added), len(removed), tuple(kept))


def _begun(agreement: str) -> str:
    """Return the text of a file that has no approvals yet."""
    return f"{_HEAD}coopctl: approvals/1\nagreement: {flow(agreement)}\napprovals: []\n"
