"""A YAML file that was read: its data, the position of every key and value, and what is wrong with its form."""

import copy
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from coopctl.findings import Finding, Kind, Location, Related
from coopctl.places import Path

_LAST = (sys.maxsize, sys.maxsize)
BYTE_ORDER_MARK = "\ufeff"
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")
_BRACKET = re.compile(r"(?:&[^\s,\[\]{}]*\s+)?[\[{]")
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class Span(NamedTuple):
    """Where something stands; lines and columns from 1, end column exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Node:
    """The place of one value, of its key, and of what is in it.

    The parser's marks are kept as they come: most places are never asked for.
    """

    __slots__ = ("_end", "_key_end", "_key_start", "_start", "children")

    def __init__(self, start: Any, end: Any) -> None:
        self._start = start
        self._end = end
        self._key_start: Any = None
        self._key_end: Any = None
        self.children: dict[str | int, Node] = _NONE

    @property
    def value(self) -> Span:
        """Where the value stands."""
        return span_between(self._start, self._end)

    @property
    def key(self) -> Span | None:
        """Where its key stands; None in a sequence and at the top."""
        return None if self._key_start is None else span_between(self._key_start, self._key_end)

    def under_key(self, start: Any, end: Any) -> None:
        """Add the place of the key."""
        self._key_start = start
        self._key_end = end

    def until(self, end: Any) -> None:
        """Set where a mapping or sequence turned out to end."""
        self._end = end

    def holding(self, children: "dict[str | int, Node]") -> "Node":
        """Return the same place with other things in it."""
        node = copy.copy(self)
        node.children = children
        return node


_NONE: dict[str | int, Node] = {}
"""What is in a scalar: nothing. One for all of them, never written to."""


class _Mark(NamedTuple):
    """A place before anything was parsed; counts from 0, as the parser's own marks do."""

    line: int = 0
    column: int = 0


def span_between(start: Any, end: Any) -> Span:
    """Return the place between two of the parser's marks, which count from 0."""
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


class Source:
    """One file that was read: its data, where each piece of it stands, and what is wrong with its form."""

    def __init__(self, path: str, text: str, marked: bool = False) -> None:
        self.path = path
        self.text = text
        """Without the byte order mark, which no position counts."""
        self.marked = marked
        """Whether the file begins with a byte order mark."""
        self.data: Any = None
        self.own: dict[Path, Any] = {}
        """What stands under the user's own keys, those that begin with x-; it is no part of `data`."""
        self.root = Node(_Mark(), _Mark())
        self.findings: list[Finding] = []
        self.nodes = 0
        """How many values it has, aliases counted each time they are used."""
        self.older_version: int | None = None
        """In which older version of the language the text is written, where `data` is what the newest makes of it."""
        self._lines: list[str] | None = None
        self._starts: list[int] | None = None
        self._scalars: list[Span] | None = None

    @property
    def whole_text(self) -> str:
        """The text as the file has it, with its byte order mark."""
        return f"{BYTE_ORDER_MARK}{self.text}" if self.marked else self.text

    @property
    def lines(self) -> list[str]:
        """The text's lines as the parser counts them."""
        if self._lines is None:
            self._lines = LINE_BREAK.split(self.text)
        return self._lines

    def span_at(self, offset: int, length: int = 1) -> Span:
        """Place of some characters of one line, by their offset in the text."""
        before = LINE_BREAK.split(self.text[:offset])
        line, column = len(before), len(before[-1]) + 1
        return Span(line, column, line, column + length)

    def offset_at(self, line: int, column: int) -> int:
        """Offset in the text of a line and column; the reverse of `span_at`."""
        return self._line_starts()[line - 1] + column - 1

    def line_start(self, offset: int) -> int:
        """Offset at which the line of an offset begins."""
        starts = self._line_starts()
        return starts[bisect_right(starts, offset) - 1]

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *(match.end() for match in LINE_BREAK.finditer(self.text))]
        return self._starts

    def holds_scalar_at(self, line: int, column: int) -> bool:
        """Whether a place is inside a key or a value, so that what stands there is no comment."""
        if self._scalars is None:
            self._scalars = sorted(self._keys_and_scalars())
        place = (line, column)
        before = bisect_right(self._scalars, (*place, *_LAST)) - 1
        if before < 0 or place >= self._scalars[before][2:]:
            return False
        return not self._is_beside_block(self._scalars[before], place)

    def comments(self) -> list[str]:
        """Return all comments, in order: what stands behind a # where no key and no value is."""
        return [comment for _, comment in self.placed_comments()]

    def placed_comments(self) -> Iterator[tuple[int, str]]:
        """Yield the offset of each comment, and the comment."""
        for number, line in enumerate(self.lines, 1):
            signs = (each.start() for each in _COMMENT.finditer(line))
            start = next((at for at in signs if not self.holds_scalar_at(number, at + 1)), None)
            if start is not None:
                yield self.offset_at(number, start + 1), line[start:].rstrip()

    def _keys_and_scalars(self) -> Iterator[Span]:
        """Yield the place of every key, and of every value that has nothing in it."""
        pending, seen = [self.root], set()
        while pending:
            node = pending.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if node.key is not None:
                yield node.key
            if node.children:
                pending += node.children.values()
            elif not self._is_empty_brackets(node.value):
                yield node.value

    def _is_empty_brackets(self, span: Span) -> bool:
        """Whether a value is a mapping or list in brackets that has nothing in it but comments."""
        return (
            span.line <= len(self.lines)
            and _BRACKET.match(self.text, self.offset_at(span.line, span.column)) is not None
        )

    def _is_beside_block(self, span: Span, place: tuple[int, int]) -> bool:
        """Whether a place that the parser counts to a block of text is outside of it: beside its sign, or below it."""
        header = self.lines[span.line - 1][span.column - 1 :]
        if header[:1] not in ("|", ">"):
            return False
        if place[0] == span.line:
            return True
        content = self.lines[span.line : place[0]]
        indent = next((len(line) - len(line.lstrip()) for line in content if line.strip()), 0)
        return not header[1:2].isdigit() and place[1] - 1 < indent

    def value_at(self, path: Path) -> Location:
        """Place of the value at `path`, or of the nearest thing above it that the file has."""
        node, missed = self._nearest(path)
        whole = node.children and node.value.end_line != node.value.line
        return self._located(node.key if node.key and (missed or whole) else node.value)

    def words_at(self, place: Location, words: str) -> Location:
        """Narrow a place down to the first of some words in it; the place itself where they are not written there."""
        for number in range(place.line, min(place.end_line, len(self.lines)) + 1):
            line = self.lines[number - 1]
            first = place.column - 1 if number == place.line else 0
            last = place.end_column - 1 if number == place.end_line else len(line)
            found = re.search(rf"(?<![A-Za-z]){re.escape(words)}(?![A-Za-z])", line[first:last])
            if found is not None:
                column = first + found.start() + 1
                return Location(self.path, number, column, number, column + len(words))
        return place

    def key_at(self, path: Path) -> Location:
        """Place of the key at `path`; of the value where there is no key, as in a sequence."""
        node, _ = self._nearest(path)
        return self._located(node.key or node.value)

    def has(self, path: Path) -> bool:
        """Whether the file itself says something at `path`."""
        return not self._nearest(path)[1]

    def _nearest(self, path: Path) -> tuple[Node, bool]:
        node = self.root
        for step in path:
            child = node.children.get(step)
            if child is None:
                return node, True
            node = child
        return node, False

    def _located(self, span: Span) -> Location:
        return Location(self.path, *span)

    def report(self, kind: Kind, span: Span, message: str, help_text: str, related: tuple[Related, ...] = ()) -> None:
        """Add a finding at a span of this file."""
        self.findings.append(Finding(kind, self._located(span), message, help_text, related=related))
