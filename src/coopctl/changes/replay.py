"""What a new version would have done: the recorded figures judged under both versions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from coopctl.changes.comparison import at
from coopctl.changes.differences import differences
from coopctl.changes.renames import Renames
from coopctl.evaluate.judgement import judge
from coopctl.evaluate.verdicts import FiredTrigger, Judgement, Score, Status, Verdict
from coopctl.ledger.consistency import Locate, inconsistencies
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import Ledger, MilestoneRecord, Observation
from coopctl.places import Path
from coopctl.source import Source


class Turn(NamedTuple):
    """One thing that the two versions judge differently."""

    subject: str
    """Dotted name in the newer version."""
    old: Verdict
    new: Verdict

    @property
    def turned(self) -> bool:
        """Whether the status itself is another one."""
        return self.old.status is not self.new.status


class Right(NamedTuple):
    """A right to end the agreement that arises under one version only, or on another day."""

    subject: str
    """Dotted name in the newer version, or in the older one for a right that is gone."""
    old: FiredTrigger | None
    new: FiredTrigger | None


class OneSided(NamedTuple):
    """Something that only one version judges, with what that version says about it."""

    subject: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """Facts judged twice: under two versions of the terms, or as they stood and as they stand."""

    as_of: date
    terms: tuple[Agreement, Agreement]
    """What the older and the newer verdicts were judged under."""
    turns: tuple[Turn, ...]
    """In the order of the newer version."""
    rights: tuple[Right, ...]
    old_only: tuple[OneSided, ...]
    new_only: tuple[OneSided, ...]
    old_score: Score
    new_score: Score
    unusable: tuple[str, ...]
    """KPIs of the newer version whose figures are of a form that the older version cannot judge."""

    @property
    def is_empty(self) -> bool:
        """Whether everything comes to the same."""
        different = self.turns or self.rights or self.old_only or self.new_only or self.unusable
        return not different and self.old_score[:2] == self.new_score[:2]


def replay(base: Agreement, head: Agreement, ledger: Ledger, as_of: date, former: Ledger | None = None) -> Replay:
    """Judge the facts recorded beside the newer version under both versions.

    What was renamed stays the same thing. What only the older version has is judged by `former`, the facts that were
    recorded beside it: a ledger cannot speak of what its agreement no longer has.
    Raises `CalendarError` where business days are needed and a country's are not known.
    """
    names = _FormerNames(base, head)
    facts = _as_former(ledger, base, names, former or Ledger())
    unusable = _unusable(base, facts)
    facts = replace(facts, figures={id_: each for id_, each in facts.figures.items() if id_ not in unusable})
    old, new = judge(base, facts, as_of), judge(head, ledger, as_of)
    before = {
        (names.newer(each.path), _period(each)): each
        for each in old.verdicts
        if not (each.kind == "kpi" and each.id in unusable)
    }
    return _differing((base, head), (old, new), before, names, unusable)


def replay_of_records(agreement: Agreement, before: Ledger, after: Ledger, as_of: date) -> Replay:
    """Judge the same terms over the facts as they stood and as they stand.

    What stood before and cannot be judged under these terms is left as it stands now.
    Raises `CalendarError` as `replay` does.
    """
    unusable = _unusable(agreement, before)
    kept = {id_: each for id_, each in after.figures.items() if id_ in unusable}
    stood = replace(before, figures={**{i: f for i, f in before.figures.items() if i not in unusable}, **kept})
    old, new = judge(agreement, stood, as_of), judge(agreement, after, as_of)
    verdicts = {(_dotted(each.path), _period(each)): each for each in old.verdicts}
    return _differing((agreement, agreement), (old, new), verdicts, _FormerNames(agreement, agreement), frozenset())


def _differing(
    terms: tuple[Agreement, Agreement],
    judgements: tuple[Judgement, Judgement],
    before: "Verdicts",
    names: "_FormerNames",
    unusable: frozenset[str],
) -> Replay:
    old, new = judgements
    after = {(_dotted(each.path), _period(each)): each for each in new.verdicts}
    return Replay(
        as_of=new.as_of,
        terms=terms,
        turns=tuple(
            Turn(key[0], before[key], verdict)
            for key, verdict in after.items()
            if key in before and _differ(before[key], verdict)
        ),
        rights=tuple(_rights(old, new, names)),
        old_only=_one_sided(before, after),
        new_only=tuple(
            each
            for each in _one_sided(after, before)
            if each.subject.partition(".")[2] not in names.newer_kpis(unusable)
        ),
        old_score=old.score,
        new_score=new.score,
        unusable=tuple(sorted(names.newer_kpis(unusable))),
    )


_SECTIONS: Final[tuple[Path, ...]] = (
    ("kpis",),
    ("plan", "milestones"),
    ("budget",),
    ("exit", "triggers"),
    ("parties",),
)


class _FormerNames:
    """What things are called in the older version."""

    def __init__(self, base: Agreement, head: Agreement) -> None:
        self._newer = Renames.newer(differences(base, head))
        self.older = self._newer.back()
        self._kept = {_dotted((*section, id_)) for section in _SECTIONS for id_ in at(head, section) or ()}

    def newer(self, path: Path) -> str:
        """Return the dotted name that the newer version has for a place of the older one."""
        return self._newer.subject(_dotted(path))

    def is_gone(self, section: str, id_: str) -> bool:
        """Whether the newer version has no such thing any more, under whatever name."""
        return self._newer.subject(f"{section}.{id_}") not in self._kept

    def newer_kpis(self, ids: frozenset[str]) -> frozenset[str]:
        """Return ids of KPIs as the newer version has them."""
        return frozenset(self.newer(("kpis", id_)).removeprefix("kpis.") for id_ in ids)


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _period(verdict: Verdict) -> str:
    return verdict.period.key if verdict.period else ""


def _differ(old: Verdict, new: Verdict) -> bool:
    """Whether two verdicts say something else; another target for a figure that is not there judges nothing."""
    if old.status is not new.status or old.excused_from is not new.excused_from:
        return True
    if all(each.actual is None and each.actual_date is None for each in (old, new)):
        return False
    return (_aims(old), old.actual, old.variance) != (_aims(new), new.actual, new.variance)


def _aims(verdict: Verdict) -> object:
    if verdict.kind == "milestone":
        return verdict.due
    return verdict.target.bounds if verdict.target else None


Verdicts = Mapping[tuple[str, str], Verdict]


def _one_sided(here: Verdicts, there: Verdicts) -> tuple[OneSided, ...]:
    found: dict[str, list[Verdict]] = {}
    for key, verdict in here.items():
        if key not in there and verdict.status is not Status.PENDING:
            found.setdefault(key[0], []).append(verdict)
    return tuple(OneSided(subject, tuple(each)) for subject, each in found.items())


def _rights(old: Judgement, new: Judgement, names: _FormerNames) -> Iterator[Right]:
    before = {names.newer(each.path): each for each in old.fired}
    after = {_dotted(each.path): each for each in new.fired}
    for subject in {**after, **before}:
        was, now = before.get(subject), after.get(subject)
        if was is None or now is None or was.arose != now.arose:
            yield Right(subject, was, now)


def _as_former(ledger: Ledger, base: Agreement, names: _FormerNames, former: Ledger) -> Ledger:
    """Return the facts by the names that the older version has; facts about what it does not have are left out."""
    milestones = base.plan.milestones if base.plan else {}
    return Ledger(
        figures=_of_subjects("kpis", ledger.figures, former.figures, base.kpis, names),
        spend=_of_subjects("budget", ledger.spend, former.spend, base.budget, names),
        milestones=_of_milestones(ledger.milestones, former.milestones, milestones, names),
        events=tuple(map(names.older.event, ledger.events)),
        actions=ledger.actions,
        waivers=tuple(map(names.older.waiver, ledger.waivers)),
    )


def _of_subjects(
    section: str,
    recorded: Mapping[str, tuple[Observation, ...]],
    former: Mapping[str, tuple[Observation, ...]],
    known: Mapping[str, object],
    names: _FormerNames,
) -> dict[str, tuple[Observation, ...]]:
    by_older = {names.older.part(section, id_): each for id_, each in recorded.items()}
    gone = {id_ for id_ in known if names.newer((section, id_)) == f"{section}.{id_}" and id_ not in by_older}
    found = {
        id_: tuple(each._replace(subject=id_) for each in facts) for id_, facts in by_older.items() if id_ in known
    }
    return {**found, **{id_: former[id_] for id_ in gone if id_ in former}}


def _of_milestones(
    recorded: Mapping[str, MilestoneRecord],
    former: Mapping[str, MilestoneRecord],
    known: Mapping[str, object],
    names: _FormerNames,
) -> dict[str, MilestoneRecord]:
    by_older = {names.older.part("plan.milestones", id_): each for id_, each in recorded.items()}
    found = {id_: each for id_, each in by_older.items() if id_ in known}
    gone = {id_: each for id_, each in former.items() if id_ in known and names.is_gone("plan.milestones", id_)}
    return {**found, **gone}


def _unusable(agreement: Agreement, ledger: Ledger) -> frozenset[str]:
    """Return the KPIs whose figures the agreement cannot judge: ratios where it wants values, years for months."""
    nowhere = Locate(defaultdict(lambda: Source("", "")))
    return frozenset(id_ for id_, figures in ledger.figures.items() if _is_unusable(agreement, id_, figures, nowhere))


def _is_unusable(agreement: Agreement, kpi_id: str, figures: Sequence[Observation], locate: Locate) -> bool:
    found = inconsistencies(agreement, Ledger(figures={kpi_id: tuple(figures)}), locate)
    return any(each.is_error for each in found)
