"""Puts the keys of a mapping into another order, each with its comments, as an edit of the text."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from coopctl.findings import Edit
from coopctl.source import Node, Source


class _Block(NamedTuple):
    """The lines of one key: its comments, the key, its value."""

    rank: int
    first: int
    last: int
    """Line numbers, from 1."""


def reordered(source: Source, mapping: Node, order: Mapping[str | int, int]) -> Edit | None:
    """Return the edit that sorts a mapping's keys; None where that cannot be done by moving whole lines.

    Empty lines between the blocks stay where they are; a comment goes with the key below it. Keys that are not in the
    order stay behind the key before them.
    """
    blocks = _blocks(source, mapping, order)
    if blocks is None:
        return None
    first, last = blocks[0].first, blocks[-1].last
    lines = _with_ends(source, first, last)
    bodies = [
        lines[block.first - first : block.last - first + 1] for block in sorted(blocks, key=lambda block: block.rank)
    ]
    gaps = [lines[one.last - first + 1 : other.first - first] for one, other in pairwise(blocks)]
    text = "".join("".join([*body, *gap]) for body, gap in zip(bodies, [*gaps, []], strict=True))
    start = source.offset_at(first, 1)
    old = "".join(lines)
    if not old.endswith(("\n", "\r")):
        return None  # the file's last line has no end, and would stand before another
    return Edit(start, start + len(old), text)


def _blocks(source: Source, mapping: Node, order: Mapping[str | int, int]) -> list[_Block] | None:
    """Return the lines of each key in order; None where keys share lines, or a comment may belong to the whole."""
    children = list(mapping.children.items())
    starts: list[int] = []
    for _, child in children:
        key = child.key
        if key is None or source.lines[key.line - 1][: key.column - 1].strip():
            return None
        starts.append(key.line)
    if len(set(starts)) != len(starts) or starts != sorted(starts):
        return None
    blocks: list[_Block] = []
    rank = -1
    for (name, child), line in zip(children, starts, strict=True):
        above = blocks[-1].last if blocks else (_first_line_of(mapping, line) - 1)
        first = _first_comment(source.lines, line, above)
        rank = order.get(name, rank)
        blocks.append(_Block(rank, first, max(line, _last_line(source, child))))
    moves_first = min(blocks, key=lambda block: block.rank) is not blocks[0]
    if moves_first and mapping is source.root and blocks[0].first != starts[0]:
        return None  # the comment at the top of the file may be about the file, not about its first key
    return blocks


def _first_line_of(mapping: Node, first_key: int) -> int:
    """Return the first line that belongs to a mapping: the one after its own key."""
    return mapping.key.line + 1 if mapping.key is not None else 1 if first_key > 1 else first_key


def _first_comment(lines: Sequence[str], line: int, above: int) -> int:
    """Return the first of the comment lines right above a line, without going into what belongs to the key above."""
    while line - 1 > above and lines[line - 2].lstrip().startswith("#"):
        line -= 1
    return line


def _last_line(source: Source, node: Node) -> int:
    """Return the last line that a value has something on."""
    if node.children:
        ends = [max(_last_line(source, child), child.key.line if child.key else 0) for child in node.children.values()]
        return max([*ends, *([] if is_block(source, node) else [node.value.end_line])])
    place = node.value
    ends_above = place.end_column == 1 and place.end_line > place.line
    return place.end_line - 1 if ends_above else place.end_line


def is_block(source: Source, node: Node) -> bool:
    """Whether a mapping or list is written out on lines of its own: not in braces, and not as an alias."""
    place = node.value
    return source.lines[place.line - 1][place.column - 1 : place.column] not in ("{", "[", "*")


def _with_ends(source: Source, first: int, last: int) -> list[str]:
    """Return lines with their ends; the file's last one may have none."""
    starts = [source.offset_at(number, 1) for number in range(first, last + 1)]
    end = source.offset_at(last + 1, 1) if last < len(source.lines) else len(source.text)
    return [source.text[one:other] for one, other in pairwise([*starts, end])]
