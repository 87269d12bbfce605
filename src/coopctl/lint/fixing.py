"""Mends what can be mended without changing what the files mean."""

from functools import partial
from typing import NamedTuple

from coopctl.editing import edited_safely
from coopctl.lint.engine import Linted
from coopctl.lint.partial import ENTRIES
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.model.names import Names
from coopctl.parsing import read_source
from coopctl.source import BYTE_ORDER_MARK, Node, Source
from coopctl.validation import validated


class Mended(NamedTuple):
    """One file with some of its findings mended."""

    path: str
    before: str
    after: str
    findings: int
    """How many were mended."""

    def after_another(self, earlier: "Mended") -> "Mended":
        """Return both changes of the file as one."""
        return self._replace(before=earlier.before, findings=earlier.findings + self.findings)


def mended(linted: Linted) -> list[Mended]:
    """Return the files of an agreement that can be mended, with their new text.

    The result is read again: where it says anything else than before, the change is not made. An agreement that could
    not be read is left alone.
    """
    loaded = linted.loaded
    if loaded.agreement is None:
        return []
    found = []
    for path, positions in loaded.files.items():
        edits = [each.edits for each in linted.findings if each.edits and each.location.path == path]
        if not edits or not isinstance(positions, Source):
            continue
        after, findings = edited_safely(positions.text, edits, partial(_says_the_same, loaded, path))
        if after != positions.text:
            mark = BYTE_ORDER_MARK if positions.marked else ""
            found.append(Mended(path, positions.whole_text, mark + after, findings))
    return found


def _says_the_same(loaded: Loaded, path: str, text: str) -> bool:
    """Whether a new text of one of the files means what the old one means."""
    old = loaded.files[path]
    new = read_source(path, text)
    if not isinstance(old, Source) or len(new.findings) != len(old.findings):
        return False
    if path != loaded.path:
        return bool(new.data == old.data)
    agreement = validated(Agreement, new, Names.of(new.data)).model
    return agreement == loaded.agreement and _entry_order(new) == _entry_order(old)


def _entry_order(source: Source) -> list[list[str | int]]:
    """Return the order of entries, which decides in ties: it is the user's own."""
    found = []
    for section in ENTRIES:
        node: Node | None = source.root
        for step in section:
            node = node.children.get(step) if node is not None else None
        found.append(list(node.children) if node is not None else [])
    return found
