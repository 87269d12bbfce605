"""Versions as semantic versioning writes and orders them."""

import re
import unicodedata
from typing import Final

_SEMANTIC: Final = re.compile(
    r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)"
    r"(?:-((?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*))?"
    r"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)
_NEARLY: Final = re.compile(r"[Vv]?\.? ?([0-9]{1,3})(?:\.([0-9]+))?(?:\.([0-9]+))?(?![0-9])")

Precedence = tuple[int, int, int, bool, tuple[tuple[bool, int, str], ...]]
"""Orders versions: 1.0.0-draft comes before 1.0.0, and 1.9.0 before 1.10.0."""


def precedence(version: str | None) -> Precedence | None:
    """Return what a version is ordered by; None where it is not MAJOR.MINOR.PATCH."""
    match = _SEMANTIC.fullmatch(version or "")
    if match is None:
        return None
    major, minor, patch, suffix = match.groups()
    parts = suffix.split(".") if suffix else []
    order = tuple((not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)
    return int(major), int(minor), int(patch), suffix is None, order


def semantic_form(version: str) -> str | None:
    """Return the version that is probably meant, such as 1.2.0 for v1.2; None where nothing can be made of it."""
    match = _NEARLY.match(unicodedata.normalize("NFKC", version))
    return ".".join(str(int(part or 0)) for part in match.groups()) if match else None
