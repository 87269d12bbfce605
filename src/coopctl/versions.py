"""Which version of the language a file is written in, and whether that one is read."""

import re
import shlex
from typing import Final, NamedTuple

from coopctl import faults
from coopctl.findings import Finding
from coopctl.model.scalars import described
from coopctl.quoted import Quoted
from coopctl.source import Source

NEWEST: Final = 1
"""The version of the language that is read and written; that of ledgers and approvals too."""

_VERSION: Final = re.compile(r"(actuals/|approvals/)?(0|[1-9][0-9]{0,3})")
_NAMES: Final = {
    "": "the agreement language",
    "actuals/": "the ledger's language",
    "approvals/": "the approvals' language",
}

_BEGINNING: Final = "write coopctl: 1 in an agreement, coopctl: actuals/1 in a ledger"


class Declared(NamedTuple):
    """What a file says under `coopctl`."""

    kind: str
    """What stands before the number: nothing for an agreement, `actuals/` or `approvals/`."""
    version: int

    def __str__(self) -> str:
        return f"{self.kind}{self.version}"

    @property
    def is_old(self) -> bool:
        """Whether the file has to be migrated before it is read."""
        return self.version < NEWEST


def declared(data: object) -> Declared | None:
    """Return what a file's data says about its language; None where it says nothing that could be read."""
    said = data.get("coopctl") if isinstance(data, dict) else None
    match = _VERSION.fullmatch(said) if isinstance(said, str) else None
    if match is None or (isinstance(said, Quoted) and not match[1]):
        return None
    return Declared(match[1] or "", int(match[2]))


def foreign(source: Source) -> Finding | None:
    """Return the finding that a file does not say what it is: it may be anybody's."""
    if not isinstance(source.data, dict):
        message = f"expected keys and values at the top of the file, found {described(source.data)}"
        return Finding(faults.NOT_A_MAPPING, source.value_at(()), message, _BEGINNING)
    if "coopctl" not in source.data:
        top = source.value_at(())
        place = top._replace(end_line=top.line, end_column=top.column + 1)
        return Finding(faults.MISSING_KEY, place, "`coopctl` is missing: this may be any file", _BEGINNING, "coopctl")
    if declared(source.data) is None:
        message = f"expected the version of the language, found {described(source.data['coopctl'])}"
        return Finding(faults.WRONG_VALUE, source.value_at(("coopctl",)), message, _BEGINNING, "coopctl")
    return None


def other_version(source: Source) -> Finding | None:
    """Return the finding that a file is written in a version of the language that is not read."""
    found = declared(source.data)
    if found is None or found.version == NEWEST:
        return None
    place, name = source.value_at(("coopctl",)), _NAMES[found.kind]
    if found.is_old:
        message = f"written in version {found.version} of {name}; this coopctl reads version {NEWEST}"
        first = "correct what else is told of it, then " if source.findings else ""
        remedy = f"{first}run `coopctl migrate {shlex.quote(source.path)}`; it keeps your comments"
        return Finding(faults.OLD_VERSION, place, message, remedy, "coopctl")
    message = f"made for version {found.version} of {name}; this coopctl reads up to {NEWEST}"
    return Finding(faults.NEWER_VERSION, place, message, "update coopctl", "coopctl")
