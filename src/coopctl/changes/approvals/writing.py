"""Puts approvals into their files: what is there keeps every byte, and the result says exactly what was meant."""

import copy
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from coopctl import limits
from coopctl.changes.approvals.reading import APPROVALS_FOLDER, Entry
from coopctl.changes.approvals.splicing import Fields, adding, block_entry, filling, written
from coopctl.changes.approvals.standing import Proposal, Standing
from coopctl.changes.change import Change
from coopctl.editing import edited
from coopctl.errors import CoopctlError
from coopctl.parsing import read_source
from coopctl.replacing import replace_all
from coopctl.source import BYTE_ORDER_MARK

InWords = Callable[[Change], str]

_HEAD: Final = "# Who accepts these changes. `coopctl approve` signs; by: and date: added by hand do as well.\n"


class Rewritten(NamedTuple):
    """A file of approvals with its new text."""

    path: str
    before: str | None
    """None for a file that is not there yet."""
    after: str


class Asked(NamedTuple):
    """A change, and the party that accepts it."""

    standing: Standing
    party: str


def in_words(change: Change) -> str:
    """Say in one line what a change is."""
    return f"{change.kind.name}: {change.name}, {change.old or 'nothing'} → {change.new or 'nothing'}"


def with_stubs(proposal: Proposal, as_of: date, words: InWords = in_words) -> list[Rewritten]:
    """Return the files with an entry to be signed for each approval that is asked for and not there."""
    there = {_use(each) for each in (*proposal.counting, *_unsigned(proposal))}
    wanted = [
        Asked(standing, party)
        for standing in proposal.standings(as_of)
        for party in standing.missing
        if (standing.fingerprint, party) not in there
    ]
    return _rewritten(proposal, (), _distinct(wanted), {}, words)


def signed(
    proposal: Proposal, wanted: Sequence[Asked], by: str, day: date, note: str | None = None, words: InWords = in_words
) -> list[Rewritten]:
    """Return the files with approvals signed: in the entries that wait for it, and in new ones where none does."""
    signature = {"by": by, "date": day.isoformat(), **({"note": note} if note else {})}
    stubs = {_use(each): each for each in reversed(_unsigned(proposal))}
    wanted = _distinct(wanted)
    filled = [stubs[use] for each in wanted if (use := (each.standing.fingerprint, each.party)) in stubs]
    new = [each for each in wanted if (each.standing.fingerprint, each.party) not in stubs]
    return _rewritten(proposal, filled, new, signature, words)


def signature_of(proposal: Proposal, asked: Asked) -> Entry | None:
    """Return the approval that is signed already, whatever its date."""
    use = (asked.standing.fingerprint, asked.party)
    return next((each for each in proposal.counting if each.approval.is_signed and _use(each) == use), None)


def save(files: Iterable[Rewritten]) -> None:
    """Write files, all or none of them; raises `CoopctlError` where one cannot be."""
    files = list(files)
    for folder in {os.path.dirname(each.path): None for each in files}:
        if os.path.islink(folder):
            raise CoopctlError(f"{folder}: is a link; approvals stand in a folder of their own beside the agreement")
    replace_all(files)


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


def _rewritten(
    proposal: Proposal, filled: Iterable[Entry], new: Sequence[Asked], signature: Fields, words: InWords
) -> list[Rewritten]:
    plans: dict[str, _Plan] = {}
    for entry in filled:
        plans.setdefault(entry.file, _Plan()).filled.append(entry)
    for each in new:
        what = " ".join(words(each.standing.change).split())
        fields = {"fingerprint": each.standing.fingerprint, "what": what, "party": each.party, **signature}
        plans.setdefault(_file_for(proposal, each.party), _Plan()).added.append(fields)
    return [_changed(proposal, path, plan, signature) for path, plan in plans.items()]


def _file_for(proposal: Proposal, party: str) -> str:
    """Return the file that a party's new approvals go to: its own for this version, with the agreement's id if need be.

    A file of its own lets a repository ask for the party's reviewers, and keeps parties out of each other's way.
    """
    folder = os.path.dirname(proposal.path)
    version, id_ = _as_name(proposal.head.version), _as_name(proposal.head.id)
    with_id = f"{id_}-{version}.{party}.yaml"
    for name in [with_id] if proposal.shares_its_folder else [f"{version}.{party}.yaml", with_id]:
        path = f"{folder}/{APPROVALS_FOLDER}/{name}" if folder else f"{APPROVALS_FOLDER}/{name}"
        if proposal.approvals.agreements.get(path, proposal.head.id) == proposal.head.id:
            return path
    raise CoopctlError(f"{path}: is about another agreement; move it beside that one")


def _as_name(text: str) -> str:
    return re.sub(r"[^\w.+-]+", "-", text).strip(".-") or "proposal"


def _changed(proposal: Proposal, path: str, plan: _Plan, signature: Fields) -> Rewritten:
    source = proposal.approvals.sources.get(path)
    if source is None:
        entries = "".join(block_entry(each, "  ", "\n", "") + "\n" for each in plan.added)
        head = f"{_HEAD}coopctl: approvals/1\nagreement: {written('agreement', proposal.head.id, '')}\napprovals:\n"
        text, expected = head + entries, {"coopctl": "approvals/1", "agreement": proposal.head.id, "approvals": []}
        _hold(path, text, _with(expected, plan, signature))
        return Rewritten(path, None, text)
    edits = [filling(source, entry.number, signature) for entry in plan.filled]
    if plan.added:
        edits.append(adding(source, plan.added))
    text, _ = edited(source.text, [tuple(edits)])
    _hold(path, text, _with(copy.deepcopy(source.data), plan, signature))
    return Rewritten(path, source.whole_text, (BYTE_ORDER_MARK if source.marked else "") + text)


def _with(data: dict[str, Any], plan: _Plan, signature: Fields) -> dict[str, Any]:
    """Return what a file has to say afterwards."""
    approvals = data.setdefault("approvals", [])
    for entry in plan.filled:  # what stands there twice by an alias cannot be signed once
        approvals[entry.number] = {**approvals[entry.number], **signature}
    approvals += plan.added
    return data


def _hold(path: str, text: str, expected: dict[str, Any]) -> None:
    """Refuse a text that does not say exactly what is meant."""
    if len(text.encode("utf-8", "surrogatepass")) > limits.FILE_BYTES:
        raise CoopctlError(f"{path}: would be larger than {limits.FILE_BYTES:,} bytes; begin a new file")
    after = read_source(path, text)
    if after.findings or after.data != expected:
        raise CoopctlError(
            f"{path}: the way it is written keeps coopctl from changing it; write by: and date: into the entry yourself"
        )
