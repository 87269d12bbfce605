"""Two versions of an agreement as they were read → everything there is to say about the change."""

from collections.abc import Callable, Iterable
from datetime import date

from coopctl.changes.between import Recorded, changes_between
from coopctl.changes.change import Change, Kind
from coopctl.changes.history import unrecorded
from coopctl.changes.replay import Replay, replay
from coopctl.changes.report import Compared, Gate, Proposed, Version
from coopctl.changes.telling.context import Telling
from coopctl.changes.telling.sentences import sentence
from coopctl.evaluate.calendar import CalendarError
from coopctl.evaluate.canonical import canonical
from coopctl.faults import UNUSABLE_CALENDAR
from coopctl.findings import Finding
from coopctl.lint.partial import readable_part
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.model.names import Names

NEW = Kind(
    "CHG801", "agreement-added", "review", "agreement-removed", "There is an agreement more; nobody is bound yet."
)
GONE = Kind("CHG802", "agreement-removed", "material", "agreement-added", "There is an agreement less.")

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
    unread = {*unread_sections(base.loaded), *unread_sections(head.loaded)}
    recorded: Recorded | None = Recorded(base.loaded.ledger, head.loaded.ledger)
    if not all(_has_whole_ledger(each) for each in (base.loaded, head.loaded)):
        unread.add("actuals")
        recorded = None
    changes = changes_between(base.agreement, head.agreement, as_of, recorded)
    telling = Telling(base.agreement, head.agreement)
    proposed = accepting(base.agreement, [Proposed(change, sentence(telling, change)) for change in changes])
    findings = [*base.findings(), *head.findings()]
    complete = not any(each.is_error for each in findings)
    result: Replay | None = None
    if complete:
        findings += unrecorded(base, head, changes)
        if replayed:
            result, impossible = _replayed(base, head, as_of)
            findings += impossible
            complete = not impossible
    ordered = gate.ordered(proposed)
    return Compared(base, head, as_of, gate, ordered, tuple(findings), tuple(sorted(unread)), result, complete)


def _has_whole_ledger(loaded: Loaded) -> bool:
    """Whether every ledger file could be read: the facts of one that could not are not gone, nobody knows them."""
    return not any(
        each.is_error and each.location.path != loaded.path and not each.kind.code.startswith("LED")
        for each in loaded.findings
    )


def _replayed(base: Version, head: Version, as_of: date) -> tuple[Replay | None, list[Finding]]:
    try:
        return replay(base.agreement, head.agreement, head.loaded.ledger, as_of, base.loaded.ledger), []
    except CalendarError as error:
        remedy = "leave country out and list the days off under calendar.holidays"
        place = head.place(("calendar", "country"))
        return None, [Finding(UNUSABLE_CALENDAR, place, str(error), remedy, "calendar.country")]


def added(head: Version, as_of: date, gate: Gate, accepting: Accepting = nobody_asked) -> Compared:
    """Return what there is to say about an agreement that is new."""
    return _one_sided(NEW, None, head, as_of, gate, accepting)


def removed(base: Version, as_of: date, gate: Gate, accepting: Accepting = nobody_asked) -> Compared:
    """Return what there is to say about an agreement that is gone."""
    return _one_sided(GONE, base, None, as_of, gate, accepting)


def _one_sided(
    kind: Kind, base: Version | None, head: Version | None, as_of: date, gate: Gate, accepting: Accepting
) -> Compared:
    version = head or base
    assert version is not None, "an agreement has at least one version"
    agreement = version.agreement
    whole = canonical(agreement)
    change = Change(
        kind=kind,
        subject=agreement.id,
        name=agreement.title,
        direction="incomparable",
        effects=dict.fromkeys(agreement.parties, "neutral"),
        old="" if base is None else agreement.version,
        new="" if head is None else agreement.version,
        base=None if base is None else (),
        head=None if head is None else (),
        value=(None if base is None else whole, None if head is None else whole),
    )
    told = f"The agreement {agreement.title} {agreement.version} is {'new' if base is None else 'gone'}"
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
