"""The pieces of a file → its text in the one layout."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from coopctl.cells import cell_width
from coopctl.formatting.tree import Block, Comment, Document, Entry, Flow, Literal, Remark, Token, Words

_STEP: Final = 2
_MOST_COLUMNS: Final = 120
"""A longer line stays as it is, but none is made by putting a value beside its key."""
_ALIGNED: Final = 3
"""More blanks than this before a comment are meant to put it under others: it keeps its column."""


def put_together(document: Document) -> str:
    """Write a file, with LF at the end of each line."""
    writer = _Writer(document.prolog)
    root = document.root
    writer.remarks(root.above, 0)
    if isinstance(root.value, Block):
        writer.block(root.value, 0)
    else:
        writer.value(root, "", -_STEP)
    writer.remarks(root.lead, 0)
    return "\n".join([*writer.lines, *document.epilog]) + "\n"


class _Writer:
    """Adds line after line; no empty line comes first in a block, or after another one."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        while self.lines and not self.lines[0]:
            del self.lines[0]
        self._takes_empty_line = False

    def block(self, block: Block, indent: int) -> None:
        """Add a mapping or list."""
        self.remarks(block.header, indent)
        for entry in block.entries:
            self.remarks(entry.above, indent)
            self._entry(entry, indent)
        self.remarks(block.below, indent)

    def remarks(self, remarks: Sequence[Remark], indent: int) -> None:
        """Add comments and empty lines."""
        for remark in remarks:
            if remark is not None:
                self._add(f"{' ' * indent}{remark.text}")
            elif self._takes_empty_line:
                self._add("")
                self._takes_empty_line = False

    def _entry(self, entry: Entry, indent: int) -> None:
        margin = " " * indent
        prefix = f"{margin}-" if entry.key is None else f"{margin}{entry.key}:"
        prefix += f" {entry.anchor}" if entry.anchor else ""
        if not isinstance(entry.value, Block):
            self._beside_or_below(entry, prefix, indent)
        elif entry.key is None and not entry.anchor and not entry.beside and not _begins_with_comment(entry.value):
            line = len(self.lines)
            self._takes_empty_line = False
            self.block(entry.value, indent + _STEP)
            self.lines[line] = f"{margin}- {self.lines[line][indent + _STEP :]}"
        else:
            self._add(_with_comment(prefix, entry.beside))
            self._takes_empty_line = False
            self.block(entry.value, indent + _STEP)

    def _beside_or_below(self, entry: Entry, prefix: str, indent: int) -> None:
        """Add a value on the line of its key, or on one of its own where it stood there for a reason."""
        if entry.beside or entry.lead or (entry.is_below and _is_long(entry.value, prefix)):
            self._add(_with_comment(prefix, entry.beside))
            self.remarks(entry.lead, indent + _STEP)
            prefix = " " * (indent + _STEP - 1)
        self.value(entry, f"{prefix} ", indent)

    def value(self, entry: Entry, prefix: str, indent: int) -> None:
        """Add a value that is no block, after what stands before it on its line."""
        below = indent + _STEP
        match entry.value:
            case Literal() as text:
                self._add(_with_comment(f"{prefix}{text.header}", entry.after))
                margin = " " * (indent + text.margin)
                for line in text.lines:
                    self._add(f"{margin}{line}" if line else "")
                self._takes_empty_line = not text.keeps_its_end
                return
            case Flow() as flow:
                lines = list(_Aligned(cell_width(prefix), below).written(flow))
            case _:
                assert isinstance(entry.value, Words)
                lines = list(_continued(entry.value.text, below))
        lines[0] = f"{prefix}{lines[0]}".rstrip() if len(lines) == 1 else f"{prefix}{lines[0]}"
        lines[-1] = _with_comment(lines[-1], entry.after)
        for line in lines:
            self._add(line)

    def _add(self, line: str) -> None:
        self.lines.append(line)
        self._takes_empty_line = True


class _Bracket(NamedTuple):
    """An open bracket: how far lines in it stand to the right, and a line that begins with its end."""

    content: int
    closing: int


class _Aligned:
    """Writes brackets that go over several lines.

    Lines stand under what comes first in their bracket; where nothing comes after it on its line, two further to the
    right than where the bracket is closed.
    """

    def __init__(self, column: int, below: int) -> None:
        """Begin at a column; `below` is where lines of the block may begin."""
        self._column = column
        self._margin = below
        self._open: list[_Bracket] = []

    def written(self, flow: Flow) -> Iterator[str]:
        """Yield the lines, the first without what stands before it."""
        was_empty = False
        for number, line in enumerate(flow.lines):
            if line.is_empty:
                if not was_empty:
                    yield ""
                was_empty = True
                continue
            was_empty = False
            if number:
                self._margin = self._column = self._begin(line.tokens)
            if line.comment is not None and not line.tokens:
                yield f"{' ' * self._margin}{line.comment.text}"
                continue
            first, *rest = self._line(line.tokens)
            texts = [f"{' ' * self._margin}{first}" if number else first, *rest]
            yield from texts[:-1]
            before = self._column - cell_width(first) if not number and not rest else 0
            yield _with_comment(texts[-1], line.comment, before)

    def _begin(self, tokens: Sequence[Token]) -> int:
        """Return where a line begins."""
        innermost = self._open[-1]
        return innermost.closing if tokens and tokens[0].text in ("]", "}") else innermost.content

    def _line(self, tokens: Sequence[Token]) -> list[str]:
        """Write one line of tokens, without its margin; several where a scalar goes over more than one."""
        lines = [""]
        start = self._column
        before: Token | None = None
        for number, token in enumerate(tokens):
            lines[-1] += _space(before, token)
            if token.is_sign and token.text in ("[", "{"):
                column = start + cell_width(lines[-1])
                hangs = number == len(tokens) - 1
                bracket = _Bracket(self._margin + _STEP, self._margin) if hangs else _Bracket(column + 1, column)
                self._open.append(bracket)
            if "\n" in token.text:
                first, *rest = _continued(token.text, self._open[-1].content)
                lines[-1] += first
                lines += rest
                start = 0
            else:
                lines[-1] += token.text
            if token.is_sign and token.text in ("]", "}"):
                self._open.pop()
            before = token
        self._column = start + cell_width(lines[-1])
        return lines


def _space(before: Token | None, token: Token) -> str:
    """Return what stands between two tokens of a line."""
    if before is None or (before.is_sign and before.text in ("[", "{")):
        return ""
    if token.is_sign and token.text in (",", "]", "}"):
        return " " if before.is_sign and before.text == ":" else ""
    return "" if token.is_sign and token.text == ":" else " "


def _with_comment(line: str, comment: Comment | None, before: int = 0) -> str:
    """Add the comment beside a line: in its column if it was put there on purpose, else as far away as it was.

    `before` is how much of the line stands before the part that is given.
    """
    if comment is None:
        return line
    gap = comment.gap
    if gap > _ALIGNED:
        room = comment.column - before - cell_width(line)
        gap = room if room > 0 else 2
    return f"{line}{' ' * gap}{comment.text}"


def _continued(text: str, margin: int) -> Iterator[str]:
    """Yield the lines of a scalar; the blanks around a line's end are no part of it, unless they are escaped."""
    first, *rest = text.split("\n")
    yield first if not rest else _without_end(first)
    for number, line in enumerate(rest, 1):
        inner = line.lstrip(" \t")
        inner = inner if number == len(rest) else _without_end(inner)
        yield f"{' ' * margin}{inner}" if inner else ""


def _without_end(line: str) -> str:
    shorter = line.rstrip(" \t")
    return line if shorter.endswith("\\") else shorter


def _is_long(value: Words | Literal | Flow | Block, prefix: str) -> bool:
    """Whether a value of one line is too long to stand beside its key."""
    return isinstance(value, Words) and "\n" not in value.text and cell_width(f"{prefix} {value.text}") > _MOST_COLUMNS


def _begins_with_comment(block: Block) -> bool:
    return any(block.header) or any(block.entries[0].above)
