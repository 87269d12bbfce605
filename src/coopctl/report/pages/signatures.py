"""The lines that people sign on, which stay on one page."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from markdown_it.token import Token

_BLANK: Final = "____"
"""A line to be filled in by hand."""
_HIGHEST: Final = ("h1", "h2")


def with_signatures_together(tokens: Sequence[Token]) -> list[Token]:
    """Put each section that has lines to be filled in, and no table, into a block called `signatures`."""
    borders = [0, *_borders(tokens), len(tokens)]
    found: list[Token] = []
    for start, end in pairwise(borders):
        section = tokens[start:end]
        if _is_to_be_signed(section):
            opening = Token("signatures_open", "div", 1, block=True, attrs={"class": "signatures"})
            found += [opening, *section, Token("signatures_close", "div", -1, block=True)]
        else:
            found += section
    return found


def _borders(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield where sections begin, and where the footnotes do."""
    for place, token in enumerate(tokens):
        is_heading = token.type == "heading_open" and token.level == 0 and token.tag in _HIGHEST
        if place and (is_heading or token.type == "footnote_block_open"):
            yield place


def _is_to_be_signed(section: Sequence[Token]) -> bool:
    if not section or section[0].type != "heading_open" or any(token.type == "table_open" for token in section):
        return False
    return any(_BLANK in token.content for token in section if token.type == "inline")
