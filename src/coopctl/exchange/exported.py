"""A ledger as tables: one for each of its sections, every fact with all that is recorded about it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from coopctl.evaluate.periods import days_of
from coopctl.ledger.csv_ledger import COLUMNS
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import Ledger, Observation
from coopctl.model.scalars import Percent

Value = str | Decimal | date | None
"""What stands in a cell; None for nothing."""


class ExportedTable(NamedTuple):
    """One table to be written."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def ledger_tables(agreement: Agreement, ledger: Ledger) -> list[ExportedTable]:
    """Return the tables of a ledger: figures, spend, milestones, events, actions, waivers."""
    starts = agreement.calendar.year_starts
    milestones = ((name, ledger.milestones[name].facts) for name in sorted(ledger.milestones))
    return [
        ExportedTable("figures", COLUMNS, tuple(_figures(agreement.kpis, ledger.figures, starts))),
        ExportedTable("spend", _SPEND, tuple(_spend(agreement.budget, ledger.spend, starts))),
        _table(
            "milestones", ("milestone", *_MILESTONE), ((name, *_facts(facts, _MILESTONE)) for name, facts in milestones)
        ),
        _table("events", _EVENT, (_facts(each.event, _EVENT) for each in _dated(ledger.events, "event"))),
        _table("actions", _ACTION, (_facts(each.action, _ACTION) for each in _dated(ledger.actions, "action"))),
        _table("waivers", _WAIVER, (_facts(each.waiver, _WAIVER) for each in _dated(ledger.waivers, "waiver"))),
    ]


_SPEND: Final = ("line", "period", "value", "recorded", "status", "by", "note")
_MILESTONE: Final = ("started", "done", "progress", "forecast", "by", "note")
_EVENT: Final = ("date", "kind", "about", "by", "note")
_ACTION: Final = ("id", "date", "about", "cause", "do", "owner", "due", "done", "note")
_WAIVER: Final = ("about", "reason", "date", "approved_by", "note")


def _table(name: str, columns: tuple[str, ...], rows: Iterable[tuple[Value, ...]]) -> ExportedTable:
    return ExportedTable(name, columns, tuple(rows))


def _ordered(ids: Iterable[str], recorded: Any, starts: int) -> Iterator[Observation]:
    """Yield figures in the agreement's order, by period, each before those that replace it."""
    for name in ids:
        yield from sorted(
            recorded.get(name, ()),
            key=lambda each: (days_of(each.key, starts), each.key.text, each.recorded or date.min),
        )


def _figures(ids: Iterable[str], recorded: Any, starts: int) -> Iterator[tuple[Value, ...]]:
    for each in _ordered(ids, recorded, starts):
        numbers = (each.value, each.numerator, each.denominator, each.weight)
        yield (each.subject, each.key.text, *numbers, each.recorded, _status(each), each.by, each.note)


def _spend(ids: Iterable[str], recorded: Any, starts: int) -> Iterator[tuple[Value, ...]]:
    for each in _ordered(ids, recorded, starts):
        yield each.subject, each.key.text, each.value, each.recorded, _status(each), each.by, each.note


def _status(figure: Observation) -> str:
    return "provisional" if figure.provisional else "final"


def _dated(records: Sequence[Any], name: str) -> list[Any]:
    return sorted(records, key=lambda record: (getattr(record, name).date, record.place.file, str(record.place.path)))


def _facts(facts: Any, names: Sequence[str]) -> tuple[Value, ...]:
    return tuple(_value(getattr(facts, name)) for name in names)


def _value(value: Any) -> Value:
    if isinstance(value, tuple):
        return ", ".join(value) or None
    return str(value) if isinstance(value, Percent) else value
