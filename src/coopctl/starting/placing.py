"""Writes the files of a new agreement: all of them, or none."""

import os
from collections.abc import Sequence
from contextlib import suppress

from coopctl.discovery import is_agreement_name
from coopctl.errors import CoopctlError
from coopctl.files import lies_within, read_text
from coopctl.replacing import create_text, replace_text
from coopctl.starting.project import NewFile


def refuse_agreements(folder: str) -> None:
    """Raise `CoopctlError` where a folder has an agreement already: two would share one ledger."""
    try:
        found = sorted(filter(is_agreement_name, os.listdir(folder)))
    except FileNotFoundError:
        return
    except OSError as error:
        raise CoopctlError(f"{folder}: cannot be looked at: {os.strerror(error.errno or 0)}") from None
    if found:
        raise CoopctlError(
            f"{folder}: {', '.join(found)} is already there, and nothing was written; name another folder, or give "
            "--force to replace what stands in the way"
        )


def refuse_occupied(files: Sequence[NewFile], *, force: bool) -> None:
    """Raise `CoopctlError` where something stands in the way; with `force` only what cannot be replaced does."""
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


def place(files: Sequence[NewFile]) -> list[str]:
    """Write the files and return the paths of those that were written; a ledger that is there already stays.

    Where one cannot be written, those before it are taken back, and `CoopctlError` says why.
    """
    texts = {file.path: _standing_text(file) for file in files if os.path.lexists(file.path)}
    wanted = [file for file in files if file.part != "ledger" or file.path not in texts]
    folders = _missing_folders([file.path for file in wanted])
    done: list[NewFile] = []
    try:
        for file in wanted:
            _write(file.path, texts.get(file.path), file.text)
            done.append(file)
    except BaseException:
        for file in reversed(done):
            _take_back(file, texts.get(file.path))
        for folder in reversed(folders):
            with suppress(OSError):
                os.rmdir(folder)
        raise
    return [file.path for file in done]


def _standing_text(file: NewFile) -> str:
    text = read_text(file.path, file.root)
    if not isinstance(text, str):
        raise CoopctlError(f"{file.path}: {text.message}; it is not replaced: move it away")
    return text


def _write(path: str, before: str | None, text: str) -> None:
    if before is None:
        create_text(path, text)
    else:
        replace_text(path, before, text)


def _take_back(file: NewFile, before: str | None) -> None:
    with suppress(CoopctlError, OSError):
        if before is None:
            os.unlink(file.path)
        else:
            replace_text(file.path, file.text, before)


def _missing_folders(paths: Sequence[str]) -> list[str]:
    """Return the folders that writing will make, outer ones first."""
    missing: dict[str, None] = {}
    for path in paths:
        above = []
        folder = os.path.dirname(path)
        while folder and not os.path.lexists(folder):
            above.append(folder)
            folder = os.path.dirname(folder)
        missing |= dict.fromkeys(reversed(above))
    return sorted(missing, key=len)
