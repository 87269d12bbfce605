"""Files in which git left both sides of a merge for somebody to choose from."""

from collections.abc import Sequence
from typing import Final

from coopctl.findings import Finding, Kind, Location, Severity

UNRESOLVED: Final = Kind(
    "FIL010", "unresolved-conflict", Severity.ERROR, "Both sides of a merge stand in the file, and nobody has chosen."
)
_SIGN: Final = 7
"""Characters of a marker."""


def unresolved(path: str, lines: Sequence[str]) -> Finding | None:
    """Return the finding that a file has an unresolved conflict, at the first one."""
    first = next((number for number, line in enumerate(lines, 1) if _is_marker(line, "<")), None)
    if first is None:
        return None
    rest = lines[first:]
    if not any(_is_marker(line, "=") for line in rest) or not any(_is_marker(line, ">") for line in rest):
        return None
    marker = lines[first - 1]
    ours = marker[_SIGN:].strip() or "one side"
    return Finding(
        UNRESOLVED,
        Location(path, first, 1, first, len(marker) + 1),
        f"an unresolved merge conflict begins here, with the lines of {ours}",
        "keep the lines that hold, delete the lines <<<<<<<, ======= and >>>>>>>, then run `git add` on the file",
    )


def _is_marker(line: str, sign: str) -> bool:
    return line.startswith(sign * _SIGN) and line[_SIGN : _SIGN + 1] in ("", " ")
