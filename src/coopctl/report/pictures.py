"""How the charts of a report are drawn, and what the files are called where they are files."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Drawing = Literal["mermaid", "svg", "none"]
TIMETABLE: Final = "timetable"


@dataclass(frozen=True)
class Pictures:
    """How charts are drawn."""

    drawing: Drawing = "mermaid"
    folder: str = ""
    """Where files go, relative to the report."""

    def timetable(self, language: str) -> str:
        """Return the file of the plan; empty where charts are no files."""
        return self._file(TIMETABLE, language)

    def trends(self, kpi_ids: Iterable[str], language: str) -> dict[str, str]:
        """Return the file of each KPI's trend; none where charts are no files.

        Ids that differ only in upper and lower case get files that differ in more: not every file system tells such
        names apart.
        """
        if self.drawing != "svg":
            return {}
        taken = {TIMETABLE}
        files = {}
        for kpi_id in kpi_ids:
            name, number = kpi_id, 1
            while name.casefold() in taken:
                number += 1
                name = f"{kpi_id}-{number}"
            taken.add(name.casefold())
            files[kpi_id] = self._file(name, language)
        return files

    def _file(self, name: str, language: str) -> str:
        return f"{self.folder}/{name}.{language}.svg" if self.drawing == "svg" else ""
