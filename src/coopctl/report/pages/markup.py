"""Reads a report's Markdown and keeps only what may stand in a document.

A template can come from a counterparty, so nothing in it is trusted: HTML is text, links lead to the web, to a mailbox
or within the document, and a picture is one that coopctl drew. HTML, PDF and Word are all made from what is left here.
"""

import re
from collections.abc import Container, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def

from coopctl.output.markdown import ZERO_WIDTH_SPACE
from coopctl.output.terminal import HARMFUL

NO_BREAK_SPACE: Final = "\u00a0"
_LINE_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_OUTWARD: Final = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)
_MOST_MARKS: Final = 1000
"""Of one sort, in one paragraph or cell."""
_PILED_UP: Final = ("[", "`", "*", "_")
_MARK: Final = re.compile(r"\\.|[\[`*_]", re.DOTALL)
"""One that is no text yet; what a backslash is before is passed over."""
_MOST_LINE_BREAKS: Final = 500
"""In one paragraph or cell; of more, the PDF writer would take minutes to lay them out."""
_LONG_WORD: Final = re.compile("[^\\s\u2e80-\uffff]{100}(?=[^\\s\u2e80-\uffff])")
_LONG_TEXT: Final = re.compile(r".{1000}\s", re.DOTALL)
"""As much as stands together; where the PDF writer breaks longer words, it lays out all that follows for each line."""
_BREAK_HERE: Final = "\0"
_WITHIN_AMOUNT: Final = re.compile(r"(?<=\S) (?=[^\s(])")
_LONGEST_FIGURE: Final = 30
_FOOTER_LENGTH: Final = 90
"""A longer title is cut at the foot of pages, where it has one line."""
_NOT_IN_AN_ID: Final = re.compile(r"[^\w\- ]")


def parsed(text: str, pictures: Container[str]) -> list[Token]:
    """Return the tokens of a report; those of a picture that is known are called `picture` and have its path.

    Headings have ids that are unique within the report.
    """
    tokens = _parser().parse(text)
    ids = _give_ids(tokens)
    for before, token in pairwise(tokens):
        token.content = harmless(token.content)
        if token.children is not None:
            token.children = list(_allowed(token.children, ids, pictures))
            if before.type == "td_open" and side_of(before) == "right":
                _keep_amounts_whole(token.children)
    return tokens


def harmless(text: str) -> str:
    """Show control and bidirectional characters as escapes, line by line.

    The spaces without width that keep GitHub from finding names and numbers are of no use in a document, and would be
    copied from it with the text.
    """
    lines = text.replace(ZERO_WIDTH_SPACE, "").expandtabs(4).split("\n")
    return "\n".join(re.sub(HARMFUL, lambda match: f"\\u{ord(match.group()):04x}", line) for line in lines)


def footer(title: str) -> str:
    """Return a report's title as it stands at the foot of each page."""
    shown = harmless(title)
    return shown if len(shown) <= _FOOTER_LENGTH else f"{shown[: _FOOTER_LENGTH - 1]}…"


def pieces(text: str) -> list[str]:
    """Return a text in pieces that it is set in; only what is very long has more than one."""
    for long in (_LONG_WORD, _LONG_TEXT):
        text = long.sub(lambda match: match.group() + _BREAK_HERE, text)
    return text.split(_BREAK_HERE)


def options() -> OptionsDict:
    """Return how the tokens were read, which a renderer asks for."""
    return _parser().options


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "maxNesting": 40}).enable("table")
    parser.use(footnote_plugin, inline=False)
    parser.block.ruler.at("footnote_def", _footnote_def, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("autolink", "line_break", _line_break)
    parser.core.ruler.before("inline", "many_marks", _take_many_marks_as_text)
    # Every address is read as one, so that those which are not allowed leave their text behind and not their source.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _footnote_def(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a footnote that stands by itself: the plugin tears apart the block that has one inside.

    When asked silently it is whether the paragraph before ends here, inside of a footnote or not.
    """
    return (silent or state.level == 0) and footnote_def(state, start, end, silent)


def _line_break(state: StateInline, silent: bool) -> bool:
    """Read `<br>`, the only piece of HTML that reports need."""
    found = _LINE_BREAK.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


def _take_many_marks_as_text(state: StateCore) -> None:
    """See that no link, code or emphasis is looked for where its marks are piled up.

    That would take time with their number squared; so would laying out a line with as many pieces.
    """
    for token in state.tokens:
        if token.type == "inline" and any(token.content.count(mark) > _MOST_MARKS for mark in _PILED_UP):
            token.content = _MARK.sub(_as_text, token.content)


def _as_text(match: re.Match[str]) -> str:
    found = match.group()
    return found if found.startswith("\\") else f"\\{found}"


def _give_ids(tokens: Sequence[Token]) -> set[str]:
    """Give each heading an id of its own, and return all."""
    ids: set[str] = set()
    doubles: dict[str, int] = {}
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            name = _slug("".join(_text_of(child) for child in inline.children or ()))
            found = name
            while found in ids:
                doubles[name] = doubles.get(name, 0) + 1
                found = f"{name}-{doubles[name]}"
            ids.add(found)
            opening.attrs["id"] = found
    return ids


def _slug(title: str) -> str:
    """Name a heading as GitHub does, so that the same links work there."""
    return _NOT_IN_AN_ID.sub("", title.strip().lower()).replace(" ", "-") or "-"


def _allowed(tokens: list[Token], ids: Container[str], pictures: Container[str]) -> Iterator[Token]:
    """Yield inline tokens; of a link or picture that may not be there, only its text."""
    followed: list[bool] = []
    breaks = 0
    for token in tokens:
        token.content = harmless(token.content)
        breaks += token.type == "hardbreak"
        if token.type == "link_open":
            address = str(token.attrs["href"])
            address = unquote(address) if address.startswith("#") else address
            followed.append(_may_lead_to(address, ids))
            token.attrs = {"href": address}
        if token.type in ("link_open", "link_close"):
            if followed[-1]:
                yield token
            if token.type == "link_close":
                followed.pop()
        elif token.type == "image":
            yield _picture(token, pictures)
        elif token.type == "hardbreak" and breaks > _MOST_LINE_BREAKS:
            yield Token("softbreak", "br", 0)
        elif token.type == "text":
            yield from _breakable(token)
        else:
            yield token


def _breakable(text: Token) -> Iterator[Token]:
    """Yield a text token as several where it is very long, with places between at which it may be broken."""
    for number, piece in enumerate(pieces(text.content)):
        if number:
            yield Token("word_break", "wbr", 0)
        yield Token("text", "", 0, content=piece)


def _may_lead_to(address: str, ids: Container[str]) -> bool:
    if address.startswith("#"):
        return address[1:] in ids
    return _OUTWARD.fullmatch(address) is not None


def _picture(image: Token, pictures: Container[str]) -> Token:
    path = unquote(str(image.attrs["src"]))
    alternative = harmless(_text_of(image))
    if path in pictures:
        return Token("picture", "", 0, content=alternative, meta={"path": path})
    return Token("text", "", 0, content=alternative)


def _text_of(token: Token) -> str:
    """Return the text of a token without its marks."""
    if token.children is None or not token.children:
        return " " if token.type in ("softbreak", "hardbreak") else token.content
    return "".join(_text_of(child) for child in token.children)


def side_of(cell: Token) -> str:
    """Return the side that a cell's text stands at, from the token that opens it; empty if nothing is said."""
    return str(cell.attrs.get("style", "")).removeprefix("text-align:")


def _keep_amounts_whole(tokens: Sequence[Token]) -> None:
    """Let a column of figures have no line break within an amount, but before what is in brackets."""
    for token in tokens:
        if token.type == "text" and len(token.content) <= _LONGEST_FIGURE:
            token.content = _WITHIN_AMOUNT.sub(NO_BREAK_SPACE, token.content)


def text_of(inline: Token) -> str:
    """Return what an inline token says, with a line for each line break and a digit for a footnote's number."""
    pieces = {"hardbreak": "\n", "footnote_ref": "0"}
    return "".join(pieces.get(child.type) or _text_of(child) for child in inline.children or ())
