"""Commands that write users' files anew: which files those are, and what becomes of each."""

import os
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import NamedTuple

from coopctl.changes.approvals.reading import approval_files
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
from coopctl.replacing import replace_text
from coopctl.source import Source
from coopctl.versions import declared

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


class _File(NamedTuple):
    path: str
    text: str | Finding
    """What the file has, or why it cannot be read."""
    is_piped: bool = False


class _Tally:
    """What has become of the files so far."""

    def __init__(self) -> None:
        self.changed = 0
        self.unchanged = 0
        self.failed = 0


def rewrite(
    paths: list[str] | None, stdin_name: str, work: Work, mode: Mode, words: Words, *, approvals: bool
) -> ExitCode:
    """Work on the agreements at some paths and on the YAML files of their ledgers, and on their approvals if wanted."""
    tally = _Tally()
    for file in _files(paths, stdin_name, approvals=approvals):
        try:
            after = _worked(file, work)
            if after is None:
                tally.failed += 1
            elif after != file.text or (file.is_piped and mode is Mode.WRITE):
                _put(file, after, mode, words)
                tally.changed += after != file.text
                tally.unchanged += after == file.text
            else:
                tally.unchanged += 1
        except CoopctlError as error:
            complain(f"error: {clean(str(error))}")
            tally.failed += 1
    if not (STDIN in (paths or []) and mode is Mode.WRITE):
        complain(_told(tally, mode, words))
    if tally.failed:
        return ExitCode.CANNOT_JUDGE
    return ExitCode.FOUND if tally.changed and mode is not Mode.WRITE else ExitCode.CLEAN


def _worked(file: _File, work: Work) -> str | None:
    """Return the new text of a file; None where it has none, and why has been told."""
    if isinstance(file.text, Finding):
        _show([file.text], Source(file.path, ""))
        return None
    result = work(file.path, file.text)
    if isinstance(result, Source):
        _show(result.findings, result)
        return None
    return result


def _put(file: _File, after: str, mode: Mode, words: Words) -> None:
    assert isinstance(file.text, str)
    if mode is Mode.CHECK:
        print_result(f"{clean(file.path)}\n")
    elif mode is Mode.DIFF:
        print_result(patch(file.path, file.text, after))
    elif file.is_piped:
        print_result(after)
    else:
        replace_text(file.path, file.text, after)
        complain(f"{clean(file.path)}: {words.done}")


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


def _files(paths: list[str] | None, stdin_name: str, *, approvals: bool) -> Iterator[_File]:
    """Yield the files to work on, each once: every agreement with what belongs to it, or a file by itself."""
    seen: set[str] = set()
    for file, is_piped in agreement_files(paths, stdin_name):
        if is_piped:
            yield _File(file.path, decoded(file.path, standard_input()), is_piped=True)
            continue
        for each in _with_its_own(file, approvals=approvals):
            real = os.path.realpath(each.path)
            if real not in seen:
                seen.add(real)
                yield each


def _with_its_own(file: AgreementFile, *, approvals: bool) -> Iterator[_File]:
    """Yield a file, and if it is an agreement the files of its ledger and its approvals."""
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
    more = approval_files(file.path) if approvals else []
    if isinstance(more, Finding):
        problems.append(more)
    else:
        belonging += more
    yield from (_File(each.location.path, each) for each in problems if each.is_error)
    yield from (_File(path, read_text(path, folder)) for path in belonging if not path.endswith(".csv"))
