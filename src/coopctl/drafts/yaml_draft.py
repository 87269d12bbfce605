"""A YAML file being changed: values are put where they belong, and everything else stays as it was written."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from coopctl.drafts.layout import Layout
from coopctl.drafts.meaning import Change, at, changed, grown_by, only, says, to, without
from coopctl.drafts.order import in_order
from coopctl.drafts.size import refuse_too_large
from coopctl.drafts.splices import Edits, Splices, joined
from coopctl.drafts.values import Value
from coopctl.editing import edited
from coopctl.errors import CoopctlError
from coopctl.parsing import read_source
from coopctl.places import Path
from coopctl.source import Source


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
        self.put_all({path: value})

    def put_all(self, values: Mapping[Path, Value]) -> None:
        """Set the values at several paths, as `put` would one after the other; all or none of them.

        The text is read again once, however many there are.
        """
        edits: Edits = ()
        missing: dict[Path, Value] = {}
        for path, value in values.items():
            node, depth = self._splices.deepest(path)
            if depth == len(path):
                edits += self._splices.replaced(node, path, value)
            else:
                missing[path] = value
        self._make_all(edits, missing, {path: to(value) for path, value in values.items()})

    def drop_all(self, paths: Sequence[Path]) -> None:
        """Take one key each out of several mappings that have others; all or none of them.

        The text is read again once, however many there are.
        """
        edits: Edits = ()
        for path in paths:
            node, depth = self._splices.deepest(path)
            around, _ = self._splices.deepest(path[:-1])
            if depth < len(path) or len(around.children) < 2 or node.key is None:
                raise self._splices.refusal(path, "cannot be taken out")
            edits += (self._splices.key_taken_out(node, around),)
        if paths:
            meant = changed(self.data, {path[:-1]: without(path[-1]) for path in paths})
            self._make(edits, paths[0], meant)

    def remove(self, path: Path, numbers: Collection[int]) -> None:
        """Take entries out of the list at a path, counted from 0; none that is `annotated`."""
        node, depth = self._splices.deepest(path)
        held = at(self.data, path[:depth])
        if depth < len(path) or not isinstance(held, list) or not set(numbers) <= set(range(len(held))):
            raise self._splices.refusal(path, "is no list of so many entries")
        for number, what in self._splices.annotated(node, path).items():
            if number in numbers:
                raise self._splices.refusal((*path, number), f"stays because of {what}")
        kept = [number for number in range(len(held)) if number not in numbers]
        edits = self._splices.entries_taken_out(node, path, kept)
        self._make(edits, path, changed(self.data, {path: only(kept)}))

    def annotated(self, path: Path) -> dict[int, str]:
        """Return what somebody has added to entries of the list at a path, a comment or a key of their own, by number.

        Nobody but them can tell what becomes of that without the entry.
        """
        node, depth = self._splices.deepest(path)
        return self._splices.annotated(node, path) if depth == len(path) else {}

    def line(self, path: Path) -> int:
        """Return the line on which the value at a path stands now."""
        return self._source.value_at(path).line

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
            node, depth = self._splices.deepest(path)
            if depth < len(path):
                missing[path] = added
            else:
                edits += self._splices.with_entries(node, path, added, lone)
        self._make_all(edits, missing, {path: grown_by(added, lone) for path, added in values.items()})

    def _make_all(self, edits: Edits, missing: Mapping[Path, Value], changes: Mapping[Path, Change]) -> None:
        """Make edits, put values where there are none yet, and hold the text to what is to become of each path."""
        new: dict[Path, dict[Path, Value]] = {}
        for path, value in missing.items():
            _, depth = self._splices.deepest(path)
            new.setdefault(path[:depth], {})[path[depth:]] = value
        for path in sorted(new, key=len, reverse=True):  # what is deeper ends before what is around it
            edits += self._splices.with_keys(self._splices.deepest(path)[0], path, _nested(new[path]))
        if changes:
            self._make(edits, next(iter(changes)), changed(self.data, changes))

    def _take(self, source: Source) -> None:
        if source.findings:
            first = source.findings[0]
            raise CoopctlError(f"{first.location.path}:{first.location.line}: {first.message}; {first.help}")
        self._source = source
        self._splices = Splices(source)

    def _make(self, edits: Edits, path: Path, meant: Any) -> None:
        mark = self.text[: len(self.text) - len(self._source.text)]
        text = mark + edited(self._source.text, [joined(edits)])[0]
        refuse_too_large(self._path, text)
        after = read_source(self._path, text)
        if after.findings:
            raise self._splices.refusal(path, f"cannot be written here: {after.findings[0].message}")
        own, own_before = (Counter(map(tuple, Layout(each).own_texts())) for each in (after, self._source))
        if not says(after.data, meant) or own != own_before:
            raise self._splices.refusal(path, "cannot be written here without changing something else")
        if "#" in self.text and Counter(after.comments()) != Counter(self._source.comments()):
            raise self._splices.refusal(path, "cannot be written here without changing a comment")
        self._take(after)


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
