"""Which agreement of one side is which of the other."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from coopctl.errors import CoopctlError
from coopctl.revisions.side import Side, Version


class Pair(NamedTuple):
    """An agreement on both sides, or on the one that has it."""

    base: Version | None
    head: Version | None

    @property
    def is_gone(self) -> bool:
        """Whether only the earlier side has it."""
        return self.head is None

    @property
    def place(self) -> str:
        """Where it lies, or last lay."""
        version = self.head or self.base
        assert version is not None
        return version.place


def paired(base: Side, head: Side, within: str | None = None) -> tuple[Pair, ...]:
    """Pair the agreements of both sides, in order of their places.

    An agreement is the one that had its id: first at the same place, then wherever it lay. What is left is paired by
    place alone, so that an agreement may change its id, or be broken. `within` is the file or folder that is asked
    about where one of the sides has more. Raises `CoopctlError` where an id could mean two agreements.
    """
    refuse_doubles(version for version in head.versions if _concerns(within, version))
    pairs: list[Pair] = []
    earlier, later = list(base.versions), list(head.versions)
    for is_same in (_same_place_and_id, _same_id, _same_place):
        for version in list(later):
            found = [each for each in earlier if is_same(each, version)]
            if found and _concerns(within, version, *found):
                refuse_doubles(found)
            if found:
                pairs.append(Pair(found[0], version))
                earlier.remove(found[0])
                later.remove(version)
    pairs += [Pair(version, None) for version in earlier if version.place not in head.passed_over]
    pairs += [Pair(None, version) for version in later if version.place not in base.passed_over]
    wanted = [pair for pair in pairs if _concerns(within, *(version for version in pair if version))]
    return tuple(sorted(wanted, key=lambda pair: (pair.place, pair.is_gone)))


class Unpaired(NamedTuple):
    """Why something is in no pair, one sentence each."""

    passed_over: tuple[str, ...]
    """Neither side has something there that is read as an agreement, or it lies outside of what is checked out."""
    unjudged: tuple[str, ...]
    """An agreement that one side has, while the other, a revision, has no regular file there.

    Were these passed over as well, a link in the place of an agreement would let any change of it pass.
    """


def unpaired(base: Side, head: Side, pairs: Sequence[Pair], within: str | None = None) -> Unpaired:
    """Return what is not compared."""
    passed_over = {**base.passed_over, **head.passed_over}
    unjudged = {}
    for side, other in ((base, head), (head, base)):
        for version in side.versions if other.commit else ():
            why = other.passed_over.get(version.place)
            if why and _concerns(within, version) and all(version not in pair for pair in pairs):
                unjudged[version.place] = f"{why}; {version.shown} has nothing to be compared with"
    rest = (place for place in sorted(passed_over) if place not in unjudged and _lies(place, within))
    return Unpaired(tuple(map(passed_over.__getitem__, rest)), tuple(unjudged[place] for place in sorted(unjudged)))


def refuse_doubles(versions: Iterable[Version]) -> None:
    """Refuse two agreements of one side that have the same id."""
    first: dict[str, Version] = {}
    for version in versions:
        if version.id is None:
            continue
        other = first.setdefault(version.id, version)
        if other is not version:
            raise CoopctlError(
                f"{other.shown} and {version.shown} both have the id {version.id}, so it cannot be told which is "
                "which; give each its own, or name the one that is meant"
            )


def _same_place_and_id(one: Version, other: Version) -> bool:
    return one.place == other.place and one.id is not None and one.id == other.id


def _same_id(one: Version, other: Version) -> bool:
    return one.id is not None and one.id == other.id


def _same_place(one: Version, other: Version) -> bool:
    return one.place == other.place


def _concerns(within: str | None, *versions: Version) -> bool:
    return any(_lies(version.place, within) for version in versions)


def _lies(place: str, within: str | None) -> bool:
    return not within or place == within or place.startswith(f"{within}/")
