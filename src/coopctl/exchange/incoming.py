"""Rows of a table → figures that could be recorded, or why they cannot."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from coopctl.errors import CoopctlError
from coopctl.evaluate.periods import key_of
from coopctl.exchange.mapping import Mapping as ImportMapping
from coopctl.exchange.numbers import NotANumberError, read_figure
from coopctl.exchange.periods import read_day, read_period
from coopctl.exchange.tables import EMPTY, Cell, Row, Table
from coopctl.ledger.csv_ledger import COLUMNS
from coopctl.model.agreement import Agreement
from coopctl.model.names import did_you_mean
from coopctl.model.scalars import PeriodKey, PeriodKind, described, shortened

_MOST_SUGGESTED: Final = 100
"""Rows for which the nearest name is looked for; for 200,000 of them it would take minutes."""
_NUMBERS: Final = ("value", "numerator", "denominator", "weight")


class Incoming(NamedTuple):
    """A figure as a row gives it."""

    row: int
    column: str
    """The KPI's own column; empty where the row is about one KPI."""
    kpi: str
    key: PeriodKey
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    weight: Decimal | None
    recorded: date | None
    says_recorded: bool
    """Whether the table has a column for the day on which a figure became known."""
    provisional: bool
    by: str | None
    note: str | None
    remarks: tuple[str, ...]
    """What is odd about the row itself."""

    @property
    def figure(self) -> tuple[Decimal | None, ...]:
        """What is recorded, without who said it and when."""
        return self.value, self.numerator, self.denominator, self.weight


class Unusable(NamedTuple):
    """A row, or a cell of a row with several KPIs, that cannot be used."""

    row: int
    column: str
    kpi: str
    period: str
    figure: str
    """As they are written."""
    why: str


class _RefusedError(Exception):
    """Why a row is refused."""


class _Layout(NamedTuple):
    """Which column has what."""

    columns: Mapping[str, str]
    """By what they have, as the ledger calls it."""
    kpis: Mapping[str, str]
    """Ids of KPIs by their own columns; empty where a column names the KPI."""


def read_figures(
    table: Table, mapping: ImportMapping, agreement: Agreement, *, provisional: bool
) -> Iterator[Incoming | Unusable]:
    """Yield the figures of all rows, in order; raises `CoopctlError` where the columns cannot be told apart."""
    layout = _layout(table, mapping, agreement)
    reader = _RowReader(layout, mapping, agreement, provisional)
    for row in table.rows:
        yield from reader.read(row)


def _layout(table: Table, mapping: ImportMapping, agreement: Agreement) -> _Layout:
    columns = _columns(table, mapping)
    missing = [column for column in columns.values() if column not in table.header]
    if missing and table.rows:
        raise CoopctlError(
            f"{table.path}: no column is called {missing[0]!r}; {did_you_mean(missing[0], _named(table))}"
        )
    if "kpi" in columns:
        if "value" not in columns and not {"numerator", "denominator"} <= set(columns):
            raise CoopctlError(
                f"{table.path}: no column has the figures; name it in a mapping file (--mapping) under columns: value"
            )
        return _Layout(columns, {})
    others = [name for name in _named(table) if name not in columns.values() and name not in mapping.ignore]
    kpis = {name: mapping.kpis.get(name, name) for name in others}
    for name, kpi in kpis.items():
        if kpi not in agreement.kpis:
            raise CoopctlError(
                f"{table.path}: the column {name!r} is no KPI ({did_you_mean(name, agreement.kpis)}); "
                "name it in a mapping file (--mapping) under `kpis` or `ignore`, or the column of the KPIs under "
                "columns: kpi"
            )
    doubled = [name for name, kpi in kpis.items() if list(kpis.values()).count(kpi) > 1]
    if doubled:
        raise CoopctlError(f"{table.path}: {' and '.join(doubled[:2])} both are {kpis[doubled[0]]}; ignore one of them")
    if not kpis and table.rows:
        raise CoopctlError(f"{table.path}: no column has figures; name the columns in a mapping file")
    return _Layout(columns, kpis)


def _named(table: Table) -> list[str]:
    return [name for name in table.header if name]


def _columns(table: Table, mapping: ImportMapping) -> dict[str, str]:
    if mapping.columns is not None:
        return {name: column for name, column in mapping.columns.model_dump().items() if column is not None}
    own = {name: name for name in COLUMNS if name in table.header}
    if "period" not in own and table.rows:
        raise CoopctlError(
            f"{table.path}: no column is called 'period'; say in a mapping file (--mapping) what the columns are called"
        )
    unknown = [name for name in _named(table) if name not in own and name not in mapping.ignore]
    if "kpi" in own and unknown:
        raise CoopctlError(
            f"{table.path}: no column is called {unknown[0]!r} in the ledger; {did_you_mean(unknown[0], COLUMNS)} "
            "Say in a mapping file which columns are to be read"
        )
    return own if "kpi" in own else {name: column for name, column in own.items() if name not in _NUMBERS}


class _RowReader:
    """Reads rows under one header."""

    def __init__(self, layout: _Layout, mapping: ImportMapping, agreement: Agreement, provisional: bool) -> None:
        self._layout, self._mapping, self._agreement = layout, mapping, agreement
        self._provisional = provisional
        self._unknown = 0

    def read(self, row: Row) -> Iterator[Incoming | Unusable]:
        """Yield the figure of a row, or of each KPI that has one in it."""
        if row.fault:
            yield Unusable(row.number, "", "", "", "", row.fault)
        elif not self._layout.kpis:
            yield self._one(row, "", self._cell(row, "kpi").text, {each: self._cell(row, each) for each in _NUMBERS})
        else:
            for column, kpi in self._layout.kpis.items():
                cell = row.cells.get(column, EMPTY)
                if cell.text:
                    yield self._one(row, column, kpi, {"value": cell})

    def _cell(self, row: Row, name: str) -> Cell:
        return row.cells.get(self._layout.columns.get(name, ""), EMPTY)

    def _one(self, row: Row, column: str, kpi: str, figures: Mapping[str, Cell]) -> Incoming | Unusable:
        problems: list[str] = []

        def attempt(read: Any, *given: Any) -> Any:
            try:
                return read(*given)
            except _RefusedError as error:
                problems.append(str(error))
                return None

        kpi_id = attempt(self._kpi, self._cell(row, "kpi") if not column else Cell(kpi))
        key = attempt(self._period, self._cell(row, "period"), kpi_id)
        numbers = {name: attempt(self._number, name, cell, kpi_id) for name, cell in figures.items()}
        recorded = attempt(self._recorded, self._cell(row, "recorded"))
        provisional = attempt(self._is_provisional, self._cell(row, "status"))
        by, note = (attempt(self._text, name, self._cell(row, name)) for name in ("by", "note"))
        if not problems:
            problems += _left_out(numbers)
        if problems:
            shown = "/".join(cell.text for cell in figures.values() if cell.text and cell.kind != "fault")
            period = self._cell(row, "period")
            return Unusable(
                row.number, column, kpi, "" if period.kind == "fault" else period.text, shown, "; ".join(problems)
            )
        return Incoming(
            row.number, column, kpi_id, key, numbers["value"], numbers.get("numerator"), numbers.get("denominator"),
            numbers.get("weight"), recorded, "recorded" in self._layout.columns, provisional, by, note,
            row.remarks,
        )  # fmt: skip

    def _kpi(self, cell: Cell) -> str:
        _refuse_fault(cell)
        kpi = self._mapping.kpis.get(cell.text, cell.text)
        if not kpi:
            raise _RefusedError("no KPI")
        if kpi not in self._agreement.kpis:
            self._unknown += 1
            nearest = f"; {did_you_mean(kpi, self._agreement.kpis)}" if self._unknown <= _MOST_SUGGESTED else ""
            raise _RefusedError(f"no KPI is called {shortened(kpi)!r}{nearest}")
        return kpi

    def _period(self, cell: Cell, kpi: str | None) -> PeriodKey:
        _refuse_fault(cell)
        if not cell.text:
            raise _RefusedError("no period")
        frequency = self._agreement.kpis[kpi].frequency if kpi is not None else PeriodKind.DAY
        if cell.kind == "month":
            return PeriodKey.read(cell.text[:7])
        if cell.kind == "day":
            found: tuple[PeriodKey, bool] | str = _day(cell), True
        else:
            found = read_period(cell.text, self._mapping.periods)
        if isinstance(found, str):
            raise _RefusedError(found)
        key, is_doubtful = found
        if not is_doubtful or frequency is PeriodKind.DAY or self._mapping.days_stand_for == "day":
            return key
        if self._mapping.days_stand_for == "period":
            return key_of(date.fromordinal(key.number), frequency, self._agreement.calendar.year_starts)
        raise _RefusedError(
            f"{key} is a day, and {kpi} is judged {frequency}; say in a mapping file (--mapping) what a date means: "
            "days_stand_for: period (or day)"
        )

    def _number(self, name: str, cell: Cell, kpi: str | None) -> Decimal | None:
        _refuse_fault(cell)
        if not cell.text:
            return None
        in_percent = name == "value" and kpi is not None and self._agreement.kpis[kpi].unit == "%"
        try:
            number = read_figure(cell, self._mapping, percent=in_percent or kpi is None)
        except NotANumberError as error:
            raise _RefusedError(str(error) if name == "value" else f"{name}: {error}") from None
        if name in ("denominator", "weight") and number <= 0:
            raise _RefusedError(f"{name}: expected more than 0, found {cell.text}")
        return number

    def _recorded(self, cell: Cell) -> date | None:
        _refuse_fault(cell)
        if not cell.text:
            return None
        found = _day(cell) if cell.kind in ("day", "month") else read_day(cell.text, self._mapping.dates)
        if isinstance(found, str):
            raise _RefusedError(f"recorded: {found}")
        return date.fromordinal(found.number)

    def _is_provisional(self, cell: Cell) -> bool:
        _refuse_fault(cell)
        status = self._mapping.statuses.get(cell.text, cell.text)
        if status not in ("", "provisional", "final"):
            raise _RefusedError(f"expected provisional or final, found {described(status)}")
        return status == "provisional" if status else self._provisional

    def _text(self, name: str, cell: Cell) -> str | None:
        if cell.kind == "fault":
            raise _RefusedError(f"{name}: {cell.text}")
        return cell.text or None


def _refuse_fault(cell: Cell) -> None:
    if cell.kind == "fault":
        raise _RefusedError(cell.text)


def _day(cell: Cell) -> PeriodKey:
    found = read_day(cell.text, ())
    if isinstance(found, str):
        raise _RefusedError(found)
    return found


def _left_out(numbers: Mapping[str, Decimal | None]) -> Sequence[str]:
    numerator, denominator = numbers.get("numerator"), numbers.get("denominator")
    if numbers["value"] is None and numerator is None and denominator is None:
        return ["no figure"]
    if (numerator is None) != (denominator is None) or (numbers["value"] is None) == (numerator is None):
        return ["expected a value, or a numerator and a denominator"]
    return []
