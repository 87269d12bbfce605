"""How a YAML file is laid out: where its values begin and end, and how far they stand to the right."""

import re
from collections.abc import Iterator
from typing import Final

from coopctl.places import Path
from coopctl.source import LINE_BREAK, Node, Source

_PROPERTIES: Final = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)*")
_DASH: Final = re.compile(r"^ *(-)(?=\s)", re.MULTILINE)


class Layout:
    """Places in one file as offsets in its text."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.text = source.text

    def start(self, node: Node) -> int:
        """Return where a value begins, its anchor included."""
        return self._source.offset_at(node.value.line, node.value.column)

    def content(self, node: Node) -> int:
        """Return where a value begins after its anchor."""
        found = _PROPERTIES.match(self.text, self.start(node))
        return found.end() if found is not None else self.start(node)

    def end(self, node: Node) -> int:
        """Return where a value ends; what comes after it on its line, and below it, is no part of it."""
        return max(self._ends(node))

    def _ends(self, node: Node) -> Iterator[int]:
        content = self.content(node)
        end = self._source.offset_at(node.value.end_line, node.value.end_column)
        sign = self.text[content : content + 1]
        if node.children and sign not in ("*", "{", "["):
            for each in node.children.values():
                yield self.end(each)
        elif sign in ("|", ">") and end > content:
            yield self._end_of_text(content, end)
        else:
            yield end

    def _end_of_text(self, content: int, end: int) -> int:
        """Return where a block of text ends: blank lines below it are not of it unless its sign keeps them."""
        header = self.text[content : self.line_end(content)]
        if "+" in header.partition("#")[0]:
            return end - 1 if self.text[end - 1 : end] == "\n" else end
        return content + len(self.text[content:end].rstrip())

    def is_alias(self, node: Node) -> bool:
        """Whether a value only names another one."""
        return self.text[self.start(node) : self.start(node) + 1] == "*" and not self.is_nothing(node)

    def is_nothing(self, node: Node) -> bool:
        """Whether nothing at all is written for a value."""
        return self.start(node) == self._source.offset_at(node.value.end_line, node.value.end_column)

    def is_flow(self, node: Node) -> bool:
        """Whether a mapping or list stands in brackets."""
        return self.text[self.content(node) : self.content(node) + 1] in ("{", "[")

    def is_in_flow(self, path: Path) -> bool:
        """Whether a value stands somewhere inside of brackets."""
        node = self._source.root
        for step in path:
            if self.is_flow(node):
                return True
            node = node.children[step]
        return False

    def quote(self, node: Node) -> str:
        """Return the quotes in which a mapping in braces writes its keys; empty for none."""
        first = next(iter(node.children.values()), None)
        if first is None or first.key is None:
            return '"' if self.text[:1] == "{" else ""
        at = self._source.offset_at(first.key.line, first.key.column)
        return '"' if self.text[at] == '"' else ""

    def margin(self, node: Node) -> int:
        """Return how far the entries of a block stand to the right."""
        first = next(iter(node.children.values()))
        if first.key is not None:
            return first.key.column - 1
        return self._dash_column(self.content(node))

    def margin_below(self, node: Node) -> int:
        """Return how far a block under a key stands to the right; nothing at the top of the file."""
        return 0 if node.key is None else node.key.column + 1

    def _dash_column(self, start: int) -> int:
        dash = start if self.text[start] == "-" else next(m.start(1) for m in _DASH.finditer(self.text, start))
        return dash - self.line_start(dash)

    def after_key(self, node: Node) -> int:
        """Return where the blanks begin that stand before a value on its line."""
        start = self.start(node)
        line = self.text[self.line_start(start) : start]
        return start - (len(line) - len(line.rstrip(" \t")))

    def line_start(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        return max((found.end() for found in LINE_BREAK.finditer(self.text, 0, offset)), default=0)

    def line_end(self, offset: int) -> int:
        """Return where the line of an offset ends, before its break."""
        found = LINE_BREAK.search(self.text, offset)
        return len(self.text) if found is None else found.start()

    def line_break(self, offset: int) -> str:
        """Return how lines are broken near an offset."""
        near = LINE_BREAK.search(self.text, offset) or LINE_BREAK.search(self.text)
        return near.group() if near is not None and near.group() in ("\n", "\r\n", "\r") else "\n"
