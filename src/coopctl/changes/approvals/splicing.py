"""Where in a file of approvals a signature or an entry is put, and how it is written there."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from coopctl.drafts.values import quoted
from coopctl.findings import Edit
from coopctl.source import LINE_BREAK, Node, Source

Fields = dict[str, str]
"""Keys and values of an entry, in the order in which they are written."""

_DASH: Final = re.compile(r"^ *(-)(?=\s)", re.MULTILINE)
_BRACKET: Final = re.compile(r"(?:&\S+\s+)?[\[{]")
_OTHER_MEANINGS: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def filling(source: Source, index: int, signature: Fields) -> Edit:
    """Return the edit that adds fields to an entry, after its party."""
    entry = source.root.children["approvals"].children[index]
    party = entry.children["party"]
    at = source.offset_at(party.value.end_line, party.value.end_column)
    assert party.key is not None
    key = source.offset_at(party.key.line, party.key.column)
    quote = '"' if source.text[key] == '"' else ""
    if _is_flow(source, entry):
        return Edit(at, at, "".join(f", {each}" for each in _lines(signature, quote)))
    end, line_break = _line_end(source.text, at)
    margin = line_break + " " * (party.key.column - 1)
    return Edit(end, end, "".join(margin + each for each in _lines(signature, quote)))


def adding(source: Source, entries: Sequence[Fields]) -> Edit:
    """Return the edit that adds entries after the last one."""
    listed = source.root.children.get("approvals")
    if listed is None:
        _, line_break = _line_end(source.text, len(source.text))
        gap = "" if source.text.endswith(("\n", "\r")) else line_break
        text = "".join(line_break + block_entry(each, "  ", line_break, "") for each in entries)
        return Edit(len(source.text), len(source.text), f"{gap}approvals:{text}{line_break}")
    start = source.offset_at(listed.value.line, listed.value.column)
    if _is_flow(source, listed):
        quote = '"' if '"fingerprint"' in source.text or source.text[:1] == "{" else ""
        texts = [f"{{{', '.join(_lines(each, quote))}}}" for each in entries]
        if not listed.children:
            return Edit(start + 1, start + 1, ", ".join(texts))
        last = listed.children[len(listed.children) - 1].value
        at = source.offset_at(last.end_line, last.end_column)
        return Edit(at, at, "".join(f", {each}" for each in texts))
    margin = " " * dash_column(source.text, start)
    line, column = max(_ends(source, listed.children[len(listed.children) - 1]))
    at = source.offset_at(line, column)
    if column == 1 and at:  # a block of text ends where the next line begins
        _, line_break = _line_end(source.text, at - 1)
        return Edit(at, at, "".join(block_entry(each, margin, line_break, "") + line_break for each in entries))
    end, line_break = _line_end(source.text, at)
    return Edit(end, end, "".join(line_break + block_entry(each, margin, line_break, "") for each in entries))


def removing(source: Source, numbers: Collection[int]) -> Iterator[Edit]:
    """Yield the edits that take entries out, with what stands on their lines; nothing else goes."""
    listed = source.root.children["approvals"]
    kept = [number for number in range(len(listed.children)) if number not in numbers]
    if _is_flow(source, listed):
        yield from _removing_in_brackets(source, listed, numbers, kept)
        return
    if not kept and listed.key is not None:
        colon = source.text.index(":", source.offset_at(listed.key.end_line, listed.key.end_column))
        yield Edit(colon + 1, colon + 1, " []")
    for number in sorted(numbers):
        entry = listed.children[number]
        dash = source.text.rindex("-", 0, source.offset_at(entry.value.line, entry.value.column))
        start = max(source.text.rfind("\n", 0, dash), source.text.rfind("\r", 0, dash)) + 1
        line, column = max(_ends(source, entry))
        end = source.offset_at(line, column)
        if column > 1:  # a block of text ends where the next line begins
            line_break = LINE_BREAK.search(source.text, end)
            end = line_break.end() if line_break is not None else len(source.text)
        yield Edit(start, end, "")


def _removing_in_brackets(
    source: Source, listed: Node, numbers: Collection[int], kept: Sequence[int]
) -> Iterator[Edit]:
    """Yield the edits that take entries out of a list in brackets, each with one comma."""
    spans = [each.value for each in listed.children.values()]
    starts = [source.offset_at(each.line, each.column) for each in spans]
    ends = [source.offset_at(each.end_line, each.end_column) for each in spans]
    last_kept = max(kept, default=-1)
    for number in sorted(numbers):
        if number < last_kept:
            yield Edit(starts[number], starts[number + 1], "")
    if last_kept < len(spans) - 1:
        yield Edit(ends[last_kept] if kept else starts[0], ends[-1], "")


def dash_column(text: str, start: int) -> int:
    """Return how far the entries of a list stand to the right; an anchor may come before them."""
    dash = start if text[start] == "-" else next((each.start(1) for each in _DASH.finditer(text, start)), start)
    return dash - max(text.rfind("\n", 0, dash), text.rfind("\r", 0, dash)) - 1


def block_entry(fields: Fields, margin: str, line_break: str, quote: str) -> str:
    """Write an entry of a list, one line for each key, without the last line's end."""
    return f"{margin}- " + f"{line_break}{margin}  ".join(_lines(fields, quote))


def _lines(fields: Fields, quote: str) -> Iterator[str]:
    for key, value in fields.items():
        yield f"{quote}{key}{quote}: {written(key, value, quote)}"


def written(key: str, value: str, quote: str) -> str:
    """Write the value of a key so that every reader of YAML takes it for this text."""
    is_word = key in ("party", "agreement") and re.fullmatch(r"[^\W\d_][\w-]*", value)
    is_plain = key in ("date", "fingerprint") or (is_word and value.lower() not in _OTHER_MEANINGS)
    return value if is_plain and not quote else quoted(value)


def _line_end(text: str, offset: int) -> tuple[int, str]:
    """Return where the line of an offset ends, and how lines are broken there."""
    found = LINE_BREAK.search(text, offset)
    near = found or LINE_BREAK.search(text)
    line_break = near.group() if near is not None and near.group() in ("\n", "\r\n", "\r") else "\n"
    return (found.start() if found is not None else len(text)), line_break


def _is_flow(source: Source, node: Node) -> bool:
    """Whether a mapping or list stands in brackets, or inside of some."""
    listed = source.root.children["approvals"]
    return any(
        _BRACKET.match(source.text, source.offset_at(each.value.line, each.value.column))
        for each in (source.root, listed, node)
    )


def _ends(source: Source, node: Node) -> Iterator[tuple[int, int]]:
    """Yield where the values in a part of a file end; a block's own end is only where the next thing begins."""
    at = source.offset_at(node.value.line, node.value.column)
    if node.children and source.text[at] not in "*[{":
        for each in node.children.values():
            yield from _ends(source, each)
    else:
        yield node.value.end_line, node.value.end_column
