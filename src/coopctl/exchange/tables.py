"""What a file that is imported holds, whichever format it has: a header and rows of cells."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from coopctl import limits
from coopctl.blanks import BLANKS
from coopctl.errors import CoopctlError

CellKind = Literal["text", "number", "computed", "percent", "computed percent", "day", "month", "fault"]
"""`computed` is a number with more digits than anybody typed; `month` a date that is shown without its day; the text
of a `fault` says what is wrong."""

_HALF: Final = re.compile("[\ud800-\udfff]")


class Cell(NamedTuple):
    """One cell: numbers as plain decimals, percentages as their number, dates as 2026-01-31."""

    text: str = ""
    kind: CellKind = "text"


EMPTY: Final = Cell()


class Row(NamedTuple):
    """One row under the header."""

    number: int
    """As the spreadsheet shows it, from 1; of JSON the number of the record."""
    cells: Mapping[str, Cell]
    fault: str = ""
    """Why the row cannot be used at all."""
    remarks: tuple[str, ...] = ()
    """What is odd about it."""


class Table(NamedTuple):
    """A header and the rows under it."""

    path: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


class Record(NamedTuple):
    """One row of a sheet, before it is known what its columns are called."""

    number: int
    cells: Sequence[Cell]
    fault: str = ""
    remarks: tuple[str, ...] = ()


def text_cell(text: str) -> Cell:
    """Return a cell of text, without the blanks around it."""
    plain = text.strip(BLANKS)
    if len(plain) > limits.SCALAR_BYTES // 4 and len(plain.encode("utf-8", "replace")) > limits.SCALAR_BYTES:
        return Cell(f"a cell of more than {limits.SCALAR_BYTES:,} bytes", "fault")
    if _HALF.search(plain):
        return Cell("a cell with half of a character", "fault")
    return Cell(plain)


def table_of(path: str, records: Iterable[Record], header: int, skip: frozenset[int], *, exact_width: bool) -> Table:
    """Give the rows of a sheet the names of its columns; raises `CoopctlError` where the header cannot be used."""
    names: tuple[str, ...] = ()
    rows: list[Row] = []
    for record in records:
        if record.number == header:
            names = _header(path, record)
        elif record.number > header and record.number not in skip and (record.fault or any(map(_says, record.cells))):
            if not names:
                break
            if len(rows) >= limits.CSV_ROWS:
                raise CoopctlError(f"{path}: more than {limits.CSV_ROWS:,} rows; split the file")
            rows.append(_row(names, record, exact_width))
    if not any(names):
        raise CoopctlError(
            f"{path}: row {header} has no names of columns; say in a mapping file (--mapping) which row does: header: 3"
        )
    return Table(path, names, tuple(rows))


def _says(cell: Cell) -> bool:
    return bool(cell.text)


def _header(path: str, record: Record) -> tuple[str, ...]:
    names = [cell.text for cell in record.cells]
    if len(names) > limits.COLUMNS:
        raise CoopctlError(
            f"{path}: row {record.number}, the header: more than {limits.COLUMNS} columns; take some away"
        )
    for cell in record.cells:
        if cell.kind == "fault":
            raise CoopctlError(f"{path}: row {record.number}, the header: {cell.text}")
    if record.fault:
        raise CoopctlError(f"{path}: row {record.number}, the header: {record.fault}")
    seen: set[str] = set()
    for name in names:
        if name and name in seen:
            raise CoopctlError(f"{path}: row {record.number}: two columns are called {name!r}; rename one of them")
        seen.add(name)
    return tuple(names)


def _row(names: Sequence[str], record: Record, exact_width: bool) -> Row:
    cells = record.cells
    fault = record.fault
    if any(map(_says, cells[len(names) :])) or (exact_width and len(cells) != len(names)):
        fault = fault or f"{len(cells)} cells under {len(names)} columns"
    if any(not name and cell.text for name, cell in zip(names, cells, strict=False)):
        fault = fault or "a cell under a column without a name"
    named = dict(zip(names, cells, strict=False))
    return Row(record.number, {name: named.get(name, EMPTY) for name in names if name}, fault, record.remarks)
