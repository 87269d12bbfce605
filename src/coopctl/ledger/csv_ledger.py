"""Reads CSV ledgers: a header row, then one figure a row."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from coopctl import faults, limits
from coopctl.findings import Finding, Kind, Location
from coopctl.ledger.entries import LedgerEntries
from coopctl.model.ledger import Observation
from coopctl.model.names import Names, did_you_mean, unknown_reference
from coopctl.model.scalars import PeriodKey, positive, read_date, read_number, wrong
from coopctl.places import Path, Place
from coopctl.validation import more, remedy_for

COLUMNS = (
    "kpi",
    "period",
    "value",
    "numerator",
    "denominator",
    "weight",
    "recorded",
    "status",
    "by",
    "note",
)
_LINE_BREAK = re.compile("\r\n|\r|\n")


class CsvPositions:
    """Where the cells of a CSV file stand. A path is the index of a record, then the name of a column."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.header: list[str] = []
        self.record_lines: list[int] = []
        """First line, from 1, of each record after the header."""
        self._lines: list[str] | None = None

    @property
    def lines(self) -> list[str]:
        """The file's lines."""
        if self._lines is None:
            self._lines = _LINE_BREAK.split(self.text)
        return self._lines

    def value_at(self, path: Path) -> Location:
        """Place of a cell, or of its record's first line where the cell is not there."""
        line = self.record_lines[path[0]] if path and isinstance(path[0], int) else 1
        column = self.header.index(str(path[1])) if len(path) > 1 and path[1] in self.header else None
        return self.cell(line, column)

    def cell(self, line: int, column: int | None) -> Location:
        """Place of the cell with an index in the record that begins on a line; of the line for None."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        start, end = 0, len(text)
        if column is not None:
            bounds = list(_cell_bounds(text))
            if column < len(bounds):
                start, end = bounds[column]
        return Location(self.path, line, start + 1, line, max(end, start + 1) + 1 if end == start else end + 1)


def _cell_bounds(line: str) -> Iterator[tuple[int, int]]:
    start, quoted = 0, False
    for index, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            yield start, index
            start = index + 1
    yield start, len(line)


class _CellError(Exception):
    def __init__(self, column: str, error: PydanticCustomError) -> None:
        self.column = column
        self.error = error


def read_csv_ledger(path: str, text: str, names: Names) -> LedgerEntries:
    """Read one file strictly: every row that cannot be used is a finding with its line."""
    positions = CsvPositions(path, text.removeprefix("\ufeff"))
    entries = LedgerEntries(positions)
    rows = csv.reader(io.StringIO(positions.text, newline=""), strict=True)
    try:
        header = next(rows, None)
        if not header:
            entries.findings.append(
                _fault(
                    positions,
                    faults.EMPTY,
                    1,
                    None,
                    "the file is empty",
                    f"begin with {','.join(COLUMNS[:3])}",
                )
            )
            return entries
        positions.header = [name.strip() for name in header]
        faulty = list(_header_faults(positions))
        entries.findings += faulty
        if not faulty:
            _read_rows(rows, positions, names, entries)
    except csv.Error as error:
        entries.findings.append(
            _fault(
                positions,
                faults.BROKEN_CSV,
                max(1, rows.line_num),
                None,
                f"not readable as CSV: {error}",
                'close every quote, and double a quote inside quoted text ("")',
            )
        )
    return entries


def _header_faults(positions: CsvPositions) -> Iterator[Finding]:
    header = positions.header
    for index, name in enumerate(header):
        if name not in COLUMNS:
            remedy = did_you_mean(name, COLUMNS)
            if ";" in name or "\t" in name:
                remedy = "separate the columns with commas"
            yield _fault(positions, faults.BROKEN_CSV, 1, index, f"no column is called `{name}`", remedy)
        elif header.index(name) < index:
            yield _fault(
                positions,
                faults.BROKEN_CSV,
                1,
                index,
                f"the column `{name}` is here twice",
                "delete one of the two",
            )
    for name in ("kpi", "period"):
        if name not in header:
            yield _fault(
                positions,
                faults.BROKEN_CSV,
                1,
                None,
                f"there is no column `{name}`",
                f"add the column {name}",
            )
    if "value" not in header and not {"numerator", "denominator"} <= set(header):
        yield _fault(
            positions,
            faults.BROKEN_CSV,
            1,
            None,
            "there is no column for the figures",
            "add the column value, or numerator and denominator",
        )


def _read_rows(rows: Any, positions: CsvPositions, names: Names, entries: LedgerEntries) -> None:
    line = rows.line_num + 1
    faulty = 0
    for row in rows:
        first_line, line = line, rows.line_num + 1
        if not any(cell.strip() for cell in row):
            continue
        if len(positions.record_lines) >= limits.CSV_ROWS:
            message = f"more than {limits.CSV_ROWS:,} rows"
            entries.findings.append(_fault(positions, faults.BROKEN_CSV, first_line, None, message, "split the file"))
            break
        positions.record_lines.append(first_line)
        read = _read_row(row, first_line, positions, names)
        if isinstance(read, Observation):
            entries.figures.append(read)
            continue
        faulty += 1
        if faulty <= limits.FINDINGS:
            entries.findings.append(read)
    if faulty > limits.FINDINGS:
        entries.findings.append(more(entries.findings[-1].location, faulty - limits.FINDINGS))


def _read_row(row: list[str], line: int, positions: CsvPositions, names: Names) -> Observation | Finding:
    if len(row) != len(positions.header):
        return _fault(
            positions,
            faults.BROKEN_CSV,
            line,
            None,
            f"{len(row)} cells under {len(positions.header)} columns",
            "give every row as many cells as the header; quote text that has a comma",
        )
    cells = {name: cell.strip() for name, cell in zip(positions.header, row, strict=True)}
    try:
        return _observation(Place(positions.path, (len(positions.record_lines) - 1,)), cells, names)
    except _CellError as failed:
        return _cell_finding(positions, line, failed)


def _observation(place: Place, cells: dict[str, str], names: Names) -> Observation:
    def cell(column: str, read: Callable[[str], Any]) -> Any:
        text = cells.get(column, "")
        if not text:
            return None
        try:
            if len(text.encode()) > limits.SCALAR_BYTES:
                raise wrong("a cell of more than 65,536 bytes", "shorten it")
            return read(text)
        except PydanticCustomError as error:
            raise _CellError(column, error) from None

    kpi = cell("kpi", lambda text: _known_kpi(text, names))
    period = cell("period", PeriodKey.read)
    for column, given in (("kpi", kpi), ("period", period)):
        if given is None:
            raise _CellError(column, wrong("the cell is empty", f"write the {column}"))
    value = cell("value", read_number)
    numerator = cell("numerator", read_number)
    denominator = cell("denominator", _read_positive)
    if (numerator is None) != (denominator is None) or (value is None) == (numerator is None):
        raise _CellError(
            "value" if "value" in cells else "numerator",
            wrong("expected a value, or a numerator and a denominator", "fill in one or the other"),
        )
    return Observation(
        kpi,
        period,
        Place(place.file, (*place.path, "value" if value is not None else "numerator")),
        value,
        numerator,
        denominator,
        cell("weight", _read_positive),
        cell("recorded", read_date),
        cell("status", _is_provisional) or False,
        cells.get("by") or None,
        cells.get("note") or None,
    )


def _read_positive(text: str) -> Decimal:
    return positive(read_number(text))


def _known_kpi(text: str, names: Names) -> str:
    name = unicodedata.normalize("NFC", text)
    if name not in names.kpis:
        raise unknown_reference("KPI", name, names.kpis)
    return name


def _is_provisional(text: str) -> bool:
    if text not in ("provisional", "final"):
        raise wrong("expected provisional or final, found {found}", "write one of the two", found=repr(text))
    return text == "provisional"


def _cell_finding(positions: CsvPositions, line: int, failed: _CellError) -> Finding:
    column = positions.header.index(failed.column) if failed.column in positions.header else None
    context = failed.error.context or {}
    kind = faults.BY_NAME[failed.error.type]
    return _fault(positions, kind, line, column, failed.error.message(), remedy_for(context))


def _fault(positions: CsvPositions, kind: Kind, line: int, column: int | None, message: str, help_text: str) -> Finding:
    return Finding(kind, positions.cell(line, column), message, help_text)
