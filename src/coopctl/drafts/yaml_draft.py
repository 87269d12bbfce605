"""A YAML file being changed: values are put where they belong, and everything else stays as it was written."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from coopctl.drafts.layout import Layout
from coopctl.drafts.values import Plain, Value, block, flow, is_number, key
from coopctl.editing import edited
from coopctl.errors import CoopctlError
from coopctl.findings import Edit
from coopctl.parsing import read_source
from coopctl.places import Path, dotted
from coopctl.quoted import Quoted
from coopctl.source import LINE_BREAK, Node, Source

Edits = tuple[Edit, ...]


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
        for step in reversed(path[depth + 1 :]):
            value = {str(step): value}
        above = path[: depth + 1]
        edits = self._replaced(node, above, value) if depth == len(path) else self._with_key(node, above, value)
        self._make(edits, path, _changed(self.data, above, lambda _: _meant(value)))

    def put_all(self, path: Path, values: Mapping[str, Value]) -> None:
        """Add several keys, none of which is there yet, to the mapping at a path; it is made where it is missing."""
        node, depth = self._deepest(path)
        if depth < len(path):
            self.put(path, values)
            return
        edits = self._with_keys(node, path, values)
        self._make(edits, path, _changed(self.data, path, lambda held: {**(held or {}), **_meant(values)}))

    def append(self, path: Path, value: Value, lone: str = "value") -> None:
        """Add an entry to the list at a path, after the others.

        What stands there alone becomes the first entry; a lone scalar is written as a mapping with the key `lone`.
        """
        node, depth = self._deepest(path)
        if depth < len(path):
            self.put(path, [value])
            return
        old = _at(self.data, path)
        if not old:
            edits = self._filled(node, path, [value])
        elif isinstance(old, list):
            edits = self._appended(node, path, value)
        else:
            edits = self._listed(node, path, value, lone)

        def grown(found: Any) -> list[Any]:
            entries = found if isinstance(found, list) else [{lone: found} if isinstance(found, str) else found]
            return [*(entries if found else []), _meant(value)]

        self._make(edits, path, _changed(self.data, path, grown))

    # --- reading and holding ------------------------------------------------------------------------------------

    def _take(self, source: Source) -> None:
        if source.findings:
            first = source.findings[0]
            raise CoopctlError(f"{first.location.path}:{first.location.line}: {first.message}; {first.help}")
        self._source = source
        self._layout = Layout(source)

    def _make(self, edits: Edits, path: Path, meant: Any) -> None:
        mark = self.text[: len(self.text) - len(self._source.text)]
        changed = read_source(self._path, mark + edited(self._source.text, [edits])[0])
        if changed.findings:
            raise self._refusal(path, f"cannot be written here: {changed.findings[0].message}")
        if not _says(changed.data, meant):
            raise self._refusal(path, "cannot be written here without changing something else")
        self._take(changed)

    def _refusal(self, path: Path, why: str) -> CoopctlError:
        line = self._source.value_at(path).line
        return CoopctlError(f"{self._path}:{line}: {dotted(path)} {why}; write it by hand")

    def _deepest(self, path: Path) -> tuple[Node, int]:
        """Return the last value on the way to a path that is there, and how many steps that is."""
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

    def _with_key(self, node: Node, path: Path, value: Value) -> Edits:
        """Add the last key of a path to the mapping above it."""
        return self._with_keys(node, path[:-1], {str(path[-1]): value})

    def _with_keys(self, node: Node, path: Path, values: Mapping[str, Value]) -> Edits:
        """Add keys to the mapping at a path."""
        held = _at(self.data, path)
        if not node.children:
            if held:
                raise self._refusal(path, "is no mapping")
            return self._filled(node, path, values)
        if not isinstance(held, dict) or held.keys() & values.keys():
            raise self._refusal(path, "is no mapping" if not isinstance(held, dict) else "has one of these already")
        if self._layout.is_flow(node):
            quote = self._layout.quote(node)
            added = (f"{key(name, quote)}: {flow(value, quote)}" for name, value in values.items())
            return self._after_last(node, ", ".join(added))
        return self._below(self._layout.end(node), self._layout.margin(node), values)

    def _replaced(self, node: Node, path: Path, value: Value) -> Edits:
        old = _at(self.data, path)
        if old is None or old in ({}, []):
            return self._filled(node, path, value)
        if not isinstance(old, str) or not isinstance(value, str):
            raise self._refusal(path, "is there already")
        return (Edit(self._layout.content(node), self._layout.end(node), flow(value)),)

    def _filled(self, node: Node, path: Path, value: Value) -> Edits:
        """Put a value where there is nothing, or an empty mapping or list."""
        layout = self._layout
        start, end = layout.start(node), layout.start(node) if layout.is_nothing(node) else layout.end(node)
        if not path and layout.is_nothing(node):  # a file without a value: blank, or with comments only
            gap = "" if layout.text.endswith(("\n", "\r")) or not layout.text else layout.line_break(0)
            end = len(layout.text)
            return (Edit(end, end, gap + "".join(f"{line}{layout.line_break(0)}" for line in block(value, 0))),)
        if isinstance(value, str) or layout.is_in_flow(path):
            return (Edit(layout.after_key(node), end, f" {flow(value)}"),)
        margin = layout.margin_below(node)
        if not path:
            return (Edit(start, end, layout.line_break(end).join(block(value, 0))),)
        return (Edit(layout.after_key(node), end, ""), *self._below(end, margin, value))

    def _appended(self, node: Node, path: Path, value: Value) -> Edits:
        if self._layout.is_flow(node):
            quote = '"' if self._layout.text[:1] == "{" else ""
            return self._after_last(node, flow(value, quote))
        return self._below(self._layout.end(node), self._layout.margin(node), [value])

    def _listed(self, node: Node, path: Path, value: Value, lone: str) -> Edits:
        """Make a list of what stands alone and a new entry."""
        layout = self._layout
        start, end = layout.start(node), layout.end(node)
        opened, closed = (f"{{{lone}: ", "}") if isinstance(_at(self.data, path), str) else ("", "")
        if layout.is_in_flow(path):
            return (Edit(start, start, f"[{opened}"), Edit(end, end, f"{closed}, {flow(value)}]"))
        if node.children and not layout.is_flow(node):
            margin = layout.margin(node)
            return (Edit(start, start, "- "), *self._indented(start, end), *self._below(end, margin, [value]))
        margin = layout.margin_below(node)
        dash = f"{layout.line_break(start)}{' ' * margin}- {opened}"
        closing = (Edit(end, end, closed),) if closed else ()
        moved = self._indented(start, end)
        return (Edit(layout.after_key(node), start, dash), *moved, *closing, *self._below(end, margin, [value]))

    def _indented(self, start: int, end: int) -> Iterator[Edit]:
        """Move the lines after the first of a block two columns to the right."""
        for found in LINE_BREAK.finditer(self._layout.text, start, end):
            if not LINE_BREAK.match(self._layout.text, found.end()):
                yield Edit(found.end(), found.end(), "  ")

    def _after_last(self, node: Node, text: str) -> Edits:
        last = list(node.children.values())[-1]
        at = self._layout.end(last)
        return (Edit(at, at, f", {text}"),)

    def _below(self, end: int, margin: int, value: Value) -> Edits:
        """Add the lines of a value below the line on which something ends."""
        at, line_break = self._layout.line_end(end), self._layout.line_break(end)
        return (Edit(at, at, "".join(f"{line_break}{' ' * margin}{line}" for line in block(value, margin))),)


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


def _changed(data: Any, path: Path, change: Callable[[Any], Any]) -> Any:
    """Return data with what stands at a path changed; data itself is left as it is."""
    if not path:
        return change(data)
    step, *rest = path
    if isinstance(data, list):
        assert isinstance(step, int)
        return [*data[:step], _changed(data[step], tuple(rest), change), *data[step + 1 :]]
    held: dict[Any, Any] = data or {}
    return {**held, step: _changed(held.get(step), tuple(rest), change)}
