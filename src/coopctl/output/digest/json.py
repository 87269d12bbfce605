"""The digests for programs."""

from collections.abc import Iterable, Iterator

from coopctl.output.digest.view import DigestedAgreement
from coopctl.output.json_text import json_text
from coopctl.output.terminal import Paper


def json(agreements: Iterable[DigestedAgreement], _paper: Paper) -> Iterator[str]:
    """Yield one object."""
    document = {
        "schema_version": 1,
        "agreements": [
            {
                "id": each.agreement.id,
                "path": each.path,
                "version": each.agreement.version,
                "digest": each.digest,
                "signatures": [
                    {
                        "party": party,
                        "by": signature.by,
                        "date": signature.date.isoformat(),
                        "version": signature.version,
                        "digest": signature.digest,
                        "is_of_these_terms": None if signature.digest is None else signature.digest == each.digest,
                    }
                    for party, signature in each.agreement.signatures.items()
                ],
            }
            for each in agreements
        ],
    }
    yield json_text(document, indent=1) + "\n"
