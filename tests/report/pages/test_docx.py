"""Reports as Word files."""

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx as library
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from coopctl.report.pages.docx import docx
from coopctl.report.pages.rendering import Rendering
from tests.report.pages.reports import REPORTS, hostile_texts, plain, png, rendering, report, tables_in


def read(renderings: list[Rendering], **pictures: bytes) -> Document:
    """Return the Word file of a report."""
    return library.Document(BytesIO(docx(renderings, pictures)))


def parts(renderings: list[Rendering], **pictures: bytes) -> dict[str, str]:
    """Return the parts of a Word file that are text."""
    with ZipFile(BytesIO(docx(renderings, pictures))) as file:
        return {name: file.read(name).decode("utf-8") for name in file.namelist() if name.endswith((".xml", ".rels"))}


def text_of(paragraph: Paragraph) -> str:
    """Return a paragraph's text without the numbers of footnotes that it says again."""
    return "".join(run.text for run in paragraph.runs if not run.font.superscript)


def cells(document: Document) -> list[list[list[str]]]:
    """Return the cells of every table."""
    return [
        [[plain(" ".join(text_of(each) for each in cell.paragraphs)) for cell in row.cells] for row in table.rows]
        for table in document.tables
    ]


@pytest.mark.parametrize(("example", "kind", "tag"), [each for each in REPORTS if each[2] == "zh-Hans"])
def test_tables_and_headings_are_those_of_the_markdown(example: str, kind: str, tag: str) -> None:
    renderings = report(example, kind, tag)
    document = read(renderings)
    assert cells(document) == tables_in(renderings[0].text)
    levels = [
        paragraph.style.name
        for paragraph in document.paragraphs
        if paragraph.style and "Head" in str(paragraph.style.name)
    ]
    marks = re.findall(r"^(#+) ", re.sub(r"```.*?```", "", renderings[0].text, flags=re.DOTALL), re.MULTILINE)
    assert levels == [f"Heading {len(mark)}" for mark in marks]


def test_columns_stand_as_the_markdown_says() -> None:
    table = read([rendering("| a | b | c |\n| :-- | --: | :-: |\n| 1 | 2 | 3 |\n")]).tables[0]
    for row in table.rows:
        assert [cell.paragraphs[0].alignment for cell in row.cells] == [
            None,
            WD_ALIGN_PARAGRAPH.RIGHT,
            WD_ALIGN_PARAGRAPH.CENTER,
        ]


def test_the_header_is_repeated_and_rows_stay_whole() -> None:
    table = read([rendering("| a |\n| - |\n| 1 |\n")]).tables[0]
    kept = [[child.tag for child in row._tr.trPr] for row in table.rows if row._tr.trPr is not None]
    assert kept == [[qn("w:cantSplit"), qn("w:tblHeader")], [qn("w:cantSplit")]]


def test_columns_fill_the_page_and_no_more() -> None:
    document = read(report("delivery-alliance", "quarterly", "en"))
    section = document.sections[0]
    assert section.page_width and section.left_margin and section.right_margin
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        widths = [column.width or 0 for column in table.columns]
        assert min(widths) > 300_000
        assert sum(widths) <= room


def test_a_matrix_with_many_names_gets_pages_on_their_side() -> None:
    names = [f"Representative {number}" for number in range(7)]
    table = f"| Task | {' | '.join(names)} |\n|{' - |' * 8}\n| Collect data | {' | '.join('RACIRAC')} |\n"
    document = read([rendering(f"# Title\n\ntext\n\n## Matrix\n\n{table}\n## After\n\ntext\n")])
    assert [section.orientation for section in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]


def test_a_header_that_says_nothing_is_left_out() -> None:
    document = read([rendering("| | |\n| - | - |\n| Name: ________ | Date: ________ |\n")])
    assert cells(document) == [[["Name: ________", "Date: ________"]]]


def test_footnotes_are_words_own() -> None:
    found = parts(
        [
            rendering("one[^2] two[^1] again[^2]\n\n[^1]: First.\n[^2]: *Second.*\n"),
            rendering("三[^1]\n\n[^1]: 注", "zh-Hans"),
        ]
    )
    assert re.findall(r'<w:footnoteReference w:id="(\d+)"', found["word/document.xml"]) == ["1", "2", "3"]
    notes = re.findall(r'<w:footnote w:id="(\d+)">(.*?)</w:footnote>', found["word/footnotes.xml"])
    assert [
        (number, "".join(re.findall(r"<w:t[ >][^<]*?>?([^<>]*)</w:t>", note)).strip()) for number, note in notes
    ] == [
        ("1", "Second."),
        ("2", "First."),
        ("3", "注"),
    ]
    assert 'Target="footnotes.xml"' in found["word/_rels/document.xml.rels"]


def test_a_report_without_footnotes_has_no_part_for_them() -> None:
    assert "word/footnotes.xml" not in parts([rendering("text")])


def test_lists_count_for_themselves_and_from_where_they_begin() -> None:
    found = parts([rendering("1. a\n2. b\n\ntext\n\n5. c\n   - d\n")])
    items = re.findall(r'<w:ilvl w:val="(\d)"/><w:numId w:val="(\d+)"/>', found["word/document.xml"])
    (level, first), again, other, inner = items
    assert level == "0" and again == ("0", first)
    assert other[0] == "0" and inner[0] == "1"
    assert len({first, other[1], inner[1]}) == 3
    kinds = dict(
        re.findall(r'<w:num [^>]*?w:numId="(\d+)"[^>]*><w:abstractNumId w:val="(\d+)"/>', found["word/numbering.xml"])
    )
    starts = [
        re.search(
            rf'<w:abstractNum [^>]*w:abstractNumId="{kinds[number]}"[^>]*>.*?<w:start w:val="(\d+)"/>',
            found["word/numbering.xml"],
        )
        for number in (first, other[1])
    ]
    assert [start and start[1] for start in starts] == ["1", "5"]


def test_pages_are_a4_with_title_and_number_at_their_foot() -> None:
    document = read([rendering("# One", title="First title"), rendering("# 二", "zh-Hans", "第二个标题")])
    for section, title in zip(document.sections, ("First title", "第二个标题"), strict=True):
        assert section.page_width and section.page_height
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        foot = section.footer.paragraphs[0]
        assert foot.text.startswith(f"{title}\t")
        assert re.findall(r'w:instr="(\w+)"', foot._p.xml) == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(
    ("language", "font", "tag"),
    [
        ("en", "Microsoft YaHei", "zh-CN"),
        ("zh-Hans", "Microsoft YaHei", "zh-CN"),
        ("zh-Hant", "Microsoft JhengHei", "zh-TW"),
    ],
)
def test_chinese_has_its_font_and_language(language: str, font: str, tag: str) -> None:
    styles = parts([rendering("# 标题", language)])["word/styles.xml"]
    normal = re.search(r'w:styleId="Normal">.*?</w:style>', styles, re.DOTALL)
    assert normal and f'w:eastAsia="{font}"' in normal[0] and f'w:eastAsia="{tag}"' in normal[0]


def test_text_in_another_language_says_so() -> None:
    document = parts([rendering("# One"), rendering("# 標題", "zh-Hant")])["word/document.xml"]
    assert re.findall(r'w:eastAsia="(zh-\w+)"', document) == ["zh-TW"]


def test_charts_are_put_in_with_their_text() -> None:
    document = read([rendering("![Trend: A \\& B](q2%20charts/客户.en.svg)")], **{"q2 charts/客户.en.svg": png()})
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Trend: A & B"
    assert shape.width and round(shape.width.mm) <= 160


@pytest.mark.parametrize(
    "address", ["/etc/passwd", "https://a.example/b.png", "file:///etc/passwd", "../../etc/passwd"]
)
def test_another_picture_is_its_text(address: str) -> None:
    document = read([rendering(f"![the text]({address})")])
    assert [paragraph.text for paragraph in document.paragraphs] == ["the text"]
    assert len(document.inline_shapes) == 0


@pytest.mark.parametrize("path", hostile_texts(), ids=lambda path: path.stem)
def test_nothing_is_linked_but_the_web_and_mailboxes(path: Path) -> None:
    text = path.read_text("utf-8")
    found = parts([rendering(text, title=text), rendering(text, "zh-Hans", text)])
    for name, part in found.items():
        outward = re.findall(
            r'Target="([^"]*)"[^>]*TargetMode="External"|TargetMode="External"[^>]*Target="([^"]*)"', part
        )
        addresses = {first or second for first, second in outward}
        assert addresses <= {
            "https://good.example/a?b=1&amp;c=%22",
            "https://good.example/auto",
            "mailto:li.wei@north.example",
        }, name
        assert "INCLUDE" not in part and "w:object" not in part and "altChunk" not in part


def test_emphasis_in_chinese_is_not_slanted() -> None:
    found = parts([rendering("*要点*", "zh-Hans")])["word/document.xml"]
    assert '<w:em w:val="underDot"/>' in found and "<w:i/>" not in found


def test_it_says_its_title_and_nothing_of_its_making() -> None:
    core = parts([rendering("# T", title="季度报告 <b>")])["docProps/core.xml"]
    assert "<dc:title>季度报告 &lt;b&gt;</dc:title>" in core
    assert "python" not in core and "dcterms:created" not in core


def test_the_same_report_is_the_same_bytes_at_any_time_and_place() -> None:
    program = (
        "import sys\n"
        "from tests.report.pages.reports import report\n"
        "from coopctl.report.pages.docx import docx\n"
        "sys.stdout.buffer.write(docx(report('lianhe-yunying', 'quarterly', 'zh-Hans', 'en'), {}))\n"
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
    assert runs[0] == runs[1]
    with ZipFile(BytesIO(runs[0])) as file:
        assert {part.date_time for part in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_nobody_signs_on_a_page_without_what_is_signed() -> None:
    """Everything down to the last line keeps with what follows, and so does the end of what stands before."""
    signatures = (
        "## Signatures\n\n### Party A\n\n- Name: Example\n- Date: ________\n\n### Party B\n\n- Date: ________\n"
    )
    document = read([rendering(f"# Agreement\n\nFirst.\n\nLast.\n\n{signatures}\n## Notes\n\nMore.\n")])
    kept = [paragraph.text for paragraph in document.paragraphs if paragraph.paragraph_format.keep_with_next]
    assert kept == ["Last.", "Signatures", "Party A", "Name: Example", "Date: ________", "Party B"]


def test_a_table_before_the_signatures_keeps_with_them() -> None:
    table = "| a |\n| - |\n" + "| 1 |\n" * 9
    document = read([rendering(f"# Agreement\n\n{table}\n## Signatures\n\n- Date: ________\n")])
    rows = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in document.tables[0].rows]
    assert rows == [None] * 9 + [True]
