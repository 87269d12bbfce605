"""What coopctl says about a place in a user's file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs. An error found while a file is read means that nothing can be judged."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def weight(self) -> int:
        """The larger, the worse."""
        return _WEIGHTS[self]


_WEIGHTS = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class Location(NamedTuple):
    """A stretch of a file. Lines and columns count from 1 in code points; the end column is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class Kind(NamedTuple):
    """What sort of fault a finding is: a code that is never reused, a name that says the fault, its weight."""

    code: str
    name: str
    severity: Severity
    meaning: str


class Edit(NamedTuple):
    """Characters of a file that are exchanged for others, by their offsets in its text."""

    start: int
    end: int
    text: str


class Related(NamedTuple):
    """A second place that matters to a finding, and why."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: what is wrong with which figures or names, where, and what to do about it."""

    kind: Kind
    location: Location
    message: str
    help: str
    subject: str = ""
    """Dotted path of what the finding is about, stable when lines move."""
    related: tuple[Related, ...] = field(default=())
    edits: tuple[Edit, ...] = field(default=())
    """What mends it without changing what the file means."""

    @property
    def is_fixable(self) -> bool:
        """Whether it can be mended without changing what the file means."""
        return bool(self.edits)

    @property
    def is_error(self) -> bool:
        """Whether it is an error; one that was found while the file was read keeps it from being judged."""
        return self.kind.severity is Severity.ERROR


class Collected:
    """Findings of several files in order, no more of each file than people can use; the rest are counted."""

    def __init__(self, most: int, rest: Kind) -> None:
        self._most = most
        self._rest = rest
        self._by_file: dict[str, list[Finding]] = {}
        self._unshown: Counter[str] = Counter()

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings, of whichever files."""
        for finding in findings:
            of_file = self._by_file.setdefault(finding.location.path, [])
            if len(of_file) < self._most:
                of_file.append(finding)
            else:
                self._unshown[finding.location.path] += 1

    def add_unshown(self, path: str, number: int) -> None:
        """Count findings of a file that were not even made."""
        self._unshown[path] += number

    def in_order(self, first: str) -> tuple[Finding, ...]:
        """Return them in the order of the files, one file before all others."""
        ordered: list[Finding] = []
        for path in sorted(self._by_file, key=lambda path: (path != first, path)):
            ordered += sorted(self._by_file[path], key=lambda finding: finding.location)
            if self._unshown[path] > 0:
                message = f"{self._unshown[path]:,} more problems like these in the file"
                ordered.append(Finding(self._rest, ordered[-1].location, message, "mend these first, and run it again"))
        return tuple(ordered)
