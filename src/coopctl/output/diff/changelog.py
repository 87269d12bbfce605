"""The entry for the agreement's history, ready to be put under `amendments:`."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from coopctl.changes.amendment import AmendmentEntry, amendment_of
from coopctl.changes.report import Compared, DiffSummary, Version
from coopctl.drafts.layout import Layout
from coopctl.drafts.values import quoted
from coopctl.languages import nearest_language
from coopctl.output.format import Format
from coopctl.output.terminal import clean

_LONGEST = 20_000
"""Characters of a summary; a value of an agreement has its limit."""


class Directions(NamedTuple):
    """Where the entry is to be put, in one language, after the name of the file."""

    below: str
    in_brackets: str
    anew: str


_DIRECTIONS: Final[Mapping[str, Directions]] = {
    "en": Directions(
        ": below the last entry of amendments:",
        ": into the brackets of amendments:, as the last entry",
        ": has no amendments: yet; at the end of the file",
    ),
    "zh-Hans": Directions(
        "：放在 amendments: 最后一项的下面",
        "：放进 amendments: 的方括号内，作为最后一项",
        "：还没有 amendments:，放在文件末尾",
    ),
    "zh-Hant": Directions(
        "：放在 amendments: 最後一項的下面",
        "：放進 amendments: 的方括號內，作為最後一項",
        "：還沒有 amendments:，放在檔案末尾",
    ),
}


class Changelog(Format[Compared, DiffSummary]):
    """YAML with one entry per agreement, as its file writes such; the date is that of the comparison."""

    def piece(self, compared: Compared, /) -> str:
        entry, head = amendment_of(compared), compared.head
        if entry is None or head is None:
            return ""
        said = _DIRECTIONS[nearest_language(head.agreement.language) or "en"]
        where, text = _placed(head, _fields(entry), said)
        return f"# {clean(compared.newest.path)}{where}\n{text}\n"


def _placed(head: Version, fields: list[str], said: Directions) -> tuple[str, str]:
    """Return where the entry is to be put, and its text as the list there takes it."""
    layout = Layout(head.loaded.source)
    listed = head.loaded.source.root.children.get("amendments")
    if listed is None:
        return said.anew, f"amendments:\n{_block(fields, '  ')}"
    if layout.is_flow(listed):
        comma = ", " if listed.children else ""
        return said.in_brackets, f"{comma}{{{', '.join(fields)}}}"
    return said.below, _block(fields, " " * layout.margin(listed))


def _block(fields: list[str], margin: str) -> str:
    return f"{margin}- " + f"\n{margin}  ".join(each.replace("\n", f"\n{margin}") for each in fields)


def _fields(entry: AmendmentEntry) -> list[str]:
    summary = entry.summary if len(entry.summary) <= _LONGEST else f"{entry.summary[: _LONGEST - 1]}…"
    version = entry.version if re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", entry.version) else _quoted(entry.version)
    # In quotes, YAML reads a line break as a space. No line begins with a colon: to a CI server, two are a command.
    broken = re.sub(r"; (?=[^\s:])", ";\n    ", _quoted(summary))
    return [f"version: {version}", f"date: {entry.date}", f"summary: {broken}"]


def _quoted(text: str) -> str:
    """Write text as YAML reads it back, whatever is in it, and so that it steers no terminal."""
    return quoted(text).replace("##[", r"##\x5b")
