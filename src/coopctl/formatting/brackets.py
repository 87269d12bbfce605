"""What stands in braces and square brackets, taken apart."""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from coopctl.cells import cell_width
from coopctl.drafts.layout import Layout
from coopctl.formatting.order import in_order
from coopctl.formatting.scalars import canonical
from coopctl.formatting.tree import Comment, Flow, FlowLine, Token, Words
from coopctl.formatting.unplaced import UnplacedError
from coopctl.model.shape import kinds_below
from coopctl.source import Node, Source

_PIECE: Final = re.compile(
    r"(?P<sign>[{}\[\],:?])|(?P<anchor>&[^\s,\[\]{}]+)|(?P<comment>#[^\n]*)|(?P<blank>[ \t]+)|\n"
)


class _Unit(NamedTuple):
    """A stretch of the text that is one piece, and what is written for it."""

    start: int
    end: int
    text: str


class _Item(NamedTuple):
    """A key in braces with its value, as text."""

    name: str | int
    text: str
    is_tied: bool


class Brackets:
    """Reads brackets of one file. Those on one line are put in order; those over several keep their lines."""

    def __init__(self, source: Source, layout: Layout) -> None:
        self._source = source
        self._layout = layout
        self._text = source.text
        self.comments: list[str] = []
        """The comments that were found in them."""

    def read(self, node: Node, kinds: list[Any], start: int) -> Words | Flow:
        """Read brackets that begin at an offset."""
        end = self._end(node)
        if "\n" not in self._text[start:end]:
            return Words(self._in_line(node, kinds), self._is_tied(node, inside=True))
        lines = [FlowLine()]
        at = start
        for unit in self._units(node, kinds):
            self._add_signs(lines, at, unit.start)
            lines[-1].tokens.append(Token(unit.text, is_sign=False))
            at = unit.end
        self._add_signs(lines, at, end)
        return Flow(lines)

    # --- on one line --------------------------------------------------------------------------------------------

    def _in_line(self, node: Node, kinds: list[Any]) -> str:
        """Write brackets on one line, without what stands before them."""
        sign = self._text[self._layout.content(node)]
        if sign == "[":
            return f"[{', '.join(self._value(each, kinds_below(kinds, n)) for n, each in node.children.items())}]"
        items = [self._item(name, each, kinds_below(kinds, name)) for name, each in node.children.items()]
        pairs = ", ".join(item.text for item in in_order(items, kinds))
        return f"{{{pairs}}}" if sign == "{" else pairs  # a pair in a list needs no braces

    def _item(self, name: str | int, node: Node, kinds: list[Any]) -> _Item:
        assert node.key is not None
        key = self._text[self._source.offset_at(*node.key[:2]) : self._source.offset_at(*node.key[2:])]
        value = self._value(node, kinds)
        has_colon = value or re.compile(r"\s*:").match(self._text, self._source.offset_at(*node.key[2:]))
        return _Item(name, f"{key}: {value}" if has_colon else key, key.startswith("&") or self._is_tied(node))

    def _value(self, node: Node, kinds: list[Any]) -> str:
        start, end = self._layout.start(node), self._end(node)
        content = self._layout.content(node)
        if not node.children or self._text.startswith("*", start):
            text = self._text[start:end]
            return re.sub(r"\s", "", text) if text[:1] in ("{", "[") else canonical(text, kinds)
        properties = " ".join(self._text[start:content].split())
        return f"{properties} {self._in_line(node, kinds)}".lstrip()

    def _is_tied(self, node: Node, *, inside: bool = False) -> bool:
        """Whether an anchor or alias is in a value, or before it."""
        start = self._layout.start(node)
        before = not inside and not self._layout.is_nothing(node) and self._text[start] in "&*"
        if before or not node.children:
            return before
        keys = (each.key for each in node.children.values() if each.key is not None)
        if any(self._text[self._source.offset_at(*key[:2])] == "&" for key in keys):
            return True
        return any(self._is_tied(each) for each in node.children.values())

    # --- over several lines -------------------------------------------------------------------------------------

    def _units(self, node: Node, kinds: list[Any]) -> Iterator[_Unit]:
        """Yield the keys and values in brackets; brackets inside that stand on one line are one value."""
        for name, each in node.children.items():
            if each.key is not None:
                start, end = self._source.offset_at(*each.key[:2]), self._source.offset_at(*each.key[2:])
                yield _Unit(start, end, self._text[start:end])
            if self._layout.is_nothing(each):
                continue
            start, end = self._layout.start(each), self._end(each)
            below = kinds_below(kinds, name)
            is_alias = self._text[start] == "*"
            if "\n" not in self._text[start:end]:
                yield _Unit(start, end, self._value(each, below))
            elif each.children and not is_alias:
                yield from self._units(each, below)
            elif not self._layout.is_flow(each):
                yield _Unit(start, end, self._text[start:end])

    def _add_signs(self, lines: list[FlowLine], start: int, end: int) -> None:
        """Add what stands between two values: brackets, commas, comments, line ends."""
        at = start
        while at < end:
            found = _PIECE.match(self._text, at)
            if found is None or found.end() > end:
                raise UnplacedError(at)
            match found.lastgroup:
                case "sign" | "anchor":
                    lines[-1].tokens.append(Token(found.group(), is_sign=found.lastgroup == "sign"))
                case "comment":
                    lines[-1].comment = self._comment(found)
                case "blank":
                    pass
                case _:
                    lines.append(FlowLine())
            at = found.end()

    def _comment(self, found: re.Match[str]) -> Comment:
        code = self._text[self._text.rfind("\n", 0, found.start()) + 1 : found.start()]
        comment = Comment(found.group().rstrip(), cell_width(code), len(code) - len(code.rstrip()))
        self.comments.append(comment.text)
        return comment

    def _end(self, node: Node) -> int:
        return self._source.offset_at(*node.value[2:])
