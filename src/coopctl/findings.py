"""What coopctl says about a place in a user's file."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs; an error in a file means that coopctl cannot judge it."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


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

    @property
    def is_error(self) -> bool:
        """Whether the finding keeps coopctl from judging the file."""
        return self.kind.severity is Severity.ERROR
