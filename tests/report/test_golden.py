"""Every report of every example in every language, as it was looked at and found good.

golden/EXAMPLE/KIND.LANG.md is what `coopctl report EXAMPLE --kind KIND --lang LANG --as-of DATE` prints; after a change
that is meant, `python -m tests.report.write_golden` writes them anew, to be reviewed as a diff.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from coopctl.languages import LANGUAGES
from coopctl.report.kinds import KINDS
from tests.commands.deals import EXAMPLES
from tests.conftest import Coopctl

GOLDEN = Path(__file__).with_name("golden")
DATES = {"carrier-in-breach": "2026-10-15", "delivery-alliance": "2026-07-15", "lianhe-yunying": "2026-07-15"}
CASES = [(example, kind.name, tag) for example in DATES for kind in KINDS for tag in LANGUAGES]


def arguments(example: str, kind: str, tag: str) -> tuple[str, ...]:
    """Return the command line of one report."""
    return ("report", str(EXAMPLES / example), "--kind", kind, "--lang", tag, "--as-of", DATES[example])


def golden(example: str, kind: str, tag: str) -> Path:
    """Return the file that has what a report is to be."""
    return GOLDEN / example / f"{kind}.{tag}.md"


@pytest.mark.parametrize(("example", "kind", "tag"), CASES)
def test_it_reads_as_it_did(example: str, kind: str, tag: str, coopctl: Coopctl) -> None:
    """Same files, same date, same bytes."""
    ended = coopctl(*arguments(example, kind, tag))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == golden(example, kind, tag).read_text("utf-8")


def tokens_of(text: str) -> list[Token]:
    """Parse Markdown as it is read on GitHub, as far as tables go."""
    return MarkdownIt("commonmark").enable("table").parse(text)


def rows(tokens: list[Token]) -> Iterator[list[str]]:
    """Yield the cells of every table row."""
    cells: list[str] = []
    for before, token in pairwise(tokens):
        if token.type == "tr_open":
            cells = []
        elif token.type == "inline" and before.type in ("th_open", "td_open"):
            cells.append(token.content)
        elif token.type == "tr_close":
            yield cells


@pytest.mark.parametrize(("example", "kind", "tag"), CASES)
def test_nothing_is_empty_doubled_or_misaligned(example: str, kind: str, tag: str) -> None:
    """No empty cell or section, no heading twice in a row, no name of a thing that is not there, tidy in source."""
    text = golden(example, kind, tag).read_text("utf-8")
    assert (
        re.findall(
            r"\bNone\b(?! recorded)|Undefined|%\(|\{\{|\}\}|\\\\", re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        )
        == []
    )
    assert [line for line in text.split("\n") if line != line.rstrip()] == []
    assert "\n\n\n" not in text and text.endswith("\n") and not text.endswith("\n\n")
    tokens = tokens_of(text)
    assert [cells for cells in rows(tokens) if not all(cell.strip() for cell in cells)] == []
    headings = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
    levels = [int(tokens[index].tag[1]) for index in headings]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    nexts = [tokens[index + 3] if index + 3 < len(tokens) else None for index in headings]
    empty = [
        tokens[index + 1].content
        for index, level, following in zip(headings, levels, nexts, strict=True)
        if following is None or (following.type == "heading_open" and int(following.tag[1]) <= level)
    ]
    assert empty == []


@pytest.mark.parametrize(("example", "kind", "tag"), CASES)
def test_every_footnote_is_defined_and_used(example: str, kind: str, tag: str) -> None:
    text = golden(example, kind, tag).read_text("utf-8")
    defined = re.findall(r"^\[\^([^\]]+)\]:", text, re.MULTILINE)
    used = re.findall(r"\[\^([^\]]+)\](?!:)", text)
    assert len(defined) == len(set(defined))
    assert set(defined) == set(used)
