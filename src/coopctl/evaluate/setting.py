"""What every evaluation of one agreement at one date has in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coopctl.evaluate.calendar import Calendar
from coopctl.evaluate.periods import Days, days_of, key_of
from coopctl.evaluate.verdicts import EscalationDue
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import EventRecord, Ledger, WaiverRecord
from coopctl.model.scalars import PeriodKind


@dataclass(frozen=True)
class Setting:
    """An agreement, what is recorded about it, and the date of the verdicts."""

    agreement: Agreement
    ledger: Ledger
    as_of: date
    calendar: Calendar
    term: Days
    contingencies: dict[str, list[str]]
    """What the risks plan for a fired threshold, by its dotted name."""
    events: dict[tuple[str, str | None], list[EventRecord]]
    """Events known at the date, in order, by kind and by what they are about; also by kind alone, under None."""
    waivers: dict[str, dict[str, WaiverRecord]]
    """Waivers in force at the date, approved by every party, by subject and period; "" where no period is named."""

    @classmethod
    def of(cls, agreement: Agreement, ledger: Ledger, as_of: date) -> "Setting":
        """Prepare what the verdicts of one agreement share."""
        return cls(
            agreement=agreement,
            ledger=ledger,
            as_of=as_of,
            calendar=Calendar(agreement.calendar),
            term=Days(agreement.term.start, agreement.term.end),
            contingencies=_contingencies(agreement),
            events=_events(ledger, as_of),
            waivers=_waivers(agreement, ledger, as_of),
        )

    @property
    def year_starts(self) -> int:
        """Month in which years, halves and quarters begin."""
        return self.calendar.year_starts

    def waiver_for(self, subject: str, days: Days | None) -> WaiverRecord | None:
        """Return the waiver that covers a subject, for a KPI in a period: its own or that of a longer one."""
        found = self.waivers.get(subject)
        if found is None:
            return None
        if days is None or "" in found:
            return found.get("")
        for kind in PeriodKind:
            key = key_of(days.first, kind, self.year_starts)
            if key.text in found and days_of(key, self.year_starts).contains(days):
                return found[key.text]
        return None

    def contingency_for(self, subject: str, levels: Iterable[str]) -> tuple[str, ...]:
        """Return what the agreement's risks plan for when these levels of a subject fire."""
        found: dict[str, None] = {}
        for level in levels:
            found |= dict.fromkeys(self.contingencies.get(f"{subject}.{level}", ()))
        return tuple(found)

    def escalation_from(self, known_on: date) -> tuple[EscalationDue, ...]:
        """Return to whom trouble that became known on a day goes, and until when; every step counts from that day."""
        governance = self.agreement.governance
        steps = governance.escalation if governance else ()
        return tuple(EscalationDue(step.to, self.calendar.after(known_on, step.within)) for step in steps)


def _contingencies(agreement: Agreement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for risk in agreement.risks.values():
        for trigger in dict.fromkeys(risk.triggers):
            found.setdefault(trigger, []).extend(risk.contingency)
    return found


def _events(ledger: Ledger, as_of: date) -> dict[tuple[str, str | None], list[EventRecord]]:
    found: dict[tuple[str, str | None], list[EventRecord]] = {}
    for record in sorted(ledger.events, key=lambda record: (record.event.date, record.place)):
        event = record.event
        if event.date <= as_of:
            for about in {None, event.about}:
                found.setdefault((event.kind, about), []).append(record)
    return found


def _waivers(agreement: Agreement, ledger: Ledger, as_of: date) -> dict[str, dict[str, WaiverRecord]]:
    found: dict[str, dict[str, WaiverRecord]] = {}
    everyone = set(agreement.parties)
    for record in sorted(ledger.waivers, key=lambda record: (record.waiver.date, record.place)):
        if record.waiver.date <= as_of and everyone <= set(record.waiver.approved_by):
            subject, _, period = record.waiver.about.partition("@")
            found.setdefault(subject, {}).setdefault(period, record)
    return found
