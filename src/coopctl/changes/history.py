"""Whether the record of a change is kept: a material change needs a version of its own and an entry in the history."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from coopctl.changes.change import Change
from coopctl.changes.report import Version
from coopctl.findings import Finding, Kind, Severity
from coopctl.model.governance import Amendment
from coopctl.rules.versions import precedence

SAME_VERSION: Final = Kind(
    "VER001", "material-change-without-version", Severity.ERROR, "A material change, and the version is the same."
)
BACKWARDS: Final = Kind(
    "VER002", "version-goes-backwards", Severity.ERROR, "The newer version has the lower version number."
)
NOT_IN_HISTORY: Final = Kind(
    "VER003", "material-change-without-amendment", Severity.ERROR, "A material change that the history does not have."
)

HISTORY_KINDS: Final = (SAME_VERSION, BACKWARDS, NOT_IN_HISTORY)

HISTORY_PAGES: Final[Mapping[str, str]] = {
    "VER001": """
        Why: Signatures, letters and reports name a version. Where 1.2.0 stands for two different deals, each side can
        hold the other to the one it remembers.

        Remedy: Raise the version, the middle number of it for a material change, and add an entry to amendments.
    """,
    "VER002": """
        Why: Whoever looks for the latest version takes the one with the highest number, and would take the older deal.

        Remedy: Write a version above the older one. To go back to former terms, give them a new number.
    """,
    "VER003": """
        Why: Three years later nobody reads every version. The history is where both sides look up when a term changed
        and why.

        Remedy: Add what coopctl diff --changelog writes to amendments.
    """,
}
"""What the manual says about each, in the form of the rules' docstrings."""


def unrecorded(base: Version, head: Version, changes: Sequence[Change]) -> Iterator[Finding]:
    """Yield what is wrong with the version and the history of an agreement that was changed."""
    old, new = precedence(base.number), precedence(head.number)
    material = [change for change in changes if change.level == "material"]
    if old is not None and new is not None and new < old:
        yield Finding(
            BACKWARDS,
            head.place(("version",)),
            f"version {head.number} comes after {base.number}",
            f"write version: {next_version(base.number)}",
            "version",
        )
    elif material and (base.number == head.number or (old is not None and old == new)):
        yield Finding(
            SAME_VERSION,
            head.place(("version",)),
            f"{_counted(len(material))}, and the version still is {head.number}",
            f"write version: {next_version(head.number)}",
            "version",
        )
    if material and not _entries(base, head):
        yield Finding(
            NOT_IN_HISTORY,
            head.place(("amendments",) if head.agreement.amendments else ("version",)),
            f"{_counted(len(material))}, and no entry in amendments that tells of it",
            "`coopctl diff --changelog` writes the entry",
            "amendments",
        )


def _counted(number: int) -> str:
    return f"{number} material change{'' if number == 1 else 's'}"


def _entries(base: Version, head: Version) -> list[Amendment]:
    """Return the entries that the history has gained."""
    known = list(base.agreement.amendments)
    return [each for each in head.agreement.amendments if each not in known]


def next_version(version: str) -> str:
    """Return the version that a material change leads to: the next minor one, or the same again where none can be."""
    found = precedence(version)
    return f"{found[0]}.{found[1] + 1}.0" if found else f"{version}-next"
