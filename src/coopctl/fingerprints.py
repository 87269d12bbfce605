"""What tells a finding from all others for as long as it lasts."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from coopctl.findings import Finding


def fingerprints(findings: Iterable[Finding], agreement_id: str | None, agreement_path: str) -> list[str]:
    """Return a fingerprint for each finding of one agreement: rule, agreement, file and subject.

    It survives moved lines, new wording and being called from another folder: a file counts by its place relative to
    the agreement. Several findings of one rule about one subject are numbered in order.
    """
    folder, _, name = agreement_path.rpartition("/")
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for finding in findings:
        path = finding.location.path
        beside = path.removeprefix(f"{folder}/") if folder else path
        parts = (finding.kind.code, agreement_id or name, beside, finding.subject)
        text = "\x1f".join((*parts, str(seen[parts])))
        found.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
        seen[parts] += 1
    return found
