"""What every fact can do, and what keeps one from being recorded until there is a reason."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Protocol

from coopctl.errors import CoopctlError
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.recording.ledger_draft import LedgerDraft


class ReasonMissingError(CoopctlError):
    """What cannot be recorded without a reason; `with_reason` makes of one what can."""

    def __init__(self, message: str, with_reason: Callable[[str], "Recorded"]) -> None:
        super().__init__(f"{message} needs a reason: --note")
        self.told = f"{message} needs a reason"
        self.with_reason = with_reason


class Recorded(Protocol):
    """Something to be recorded."""

    @property
    def subject(self) -> str:
        """Dotted name of what it is about."""

    @property
    def period(self) -> str:
        """The period's key; empty where there is none."""

    def doubts(self, loaded: Loaded, agreement: Agreement, today: date) -> Iterator[str]:
        """Yield what is to be confirmed before it is recorded."""

    def put_into(self, draft: LedgerDraft, loaded: Loaded) -> str:
        """Put it into the ledger, and say what was done; empty where the ledger says so already.

        Raises `CoopctlError` where it cannot be recorded so.
        """
