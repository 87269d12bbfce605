"""Reports as PDF."""

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from coopctl.report.pages.html import html_page
from coopctl.report.pages.pdf import pdf
from coopctl.report.pages.rendering import Rendering
from tests.report.pages.reports import CHART, hostile_texts, rendering, report

A4 = (595, 842)


def read(renderings: list[Rendering], **pictures: str) -> PdfReader:
    """Return the PDF of a report."""
    return PdfReader(BytesIO(pdf(html_page(renderings, pictures))))


def texts(reader: PdfReader) -> list[str]:
    """Return the text of each page, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def words(reader: PdfReader) -> str:
    """Return all text, with single spaces."""
    return " ".join(texts(reader))


def sizes(reader: PdfReader) -> list[tuple[int, int]]:
    """Return the width and height of each page in points."""
    return [(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages]


def actions(reader: PdfReader) -> list[str]:
    """Return where the links of all pages lead to: an address, or a place in the document."""
    links: list[Any] = [note.get_object() for page in reader.pages for note in page.get("/Annots", ())]
    return [str(link["/A"]["/URI"] if "/A" in link else link["/Dest"]) for link in links]


def test_a_report_is_there_in_full_on_a4_pages_with_numbers() -> None:
    reader = read(report("delivery-alliance", "quarterly", "en"))
    pages = texts(reader)
    found = " ".join(pages)
    assert set(sizes(reader)) == {A4}
    for text in ("Overview", "Scorecard", "CNY 523,090", "Ask the steering committee for a substitute"):
        assert text in found
    title = "Northwind and Harborline delivery alliance: quarterly report, Q2 2026"
    for number, page in enumerate(pages, start=1):
        assert title in page and f"{number} / {len(pages)}" in page


def test_chinese_can_be_read_and_copied() -> None:
    found = words(read(report("lianhe-yunying", "quarterly", "zh-Hans")))
    for text in ("甲乙丙三方联合运营合作协议", "目标与指标完成情况", "达标", "747,500"):
        assert text in found.replace(" ", "") or text in found


def test_it_says_its_title_and_language_and_no_date() -> None:
    reader = read([rendering("# 标题", "zh-Hans", "季度报告")])
    assert reader.metadata is not None
    assert reader.metadata.title == "季度报告"
    assert str(reader.root_object["/Lang"]) == "zh-Hans"
    assert set(reader.metadata) == {"/Title", "/Producer"}


def test_headings_are_its_outline() -> None:
    reader = read([rendering("# One\n\ntext\n\n## Two\n\n### Three\n\n## Four\n")])
    assert outline(reader.outline) == ["One", ["Two", ["Three"], "Four"]]


def outline(items: Any) -> list[Any]:
    """Return the titles of an outline."""
    return [outline(item) if isinstance(item, list) else item.title for item in items]


def test_each_language_begins_a_page_and_has_its_own_foot() -> None:
    reader = read([rendering("# One", "en", "First title"), rendering("# 二", "zh-Hans", "第二个标题")])
    assert len(reader.pages) == 2
    first, second = (page.extract_text() for page in reader.pages)
    assert "First title" in first and "第二个标题" not in first
    assert "第二个标题" in second and "First title" not in second


def test_the_header_of_a_table_is_repeated() -> None:
    rows = "".join(f"| row {number} | {number} |\n" for number in range(120))
    reader = read([rendering(f"# T\n\n| Name | Amount |\n| :-- | --: |\n{rows}")])
    assert len(reader.pages) > 2
    assert [page.extract_text().count("Amount") for page in reader.pages] == [1] * len(reader.pages)
    assert [int(number) for number in re.findall(r"row (\d+)", words(reader))] == list(range(120))


def test_a_matrix_with_many_names_gets_pages_on_their_side_with_its_heading() -> None:
    names = [f"Representative {number}" for number in range(7)]
    table = f"| Task | {' | '.join(names)} |\n|{' - |' * 8}\n| Collect data | {' | '.join('RACIRAC')} |\n"
    reader = read([rendering(f"# Title\n\ntext\n\n## Matrix\n\n{table}\n## After\n\ntext\n")])
    assert sizes(reader) == [A4, A4[::-1], A4]
    assert ["Matrix" in page.extract_text() for page in reader.pages] == [False, True, False]


def placed(page: PageObject) -> list[tuple[float, str]]:
    """Return how far from the left edge each piece of text begins."""
    found: list[tuple[float, str]] = []

    def note(text: str, page_matrix: list[float], matrix: list[float], *_: object) -> None:
        found.append((matrix[4] * page_matrix[0] + page_matrix[4], text))

    page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize(("columns", "letters"), [(1, 200), (7, 200), (14, 200), (30, 100)])
def test_nothing_is_cut_off_at_the_edge(columns: int, letters: int) -> None:
    """Of words that are far wider than their columns."""
    cells = [f"word{number} " + "x" * letters for number in range(columns)]
    reader = read(
        [rendering(f"| {' | '.join(cells)} |\n|{' - |' * columns}\n| {' | '.join(cells)} |\n", title="Title")]
    )
    written = 0
    for page in reader.pages:
        found = [(x, text) for x, text in placed(page) if text.strip()]
        begins = [x for x, _ in found]
        assert min(begins) > 40 and max(begins) < page.mediabox.width - 45
        written += sum(text.count("x") for _, text in found)
    assert written == 2 * letters * columns


def test_charts_are_drawn() -> None:
    plain = CHART.replace("var(--chart-actual, #1d5fb4)", "#1d5fb4")
    reader = read([rendering("# T\n\n![Trend](q/a.svg)")], **{"q/a.svg": plain})
    content = reader.pages[0].get_contents()
    assert content is not None and b"0.113725 0.372549 0.705882 RG" in content.get_data()
    assert "16.3" in words(reader)


@pytest.mark.parametrize("path", hostile_texts(), ids=lambda path: path.stem)
def test_links_lead_only_where_the_text_may_lead(path: Path) -> None:
    reader = read([rendering(path.read_text("utf-8"))])
    outward = {action for action in actions(reader) if ":" in action}
    good = {"https://good.example/a?b=1&c=%22", "https://good.example/auto", "mailto:li.wei@north.example"}
    assert outward == (good if path.stem == "links" else set())


def test_nothing_is_fetched_whatever_the_page_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", "utf-8")
    page = (
        f'<link rel="stylesheet" href="{secret.as_uri()}"><link rel="attachment" href="{secret.as_uri()}">'
        f'<style>@import url("{secret.as_uri()}");</style>'
        f'<style>@font-face {{ font-family: x; src: url("{secret.as_uri()}") }}</style>'
        f'<img src="{secret.as_uri()}" alt="instead"><p>text</p>'
    )
    written = pdf(page)
    assert b"SECRET" not in written and b"EmbeddedFile" not in written
    assert sorted(words(PdfReader(BytesIO(written))).split()) == ["instead", "text"]


def test_the_same_report_is_the_same_bytes_at_any_time_and_place() -> None:
    program = (
        "import sys\n"
        "from tests.report.pages.reports import report\n"
        "from coopctl.report.pages.html import html_page\n"
        "from coopctl.report.pages.pdf import pdf\n"
        "sys.stdout.buffer.write(pdf(html_page(report('lianhe-yunying', 'scorecard', 'zh-Hans', 'en'), {})))\n"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": when},
            capture_output=True,
            check=True,
            cwd=Path(__file__).parents[3],
        )
        for seed, zone, when in (("1", "UTC", "1"), ("2", "Asia/Shanghai", "1800000000"))
    ]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stdout.startswith(b"%PDF-")
    assert [run.stderr for run in runs] == [b"", b""]


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("example", ["delivery-alliance", "lianhe-yunying"])
def test_a_scorecard_has_one_page(example: str, tag: str) -> None:
    """It is set closer where that is enough; a report of three pages is not."""
    assert sizes(read(report(example, "scorecard", tag))) == [A4]


def test_each_language_of_a_scorecard_has_one_page() -> None:
    assert sizes(read(report("delivery-alliance", "scorecard", "en", "zh-Hans"))) == [A4, A4]


@pytest.mark.parametrize("number", range(1, 45, 4))
def test_nobody_signs_on_a_page_without_what_is_signed(number: int) -> None:
    """Wherever on its page the agreement ends."""
    text = "# Agreement\n\n" + "".join(f"{each} The parties agree.\n\n" for each in range(number))
    text += "The last clause.\n\n## Signatures\n\nSigned by:\n\n"
    text += "".join(f"### Party {each}\n\n- Name: Example {each}\n- Date: ________\n\n" for each in ("A", "B", "C"))
    pages = [page.extract_text() for page in read([rendering(text)]).pages]
    (signed,) = [page for page in pages if "________" in page]
    for words_there in ("The last clause.", "Signatures", "Party A", "Party B", "Party C"):
        assert words_there in signed
