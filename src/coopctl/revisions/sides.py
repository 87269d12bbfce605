"""The two sides of a comparison, each with its agreements as files on disk."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from coopctl.discovery import AgreementFile, find_agreements
from coopctl.errors import CoopctlError
from coopctl.files import read_text
from coopctl.findings import Finding
from coopctl.migration.chain import read_as_newest
from coopctl.revisions.naming import Named, named_sides
from coopctl.revisions.pairing import Pair, Unpaired, paired, unpaired
from coopctl.revisions.repository import Repository, Revision
from coopctl.revisions.side import Side, Version
from coopctl.revisions.snapshot import Snapshot, id_of
from coopctl.revisions.worktree import Placed, found_in_work_tree


class Sides(NamedTuple):
    """What is compared with what."""

    base: Side
    head: Side
    pairs: tuple[Pair, ...]
    """The agreements in order of their places."""
    unpaired: Unpaired
    """What is not compared."""


@contextmanager
def two_sides(arguments: Sequence[str]) -> Iterator[Sides]:
    """Give both sides of a comparison for the time of a `with` block, named as on the command line.

    Raises `CoopctlError` where a name stands for nothing, or where neither side has an agreement.
    """
    base, head, repository = named_sides(arguments)
    within = _scope(base, head, repository)
    with ExitStack() as stack:
        folders = [stack.enter_context(_temporary_folder()) if named.revision else "" for named in (base, head)]
        earlier = _side(base, folders[0], within, repository)
        later = _side(head, folders[1], within, repository, [each.place for each in earlier.versions])
        pairs = paired(earlier, later, within)
        rest = unpaired(earlier, later, pairs, within)
        if not pairs:
            told = f"no agreement found, neither in {earlier.label} nor in {later.label}"
            raise CoopctlError("; ".join([told, *rest.unjudged, *rest.passed_over]))
        yield Sides(earlier, later, pairs, rest)


def _scope(base: Named, head: Named, repository: Repository | None) -> str | None:
    """Return the path that both sides are about where one names all there is and the other a part of it."""
    if (base.path is None) == (head.path is None):
        return None
    part = base if head.path is None else head
    assert part.path is not None
    if part.revision is not None:
        return part.path
    assert repository is not None
    return repository.place_of(part.path)


@contextmanager
def _temporary_folder() -> Iterator[str]:
    try:
        temporary = tempfile.TemporaryDirectory(prefix="coopctl-", ignore_cleanup_errors=True)
    except OSError as error:
        raise CoopctlError(f"no temporary folder for an earlier version: {error.strerror or error}") from None
    with temporary as folder:
        yield os.path.realpath(folder)


def _side(
    named: Named, folder: str, within: str | None, repository: Repository | None, formerly: Sequence[str] = ()
) -> Side:
    """Return one side; `formerly` are the places where the other had agreements, whose approvals are wanted."""
    # Where the other side names all there is, places are from the repository's root.
    start = within if within is not None and named.path is not None else ""
    asked = within if within is not None and named.path is None else ""
    if named.revision is not None and repository is not None:
        above = f"{named.path}/" if within is None and named.path else ""
        former = {f"{above}{place}".rpartition("/")[0] for place in formerly}
        snapshot = Snapshot(repository, named.revision, folder, named.path or "", asked, former)
        return _of_revision(named, named.revision, snapshot, start)
    path = named.path
    if path is None:
        assert repository is not None
        path = os.path.relpath(repository.top)
    if repository is not None and os.path.isdir(path):
        found, passed_over = found_in_work_tree(path, asked)
    else:
        found, passed_over = _found_on_disk(path), {}
    versions = (_on_disk(each.file, _joined(start, each.place)) for each in found)
    reasons = {_joined(start, place): why for place, why in passed_over.items()}
    root = path if os.path.isdir(path) else os.path.dirname(path)
    return Side(named.label, None, tuple(versions), reasons, root=root, start=start)


def _of_revision(named: Named, revision: Revision, snapshot: Snapshot, start: str) -> Side:
    above = f"{named.path}/" if named.path else ""
    versions = []
    for each in snapshot.agreements:
        place = "" if snapshot.is_file else each.path.removeprefix(above)
        file = AgreementFile(os.path.join(snapshot.folder, *each.path.split("/")), snapshot.folder)
        shown = snapshot.shown(each.path)
        versions.append(Version(file, _joined(start, place), shown, each.id, tuple(each.findings)))
    passed_over = {
        _joined(start, path.removeprefix(above)): f"{snapshot.shown(path)}: {why}"
        for path, why in snapshot.passed_over.items()
    }
    found = tuple(versions)
    root = os.path.join(snapshot.folder, *(named.path or "").split("/"))
    root = os.path.dirname(root) if snapshot.is_file else root
    name, why = revision.name, revision.why
    return Side(named.label, revision.commit, found, passed_over, snapshot.folder, name, why, root, start)


def _found_on_disk(path: str) -> list[Placed]:
    """Return the agreements at a path: the file itself, whose place is empty, or those in the folder."""
    if not os.path.isdir(path):
        return [Placed(each, "") for each in find_agreements([path])]
    return [Placed(each, os.path.relpath(each.path, path).replace(os.sep, "/")) for each in find_agreements([path])]


def _joined(start: str, place: str) -> str:
    return f"{start}/{place}" if start and place else start or place


def _on_disk(file: AgreementFile, place: str) -> Version:
    """Return an agreement on disk, read once for its id and for all the rest."""
    text = read_text(file.path, file.tree)
    if isinstance(text, Finding):
        return Version(file, place, file.path, None)
    source = read_as_newest(file.path, text)
    return Version(file, place, file.path, id_of(source.data), source=source)
