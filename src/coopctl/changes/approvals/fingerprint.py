"""What tells a change from all others for as long as its values last."""

import hashlib
import json
from typing import Final

from coopctl.changes.change import Change

SHOWN: Final = 12
"""Digits of a fingerprint that people see and may type; files have all 64."""

_FORM: Final = "coopctl change 1"


def fingerprint(agreement_id: str, change: Change) -> str:
    """Return the SHA-256 of a change: which agreement, what sort of change, of what, from which value to which.

    Names, wording, lines, comments, order and layout are no part of it. `agreement_id` is that of the older version.
    """
    parts = [_FORM, agreement_id, change.kind.name, change.subject, *change.value]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def shown(full: str) -> str:
    """Shorten a fingerprint for people."""
    return full[:SHOWN]
