"""What a rule is, what it looks at, and what it says."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from coopctl.evaluate.calendar import Calendar, CalendarError
from coopctl.evaluate.periods import Days
from coopctl.evaluate.verdicts import Judgement
from coopctl.findings import Edit, Kind, Severity
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import Ledger
from coopctl.places import Path, Place
from coopctl.source import Source


class UnreadError(Exception):
    """A rule asked for something that the files do not say, or say so that it cannot be read; the rule ends there."""


class _KnownCalendar(Calendar):
    """A calendar that ends a rule, and nothing else, where it cannot tell which days are business days."""

    def is_business_day(self, day: date) -> bool:
        try:
            return super().is_business_day(day)
        except CalendarError:
            raise UnreadError from None


class Remark(NamedTuple):
    """What a rule has to say about one place."""

    at: Path | Place
    """A path in the agreement, or a place in another file. What is not there stands for the nearest thing above it."""
    message: str
    """Figures and names, no judgement: `target 16 days is worse than baseline 14 days`."""
    help: str
    """What to write instead; where possible something that can be pasted."""
    related: tuple[tuple[Path | Place, str], ...] = ()
    """Other places that matter, each with a few words that are shown under it."""
    subject: str = ""
    """Dotted name of what the remark is about, where `at` is not it; it tells remarks of one rule apart."""
    words: str = ""
    """The words within the value at `at` that are meant; the whole value where there are none."""
    at_key: bool = False
    """The key is meant, not the value."""
    edits: tuple[Edit, ...] = ()
    """What mends it without changing what is meant."""


@dataclass(frozen=True, eq=False)
class Review:
    """What rules look at: an agreement, what is recorded about it, and the date."""

    agreement: Agreement
    """Asking for a section that could not be read raises `UnreadError`."""
    ledger: Ledger
    as_of: date
    source: Source
    """The agreement's text; only for rules about how something is written."""
    judged: Judgement | None
    """How everything stands at the date; None where that cannot be said."""
    unread: frozenset[str] = field(default=frozenset())
    """Sections of which something could not be read, `ledger` among them."""

    @property
    def judgement(self) -> Judgement:
        """How everything stands; raises `UnreadError` where the files could not be judged."""
        if self.judged is None:
            raise UnreadError
        return self.judged

    def whole(self, *sections: str) -> None:
        """Raise `UnreadError` where one of these sections was not read whole.

        For rules that conclude something from what is not there.
        """
        if self.unread.intersection(sections):
            raise UnreadError

    @cached_property
    def calendar(self) -> Calendar:
        """The agreement's calendar; it raises `UnreadError` where the country's holidays are not known."""
        return _KnownCalendar(self.agreement.calendar)

    @cached_property
    def term(self) -> Days:
        """First and last day of the agreement."""
        return Days(self.agreement.term.start, self.agreement.term.end)

    def in_term(self, day: date) -> bool:
        """Whether a day belongs to the term."""
        return self.term.first <= day <= self.term.last


Check = Callable[[Review], Iterable[Remark]]


class Rule(NamedTuple):
    """One thing that is looked for."""

    kind: Kind
    check: Check
    docstring: str
    fixable: bool = False
    """Whether it can be mended without changing what the agreement means."""

    def remarks(self, review: Review) -> tuple[list[Remark], bool]:
        """Return what the rule has to say, and whether it came to its end: it stops at what could not be read."""
        said: list[Remark] = []
        try:
            said.extend(self.check(review))
        except UnreadError:
            return said, False
        return said, True


def rule(code: str, severity: Severity, *, fixable: bool = False) -> Callable[[Check], Rule]:
    """Make a function a rule. Its name is that of the fault; the first sentence of its docstring says what it is."""

    def made(check: Check) -> Rule:
        docstring = check.__doc__ or ""
        meaning = " ".join(docstring.partition("\n\n")[0].split())
        return Rule(Kind(code, check.__name__.replace("_", "-"), severity, meaning), check, docstring, fixable)

    return made
