"""A YAML file that was read: its data, the position of every key and value, and what is wrong with its form."""

import re
from typing import Any, NamedTuple

from coopctl.findings import Finding, Kind, Location, Related
from coopctl.places import Path

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

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.data: Any = None
        self.root = Node(_Mark(), _Mark())
        self.findings: list[Finding] = []
        self.nodes = 0
        """How many values it has, aliases counted each time they are used."""
        self._lines: list[str] | None = None

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

    def value_at(self, path: Path) -> Location:
        """Place of the value at `path`, or of the nearest thing above it that the file has."""
        node, missed = self._nearest(path)
        whole = node.children and node.value.end_line != node.value.line
        return self._located(node.key if node.key and (missed or whole) else node.value)

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
