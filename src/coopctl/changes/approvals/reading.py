"""Files in `approvals/` → who accepts what, and everything that is wrong with the files' form."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from coopctl import faults, limits
from coopctl.changes.approvals.kinds import TOO_MANY
from coopctl.files import read_text, unreadable
from coopctl.findings import Collected, Finding, Location
from coopctl.migration.chain import read_as_newest
from coopctl.model.approvals import Approval, ApprovalsFile
from coopctl.model.names import Names
from coopctl.model.scalars import described
from coopctl.revisions.conflicts import unresolved
from coopctl.revisions.matching import APPROVALS_FOLDER, LINKED_APPROVALS
from coopctl.source import Source
from coopctl.validation import validated

_SUFFIXES: Final = (".yaml", ".yml")


class Entry(NamedTuple):
    """One approval, signed or not, and where it stands."""

    approval: Approval
    agreement: str
    """Id of the agreement that its file is about."""
    file: str
    number: int
    """Which of the file's approvals it is; counts from 0."""


@dataclass(frozen=True)
class Approvals:
    """All approvals beside one agreement."""

    entries: tuple[Entry, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    """The files, by the name they are shown under."""
    agreements: Mapping[str, str] = field(default_factory=dict)
    """Which agreement each file that could be read is about."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with their form; what is wrong with a file keeps all its approvals from counting."""

    def place(self, entry: Entry, key: str = "fingerprint") -> Location:
        """Where a value of an approval stands."""
        return self.sources[entry.file].value_at(("approvals", entry.number, key))


def read_approvals(agreement_path: str) -> Approvals:
    """Read the approvals beside an agreement, by the agreement's file; older versions as if they were migrated."""
    folder = os.path.dirname(agreement_path)
    paths = approval_files(agreement_path)
    if isinstance(paths, Finding):
        return Approvals(findings=(paths,))
    entries: list[Entry] = []
    sources: dict[str, Source] = {}
    agreements: dict[str, str] = {}
    collected = Collected(limits.FINDINGS, faults.MORE)
    size = 0
    for number, path in enumerate(paths, 1):
        text = _linked(path) if os.path.islink(path) else read_text(path, folder)
        if isinstance(text, Finding):
            collected.add([text])
            continue
        size += len(text) if text.isascii() else len(text.encode())
        if number > limits.LEDGER_FILES or size > limits.LEDGER_BYTES:
            collected.add([_too_many(path)])
            break
        sources[path] = source = read_as_newest(path, text)
        source.findings[:] = [_in_approvals(each) for each in source.findings]
        conflict = unresolved(path, source.lines) if source.findings else None
        if conflict is not None:
            source.findings[:] = [conflict]
        collected.add(source.findings)
        read = _checked(source, collected) if source.data is not None or not source.findings else None
        if read is not None and not source.findings:
            agreements[path] = read.agreement
            entries += (Entry(each, read.agreement, path, index) for index, each in enumerate(read.approvals))
    return Approvals(tuple(entries), sources, agreements, collected.in_order(""))


def _in_approvals(finding: Finding) -> Finding:
    """Say what belongs into a file of approvals, where it has nothing in it."""
    begun = "write coopctl: approvals/1 and agreement: with the agreement's id, or delete the file"
    return replace(finding, help=begun) if finding.kind is faults.EMPTY else finding


def _checked(source: Source, collected: Collected) -> ApprovalsFile | None:
    if not isinstance(source.data, dict):
        message = f"expected keys and values at the top of the file, found {described(source.data)}"
        help_text = "begin with coopctl: approvals/1, agreement: and the agreement's id"
        collected.add([Finding(faults.NOT_A_MAPPING, source.value_at(()), message, help_text)])
        return None
    model, findings, unshown = validated(ApprovalsFile, source, Names.of(source.data))
    collected.add(findings)
    collected.add_unshown(source.path, unshown)
    return model


def approval_files(agreement_path: str) -> list[str] | Finding:
    """Return the files of approvals beside an agreement, in order; a folder that cannot be looked at is a finding."""
    folder = os.path.dirname(agreement_path)
    place = os.path.join(folder, APPROVALS_FOLDER)
    if not os.path.lexists(place):
        return []
    shown = place.replace(os.sep, "/")
    try:
        if os.path.islink(place):
            return _linked(shown)
        with os.scandir(place) as found:
            names = sorted(
                each.name
                for each in found
                if each.name.endswith(_SUFFIXES)
                and not each.name.startswith(".")
                and (each.is_symlink() or not each.is_dir())
            )
    except OSError as error:
        return unreadable(shown, error)
    return [f"{shown}/{name}" for name in names]


def _linked(path: str) -> Finding:
    remedy = "remove the link, and put the file or folder itself there"
    return Finding(faults.NOT_REGULAR, Location(path, 1, 1, 1, 1), LINKED_APPROVALS, remedy)


def _too_many(path: str) -> Finding:
    return Finding(
        TOO_MANY,
        Location(path, 1, 1, 1, 1),
        "with this file there are more files of approvals, or more text in them, than are read",
        f"at most {limits.LEDGER_FILES} files and {limits.LEDGER_BYTES:,} bytes together; delete old ones, git keeps "
        "them",
    )
