"""What `digest` shows of an agreement."""

from dataclasses import dataclass

from coopctl.evaluate.canonical import digest
from coopctl.model.agreement import Agreement


@dataclass(frozen=True)
class DigestedAgreement:
    """An agreement and the digest of its terms."""

    path: str
    agreement: Agreement
    digest: str

    @classmethod
    def of(cls, path: str, agreement: Agreement) -> "DigestedAgreement":
        """Work out the digest."""
        return cls(path, agreement, digest(agreement))
