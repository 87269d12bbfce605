"""Rules about what the parties signed."""

import re
from collections.abc import Iterator
from typing import Final

from coopctl.evaluate.canonical import digest
from coopctl.findings import Severity
from coopctl.model.agreement import Agreement
from coopctl.model.governance import Signature
from coopctl.model.scalars import shortened
from coopctl.rules.rule import Remark, Review, rule

_DIGEST: Final = re.compile("sha256:[0-9a-f]{64}")


SIGNED_OTHERWISE: Final = "SIG001"


def signed_otherwise(agreement: Agreement) -> dict[str, Signature]:
    """Return the signatures, by party, whose digest is that of other terms than the present ones."""
    signed = _with_digest(agreement)
    present = digest(agreement) if signed else ""
    return {party: signature for party, signature in signed.items() if signature.digest != present}


def _with_digest(agreement: Agreement) -> dict[str, Signature]:
    return {
        party: signature
        for party, signature in agreement.signatures.items()
        if signature.digest is not None and _DIGEST.fullmatch(signature.digest)
    }


def signing(party: str, signature: Signature) -> str:
    """Say what a party signed, and when: `north signed 1.2.0 on 2026-01-01`."""
    what = f" {signature.version}" if signature.version else ""
    return f"{party} signed{what} on {signature.date}"


@rule(SIGNED_OTHERWISE, Severity.WARNING)
def terms_changed_since_signed(review: Review) -> Iterator[Remark]:
    """The terms are other ones than a party signed.

    Why: The signature carries the digest of what was signed, and the agreement says something else by now. Whoever
    relies on the new terms relies on what this party has not signed. Comments, layout, order, status and history are no
    terms.

    Bad:
        signatures:
          north:
            by: Li Wei
            date: 2026-01-01
            version: 1.0.0
            digest: sha256:0000000000000000000000000000000000000000000000000000000000000000

    Good:
        signatures:
          north:
            by: Li Wei
            date: 2026-01-01
            version: 1.0.0
            digest: sha256:fac43161c0d4df34309f1c47db45485263e5b9a1cd53da6097d443e8f37f0892
    """
    if not _with_digest(review.agreement):
        return
    review.whole(*Agreement.model_fields)
    for party, signature in signed_otherwise(review.agreement).items():
        yield Remark(
            ("signatures", party, "digest"),
            f"the terms have changed since {signing(party, signature)}",
            f"let {party} sign the present terms and write digest: {digest(review.agreement)} with the new date, or "
            "put the terms back",
        )


@rule("SIG002", Severity.ERROR)
def malformed_digest(review: Review) -> Iterator[Remark]:
    """A signature's digest is not a SHA-256 as `coopctl digest` prints it.

    Why: Nothing can be compared with it, so nobody would hear of it when the terms change after the signature.

    Bad:
        signatures: {north: {by: Li Wei, date: 2026-01-01, digest: "sha256:3f9a"}}

    Good:
        signatures: {north: {by: Li Wei, date: 2026-01-01, version: 1.0.0}}
    """
    for party, signature in review.agreement.signatures.items():
        if signature.digest is not None and not _DIGEST.fullmatch(signature.digest):
            meant = signature.digest.strip().casefold()
            meant = meant if meant.startswith("sha256:") else f"sha256:{meant}"
            yield Remark(
                ("signatures", party, "digest"),
                f"the digest that {party} signed is not sha256: and 64 digits from 0-9 and a-f: "
                f"“{shortened(signature.digest)}”",
                f"write digest: {meant}"
                if _DIGEST.fullmatch(meant)
                else "write what `coopctl digest` printed for the terms that were signed, or leave digest: out",
            )
