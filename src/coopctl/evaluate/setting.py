"""What every evaluation of one agreement at one date has in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coopctl.evaluate.calendar import Calendar
from coopctl.evaluate.periods import Days, days_of
from coopctl.evaluate.verdicts import EscalationDue
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import Ledger, WaiverRecord
from coopctl.model.scalars import PeriodKey


@dataclass(frozen=True)
class Setting:
    """An agreement, what is recorded about it, and the date of the verdicts."""

    agreement: Agreement
    ledger: Ledger
    as_of: date
    calendar: Calendar
    term: Days
    contingencies: dict[str, tuple[str, ...]]
    """What the risks plan for a fired threshold, by its dotted name."""
    waivers: dict[str, tuple[WaiverRecord, ...]]
    """Waivers in force at the date, approved by every party, by subject."""

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
            waivers=_waivers(agreement, ledger, as_of),
        )

    @property
    def year_starts(self) -> int:
        """Month in which years, halves and quarters begin."""
        return self.calendar.year_starts

    def waiver_for(self, subject: str, days: Days | None) -> WaiverRecord | None:
        """Return the waiver that covers a subject, for a KPI in a period."""
        for record in self.waivers.get(subject, ()):
            _, _, period = record.waiver.about.partition("@")
            if not period or days is None:
                return record
            if days_of(PeriodKey.read(period), self.year_starts).contains(days):
                return record
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


def _contingencies(agreement: Agreement) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for risk in agreement.risks.values():
        for trigger in risk.triggers:
            found[trigger] = found.get(trigger, ()) + risk.contingency
    return found


def _waivers(agreement: Agreement, ledger: Ledger, as_of: date) -> dict[str, tuple[WaiverRecord, ...]]:
    found: dict[str, tuple[WaiverRecord, ...]] = {}
    everyone = set(agreement.parties)
    for record in sorted(ledger.waivers, key=lambda record: (record.waiver.date, record.place)):
        if record.waiver.date <= as_of and everyone <= set(record.waiver.approved_by):
            subject = record.waiver.about.partition("@")[0]
            found[subject] = (*found.get(subject, ()), record)
    return found
