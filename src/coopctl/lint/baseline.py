"""A baseline: findings that were there when the linter was taken up, and are not spoken of until they are gone."""

import json
import os
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from coopctl.errors import CoopctlError
from coopctl.files import read_text
from coopctl.findings import Finding, Location
from coopctl.lint.selection import is_optional
from coopctl.lint.suppression_kinds import STALE_ENTRY

VERSION = 1


class Entry(NamedTuple):
    """One accepted finding, as the baseline has it."""

    fingerprint: str
    code: str
    agreement: str
    """File of the agreement when the baseline was written."""
    subject: str
    message: str


@dataclass(frozen=True)
class Baseline:
    """The accepted findings of some agreements, by fingerprint."""

    path: str
    entries: tuple[Entry, ...]
    text: str = ""

    def of(self, agreement: str) -> frozenset[str]:
        """Return the fingerprints accepted of an agreement, by its path."""
        return self._by_agreement.get(name_in(self.path, agreement), frozenset())

    @cached_property
    def _by_agreement(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for entry in self.entries:
            found.setdefault(entry.agreement, set()).add(entry.fingerprint)
        return {agreement: frozenset(fingerprints) for agreement, fingerprints in found.items()}

    def stale(self, agreement: str, heard: Container[str], found: Iterable[str]) -> list[Finding]:
        """Return a finding for each entry of an agreement (by its path) that nothing brings about any more.

        `heard` has the codes of the rules that were asked and came to their end; of any other nothing is known.
        """
        seen = set(found)
        agreement = name_in(self.path, agreement)
        told = []
        for entry in self.entries:
            if entry.agreement == agreement and entry.code in heard and entry.fingerprint not in seen:
                line = self._lines.get(entry.fingerprint, 1)
                message = f"{entry.code} at {entry.subject or entry.agreement} is no longer found"
                help_text = "write the baseline anew with --write-baseline"
                location = Location(self.path, line, 1, line, 2)
                told.append(Finding(STALE_ENTRY, location, message, help_text, entry.fingerprint))
        return told

    @cached_property
    def _lines(self) -> dict[str, int]:
        """Return the line of each fingerprint."""
        lines = enumerate(self.text.split("\n"), 1)
        return {found: number for number, line in lines for found in re.findall(r'"fingerprint": *"([^"]*)"', line)}


def read_baseline(path: str) -> Baseline:
    """Read a baseline file; raises `CoopctlError` with the place where it cannot be used."""
    text = read_text(path, os.path.dirname(os.path.realpath(path)))
    if isinstance(text, Finding):
        raise CoopctlError(f"{path}: {text.message}; this is to be the baseline, and --write-baseline makes one")
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise CoopctlError(
            f"{path}:{error.lineno}:{error.colno}: the baseline is not JSON: {error.msg}; mend it, or delete it and "
            "write it anew with --write-baseline"
        ) from None
    except (ValueError, RecursionError) as error:
        raise CoopctlError(f"{path}:1:1: the baseline cannot be read: {error}") from None
    return Baseline(path, tuple(_entries(path, data)), text)


def _entries(path: str, data: Any) -> list[Entry]:
    if (
        not isinstance(data, dict)
        or data.get("schema_version") != VERSION
        or not isinstance(data.get("findings"), list)
    ):
        raise CoopctlError(
            f"{path}:1:1: this is no baseline: expected schema_version {VERSION} and findings; name another file"
        )
    found = []
    for number, each in enumerate(data["findings"], 1):
        if not isinstance(each, dict) or not all(isinstance(each.get(name), str) for name in Entry._fields):
            names = ", ".join(Entry._fields)
            raise CoopctlError(f"{path}:1:1: entry {number} of the baseline is not complete; it needs {names}")
        found.append(Entry(*(each[name] for name in Entry._fields)))
    return found


def name_in(baseline: str, agreement: str) -> str:
    """Return how a baseline names an agreement: by its path from the baseline's folder."""
    return os.path.relpath(agreement, os.path.dirname(baseline) or ".").replace(os.sep, "/")


def entries_for(baseline: str, agreement: str, found: Iterable[tuple[Finding, str]]) -> list[Entry]:
    """Return what a baseline would have of an agreement's findings, each with its fingerprint: all that is optional."""
    agreement = name_in(baseline, agreement)
    return [
        Entry(fingerprint, finding.kind.code, agreement, finding.subject, finding.message)
        for finding, fingerprint in found
        if is_optional(finding.kind)
    ]


def baseline_text(entries: Iterable[Entry]) -> str:
    """Write a baseline, one line per finding and in a steady order, so that git shows what came and went."""
    lines = [
        json.dumps(entry._asdict(), ensure_ascii=False, sort_keys=False)
        for entry in sorted(entries, key=lambda each: (each.agreement, each.code, each.subject, each.fingerprint))
    ]
    listed = ",\n".join(f"    {line}" for line in lines)
    return f'{{\n  "schema_version": {VERSION},\n  "findings": [\n{listed}\n  ]\n}}\n'
