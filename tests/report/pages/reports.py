"""Reports for the tests of documents, and what a Markdown reader finds in them."""

import re
import struct
import zlib
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from coopctl.report.pages.rendering import Rendering

GOLDEN = Path(__file__).parent.parent / "golden"
REPORTS = [(path.parent.name, *path.stem.split(".")) for path in sorted(GOLDEN.glob("*/*.md"))]
"""Every report of every example in every language: example, kind and language."""

CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200">'
    '<path d="M0 180L300 90L600 20" fill="none" stroke="var(--chart-actual, #1d5fb4)" stroke-width="2"/>'
    '<text x="500" y="60" font-size="14">16.3</text></svg>'
)
HOSTILE = Path(__file__).with_name("hostile")


def rendering(text: str, language: str = "en", title: str = "Report of the Example alliance") -> Rendering:
    """Return a report of that text."""
    return Rendering(language, title, text)


def report(example: str, kind: str, *languages: str) -> list[Rendering]:
    """Return a report of an example, as it was found good."""
    found = []
    for language in languages:
        text = (GOLDEN / example / f"{kind}.{language}.md").read_text("utf-8")
        heading = MarkdownIt("commonmark").parse(text.partition("\n")[0])[1]
        title = "".join(child.content for child in heading.children or ())
        found.append(Rendering(language, title, text))
    return found


def hostile_texts() -> list[Path]:
    """Return the texts that try to get something past us."""
    return sorted(HOSTILE.glob("*.md"))


def tables_in(text: str) -> list[list[list[str]]]:
    """Return the cells of every table, as a reader of Markdown sees them, line breaks as spaces."""
    tables: list[list[list[str]]] = []
    tokens = MarkdownIt("commonmark").enable("table").parse(re.sub(r"\[\^[^\]]+\](?!:)", "", text))
    for before, token in pairwise(tokens):
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type == "inline" and before.type in ("th_open", "td_open"):
            pieces = (" " if "<br>" in child.content else child.content for child in token.children or ())
            tables[-1][-1].append(plain("".join(pieces)))
    return tables


def plain(text: str) -> str:
    """Return text with single spaces, and without the characters that have no width."""
    return " ".join(re.sub("[\u200b\u2060]", "", text).split())


def png(width: int = 400, height: int = 160) -> bytes:
    """Return a small picture."""
    lines = b"".join(b"\x00" + bytes([230, 236, 244] * width) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    written = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)
