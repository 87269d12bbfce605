"""All migrations in order."""

from collections import Counter
from typing import Any, Final

from coopctl.editing import edited
from coopctl.errors import CoopctlError
from coopctl.findings import Edit
from coopctl.migration import from_0
from coopctl.migration.step import Migration, Written
from coopctl.model.files import MODELS
from coopctl.parsing import read_source
from coopctl.quoted import Quoted
from coopctl.source import BYTE_ORDER_MARK, Source
from coopctl.validation import validated
from coopctl.versions import NEWEST, Declared, declared, foreign, other_version

_MIGRATIONS: Final[tuple[Migration, ...]] = (from_0.migrate,)
"""Each brings files from the version of its place to the next one."""


def migrated(path: str, text: str) -> str | Source:
    """Return a text in the newest version of the language; what is current stays as it is.

    Where it cannot be read, or something in it cannot be carried over, or it would not be free of errors afterwards,
    what was read is returned, with its findings.
    """
    source = read_source(path, text)
    found = declared(source.data)
    if not source.findings and (found is None or found.version > NEWEST):
        refused = foreign(source) or other_version(source)
        source.findings += [refused] if refused is not None else []
    if source.findings or found is None:
        return source
    if not found.is_old:
        return text
    for version in range(found.version, NEWEST):
        source = _taken_further(source, Declared(found.kind, version))
        if source.findings:
            return source
    source.findings += validated(MODELS[found.kind], source, None).findings
    return source if source.findings else source.whole_text


def _taken_further(source: Source, found: Declared) -> Source:
    """Return a file as it is in the next version; where that is not possible, the old one with its findings."""
    step = _MIGRATIONS[found.version](source, found.kind)
    if step.findings:
        source.findings += step.findings
        return source
    edits = tuple(dict.fromkeys([*step.edits, _raised(source, found)]))  # an alias leads to the same place again
    text, made = edited(source.text, [edits])
    after = read_source(source.path, f"{BYTE_ORDER_MARK}{text}" if source.marked else text)
    kept = Counter(after.comments()) == Counter(source.comments())
    same_own = list(after.own.values()) == list(source.own.values())
    if (
        not made
        or after.findings
        or not kept
        or not same_own
        or not _says(after.data, _with_version(step.meant, found))
    ):
        message = f"{source.path}: cannot be migrated without changing what it says; migrate it by hand"
        raise CoopctlError(message)
    return after


def _with_version(data: Any, found: Declared) -> Any:
    return {**data, "coopctl": Written(f"{found.kind}{found.version + 1}")}


def _says(found: Any, meant: Any) -> bool:
    """Whether data that was read is what was meant, quotes included."""
    if isinstance(found, dict) and isinstance(meant, dict):
        return found.keys() == meant.keys() and all(_says(value, meant[key]) for key, value in found.items())
    if isinstance(found, list) and isinstance(meant, list):
        return len(found) == len(meant) and all(map(_says, found, meant))
    same_quotes = isinstance(meant, Written) or isinstance(found, Quoted) is isinstance(meant, Quoted)
    return same_quotes and bool(found == meant)


def _raised(source: Source, found: Declared) -> Edit:
    """Return the edit that names the next version."""
    place = source.root.children["coopctl"].value
    start, end = source.offset_at(*place[:2]), source.offset_at(*place[2:])
    return Edit(start, end, source.text[start:end].replace(str(found), f"{found.kind}{found.version + 1}"))
