"""What happened, and what is not to count."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coopctl.drafts.values import Entry
from coopctl.evaluate.periods import Days, days_of
from coopctl.findings import Location
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.model.scalars import PeriodKey
from coopctl.recording.ledger_draft import LedgerDraft
from coopctl.source import Source


@dataclass(frozen=True)
class NewEntry:
    """An event or a waiver."""

    section: Literal["events", "waivers"]
    fields: Entry
    what: str
    subject: str = ""
    period: str = ""

    def doubts(self, loaded: Loaded, agreement: Agreement, today: date) -> Iterator[str]:
        """Yield a day that lies ahead, a twin, and a waiver that does not excuse yet."""
        yield from odd_about_entry(self.section, self.fields, loaded, agreement, today)
        if self.section == "waivers":
            missing = [party for party in agreement.parties if party not in self.fields.get("approved_by", ())]
            if missing:
                have = "has" if len(missing) == 1 else "have"
                yield f"{_listed(missing)} {have} not agreed; a waiver excuses nothing until every party has"

    def put_into(self, draft: LedgerDraft, loaded: Loaded) -> str:
        """Record it."""
        path = draft.add_entry(self.section, self.fields)
        return f"recorded {self.what} in {path}"


def odd_about_entry(section: str, fields: Entry, loaded: Loaded, agreement: Agreement, today: date) -> Iterator[str]:
    """Yield a day that lies ahead, a period outside the term, and an entry that says the same already."""
    day = str(fields["date"])
    if day > today.isoformat():
        yield f"{day} lies ahead; it counts from then on only"
    _, at, period = str(fields.get("about", "")).partition("@")
    term = Days(agreement.term.start, agreement.term.end)
    if at and not days_of(PeriodKey.read(period), agreement.calendar.year_starts).overlaps(term):
        yield f"{period} lies outside the term {term.first} to {term.last}"
    meant = {name: value for name, value in fields.items() if name != "id"}
    for place, entry in _entries(section, loaded):
        if {name: value for name, value in entry.items() if name != "id"} == meant:
            yield f"{place.path}:{place.line} says exactly this already; it will be there twice"
            return


def _entries(section: str, loaded: Loaded) -> Iterator[tuple[Location, Mapping[str, object]]]:
    """Yield the entries of a section as the ledger's files have them."""
    for path, positions in loaded.files.items():
        if path != loaded.path and isinstance(positions, Source):
            for index, entry in enumerate(positions.data.get(section) or ()):
                yield positions.value_at((section, index)), entry


def _listed(names: Sequence[str]) -> str:
    """Join names as a sentence does."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
