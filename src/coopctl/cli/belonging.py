"""Which files a command that writes users' files anew works on: agreements, and what belongs to each."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from coopctl.cli.agreements import agreement_files, standard_input
from coopctl.discovery import AgreementFile, agreements_around
from coopctl.errors import CoopctlError
from coopctl.files import decoded, read_text
from coopctl.findings import Finding
from coopctl.loading import ledger_files
from coopctl.parsing import read_source
from coopctl.source import Source
from coopctl.versions import declared

Beside = Callable[[str], list[str] | Finding]
"""From an agreement's path to further files that belong to it; or why they cannot be looked at."""


class OwnFile(NamedTuple):
    """A file of the user's, as it is now."""

    path: str
    text: str | Finding
    """What the file has, or why it cannot be read."""
    is_piped: bool = False
    agreement: AgreementFile | None = None
    """None for what is no agreement."""

    @property
    def real(self) -> str:
        """What tells it from all others, whatever names it has."""
        return "" if self.is_piped else os.path.realpath(self.path)


class Neighbour(NamedTuple):
    """An agreement that nobody named, and that shares a file with one that somebody did."""

    path: str
    shared: str
    """The file."""
    named: str
    """The agreement that it is shared with."""


def own_files(paths: list[str] | None, stdin_name: str, beside: Beside | None) -> Iterator[list[OwnFile]]:
    """Yield the files to work on: every agreement with what belongs to it, or a file by itself."""
    for file, is_piped in agreement_files(paths, stdin_name):
        if is_piped:
            yield [OwnFile(file.path, decoded(file.path, standard_input()), is_piped=True)]
        else:
            yield list(_with_its_own(file, beside))


def one_by_one(groups: Iterable[list[OwnFile]]) -> Iterator[list[OwnFile]]:
    """Yield each file once, by itself."""
    seen: set[str] = set()
    for file in chain.from_iterable(groups):
        if file.real not in seen:
            seen.add(file.real)
            yield [file]


def joined(groups: Iterable[list[OwnFile]]) -> list[list[OwnFile]]:
    """Return the groups with each file once; agreements that share a file are one group."""
    group_of: dict[str, dict[str, OwnFile]] = {}
    for group in groups:
        whole: dict[str, OwnFile] = {}
        for file in group:
            whole |= group_of.get(file.real, {})
            whole.setdefault(file.real, file)
        group_of |= dict.fromkeys(whole, whole)
    return [list(each.values()) for each in {id(each): each for each in group_of.values()}.values()]


def with_neighbours(
    groups: Sequence[list[OwnFile]], beside: Beside, would_change: Callable[[OwnFile], bool]
) -> tuple[list[list[OwnFile]], list[Neighbour]]:
    """Add the agreements that share a file with one of those, where it would be changed beneath them."""
    found, neighbours = list(groups), list[Neighbour]()
    known = {group[0].real for group in groups}
    for group in found:  # grows, for neighbours have neighbours
        named, *belonging = group
        around = agreements_around(named.path, [file.path for file in belonging]) if named.agreement else []
        for other in around:
            if os.path.realpath(other.path) in known:
                continue
            theirs = list(_with_its_own(other, beside))
            places = {each.real for each in theirs}
            shared = next((file for file in belonging if file.real in places and would_change(file)), None)
            if shared is not None:
                known.add(os.path.realpath(other.path))
                found.append(theirs)
                neighbours.append(Neighbour(other.path, shared.path, named.path))
    return found, neighbours


def _with_its_own(file: AgreementFile, beside: Beside | None) -> Iterator[OwnFile]:
    """Yield a file, and if it is an agreement the files of its ledger and what else belongs to it."""
    if file.path.endswith(".csv"):
        raise CoopctlError(f"{file.path}: is CSV; only YAML files are worked on")
    text = read_text(file.path, file.tree)
    source = read_source(file.path, text) if isinstance(text, str) else Source(file.path, "")
    found = declared(source.data)
    if found is not None and found.kind:
        yield OwnFile(file.path, text)
        return
    yield OwnFile(file.path, text, agreement=file)
    folder = os.path.dirname(file.path)
    belonging, problems = ledger_files(file.path, source)
    more = beside(file.path) if beside is not None else []
    if isinstance(more, Finding):
        problems.append(more)
    else:
        belonging += more
    yield from (OwnFile(each.location.path, each) for each in problems if each.is_error)
    yield from (OwnFile(path, read_text(path, folder)) for path in belonging if not path.endswith(".csv"))
