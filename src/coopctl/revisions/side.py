"""One side of a comparison, and the agreements that it has."""

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from coopctl import faults
from coopctl.discovery import AgreementFile
from coopctl.errors import CoopctlError
from coopctl.files import lies_within
from coopctl.findings import Finding, Location
from coopctl.loading import Loaded, load
from coopctl.migration.chain import read_as_newest
from coopctl.revisions.conflicts import unresolved
from coopctl.source import Source


class Version(NamedTuple):
    """An agreement as one side has it."""

    file: AgreementFile
    """Where it is read from."""
    place: str
    """Its path as the two sides are compared by: in the repository, or below the folders that were named."""
    shown: str
    """Its path as people are shown it: as git takes it (`v1.1:northstar/agreement.yaml`), or on disk."""
    id: str | None
    """None where the file does not say, or cannot be read."""
    findings: tuple[Finding, ...] = ()
    """What belongs to it and could not be had from git."""
    source: Source | None = None
    """What was read of it to know its id, where it need not be read again."""


@dataclass(frozen=True)
class Side:
    """One of the two things compared."""

    label: str
    """What it is called to people: `v1.1`, `work tree`, `main@3f2a1bc`, or a path."""
    commit: str | None
    """The commit; None for files on disk."""
    versions: tuple[Version, ...]
    passed_over: Mapping[str, str] = field(default_factory=dict)
    """Agreements that are there and are not read, by their place, with the reason."""
    folder: str = ""
    """The temporary folder of a revision's files; empty for files on disk."""
    name: str = ""
    """What stands before the colon in the paths of a revision."""
    why: str = ""
    """Why it is this revision, where nobody named it: `where this branch left it`."""
    root: str = ""
    """The folder on disk that was named, or that the named file lies in; of a revision, where it was written to."""
    start: str = ""
    """The place that was named, where places are from further up than it."""

    def path_of(self, other: Version) -> str:
        """Return where on disk an agreement of the other side would lie, which this side does not have.

        Raises `CoopctlError` where a link on the way leads out of what was named.
        """
        inner = other.place.removeprefix(self.start).lstrip("/") or os.path.basename(other.file.path)
        path = os.path.normpath(os.path.join(self.root, *inner.split("/")))
        path = path if os.path.isabs(path) else os.path.relpath(path)
        folder = os.path.dirname(path)
        if not lies_within(folder, self.root):
            raise CoopctlError(f"{folder}: a link leads out of the folder {self.root or '.'}; put the folder there")
        return path

    def shown(self, path: str) -> str:
        """Return a path on disk as people are shown it."""
        if not self.folder or not path.startswith(f"{self.folder}{os.sep}"):
            return path
        return f"{self.name}:{path[len(self.folder) + 1 :].replace(os.sep, '/')}"

    def shown_in(self, text: str) -> str:
        """Return a text with every path in it as people are shown it."""
        if not self.folder:
            return text
        return text.replace(f"{self.folder}{os.sep}", f"{self.name}:").replace(self.folder, f"{self.name}:")

    def retold(self, finding: Finding) -> Finding:
        """Return a finding with every path in it as people are shown it."""
        if not self.folder:
            return finding
        related = tuple(
            each._replace(location=self._located(each.location), message=self.shown_in(each.message))
            for each in finding.related
        )
        message, remedy = self.shown_in(finding.message), self.shown_in(finding.help)
        if finding.kind is faults.OLD_VERSION:  # what is in git cannot be migrated there
            remedy = (
                f"get it with `git worktree add ../earlier {shlex.quote(self.name)}`, correct there what else is told, "
                "run `coopctl migrate ../earlier`, and compare ../earlier"
            )
        return replace(finding, location=self._located(finding.location), message=message, help=remedy, related=related)

    def load(self, version: Version) -> Loaded:
        """Read an agreement of this side with its ledger; files of older versions are read as if they were migrated.

        All places in the result are as people are shown them.
        """
        loaded = load(version.file, source=version.source, read=read_as_newest)
        findings = [*version.findings, *map(self.retold, loaded.findings)]
        for positions in (loaded.source, *loaded.files.values()):
            positions.path = self.shown(positions.path)
        # What was recorded keeps the names that files were opened by, so they are found by those too.
        files = {**{positions.path: positions for positions in loaded.files.values()}, **loaded.files}
        for path, positions in files.items():
            conflict = unresolved(positions.path, positions.lines) if path == positions.path else None
            if conflict is not None:
                findings = [conflict, *(each for each in findings if each.location.path != path)]
        return replace(loaded, path=self.shown(loaded.path), files=files, findings=tuple(findings))

    def _located(self, location: Location) -> Location:
        return location._replace(path=self.shown(location.path))
