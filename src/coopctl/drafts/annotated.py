"""Entries of a list that somebody has added something to: a comment, or a key of their own."""

from bisect import bisect_left
from collections.abc import Iterator

from coopctl.drafts.layout import Layout
from coopctl.places import Path
from coopctl.source import Node, Source


def annotated(source: Source, layout: Layout, node: Node, path: Path) -> dict[int, str]:
    """Return what keeps entries of the list at a path from being taken out, by their numbers.

    A comment is an entry's own where it stands above it, inside of it, at the end of one of its lines, or below it and
    farther to the right than it; in brackets wherever it stands between the entry and its neighbours.
    """
    is_flow = layout.is_flow(node) or layout.is_in_flow(path)
    reaches = _reaches_in_brackets(layout, node) if is_flow else _reaches_in_block(layout, node)
    comments = [offset for offset, _ in source.placed_comments()]
    found = {}
    for number, (start, end) in enumerate(reaches):
        first = bisect_left(comments, start)
        if first < len(comments) and comments[first] < end:
            found[number] = "its comment"
    depth = len(path)
    for own in source.own:
        if own[:depth] == path and len(own) > depth:
            found.setdefault(int(own[depth]), f"its key {own[-1]}")
    return found


def _reaches_in_brackets(layout: Layout, node: Node) -> Iterator[tuple[int, int]]:
    entries = list(node.children.values())
    starts = [layout.content(node), *map(layout.end, entries[:-1])]
    ends = [*map(layout.begin, entries[1:]), layout.end(node)]
    for entry, start, end in zip(entries, starts, ends, strict=True):
        yield start, max(layout.line_end(layout.end(entry)), layout.line_end(end) if entry is entries[-1] else end)


def _reaches_in_block(layout: Layout, node: Node) -> Iterator[tuple[int, int]]:
    start = None if node.key is None else layout.line_after(layout.end_of_key(node))
    for entry in node.children.values():
        dash, end = layout.dash(entry), layout.end(entry)
        line = layout.line_start(dash)
        yield line if start is None else min(start, line), layout.end_of_comments(end, beyond=dash - line)
        start = layout.line_after(end)
