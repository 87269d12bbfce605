"""A YAML file being changed: values are put where they belong, and everything else stays as it was written."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import eq, le
from typing import Any

from coopctl.drafts.layout import Layout
from coopctl.drafts.order import in_order, places
from coopctl.drafts.size import refuse_too_large
from coopctl.drafts.values import Plain, Value, block, entries_in_flow, flow, is_number, key
from coopctl.editing import edited
from coopctl.errors import CoopctlError
from coopctl.findings import Edit
from coopctl.parsing import read_source
from coopctl.places import Path, dotted
from coopctl.quoted import Quoted
from coopctl.source import LINE_BREAK, Node, Source

Edits = tuple[Edit, ...]
Change = Callable[[Any], Any]
"""From what stands at a path to what is to stand there."""


class YamlDraft:
    """The text of one file with what has been put into it so far.

    Every change is read again: where the file would then say anything else than it said before and what was put into
    it, `CoopctlError` says so, and the text stays as it was.
    """

    def __init__(self, path: str, text: str) -> None:
        """Begin with a text that can be read; raises `CoopctlError` where it cannot."""
        self._path = path
        self._take(read_source(path, text))

    @property
    def text(self) -> str:
        """The text as it is to be written, with the byte order mark where the file had one."""
        return self._source.whole_text

    @property
    def data(self) -> Any:
        """What the file says now; scalars are text."""
        return self._source.data

    def put(self, path: Path, value: Value) -> None:
        """Set the value at a path, and make what is missing above it."""
        node, depth = self._deepest(path)
        if depth == len(path):
            edits = self._replaced(node, path, value)
        else:
            edits = self._with_keys(node, path[:depth], _nested({path[depth:]: value}))
        self._make(edits, path, _changed(self.data, {path: _to(value)}))

    def put_all(self, values: Mapping[Path, Value]) -> None:
        """Set the values at several paths that have none yet, as `put` would one after the other; all or none of them.

        The text is read again once, however many there are.
        """
        for path in values:
            if self._deepest(path)[1] == len(path):
                raise self._refusal(path, "is there already")
        self._make_all((), values, {path: _to(value) for path, value in values.items()})

    def set_all(self, values: Mapping[Path, Value]) -> None:
        """Set the values at several paths, as `put` would one after the other; all or none of them.

        The text is read again once, however many there are.
        """
        edits: Edits = ()
        missing: dict[Path, Value] = {}
        for path, value in values.items():
            node, depth = self._deepest(path)
            if depth == len(path):
                edits += self._replaced(node, path, value)
            else:
                missing[path] = value
        self._make_all(edits, missing, {path: _to(value) for path, value in values.items()})

    def drop(self, path: Path) -> None:
        """Take a key out of a mapping that has others."""
        self.drop_all([path])

    def drop_all(self, paths: Sequence[Path]) -> None:
        """Take one key each out of several mappings that have others; all or none of them.

        The text is read again once, however many there are.
        """
        edits: Edits = ()
        for path in paths:
            node, depth = self._deepest(path)
            around, _ = self._deepest(path[:-1])
            if depth < len(path) or len(around.children) < 2 or node.key is None:
                raise self._refusal(path, "cannot be taken out")
            edits += (self._taken_out(node, list(around.children.values())),)
        if paths:
            meant = _changed(self.data, {path[:-1]: _without(path[-1]) for path in paths})
            self._make(edits, paths[0], meant)

    def remove(self, path: Path, numbers: Collection[int]) -> None:
        """Take entries out of the list at a path, counted from 0, with the comments on their lines."""
        node, depth = self._deepest(path)
        held = _at(self.data, path[:depth])
        if depth < len(path) or not isinstance(held, list) or not set(numbers) <= set(range(len(held))):
            raise self._refusal(path, "is no list of so many entries")
        kept = [number for number in range(len(held)) if number not in numbers]
        taken = self._cut if self._layout.is_flow(node) or self._layout.is_in_flow(path) else self._lines_taken_out
        meant = _changed(self.data, {path: lambda entries: [entries[number] for number in kept]})
        self._make(tuple(taken(node, kept)), path, meant, loses=True)

    def append(self, path: Path, value: Value, lone: str = "value") -> None:
        """Add an entry to the list at a path, after the others.

        What stands there alone becomes the first entry; a lone scalar is written as a mapping with the key `lone`.
        """
        self.append_all({path: [value]}, lone)

    def append_all(self, values: Mapping[Path, Sequence[Value]], lone: str = "value") -> None:
        """Add entries to the lists at several paths, as `append` would one after the other; all or none of them.

        The text is read again once, however many there are.
        """
        edits: Edits = ()
        missing: dict[Path, Value] = {}
        for path, added in values.items():
            node, depth = self._deepest(path)
            if depth < len(path):
                missing[path] = added
            else:
                edits += self._with_entries(node, path, added, lone)
        self._make_all(edits, missing, {path: _grown_by(added, lone) for path, added in values.items()})

    def _make_all(self, edits: Edits, missing: Mapping[Path, Value], changes: Mapping[Path, Change]) -> None:
        """Make edits, put values where there are none yet, and hold the text to what is to become of each path."""
        new: dict[Path, dict[Path, Value]] = {}
        for path, value in missing.items():
            _, depth = self._deepest(path)
            new.setdefault(path[:depth], {})[path[depth:]] = value
        for path in sorted(new, key=len, reverse=True):  # what is deeper ends before what is around it
            edits += self._with_keys(self._deepest(path)[0], path, _nested(new[path]))
        if changes:
            self._make(edits, next(iter(changes)), _changed(self.data, changes))

    # --- reading and holding ------------------------------------------------------------------------------------

    def _take(self, source: Source) -> None:
        if source.findings:
            first = source.findings[0]
            raise CoopctlError(f"{first.location.path}:{first.location.line}: {first.message}; {first.help}")
        self._source = source
        self._layout = Layout(source)

    def _make(self, edits: Edits, path: Path, meant: Any, *, loses: bool = False) -> None:
        mark = self.text[: len(self.text) - len(self._source.text)]
        text = mark + edited(self._source.text, [_joined(edits)])[0]
        refuse_too_large(self._path, text)
        changed = read_source(self._path, text)
        if changed.findings:
            raise self._refusal(path, f"cannot be written here: {changed.findings[0].message}")
        stays = le if loses else eq
        own, own_before = (Counter(map(tuple, each.own_texts())) for each in (Layout(changed), self._layout))
        if not _says(changed.data, meant) or not stays(own, own_before):
            raise self._refusal(path, "cannot be written here without changing something else")
        if "#" in self.text and not stays(Counter(changed.comments()), Counter(self._source.comments())):
            raise self._refusal(path, "cannot be written here without changing a comment")
        self._take(changed)

    def _refusal(self, path: Path, why: str) -> CoopctlError:
        line = self._source.value_at(path).line
        return CoopctlError(f"{self._path}:{line}: {dotted(path)} {why}; write it by hand")

    def _deepest(self, path: Path) -> tuple[Node, int]:
        """Return the last value on the way to a path that is there, and how many steps that is."""
        if any(str(step).startswith("x-") for step in path):
            raise self._refusal(path, "is the user's own")
        node = self._source.root
        for depth, step in enumerate(path):
            if self._layout.is_alias(node):
                raise self._refusal(path, "is written as an alias of another value")
            child = node.children.get(step)
            if child is None:
                return node, depth
            node = child
        return node, len(path)

    # --- edits --------------------------------------------------------------------------------------------------

    def _with_keys(self, node: Node, path: Path, values: Mapping[str, Value]) -> Edits:
        """Add keys to the mapping at a path."""
        held = _at(self.data, path)
        if not node.children and not held:
            return self._filled(node, path, in_order(values))
        if not isinstance(held, dict):
            raise self._refusal(path, "is no mapping")
        edits: Edits = ()
        for before, names in places([str(name) for name in node.children], values).items():
            added = {name: values[name] for name in names}
            edits += self._with_keys_behind(node, path, before, added)
        return edits

    def _with_keys_behind(self, node: Node, path: Path, before: str | None, values: Mapping[str, Value]) -> Edits:
        """Add keys to a mapping behind one of its own; None: before the first."""
        layout = self._layout
        if layout.is_flow(node):
            quote = layout.quote((*path, next(iter(values))))
            texts = entries_in_flow(values, quote)
            return self._before_first(node, texts) if before is None else self._after(node.children[before], texts)
        end = layout.end_above(node) if before is None else layout.end(node.children[before])
        return self._below(end, layout.margin(node), values)

    def _replaced(self, node: Node, path: Path, value: Value) -> Edits:
        old = _at(self.data, path)
        if old is None or old in ({}, []):
            return self._filled(node, path, value)
        if not isinstance(old, str) or not isinstance(value, str):
            raise self._refusal(path, "is there already")
        written = flow(value, self._layout.quote(path)) + self._layout.comment_of_header(node)
        return (Edit(self._layout.content(node), self._layout.end(node), written),)

    def _taken_out(self, node: Node, entries: Sequence[Node]) -> Edit:
        """Take an entry out up to the next one; the last one from the end of the one before it."""
        layout, index = self._layout, entries.index(node)
        if index + 1 < len(entries):
            return Edit(layout.begin(node), layout.begin(entries[index + 1]), "")
        before = layout.end(entries[index - 1])
        is_flow = layout.text[before : layout.begin(node)].lstrip()[:1] == ","
        return Edit(before if is_flow else layout.line_end(before), layout.end(node), "")

    def _lines_taken_out(self, node: Node, kept: Sequence[int]) -> Iterator[Edit]:
        """Take entries of a block out with their lines; of all of them an empty list stays."""
        layout = self._layout
        if not kept and node.key is not None:
            colon = layout.text.index(":", layout.end_of_key(node))
            yield Edit(colon + 1, colon + 1, " []")
        for number, entry in node.children.items():
            if number not in kept:
                start = layout.line_start(layout.dash(entry))
                yield Edit(start, layout.line_after(layout.end(entry)), "")

    def _cut(self, node: Node, kept: Sequence[int]) -> Iterator[Edit]:
        """Take entries in brackets out, each with one comma."""
        layout, entries = self._layout, list(node.children.values())
        last_kept = max(kept, default=-1)
        for number in range(last_kept):
            if number not in kept:
                yield Edit(layout.begin(entries[number]), layout.begin(entries[number + 1]), "")
        if last_kept < len(entries) - 1:
            start = layout.end(entries[last_kept]) if kept else layout.begin(entries[0])
            yield Edit(start, layout.end(entries[-1]), "")

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
            return (Edit(layout.after_anchor(node), end, f" {flow(value, layout.quote(path))}"),)
        if not path and layout.is_nothing(node):  # at the end of a file that has comments at most
            line_break, end = layout.line_break(0), len(layout.text)
            lines = line_break.join(block(value, 0))
            is_ended = layout.text.endswith(("\n", "\r"))
            return (Edit(end, end, f"{lines}{line_break}" if is_ended else f"{line_break}{lines}"),)
        if not path:
            return (Edit(content, end, layout.line_break(end).join(block(value, 0))),)
        return (Edit(layout.after_anchor(node), end, ""), *self._below(end, layout.margin_below(node), value))

    def _with_entries(self, node: Node, path: Path, values: Sequence[Value], lone: str) -> Edits:
        """Add entries to what is at a path."""
        old = _at(self.data, path)
        if not old:
            return self._filled(node, path, values)
        return self._appended(node, path, values) if isinstance(old, list) else self._listed(node, path, values, lone)

    def _appended(self, node: Node, path: Path, values: Sequence[Value]) -> Edits:
        if self._layout.is_flow(node):
            quote = self._layout.quote(path)
            return self._after(list(node.children.values())[-1], [flow(value, quote) for value in values])
        return self._below(self._layout.end(node), self._layout.margin(node), values)

    def _listed(self, node: Node, path: Path, values: Sequence[Value], lone: str) -> Edits:
        """Make a list of what stands alone and new entries."""
        layout = self._layout
        start, end = layout.start(node), layout.end(node)
        is_scalar = isinstance(_at(self.data, path), str)
        if layout.is_in_flow(path):
            quote = layout.quote(path)
            opened, closed = (f"{{{key(lone, quote)}: ", "}") if is_scalar else ("", "")
            added = ", ".join(flow(value, quote) for value in values)
            return (Edit(start, start, f"[{opened}"), Edit(end, end, f"{closed}, {added}]"))
        is_block = bool(node.children) and not layout.is_flow(node)
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
        begin, end = layout.begin(first), layout.end(first)
        margin = layout.text[layout.line_start(begin) : begin]
        is_alone = layout.begins_line(begin) and layout.comma_at_line_end(end) is not None
        gap = f",{layout.line_break(end)}{margin}" if is_alone else ", "
        return (Edit(begin, begin, "".join(f"{each}{gap}" for each in texts)),)

    def _after(self, entry: Node, texts: Sequence[str]) -> Edits:
        """Add to what stands in brackets behind an entry: on lines of their own where that has one."""
        layout = self._layout
        begin, end = layout.begin(entry), layout.end(entry)
        comma = layout.comma_at_line_end(end)
        if comma is None or not layout.begins_line(begin):
            return (Edit(end, end, "".join(f", {each}" for each in texts)),)
        at = layout.line_end(end)
        margin = f"{layout.line_break(end)}{layout.text[layout.line_start(begin) : begin]}"
        lines = margin + f",{margin}".join(texts) + comma
        return (Edit(end, end, "" if comma else ","), Edit(at, at, lines))

    def _below(self, end: int, margin: int, value: Value) -> Edits:
        """Add the lines of a value below the line on which something ends."""
        at, line_break = self._layout.line_end(end), self._layout.line_break(end)
        return (Edit(at, at, "".join(f"{line_break}{' ' * margin}{line}" for line in block(value, margin))),)


def _nested(values: Mapping[Path, Value]) -> dict[str, Value]:
    """Return values by path as mappings in one another."""
    below: dict[str, dict[Path, Value]] = {}
    found: dict[str, Value] = {}
    for (name, *rest), value in values.items():
        if rest:
            below.setdefault(str(name), {})[tuple(rest)] = value
            found.setdefault(str(name), {})  # keeps the order
        else:
            found[str(name)] = value
    return {**found, **{name: in_order(_nested(each)) for name, each in below.items()}}


def _joined(edits: Edits) -> Edits:
    """Make one edit of all that is inserted at the same place, in the order in which it is given."""
    inserted: dict[int, str] = {}
    for each in edits:
        if each.start == each.end:
            inserted[each.start] = inserted.get(each.start, "") + each.text
    exchanged = [each for each in edits if each.start < each.end]
    return (*exchanged, *(Edit(at, at, text) for at, text in inserted.items()))


class _Either(str):
    """Text of which it does not matter whether it stands in quotes."""

    __slots__ = ()


def _meant(value: Value) -> Any:
    """Return what a file says once a value is written into it."""
    if isinstance(value, str):
        return str(value) if isinstance(value, Plain) and is_number(value) else _Either(value)
    if isinstance(value, Mapping):
        return {name: _meant(each) for name, each in value.items()}
    return [_meant(each) for each in value]


def _says(found: Any, meant: Any) -> bool:
    """Whether data that was read says what was meant, quotes included."""
    if isinstance(meant, dict):
        return (
            isinstance(found, dict)
            and found.keys() == meant.keys()
            and all(_says(found[name], each) for name, each in meant.items())
        )
    if isinstance(meant, list):
        return (
            isinstance(found, list)
            and len(found) == len(meant)
            and all(_says(one, other) for one, other in zip(found, meant, strict=True))
        )
    if isinstance(meant, _Either):
        return isinstance(found, str) and found == str(meant)
    return isinstance(found, Quoted) is isinstance(meant, Quoted) and bool(found == meant)


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _to(value: Value) -> Change:
    """Return the change to a value, whatever was there."""
    meant = _meant(value)
    return lambda _: meant


def _without(key_: Any) -> Change:
    """Return the change of a mapping to one without a key."""
    return lambda held: {name: held[name] for name in held if name != key_}


def _grown_by(values: Sequence[Value], lone: str) -> Change:
    """Return the change of a list to one with more entries; what stands alone is its first one."""
    added = [_meant(value) for value in values]

    def grown(found: Any) -> list[Any]:
        entries = found if isinstance(found, list) else [{lone: found} if isinstance(found, str) else found]
        return [*(entries if found else []), *added]

    return grown


def _changed(data: Any, changes: Mapping[Path, Change]) -> Any:
    """Return data with what stands at some paths changed; data itself is left as it is."""
    copied = _copied(data)
    for path, change in changes.items():
        copied = _exchanged(copied, path, change)
    return copied


def _exchanged(data: Any, path: Path, change: Change) -> Any:
    if not path:
        return change(data)
    step, *rest = path
    held: Any = data or {}
    below = held.get(step) if isinstance(held, dict) else held[step]
    held[step] = _exchanged(below, tuple(rest), change)
    return held


def _copied(data: Any) -> Any:
    """Return data of which no part is another part as well, as one written once and used twice is."""
    if isinstance(data, dict):
        return {name: _copied(each) for name, each in data.items()}
    return [_copied(each) for each in data] if isinstance(data, list) else data
