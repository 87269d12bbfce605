"""Reading files that somebody else may have put there.

Only regular files of a bounded size are read, nothing blocks, and no link leads out of the folder that the user
named: a file that fails one of these is a finding, not an exception.
"""

import os
import stat
from pathlib import Path as FilePath

from coopctl import faults, limits
from coopctl.findings import Finding, Kind, Location


def read_text(path: str, tree: str) -> str | Finding:
    """Return a file's text, or the finding that says why it is not read.

    `tree` is the folder that the file's real place has to lie in.
    """
    try:
        if not lies_within(path, tree):
            return outside(path, tree)
    except OSError as error:
        return unreadable(path, error)
    except ValueError as error:  # a name with a NUL byte
        return _unusable_name(path, error)
    content = read_bytes(path, limits.FILE_BYTES)
    if isinstance(content, Finding):
        return content
    return decoded(path, content)


def read_bytes(path: str, most: int) -> bytes | Finding:
    """Return what is in a regular file, one byte more than `most` at the most, or the finding that says why not."""
    try:
        return _read_regular(path, most)
    except OSError as error:
        return unreadable(path, error)
    except ValueError as error:
        return _unusable_name(path, error)


def unreadable(path: str, error: OSError) -> Finding:
    """Return the finding that a file or folder cannot be read."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    return _refusal(faults.UNREADABLE, path, f"cannot be read: {reason}", "check the name and the permissions")


def outside(path: str, tree: str) -> Finding:
    """Return the finding that a link leads out of the folder that is being read."""
    return _refusal(
        faults.OUTSIDE_TREE,
        path,
        f"a link leads out of the folder {tree or '.'}",
        "put the file itself there, or name the place it lies in",
    )


def decoded(path: str, content: bytes) -> str | Finding:
    """Return the text of a file's content, or the finding that says why it has none."""
    if len(content) > limits.FILE_BYTES:
        return _refusal(
            faults.TOO_LARGE,
            path,
            f"larger than {limits.FILE_BYTES:,} bytes",
            "split it up: a ledger by half-year, long texts into documents of their own",
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].split(b"\n")
        line, column = len(before), len(before[-1].decode("utf-8", "replace")) + 1
        return Finding(
            faults.NOT_UTF8,
            Location(path, line, column, line, column + 1),
            f"the byte 0x{content[error.start]:02x} here is not UTF-8",
            "save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”)",
        )


def lies_within(path: str, tree: str) -> bool:
    """Whether the real place of `path`, links followed, is in the folder `tree` or below it."""
    real_tree = os.path.realpath(tree or ".")
    real = os.path.realpath(path)
    return real == real_tree or real.startswith(real_tree.rstrip(os.sep) + os.sep)


def _unusable_name(path: str, error: ValueError) -> Finding:
    return _refusal(faults.UNREADABLE, path, f"cannot be read: {error}", "check the name")


def _read_regular(path: str, most: int) -> bytes | Finding:
    if not stat.S_ISREG(FilePath(path).stat().st_mode):
        return _not_regular(path)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # exchanged between the two looks
            return _not_regular(path)
        return file.read(most + 1)


def _not_regular(path: str) -> Finding:
    return _refusal(faults.NOT_REGULAR, path, "not a regular file", "name a file; pipes go through standard input as -")


def _refusal(kind: Kind, path: str, message: str, help_text: str) -> Finding:
    return Finding(kind, Location(path, 1, 1, 1, 1), message, help_text)
