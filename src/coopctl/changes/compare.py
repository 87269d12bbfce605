"""Two versions of an agreement as they were read → everything there is to say about the change."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from coopctl import faults
from coopctl.changes.between import Recorded, changes_between, renamed_subjects
from coopctl.changes.change import Change, Kind
from coopctl.changes.differences import differences
from coopctl.changes.former_records import as_recorded_before
from coopctl.changes.history import unrecorded
from coopctl.changes.replay import Replay, replay, replay_of_records
from coopctl.changes.report import Compared, Gate, Proposed, Version
from coopctl.changes.telling.context import Telling
from coopctl.changes.telling.sentences import sentence
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

Accepting = Callable[[Agreement, Iterable[Proposed]], Iterable[Proposed]]
"""Adds to changes who has to accept them and who has; the agreement is the older version, which decides."""


def nobody_asked(_base: Agreement, proposed: Iterable[Proposed]) -> Iterable[Proposed]:
    """Add nothing: changes of which nobody looked who accepts them."""
    return proposed


def compared(
    base: Version,
    head: Version,
    as_of: date,
    gate: Gate,
    *,
    replayed: bool = False,
    accepting: Accepting = nobody_asked,
) -> Compared:
    """Compare two versions of one agreement; where one could not be read whole, the sections that were."""
    unread = sorted({*unread_sections(base.loaded), *unread_sections(head.loaded), *_unread_ledgers(base, head)})
    recorded = None if LEDGER in unread else Recorded(base.loaded.ledger, head.loaded.ledger)
    changes = changes_between(base.agreement, head.agreement, as_of, recorded)
    telling = Telling(base.agreement, head.agreement)
    proposed = accepting(base.agreement, [Proposed(change, sentence(telling, change)) for change in changes])
    findings = [*base.findings(), *head.findings()]
    complete = not any(each.is_error for each in findings)
    result = of_records = None
    if complete:
        findings += unrecorded(base, head, changes)
        if replayed:
            try:
                result = replay(base.agreement, head.agreement, head.loaded.ledger, as_of, base.loaded.ledger)
                of_records = _replay_of_records(base, head, as_of, changes)
            except CalendarError as error:
                findings.append(_unusable_calendar(head, error))
                complete = False
    return Compared(
        base,
        head,
        as_of,
        gate,
        gate.ordered(proposed),
        tuple(findings),
        tuple(unread),
        result,
        of_records,
        complete=complete,
    )


def _replay_of_records(base: Version, head: Version, as_of: date, changes: Iterable[Change]) -> Replay | None:
    """Judge the newer version's terms over what was rewritten, as it stood before; None where nothing was."""
    subjects = frozenset(change.subject for change in changes if any(change.recorded))
    if not subjects:
        return None
    names = renamed_subjects(differences(base.agreement, head.agreement))
    before = as_recorded_before(base.loaded.ledger, head.loaded.ledger, subjects, names)
    return replay_of_records(head.agreement, before, head.loaded.ledger, as_of)


def _unusable_calendar(head: Version, error: CalendarError) -> Finding:
    remedy = "leave country out and list the days off under calendar.holidays"
    return Finding(
        faults.UNUSABLE_CALENDAR, head.place(("calendar", "country")), str(error), remedy, "calendar.country"
    )


def added(head: Version, as_of: date, gate: Gate, accepting: Accepting = nobody_asked) -> Compared:
    """Return what there is to say about an agreement that is new."""
    return _one_sided(_whole(NEW, head.agreement), None, head, as_of, gate, accepting)


def removed(base: Version, as_of: date, gate: Gate, accepting: Accepting = nobody_asked) -> Compared:
    """Return what there is to say about an agreement that is gone."""
    return _one_sided(removal_of(base.agreement), base, None, as_of, gate, accepting)


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


def _one_sided(
    change: Change, base: Version | None, head: Version | None, as_of: date, gate: Gate, accepting: Accepting
) -> Compared:
    version = head or base
    assert version is not None, "an agreement has at least one version"
    agreement = version.agreement
    told = sentence(Telling(agreement, agreement), change)
    proposed = tuple(accepting(agreement, [Proposed(change, told)]))
    findings = version.findings()
    return Compared(
        base,
        head,
        as_of,
        gate,
        proposed,
        findings,
        unread_sections(version.loaded),
        complete=not any(f.is_error for f in findings),
    )


def unreadable(base: Version | None, head: Version | None, as_of: date, gate: Gate) -> Compared:
    """Return what there is to say where nothing can be compared, since a version cannot be read."""
    found = [*(base.findings() if base else ()), *(head.findings() if head else ())]
    return Compared(base, head, as_of, gate, findings=tuple(found), unread=(ALL,), complete=False)


ALL = "all"
"""Stands for every section of a version that could not be read at all."""


LEDGER = "actuals"
"""Stands for the ledger where a part of it cannot be read: what is not read was not removed."""


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
