"""What every SARIF 2.1.0 log has in common: the frame, places, and text without links."""

import re
from collections.abc import Iterable
from typing import Any, Final

from coopctl import __version__
from coopctl.findings import Location, Related
from coopctl.output.json_text import json_text
from coopctl.output.uri import uri

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT: Final = "coopctl/v1"


def log_start(rules: list[dict[str, Any]]) -> str:
    """Return what comes before the first result."""
    driver = {"name": "coopctl", "version": __version__, "semanticVersion": __version__, "rules": rules}
    head = json_text({"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"})
    return f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{head[:-1]}, "results": ['


def log_end(*, succeeded: bool) -> str:
    """Return what comes after the last result."""
    return f'\n], "invocations": [{{"executionSuccessful": {"true" if succeeded else "false"}}}]}}]}}\n'


def plain(text: str) -> str:
    """Write text so that no link is seen in it (SARIF 2.1.0, section 3.11.6)."""
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text)


def physical(location: Location) -> dict[str, Any]:
    """Write a place."""
    return {
        "artifactLocation": {"uri": uri(location.path)},
        "region": {
            "startLine": location.line,
            "startColumn": location.column,
            "endLine": location.end_line,
            "endColumn": location.end_column,
        },
    }


def related(places: Iterable[Related]) -> list[dict[str, Any]]:
    """Write the other places that matter to a finding."""
    return [
        {"id": number, "physicalLocation": physical(each.location), "message": {"text": plain(each.message)}}
        for number, each in enumerate(places, 1)
    ]
