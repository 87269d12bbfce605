"""Reports as HTML in a real browser: on a phone, in the dark, on paper, and cut off from the world."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from coopctl.report.pages.html import html_page
from coopctl.report.pages.rendering import Rendering
from tests.report.browser.chromium import chromium
from tests.report.pages.reports import CHART, hostile_texts, rendering, report
from tests.report.pages.test_html import ATTRIBUTES, ELEMENTS

COLOURS = {"--chart-actual": ("#1d5fb4", "#7db4ff")}
SCHEMES = ("light", "dark")

LUMINANCES = """selector => [...document.querySelectorAll(selector)].map(element => {
  const luminance = text => {
    const [r, g, b] = text.match(/[\\d.]+/g).map(Number).slice(0, 3).map(value => value / 255)
      .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let behind = element;
  while (behind.parentElement && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)')
    behind = behind.parentElement;
  return [luminance(getComputedStyle(element).color), luminance(getComputedStyle(behind).backgroundColor)];
})"""
"""How bright elements' text is, and what is behind it, as WCAG measures it."""

SIZES = """[...document.querySelectorAll('h1, h2, h3, p, li, th, td')]
  .map(element => parseFloat(getComputedStyle(element).fontSize))"""

COLUMNS = """[...document.querySelectorAll('table')].map(table => [...table.rows].map(row =>
  [...row.cells].map(cell => [cell.getBoundingClientRect().left, cell.getBoundingClientRect().right])))"""

OUTSIDE = """[...document.querySelectorAll('main *')].filter(element =>
  !element.closest('.table, .picture, pre') && element.getBoundingClientRect().right > innerWidth + 1)
  .map(element => element.tagName)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser for all tests of this module."""
    with chromium() as browser:
        yield browser


class Shown:
    """A page in the browser, and what it did that it should not."""

    def __init__(self, browser: Browser, path: Path, **options: Any) -> None:
        self.wrong: list[str] = []
        self.page: Page = browser.new_page(**options)
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(dialog.message))
        self.page.on("request", lambda request: self.wrong.append(request.url))
        self.page.goto(path.as_uri())
        assert self.wrong.pop(0) == path.as_uri()


def written(tmp_path: Path, renderings: list[Rendering], **pictures: str) -> Path:
    """Write a report's page into a file."""
    path = tmp_path / "report.html"
    path.write_text(html_page(renderings, pictures, COLOURS), "utf-8")
    return path


def with_charts(renderings: list[Rendering]) -> tuple[list[Rendering], dict[str, str]]:
    """Put a drawn chart where a report has its first one."""
    block = re.compile(r"```mermaid.*?```", re.DOTALL)
    drawn = [each._replace(text=block.sub("![Trend](q/a.svg)", each.text, count=1)) for each in renderings]
    return drawn, {"q/a.svg": CHART}


@pytest.mark.parametrize("kind", ["quarterly", "monthly", "scorecard", "closeout"])
def test_a_page_is_never_wider_than_the_screen(browser: Browser, tmp_path: Path, kind: str) -> None:
    renderings, pictures = with_charts(report("delivery-alliance", kind, "en", "zh-Hant"))
    shown = Shown(browser, written(tmp_path, renderings, **pictures))
    for width in (360, 900, 1400):
        shown.page.set_viewport_size({"width": width, "height": 740})
        assert shown.page.evaluate("document.documentElement.scrollWidth") == width
        assert shown.page.evaluate(OUTSIDE) == []
        assert min(shown.page.evaluate(SIZES)) >= (16 if width == 360 else 15)
    assert shown.wrong == []


def test_header_cells_stand_above_their_columns(browser: Browser, tmp_path: Path) -> None:
    shown = Shown(browser, written(tmp_path, report("lianhe-yunying", "quarterly", "zh-Hans", "en")))
    for width in (360, 1400):
        shown.page.set_viewport_size({"width": width, "height": 740})
        tables = shown.page.evaluate(COLUMNS)
        assert len(tables) > 10
        for rows in tables:
            assert [row for row in rows if row != rows[0]] == []


def test_a_wide_table_scrolls_in_its_box_and_keeps_its_first_column(browser: Browser, tmp_path: Path) -> None:
    path = written(tmp_path, report("delivery-alliance", "quarterly", "en"))
    shown = Shown(browser, path, viewport={"width": 360, "height": 740})
    left = """() => {
      const box = document.querySelector('.table.small');
      const before = box.querySelector('td').getBoundingClientRect().left;
      box.scrollLeft = 150;
      return [box.scrollWidth > box.clientWidth, box.scrollLeft,
              box.querySelector('td').getBoundingClientRect().left - before];
    }"""
    assert shown.page.evaluate(left) == [True, 150, 0]


@pytest.mark.parametrize(("width", "scrolls"), [(380, True), (900, False)])
def test_letters_of_a_chart_can_be_read_on_a_phone(browser: Browser, tmp_path: Path, width: int, scrolls: bool) -> None:
    """A chart that is wider than the screen scrolls in its own box."""
    path = written(tmp_path, [rendering("![Trend](q/a.svg)")], **{"q/a.svg": as_charts_are(CHART)})
    shown = Shown(browser, path, viewport={"width": width, "height": 740})
    box = shown.page.evaluate(
        "(({scrollWidth, clientWidth}) => scrollWidth > clientWidth)(document.querySelector('.picture'))"
    )
    letters = shown.page.evaluate("document.querySelector('text').getScreenCTM().a * 10.5")
    assert box is scrolls
    assert letters >= 10
    assert shown.page.evaluate("document.documentElement.scrollWidth") == width


def as_charts_are(chart: str) -> str:
    """Return a chart as wide as those of reports are: 480 units, over the whole width that there is."""
    return chart.replace('viewBox="0 0 600 200"', 'viewBox="0 0 480 200" width="100%"')


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_stands_out_in_light_and_dark(browser: Browser, tmp_path: Path, scheme: str) -> None:
    renderings = [rendering("# Title\n\n- Fact\n\n[link](https://a.example) text[^1]\n\n> quoted\n\n```\ncode\n```\n\n"
                            "| a |\n| - |\n| 1 |\n\n[^1]: note")]  # fmt: skip
    shown = Shown(browser, written(tmp_path, renderings), color_scheme=scheme)
    pairs = shown.page.evaluate(LUMINANCES, "h1, p, li, a, th, td, code, blockquote p, .footnotes p")
    assert len(pairs) >= 10
    for text, behind in pairs:
        assert (max(text, behind) + 0.05) / (min(text, behind) + 0.05) >= 4.5
        assert (text > behind) == (scheme == "dark")


def test_charts_have_the_colours_of_the_page(browser: Browser, tmp_path: Path) -> None:
    path = written(tmp_path, [rendering("![Trend](q/a.svg)")], **{"q/a.svg": CHART})
    strokes = [
        Shown(browser, path, color_scheme=scheme).page.evaluate(
            "getComputedStyle(document.querySelector('path')).stroke"
        )
        for scheme in SCHEMES
    ]
    assert strokes == ["rgb(29, 95, 180)", "rgb(125, 180, 255)"]


def test_a_screen_reader_is_told_what_a_chart_is(browser: Browser, tmp_path: Path) -> None:
    path = written(tmp_path, [rendering("# T\n\n![Trend: A & B](q/a.svg)")], **{"q/a.svg": CHART})
    assert Shown(browser, path).page.get_by_role("img", name="Trend: A & B").count() == 1


@pytest.mark.parametrize("path", hostile_texts(), ids=lambda path: path.stem)
def test_nothing_runs_or_is_asked_for(browser: Browser, tmp_path: Path, path: Path) -> None:
    text = path.read_text("utf-8")
    shown = Shown(browser, written(tmp_path, [rendering(text, title=text), rendering(text, "zh-Hans", text)]))
    shown.page.wait_for_load_state("networkidle")
    elements = set(shown.page.evaluate("[...document.querySelectorAll('*')].map(each => each.tagName.toLowerCase())"))
    names = (
        "[...document.querySelectorAll('*')].flatMap(each => each.getAttributeNames().map(name => name.toLowerCase()))"
    )
    assert elements - ELEMENTS == set()
    assert set(shown.page.evaluate(names)) - ATTRIBUTES == set()
    assert shown.page.evaluate("document.querySelectorAll('main > article').length") == 2
    assert shown.wrong == []


def test_it_prints_on_a4_with_numbers_in_black_on_white(browser: Browser, tmp_path: Path) -> None:
    path = written(tmp_path, report("delivery-alliance", "quarterly", "en", "zh-Hans"))
    shown = Shown(browser, path, color_scheme="dark")
    reader = PdfReader(BytesIO(shown.page.pdf(prefer_css_page_size=True)))
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}
    assert f"1 / {len(reader.pages)}" in reader.pages[0].extract_text()
    shown.page.emulate_media(media="print", color_scheme="dark")
    pairs = shown.page.evaluate(LUMINANCES, "h1, p, td")
    assert all(text < 0.05 for text, _ in pairs)
    assert shown.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert shown.page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
