"""Findings and places as JSON; the same for every command."""

from hashlib import sha256
from typing import Any

from coopctl.findings import Finding, Location


def location_as_json(location: Location) -> dict[str, Any]:
    """Lines and columns from 1, end column exclusive."""
    return location._asdict()


def finding_as_json(finding: Finding, agreement_id: str | None, twin: int) -> dict[str, Any]:
    """Return a finding; `twin` tells apart several of one kind about one subject."""
    return {
        "code": finding.kind.code,
        "name": finding.kind.name,
        "severity": finding.kind.severity.value,
        "message": finding.message,
        "help": finding.help,
        "subject": finding.subject or None,
        "location": location_as_json(finding.location),
        "related": [{"message": each.message, "location": location_as_json(each.location)} for each in finding.related],
        "fingerprint": fingerprint(finding, agreement_id, twin),
        "fixable": False,
    }


def fingerprint(finding: Finding, agreement_id: str | None, twin: int) -> str:
    """Identify a finding by rule, agreement, file and subject; it survives moved lines and new wording."""
    parts = (finding.kind.code, agreement_id or "", finding.location.path, finding.subject, str(twin))
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
