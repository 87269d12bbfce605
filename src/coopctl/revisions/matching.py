"""Which files of a revision belong to an agreement, by the rules that a folder on disk is searched by."""

from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple

from coopctl.discovery import LEDGER_FOLDER

APPROVALS_FOLDER: Final = "approvals"
LINKED_APPROVALS: Final = "a link, and approvals count only where they lie: else others could exchange a party's file"
_SIGNS: Final = frozenset("*?[")


class Pattern(NamedTuple):
    """A pattern for paths below an agreement's folder; `**` stands for any folders, and for none."""

    parts: tuple[str, ...]

    def matches(self, path: tuple[str, ...]) -> bool:
        """Whether a file has a path like this."""
        places = self._after(path[:-1])
        return any(
            place == len(self.parts) - 1 and self.parts[place] != "**" and fnmatchcase(path[-1], self.parts[place])
            for place in places
        )

    def leads_into(self, path: tuple[str, ...]) -> bool:
        """Whether files below this path can match."""
        return any(place < len(self.parts) for place in self._after(path))

    def names(self, path: tuple[str, ...]) -> bool:
        """Whether it begins with just this path, without any sign that stands for something else."""
        return self.parts[: len(path)] == path and not _SIGNS.intersection("".join(path))

    def _after(self, folders: tuple[str, ...]) -> set[int]:
        """Return how far in the pattern these folders can lead."""
        places = self._with_skipped({0})
        for name in folders:
            further: set[int] = set()
            for place in places:
                if place == len(self.parts):
                    continue
                if self.parts[place] == "**":
                    further.add(place)
                elif fnmatchcase(name, self.parts[place]):
                    further.add(place + 1)
            places = self._with_skipped(further)
        return places

    def _with_skipped(self, places: set[int]) -> set[int]:
        skipped = set(places)
        for place in places:
            while place < len(self.parts) and self.parts[place] == "**":
                place += 1
                skipped.add(place)
        return skipped


APPROVALS: Final = Pattern((APPROVALS_FOLDER, "**", "*"))
_LEDGER: Final = Pattern((LEDGER_FOLDER, "*"))


def ledger_patterns(data: Any) -> tuple[Pattern, ...]:
    """Return the patterns of an agreement's ledger files.

    A pattern that cannot be used is left out: reading the agreement says so.
    """
    given = data.get("actuals") if isinstance(data, dict) else None
    if not isinstance(given, list):
        return (_LEDGER,) if given is None else ()
    paths = [PurePosixPath(each) for each in given if isinstance(each, str) and "\\" not in each]
    usable = {path.parts for path in paths if path.parts and not path.is_absolute() and ".." not in path.parts}
    return tuple(map(Pattern, sorted(usable)))
