"""From two versions on a command line to what is proposed, agreement by agreement."""

import os
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from coopctl.changes.approvals.reading import Approvals, read_approvals
from coopctl.changes.approvals.standing import Proposal
from coopctl.changes.change import Change
from coopctl.changes.compare import changes_of, comparable, findings_of
from coopctl.changes.report import Version
from coopctl.discovery import shares_its_ledger
from coopctl.errors import CoopctlError
from coopctl.findings import Finding
from coopctl.ledger.entries import Positions
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.output.weights import numbered
from coopctl.revisions.pairing import Pair
from coopctl.revisions.side import Side
from coopctl.revisions.sides import Sides, two_sides
from coopctl.source import Source


@dataclass(frozen=True)
class Reviewed:
    """One agreement on both sides, what changed, and what has to be accepted of it."""

    base: Version | None
    head: Version | None
    as_of: date
    """The day of the comparison."""
    changes: tuple[Change, ...]
    proposal: Proposal | None
    """None for an agreement that is new, and where a version cannot be read at all."""

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What keeps it from being compared whole; nothing is signed beside that."""
        of_approvals = self.proposal.approvals.findings if self.proposal else ()
        return tuple(each for each in (*findings_of(self.base, self.head), *of_approvals) if each.is_error)

    @property
    def is_readable(self) -> bool:
        """Whether anything of it can be compared."""
        return all(each is None or each.readable is not None for each in (self.base, self.head))

    def older_files(self) -> tuple[list[Source], list[Source]]:
        """Return the files of both versions that are written in an older version of the language."""
        approvals = (self.proposal.settled, self.proposal.approvals) if self.proposal else (Approvals(), Approvals())
        base, head = (
            [*(version.loaded.files.values() if version else ()), *beside.sources.values()]
            for version, beside in zip((self.base, self.head), approvals, strict=True)
        )
        return _older(base), _older(head)


def _older(files: Iterable[Positions]) -> list[Source]:
    return [each for each in files if isinstance(each, Source) and each.older_version is not None]


def remarks_on_age(sides: Sides, found: Iterable[Reviewed]) -> Iterator[str]:
    """Yield for each side how many of its files are written in an older version of the language, if there are any."""
    older = [each.older_files() for each in found if each.is_readable]
    for number, side in enumerate((sides.base, sides.head)):
        versions = {each.path: each.older_version for files in older for each in files[number]}
        if versions:
            written = " and ".join(sorted({f"version {each}" for each in versions.values()}))
            yield (
                f"{side.label}: {numbered(len(versions), 'file')} written in {written} of the language, "
                "compared as migrated"
            )


def refuse_old(reviewed: Reviewed) -> None:
    """Refuse to write approvals beside a newer version that is written in an older version of the language."""
    older = reviewed.older_files()[1]
    if older:
        first, path = older[0], reviewed.head.path if reviewed.head else older[0].path
        raise CoopctlError(
            f"{first.path}: written in version {first.older_version} of the language; approvals are written once it is "
            f"migrated: run `coopctl migrate {shlex.quote(path)}`"
        )


def reviewed(sides: Sides, pair: Pair, as_of: date | None, today_in: Callable[[str], date]) -> Reviewed:
    """Read the versions of a pair, and say what changed; a new agreement needs nobody."""
    old = sides.base.load(pair.base) if pair.base else None
    new = sides.head.load(pair.head) if pair.head else None
    day = as_of or today_in(_timezone(new, old))
    parts = (old.agreement if old else None, new.agreement if new else None)
    if old is not None and new is not None:
        parts = comparable(old, new) or (None, None)
    base, head = _version(sides.base, old, parts[0]), _version(sides.head, new, parts[1])
    changes = changes_of(base, head, day)
    proposal = None
    if base is not None and base.readable is not None and (head is None or head.readable is not None):
        is_whole = all(each is None or each.agreement is not None for each in (old, new))
        proposal = _proposal(sides, pair, (base.agreement, (head or base).agreement), changes, is_whole=is_whole)
    return Reviewed(base, head, day, changes, proposal)


def _timezone(*loaded: Loaded | None) -> str:
    """Return the time zone of the first version that can be read."""
    return next((each.agreement.timezone for each in loaded if each and each.agreement), "UTC")


def _version(side: Side, loaded: Loaded | None, readable: Agreement | None) -> Version | None:
    if loaded is None:
        return None
    if side.commit is None:
        return Version(side.label, loaded, readable)

    def file_of(path: str) -> str:
        return side.shown(path).removeprefix(f"{side.name}:")

    return Version(side.label, loaded, readable, revision=side.name, file_of=file_of)


def _proposal(
    sides: Sides, pair: Pair, versions: tuple[Agreement, Agreement], changes: tuple[Change, ...], *, is_whole: bool
) -> Proposal:
    """Return the changes of a pair of versions with the approvals beside them.

    Approvals of the removal of an agreement stand beside where it was; the newer version is what it was, then.
    """
    assert pair.base is not None, "of a new agreement nothing has to be accepted"
    old_path = pair.base.file.path
    new_path = pair.head.file.path if pair.head else sides.head.path_of(pair.base)
    together = os.path.realpath(os.path.dirname(old_path)) == os.path.realpath(os.path.dirname(new_path))
    return Proposal(
        base=versions[0],
        head=versions[1],
        path=new_path,
        changes=changes,
        approvals=read_approvals(new_path),
        settled=Approvals() if together else read_approvals(old_path),
        shares_its_folder=not together and any(map(shares_its_ledger, (old_path, new_path))),
        is_whole=is_whole,
    )


class Dated(NamedTuple):
    """A proposal, and the day of the comparison."""

    proposal: Proposal
    as_of: date


class Proposals(NamedTuple):
    """What is proposed, and what keeps versions from being compared."""

    proposals: tuple[Dated, ...]
    findings: tuple[Finding, ...]
    unjudged: tuple[str, ...]
    """Why agreements have nothing to be compared with."""
    remarks: tuple[str, ...]
    """What is written in an older version of the language."""
    revision: str | None
    """Which revision the newer versions come from; None where they are files that can be written."""


def proposals_of(versions: Sequence[str], as_of: date | None, today_in: Callable[[str], date]) -> Proposals:
    """Return what the newer versions would change in the older ones; a new agreement changes nothing.

    Raises `CoopctlError` where approvals could not be written beside a newer version.
    """
    with two_sides(versions) as sides:
        found = [reviewed(sides, pair, as_of, today_in) for pair in sides.pairs if pair.base is not None]
        for each in found if not sides.head.commit else ():
            refuse_old(each)
        return Proposals(
            tuple(Dated(each.proposal, each.as_of) for each in found if each.proposal is not None),
            tuple(fault for each in found for fault in each.faults),
            sides.unpaired.unjudged,
            tuple(remarks_on_age(sides, found)),
            sides.head.label if sides.head.commit else None,
        )
