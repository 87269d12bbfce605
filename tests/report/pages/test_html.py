"""Reports as one HTML file."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from coopctl.report.pages.html import html_page
from coopctl.report.pages.rendering import Rendering
from tests.report.pages.reports import CHART, REPORTS, hostile_texts, plain, rendering, report, tables_in

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "nav", "main", "article", "section", "div", "span", "figure"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "blockquote", "hr", "pre", "code", "em", "strong"),
    *("table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "a", "sup", "br", "svg", "path", "text"),
}
ATTRIBUTES = {
    *("lang", "hreflang", "charset", "http-equiv", "content", "name", "id", "class", "role", "tabindex", "scope"),
    *("aria-label", "aria-labelledby", "data-footer", "start", "href", "style"),
    *("xmlns", "viewbox", "d", "fill", "stroke", "stroke-width", "x", "y", "font-size"),
}
EMPTY = {"meta", "br", "hr", "col"}


class Page(HTMLParser):
    """What a page has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.comments: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open or "sup" in self.open:
            return
        self.text += data
        if "th" in self.open or "td" in self.open:
            self.tables[-1][-1][-1] += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def values(self, attribute: str) -> list[str]:
        """Return an attribute's values, wherever it stands."""
        return [attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs]


def page(text: str, **pictures: str) -> Page:
    """Return the page of a text."""
    return Page(html_page([rendering(text)], pictures))


def body(text: str) -> str:
    """Return a text's own part of its page."""
    found = re.search(r"<article[^>]*>\n(.*)</article>", html_page([rendering(text)], {}), re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(("example", "kind", "tag"), REPORTS)
def test_tables_have_the_cells_of_the_markdown(example: str, kind: str, tag: str) -> None:
    renderings = report(example, kind, tag)
    found = Page(html_page(renderings, {})).tables
    cells = [[[plain(cell) for cell in row] for row in table] for table in found]
    assert cells == tables_in(renderings[0].text)


@pytest.mark.parametrize("path", hostile_texts(), ids=lambda path: path.stem)
def test_only_what_a_report_needs_gets_through(path: Path) -> None:
    text = path.read_text("utf-8")
    found = Page(html_page([rendering(text, title=text[:200]), rendering(text, "zh-Hans", text[:200])], {}))
    assert {tag for tag, _ in found.elements} - ELEMENTS == set()
    assert {name for _, attrs in found.elements for name in attrs} - ATTRIBUTES == set()
    assert found.open == []
    assert found.comments == []
    allowed = re.compile(r"https?://\S*|mailto:\S*|#\S+")
    assert [address for address in found.values("href") if not allowed.fullmatch(address)] == []
    assert not [address for address in found.values("href") if "attacker" in address]
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", found.text) == []


@pytest.mark.parametrize("path", hostile_texts(), ids=lambda path: path.stem)
def test_ids_are_unique_and_lead_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    found = Page(html_page([rendering(text), rendering(text, "zh-Hans"), rendering(text, "zh-Hant")], {}))
    ids = found.values("id")
    assert len(ids) == len(set(ids))
    leading = [address[1:] for address in found.values("href") if address.startswith("#")]
    assert set(leading) | set(found.values("aria-labelledby")) <= set(ids)


def test_html_in_the_text_is_shown_as_text() -> None:
    assert body("<b>bold</b> &lt;i&gt; &#x3c;u&#x3e;") == (
        "<p>&lt;b&gt;bold&lt;/b&gt; &lt;i&gt; &lt;u&gt;</p>\n"
    )  # fmt: skip


@pytest.mark.parametrize("written", ["<br>", "<br/>", "<br />", "<BR>"])
def test_a_line_break_is_the_only_html(written: str) -> None:
    assert body(f"one{written}two") == "<p>one<br>\ntwo</p>\n"


def test_a_line_break_with_anything_more_is_text() -> None:
    assert body("<br onclick=x>") == "<p>&lt;br onclick=x&gt;</p>\n"


def test_escapes_stand_for_themselves() -> None:
    assert body(r"\*a\* 1\. \[b\] \`c\` &#124; @​x") == "<p>*a* 1. [b] `c` | @x</p>\n"


@pytest.mark.parametrize("address", ["https://a.example/b?c=1&amp;d=2", "http://a.example", "mailto:li@a.example"])
def test_links_lead_to_the_web_and_to_mailboxes(address: str) -> None:
    assert body(f"[text]({address})") == f'<p><a href="{address}">text</a></p>\n'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "file:///a",
        "//a.example",
        "a.md",
        "#nowhere",
        "ftp://a",
    ],
)
def test_other_links_leave_their_text(address: str) -> None:
    assert body(f"[te*x*t]({address})") == "<p>te<em>x</em>t</p>\n"


def test_links_within_a_language_lead_to_its_own_heading() -> None:
    text = "# Goals\n\n## Goals\n\n[first](#goals) [second](#goals-1)\n"
    found = Page(html_page([rendering(text), rendering(text, "zh-Hans")], {}))
    assert found.values("href") == [
        *("#en", "#zh-Hans"),
        *("#en-goals", "#en-goals-1"),
        *("#zh-Hans-goals", "#zh-Hans-goals-1"),
    ]


def test_chinese_headings_have_ids_too() -> None:
    found = Page(html_page([rendering("# 目标 与 指标\n\n[见](#目标-与-指标)", "zh-Hans")], {}))
    assert found.values("id") == ["zh-Hans", "zh-Hans-目标-与-指标"]
    assert found.values("href") == ["#zh-Hans-目标-与-指标"]


def test_a_chart_is_put_in_as_a_figure_called_by_its_text() -> None:
    html = html_page([rendering("![Trend: A \\& B](q2%20charts/客户.en.svg)")], {"q2 charts/客户.en.svg": CHART})
    figure = (
        f'<figure><span class="picture" role="img" aria-label="Trend: A &amp; B" tabindex="0">{CHART}</span></figure>'
    )
    assert figure in html


@pytest.mark.parametrize("address", ["other.svg", "https://a.example/b.png", "/etc/passwd", "data:image/png;base64,AA"])
def test_another_picture_is_its_text(address: str) -> None:
    assert body(f"![the *text*]({address})") == "<p>the text</p>\n"


def test_amounts_are_kept_whole_in_columns_of_figures() -> None:
    html = body("| a b | c d |\n| :-- | --: |\n| one two | CNY −2,190 (−0.4%) |\n")
    assert re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", html) == ["a b", "c d", "one two", "CNY\u00a0−2,190 (−0.4%)"]


def unbroken(text: str) -> str:
    """Return a text's part of its page, without the places where a long one may be broken."""
    return body(text).replace("<wbr>", "")


def test_brackets_piled_up_are_text() -> None:
    assert unbroken("[ " * 50_000) == f"<p>{('[ ' * 50_000).strip()}</p>\n"
    assert unbroken(r"\[ " * 2_000 + "[a](https://a.example)") == f"<p>{'[ ' * 2_000}[a](https://a.example)</p>\n"


@pytest.mark.parametrize("mark", ["`", "*", "_"])
def test_marks_piled_up_are_text(mark: str) -> None:
    piled = f"{mark}a{mark} " * 2_000
    assert unbroken(piled) == f"<p>{piled.strip()}</p>\n"
    assert unbroken(f"\\{mark} " * 2_000) == f"<p>{(f'{mark} ' * 2_000).strip()}</p>\n"
    assert "<code>a</code>" in body("`a` " * 400)


def test_a_word_without_end_may_be_broken() -> None:
    """A browser or Word breaks it anywhere; the PDF writer would try each place."""
    assert body("a" * 250) == f"<p>{'a' * 100}<wbr>{'a' * 100}<wbr>{'a' * 50}</p>\n"
    assert body("a" * 100 + " " + "目标" * 400) == f"<p>{'a' * 100} {'目标' * 400}</p>\n"
    assert body("word " * 300) == f"<p>{'word ' * 201}<wbr>{'word ' * 98}word</p>\n"


@pytest.mark.parametrize("code", ["`{}`", "```\n{}\n```", "    {}"])
def test_code_without_end_may_be_broken_too(code: str) -> None:
    assert f"<code>{'&lt;' * 100}<wbr>{'&lt;' * 20}" in body(code.format("<" * 120))


def test_lines_broken_without_end_run_on() -> None:
    assert body("a<br>" * 2_000).count("<br>") == 500


def test_what_is_signed_is_one_block() -> None:
    """A section with lines to be filled in, and no other."""
    text = "# A\n\n## One\n\nName: ____\n\n## Two\n\ntext\n\n### Party\n\n- Date: ________\n\n"
    text += "## Three\n\ntext\n\n## Four\n\n|a|\n|-|\n|____|\n"
    found = body(text)
    blocks = re.findall(r'<div class="signatures">(.*?)</div>', found, re.DOTALL)
    assert [re.findall(r"<h\d[^>]*>([^<]*)", block) for block in blocks] == [["One"], ["Two", "Party"]]


def test_many_headings_of_one_name_have_ids_of_their_own() -> None:
    ids = page("# Name\n" * 5_000).values("id")
    assert ids == ["en", "en-name", *(f"en-name-{number}" for number in range(1, 5_000))]


def test_mermaid_is_shown_as_code() -> None:
    assert body("```mermaid\ngantt\n```") == '<pre><code class="language-mermaid">gantt\n</code></pre>\n'


def test_columns_stand_as_the_markdown_says() -> None:
    found = page("| a | b | c |\n| :-- | --: | :-: |\n| 1 | 2 | 3 |\n")
    cells = [(tag, attrs.get("class")) for tag, attrs in found.elements if tag in ("th", "td")]
    assert cells == [("th", None), ("th", "right"), ("th", "center"), ("td", None), ("td", "right"), ("td", "center")]


def test_a_header_that_says_nothing_is_left_out() -> None:
    found = page("| | |\n| - | - |\n| Name: ________ | Date: ________ |\n")
    assert found.tables == [[["Name: ________", "Date: ________"]]]


def test_footnotes_lead_there_and_back() -> None:
    html = body("one[^2] two[^1] again[^2]\n\n[^1]: First.\n[^2]: *Second.*\n")
    assert re.findall(r'<a id="([^"]+)" href="([^"]+)">(\d)</a>', html) == [
        ("mark-en-1-1", "#note-en-1", "1"),
        ("mark-en-2-1", "#note-en-2", "2"),
        ("mark-en-1-2", "#note-en-1", "1"),
    ]
    assert re.findall(r'<li id="([^"]+)">\n<p>(.*?) <a class="back" href="([^"]+)"', html) == [
        ("note-en-1", "<em>Second.</em>", "#mark-en-1-1"),
        ("note-en-2", "First.", "#mark-en-2-1"),
    ]


def test_each_language_says_what_it_is_in() -> None:
    html = html_page(report("delivery-alliance", "scorecard", "zh-Hant", "en"), {})
    found = Page(html)
    assert [(tag, attrs["lang"]) for tag, attrs in found.elements if "lang" in attrs] == [
        *(("html", "zh-Hant"), ("a", "zh-Hant"), ("a", "en")),
        *(("article", "zh-Hant"), ("article", "en")),
    ]
    assert re.findall(r"<nav aria-label=\"語言\">|hreflang=\"[^\"]*\">([^<]*)<", html) == ["", "繁體中文", "English"]


def test_one_language_needs_no_choice() -> None:
    assert "nav" not in {tag for tag, _ in page("# Title").elements}


def test_the_title_is_that_of_each_language_once() -> None:
    renderings = [Rendering("en", "A <b>", ""), Rendering("zh-Hans", "甲", ""), Rendering("zh-Hant", "甲", "")]
    assert "<title>A &lt;b&gt; / 甲</title>" in html_page(renderings, {})


def test_colours_of_charts_are_set_for_light_and_dark_pages() -> None:
    html = html_page([rendering("")], {}, {"--chart-ink": ("#111111", "#eeeeee")})
    assert [line.strip() for line in html.splitlines() if "--chart-ink:" in line] == [
        "--chart-ink: #111111;",
        "--chart-ink: #eeeeee;",
    ]


def test_nothing_may_be_loaded_or_run() -> None:
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in html_page([rendering("")], {})
    assert re.findall(r"url\(|@import|src=", html_page([rendering("")], {})) == []


def test_the_same_report_is_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "from tests.report.pages.reports import report\n"
        "from coopctl.report.pages.html import html_page\n"
        "print(ascii(html_page(report('delivery-alliance', 'quarterly', 'en', 'zh-Hans'), {})))\n"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
            cwd=Path(__file__).parents[3],
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    assert runs[0] == runs[1] and len(runs[0]) > 10_000
