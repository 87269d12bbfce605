"""Reads the cells of one sheet of a workbook, from the elements of its XML."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from coopctl import limits
from coopctl.exchange.tables import EMPTY, Cell, Record, text_cell
from coopctl.exchange.xlsx_numbers import Form, number_cell
from coopctl.formulas import plain_text
from coopctl.model.scalars import shortened

Attributes = dict[str, str]


_SAVE_AGAIN: Final = "save it again as .xlsx"


class UnusableError(Exception):
    """Why a workbook cannot be read."""


_REFERENCE: Final = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384
"""XFD."""


class SheetReader:
    """Collects the cells of a sheet."""

    def __init__(self, texts: list[str], forms: list[Form], first_day: date) -> None:
        self._texts, self._forms, self._first_day = texts, forms, first_day
        self._rows: dict[int, dict[int, Cell]] = {}
        self._hidden: set[int] = set()
        self._merged: list[tuple[int, int]] = []
        self._row = self._column = self._cells = 0
        self._given: Attributes = {}
        self._value: list[str] = []
        self._has_formula = self._has_value = self._collecting = self._in_reading = False

    def start(self, name: str, given: Attributes) -> None:
        if name == "c":
            self._begin_cell(given)
        elif name == "row":
            self._row, self._column = self._row_after(given.get("r")), 0
            if given.get("hidden") in ("1", "true"):
                self._hidden.add(self._row)
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._in_reading = True
        elif name in ("v", "t"):
            self._has_value = True
            self._collecting = not self._in_reading
        elif name == "mergeCell":
            self._merge(given.get("ref", ""))

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._collecting = False
        elif name == "rPh":
            self._in_reading = False
        elif name == "c":
            self._end_cell()

    def text(self, text: str) -> None:
        if self._collecting:
            self._value.append(text)

    def _begin_cell(self, given: Attributes) -> None:
        self._given, self._value = given, []
        self._has_formula = self._has_value = False
        self._column = self._column_after(given.get("r"))

    def _row_after(self, named: str | None) -> int:
        """Return which row comes next; raises `UnusableError` where it names one that cannot."""
        row = self._row + 1 if named is None else _whole(named, 0)
        if not 0 < row <= _LAST_ROW:
            raise UnusableError(f"a row is called {shortened(named or str(row))!r}; {_SAVE_AGAIN}")
        if row <= self._row:
            raise UnusableError(f"row {row} stands behind row {self._row}; {_SAVE_AGAIN}")
        return row

    def _column_after(self, named: str | None) -> int:
        """Return the column of the next cell; raises `UnusableError` where it names a place that it cannot have."""
        if named is None:
            return self._column + 1
        place = _REFERENCE.fullmatch(named)
        column = _column(place[1]) if place else 0
        if place is None or int(place[2]) != self._row or column > _LAST_COLUMN:
            raise UnusableError(f"row {self._row} has a cell that is called {shortened(named)!r}; {_SAVE_AGAIN}")
        if column == self._column:
            raise UnusableError(f"row {self._row} has a cell twice; {_SAVE_AGAIN}")
        if column < self._column:
            raise UnusableError(f"row {self._row} has the cell {named} behind one further right; {_SAVE_AGAIN}")
        return column

    def _end_cell(self) -> None:
        cell = self._read("".join(self._value))
        if cell.text:
            self._cells += 1
            if self._column > limits.COLUMNS:
                raise UnusableError(f"a sheet with more than {limits.COLUMNS} columns; take some away")
            if self._cells > limits.XLSX_CELLS:
                raise UnusableError(f"a sheet with more than {limits.XLSX_CELLS:,} cells; split it")
            self._rows.setdefault(self._row, {})[self._column] = cell

    def _read(self, value: str) -> Cell:
        kind = self._given.get("t", "n")
        if not value:
            if self._has_formula and not (kind == "str" and self._has_value):
                return Cell("a formula without a computed value; open the file in a spreadsheet and save it", "fault")
            return EMPTY
        if kind == "s":
            number = _whole(value, -1)
            if not 0 <= number < len(self._texts):
                raise UnusableError(f"a cell names a text that is not there; {_SAVE_AGAIN}")
            return _text(self._texts[number])
        if kind in ("str", "inlineStr"):
            return _text(value)
        if kind == "b":
            return Cell("true and false are no figures", "fault")
        if kind == "e":
            return Cell(f"the error {value[:20]}", "fault")
        if kind == "d":
            return Cell(value[:10], "day")
        return number_cell(value.strip(), self._form(), self._first_day)

    def _form(self) -> Form:
        style = _whole(self._given.get("s"), 0)
        return self._forms[style] if style < len(self._forms) else Form()

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        one, other = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if one and other:
            self._merged.append((int(one[2]), int(other[2])))

    def records(self) -> Iterator[Record]:
        """Yield the rows that have something in them, in order."""
        self._merged.sort(reverse=True)
        merged_until = 0
        for number in sorted(self._rows):
            while self._merged and self._merged[-1][0] <= number:
                merged_until = max(merged_until, self._merged.pop()[1])
            fault = "cells that are merged; part them, and fill in each" if number <= merged_until else ""
            remarks = ("the row is hidden in the sheet",) if number in self._hidden else ()
            cells = self._rows[number]
            yield Record(number, [cells.get(column, EMPTY) for column in range(1, max(cells) + 1)], fault, remarks)


def _text(text: str) -> Cell:
    decoded = re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
    return text_cell(plain_text(decoded))


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch("[0-9]{1,9}", text) else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
