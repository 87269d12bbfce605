"""Tables → CSV, XLSX and JSON. The same tables give the same bytes."""

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from coopctl.errors import CoopctlError, missing_extra
from coopctl.evaluate.numbers import decimals_of
from coopctl.exchange.exported import ExportedTable, Value
from coopctl.formulas import harmless_text
from coopctl.model.scalars import shortened

_MARK: Final = "\ufeff"
_EXACT_DIGITS: Final = 15
_LONGEST_TEXT: Final = 32_767
_AMBIGUOUS: Final = re.compile("_x[0-9A-Fa-f]{4}(?:_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b-\x1f\ufffe\uffff])")
"""Looks like a sign that is written by its number (`_x0041_` for A) and shares its end with the next such sign.

XlsxWriter marks the first of them only as text, and takes text in `<r>` and `</r>` for XML of its own.
"""
_FIRST_DAY: Final = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; days before it are written as text."""
_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 a workbook says when it was made, and the same ledger gives the same one
_WIDEST: Final = 60


def as_csv(table: ExportedTable, *, marked: bool = False) -> str:
    """Write a table as CSV; `marked` with the byte order mark by which Excel knows UTF-8."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")  # cells with one of these signs are put in quotes
    writer.writerow(map(harmless_text, table.columns))
    writer.writerows([_csv_cell(value) for value in row] for row in table.rows)
    return (_MARK if marked else "") + "".join(lines)


class _Lines(list[str]):
    """What is written, row by row, each ended by a plain line end."""

    def write(self, row: str) -> None:
        """Take a row as it is written with the line ends of CSV."""
        self.append(row.removesuffix("\r\n") + "\n")


def _csv_cell(value: Value) -> str:
    return harmless_text(value) if isinstance(value, str) else _written(value)


def _written(value: Decimal | date | None) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else value.isoformat()


def as_json(tables: Sequence[ExportedTable], head: dict[str, Any]) -> str:
    """Write tables as JSON: a list of objects for each; numbers are strings of exact decimals."""
    data = {**head, **{table.name: [_object(table, row) for row in table.rows] for table in tables}}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _object(table: ExportedTable, row: Sequence[Value]) -> dict[str, str | None]:
    named = zip(table.columns, row, strict=True)
    return {name: value if value is None or isinstance(value, str) else _written(value) for name, value in named}


def as_xlsx(tables: Sequence[ExportedTable]) -> bytes:
    """Write tables as a workbook with a sheet for each; raises `CoopctlError` where the library is missing."""
    try:
        import xlsxwriter  # type: ignore[import-untyped]
    except ImportError as error:
        raise missing_extra("workbooks need XlsxWriter", "xlsx", "write CSV") from error
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        workbook.set_properties({"created": _CREATED})
        formats = _Formats(workbook)
        for table in tables:
            _write_sheet(workbook.add_worksheet(table.name[:31]), table, formats)
    return file.getvalue()


class _Formats:
    """How cells look: one format for each number of decimals."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._numbers: dict[int, Any] = {}
        self.header = workbook.add_format({"bold": True, "bottom": 1})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.text = workbook.add_format({"num_format": "@"})

    def number(self, decimals: int) -> Any:
        """Return the format that shows as many decimals as were written."""
        if decimals not in self._numbers:
            shown = "0" + ("." + "0" * decimals if decimals else "")
            self._numbers[decimals] = self._workbook.add_format({"num_format": shown})
        return self._numbers[decimals]


def _write_sheet(sheet: Any, table: ExportedTable, formats: _Formats) -> None:
    widths = [len(name) for name in table.columns]
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, harmless_text(name), formats.header)
    for number, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            if value is not None:
                _write_cell(sheet, number, column, value, formats)
                widths[column] = max(widths[column], len(value if isinstance(value, str) else _written(value)))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(_WIDEST, width + 2))
    sheet.freeze_panes(1, 0)


def _write_cell(sheet: Any, row: int, column: int, value: str | Decimal | date, formats: _Formats) -> None:
    if isinstance(value, Decimal) and _is_exact(value):
        sheet.write_number(row, column, float(value), formats.number(decimals_of(value)))
    elif isinstance(value, date) and value >= _FIRST_DAY:
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats.day)  # noqa: DTZ001
    else:
        text = harmless_text(value if isinstance(value, str) else _written(value))
        _refuse_unfit(text)
        sheet.write_string(row, column, text, formats.text)


def _refuse_unfit(text: str) -> None:
    """Refuse what a workbook would not give back as it is."""
    if len(text) > _LONGEST_TEXT:
        raise CoopctlError(
            f"a text of {len(text):,} characters does not fit into a cell of a workbook; write CSV or JSON"
        )
    if _AMBIGUOUS.search(text) or (text.startswith("<r>") and text.endswith("</r>")):
        raise CoopctlError(f"the text {shortened(text)!r} would mean something else in a workbook; write CSV or JSON")


def _is_exact(number: Decimal) -> bool:
    """Whether a spreadsheet, which keeps binary numbers, gives the number back as it is."""
    return len(number.normalize().as_tuple().digits) <= _EXACT_DIGITS and Decimal(repr(float(number))) == number
