"""What the formats for people have in common: totals, headings, and who still has to accept a change."""

from collections import Counter
from collections.abc import Iterable, Sequence

from coopctl.changes.approvals.fingerprint import shown
from coopctl.changes.change import LEVELS, Change, Effect, Level
from coopctl.changes.compare import ALL, LEDGER
from coopctl.changes.naming import listed
from coopctl.changes.report import Compared, DiffSummary, Proposed
from coopctl.output.weights import numbered

_ONE_AND_MANY: dict[Level, tuple[str, str]] = {
    "material": ("material change", "material changes"),
    "review": ("change to review", "changes to review"),
    "editorial": ("editorial change", "editorial changes"),
}


def title_of(compared: Compared) -> str:
    """Name an agreement and its versions: `Delivery alliance 1.2.0 → 1.3.0`."""
    title = compared.newest.title
    if compared.base is None or compared.head is None:
        return f"{title} {compared.newest.number}"
    numbers = dict.fromkeys((compared.base.number, compared.head.number))
    return f"{title} {' → '.join(numbers)}"


def counted(levels: Counter[Level]) -> str:
    """Write `13 material changes, 4 changes to review`; `no changes` for none."""
    told = [f"{levels[each]} {_ONE_AND_MANY[each][levels[each] != 1]}" for each in LEVELS if levels[each]]
    return ", ".join(told) or "no changes"


_NONE_KNOWN = "nothing changed in what could be compared"


def changes_told(compared: Compared) -> str:
    """Write how many changes an agreement has; empty where nothing of it could be compared."""
    if compared.complete or compared.proposed:
        return counted(levels_of(compared.proposed))
    return "" if compared.state == "unread" else _NONE_KNOWN


def levels_of(proposed: Iterable[Proposed]) -> Counter[Level]:
    """Count changes by level."""
    return Counter(each.change.level for each in proposed)


def effects(compared: Compared, change: Change) -> str:
    """Say for whom a change is better and for whom worse; empty where it is neither for anybody.

    What it is for the party from whose side it is looked at comes first.
    """
    perspective = compared.gate.perspective
    told: dict[Effect, str] = {}
    words: tuple[tuple[Effect, str], ...] = (("favourable", "better"), ("adverse", "worse"))
    for effect, word in words:
        parties = [party for party, each in change.effects.items() if each == effect]
        if parties:
            parties.sort(key=lambda party: party != perspective)
            told[effect] = f"{word} for {names(compared, parties)}"
    first = compared.gate.effect(change)
    return ", ".join(sorted(told.values(), key=lambda each: each != told.get(first or "neutral")))


def names(compared: Compared, parties: Iterable[str]) -> str:
    """Return the names of parties in one list."""
    known = compared.parties
    return listed(known.get(party, party) for party in parties)


def acceptance(compared: Compared, proposed: Proposed) -> str:
    """Say who has accepted a change and who has yet to, with what `coopctl approve` calls it; empty if nobody is."""
    told = []
    if proposed.waiting_for:
        called = f"{shown(proposed.fingerprint)} " if proposed.fingerprint else ""
        told.append(f"{called}has to be accepted by {names(compared, proposed.waiting_for)}")
    if proposed.approved:
        accepted = [f"{compared.parties.get(each.party, each.party)} ({each.by})" for each in proposed.approved]
        told.append(f"accepted by {listed(accepted)}")
    return "; ".join(told)


def waiting(compared: Compared) -> Counter[str]:
    """Count how many changes wait for each party."""
    return Counter(party for each in compared.proposed for party in each.waiting_for)


def balance(compared: Compared, proposed: Sequence[Proposed]) -> list[str]:
    """Say for each party how many of the changes are better and how many worse for it."""
    told = []
    for party, name in compared.parties.items():
        found = Counter(each.change.effect_on(party) for each in proposed)
        parts = [f"{found[effect]} {word}" for effect, word in _BETTER_OR_WORSE if found[effect]]
        if parts:
            told.append(f"{' and '.join(parts)} for {name}")
    return told


_BETTER_OR_WORSE: tuple[tuple[Effect, str], ...] = (("favourable", "better"), ("adverse", "worse"))


def chosen(summary: DiffSummary) -> str:
    """Say with what was compared where nobody named it: `compared with main@3f2a1bc, where this branch left it`."""
    base = summary.base
    return f"compared with {base.label}, {base.why}" if base and base.why else ""


def footer(summary: DiffSummary) -> str:
    """Write the totals of a run: `13 material changes, 4 changes to review in 1 agreement`."""
    agreements = numbered(summary.agreements, "agreement")
    same = summary.states["same"]
    among = f"{summary.agreements - same} of {agreements}" if same else agreements
    told = f"{counted(summary.levels)} in {among if summary.changes else agreements}"
    if summary.incomplete and not summary.changes:
        told = "" if summary.states["unread"] == summary.agreements else _NONE_KNOWN
    parts = [
        told,
        f"{summary.accepted} accepted" if summary.accepted else "",
        numbered(summary.findings, "finding") if summary.findings else "",
        f"{numbered(summary.incomplete, 'agreement')} could not be compared whole" if summary.incomplete else "",
        chosen(summary),
    ]
    return " · ".join(part for part in parts if part)


def not_compared(compared: Compared) -> str:
    """Say which sections could not be compared; empty where all could."""
    if not compared.unread:
        return ""
    if ALL in compared.unread:
        return "nothing could be compared: one of the versions cannot be read"
    sections = [f"the ledger ({each})" if each == LEDGER else each for each in compared.unread]
    return f"not compared, since one of the versions cannot be read there: {', '.join(sections)}"
