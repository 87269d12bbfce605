"""Ledger files that have nothing in them yet: they are begun with the first fact."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
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
    """Read an agreement and its ledger; where nothing else is wrong, files that say nothing are read as begun.

    What is wrong only once they are begun is what there is to mend: it is found instead of what they lack.
    """
    loaded = load(file)
    if loaded.agreement is not None and not loaded.is_judgeable:
        drafts = dict(_begun_files(loaded))
        begun = load(file, drafts=drafts, source=loaded.source) if drafts else loaded
        if begun.is_judgeable:
            return Begun(begun, {path: text_of(loaded.files[path]) for path in drafts})
        if _are_readable(drafts, begun) and not _errors(loaded) & _errors(begun):
            return Begun(replace(begun, files=loaded.files), {})  # shown beside what is on disk
    return Begun(loaded, {})


def _are_readable(paths: Iterable[str], loaded: Loaded) -> bool:
    sources = [each for path in paths if isinstance(each := loaded.files.get(path), Source)]
    return all(isinstance(each.data, dict) for each in sources)


def _errors(loaded: Loaded) -> set[tuple[str, str, str]]:
    """Return what is wrong, wherever in its file it stands."""
    return {(each.location.path, each.kind.code, each.message) for each in loaded.findings if each.is_error}


def _begun_files(loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Yield the texts of files with errors, with what is missing at least for them to say that nothing is recorded."""
    faulty = {each.location.path for each in loaded.findings if each.is_error} - {loaded.path}
    for path, positions in loaded.files.items():
        if path in faulty:
            text = text_of(positions)
            kinds = {each.kind for each in loaded.findings if each.is_error and each.location.path == path}
            if not isinstance(positions, Source):
                if not text.removeprefix(BYTE_ORDER_MARK).strip():
                    mark = text[: text.startswith(BYTE_ORDER_MARK)]
                    yield path, mark + CSV_HEADER.replace("\n", _line_break(text))
            elif positions.data is not None:
                yield path, text[: len(text) - len(positions.text)] + _with_empty_sections(positions)
            elif kinds <= {faults.EMPTY, faults.NOT_A_MAPPING}:  # it could be read, and has comments at most
                yield path, _with_header(text)


def _with_header(text: str) -> str:
    is_ended = not text.removeprefix(BYTE_ORDER_MARK) or text.endswith(("\n", "\r"))
    line_break = _line_break(text)
    return f"{text}{'' if is_ended else line_break}{HEADER.replace(chr(10), line_break)}"


def _line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _with_empty_sections(source: Source) -> str:
    """Return a text in which sections without a value, and what is named in them, have an empty one."""
    layout = Layout(source)
    nodes = [(node, _SECTIONS[name]) for name, node in _nothing_in(source.root, source.data) if name in _SECTIONS]
    for section in _BY_NAME:
        held = source.data.get(section) if isinstance(source.data, dict) else None
        if isinstance(held, dict):
            nodes += [(node, "{}") for _, node in _nothing_in(source.root.children[section], held)]
    return edited(source.text, [(_emptied(layout, node, empty),) for node, empty in nodes])[0]


def _emptied(layout: Layout, node: Node, empty: str) -> Edit:
    """Put an empty value where nothing is, behind its anchor; a tag that says so (`!!null`) goes."""
    start, end = layout.start(node), layout.end(node)
    written = layout.text[start:end].split()
    anchor = [each for each in written if each.startswith("&")]
    return Edit(start, end, " ".join([*(anchor if written else [""]), empty]))


def _nothing_in(node: Node, data: Any) -> Iterator[tuple[str, Node]]:
    """Yield what has no value in a mapping, by its key."""
    if isinstance(data, dict):
        yield from ((str(name), each) for name, each in node.children.items() if data.get(name, "") is None)
