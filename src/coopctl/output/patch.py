"""The change of a file as a patch, in time that grows with the file and not with its square."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import pairwise
from typing import Final

from coopctl.output.terminal import HARMFUL, clean
from coopctl.source import BYTE_ORDER_MARK

_STEERING: Final = rf"(?![\t\r\n{BYTE_ORDER_MARK}]){HARMFUL}|##\[|(?<![!-~])::"


def patch(path: str, before: str, after: str) -> str:
    """Write a unified patch. Signs that steer a terminal or a log are shown as escapes: such a patch does not apply."""
    old, new = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (before, after))
    lines = [f"--- a/{path}\n", f"+++ b/{path}\n"]
    for group in _Compared(old, new).get_grouped_opcodes():
        (_, first, _, new_first, _), (_, _, last, _, new_last) = group[0], group[-1]
        lines.append(f"@@ -{_range(first, last)} +{_range(new_first, new_last)} @@\n")
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                lines += [f" {line}" for line in old[start:end]]
            else:
                lines += [f"-{line}" for line in old[start:end]]
                lines += [f"+{line}" for line in new[new_start:new_end]]
    return "".join(_harmless(line) for line in lines)


class _Compared(SequenceMatcher[str]):
    """Compares lines between those that stand once in either text: each stretch is short, and compared by itself."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(None, old, new, autojunk=False)
        self._old, self._new = old, new

    def get_matching_blocks(self) -> list[Match]:
        found: list[Match] = []
        for (first, new_first), (last, new_last) in pairwise(_anchors(self._old, self._new)):
            if 0 <= first < len(self._old) and new_first < len(self._new):
                found.append(Match(first, new_first, 1))
            stretch = SequenceMatcher(None, self._old[first + 1 : last], self._new[new_first + 1 : new_last])
            found += [
                Match(match.a + first + 1, match.b + new_first + 1, match.size)
                for match in stretch.get_matching_blocks()
                if match.size
            ]
        return [*_joined(found), Match(len(self._old), len(self._new), 0)]


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return where lines stand that occur once in each text and in the same order, between the two ends."""
    once = {line for line, number in Counter(old).items() if number == 1}
    place = {line: index for index, line in enumerate(new) if line in once}
    twice = {line for line, number in Counter(new).items() if number > 1}
    pairs = [(index, place[line]) for index, line in enumerate(old) if line in place and line not in twice]
    return [(-1, -1), *_rising(pairs), (len(old), len(new))]


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs, in order, whose second places rise too."""
    ends: list[int] = []
    last_of: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last_of[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last_of[length : length + 1] = [number]
    found = []
    number = last_of[-1] if last_of else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _joined(matches: Sequence[Match]) -> Iterator[Match]:
    """Put matches together that follow one another without a gap."""
    current: Match | None = None
    for match in matches:
        if current is not None and (current.a + current.size, current.b + current.size) == match[:2]:
            current = Match(current.a, current.b, current.size + match.size)
            continue
        if current is not None:
            yield current
        current = match
    if current is not None:
        yield current


def _range(first: int, last: int) -> str:
    """Write a range of lines as unified patches do."""
    length = last - first
    start = first + 1 if length else first
    return str(start) if length == 1 else f"{start},{length}"


def _harmless(line: str) -> str:
    shown = re.sub(_STEERING, lambda match: clean(match.group()), line)
    return shown if shown.endswith("\n") else f"{shown}\n\\ No newline at end of file\n"
