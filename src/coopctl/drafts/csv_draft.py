"""A CSV file being added to: new rows at its end, all others as they were."""

import csv
import io
import re
from collections.abc import Iterator, Mapping

from coopctl.errors import CoopctlError

_LINE_BREAK = re.compile("\r\n|\r|\n")
_MARK = "\ufeff"


class CsvDraft:
    """The text of one CSV file with the rows that were added so far."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self.text = text
        """The text as it is to be written."""
        self.columns = [name.strip() for name in next(_rows(text), [])]

    def has(self, columns: Mapping[str, str]) -> bool:
        """Whether there is a column for each of some values."""
        return set(columns) <= set(self.columns)

    def append(self, *rows: Mapping[str, str]) -> None:
        """Add rows, by the names of their columns; raises `CoopctlError` where they would not be read as meant."""
        cells = [[row.get(name, "") for name in self.columns] for row in rows]
        before = list(_rows(self.text))
        found = _LINE_BREAK.search(self.text)
        line_break = found.group() if found is not None else "\n"
        written = io.StringIO()
        csv.writer(written, lineterminator=line_break).writerows(cells)
        ends = self.text.endswith(("\n", "\r"))
        added = written.getvalue() if ends else line_break + written.getvalue().removesuffix(line_break)
        text = self.text + added
        if list(_rows(text)) != [*before, *cells]:
            raise CoopctlError(f"{self._path}: a row cannot be added here without changing another; write it by hand")
        self.text = text


def _rows(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text.removeprefix(_MARK), newline=""), strict=True)
