"""Reads CSV ledgers: a header row, then one figure a row."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from coopctl import faults, limits
from coopctl.blanks import BLANKS
from coopctl.findings import Finding, Kind, Location
from coopctl.formulas import plain_text
from coopctl.ledger.entries import LedgerEntries
from coopctl.model.ledger import Observation
from coopctl.model.names import Names, did_you_mean, unknown_reference
from coopctl.model.scalars import PeriodKey, described, positive, read_date, read_number, wrong
from coopctl.places import Path, Place
from coopctl.source import BYTE_ORDER_MARK
from coopctl.validation import remedy_for

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
        self.whole_text = text
        """The text as the file has it, with its byte order mark."""
        self.text = text.removeprefix(BYTE_ORDER_MARK)
        self.header: list[str] = []
        self.record_lines: list[int] = []
        """First line, from 1, of each record after the header."""
        self._lines: list[str] | None = None
        self._bounds: tuple[int, list[tuple[int, int]]] = (0, [])

    def _bounds_in(self, line: int, text: str) -> list[tuple[int, int]]:
        """Where each cell of a line begins and ends; findings come line by line, so the last one is kept."""
        if self._bounds[0] != line:
            self._bounds = (line, list(_cell_bounds(text)))
        return self._bounds[1]

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

    def key_at(self, path: Path) -> Location:
        """Place of the cell that says what a figure is for: the period's."""
        return self.value_at(path)

    def cell(self, line: int, column: int | None) -> Location:
        """Place of the cell with an index in the record that begins on a line; of the line for None."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        start, end = 0, len(text)
        if column is not None:
            bounds = self._bounds_in(line, text)
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


class _Fault(NamedTuple):
    """What is wrong with a cell."""

    column: str
    error: PydanticCustomError


def read_csv_ledger(path: str, text: str, names: Names) -> LedgerEntries:
    """Read one file strictly: every row that cannot be used is a finding with its line."""
    positions = CsvPositions(path, text)
    entries = LedgerEntries(positions)
    rows = csv.reader(io.StringIO(positions.text, newline=""), strict=True)
    try:
        header = next(rows, None)
        if not header:
            entries.findings.append(
                _fault(positions, faults.EMPTY, 1, None, "the file is empty", f"begin with {','.join(COLUMNS[:3])}")
            )
            return entries
        positions.header = [name.strip(BLANKS) for name in header]
        entries.findings += islice(_header_faults(positions), limits.FINDINGS)
        entries.unshown = max(0, _unusable_columns(positions.header) - limits.FINDINGS)
        if not entries.findings:
            _read_rows(rows, positions, names, entries)
    except csv.Error as error:
        entries.findings.append(_broken(positions, str(error), max(1, rows.line_num)))
    return entries


def _broken(positions: CsvPositions, problem: str, line: int) -> Finding:
    help_text = 'close every quote, and double a quote inside quoted text ("")'
    if "unexpected end" in problem:
        opened = _open_quote(positions.text)
        location = Location(positions.path, *opened, opened[0], opened[1] + 1)
        return Finding(faults.BROKEN_CSV, location, "the quote opened here is never closed", help_text)
    return _fault(positions, faults.BROKEN_CSV, line, None, f"not readable as CSV: {problem}", help_text)


def _open_quote(text: str) -> tuple[int, int]:
    """Line and column of the last quote, which is the one left open where quotes are odd in number."""
    last = text.rfind('"')
    opened, quoted = last, False
    for index, character in enumerate(text):
        if character == '"':
            quoted = not quoted
            opened = index if quoted else opened
    before = _LINE_BREAK.split(text[:opened])
    return len(before), len(before[-1]) + 1


def _header_faults(positions: CsvPositions) -> Iterator[Finding]:
    header = positions.header
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        yield _fault(
            positions,
            faults.BROKEN_CSV,
            1,
            0,
            f"no column is called `{header[0]}`",
            "separate the columns with commas",
        )
        return
    seen: set[str] = set()
    for index, name in enumerate(header):
        if not name:
            yield _fault(positions, faults.BROKEN_CSV, 1, index, "a column without a name", "name it, or delete it")
        elif name not in COLUMNS:
            message = f"no column is called `{name}`"
            yield _fault(positions, faults.BROKEN_CSV, 1, index, message, did_you_mean(name, COLUMNS))
        elif name in seen:
            message = f"the column `{name}` is here twice"
            yield _fault(positions, faults.BROKEN_CSV, 1, index, message, "delete one of the two")
        seen.add(name)
    for name in ("kpi", "period"):
        if name not in header:
            message = f"there is no column `{name}`"
            yield _fault(positions, faults.BROKEN_CSV, 1, None, message, f"add the column {name}")
    if "value" not in header and not {"numerator", "denominator"} <= set(header):
        message = "there is no column for the figures"
        help_text = "add the column value, or numerator and denominator"
        yield _fault(positions, faults.BROKEN_CSV, 1, None, message, help_text)


def _unusable_columns(header: list[str]) -> int:
    """How many columns of a header are at fault, without saying why."""
    known = set(COLUMNS) & set(header)
    return len(header) - len(known)


def _read_rows(rows: Any, positions: CsvPositions, names: Names, entries: LedgerEntries) -> None:
    line = rows.line_num + 1
    for row in rows:
        first_line, line = line, rows.line_num + 1
        if not "".join(row).strip(BLANKS):
            continue
        if len(positions.record_lines) >= limits.CSV_ROWS:
            message = f"more than {limits.CSV_ROWS:,} rows"
            entries.findings.append(_fault(positions, faults.BROKEN_CSV, first_line, None, message, "split the file"))
            break
        positions.record_lines.append(first_line)
        room = max(0, limits.FINDINGS - len(entries.findings))
        if len(row) != len(positions.header):
            entries.findings += [_wrong_width(row, first_line, positions)][:room]
            entries.unshown += int(not room)
            continue
        cells = {name: cell.strip(BLANKS) for name, cell in zip(positions.header, row, strict=True)}
        read = _observation(positions.path, len(positions.record_lines) - 1, cells, names)
        if isinstance(read, Observation):
            entries.figures.append(read)
            continue
        entries.findings += [_cell_finding(positions, first_line, each) for each in read[:room]]
        entries.unshown += len(read[room:])


def _wrong_width(row: list[str], line: int, positions: CsvPositions) -> Finding:
    message = f"{len(row)} cells under {len(positions.header)} columns"
    help_text = "give every row as many cells as the header; quote text that has a comma"
    return _fault(positions, faults.BROKEN_CSV, line, None, message, help_text)


def _observation(file: str, record: int, cells: dict[str, str], names: Names) -> Observation | list[_Fault]:
    wrong_cells: list[_Fault] = []
    values: dict[str, Any] = {}
    for column in COLUMNS:
        text = cells.get(column)
        if not text:
            continue
        try:
            if len(text) > limits.SCALAR_BYTES // 4 and len(text.encode()) > limits.SCALAR_BYTES:
                raise wrong("a cell of more than {most} bytes", "shorten it", most=f"{limits.SCALAR_BYTES:,}")
            values[column] = _known_kpi(text, names) if column == "kpi" else _READ[column](text)
        except PydanticCustomError as error:
            wrong_cells.append(_Fault(column, error))
    wrong_cells += _left_out(cells)
    if wrong_cells:
        return wrong_cells
    found = values.get
    return Observation(
        values["kpi"],
        values["period"],
        Place(file, (record, "value" if "value" in values else "numerator")),
        found("value"),
        found("numerator"),
        found("denominator"),
        found("weight"),
        found("recorded"),
        bool(found("status")),
        found("by"),
        found("note"),
    )


def _left_out(cells: dict[str, str]) -> Iterator[_Fault]:
    for column in ("kpi", "period"):
        if not cells[column]:
            yield _Fault(column, wrong("the cell is empty", f"write the {column}"))
    numerator, denominator = cells.get("numerator"), cells.get("denominator")
    if bool(numerator) != bool(denominator) or bool(cells.get("value")) == bool(numerator):
        column = "value" if "value" in cells else "numerator"
        yield _Fault(column, wrong("expected a value, or a numerator and a denominator", "fill in one or the other"))


def _read_positive(text: str) -> Decimal:
    return positive(read_number(text))


def _known_kpi(text: str, names: Names) -> str:
    name = unicodedata.normalize("NFC", text)
    if name not in names.kpis:
        raise unknown_reference("KPI", name, names.kpis)
    return name


def _is_provisional(text: str) -> bool:
    if text not in ("provisional", "final"):
        raise wrong("expected provisional or final, found {found}", "write one of the two", found=described(text))
    return text == "provisional"


_READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "period": PeriodKey.read,
    "value": read_number,
    "numerator": read_number,
    "denominator": _read_positive,
    "weight": _read_positive,
    "recorded": read_date,
    "status": _is_provisional,
    "by": plain_text,
    "note": plain_text,
}


def _cell_finding(positions: CsvPositions, line: int, failed: _Fault) -> Finding:
    column = positions.header.index(failed.column) if failed.column in positions.header else None
    context = failed.error.context or {}
    kind = faults.BY_NAME[failed.error.type]
    return _fault(positions, kind, line, column, failed.error.message(), remedy_for(context))


def _fault(positions: CsvPositions, kind: Kind, line: int, column: int | None, message: str, help_text: str) -> Finding:
    return Finding(kind, positions.cell(line, column), message, help_text)
