"""Two ledgers → what was recorded and is no longer so: whoever rewrites a fact rewrites history."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from coopctl.changes.change import Change, Kind
from coopctl.changes.comparison import Comparison, at
from coopctl.changes.kinds import KINDS
from coopctl.changes.naming import listed
from coopctl.changes.renames import Renames
from coopctl.evaluate.canonical import Canonical, canonical
from coopctl.model.ledger import Ledger, MilestoneRecord, Observation
from coopctl.places import Place


class Fact(NamedTuple):
    """One recorded fact: the place in the ledger that it fills, and what it says."""

    subject: str
    """Dotted name: `kpis.csat@2026-05`, `events@2026-03-02`."""
    said: Canonical
    place: Place


def rewritten(comparison: Comparison, base: Ledger, head: Ledger, names: Renames) -> Iterator[Change]:
    """Yield what became of the facts that the older ledger has; new ones are no change.

    `names` lead from those of the older version to the newer ones.
    """
    before, after = _by_subject(_facts(base, names)), _by_subject(_facts(head, Renames({})))
    for subject, old in before.items():
        if _goes_with_its_clause(comparison, subject):
            continue
        new = after.get(subject, [])
        kept = [fact.said for fact in new]
        lost = [fact for fact in old if fact.said not in kept]
        if lost:
            kind = KINDS["figure-rewritten" if new else "record-removed"]
            yield _change(comparison, kind, subject, lost, [fact for fact in new if fact.said not in _said(old)])
        elif subject.partition(".")[0] in ("kpis", "budget") and len(new) > len(old):
            fresh = [fact for fact in new if fact.said not in _said(old)]
            yield _change(comparison, KINDS["figure-restated"], subject, old, fresh)


def waived(comparison: Comparison, base: Ledger, head: Ledger, names: Renames) -> Iterator[Change]:
    """Yield the waivers that only the newer ledger has: what is excused is judged no more, and ends no agreement."""
    before, after = _by_subject(_facts(base, names)), _by_subject(_facts(head, Renames({})))
    for subject, new in after.items():
        fresh = [fact for fact in new if fact.said not in _said(before.get(subject, ()))]
        if subject.startswith("waivers.") and fresh and len(new) > len(before.get(subject, ())):
            yield _change(comparison, KINDS["waiver-added"], subject, [], fresh)


def _goes_with_its_clause(comparison: Comparison, subject: str) -> bool:
    """Whether a fact is about something that the newer version has no more: that is a change of its own already."""
    path = tuple(subject.partition("@")[0].split("."))
    is_clause = path[0] in ("kpis", "budget", "plan")
    return is_clause and at(comparison.head, path) is None


def _facts(ledger: Ledger, names: Renames) -> Iterator[Fact]:
    for section, figures in (("kpis", ledger.figures), ("budget", ledger.spend)):
        for own_id, observations in figures.items():
            name = names.subject(f"{section}.{own_id}")
            yield from (Fact(f"{name}@{each.key.text}", _figure(each), each.place) for each in observations)
    for milestone_id, record in ledger.milestones.items():
        yield from _milestone(names.subject(f"plan.milestones.{milestone_id}"), record)
    for event in ledger.events:
        yield Fact(f"events@{event.event.date}", canonical(names.event(event).event), event.place)
    for action in ledger.actions:
        known = action.action
        # what is done about it, by whom and by when may be brought up to date
        said = canonical((known.about and names.subject(known.about), known.do))
        yield Fact(f"actions.{known.id}" if known.id else f"actions@{known.date}", said, action.place)
    for waiver in ledger.waivers:
        now = names.waiver(waiver)
        yield Fact(f"waivers.{now.waiver.about}", canonical(now.waiver), now.place)


def _figure(figure: Observation) -> Canonical:
    said = {
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "weight": figure.weight,
        "recorded": figure.recorded,
        "provisional": figure.provisional,
    }
    return canonical({key: each for key, each in said.items() if each is not None})


def _milestone(name: str, record: MilestoneRecord) -> Iterator[Fact]:
    """What is expected of a milestone, and how far it is, may change every week; when it began and was done may not."""
    if record.facts.done is not None:
        yield Fact(name, canonical({"done": record.facts.done}), record.place)
    if record.facts.started is not None:
        yield Fact(f"{name}@started", canonical({"started": record.facts.started}), record.place)


def _by_subject(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.subject].append(fact)
    return dict(found)


def _said(facts: Iterable[Fact]) -> list[Canonical]:
    return [fact.said for fact in facts]


def _change(comparison: Comparison, kind: Kind, subject: str, old: list[Fact], new: list[Fact]) -> Change:
    return Change(
        kind=kind,
        subject=subject,
        name=_name(comparison, subject),
        direction="incomparable",
        effects=comparison.bearing.neutral(),
        old="; ".join(_shown(fact.said) for fact in old),
        new="; ".join(_shown(fact.said) for fact in new),
        base=None,
        head=None,
        value=(_said(old) or None, _said(new) or None),
        recorded=(old[0].place if old else None, new[0].place if new else None),
    )


def _name(comparison: Comparison, subject: str) -> str:
    dotted_name, _, period = subject.partition("@")
    path = tuple(dotted_name.split("."))
    part: Any = at(comparison.head, path) or at(comparison.base, path)
    name = getattr(part, "name", None) or path[-1]
    return f"{name}, {period}" if period else str(name)


def _fields(said: Mapping[str, Any]) -> str:
    told = {key: listed(each) if isinstance(each, list) else each for key, each in said.items()}
    return ", ".join(f"{key.replace('_', ' ')} {each}" for key, each in told.items())


def _shown(said: Canonical) -> str:
    if not isinstance(said, dict):
        return " ".join(map(str, said)) if isinstance(said, list) else said
    if "numerator" in said:
        text = f"{said['numerator']}/{said.get('denominator', '')}"
    else:
        text = str(said.get("value") or said.get("done") or said.get("started") or _fields(said))
    if "weight" in said:
        text = f"{text} weight {said['weight']}"
    recorded = f" recorded {said['recorded']}" if "recorded" in said else ""
    return f"{text}{recorded}{' provisional' if said.get('provisional') == 'true' else ''}"
