"""Commands that write users' files anew: what becomes of each file."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from coopctl.cli.agreements import STDIN
from coopctl.cli.belonging import Beside, Neighbour, OwnFile, joined, one_by_one, own_files, with_neighbours
from coopctl.cli.options import Colour, paper_for
from coopctl.cli.sinks import print_result
from coopctl.cli.streams import complain
from coopctl.discovery import AgreementFile
from coopctl.errors import CoopctlError, ExitCode
from coopctl.findings import Finding
from coopctl.output.blocks import Blocks, Lines
from coopctl.output.patch import patch
from coopctl.output.terminal import clean
from coopctl.output.weights import numbered
from coopctl.replacing import replace_all
from coopctl.source import Source

Work = Callable[[str, str], str | Source]
"""From a file's name and text to its new text; or to what was read, with the findings that stand against it.

Raises `CoopctlError` where the file cannot be worked on.
"""


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


class Together(NamedTuple):
    """How the files of an agreement are worked on as one: all of them, or none."""

    beside: Beside
    """What belongs to an agreement beside its ledger."""
    afterwards: Callable[[AgreementFile, str], tuple[list[Finding], Mapping[str, Lines]]]
    """From an agreement and its text to what would be wrong with it and its ledger afterwards, and the files for
    showing that."""


class _Task(NamedTuple):
    work: Work
    mode: Mode
    words: Words
    together: Together | None


class _New(NamedTuple):
    file: OwnFile
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
    together: Together | None = None,
) -> ExitCode:
    """Work on the agreements at some paths, on the YAML files of their ledgers, and on what else is beside them.

    `together`: where one file of an agreement cannot be worked on, none of that agreement is written, nor of those
    that share one with it.
    """
    tally, task = _Tally(), _Task(work, mode, words, together)
    groups = own_files(paths, stdin_name, together.beside if together is not None else None)
    for group in _whole(list(groups), task, together) if together is not None else one_by_one(groups):
        _work_on(group, task, tally)
    if not (STDIN in (paths or []) and mode is Mode.WRITE):
        complain(_told(tally, mode, words))
    if tally.failed:
        return ExitCode.CANNOT_JUDGE
    return ExitCode.FOUND if tally.changed and mode is not Mode.WRITE else ExitCode.CLEAN


def _whole(groups: list[list[OwnFile]], task: _Task, together: Together) -> list[list[OwnFile]]:
    """Return the files that are worked on together, with those of agreements that nobody named."""

    def would_change(file: OwnFile) -> bool:
        try:
            return isinstance(file.text, Finding) or task.work(file.path, file.text) != file.text
        except CoopctlError:
            return True

    groups, neighbours = with_neighbours(groups, together.beside, would_change)
    for each in neighbours:
        complain(clean(_introduced(each)))
    return joined(groups)


def _introduced(neighbour: Neighbour) -> str:
    return f"{neighbour.path}: shares {neighbour.shared} with {neighbour.named}, so it is worked on, too"


def _work_on(files: Sequence[OwnFile], task: _Task, tally: _Tally) -> None:
    """Put the new texts of some files where they belong: of all of them, or of none."""
    results = [(file, _worked(file, task.work)) for file in files]
    worked = [_New(file, after) for file, after in results if after is not None]
    changed = [each for each in worked if each.is_changed]
    failed = len(files) - len(worked)
    tally.unchanged += len(worked) - len(changed)
    is_right = not failed and (not changed or _is_right_afterwards(files, task.together))
    if is_right and _is_put(worked, task.mode, task.words):
        tally.changed += len(changed)
    else:
        tally.failed += failed + len(changed)


def _is_right_afterwards(files: Sequence[OwnFile], together: Together | None) -> bool:
    """Whether nothing would be wrong with some agreements and their ledgers; what would be is told."""
    told: set[Finding] = set()
    for file in files if together is not None else ():
        if together is not None and file.agreement is not None:
            findings, shown = together.afterwards(file.agreement, str(file.text))
            _show([each for each in findings if each not in told], shown)
            told.update(findings)
    return not told


def _worked(file: OwnFile, work: Work) -> str | None:
    """Return the new text of a file; None where it has none, and why has been told."""
    if isinstance(file.text, Finding):
        _show([file.text], {})
        return None
    try:
        result = work(file.path, file.text)
    except CoopctlError as error:
        complain(f"error: {clean(str(error))}")
        return None
    if isinstance(result, Source):
        _show(result.findings, {result.path: result})
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


def _show(findings: Sequence[Finding], files: Mapping[str, Lines]) -> None:
    blocks = Blocks(paper_for(Colour.NEVER), files)
    for finding in findings:
        complain("\n".join([*blocks.finding(finding), ""]))
