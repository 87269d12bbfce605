"""Writes the files of a new agreement: all of them, or none."""

import os
from collections.abc import Sequence

from coopctl import faults
from coopctl.discovery import LEDGER_FOLDER, AgreementFile, is_agreement_name
from coopctl.errors import CoopctlError
from coopctl.files import lies_within, read_text
from coopctl.loading import load
from coopctl.replacing import replace_all
from coopctl.starting.agreement import AGREEMENT
from coopctl.starting.project import NewFile


def refuse_agreements(folder: str, *, force: bool) -> None:
    """Raise `CoopctlError` where a folder has an agreement already: two would share one ledger.

    With `force` one that would be replaced is no obstacle; another one still is.
    """
    try:
        found = sorted(filter(is_agreement_name, os.listdir(folder)))
    except FileNotFoundError:
        return
    except OSError as error:
        raise CoopctlError(f"{folder}: cannot be looked at: {os.strerror(error.errno or 0)}") from None
    others = [name for name in found if name != AGREEMENT]
    if others:
        raise CoopctlError(
            f"{folder}: {', '.join(others)} is already there, and nothing was written; two agreements in one folder "
            "would share one ledger: name another folder"
        )
    if found and not force:
        raise CoopctlError(
            f"{folder}: {', '.join(found)} is already there, and nothing was written; name another folder, or give "
            "--force to replace what stands in the way"
        )


def refuse_occupied(files: Sequence[NewFile], *, force: bool) -> None:
    """Raise `CoopctlError` where something stands in the way; with `force` only what cannot be replaced does.

    What a CI server reads is never replaced, and so never in the way.
    """
    files = [file for file in files if not is_kept_for_ci(file)]
    for file in files:
        if not lies_within(file.path, file.root):
            raise CoopctlError(f"{file.path}: a link leads out of the folder {file.root}; remove it")
    standing = [file.path for file in files if os.path.lexists(file.path)]
    if standing and not force:
        raise CoopctlError(
            f"{', '.join(standing)}: already there, and nothing was written; name another folder, or give --force to "
            "replace what stands in the way"
        )
    for path in standing:
        if os.path.islink(path) or not os.path.isfile(path):
            raise CoopctlError(f"{path}: is not a regular file, and is not replaced; move it away")


def refuse_foreign_ledger(agreement: NewFile) -> None:
    """Raise `CoopctlError` where a ledger is there already that the new agreement could not judge."""
    if not os.path.isdir(agreement.root):
        return
    loaded = load(AgreementFile(agreement.path, agreement.root), agreement.text)
    wrong = [finding for finding in loaded.findings if finding.is_error or finding.kind is faults.OUTSIDE_TERM]
    if wrong:
        where, why = wrong[0].location, wrong[0].message
        ledger = f"{os.path.normpath(os.path.join(agreement.root, LEDGER_FOLDER))}/"
        raise CoopctlError(
            f"{where.path}:{where.line}: {why}; what is recorded in {ledger} cannot be judged by the new agreement, "
            f"and nothing was written: move {ledger} away, or name another folder"
        )


def is_kept_for_ci(file: NewFile) -> bool:
    """Whether a file is one for a CI server that is there already: others may have written what it does."""
    return file.part == "ci" and os.path.lexists(file.path)


def place(files: Sequence[NewFile]) -> list[NewFile]:
    """Write the files and return those that were kept: a ledger, or a file for CI, that is there already.

    Where one cannot be written none is, and `CoopctlError` says why.
    """
    kept = [file for file in files if file.part in ("ledger", "ci") and os.path.lexists(file.path)]
    replace_all([(file.path, _standing_text(file), file.text) for file in files if file not in kept])
    return kept


def says_so_already(file: NewFile) -> bool:
    """Whether what stands at a file's place is what would have been written there."""
    return read_text(file.path, file.root) == file.text


def _standing_text(file: NewFile) -> str | None:
    if not os.path.lexists(file.path):
        return None
    text = read_text(file.path, file.root)
    if not isinstance(text, str):
        raise CoopctlError(f"{file.path}: {text.message}; it is not replaced: move it away")
    return text
