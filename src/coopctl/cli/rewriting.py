"""Commands that write users' files anew: which files those are, and what becomes of each."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import chain
from typing import NamedTuple

from coopctl.cli.agreements import STDIN, agreement_files, standard_input
from coopctl.cli.options import Colour, paper_for
from coopctl.cli.sinks import print_result
from coopctl.cli.streams import complain
from coopctl.discovery import AgreementFile
from coopctl.errors import CoopctlError, ExitCode
from coopctl.files import decoded, read_text
from coopctl.findings import Finding
from coopctl.loading import ledger_files
from coopctl.output.blocks import Blocks
from coopctl.output.patch import patch
from coopctl.output.terminal import clean
from coopctl.output.weights import numbered
from coopctl.parsing import read_source
from coopctl.replacing import replace_all
from coopctl.source import Source
from coopctl.versions import declared

Work = Callable[[str, str], str | Source]
"""From a file's name and text to its new text; or to what was read, with the findings that stand against it.

Raises `CoopctlError` where the file cannot be worked on.
"""


Beside = Callable[[str], list[str] | Finding]
"""From an agreement's path to further files that belong to it; or why they cannot be looked at."""


class Mode(Enum):
    """What becomes of new texts."""

    WRITE = auto()
    CHECK = auto()
    DIFF = auto()

    @classmethod
    def of(cls, *, check: bool, diff: bool) -> "Mode":
        """Return the mode that the options ask for."""
        return cls.CHECK if check else cls.DIFF if diff else cls.WRITE


class Words(NamedTuple):
    """How a command tells what it did: `2 files` and one of these."""

    done: str
    would: str
    unchanged: str


class _File(NamedTuple):
    path: str
    text: str | Finding
    """What the file has, or why it cannot be read."""
    is_piped: bool = False

    @property
    def real(self) -> str:
        """What tells it from all others, whatever names it has."""
        return "" if self.is_piped else os.path.realpath(self.path)


class _New(NamedTuple):
    file: _File
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether the file says something else so far."""
        return self.after != self.file.text


class _Tally:
    """What has become of the files so far."""

    def __init__(self) -> None:
        self.changed = 0
        self.unchanged = 0
        self.failed = 0


def rewrite(
    paths: list[str] | None,
    stdin_name: str,
    work: Work,
    mode: Mode,
    words: Words,
    *,
    beside: Beside | None = None,
    together: bool = False,
) -> ExitCode:
    """Work on the agreements at some paths, on the YAML files of their ledgers, and on what else is beside them.

    `together`: where one file of an agreement cannot be worked on, none of that agreement is written.
    """
    tally = _Tally()
    groups = _groups(paths, stdin_name, beside)
    for group in _joined(groups) if together else _one_by_one(groups):
        _work_on(group, work, mode, words, tally)
    if not (STDIN in (paths or []) and mode is Mode.WRITE):
        complain(_told(tally, mode, words))
    if tally.failed:
        return ExitCode.CANNOT_JUDGE
    return ExitCode.FOUND if tally.changed and mode is not Mode.WRITE else ExitCode.CLEAN


def _work_on(files: Sequence[_File], work: Work, mode: Mode, words: Words, tally: _Tally) -> None:
    """Put the new texts of some files where they belong: of all of them, or of none."""
    results = [(file, _worked(file, work)) for file in files]
    worked = [_New(file, after) for file, after in results if after is not None]
    changed = [each for each in worked if each.is_changed]
    failed = len(files) - len(worked)
    tally.unchanged += len(worked) - len(changed)
    if not failed and _is_put(worked, mode, words):
        tally.changed += len(changed)
    else:
        tally.failed += failed + len(changed)


def _worked(file: _File, work: Work) -> str | None:
    """Return the new text of a file; None where it has none, and why has been told."""
    if isinstance(file.text, Finding):
        _show([file.text], Source(file.path, ""))
        return None
    try:
        result = work(file.path, file.text)
    except CoopctlError as error:
        complain(f"error: {clean(str(error))}")
        return None
    if isinstance(result, Source):
        _show(result.findings, result)
        return None
    return result


def _is_put(files: Sequence[_New], mode: Mode, words: Words) -> bool:
    """Put new texts where they belong; False where they could not be written, and why has been told."""
    changed = [each for each in files if each.is_changed]
    if mode is Mode.CHECK:
        print_result("".join(f"{clean(each.file.path)}\n" for each in changed))
        return True
    if mode is Mode.DIFF:
        print_result("".join(patch(each.file.path, str(each.file.text), each.after) for each in changed))
        return True
    on_disk = [each for each in changed if not each.file.is_piped]
    try:
        replace_all((each.file.path, str(each.file.text), each.after) for each in on_disk)
    except CoopctlError as error:
        complain(f"error: {clean(str(error))}")
        return False
    for each in on_disk:
        complain(f"{clean(each.file.path)}: {words.done}")
    print_result("".join(each.after for each in files if each.file.is_piped))
    return True


def _told(tally: _Tally, mode: Mode, words: Words) -> str:
    """Tell in a line what has become of all files."""
    parts = []
    if tally.changed:
        parts.append(f"{numbered(tally.changed, 'file')} {words.done if mode is Mode.WRITE else words.would}")
    if tally.unchanged:
        parts.append(f"{numbered(tally.unchanged, 'file')} {words.unchanged}")
    if tally.failed:
        parts.append(f"{numbered(tally.failed, 'file')} left alone for what is told above")
    return ", ".join(parts)


def _show(findings: list[Finding], source: Source) -> None:
    blocks = Blocks(paper_for(Colour.NEVER), {source.path: source})
    for finding in findings:
        complain("\n".join([*blocks.finding(finding), ""]))


# --- which files ------------------------------------------------------------------------------------------------


def _groups(paths: list[str] | None, stdin_name: str, beside: Beside | None) -> Iterator[list[_File]]:
    """Yield the files to work on: every agreement with what belongs to it, or a file by itself."""
    for file, is_piped in agreement_files(paths, stdin_name):
        if is_piped:
            yield [_File(file.path, decoded(file.path, standard_input()), is_piped=True)]
        else:
            yield list(_with_its_own(file, beside))


def _one_by_one(groups: Iterable[list[_File]]) -> Iterator[list[_File]]:
    """Yield each file once, by itself."""
    seen: set[str] = set()
    for file in chain.from_iterable(groups):
        if file.real not in seen:
            seen.add(file.real)
            yield [file]


def _joined(groups: Iterable[list[_File]]) -> list[list[_File]]:
    """Return the groups with each file once; agreements that share a file are one group."""
    group_of: dict[str, dict[str, _File]] = {}
    for group in groups:
        whole: dict[str, _File] = {}
        for file in group:
            whole |= group_of.get(file.real, {})
            whole.setdefault(file.real, file)
        group_of |= dict.fromkeys(whole, whole)
    return [list(each.values()) for each in {id(each): each for each in group_of.values()}.values()]


def _with_its_own(file: AgreementFile, beside: Beside | None) -> Iterator[_File]:
    """Yield a file, and if it is an agreement the files of its ledger and what else belongs to it."""
    if file.path.endswith(".csv"):
        raise CoopctlError(f"{file.path}: is CSV; only YAML files are worked on")
    text = read_text(file.path, file.tree)
    yield _File(file.path, text)
    source = read_source(file.path, text) if isinstance(text, str) else Source(file.path, "")
    found = declared(source.data)
    if found is not None and found.kind:
        return
    folder = os.path.dirname(file.path)
    belonging, problems = ledger_files(file.path, source)
    more = beside(file.path) if beside is not None else []
    if isinstance(more, Finding):
        problems.append(more)
    else:
        belonging += more
    yield from (_File(each.location.path, each) for each in problems if each.is_error)
    yield from (_File(path, read_text(path, folder)) for path in belonging if not path.endswith(".csv"))
