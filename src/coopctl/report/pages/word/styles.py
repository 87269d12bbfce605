"""How a Word file looks: its styles, its pages and what stands at their foot."""

from typing import Final

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

LATIN_FONT: Final = "Calibri"
EAST_ASIAN_FONTS: Final = {
    "en": "Microsoft YaHei",
    "zh-Hans": "Microsoft YaHei",
    "zh-Hant": "Microsoft JhengHei",
}
WORDS_LANGUAGES: Final = {"en": "en-GB", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
"""Word knows languages by country."""

TABLE: Final = "Report Table"
CELL: Final = "Table Text"
SMALL_CELL: Final = "Table Text Small"
FOOTNOTE: Final = "footnote text"
CODE: Final = "Code"
LIST: Final = "List Paragraph"
QUOTE: Final = "Quote"

_SHORT_SIDE: Final = Mm(210)
_LONG_SIDE: Final = Mm(297)
_SIDE_MARGIN: Final = Mm(18)
_INK: Final = RGBColor(0x1D, 0x23, 0x2A)
_FAINT: Final = RGBColor(0x56, 0x61, 0x6D)
_HEADINGS: Final = ((18, 0, 10), (14, 20, 6), (12, 14, 4), (10.5, 12, 3), (10.5, 12, 3), (10.5, 12, 3))
"""Size of each level's heading, and the space before and after it, in points."""


def set_up(document: Document, language: str) -> None:
    """Give a new document its styles, in the fonts of the language that it begins with."""
    normal = _paragraph_style(document, "Normal", 10.5, after=6)
    normal.paragraph_format.line_spacing = 1.2
    normal.paragraph_format.widow_control = True
    speak(normal.element.get_or_add_rPr(), language)
    for level, (size, before, after) in enumerate(_HEADINGS, start=1):
        heading = _paragraph_style(document, f"Heading {level}", size, before=before, after=after)
        heading.font.bold, heading.font.italic = True, False
        heading.paragraph_format.keep_with_next = True
        speak(heading.element.get_or_add_rPr(), language)
    for name, size in ((CELL, 9), (SMALL_CELL, 8)):
        cell = _paragraph_style(document, name, size)
        cell.paragraph_format.line_spacing = 1.1
    note = _paragraph_style(document, FOOTNOTE, 8.5)
    note.font.color.rgb = _FAINT
    code = _paragraph_style(document, CODE, 8.5)
    code.font.name = "Consolas"
    _paragraph_style(document, LIST, 10.5, after=3)
    quote = _paragraph_style(document, QUOTE, 10.5, after=6)
    quote.font.italic = False
    quote.paragraph_format.left_indent = Mm(6)
    _table_style(document)


def speak(properties: BaseOxmlElement, language: str) -> None:
    """Give a style's or a run's text its language and fonts; `properties` is the style's or run's `rPr`."""
    for name in ("w:rFonts", "w:lang"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    east_asian = EAST_ASIAN_FONTS[language]
    fonts = f'w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" w:cs="{LATIN_FONT}" w:eastAsia="{east_asian}"'
    # What is written in Latin letters counts as English in Chinese reports too, or words would be broken anywhere.
    latin = WORDS_LANGUAGES["en"]
    chinese = WORDS_LANGUAGES["zh-Hans" if language == "en" else language]
    properties.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {fonts}/>"))
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{latin}" w:eastAsia="{chinese}"/>'))


def lay(section: Section, *, on_its_side: bool = False) -> None:
    """Give a section A4 pages."""
    section.orientation = WD_ORIENT.LANDSCAPE if on_its_side else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = _SHORT_SIDE, _LONG_SIDE
    if on_its_side:
        section.page_width, section.page_height = _LONG_SIDE, _SHORT_SIDE
    section.left_margin = section.right_margin = _SIDE_MARGIN
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)
    section.footer_distance = Mm(10)


def text_width(*, on_its_side: bool) -> Length:
    """Return how wide a page is between its margins."""
    return Length((_LONG_SIDE if on_its_side else _SHORT_SIDE) - 2 * _SIDE_MARGIN)


def write_footer(section: Section, title: str, language: str, *, on_its_side: bool) -> None:
    """Put the title and the page's number at the foot of a section's pages."""
    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    paragraph.style = FOOTNOTE
    paragraph.paragraph_format.tab_stops.add_tab_stop(text_width(on_its_side=on_its_side), WD_TAB_ALIGNMENT.RIGHT)
    speak(paragraph.add_run(title).element.get_or_add_rPr(), language)
    paragraph.add_run("\t")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    """Add what Word counts itself."""
    field = f'<w:fldSimple {nsdecls("w")} w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))


def _paragraph_style(
    document: Document, name: str, size: float, *, before: float = 0, after: float = 0
) -> ParagraphStyle:
    """Return a style of that name, new if the document has none, in our ink."""
    styles = document.styles
    if name not in {each.name for each in styles}:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    style = styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.size = Pt(size)
    style.font.color.rgb = _INK
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return style


def _table_style(document: Document) -> None:
    """Add our table: thin rules between the rows, a stronger one below the header."""
    style = document.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    rule = 'w:val="single" w:space="0" w:color="C4C9CE" w:sz="4"'
    strong = 'w:val="single" w:space="0" w:color="56616D" w:sz="8"'
    style.element.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}>"
            f"<w:tblBorders><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders>"
            '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
            '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        )
    )
    style.element.append(
        parse_xml(
            f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/><w:color w:val="56616D"/></w:rPr>'
            f"<w:tcPr><w:tcBorders><w:bottom {strong}/></w:tcBorders></w:tcPr></w:tblStylePr>"
        )
    )
