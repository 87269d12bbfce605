"""Two versions of an agreement as they were read → everything there is to say about the change."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from coopctl import faults
from coopctl.changes.between import Recorded, changes_between
from coopctl.changes.change import Change, Kind
from coopctl.changes.differences import differences
from coopctl.changes.former_records import as_recorded_before
from coopctl.changes.history import unrecorded
from coopctl.changes.renames import Renames
from coopctl.changes.replay import Replay, replay, replay_of_records
from coopctl.changes.report import Compared, Gate, Proposed, Version
from coopctl.evaluate.calendar import CalendarError
from coopctl.evaluate.canonical import digest
from coopctl.findings import Finding
from coopctl.lint.partial import readable_part
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.model.names import Names

NEW = Kind(
    "CHG801",
    "agreement-added",
    "review",
    "agreement-removed",
    "An agreement was added; nobody is bound yet, and its parties accept it by signing it.",
)
GONE = Kind(
    "CHG802",
    "agreement-removed",
    "material",
    "agreement-added",
    "An agreement was removed. Its own change control decides who has to accept that.",
)


def changes_of(base: Version | None, head: Version | None, as_of: date) -> tuple[Change, ...]:
    """Return what changed, the weightiest first; nothing where one of the versions cannot be read at all.

    Where one could not be read whole, the sections that were are compared. Of a version without another there is one
    change: that the agreement is new, or gone.
    """
    if any(each is not None and each.readable is None for each in (base, head)):
        return ()
    if base is None or head is None:
        return (removal_of(base.agreement),) if base else (addition_of(head.agreement),) if head else ()
    recorded = None if LEDGER in _unread(base, head) else Recorded(base.loaded.ledger, head.loaded.ledger)
    return changes_between(base.agreement, head.agreement, as_of, recorded)


def compared(
    base: Version | None,
    head: Version | None,
    as_of: date,
    gate: Gate,
    proposed: Sequence[Proposed],
    *,
    replayed: bool = False,
) -> Compared:
    """Return everything there is to say about one agreement, whose changes are known."""
    unread = _unread(base, head)
    findings = findings_of(base, head)
    complete = not unread and not any(each.is_error for each in findings)
    result = of_records = None
    if complete and base is not None and head is not None:
        changes = [each.change for each in proposed]
        findings += unrecorded(base, head, changes)
        if replayed:
            try:
                result = replay(base.agreement, head.agreement, head.loaded.ledger, as_of, base.loaded.ledger)
                of_records = _replay_of_records(base, head, as_of, changes)
            except CalendarError as error:
                findings.append(_unusable_calendar(head, error))
                complete = False
    told = gate.ordered(proposed)
    return Compared(base, head, as_of, gate, told, tuple(findings), unread, result, of_records, complete=complete)


def findings_of(base: Version | None, head: Version | None) -> list[Finding]:
    """Return what is wrong with the files of both versions; an error among it leaves the comparison incomplete."""
    return [each for version in (base, head) if version is not None for each in version.findings()]


def _replay_of_records(base: Version, head: Version, as_of: date, changes: Iterable[Change]) -> Replay | None:
    """Judge the newer version's terms over what was rewritten, as it stood before; None where nothing was."""
    subjects = frozenset(change.subject for change in changes if any(change.recorded))
    if not subjects:
        return None
    names = Renames.newer(differences(base.agreement, head.agreement))
    before = as_recorded_before(base.loaded.ledger, head.loaded.ledger, subjects, names)
    return replay_of_records(head.agreement, before, head.loaded.ledger, as_of)


def _unusable_calendar(head: Version, error: CalendarError) -> Finding:
    remedy = "leave country out and list the days off under calendar.holidays"
    return Finding(
        faults.UNUSABLE_CALENDAR, head.place(("calendar", "country")), str(error), remedy, "calendar.country"
    )


def addition_of(agreement: Agreement) -> Change:
    """Return the change that an agreement is new."""
    return _whole(NEW, agreement)


def removal_of(agreement: Agreement) -> Change:
    """Return the change that an agreement is gone; its value is the digest of the terms that end."""
    return _whole(GONE, agreement)


def _whole(kind: Kind, agreement: Agreement) -> Change:
    terms, is_gone = digest(agreement), kind is GONE
    return Change(
        kind=kind,
        subject=agreement.id,
        name=agreement.title,
        direction="incomparable",
        effects=dict.fromkeys(agreement.parties, "neutral"),
        old=agreement.version if is_gone else "",
        new="" if is_gone else agreement.version,
        base=() if is_gone else None,
        head=None if is_gone else (),
        value=(terms, None) if is_gone else (None, terms),
    )


ALL = "all"
"""Stands for every section of a version that could not be read at all."""


LEDGER = "actuals"
"""Stands for the ledger where a part of it cannot be read: what is not read was not removed."""


def _unread(base: Version | None, head: Version | None) -> tuple[str, ...]:
    """Return the sections that cannot be compared, since they cannot be read in one of the versions."""
    versions = [each for each in (base, head) if each is not None]
    if any(each.readable is None for each in versions):
        return (ALL,)
    ledgers = _unread_ledgers(*versions) if len(versions) > 1 else ()
    return tuple(sorted({*ledgers, *(name for each in versions for name in unread_sections(each.loaded))}))


def _unread_ledgers(*versions: Version) -> Iterator[str]:
    for each in versions:
        if any(found.is_error and _keeps_facts_away(found, each.loaded.path) for found in each.loaded.findings):
            yield LEDGER


def _keeps_facts_away(finding: Finding, agreement: str) -> bool:
    """Whether a finding is about facts that nobody knows, rather than about known ones that contradict each other."""
    return finding.subject == LEDGER or (finding.location.path != agreement and finding.kind not in _OF_KNOWN_FACTS)


_OF_KNOWN_FACTS: Final = (
    faults.WRONG_FIGURE,
    faults.WRONG_PERIOD,
    faults.UNORDERED,
    faults.OVERLAPPING,
    faults.WAIVER_WITHOUT_PERIOD,
    faults.WAIVER_WITH_PERIOD,
)


def comparable(base: Loaded, head: Loaded) -> tuple[Agreement, Agreement] | None:
    """Return what of two versions can be compared; None where that is nothing.

    Where one version could not be read whole, the sections that could not are taken from the other: nothing is said
    about them, and no difference is made up.
    """
    if base.agreement is not None and head.agreement is not None:
        return base.agreement, head.agreement
    if head.agreement is not None:
        readable = _readable_as(base, head.agreement)
        return None if readable is None else (readable, head.agreement)
    if base.agreement is not None:
        readable = _readable_as(head, base.agreement)
        return None if readable is None else (base.agreement, readable)
    return None


def _readable_as(loaded: Loaded, other: Agreement) -> Agreement | None:
    part = readable_part(loaded.source, Names.of(loaded.source.data))
    if part is None:
        return None
    readable = {name: value for name, value in part.agreement.__dict__.items() if name not in part.unread}
    return other.model_copy(update=readable)


def unread_sections(loaded: Loaded) -> tuple[str, ...]:
    """Return the sections of a version that could not be read."""
    if loaded.agreement is not None:
        return ()
    part = readable_part(loaded.source, Names.of(loaded.source.data))
    return tuple(sorted(part.unread)) if part else (ALL,)
