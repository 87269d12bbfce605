"""A figure for a period that has one: what it needs, what goes with the earlier one, and what is news about it.

`record` and `import` follow the same rules; they differ in whom they can ask.
"""

from typing import NamedTuple, Protocol


class _Told(Protocol):
    @property
    def by(self) -> str | None:
        """Who gave the figure."""

    @property
    def note(self) -> str | None:
        """What was said of it."""


def needs_reason(*, is_same: bool, was_provisional: bool, is_provisional: bool) -> bool:
    """Whether a figure takes the place of another one for a reason only; `is_same` is whether they have one value.

    That a provisional figure is final as it stands needs none. That a final one is provisional again does.
    """
    return not is_same or (is_provisional and not was_provisional)


def exchange_told(shown: str, period: object) -> str:
    """Say that a figure of the same day, as it is shown, does not stay on record."""
    return f"{shown} was recorded for {period} on the same day; it is exchanged, not kept"


def taken_away(known: _Told, new: _Told) -> str:
    """Say what goes with a figure that is exchanged; empty where nothing does."""
    pairs = (("by", known.by, new.by), ("note", known.note, new.note))
    gone = [f"{name} “{was}”" for name, was, now in pairs if was and was != now]
    return f"{' and '.join(gone)} of that figure {'go' if len(gone) > 1 else 'goes'} with it" if gone else ""


class News(NamedTuple):
    """What is said of a figure that is recorded already, and was not said before."""

    name: str
    was: str | None
    now: str


def news_about(known: _Told, *, by: str | None, note: str | None) -> list[News]:
    """Return what a figure that is recorded already is said to have been given by, and with; blanks aside."""
    pairs = (("by", known.by, by), ("note", known.note, note))
    return [News(name, was, now) for name, was, now in pairs if now and now.strip() != (was or "").strip()]


def note_with_reason(own: str | None, earlier: str | None, reason: str | None) -> str | None:
    """Return the note of a figure that takes the place of an earlier one, with the reason for that.

    A note that it has of its own stays before the reason, unless it is what was said of an earlier figure that stays on
    record with its note; `earlier` is None where that one does not stay.
    """
    if not reason or not own or own == reason:
        return reason or own
    return reason if own == earlier else f"{own}; {reason}"


def is_note_of(note: str, recorded: str | None) -> bool:
    """Whether a note is on record: as it is, or before a reason."""
    known = (recorded or "").strip()
    return known == note.strip() or known.startswith(f"{note.strip()}; ")
