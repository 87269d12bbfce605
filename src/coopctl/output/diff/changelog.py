"""The entry for the agreement's history, ready to be put under `amendments:`."""

import json
import re

from coopctl.changes.amendment import AmendmentEntry, amendment_of
from coopctl.changes.report import Compared, DiffSummary
from coopctl.output.format import Format
from coopctl.output.terminal import HARMFUL, clean

_LONGEST = 20_000
"""Characters of a summary; a value of an agreement has its limit."""


class Changelog(Format[Compared, DiffSummary]):
    """YAML with one entry per agreement; the date is the one that the comparison was made at."""

    def piece(self, compared: Compared, /) -> str:
        entry = amendment_of(compared)
        if entry is None:
            return ""
        return f"# {clean(compared.newest.path)}\namendments:\n{_written(entry)}"


def _written(entry: AmendmentEntry) -> str:
    summary = entry.summary if len(entry.summary) <= _LONGEST else f"{entry.summary[: _LONGEST - 1]}…"
    version = entry.version if re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", entry.version) else _quoted(entry.version)
    # In quotes, YAML reads a line break as a space. No line begins with a colon: to a CI server, two are a command.
    broken = re.sub(r"; (?=[^\s:])", ";\n      ", _quoted(summary))
    return f"  - version: {version}\n    date: {entry.date}\n    summary: {broken}\n"


def _quoted(text: str) -> str:
    """Write text as YAML reads it back, whatever is in it, and so that it steers no terminal."""
    return re.sub(HARMFUL, _escaped, json.dumps(text, ensure_ascii=False).replace("##[", r"##\x5b"))


def _escaped(match: re.Match[str]) -> str:
    return f"\\U{ord(match.group()):08x}"
