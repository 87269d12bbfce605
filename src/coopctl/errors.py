"""What a command can end with, and the one exception coopctl raises on purpose: it cannot go on."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's exit code says; the same for every command and format."""

    CLEAN = 0
    FOUND = 1
    CANNOT_JUDGE = 2
    BUG = 3
    INTERRUPTED = 130


class CoopctlError(Exception):
    """Ends the run with one line for the user.

    Problems *in* a user's file are findings, not exceptions; this is for what stops the run as a whole, such as
    a path that does not exist or an option that makes no sense.
    """

    exit_code = ExitCode.CANNOT_JUDGE


def missing_extra(need: str, extra: str, instead: str) -> CoopctlError:
    """Return the error that an optional part of coopctl is not installed: what needs what, and what to do."""
    remedy = f"install the extra {extra}: pip install '.[{extra}]' in the folder of coopctl, see README"
    return CoopctlError(f"{need}; {remedy}; or {instead}")
