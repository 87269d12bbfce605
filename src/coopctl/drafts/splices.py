"""Where in the text of a YAML file something is put or taken out, and how it is written there."""

from collections.abc import Iterator, Mapping, Sequence

from coopctl.drafts.annotated import annotated
from coopctl.drafts.layout import Layout
from coopctl.drafts.meaning import at
from coopctl.drafts.order import in_order, places
from coopctl.drafts.values import Value, block, entries_in_flow, flow, key
from coopctl.errors import CoopctlError
from coopctl.findings import Edit
from coopctl.places import Path, dotted
from coopctl.source import LINE_BREAK, Node, Source

Edits = tuple[Edit, ...]


class Splices:
    """Edits of one text; none of them is made here."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._layout = Layout(source)

    def refusal(self, path: Path, why: str) -> CoopctlError:
        """Return the error that says why nothing is written at a path."""
        line = self._source.value_at(path).line
        return CoopctlError(f"{self._source.path}:{line}: {dotted(path)} {why}; write it by hand")

    def deepest(self, path: Path) -> tuple[Node, int]:
        """Return the last value on the way to a path that is there, and how many steps that is."""
        if any(str(step).startswith("x-") for step in path):
            raise self.refusal(path, "is the user's own")
        node = self._source.root
        for depth, step in enumerate(path):
            if self._layout.is_alias(node):
                raise self.refusal(path, "is written as an alias of another value")
            child = node.children.get(step)
            if child is None:
                return node, depth
            node = child
        return node, len(path)

    def with_keys(self, node: Node, path: Path, values: Mapping[str, Value]) -> Edits:
        """Add keys to the mapping at a path."""
        held = at(self._source.data, path)
        if not node.children and not held:
            return self._filled(node, path, in_order(values))
        if not isinstance(held, dict):
            raise self.refusal(path, "is no mapping")
        edits: Edits = ()
        there = [str(name) for name in node.children]
        behind = places(there, values)
        if None in behind and not self._layout.is_flow(node) and not self._layout.has_room_above(node):
            behind.setdefault(there[-1], []).extend(behind.pop(None))
        for before, names in behind.items():
            added = {name: values[name] for name in names}
            edits += self._with_keys_behind(node, path, before, added)
        return edits

    def _with_keys_behind(self, node: Node, path: Path, before: str | None, values: Mapping[str, Value]) -> Edits:
        """Add keys to a mapping behind one of its own; None: before the first."""
        layout = self._layout
        if layout.is_flow(node):
            quote = layout.quote((*path, next(iter(values))))
            texts = entries_in_flow(values, quote)
            return (
                self._before_first(node, texts) if before is None else self._after(node, node.children[before], texts)
            )
        end = layout.end_above(node) if before is None else layout.end(node.children[before])
        return self._below(end, layout.margin(node), values)

    def replaced(self, node: Node, path: Path, value: Value) -> Edits:
        old = at(self._source.data, path)
        if old is None or old in ({}, []):
            return self._filled(node, path, value)
        if not isinstance(old, str) or not isinstance(value, str):
            raise self.refusal(path, "is there already")
        written = flow(value, self._layout.quote(path)) + self._layout.comment_of_header(node)
        return (Edit(self._layout.content(node), self._layout.end(node), written),)

    def key_taken_out(self, node: Node, around: Node) -> Edit:
        """Take a key out of the mapping around it up to the next one; the last from the end of the one before it."""
        layout, entries = self._layout, list(around.children.values())
        index = entries.index(node)
        if index + 1 < len(entries):
            return Edit(layout.begin(node), layout.begin(entries[index + 1]), "")
        before = layout.end(entries[index - 1])
        is_flow = layout.text[before : layout.begin(node)].lstrip()[:1] == ","
        return Edit(before if is_flow else layout.line_end(before), layout.end(node), "")

    def annotated(self, node: Node, path: Path) -> dict[int, str]:
        """Return what somebody has added to entries of the list at a path, by their numbers."""
        return annotated(self._source, self._layout, node, path)

    def entries_taken_out(self, node: Node, path: Path, kept: Sequence[int]) -> Edits:
        """Take all entries but some out of the list at a path."""
        is_flow = self._layout.is_flow(node) or self._layout.is_in_flow(path)
        return tuple(self._cut(node, kept) if is_flow else self._lines_taken_out(node, kept))

    def _lines_taken_out(self, node: Node, kept: Sequence[int]) -> Iterator[Edit]:
        """Take entries of a block out with their lines; of all of them an empty list stays."""
        layout = self._layout
        if not kept and node.key is not None:
            behind = layout.end_of_anchor(node) or layout.text.index(":", layout.end_of_key(node)) + 1
            yield Edit(behind, behind, " []")
        for number, entry in node.children.items():
            if number not in kept:
                start = layout.line_start(layout.dash(entry))
                yield Edit(start, layout.line_after(layout.end(entry)), "")

    def _cut(self, node: Node, kept: Sequence[int]) -> Iterator[Edit]:
        """Take entries in brackets out, each with one comma."""
        layout, entries = self._layout, list(node.children.values())
        if not kept:
            yield Edit(layout.content(node) + 1, layout.end(node) - 1, "")
            return
        last_kept = max(kept)
        for number in range(last_kept):
            if number not in kept:
                yield Edit(layout.begin(entries[number]), layout.begin(entries[number + 1]), "")
        if last_kept < len(entries) - 1:
            yield Edit(layout.end(entries[last_kept]), layout.end(entries[-1]), "")

    def _filled(self, node: Node, path: Path, value: Value) -> Edits:
        """Put a value where there is nothing, or an empty mapping or list."""
        layout = self._layout
        content, end = layout.content(node), layout.end(node)
        if layout.is_nothing(node):
            end = content = layout.start(node)
        is_in_line = isinstance(value, str) or layout.is_in_flow(path)
        if layout.text[content:end].count("#"):  # a comment between the brackets, of which the last begins its line
            at, line_break = layout.line_start(end - 1), layout.line_break(content)
            margin = layout.margin_of_comments(content, end)
            entries = f",{line_break}{margin}".join(entries_in_flow(value, layout.quote(path)))
            return (Edit(at, at, f"{margin}{entries}{line_break}"),)
        if is_in_line:
            colon = layout.after_colon(node)
            start, end = (layout.after_anchor(node), end) if colon is None else (colon, colon)
            return (Edit(start, end, f" {flow(value, layout.quote(path))}"),)
        if not path and layout.is_nothing(node):  # at the end of a file that has comments at most
            line_break, end = layout.line_break(0), len(layout.text)
            lines = line_break.join(block(value, 0))
            is_ended = layout.text.endswith(("\n", "\r"))
            return (Edit(end, end, f"{lines}{line_break}" if is_ended else f"{line_break}{lines}"),)
        if not path:
            return (Edit(content, end, layout.line_break(end).join(block(value, 0))),)
        return (Edit(layout.after_anchor(node), end, ""), *self._below(end, layout.margin_below(node), value))

    def with_entries(self, node: Node, path: Path, values: Sequence[Value], lone: str) -> Edits:
        """Add entries to what is at a path."""
        old = at(self._source.data, path)
        if not old:
            return self._filled(node, path, values)
        return self._appended(node, path, values) if isinstance(old, list) else self._listed(node, path, values, lone)

    def _appended(self, node: Node, path: Path, values: Sequence[Value]) -> Edits:
        if self._layout.is_flow(node):
            quote = self._layout.quote(path)
            return self._after(node, list(node.children.values())[-1], [flow(value, quote) for value in values])
        return self._below(self._layout.end(node), self._layout.margin(node), values)

    def _listed(self, node: Node, path: Path, values: Sequence[Value], lone: str) -> Edits:
        """Make a list of what stands alone and new entries."""
        layout = self._layout
        start, end = layout.start(node), layout.end(node)
        is_scalar = isinstance(at(self._source.data, path), str)
        if layout.is_in_flow(path):
            quote = layout.quote(path)
            opened, closed = (f"{{{key(lone, quote)}: ", "}") if is_scalar else ("", "")
            added = ", ".join(flow(value, quote) for value in values)
            return (Edit(start, start, f"[{opened}"), Edit(end, end, f"{closed}, {added}]"))
        is_block = bool(node.children) and not layout.is_flow(node)
        if is_block:  # a comment below the last key, and as deep, is part of it
            end = layout.end_of_comments(end, beyond=layout.margin(node) - 1)
        opened, closed = (f"{{{lone}: ", "}") if is_scalar else ("", "")
        if is_scalar and not layout.fits_braces(node):
            opened, closed = f"{lone}: ", ""
        if layout.begins_line(start):
            margin = start - layout.line_start(start)
            dash = Edit(start, start, f"- {opened}")
        else:
            margin = layout.margin(node) if is_block else layout.margin_below(node)
            dash = Edit(layout.after_key(node), start, f"{layout.line_break(start)}{' ' * margin}- {opened}")
        return (dash, *self._indented(start, end), Edit(end, end, closed), *self._below(end, margin, values))

    def _indented(self, start: int, end: int) -> Iterator[Edit]:
        """Move the lines after the first of a block two columns to the right."""
        for found in LINE_BREAK.finditer(self._layout.text, start, end):
            if not LINE_BREAK.match(self._layout.text, found.end()):
                yield Edit(found.end(), found.end(), "  ")

    def _before_first(self, node: Node, texts: Sequence[str]) -> Edits:
        """Add to what stands in brackets, before the first entry: on lines of their own where that has one."""
        layout = self._layout
        first = next(iter(node.children.values()))
        begin, end = layout.opening(first), layout.end(first)
        margin = layout.text[layout.line_start(begin) : begin]
        is_alone = layout.begins_line(begin) and layout.comma_at_line_end(end) is not None
        gap = f",{layout.line_break(end)}{margin}" if is_alone else ", "
        return (Edit(begin, begin, "".join(f"{each}{gap}" for each in texts)),)

    def _after(self, node: Node, entry: Node, texts: Sequence[str]) -> Edits:
        """Add to what stands in brackets behind an entry: on lines of their own where that has one, or a comment."""
        layout = self._layout
        begin, end = layout.begin(entry), layout.end(entry)
        at, comma = layout.line_end(end), layout.comma_at_line_end(end)
        later = layout.comma_below(end)
        if later is not None:
            return self._after_comma(node, entry, later, texts)
        has_comment = "#" in layout.text[end:at]
        if comma is None or not (layout.begins_line(begin) or has_comment):
            return (Edit(end, end, "".join(f", {each}" for each in texts)),)
        above = layout.text[layout.line_start(begin) : begin]
        if above.strip() == "," and not comma:
            return (Edit(at, at, "".join(f"{layout.line_break(end)}{above}{each}" for each in texts)),)
        margin = layout.line_break(end) + layout.margin_in_brackets(node, entry)
        lines = margin + f",{margin}".join(texts) + comma
        return (Edit(end, end, "" if comma else ","), Edit(at, at, lines))

    def _after_comma(self, node: Node, entry: Node, comma: int, texts: Sequence[str]) -> Edits:
        """Add behind an entry whose comma stands below it: before the next entry there, or below the comma."""
        layout = self._layout
        below = layout.text[comma + 1 : layout.line_end(comma)].strip()
        line_break = layout.line_break(comma)
        if below and not below.startswith("#"):
            at, above = layout.line_end(layout.end(entry)), layout.text[layout.line_start(comma) : comma]
            return (Edit(at, at, "".join(f"{line_break}{above}, {each}" for each in texts)),)
        at, margin = layout.line_end(comma), line_break + layout.margin_in_brackets(node, entry)
        is_last = entry is list(node.children.values())[-1]
        return (Edit(at, at, margin + f",{margin}".join(texts) + ("" if is_last else ",")),)

    def _below(self, end: int, margin: int, value: Value) -> Edits:
        """Add the lines of a value below the line on which something ends, and below comments that belong to that."""
        at, line_break = self._layout.end_of_comments(end, beyond=margin), self._layout.line_break(end)
        return (Edit(at, at, "".join(f"{line_break}{' ' * margin}{line}" for line in block(value, margin))),)


def joined(edits: Edits) -> Edits:
    """Make one edit of all that is inserted at the same place, in the order in which it is given."""
    inserted: dict[int, str] = {}
    for each in edits:
        if each.start == each.end:
            inserted[each.start] = inserted.get(each.start, "") + each.text
    exchanged = [each for each in edits if each.start < each.end]
    return (*exchanged, *(Edit(at, at, text) for at, text in inserted.items()))
