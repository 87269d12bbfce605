"""Which files a command is about: agreements below the paths that were named, and each one's ledger files."""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from coopctl import faults
from coopctl.errors import CoopctlError
from coopctl.files import lies_within, outside, read_text, unreadable
from coopctl.findings import Finding, Location
from coopctl.source import Source

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

AGREEMENT_NAME = "agreement.yaml"
AGREEMENT_SUFFIX = ".coop.yaml"
_MOST_STARS = 8
LEDGER_FOLDER = "actuals"
LEDGER_SUFFIXES = (".yaml", ".yml", ".csv")


class AgreementFile(NamedTuple):
    """An agreement that was found or named."""

    path: str
    """As it is shown to people: relative if it was named so, with forward slashes."""
    tree: str
    """Folder in which its real place has to lie."""


def find_agreements(paths: list[str]) -> list[AgreementFile]:
    """Return the agreements at the given paths: files as they are, folders searched; each once, in order.

    Raises `CoopctlError` where a path does not exist or a folder holds no agreement.
    """
    found: dict[str, AgreementFile] = {}
    for path in paths or ["."]:
        try:
            is_folder = Path(path).is_dir()
            exists = is_folder or os.path.lexists(path)
        except (OSError, ValueError) as error:
            raise CoopctlError(f"{path}: cannot be looked at: {error}") from None
        if not exists:
            raise CoopctlError(f"{path}: no such file or folder")
        if is_folder:
            before = len(found)
            for each in _search(path):
                found.setdefault(os.path.realpath(each.path), each)
            if len(found) == before and not any(_search(path)):
                raise CoopctlError(
                    f"{path}: no agreement found; an agreement is a file {AGREEMENT_NAME} or *{AGREEMENT_SUFFIX}"
                )
        else:
            found.setdefault(os.path.realpath(path), AgreementFile(_posix(path), os.path.dirname(path)))
    return list(found.values())


def is_agreement_name(name: str) -> bool:
    """Whether a folder search takes a file of this name for an agreement."""
    return name == AGREEMENT_NAME or (name.endswith(AGREEMENT_SUFFIX) and name != AGREEMENT_SUFFIX)


def shares_its_ledger(agreement: str) -> bool:
    """Whether another agreement stands in the same folder, and so may read the same ledger."""
    return _agreements_in(os.path.dirname(agreement)) > 1


def _agreements_in(folder: str) -> int:
    """How many agreements stand in a folder; none in one that cannot be looked into."""
    try:
        return sum(map(is_agreement_name, os.listdir(folder or ".")))
    except OSError:
        return 0


def agreements_around(agreement: str, files: list[str]) -> list[AgreementFile]:
    """Return the other agreements that may read some files of an agreement: those in the folders above the files.

    They are looked for up to the root of the git repository; outside of one, up to the agreement's own folder.
    """
    own = os.path.abspath(os.path.dirname(agreement))
    folders = set(_up_to_repository(own))
    for here in {os.path.dirname(os.path.abspath(file)) for file in files}:
        while here not in folders and here != os.path.dirname(here):
            folders.add(here)
            here = os.path.dirname(here)
    found: list[AgreementFile] = []
    for folder in sorted(folders):
        shown = folder if os.path.isabs(agreement) else os.path.relpath(folder)
        there = _found_in(shown, _Ignored.above(shown), tree="")
        found += (each._replace(tree=os.path.dirname(each.path)) for each in there if isinstance(each, AgreementFile))
    real = os.path.realpath(agreement)
    return [each for each in found if os.path.realpath(each.path) != real]


def _up_to_repository(folder: str) -> list[str]:
    """Return a folder and those above it, up to the root of the git repository; itself where there is none."""
    folders = [folder]
    while not os.path.lexists(os.path.join(folders[-1], ".git")):
        parent = os.path.dirname(folders[-1])
        if parent == folders[-1]:
            return folders[:1]
        folders.append(parent)
    return folders


def _search(folder: str) -> Iterator[AgreementFile]:
    """Walk a folder in order of names, without following links to folders and without what git ignores."""
    pending: list[tuple[str, _Ignored] | AgreementFile] = [(folder, _Ignored.above(folder))]
    while pending:
        place = pending.pop()
        if isinstance(place, AgreementFile):
            yield place
        else:
            pending += reversed(list(_found_in(*place, tree=folder)))


def _found_in(folder: str, ignored: "_Ignored", *, tree: str) -> "Iterator[tuple[str, _Ignored] | AgreementFile]":
    """Yield the agreements in a folder and the folders below it, in order."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        if folder == tree:
            raise CoopctlError(f"{folder}: cannot be searched: {os.strerror(error.errno or 0)}") from None
        if os.path.basename(folder) == LEDGER_FOLDER and _agreements_in(os.path.dirname(folder)):
            return  # the agreement says itself that its ledger cannot be read
        # What may be in it cannot be judged: reading it fails, and the others are judged all the same.
        yield AgreementFile(_posix(os.path.join(folder, AGREEMENT_NAME)), tree)
        return
    ignored = ignored.with_folder(folder, {entry.name for entry in entries})
    for entry in entries:
        if entry.name.startswith(".") or entry.name in ("node_modules", "__pycache__"):
            continue
        path = entry.name if folder == "." else os.path.join(folder, entry.name)
        is_folder = entry.is_dir(follow_symlinks=False)
        if not (is_folder or is_agreement_name(entry.name)) or ignored.matches(path, is_folder=is_folder):
            continue
        if is_folder:
            yield path, ignored
        elif not os.path.isdir(path):
            yield AgreementFile(_posix(path), tree)


class _Ignored:
    """The .gitignore files that apply in a folder, outermost first."""

    def __init__(self, specs: "tuple[tuple[str, GitIgnoreSpec], ...]" = ()) -> None:
        self._specs = specs

    @classmethod
    def above(cls, folder: str) -> "_Ignored":
        """Collect those of the folders above, up to the root of the git repository."""
        ignored = cls()
        for each in reversed(_up_to_repository(os.path.abspath(folder))[1:]):
            ignored = ignored.with_folder(each, {".gitignore"})
        return ignored

    def with_folder(self, folder: str, names: set[str]) -> "_Ignored":
        """Add a folder's own .gitignore, if it has one."""
        if ".gitignore" not in names:
            return self
        text = read_text(os.path.join(folder, ".gitignore"), folder)
        if not isinstance(text, str):
            return self  # as git does with one that it cannot read
        from pathspec import GitIgnoreSpec

        # A line with many stars takes for ever to compare; nobody means it, and what it ignores is judged instead.
        lines = [line for line in text.splitlines() if line.count("*") <= _MOST_STARS and _is_usable(line)]
        return _Ignored((*self._specs, (os.path.abspath(folder), GitIgnoreSpec.from_lines(lines))))

    def matches(self, path: str, *, is_folder: bool) -> bool:
        """Whether git would ignore a path; the innermost file that says something decides."""
        absolute = os.path.abspath(path) if self._specs else path
        for root, spec in reversed(self._specs):
            relative = os.path.relpath(absolute, root).replace(os.sep, "/") + ("/" if is_folder else "")
            verdict = spec.check_file(relative).include
            if verdict is not None:
                return verdict
        return False


def _is_usable(line: str) -> bool:
    """Whether a line of a .gitignore is a pattern; git passes over one that is not."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def find_ledger_files(folder: str, patterns: tuple[str, ...] | None, source: Source) -> tuple[list[str], list[Finding]]:
    """Return an agreement's ledger files in order of their names, and what keeps others from being found.

    A ledger that cannot be looked at is a finding: figures that were not seen are not missing figures.
    """
    if patterns is None:
        place = os.path.join(folder, LEDGER_FOLDER)
        if not os.path.lexists(place):
            return [], []
        found = _listed(place, folder)
        return ([], [found]) if isinstance(found, Finding) else (found, [])
    files: dict[str, None] = {}
    findings: list[Finding] = []
    for index, pattern in enumerate(patterns):
        matches = _matching(folder, pattern, source.value_at(("actuals", index)))
        if isinstance(matches, Finding):
            findings.append(matches)
        else:
            files |= dict.fromkeys(matches)
    return sorted(files), findings


def would_be_read(agreement: str, patterns: tuple[str, ...] | None, path: str) -> bool:
    """Whether an agreement with these patterns in `actuals` (None: it has none) reads a ledger file at a path."""
    return read_as(agreement, patterns, path) is not None


def read_as(agreement: str, patterns: tuple[str, ...] | None, path: str) -> str | None:
    """Return the name, from the agreement's folder, under which its ledger reads a file; None where it does not.

    The file need not be there yet. It may be named through links; a pattern that itself goes through one names the
    files behind it by that link only.
    """
    folder = os.path.dirname(agreement) or "."
    if os.path.realpath(path) == os.path.realpath(agreement):
        return None
    for root, place in ((folder, path), (os.path.realpath(folder), os.path.realpath(path))):
        try:
            parts = PurePosixPath(os.path.relpath(place, root).replace(os.sep, "/")).parts
        except ValueError:  # on another drive
            continue
        if not parts or parts[0] == "..":
            continue
        if _is_in_ledger_folder(parts) if patterns is None else any(_names(each, parts, root) for each in patterns):
            return "/".join(parts)
    return None


def _is_in_ledger_folder(parts: tuple[str, ...]) -> bool:
    return len(parts) == 2 and parts[0] == LEDGER_FOLDER and _is_ledger_name(parts[1])


def _is_ledger_name(name: str) -> bool:
    return name.endswith(LEDGER_SUFFIXES) and not name.startswith(".")


def _names(pattern: str, parts: tuple[str, ...], folder: str) -> bool:
    """Whether a pattern names a file, by the parts of its path; the same as finding it by `_expanded`."""
    posix = PurePosixPath(pattern)
    if not posix.parts or _leaves_its_folder(pattern, posix):
        return False
    *folders, name = parts
    reached, here = _past_stars({0}, posix.parts), folder
    for each in folders:
        here = os.path.join(here, each)
        is_link = os.path.islink(here)
        reached = _past_stars(set(_after(each, reached, posix.parts, is_link=is_link)), posix.parts)
    last = len(posix.parts) - 1
    return last in reached and posix.parts[last] != "**" and fnmatchcase(name, posix.parts[last])


def _past_stars(reached: set[int], parts: tuple[str, ...]) -> set[int]:
    """Add where a pattern goes on where `**` stands for no folder."""
    for index, part in enumerate(parts):
        if index in reached and part == "**":
            reached.add(index + 1)
    return reached


def _after(name: str, reached: set[int], parts: tuple[str, ...], *, is_link: bool) -> Iterator[int]:
    """Yield how far a pattern has come behind one more folder; no sign of it stands for a link."""
    for index in reached:
        if index < len(parts) and not (is_link and _has_signs(parts[index])):
            if parts[index] == "**":
                yield index
            elif fnmatchcase(name, parts[index]):
                yield index + 1


def _leaves_its_folder(pattern: str, posix: PurePosixPath) -> bool:
    return posix.is_absolute() or ".." in posix.parts or "\\" in pattern or ":" in pattern[:2]


def _listed(place: str, tree: str) -> list[str] | Finding:
    """Return the ledger files in a folder, in order."""
    try:
        if os.path.isdir(place) and not lies_within(place, tree):
            return outside(_posix(place), tree)
        with os.scandir(place) as entries:
            names = sorted(entry.name for entry in entries if _is_ledger_name(entry.name) and not entry.is_dir())
    except OSError as error:
        return unreadable(_posix(place), error)
    return [_posix(os.path.join(place, name)) for name in names]


def _matching(folder: str, pattern: str, location: Location) -> list[str] | Finding:
    """Return the files that one pattern of `actuals` names."""
    posix = PurePosixPath(pattern)
    if _leaves_its_folder(pattern, posix):
        return Finding(
            faults.OUTSIDE_TREE,
            location,
            f"the pattern {pattern} leaves the agreement's folder",
            "name files in the agreement's folder or below it, such as actuals/*.yaml",
        )
    is_pattern = _has_signs(pattern)
    try:
        place = _look_at(folder, posix)
        if not lies_within(place, folder):
            return outside(_posix(place), folder)
        found = sorted(_expanded(folder or ".", posix.parts))
    except FileNotFoundError:
        found = []
    except ValueError:
        return Finding(
            faults.WRONG_VALUE, location, f"the pattern {pattern} cannot be used", "write it as actuals/*.yaml"
        )
    except OSError as error:
        return unreadable(_posix(str(error.filename or folder)), error)
    if found:
        return [_posix(path) for path in found]
    return Finding(
        faults.NO_LEDGER_MATCH if is_pattern else faults.NO_LEDGER_FILE,
        location,
        f"{pattern} matches no file" if is_pattern else f"there is no file {pattern}",
        "correct the name, or add the file",
    )


def _has_signs(pattern: str) -> bool:
    return any(sign in pattern for sign in "*?[")


def _expanded(folder: str, parts: tuple[str, ...]) -> set[str]:
    """Return the files that a pattern leads to; each folder is looked at once per part, and no link is entered."""
    found: set[str] = set()
    seen: set[tuple[str, int]] = set()
    pending = [(folder, 0)]
    while pending:
        here, index = pending.pop()
        if (here, index) in seen or index == len(parts):
            continue
        seen.add((here, index))
        part = parts[index]
        if not _has_signs(part):
            path = part if here == "." else os.path.join(here, part)
            if os.path.isdir(path):
                pending.append((path, index + 1))
            elif index == len(parts) - 1 and os.path.lexists(path):
                found.add(path)
            continue
        if part == "**":
            pending.append((here, index + 1))
        for name, is_folder in _entries(here):
            path = name if here == "." else os.path.join(here, name)
            if part == "**":
                pending += [(path, index)] if is_folder else []
            elif fnmatchcase(name, part):
                if is_folder:
                    pending.append((path, index + 1))
                elif index == len(parts) - 1:
                    found.add(path)
    return found


def _entries(folder: str) -> list[tuple[str, bool]]:
    """Return names in a folder and whether each is a folder itself; a link is taken for the file it may lead to."""
    with os.scandir(folder) as entries:
        return [
            (entry.name, entry.is_dir(follow_symlinks=False))
            for entry in entries
            if not (entry.is_symlink() and os.path.isdir(entry.path))
        ]


def _look_at(folder: str, pattern: PurePosixPath) -> str:
    """Return how far a pattern goes without signs, raising what keeps that from being looked at."""
    place = folder
    for part in pattern.parts:
        if _has_signs(part):
            os.scandir(place or ".").close()
            break
        place = os.path.join(place, part)
        os.stat(place)
    return place


def _posix(path: str) -> str:
    """Write a path as it is shown: with forward slashes, and never so that a CI server takes it for a command."""
    shown = path.replace(os.sep, "/").removeprefix("./")
    return f"./{shown}" if shown.startswith((":", "#", "-")) else shown
