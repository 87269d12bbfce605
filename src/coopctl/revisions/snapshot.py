"""The agreements of a git revision and all that belongs to them, written into a folder as they were."""

import os
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from coopctl import faults, limits
from coopctl.discovery import is_agreement_name
from coopctl.errors import CoopctlError
from coopctl.files import decoded
from coopctl.findings import Finding, Location
from coopctl.migration.chain import read_as_newest
from coopctl.model.names import nearest
from coopctl.revisions.git import Blob
from coopctl.revisions.matching import APPROVALS, LINKED_APPROVALS, Pattern, ledger_patterns
from coopctl.revisions.repository import Repository, Revision

_CONFIGURATIONS: Final = ("coopctl.toml", "pyproject.toml")
_LINK: Final = "a symbolic link, which is not followed in a revision"
_SUBMODULE: Final = "a submodule, whose files are not part of this repository"
_WHY_NOT: Final = {"120000": _LINK, "160000": _SUBMODULE}


class Entry(NamedTuple):
    """A file of a revision, or what stands where one could be."""

    path: str
    name: str
    """Of its content, as git calls it."""
    obstacle: str = ""
    """Why it is no regular file."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders that it lies in, and its own name."""
        return tuple(self.path.split("/"))


@dataclass
class Kept:
    """An agreement that was written out."""

    path: str
    """In the repository."""
    id: str | None
    ledger: tuple[Pattern, ...]
    findings: list[Finding] = field(default_factory=list)
    """What belongs to it and could not be written out."""

    @property
    def folder(self) -> str:
        """Where it lies in the repository."""
        return self.path.rpartition("/")[0]


class Snapshot:
    """A revision's agreements in a folder.

    `within` is a file or folder of the revision; all of it if empty. `asked` is one that is looked for in it, and
    may not be there: what was asked for by name is read whatever its name is. `former` are folders with agreements of
    the other side: approvals lie there even where the agreement is gone.
    """

    def __init__(
        self,
        repository: Repository,
        revision: Revision,
        folder: str,
        within: str = "",
        asked: str = "",
        former: Collection[str] = (),
    ) -> None:
        self._git = repository.git
        self._repository = repository
        self._revision = revision
        self.folder = folder
        self.passed_over: dict[str, str] = {}
        """Agreements that are no regular files, with the reason."""
        self._written: set[str] = set()
        self._bytes = 0
        # The search for a configuration and for .gitignore ends at the root of a repository; this is one.
        with open(os.path.join(folder, ".git"), "xb"):
            pass
        self.is_file, found, configurations = self._found(within, asked)
        self.agreements = self._agreements(found)
        above = {ancestor for each in self.agreements for ancestor in _ancestors(each.path)}
        self._write([each for each in configurations if each.path.rpartition("/")[0] in above])
        self._write_what_belongs(former)

    def shown(self, path: str) -> str:
        """Return a path of the repository as git takes it."""
        return f"{self._revision.name}:{path}"

    def _entries(self) -> Iterator[Entry]:
        for line in self._git.listed("ls-tree", "-r", "-z", "--full-tree", self._revision.commit):
            about, _, path = line.partition("\t")
            mode, _, name = about.split(" ")
            yield Entry(path, name, _WHY_NOT.get(mode, ""))

    def _found(self, within: str, asked: str) -> tuple[bool, list[Entry], list[Entry]]:
        """Return whether one file was named, and the agreements and configurations there are."""
        below = f"{within}/" if within else ""
        known, found, configurations = [], [], []
        exists = not within
        for entry in self._entries():
            name = entry.path.rpartition("/")[2]
            if entry.path == within or (entry.obstacle == _SUBMODULE and within.startswith(f"{entry.path}/")):
                if entry.obstacle:
                    raise CoopctlError(f"{self.shown(entry.path)}: {entry.obstacle}")
                return True, [entry], list(self._configurations_above(within))
            exists = exists or entry.path.startswith(below)
            if name in _CONFIGURATIONS and not entry.obstacle:
                configurations.append(entry)
            if entry.path == asked:
                found.append(entry)
            elif is_agreement_name(name):
                known.append(entry.path)
                inner = entry.path.removeprefix(f"{asked}/") if asked else entry.path.removeprefix(below)
                if entry.path.startswith(below) and not is_hidden(inner):
                    found.append(entry)
        if not exists:
            raise CoopctlError(self._did_not_exist(within, known))
        return False, found, configurations

    def _configurations_above(self, path: str) -> Iterator[Entry]:
        above = set(_ancestors(path))
        for entry in self._entries():
            folder, _, name = entry.path.rpartition("/")
            if name in _CONFIGURATIONS and folder in above and not entry.obstacle:
                yield entry

    def _did_not_exist(self, path: str, known: list[str]) -> str:
        message = f"{self.shown(path)}: there was no such file or folder in {self._revision.name}"
        from_here = f"{self._repository.prefix}{path}"
        if from_here != path and any(each == from_here or each.startswith(f"{from_here}/") for each in known):
            return f"{message}; paths are from the repository's root: did you mean `{self.shown(from_here)}`?"
        close = nearest(path, known) or known[:8]
        if not close:
            return f"{message}, nor any agreement"
        return f"{message}; its agreements: " + ", ".join(f"`{self.shown(each)}`" for each in close)

    def _agreements(self, found: list[Entry]) -> list[Kept]:
        if len(found) > limits.REVISION_AGREEMENTS:
            raise CoopctlError(
                f"{self._revision.name}: more than {limits.REVISION_AGREEMENTS:,} agreements; "
                f"name a folder, as in {self.shown('northstar')}"
            )
        self.passed_over = {each.path: each.obstacle for each in found if each.obstacle}
        entries = [each for each in found if not each.obstacle]
        self._write(entries)
        kept = []
        for entry in entries:
            data = _data_of(os.path.join(self.folder, *entry.parts))
            kept.append(Kept(entry.path, id_of(data), ledger_patterns(data)))
        return kept

    def _write_what_belongs(self, former: Collection[str]) -> None:
        """Write the ledgers and approvals, each agreement's as far as they are read."""
        by_folder: dict[str, list[Kept]] = {}
        for each in self.agreements:
            by_folder.setdefault(each.folder, []).append(each)
        ledgers: dict[str, list[Entry]] = {each.path: [] for each in self.agreements}
        approvals: dict[str, list[Entry]] = {each.path: [] for each in self.agreements}
        of_former: dict[str, list[Entry]] = {each: [] for each in former if each not in by_folder}
        self._refuse_many_patterns(by_folder)
        for entry in self._entries():
            for folder in _ancestors(entry.path):
                inner = entry.parts[folder.count("/") + 1 if folder else 0 :]
                if folder in of_former and APPROVALS.matches(inner) and not entry.obstacle:
                    of_former[folder].append(entry)
                for agreement in by_folder.get(folder, ()):
                    if entry.obstacle:
                        self._note_obstacle(agreement, entry, inner)
                    elif APPROVALS.matches(inner):
                        approvals[agreement.path].append(entry)
                    elif any(pattern.matches(inner) for pattern in agreement.ledger):
                        ledgers[agreement.path].append(entry)
        for entries in (*ledgers.values(), *approvals.values(), *of_former.values()):
            self._write(entries, as_ledger=True)

    def _refuse_many_patterns(self, by_folder: dict[str, list[Kept]]) -> None:
        for agreements in by_folder.values():
            if len({pattern for each in agreements for pattern in each.ledger}) > limits.REVISION_PATTERNS:
                place = self.shown(agreements[0].path)
                raise CoopctlError(
                    f"{place}: `actuals` has more than {limits.REVISION_PATTERNS} patterns; write fewer with *"
                )

    def _note_obstacle(self, agreement: Kept, entry: Entry, inner: tuple[str, ...]) -> None:
        """Say that figures may lie where no file could be written: those that were not seen are not missing."""
        patterns = (*agreement.ledger, APPROVALS)
        if entry.obstacle == _LINK:
            concerns = any(pattern.matches(inner) or pattern.names(inner) for pattern in patterns)
        else:
            concerns = any(pattern.leads_into(inner) for pattern in patterns)
        if concerns:
            place = Location(self.shown(entry.path), 1, 1, 1, 1)
            remedy = "put the files themselves there"
            of_approvals = APPROVALS.matches(inner) or APPROVALS.names(inner)
            why = LINKED_APPROVALS if entry.obstacle == _LINK and of_approvals else entry.obstacle
            agreement.findings.append(Finding(faults.NOT_REGULAR, place, why, remedy))

    def _write(self, entries: Iterable[Entry], *, as_ledger: bool = False) -> None:
        """Write files; of a ledger what is read, and the first one beyond it, which reading then complains of."""
        wanted = sorted((each for each in entries if each.path not in self._written), key=lambda each: each.path)
        chosen: list[tuple[Entry, Blob]] = []
        size = 0
        for entry, blob in zip(wanted, self._git.measured([each.name for each in wanted]), strict=True):
            if not blob.exists:
                raise CoopctlError(f"{self.shown(entry.path)}: its contents are missing; see what `git fsck` says")
            chosen.append((entry, blob))
            size += min(blob.size, limits.FILE_BYTES + 1)
            if as_ledger and (len(chosen) > limits.LEDGER_FILES or size > limits.LEDGER_BYTES):
                break
        self._bytes += size
        if self._bytes > limits.REVISION_BYTES or len(self._written) + len(chosen) > limits.REVISION_FILES:
            most = f"{limits.REVISION_FILES:,} files or {limits.REVISION_BYTES:,} bytes"
            raise CoopctlError(
                f"{self._revision.name}: the agreements and their ledgers are more than {most}; "
                f"name one of them, as in {self.shown('northstar/agreement.yaml')}"
            )
        small = [entry for entry, blob in chosen if blob.size <= limits.FILE_BYTES]
        for entry, content in zip(small, self._git.contents([each.name for each in small]), strict=True):
            self._put(entry, content)
        for entry, blob in chosen:
            if blob.size > limits.FILE_BYTES:
                self._put(entry, None)

    def _put(self, entry: Entry, content: bytes | None) -> None:
        """Write one file; one that is too large to be read only as large as it takes to say so."""
        if any(part in ("", ".", "..", ".git") or os.sep in part for part in entry.parts):
            raise CoopctlError(f"{self.shown(entry.path)}: this path leads out of the repository; it is not read")
        place = os.path.join(self.folder, *entry.parts)
        try:
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "xb") as file:
                if content is None:
                    file.truncate(limits.FILE_BYTES + 1)
                else:
                    file.write(content)
        except (OSError, ValueError) as error:
            reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
            raise CoopctlError(f"{self.shown(entry.path)}: cannot be written to a temporary folder: {reason}") from None
        self._written.add(entry.path)


def id_of(data: Any) -> str | None:
    """Return the id that an agreement's data gives; None where it gives none that can be used."""
    given = data.get("id") if isinstance(data, dict) else None
    return unicodedata.normalize("NFC", given) if isinstance(given, str) and given else None


def _data_of(place: str) -> Any:
    with open(place, "rb") as file:
        text = decoded(place, file.read(limits.FILE_BYTES + 1))
    return None if isinstance(text, Finding) else read_as_newest(place, text).data


def _ancestors(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, the root as the empty text last."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def is_hidden(path: str) -> bool:
    """Whether a folder search passes over a path."""
    return any(part.startswith(".") or part in ("node_modules", "__pycache__") for part in path.split("/"))
