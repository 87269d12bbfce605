"""Agreements for comparisons: a common one, of which a case replaces whole sections."""

import io
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from coopctl.changes.between import changes_between
from coopctl.changes.change import Change
from coopctl.discovery import AgreementFile
from coopctl.loading import load
from coopctl.model.agreement import Agreement

HERE = Path(__file__).parent
AS_OF = date(2026, 7, 15)
OPPOSITE = {"tightened": "loosened", "loosened": "tightened", "incomparable": "incomparable"}
"""What a direction is when the two versions are swapped."""


@cache
def common() -> Mapping[str, Any]:
    """Return the sections of the common agreement."""
    sections: Mapping[str, Any] = _yaml().load((HERE / "common.yaml").read_text("utf-8"))
    return sections


def _yaml() -> YAML:
    return YAML(typ="rt", pure=True)


def version(text: str) -> Agreement:
    """Return the common agreement with the sections of a text instead of its own; fails where it is not valid."""
    return _read(_whole(text))


def with_party_renamed(text: str, old: str, new: str) -> Agreement:
    """Return the same with another id for a party, wherever it stands."""
    renamed = _yaml().load(re.sub(rf"\b{old}\b", new, _whole(text)))
    renamed["parties"][new]["renamed_from"] = old
    out = io.StringIO()
    _yaml().dump(renamed, out)
    return _read(out.getvalue())


def _whole(text: str) -> str:
    out = io.StringIO()
    _yaml().dump({**common(), **(_yaml().load(text) or {})}, out)
    return out.getvalue()


def _read(text: str) -> Agreement:
    loaded = load(AgreementFile("agreement.yaml", ""), text)
    assert loaded.agreement is not None, [finding.message for finding in loaded.findings]
    return loaded.agreement


def compared(base: str, head: str, as_of: date = AS_OF) -> list[Change]:
    """Return the changes between two versions."""
    return list(changes_between(version(base), version(head), as_of))
