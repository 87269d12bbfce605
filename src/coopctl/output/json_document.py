"""The frame of every JSON result: one object, its agreements written as they come."""

from typing import Any, Final

from coopctl.output.format import Format, Result, Total
from coopctl.output.json_text import json_text
from coopctl.output.terminal import Paper

SCHEMA_VERSION: Final = 1


class JsonDocument(Format[Result, Total]):
    """One object with `agreements`; subclasses write each of them, and what follows."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self._first = True

    def begin(self) -> str:
        return f'{{"schema_version": {SCHEMA_VERSION}, "agreements": ['

    def piece(self, result: Result, /) -> str:
        return json_text(self.agreement(result))

    def add(self, piece: str) -> str:
        separator = "\n" if self._first else ",\n"
        self._first = False
        return separator + piece

    def end(self, summary: Total) -> str:
        rest = json_text(self.rest(summary))
        return f"\n], {rest[1:]}\n"

    def agreement(self, result: Result, /) -> dict[str, Any]:
        """Return one agreement's part."""
        raise NotImplementedError

    def rest(self, summary: Total) -> dict[str, Any]:
        """Return what comes after the agreements."""
        raise NotImplementedError
