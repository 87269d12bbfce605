"""What every sentence about a change needs: both versions, their names, and how figures and fields are written."""

from decimal import Decimal
from typing import Any

from coopctl.changes.change import Change
from coopctl.changes.comparison import at
from coopctl.changes.naming import Names
from coopctl.evaluate.numbers import exact, written
from coopctl.model.agreement import Agreement
from coopctl.places import Path


class Telling:
    """Two versions of an agreement, for telling what changed between them."""

    def __init__(self, base: Agreement, head: Agreement) -> None:
        self.base = base
        self.head = head
        self.names = Names(base, head)

    def old_at(self, path: Path | None) -> Any:
        """Return what the older version has at a place."""
        return None if path is None else at(self.base, path)

    def new_at(self, path: Path | None) -> Any:
        """Return what the newer version has at a place."""
        return None if path is None else at(self.head, path)

    def entry(self, change: Change, length: int) -> str:
        """Return the name of the entry that a change is in, by the length of the entry's path."""
        return self.names.entry(place_of(change)[:length], gone=change.head is None)

    def actors(self, value: Any) -> str:
        """Return the names of one actor or several, as they stand in canonical form; empty for none."""
        if value is None:
            return ""
        return self.names.actors(value if isinstance(value, list) else [str(value)])

    @property
    def currencies(self) -> tuple[str, str]:
        """The currency of the older and of the newer version; that of the other where one names none."""
        old, new = self.base.currency or "", self.head.currency or ""
        return old or new, new or old

    def money(self, change: Change) -> tuple[str, str]:
        """Write the older and the newer amount, each with its currency; empty for none."""
        amounts = self.old_at(change.base), self.new_at(change.head)
        old, new = (
            figure(written(exact(each)), currency) if isinstance(each, Decimal) else ""
            for each, currency in zip(amounts, self.currencies, strict=True)
        )
        return old, new


def place_of(change: Change) -> Path:
    """Return where a change is: in the newer version, or in the older one for what is gone."""
    path = change.head if change.head is not None else change.base
    return path if path is not None else ()


def field_of(change: Change) -> str:
    """Return the name of the field that changed."""
    path = place_of(change)
    return str(path[-1]) if path else ""


def figure(number: str, unit: str) -> str:
    """Write a figure with its unit, thousands grouped: `1,054,850 CNY`, `95%`."""
    whole, point, rest = number.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}" if digits.isdecimal() else digits
    return f"{sign}{grouped}{point}{rest}{'' if unit == '%' else ' '}{unit}".rstrip()


def from_to(old: str, new: str) -> str:
    """Write `old → new`, with `none` for nothing."""
    return f"{old or 'none'} → {new or 'none'}"


def direction_word(change: Change) -> str:
    """Say in which direction something changed."""
    return "changed" if change.direction == "incomparable" else change.direction


_LABELS = {"kpis": "KPIs"}


def label(field: str) -> str:
    """Write the name of a field as the beginning of a sentence."""
    text = _LABELS.get(field, field).replace("_", " ")
    return text[:1].upper() + text[1:]
