"""Ledger files that have nothing in them yet: they are begun with the first fact."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from coopctl import faults
from coopctl.discovery import AgreementFile
from coopctl.drafts.layout import Layout
from coopctl.editing import edited
from coopctl.findings import Edit
from coopctl.loading import Loaded, load
from coopctl.recording.ledger_draft import CSV_HEADER, HEADER, text_of
from coopctl.source import BYTE_ORDER_MARK, Node, Source

_SECTIONS: Final = {"kpis": "{}", "spend": "{}", "milestones": "{}", "events": "[]", "actions": "[]", "waivers": "[]"}
_BY_NAME: Final = ("kpis", "spend", "milestones")
"""Sections that have mappings by name."""


Texts = Mapping[str, str]
"""Texts of files, by path."""


class Begun(NamedTuple):
    """An agreement with its ledger, as it is once files that say nothing are begun."""

    loaded: Loaded
    standing: Texts
    """What those files have on disk."""


def load_begun(file: AgreementFile) -> Begun:
    """Read an agreement and its ledger; where nothing else is wrong, files that say nothing are read as begun."""
    loaded = load(file)
    if loaded.agreement is not None and not loaded.is_judgeable:
        drafts = dict(_begun_files(loaded))
        begun = load(file, drafts=drafts, source=loaded.source) if drafts else loaded
        if begun.is_judgeable:
            return Begun(begun, {path: text_of(loaded.files[path]) for path in drafts})
    return Begun(loaded, {})


def _begun_files(loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Yield the texts of files with errors, with what is missing at least for them to say that nothing is recorded."""
    faulty = {each.location.path for each in loaded.findings if each.is_error} - {loaded.path}
    for path, positions in loaded.files.items():
        if path in faulty:
            kinds = {each.kind for each in loaded.findings if each.is_error and each.location.path == path}
            text = text_of(positions)
            if isinstance(positions, Source) and positions.data is not None:
                yield path, text[: len(text) - len(positions.text)] + _with_empty_sections(positions)
            elif kinds <= {faults.EMPTY, faults.NOT_A_MAPPING}:  # it could be read, and has comments at most
                yield path, _with_header(text, HEADER if isinstance(positions, Source) else CSV_HEADER)


def _with_header(text: str, header: str) -> str:
    is_ended = not text.removeprefix(BYTE_ORDER_MARK) or text.endswith(("\n", "\r"))
    line_break = "\r\n" if "\r\n" in text else "\n"
    kept = text if header is HEADER else text.rstrip()
    return f"{kept}{'' if is_ended else line_break}{header.replace(chr(10), line_break)}"


def _with_empty_sections(source: Source) -> str:
    """Return a text in which sections without a value, and what is named in them, have an empty one."""
    layout = Layout(source)
    nodes = [(node, _SECTIONS[name]) for name, node in _nothing_in(source.root, source.data) if name in _SECTIONS]
    for section in _BY_NAME:
        held = source.data.get(section) if isinstance(source.data, dict) else None
        if isinstance(held, dict):
            nodes += [(node, "{}") for _, node in _nothing_in(source.root.children[section], held)]
    edits = [
        Edit(layout.content(node), layout.end(node), f" {empty}" if layout.is_nothing(node) else empty)
        for node, empty in nodes
    ]
    return edited(source.text, [(each,) for each in edits])[0]


def _nothing_in(node: Node, data: Any) -> Iterator[tuple[str, Node]]:
    """Yield what has no value in a mapping, by its key."""
    if isinstance(data, dict):
        yield from ((str(name), each) for name, each in node.children.items() if data.get(name, "") is None)
