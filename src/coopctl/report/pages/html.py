"""A report as one HTML file that needs nothing else: no script, no address outside, charts inside."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from coopctl.output.templates import templates_folder
from coopctl.report.pages.markup import footer, harmless, options, parsed, pieces, side_of
from coopctl.report.pages.rendering import Rendering
from coopctl.report.pages.segments import Segment, segments
from coopctl.report.pages.tables import layout, table_from, without_empty_header
from coopctl.report.speech import speech

_WORD_JOINER: Final = "\u2060"
_NO_COLOURS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({})


def html_page(
    renderings: Sequence[Rendering],
    pictures: Mapping[str, str],
    colours: Mapping[str, tuple[str, str]] = _NO_COLOURS,
) -> str:
    """Return one HTML file with a report in one or several languages.

    `pictures` has the SVG of each chart by the path that the Markdown names; it is put in as it is. `colours` has the
    CSS variables that the charts use (such as `--chart-ink`), each with its value on a light and on a dark page.
    """
    environment = Environment(
        loader=FileSystemLoader(templates_folder() / "report" / "page"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2").render(
        language=renderings[0].language,
        title=" / ".join(dict.fromkeys(harmless(rendering.title) for rendering in renderings)),
        say=speech(renderings[0].language).say,
        articles=[_article(rendering, pictures) for rendering in renderings],
        colours=colours,
    )


def _article(rendering: Rendering, pictures: Mapping[str, str]) -> dict[str, object]:
    """Return what the page's template has to know about one language."""
    language = rendering.language
    locale = speech(language).locale
    tokens = _with_own_ids(parsed(rendering.text, pictures), language)
    boxed = [token for segment in segments(tokens) for token in _set(segment)]
    body = _Renderer(language, pictures).render(boxed, options(), {})
    return {
        "language": language,
        "name": locale.languages[str(locale)],
        "footer": footer(rendering.title),
        "body": Markup(body),
    }


def _with_own_ids(tokens: list[Token], language: str) -> list[Token]:
    """Put the language before each id, and before what leads to it: the same heading may stand in several."""
    for token in tokens:
        if token.type == "heading_open":
            token.attrs["id"] = f"{language}-{token.attrs['id']}"
        for child in token.children or ():
            address = str(child.attrs.get("href", ""))
            if address.startswith("#"):
                child.attrs["href"] = f"#{language}-{address[1:]}"
    return tokens


def _set(segment: Segment) -> Iterator[Token]:
    """Yield a segment's tokens, as a page's parts."""
    if segment.is_broad:
        yield Token("broad_open", "div", 1, block=True, attrs={"class": "broad-pages"})
    yield from _in_boxes(segment.tokens)
    if segment.is_broad:
        yield Token("broad_close", "div", -1, block=True)


def _in_boxes(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens with each table in a box that it can be scrolled in, and each picture in a figure."""
    for before, inline, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.type == "paragraph_open" and [child.type for child in inline.children or ()] == ["picture"]:
            before.tag = after.tag = "figure"
    heading = ""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = place + 1
        if token.type == "heading_open":
            heading = str(token.attrs["id"])
        if token.type == "table_open":
            table = table_from(tokens, place)
            yield from _boxed(table, heading)
            end = place + len(table)
        else:
            yield token
        place = end


def _boxed(table: Sequence[Token], heading: str) -> Iterator[Token]:
    """Yield a table in its box, which is called by the heading above it.

    Widths are for paper alone: on a screen the browser sees to them, and a table that is too wide is scrolled.
    """
    paper = layout(table)
    classes = f"table {paper.fit} short" if paper.is_short else f"table {paper.fit}"
    named = {"role": "region", "aria-labelledby": heading} if heading else {}
    yield Token("box_open", "div", 1, block=True, attrs={"class": classes, **named, "tabindex": "0"})
    for token in without_empty_header(table):
        if token.type in ("th_open", "td_open"):
            side = side_of(token)
            token.attrs = {"class": side} if side in ("right", "center") else {}
        if token.type == "th_open":
            token.attrs["scope"] = "col"
        if token.type == "table_open":
            token.attrs["style"] = f"--width: {paper.width:.1%}"
        yield token
        if token.type == "table_open":
            yield Token("columns_open", "colgroup", 1, block=True)
            for share in paper.shares:
                yield Token("column", "col", 0, block=True, attrs={"style": f"--width: {share:.1%}"})
            yield Token("columns_close", "colgroup", -1, block=True)
    yield Token("box_close", "div", -1, block=True)


class _Renderer(RendererHTML):
    """Writes the tokens as HTML; each public method writes the tokens of its name."""

    def __init__(self, language: str, pictures: Mapping[str, str]) -> None:
        self._language = language
        self._speech = speech(language)
        self._pictures = pictures
        super().__init__()

    def picture(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Write a chart, called by its alternative text, in a box that it can be scrolled in where there is no room."""
        token = tokens[index]
        name = escape(token.content)
        drawn = self._pictures[token.meta["path"]]
        return f'<span class="picture" role="img" aria-label="{name}" tabindex="0">{drawn}</span>'

    def code_inline(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Write code within a line."""
        return f"<code>{_code(tokens[index].content)}</code>"

    def code_block(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Write code that is set in from the edge."""
        return f"<pre><code>{_code(tokens[index].content)}</code></pre>\n"

    def fence(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Write code between fences."""
        name = tokens[index].info.split(maxsplit=1)[:1]
        kind = f' class="language-{escape(name[0])}"' if name else ""
        return f"<pre><code{kind}>{_code(tokens[index].content)}</code></pre>\n"

    def footnote_ref(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Write the number that leads to a footnote."""
        number = tokens[index].meta["id"] + 1
        place = self._place(tokens[index])
        return f'{_WORD_JOINER}<sup class="mark"><a id="{place}" href="#{self._note(tokens[index])}">{number}</a></sup>'

    def footnote_block_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Begin the footnotes."""
        return f'<section class="footnotes" aria-label="{escape(self._speech.say("Footnotes"))}">\n<ol>\n'

    def footnote_block_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """End the footnotes."""
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Begin a footnote."""
        return f'<li id="{self._note(tokens[index])}">\n'

    def footnote_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """End a footnote."""
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Write the way back from a footnote to where it is referred to."""
        back = escape(self._speech.say("Back to the text"))
        return f' <a class="back" href="#{self._place(tokens[index])}" aria-label="{back}">↩</a>'

    def _note(self, token: Token) -> str:
        return f"note-{self._language}-{token.meta['id'] + 1}"

    def _place(self, token: Token) -> str:
        return f"mark-{self._language}-{token.meta['id'] + 1}-{token.meta['subId'] + 1}"


def _code(text: str) -> str:
    return "<wbr>".join(escape(piece) for piece in pieces(text))
