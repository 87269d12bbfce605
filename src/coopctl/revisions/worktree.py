"""The agreements in a folder of the work tree that git would take for those of its repository."""

import os
from typing import NamedTuple

from coopctl.discovery import AgreementFile, find_agreements, is_agreement_name
from coopctl.errors import CoopctlError
from coopctl.revisions.git import Git
from coopctl.revisions.snapshot import is_hidden


class Placed(NamedTuple):
    """An agreement in a folder."""

    file: AgreementFile
    place: str
    """Its path below the folder."""


class Found(NamedTuple):
    """What a folder of the work tree holds."""

    agreements: list[Placed]
    passed_over: dict[str, str]
    """Agreements that are not compared, by their place, with the reason."""


def found_in_work_tree(folder: str, asked: str = "") -> Found:
    """Return the agreements in a folder: those that a search finds, and tracked ones that it takes for ignored.

    `asked` is a file or folder below it that is read whatever its name is, if it is there.
    """
    on_disk, elsewhere = _tracked(folder)
    found = {os.path.relpath(each.path): None for each in _searched(folder)}
    if asked and os.path.lexists(os.path.join(folder, asked)):
        found |= {os.path.relpath(each.path): None for each in _searched(os.path.join(folder, asked))}
    found |= {os.path.relpath(os.path.join(folder, place)): None for place in on_disk}
    agreements: list[Placed] = []
    passed_over = {place: f"{place}: not checked out here (sparse checkout)" for place in elsewhere}
    for file in find_agreements(sorted(found)) if found else ():
        place = os.path.relpath(file.path, folder).replace(os.sep, "/")
        if _is_in_inner_repository(folder, place):
            passed_over[place] = f"{file.path}: in a git repository of its own; run coopctl in there"
        else:
            agreements.append(Placed(file._replace(tree=folder), place))
    return Found(agreements, passed_over)


def _searched(folder: str) -> list[AgreementFile]:
    """Return the agreements that a search finds, which may be none."""
    try:
        return find_agreements([folder])
    except CoopctlError:
        if not os.access(folder, os.R_OK | os.X_OK):
            raise
        return []


def _tracked(folder: str) -> tuple[list[str], list[str]]:
    """Return the agreements that git tracks in a folder: those on disk, and those that a sparse checkout left out."""
    on_disk: list[str] = []
    elsewhere: list[str] = []
    answer = Git(folder).ask("ls-files", "-t", "-z")
    for line in () if answer.code else answer.out.split(b"\0"):
        state, _, path = os.fsdecode(line).partition(" ")
        if not is_agreement_name(path.rpartition("/")[2]) or is_hidden(path):
            continue
        if os.path.isfile(os.path.join(folder, path)):
            on_disk.append(path)
        elif state == "S":
            elsewhere.append(path)
    return on_disk, elsewhere


def _is_in_inner_repository(folder: str, place: str) -> bool:
    """Whether a submodule, or another clone, lies between a folder and a file."""
    parts = place.split("/")[:-1]
    return any(os.path.lexists(os.path.join(folder, *parts[:depth], ".git")) for depth in range(1, len(parts) + 1))
