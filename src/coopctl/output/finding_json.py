"""Findings and places as JSON; the same for every command."""

from typing import Any

from coopctl.findings import Finding, Location


def location_as_json(location: Location) -> dict[str, Any]:
    """Lines and columns from 1, end column exclusive."""
    return location._asdict()


def finding_as_json(finding: Finding, fingerprint: str) -> dict[str, Any]:
    """Return a finding with what tells it from all others."""
    return {
        "code": finding.kind.code,
        "name": finding.kind.name,
        "severity": finding.kind.severity.value,
        "message": finding.message,
        "help": finding.help,
        "subject": finding.subject or None,
        "location": location_as_json(finding.location),
        "related": [{"message": each.message, "location": location_as_json(each.location)} for each in finding.related],
        "fingerprint": fingerprint,
        "fixable": finding.is_fixable,
    }
