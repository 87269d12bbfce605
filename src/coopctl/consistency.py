"""Whether the clauses of an agreement can hold together, where no one clause shows it."""

from collections.abc import Iterator
from datetime import date

from coopctl import faults, limits
from coopctl.evaluate.periods import SHORTEST, Days, days_of
from coopctl.findings import Finding, Related
from coopctl.model.agreement import Agreement
from coopctl.model.governance import Failure
from coopctl.source import Source


def contradictions(agreement: Agreement, source: Source) -> Iterator[Finding]:
    """Yield clauses that leave open what holds on some day."""
    yield from _doubled_steps(agreement, source)
    yield from _unusable_phases(agreement, source)


def _doubled_steps(agreement: Agreement, source: Source) -> Iterator[Finding]:
    """Yield steps of a target that begin on the same day as another: either could be meant."""
    for kpi_id, kpi in agreement.kpis.items():
        first_steps: dict[date, str] = {}
        for key in kpi.target if isinstance(kpi.target, dict) else ():
            other = first_steps.setdefault(days_of(key, agreement.calendar.year_starts).first, key.text)
            if other != key.text:
                place = source.key_at(("kpis", kpi_id, "target", key.text))
                first = source.key_at(("kpis", kpi_id, "target", other))
                message = f"the steps {other} and {key} of {kpi_id} begin on the same day"
                related = (Related(first, "the other step"),)
                yield Finding(faults.DOUBLED_STEP, place, message, "keep one of the two", f"kpis.{kpi_id}", related)


def too_many_periods(agreement: Agreement, source: Source) -> list[Finding]:
    """Return the finding that the term has more periods than are judged, counting a KPI again for each exit trigger."""
    days = (agreement.term.end - agreement.term.start).days + 1
    triggers = (agreement.exit.triggers if agreement.exit else {}).values()
    watched = [each.when.kpi for each in triggers if isinstance(each.when, Failure) and each.when.kpi is not None]
    periods = sum(days // SHORTEST[agreement.kpis[each].frequency] for each in (*agreement.kpis, *watched))
    if periods <= limits.PERIODS:
        return []
    message = f"about {periods:,} periods to judge from {agreement.term.start} to {agreement.term.end}"
    help_text = f"{limits.PERIODS:,} are judged at most: shorten the term, or judge daily KPIs weekly"
    return [Finding(faults.TOO_MANY_PERIODS, source.value_at(("term", "end")), message, help_text, "term")]


def _unusable_phases(agreement: Agreement, source: Source) -> Iterator[Finding]:
    """Yield phases of a budget that lie outside the term, or share days with another."""
    term = Days(agreement.term.start, agreement.term.end)
    for line_id, line in agreement.budget.items():
        keys = line.phasing if isinstance(line.phasing, dict) else ()
        phases = sorted((days_of(key, agreement.calendar.year_starts), key.text) for key in keys)
        last = None
        for days, text in phases:
            place = source.key_at(("budget", line_id, "phasing", text))
            if not days.overlaps(term):
                message = f"the phase {text} of {line_id} lies outside the term {term.first} to {term.last}"
                yield Finding(faults.CONTRADICTION, place, message, "correct the period", f"budget.{line_id}")
            if last is not None and days.first <= last[0].last:
                message = f"the phases {last[1]} and {text} of {line_id} share days"
                yield Finding(
                    faults.CONTRADICTION, place, message, "let each day lie in one phase", f"budget.{line_id}"
                )
            if last is None or days.last > last[0].last:
                last = (days, text)
