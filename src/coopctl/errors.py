"""The one exception coopctl raises on purpose: it cannot go on."""

USAGE = 2
"""Exit code for wrong usage, unreadable or invalid input, and a gate that had nothing to judge."""


class CoopctlError(Exception):
    """Ends the run with one line for the user.

    Problems *in* a user's file are findings, not exceptions; this is for what stops the run as a whole, such as
    a path that does not exist or an option that makes no sense.
    """

    def __init__(self, message: str, *, exit_code: int = USAGE) -> None:
        super().__init__(message)
        self.exit_code = exit_code
