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

    def append(self, row: Mapping[str, str]) -> None:
        """Add a row, by the names of its columns; raises `CoopctlError` where it would not be read as it was meant."""
        cells = [row.get(name, "") for name in self.columns]
        before = list(_rows(self.text))
        found = _LINE_BREAK.search(self.text)
        line_break = found.group() if found is not None else "\n"
        written = io.StringIO()
        csv.writer(written, lineterminator="").writerow(cells)
        ends = self.text.endswith(("\n", "\r"))
        text = (
            f"{self.text}{written.getvalue()}{line_break}" if ends else f"{self.text}{line_break}{written.getvalue()}"
        )
        if list(_rows(text)) != [*before, cells]:
            raise CoopctlError(f"{self._path}: a row cannot be added here without changing another; write it by hand")
        self.text = text


def _rows(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text.removeprefix(_MARK), newline=""), strict=True)
