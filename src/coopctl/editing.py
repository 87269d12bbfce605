"""Changes a file's text in places, and holds the result to what was meant.

Nothing is ever written back from data: a file keeps its comments, its layout and its line ends.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence

from coopctl.findings import Edit

Change = tuple[Edit, ...]
"""Edits that belong together: all of them are made, or none."""
_MOST_ATTEMPTS = 64
"""Each reads the whole text again."""
Holds = Callable[[str], bool]
"""Tells whether a changed text still means the same."""


def edited(text: str, changes: Sequence[Change]) -> tuple[str, int]:
    """Make changes, and return how many: one that overlaps an earlier one is left for another time."""
    accepted: list[Edit] = []  # in order of the text
    made = 0
    for change in changes:
        if not any(_overlaps(edit, accepted) for edit in change):
            for edit in change:
                insort(accepted, edit)
            made += 1
    pieces: list[str] = []
    done = 0
    for edit in accepted:
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*pieces, text[done:]]), made


def edited_safely(text: str, changes: Sequence[Change], holds: Holds) -> tuple[str, int]:
    """Make as many changes as leave what the text means as it was, and return how many.

    They are tried together; where that does not hold, in halves, so that few changes that do not hold keep few others
    from being made.
    """
    accepted: list[Change] = []
    pending = [list(changes)]
    for _ in range(_MOST_ATTEMPTS):
        if not pending:
            break
        part = pending.pop()
        if holds(edited(text, [*accepted, *part])[0]):
            accepted += part
        elif len(part) > 1:
            half = len(part) // 2
            pending += [part[half:], part[:half]]
    return edited(text, accepted)


def _overlaps(edit: Edit, accepted: list[Edit]) -> bool:
    """Whether an edit touches characters that one of the others touches; those are in order and apart."""
    after = bisect_left(accepted, edit)
    return any(edit.start < other.end and other.start < edit.end for other in accepted[max(0, after - 1) : after + 1])
