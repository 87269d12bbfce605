"""How a YAML file is laid out: where its values begin and end, and how far they stand to the right."""

import re
from collections.abc import Iterator
from typing import Final

from coopctl.places import Path
from coopctl.source import LINE_BREAK, Node, Source

_PROPERTIES: Final = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:\s+|\Z))*")
_USUAL_BREAK: Final = re.compile("\r\n|[\r\n]")
_LAST_BREAK: Final = re.compile(r"(?:\r\n|[\r\n])\Z")
_AFTER_LAST: Final = re.compile(r"[ \t]*(,?)[ \t]*(?:(?<![^ \t,])#.*)?")
_UNFIT_FOR_BRACES: Final = re.compile(r"[,\[\]{}\r\n]|^[|>]")
_HEADER: Final = re.compile(r"[|>][0-9+-]*([ \t]+#.*)")
_COMMA_BELOW: Final = re.compile(r"(?:[ \t]*(?:(?<=[ \t])#.*)?(?:\r\n|[\r\n]))+[ \t]*(,)")
_COLON: Final = re.compile(r"[ \t]*:")
_COMMENT: Final = re.compile(r"(?:^|[ \t])#.*")
_OWN_COMMENT: Final = re.compile(r"[\r\n]([ \t]*)#")
_DASH: Final = re.compile(r"^ *(-)(?=\s)", re.MULTILINE)


class Layout:
    """Places in one file as offsets in its text."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.text = source.text

    def start(self, node: Node) -> int:
        """Return where a value begins, its anchor included."""
        return self._offset(node.value.line, node.value.column)

    def _offset(self, line: int, column: int) -> int:
        """Offset of a place; a last line without an end counts as ended, as it does for the parser."""
        return self._source.offset_at(line, column) if line <= len(self._source.lines) else len(self.text)

    def content(self, node: Node) -> int:
        """Return where a value begins after its anchor."""
        found = _PROPERTIES.match(self.text, self.start(node))
        end = self._offset(node.value.end_line, node.value.end_column)
        return min(found.end(), end) if found is not None else self.start(node)

    def end_of_anchor(self, node: Node) -> int | None:
        """Return where the anchor of a value ends; None where it has none."""
        anchor = self.text[self.start(node) : self.content(node)].rstrip()
        return self.start(node) + len(anchor) if anchor else None

    def end(self, node: Node) -> int:
        """Return where a value ends; what comes after it on its line, and below it, is no part of it."""
        return max(self._ends(node))

    def _ends(self, node: Node) -> Iterator[int]:
        content = self.content(node)
        end = self._offset(node.value.end_line, node.value.end_column)
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
            last = _LAST_BREAK.search(self.text, content, end)
            return end if last is None else last.start()
        return content + len(self.text[content:end].rstrip())

    def comment_of_header(self, node: Node) -> str:
        """Return the comment beside the sign of a block of text, blanks included; empty for none."""
        content = self.content(node)
        found = _HEADER.match(self.text, content, self.line_end(content))
        return "" if found is None or self.is_nothing(node) else found[1]

    def is_alias(self, node: Node) -> bool:
        """Whether a value only names another one."""
        return self.text[self.start(node) : self.start(node) + 1] == "*" and not self.is_nothing(node)

    def is_nothing(self, node: Node) -> bool:
        """Whether nothing at all is written for a value."""
        return self.start(node) == self._offset(node.value.end_line, node.value.end_column)

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

    def quote(self, path: Path) -> str:
        """Return the quotes in which the braces around a value write their keys; empty for none."""
        node, quote = self._source.root, '"' if self.text.lstrip()[:1] == "{" else ""
        for step in path:
            first = next(iter(node.children.values()), None)
            if self.is_flow(node) and first is not None and first.key is not None:
                quote = '"' if self.text[self.begin(first)] == '"' else ""
            if step not in node.children:
                break
            node = node.children[step]
        return quote

    def begin(self, node: Node) -> int:
        """Return where an entry begins: its key where it has one."""
        return self.start(node) if node.key is None else self._offset(node.key.line, node.key.column)

    def begins_line(self, offset: int) -> bool:
        """Whether only blanks stand before something on its line."""
        return not self.text[self.line_start(offset) : offset].strip(" \t")

    def comma_at_line_end(self, end: int) -> str | None:
        """Return the comma that follows an entry in brackets; None where more than that and a comment follows."""
        found = _AFTER_LAST.fullmatch(self.text, end, self.line_end(end))
        return None if found is None else found[1]

    def comma_below(self, end: int) -> int | None:
        """Return where the comma of an entry in brackets stands that follows on a line below it; None for none."""
        found = _COMMA_BELOW.match(self.text, end)
        return None if found is None else found.start(1)

    def margin_in_brackets(self, node: Node, entry: Node) -> str:
        """Return the blanks before an entry in brackets that is to have a line of its own next to another one."""
        places = [self.begin(each) for each in (entry, *node.children.values())]
        at = next((each for each in places if self.begins_line(each)), places[1])
        return " " * (at - self.line_start(at))

    def after_colon(self, node: Node) -> int | None:
        """Return where a value in brackets that is not written would begin; None for one that is, or has no colon."""
        if not self.is_nothing(node) or node.key is None:
            return None
        found = _COLON.match(self.text, self.end_of_key(node))
        return None if found is None else found.end()

    def fits_braces(self, node: Node) -> bool:
        """Whether a scalar can stand in braces as it is written."""
        written = self.text[self.content(node) : self.end(node)]
        return written[:1] in ("'", '"') or _UNFIT_FOR_BRACES.search(written) is None

    def own_texts(self) -> list[list[str]]:
        """Return what stands under the user's own keys, which no data has, word by word."""
        found: list[list[str]] = []
        pending, seen = [self._source.root] if "x-" in self.text else [], set()
        while pending:
            node = pending.pop()
            if id(node.children) in seen:
                continue
            seen.add(id(node.children) if node.children else None)
            for name, each in node.children.items():
                if str(name).startswith("x-") and each.key is not None:
                    found.append(self.text[self.begin(each) : self.end(each)].split())
            pending += node.children.values()
        return found

    def margin(self, node: Node) -> int:
        """Return how far the entries of a block stand to the right."""
        first = next(iter(node.children.values()))
        if first.key is not None:
            opening = self.opening(first)
            return opening - self.line_start(opening)
        return self._dash_column(self.content(node))

    def opening(self, first: Node) -> int:
        """Return where the first entry of a mapping begins: with the question mark before its key where it has one."""
        begin = end = self.begin(first)
        while not (written := _COMMENT.sub("", self.text[self.line_start(end) : end])).strip():
            if self.line_start(end) == 0:
                return begin
            end = self.line_start(end) - 1
        written = written.rstrip()
        return self.line_start(end) + len(written) - 1 if written.endswith("?") else begin

    def has_room_above(self, node: Node) -> bool:
        """Whether lines can be put above the first entry of a block: that begins behind a dash, or the like, if not."""
        return self.begins_line(self.opening(next(iter(node.children.values()))))

    def end_above(self, node: Node) -> int:
        """Return where the line ends below which a block's first entry stands, comments above it apart."""
        line = self.line_start(self.opening(next(iter(node.children.values()))))
        while line > 0:
            line = self.line_start(line - 1)
            above = self.text[line : self.line_end(line)].strip()
            if above and not above.startswith("#"):
                break
        return self.line_end(line)

    def margin_of_comments(self, start: int, end: int) -> str:
        """Return the blanks before the first comment that has a line of its own; two where none has."""
        found = _OWN_COMMENT.search(self.text, start, end)
        return "  " if found is None else found[1]

    def end_of_comments(self, end: int, beyond: int) -> int:
        """Return where the comments below something end that stand farther to the right than a column; else its line.

        A column counts from 0.
        """
        found = self.line_end(end)
        line = self.line_after(end)
        while line < len(self.text):
            below = self.text[line : self.line_end(line)]
            margin = len(below) - len(below.lstrip(" \t"))
            if below.strip():
                if below[margin] != "#" or margin <= beyond:
                    break
                found = self.line_end(line)
            line = self.line_after(line)
        return found

    def margin_below(self, node: Node) -> int:
        """Return how far a block under a key stands to the right; nothing at the top of the file."""
        return 0 if node.key is None else node.key.column + 1

    def _dash_column(self, start: int) -> int:
        dash = start if self.text[start] == "-" else next(m.start(1) for m in _DASH.finditer(self.text, start))
        return dash - self.line_start(dash)

    def dash(self, node: Node) -> int:
        """Return where the dash of an entry in a block stands: on its line, or above lines of comment."""
        end = self.start(node)
        while "-" not in (written := _COMMENT.sub("", self.text[self.line_start(end) : end])):
            end = self.line_start(end) - 1
        return self.line_start(end) + written.rindex("-")

    def end_of_key(self, node: Node) -> int:
        """Return where the key of a value ends; where the value begins for none."""
        return self.start(node) if node.key is None else self._offset(node.key.end_line, node.key.end_column)

    def after_key(self, node: Node) -> int:
        """Return where the blanks begin that stand before a value on its line."""
        return self._before_blanks(self.start(node))

    def after_anchor(self, node: Node) -> int:
        """Return where the blanks begin that stand before what comes after a value's anchor; after its key for none."""
        return self._before_blanks(self.content(node))

    def _before_blanks(self, offset: int) -> int:
        line = self.text[self.line_start(offset) : offset]
        return offset - (len(line) - len(line.rstrip(" \t")))

    def line_start(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        return self._source.line_start(offset)

    def line_end(self, offset: int) -> int:
        """Return where the line of an offset ends, before its break."""
        found = LINE_BREAK.search(self.text, offset)
        return len(self.text) if found is None else found.start()

    def line_after(self, offset: int) -> int:
        """Return where the next line begins."""
        found = LINE_BREAK.search(self.text, offset)
        return len(self.text) if found is None else found.end()

    def line_break(self, offset: int) -> str:
        """Return how lines are broken near an offset."""
        near = _USUAL_BREAK.search(self.text, offset) or _USUAL_BREAK.search(self.text)
        return near.group() if near is not None else "\n"
