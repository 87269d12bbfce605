"""What came of comparing two versions of agreements: changes, who has accepted them, and what would have been."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Final, Literal, NamedTuple

from coopctl.changes.change import LEVELS, Change, Direction, Effect, Level
from coopctl.changes.naming import short_names
from coopctl.changes.replay import Replay
from coopctl.errors import ExitCode
from coopctl.findings import Finding, Location
from coopctl.fingerprints import fingerprints
from coopctl.ledger.entries import Positions
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.places import Path, Place

FailOn = Literal["material", "review", "editorial", "none"]


def _as_it_is(path: str) -> str:
    return path


@dataclass(frozen=True)
class Version:
    """One version of an agreement as it was read."""

    label: str
    """What people call it: `v1.1`, `work tree`."""
    loaded: Loaded
    readable: Agreement | None
    """What of it can be compared; sections that could not be read are as in the other version. None for nothing."""
    revision: str = ""
    """The git revision it was taken from; empty for files as they lie there."""
    file_of: Callable[[str], str] = _as_it_is
    """Tells the name in the repository of a file that was read."""

    @property
    def agreement(self) -> Agreement:
        """What of it can be compared, where that is anything."""
        assert self.readable is not None, "nothing is asked of a version that could not be read"
        return self.readable

    @property
    def path(self) -> str:
        """The agreement's file, as it is shown."""
        return self.shown(self.loaded.path)

    @property
    def id(self) -> str | None:
        """The agreement's id, if that could be read."""
        return self.loaded.agreement_id

    @property
    def title(self) -> str:
        """The agreement's title; its file's name where that could not be read."""
        return self.readable.title if self.readable else self.path

    @property
    def number(self) -> str:
        """The version that the agreement gives itself; empty where that could not be read."""
        return self.readable.version if self.readable else ""

    def shown(self, path: str) -> str:
        """Return the name under which a file is shown: `v1.1:deals/agreement.yaml`."""
        return f"{self.revision}:{self.file_of(path)}" if self.revision else self.file_of(path)

    def place(self, path: Path) -> Location:
        """Return where the agreement says something, as it is shown."""
        return self.renamed(self.loaded.clause(path))

    def stated(self, path: Path) -> Location | None:
        """Return where the agreement says something; None where it says nothing of that section."""
        return self.place(path) if not path or self.loaded.source.has(path[:1]) else None

    def place_of(self, place: Place) -> Location:
        """Return where something stands in one of the files, as it is shown."""
        return self.renamed(self.loaded.locate(place))

    def renamed(self, location: Location) -> Location:
        """Return a place under the name that its file is shown under."""
        return location._replace(path=self.shown(location.path))

    def in_repository(self, location: Location) -> Location:
        """Return a place as programs find it in the work tree: without the revision."""
        return location._replace(path=location.path.removeprefix(f"{self.revision}:")) if self.revision else location

    @property
    def files(self) -> Mapping[str, Positions]:
        """All files that were read, by the name they are shown under."""
        return {self.shown(path): each for path, each in self.loaded.files.items()}

    def findings(self) -> tuple[Finding, ...]:
        """Return what is wrong with its files, with places as they are shown."""
        return tuple(map(self._shown_finding, self.loaded.findings))

    def _shown_finding(self, finding: Finding) -> Finding:
        related = tuple(each._replace(location=self.renamed(each.location)) for each in finding.related)
        return replace(finding, location=self.renamed(finding.location), related=related, edits=())


class Approval(NamedTuple):
    """One party's word that it accepts a change."""

    party: str
    by: str
    date: date | None


@dataclass(frozen=True)
class Proposed:
    """One change, in words, and who accepts it."""

    change: Change
    sentence: str
    required: tuple[str, ...] = ()
    """Parties that have to accept it; empty where nobody was asked for."""
    approved: tuple[Approval, ...] = ()
    fingerprint: str = ""

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """Parties that have yet to accept it."""
        accepted = {each.party for each in self.approved}
        return tuple(party for party in self.required if party not in accepted)

    @property
    def is_accepted(self) -> bool:
        """Whether everybody who has to has accepted it."""
        return bool(self.required) and not self.waiting_for


_WORSE_FIRST: Final[Mapping[Effect, int]] = {"adverse": 0, "neutral": 1, "favourable": 2}

State = Literal["changed", "same", "new", "gone", "unread"]


@dataclass(frozen=True)
class Gate:
    """What makes a run fail, and from whose side changes are looked at."""

    fail_on: FailOn = "material"
    perspective: str | None = None
    """Id of a party."""

    def counts(self, proposed: Proposed) -> bool:
        """Whether a change is at or above what the run fails on, and not everybody has accepted it."""
        if self.fail_on == "none" or proposed.is_accepted:
            return False
        return LEVELS.index(proposed.change.level) <= LEVELS.index(self.fail_on)

    def ordered(self, proposed: Iterable[Proposed]) -> tuple[Proposed, ...]:
        """Return changes with the weightiest first; within a level, what is worse for the party that looks."""

        def rank(each: Proposed) -> tuple[int, int]:
            effect = self.effect(each.change)
            return LEVELS.index(each.change.level), _WORSE_FIRST[effect] if effect else 0

        return tuple(sorted(proposed, key=rank))

    def effect(self, change: Change) -> Effect | None:
        """Return what a change is for the party that looks; None where none does."""
        return change.effect_on(self.perspective) if self.perspective else None


@dataclass(frozen=True)
class Compared:
    """One agreement in two versions."""

    base: Version | None
    """None: the agreement is new."""
    head: Version | None
    """None: the agreement is gone."""
    as_of: date
    """The day that it was compared on."""
    gate: Gate
    proposed: tuple[Proposed, ...] = ()
    """Changes in the order in which they are shown."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with the files, and with how the change is recorded; places as they are shown."""
    unread: tuple[str, ...] = ()
    """Sections that could not be read in one of the versions, and so were not compared."""
    replay: Replay | None = None
    """The facts recorded beside the newer version, under both versions' terms."""
    replay_of_records: Replay | None = None
    """The newer version's terms over the facts as they stood before some were rewritten, and as they stand now."""
    complete: bool = True
    """Whether everything that was asked for could be compared and judged."""

    @property
    def newest(self) -> Version:
        """The newer version, or the older one of an agreement that is gone."""
        version = self.head or self.base
        assert version is not None, "an agreement has at least one version"
        return version

    @cached_property
    def parties(self) -> dict[str, str]:
        """Names of the parties of both versions by id."""
        return short_names(each.readable for each in (self.head, self.base) if each is not None and each.readable)

    @property
    def state(self) -> State:
        """What became of the agreement."""
        if any(each is not None and each.readable is None for each in (self.base, self.head)):
            return "unread"
        if self.base is None:
            return "new"
        if self.head is None:
            return "gone"
        return "changed" if self.proposed else "same"

    @property
    def fails(self) -> bool:
        """Whether something is at or above what the run fails on."""
        wrong = self.gate.fail_on != "none" and any(each.is_error for each in self.findings)
        return wrong or any(self.gate.counts(each) for each in self.proposed)

    @cached_property
    def _of_base(self) -> frozenset[Finding]:
        return frozenset(self.base.findings() if self.base else ())

    def _version_of(self, finding: Finding) -> Version:
        return self.base if self.base is not None and finding in self._of_base else self.newest

    def in_repository(self, finding: Finding) -> Finding:
        """Return a finding with its places as programs find them in the work tree: without the revision."""
        locate = self._version_of(finding).in_repository
        related = tuple(each._replace(location=locate(each.location)) for each in finding.related)
        return replace(finding, location=locate(finding.location), related=related)

    def fingerprints(self) -> list[str]:
        """Return what tells each finding from all others for as long as it lasts, whichever commits are compared."""
        return fingerprints(map(self._beside, self.findings), self.newest.id, self.newest.path.rpartition("/")[2])

    def _beside(self, finding: Finding) -> Finding:
        """Return a finding with its file as it lies beside the agreement, and the side where that is the older one."""
        version = self._version_of(finding)
        folder = version.in_repository(version.place(())).path.rpartition("/")[0]
        location = version.in_repository(finding.location)
        beside = location.path.removeprefix(f"{folder}/") if folder else location.path
        side = "" if version is self.newest else "base:"
        return replace(finding, location=location._replace(path=f"{side}{beside}"))

    def place_of(self, change: Change) -> tuple[Location | None, Location | None]:
        """Return where the older and the newer version say what changed."""
        old, new = change.base, change.head
        if change.spots is not None:
            old, new = (None if each is None else spot for each, spot in zip((old, new), change.spots, strict=True))
        if any(change.recorded):
            was, now = change.recorded
            return (
                self.base.place_of(was) if self.base and was else None,
                self.head.place_of(now) if self.head and now else None,
            )
        return (
            self.base.stated(old) if self.base and old is not None else None,
            self.head.stated(new) if self.head and new is not None else None,
        )

    def main_place(self, change: Change) -> Location:
        """Return the one place to look at: in the newer version wherever there is one."""
        old, new = self.place_of(change)
        return new or old or self.newest.place(())

    def nearest_place(self, change: Change) -> Location:
        """Return where in the newer version a change is or would be, as programs find it in the work tree."""
        place = self.place_of(change)[1]
        if place is None:
            subject = change.base if change.base is not None else ()
            place = self.newest.place(subject)
        return self.newest.in_repository(place)


class SideName(NamedTuple):
    """What one side of a run is called."""

    label: str
    """`v1.1`, `work tree`, `main@3f2a1bc`, or a path."""
    commit: str | None = None
    """None for files on disk."""
    why: str = ""
    """Why it is this commit, where nobody named it: `where this branch left it`."""


@dataclass
class DiffSummary:
    """All agreements of a run together."""

    base: SideName | None = None
    """The older side; None in the summary of one agreement."""
    head: SideName | None = None
    agreements: int = 0
    states: Counter[State] = field(default_factory=Counter)
    levels: Counter[Level] = field(default_factory=Counter)
    directions: Counter[tuple[Level, Direction]] = field(default_factory=Counter)
    accepted: int = 0
    """Changes that everybody who has to has accepted."""
    waiting: Counter[str] = field(default_factory=Counter)
    """How many changes wait for a party, by its id."""
    findings: int = 0
    incomplete: int = 0
    """Agreements of which something could not be compared."""
    failing: int = 0

    def add(self, other: "DiffSummary") -> None:
        """Count another run's agreements as well."""
        self.agreements += other.agreements
        self.states += other.states
        self.levels += other.levels
        self.directions += other.directions
        self.accepted += other.accepted
        self.waiting += other.waiting
        self.findings += other.findings
        self.incomplete += other.incomplete
        self.failing += other.failing

    @property
    def changes(self) -> int:
        """How many changes there are."""
        return self.levels.total()

    @property
    def exit_code(self) -> ExitCode:
        """2 where something could not be compared or nothing was, else 1 where something fails, else 0."""
        if self.incomplete or not self.agreements:
            return ExitCode.CANNOT_JUDGE
        return ExitCode.FOUND if self.failing else ExitCode.CLEAN


def summary_of(compared: Compared) -> DiffSummary:
    """Summarise one agreement."""
    changes = [each.change for each in compared.proposed]
    return DiffSummary(
        agreements=1,
        states=Counter([compared.state]),
        levels=Counter(each.level for each in changes),
        directions=Counter((each.level, each.direction) for each in changes),
        accepted=sum(each.is_accepted for each in compared.proposed),
        waiting=Counter(party for each in compared.proposed for party in each.waiting_for),
        findings=len(compared.findings),
        incomplete=int(not compared.complete),
        failing=int(compared.fails),
    )
