"""Which time a report is about: the one asked for, else the last that is over."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from coopctl.errors import CoopctlError
from coopctl.evaluate.periods import ONE_DAY, Days, days_of, key_of
from coopctl.model.agreement import Agreement
from coopctl.model.scalars import PeriodKey, PeriodKind

TERM: Final = "term"


@dataclass(frozen=True, slots=True)
class Reported:
    """The time that a report is about."""

    key: PeriodKey | None
    """None for the whole term."""
    whole: Days
    """All days of the period."""
    days: Days
    """Those of them in the term."""
    before: "Reported | None" = None
    """The period before, where the term has some of it."""
    year_before: "Reported | None" = None
    """The same period a year earlier, where the term has some of it."""

    def is_over(self, as_of: date) -> bool:
        """Whether its last day has passed."""
        return self.days.last < as_of


def reported(agreement: Agreement, wanted: str | None, length: PeriodKind | None, as_of: date) -> Reported:
    """Return the time a report is about; `length` is what its kind is usually about, None for the term.

    Raises `CoopctlError` for a period that cannot be read, or that lies outside the term.
    """
    term = Days(agreement.term.start, agreement.term.end)
    if wanted == TERM or (wanted is None and length is None):
        return Reported(None, term, term)
    starts = agreement.calendar.year_starts
    key = _read(wanted) if wanted is not None else _last_complete(term, length or PeriodKind.MONTH, starts, as_of)
    found = _of(key, term, starts)
    if found is None:
        raise CoopctlError(f"--period: {key} lies outside the term {term.first} to {term.last}")
    return Reported(
        key,
        found.whole,
        found.days,
        before=_of(key_of(found.whole.first - ONE_DAY, key.kind, starts), term, starts),
        year_before=_of(_a_year_earlier(key), term, starts),
    )


def _read(text: str) -> PeriodKey:
    try:
        key = PeriodKey.read(text)
    except ValueError:
        raise CoopctlError(
            f"--period: {text!r} is not a period; write 2026-06, 2026-Q2, 2026-H1, 2026 or term"
        ) from None
    if key.kind in (PeriodKind.DAY, PeriodKind.WEEK):
        raise CoopctlError(f"--period: {text} is too short for a report; write a month, quarter, half, year or term")
    return key


def _last_complete(term: Days, kind: PeriodKind, starts: int, as_of: date) -> PeriodKey:
    """Return the last period that is over, as far as the term has it; the first one where none is."""
    if as_of > term.last:
        over = key_of(term.last, kind, starts)
    else:
        running = key_of(as_of, kind, starts)
        over = key_of(days_of(running, starts).first - ONE_DAY, kind, starts)
    return over if days_of(over, starts).last >= term.first else key_of(term.first, kind, starts)


def _a_year_earlier(key: PeriodKey) -> PeriodKey:
    return PeriodKey.read(f"{key.year - 1:04}{key.text[4:]}")


def _of(key: PeriodKey, term: Days, starts: int) -> Reported | None:
    whole = days_of(key, starts)
    return Reported(key, whole, whole.within(term)) if whole.overlaps(term) else None
