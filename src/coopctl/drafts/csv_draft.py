"""A CSV file being added to: new rows at its end, all others as they were."""

import csv
import io
import re
from collections.abc import Mapping

from coopctl.drafts.size import refuse_too_large
from coopctl.errors import CoopctlError

_LINE_BREAK = re.compile("\r\n|\r|\n")
_MARK = "\ufeff"


class CsvDraft:
    """The text of one CSV file with the rows that were added so far."""

    def __init__(self, path: str, text: str) -> None:
        """Begin with a text that can be read; raises `CoopctlError` where it cannot."""
        self._path = path
        self.text = text
        """The text as it is to be written, with the byte order mark where the file had one."""
        self._rows = self._read(text)
        self.columns = [name.strip() for name in next(iter(self._rows), [])]

    def has(self, columns: Mapping[str, str]) -> bool:
        """Whether there is a column for each of some values."""
        return set(columns) <= set(self.columns)

    def append(self, *rows: Mapping[str, str]) -> None:
        """Add rows, by the names of their columns.

        Raises `CoopctlError` where a value has no column, or the rows would not be read as they were meant.
        """
        missing = {name: None for row in rows for name in row if name not in self.columns}
        if missing:
            named = ", ".join(missing)
            raise CoopctlError(f"{self._path}: has no column {named}; add it to the first line, or name another file")
        cells = [[row.get(name, "") for name in self.columns] for row in rows]
        found = _LINE_BREAK.search(self.text)
        line_break = found.group() if found is not None else "\n"
        lines = line_break.join(map(_written, cells))
        is_ended = self.text.endswith(("\n", "\r"))
        text = f"{self.text}{lines}{line_break}" if is_ended else f"{self.text}{line_break}{lines}"
        refuse_too_large(self._path, text)
        read = self._read(text)
        if read != [*self._rows, *cells]:
            raise CoopctlError(f"{self._path}: a row cannot be added here without changing another; write it by hand")
        self.text, self._rows = text, read

    def _read(self, text: str) -> list[list[str]]:
        try:
            return list(csv.reader(io.StringIO(text.removeprefix(_MARK), newline=""), strict=True))
        except csv.Error as error:
            raise CoopctlError(f"{self._path}: cannot be read as CSV: {error}") from None


def _written(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)  # cells with one of these signs are put in quotes
    return line.getvalue().removesuffix("\r\n")
