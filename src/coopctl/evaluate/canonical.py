"""The terms of an agreement in one form, which survives comments, order, layout and other spellings of a value."""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from pydantic import BaseModel

from coopctl.evaluate.numbers import exact, written
from coopctl.model.agreement import Agreement
from coopctl.model.scalars import Duration, DurationUnit, Percent, PeriodKey, SignedPercent

Canonical = str | list[Any] | dict[str, Any]
"""Text for every single value; lists and mappings of such."""

_ORDERED: Final = frozenset(
    {"escalation", "ladder", "wind_down", "steps", "order", "contingency", "agenda", "amendments"}
)
"""Lists whose order means something; the order of any other means nothing."""

_NO_TERMS: Final = frozenset({"coopctl", "version", "status", "language", "actuals", "signatures", "amendments"})
"""Sections about the document, not about what was agreed."""

_NO_PART_OF_A_TERM: Final = frozenset({"note", "renamed_from"})


def canonical(value: Any, field: str = "", *, with_defaults: bool = True) -> Canonical:
    """Return a part of an agreement in its one form; nothing is left of what is not said.

    Defaults are filled in, or left out wherever they stand.
    """
    if isinstance(value, BaseModel):
        return dict(sorted(_fields(value, with_defaults)))
    if isinstance(value, Mapping):
        items = sorted((str(key), each) for key, each in value.items())
        return {key: canonical(each, with_defaults=with_defaults) for key, each in items}
    if isinstance(value, tuple | list):
        parts = [canonical(each, with_defaults=with_defaults) for each in value]
        return parts if field in _ORDERED else sorted(parts, key=_text)
    return _scalar(value)


def _fields(value: BaseModel, with_defaults: bool) -> Iterator[tuple[str, Canonical]]:
    for name, info in type(value).model_fields.items():
        given = getattr(value, name)
        if name in _NO_PART_OF_A_TERM or given is None or given in ((), {}):
            continue
        said = canonical(given, name, with_defaults=with_defaults)
        if not with_defaults and not info.is_required():
            default = info.get_default(call_default_factory=True)
            if said == {} or (default is not None and said == canonical(default, name, with_defaults=False)):
                continue
        yield info.alias or name, said


def _scalar(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return written(exact(value))
        case Percent():
            return f"{written(exact(value.value))}%"
        case SignedPercent():
            number = written(exact(value.value))
            return f"{number if number.startswith('-') else f'+{number}'}%"
        case Duration():
            return str(_in_one_unit(value))
        case PeriodKey():
            return value.text
        case date():
            return value.isoformat()
        case Enum():
            return str(value.value)
        case _:  # where lines of a text break is layout
            return " ".join(unicodedata.normalize("NFC", str(value)).split())


def _in_one_unit(duration: Duration) -> Duration:
    """Return a length of time in the unit that all of its kind are told in: two weeks are fourteen days."""
    match duration.unit:
        case DurationUnit.WEEK:
            return Duration(duration.amount * 7, DurationUnit.DAY)
        case DurationUnit.YEAR:
            return Duration(duration.amount * 12, DurationUnit.MONTH)
        case DurationUnit.MINUTE if duration.amount % 60 == 0:
            return Duration(duration.amount // 60, DurationUnit.HOUR)
        case _:
            return duration


def _text(value: Canonical) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def terms(agreement: Agreement) -> dict[str, Any]:
    """Return what was agreed, without what is about the document only, and without what holds if nothing is said.

    A term that a later coopctl knows, and that an agreement does not use, leaves the agreement's terms as they were.
    """
    whole = canonical(agreement, with_defaults=False)
    assert isinstance(whole, dict)
    return {key: value for key, value in whole.items() if key not in _NO_TERMS}


def digest(agreement: Agreement) -> str:
    """Return the SHA-256 of the terms, as `sha256:` and 64 hexadecimal digits."""
    said = {"coopctl": str(agreement.coopctl), "terms": terms(agreement)}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode('utf-8')).hexdigest()}"
