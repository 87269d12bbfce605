"""A file that was read → its pieces, each comment with what it belongs to."""

import re
from typing import Any, Final

from coopctl.cells import cell_width
from coopctl.drafts.layout import Layout
from coopctl.formatting.brackets import Brackets
from coopctl.formatting.order import in_order
from coopctl.formatting.scalars import canonical
from coopctl.formatting.tree import Block, Comment, Document, Entry, Flow, Literal, Remark, Words
from coopctl.formatting.unplaced import UnplacedError
from coopctl.model.shape import kinds_below
from coopctl.source import Node, Source

_BLANKS: Final = re.compile(r"[ \t]*")
_LINE: Final = re.compile(r"[^\n]*")
_MARK: Final = re.compile(r"---|%[^\n#]*(?<![ \t])")
_ANCHOR: Final = re.compile(r"&[^\s,\[\]{}]+")
_TEXT_SIGN: Final = re.compile(r"[|>][-+0-9]*")


def taken_apart(source: Source, kinds: list[Any]) -> Document:
    """Take a file apart whose lines end in LF; raises `UnplacedError` where a piece of it cannot be placed."""
    return _Reader(source).document(kinds)


class _Reader:
    """Goes through the text once; the nodes say where keys and values stand, the rest is signs and comments."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._layout = Layout(source)
        self._text = source.text
        self._at = 0
        self._pending: list[Remark] = []
        """Lines that were read and do not belong to anything yet."""
        self._comments: list[str] = []

    def document(self, kinds: list[Any]) -> Document:
        """Read all of it."""
        prolog = self._prolog()
        root = Entry("", None, [])
        if self._layout.is_flow(self._source.root):
            root.above = self._take_pending()
            root.value = self._brackets(self._source.root, kinds)
            root.after, self._pending = self._between()
        else:
            root.value = self._block(self._source.root, kinds, -1)
        root.lead = self._take_pending()
        while root.lead and root.lead[-1] is None:
            root.lead.pop()
        epilog = self._text[self._at :].split("\n")
        if epilog != [""] and not epilog[0].startswith("..."):
            raise UnplacedError(self._at)
        if epilog != [""]:
            self._comments += (line[line.index("#") :].rstrip() for line in epilog if "#" in line)
        return Document(prolog, root, [line.rstrip() for line in epilog if line.strip()], self._comments)

    def _prolog(self) -> list[str]:
        """Read what stands before the first value; comments after the last mark are left to it."""
        prolog: list[str] = []
        _, self._pending = self._between()
        while self._text.startswith(("%", "---"), self._at):
            prolog += ["" if each is None else each.text for each in self._take_pending()]
            found = _MARK.match(self._text, self._at)
            if found is None:
                raise UnplacedError(self._at)
            self._at = found.end()
            beside, self._pending = self._between()
            prolog.append(found.group() + (" " * beside.gap + beside.text if beside else ""))
        return prolog

    # --- blocks -------------------------------------------------------------------------------------------------

    def _block(self, node: Node, kinds: list[Any], outer: int) -> Block:
        """Read a mapping or list; `outer` is how far the block stands to the right that it is in."""
        header = self._header(is_root=node is self._source.root)
        column = self._column(self._at)
        entries = [self._entry(step, child, kinds_below(kinds, step), column) for step, child in node.children.items()]
        below = self._take_below(column if column > outer else column + 1)
        return Block(header, in_order(entries, kinds) if entries[0].key is not None else entries, below)

    def _header(self, *, is_root: bool) -> list[Remark]:
        """Take the comments that are about a whole block: those above an empty line.

        At the top of a file without one there is no telling; what is said there is mostly about the file.
        """
        lines = self._pending
        end = max((number for number, line in enumerate(lines, 1) if line is None), default=0)
        if is_root and not any(lines[:end]):
            end = len(lines)
        header, self._pending = lines[:end], lines[end:]
        return header if any(header) else []

    def _entry(self, step: str | int, child: Node, kinds: list[Any], column: int) -> Entry:
        entry = Entry(step, None, self._take_pending())
        if child.key is None:
            self._take("-")
        else:
            entry.key = self._key(child, entry)
            self._take(":")
        self._value(entry, child, kinds, column)
        return entry

    def _key(self, child: Node, entry: Entry) -> str:
        assert child.key is not None
        if self._text.startswith("?", self._at) and self._offset(child.key[:2]) > self._at:
            self._take("?")
            beside, lines = self._between()
            entry.above += [beside] if beside else []
            entry.above += lines
        key = self._words_until(self._offset(child.key[:2]), self._offset(child.key[2:]))
        if "\n" in key:
            raise UnplacedError(self._offset(child.key[:2]))
        beside, lines = self._between()
        entry.above += [beside] if beside else []
        entry.above += lines
        return key

    def _value(self, entry: Entry, child: Node, kinds: list[Any], column: int) -> None:
        after_sign, end = self._at, self._offset(child.value[2:])
        beside, lines = self._between() if child.value[:2] != child.value[2:] else (None, [])
        first_key = next((each.key for each in child.children.values()), None)
        if self._text.startswith("&", self._at) and not (first_key and self._offset(first_key[:2]) == self._at):
            found = _ANCHOR.match(self._text, self._at)
            entry.anchor = found.group() if found is not None else ""
            self._at += len(entry.anchor)
            if end > self._at:
                more, more_lines = self._between()
                lines = [*([more] if beside and more else []), *lines, *more_lines]
                beside = beside or more
        sign = self._text[self._at : self._at + 1]
        if child.children and sign not in ("{", "[", "*"):
            entry.beside, self._pending = beside, lines
            entry.value = self._block(child, kinds, column)
            return
        entry.beside, entry.lead = beside, [line for line in lines if line is not None]
        if end > self._at:
            entry.is_below = "\n" in self._text[after_sign : self._at]
            entry.value = self._leaf(entry, child, kinds, column, sign)
        after, self._pending = self._between()
        entry.after = entry.after or after

    def _leaf(self, entry: Entry, child: Node, kinds: list[Any], column: int, sign: str) -> Words | Literal | Flow:
        if sign in ("{", "["):
            return self._brackets(child, kinds)
        if sign in ("|", ">"):
            return self._block_of_text(entry, column)
        text = self._words_until(self._at, self._offset(child.value[2:]))
        return Words(text if entry.anchor else canonical(text, kinds), sign == "*")

    def _brackets(self, node: Node, kinds: list[Any]) -> Words | Flow:
        brackets = Brackets(self._source, self._layout)
        value = brackets.read(node, kinds, self._at)
        self._comments += brackets.comments
        self._at = self._offset(node.value[2:])
        return value

    def _block_of_text(self, entry: Entry, column: int) -> Literal:
        """Read a block of text, up to the last line that is of it."""
        found = _TEXT_SIGN.match(self._text, self._at)
        assert found is not None
        header = found.group()
        self._at = found.end()
        blanks = _BLANKS.match(self._text, self._at)
        if blanks is not None and self._text.startswith("#", blanks.end()):
            entry.after = self._comment(blanks.end(), self._at)
        self._at = self._line_end(self._at)
        margin = column + int(digit[0]) if (digit := re.findall("[1-9]", header)) else None
        lines: list[str] = []
        ends = [self._at]
        while self._at < len(self._text) - 1:
            line = self._text[self._at + 1 : self._line_end(self._at + 1)]
            indent = len(line) - len(line.lstrip(" "))
            if line.strip(" "):
                margin = indent if margin is None else margin
                if margin <= column or indent < margin:
                    break
            lines.append(line)
            self._at += 1 + len(line)
            ends.append(self._at)
        content = [line[margin:] if margin is not None else "" for line in lines]
        if "+" not in header:
            while content and not content[-1]:
                content.pop()
        self._at = ends[len(content)]
        if content and self._at == len(self._text):  # no line end that could be part of it
            header = f"{header.strip('+-')}-"
        return Literal(header, content)

    # --- between values -----------------------------------------------------------------------------------------

    def _between(self) -> tuple[Comment | None, list[Remark]]:
        """Read up to the next sign or value: the comment on this line, and the lines below that have no other."""
        beside: Comment | None = None
        lines: list[Remark] = []
        is_fresh = self._at == 0 or self._text[self._at - 1] == "\n"
        while True:
            start = self._at
            blanks = _BLANKS.match(self._text, start)
            self._at = blanks.end() if blanks is not None else start
            sign = self._text[self._at : self._at + 1]
            if sign == "\n":
                lines += [None] if is_fresh else []
                is_fresh = True
                self._at += 1
            elif sign == "#":
                comment = self._comment(self._at, start)
                self._at = self._line_end(self._at)
                if is_fresh:
                    lines.append(comment)
                else:
                    beside = comment
                is_fresh = False
            else:
                return beside, lines

    def _comment(self, at: int, blanks_from: int) -> Comment:
        found = _LINE.match(self._text, at)
        assert found is not None
        column = cell_width(self._text[at - self._column(at) : at])
        comment = Comment(found.group().rstrip(), column, at - blanks_from)
        self._comments.append(comment.text)
        return comment

    def _take_pending(self) -> list[Remark]:
        taken, self._pending = self._pending, []
        return taken

    def _take_below(self, margin: int) -> list[Remark]:
        """Take the comments at the end of a block: those that stand as far to the right as it does."""
        end = 0
        for number, line in enumerate(self._pending, 1):
            if line is not None:
                if line.column < margin:
                    break
                end = number
        below, self._pending = self._pending[:end], self._pending[end:]
        return below

    def _take(self, sign: str) -> None:
        if not self._text.startswith(sign, self._at):
            raise UnplacedError(self._at)
        self._at += len(sign)

    def _words_until(self, start: int, end: int) -> str:
        """Read a key or scalar that begins here."""
        if start != self._at:
            raise UnplacedError(self._at)
        self._at = end
        return self._text[start:end]

    def _offset(self, place: tuple[int, int]) -> int:
        """Return the offset of a place; a text without a line end is said to end on the line below it."""
        return self._source.offset_at(*place) if place[0] <= len(self._source.lines) else len(self._text)

    def _column(self, at: int) -> int:
        return at - self._text.rfind("\n", 0, at) - 1

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end
