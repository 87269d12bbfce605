"""Pieces of a report that share a page's shape."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from coopctl.report.pages.signatures import with_signatures_together
from coopctl.report.pages.tables import Fit, layout, table_from

_BEGINS = ("heading_open", "footnote_block_open")


class Segment(NamedTuple):
    """Headings, and what stands below them."""

    tokens: Sequence[Token]
    is_broad: bool
    """Whether a table in it needs a page that lies on its side; its heading goes with it."""


def segments(tokens: Sequence[Token]) -> Iterator[Segment]:
    """Yield a report's segments; those of the same shape that follow each other are one."""
    pieces: list[Segment] = []
    for piece in _headed(tokens):
        is_broad = _is_broad(piece)
        if pieces and pieces[-1].is_broad == is_broad:
            piece = [*pieces.pop().tokens, *piece]
        pieces.append(Segment(piece, is_broad))
    for each in pieces:
        yield each._replace(tokens=with_signatures_together(each.tokens))


def _headed(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield each heading with what stands below it; a heading right below another one goes with that."""
    piece: list[Token] = []
    for token in tokens:
        follows_heading = bool(piece) and piece[-1].type == "heading_close"
        if token.type in _BEGINS and token.level == 0 and piece and not follows_heading:
            yield piece
            piece = []
        piece.append(token)
    if piece:
        yield piece


def _is_broad(tokens: Sequence[Token]) -> bool:
    places = [place for place, token in enumerate(tokens) if token.type == "table_open"]
    return any(layout(table_from(tokens, place)).fit is Fit.BROAD for place in places)
