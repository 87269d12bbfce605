"""Writes the tokens of a report into a Word document."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final, NamedTuple

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length, Mm, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from coopctl.report.pages.markup import NO_BREAK_SPACE, side_of
from coopctl.report.pages.tables import Fit, Layout, layout, without_empty_header
from coopctl.report.pages.word import styles
from coopctl.report.pages.word.lists import Lists
from coopctl.report.pages.word.notes import Notes

_SIDES: Final = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}
_MOST_HEADINGS: Final = 1_000_000
"""In one language; bookmarks are numbered through the whole file."""
_FEW_ITEMS: Final = 6
"""A list of so many items stays on one page."""
_WIDEST_PICTURE: Final = Mm(160)
_LINK: Final = RGBColor(0x0A, 0x55, 0x9C)
_RULE: Final = '<w:pBdr {}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="C4C9CE"/></w:pBdr>'


class Look(NamedTuple):
    """How text stands out."""

    is_bold: bool = False
    is_emphasised: bool = False
    is_code: bool = False
    is_link: bool = False


_PLAIN: Final = Look()


class Writer:
    """Writes one language."""

    def __init__(
        self,
        document: Document,
        language: str,
        pictures: Mapping[str, bytes],
        lists: Lists,
        notes: Notes,
        number: int,
    ) -> None:
        self._document = document
        self._language = language
        self._is_main_language = number == 0
        self._pictures = pictures
        self._lists = lists
        self._notes = notes
        self._number = number
        self._bookmarks: dict[str, int] = {}
        self._footnotes: dict[int, SyntaxTreeNode] = {}
        self._numbers: dict[int, int] = {}
        self._room: Length = Mm(0)
        self._is_in_note = False
        self._style_ids = {str(style.name): str(style.style_id) for style in document.styles}

    def read(self, tokens: Sequence[Token]) -> None:
        """Learn the footnotes and headings of the whole text, which are referred to before they come."""
        for node in SyntaxTreeNode(tokens).walk():
            if node.type == "footnote":
                self._footnotes[node.meta["id"]] = node
            elif node.type == "heading":
                self._bookmarks[str(node.attrs["id"])] = len(self._bookmarks) + _MOST_HEADINGS * self._number

    def write(self, tokens: Sequence[Token], room: Length) -> None:
        """Write a segment; `room` is how wide its pages are."""
        self._room = room
        self._blocks(SyntaxTreeNode(tokens).children)

    def write_notes_left(self) -> None:
        """Write the footnotes that only other footnotes refer to, which Word has no place for."""
        for key, node in self._footnotes.items():
            if key not in self._numbers:
                self._note_paragraphs(node)

    def _blocks(self, nodes: Sequence[SyntaxTreeNode], level: int = -1, style: str = "Normal") -> None:
        """Write blocks; `level` is that of the list item that they stand in, from 0."""
        for place, node in enumerate(nodes):
            match node.type:
                case "heading":
                    self._heading(node)
                case "paragraph":
                    paragraph = self._paragraph(node, styles.LIST if level >= 0 else style)
                    if [following.type for following in nodes[place + 1 : place + 2]] == ["table"]:
                        paragraph.paragraph_format.keep_with_next = True
                    if level >= 0:
                        self._lists.continue_item(paragraph, level)
                case "bullet_list" | "ordered_list":
                    self._list(node, level + 1, style)
                case "table":
                    self._table(node)
                case "signatures":
                    self._signatures(node)
                case "blockquote":
                    self._blocks(node.children, level, styles.QUOTE)
                case "fence" | "code_block":
                    self._run(self._add_paragraph(styles.CODE), node.content.rstrip("\n"), Look())
                case "hr":
                    rule = self._add_paragraph("Normal")
                    rule._p.get_or_add_pPr().append(parse_xml(_RULE.format(nsdecls("w"))))

    def _signatures(self, node: SyntaxTreeNode) -> None:
        """Keep them on one page, with the end of what is signed."""
        body = self._document.element.body
        written = len(body)
        self._blocks(node.children)
        # The last thing in a body says how its pages look.
        before = [row for block in body[: written - 1] for row in (block.findall(qn("w:tr")) or [block])]
        said = next((place for place, each in enumerate(before[::-1], 1) if "".join(each.itertext())), 0)
        for block in [*before[len(before) - said :], *body[written - 1 : -2]]:
            for paragraph in block.iter(qn("w:p")):
                Paragraph(paragraph, self._document).paragraph_format.keep_with_next = True

    def _heading(self, node: SyntaxTreeNode) -> None:
        paragraph = self._paragraph(node, f"Heading {node.tag[1]}")
        number = self._bookmarks[str(node.attrs["id"])]
        start = OxmlElement("w:bookmarkStart", {qn("w:id"): str(number), qn("w:name"): f"heading_{number}"})
        end = OxmlElement("w:bookmarkEnd", {qn("w:id"): str(number)})
        paragraph._p.insert_element_before(start, "w:r", "w:hyperlink")
        paragraph._p.append(end)

    def _paragraph(self, node: SyntaxTreeNode, style: str) -> Paragraph:
        paragraph = self._add_paragraph(style)
        self._inline(paragraph, node.children)
        return paragraph

    def _add_paragraph(self, style: str) -> Paragraph:
        """Add a paragraph; python-docx itself would search all styles for each."""
        paragraph = self._document.add_paragraph()
        paragraph._p.style = self._style_ids[style]
        return paragraph

    def _list(self, node: SyntaxTreeNode, level: int, style: str) -> None:
        start = int(node.attrs.get("start", 1))
        number = self._lists.new(ordered=node.type == "ordered_list", start=start, mark=node.children[0].markup)
        last = len(node.children) - 1
        for place, item in enumerate(node.children):
            first, rest = item.children[:1], item.children[1:]
            if first and first[0].type != "paragraph":
                first, rest = [], item.children
            # An item that begins with something else, such as a list, still has its own mark.
            paragraph = self._add_paragraph(styles.LIST)
            self._lists.put(paragraph, number, level)
            if last < _FEW_ITEMS and place < last:
                paragraph.paragraph_format.keep_with_next = True
            for block in first:
                self._inline(paragraph, block.children)
            self._blocks(rest, level, style)

    def _table(self, node: SyntaxTreeNode) -> None:
        tokens = node.to_tokens()
        paper = layout(tokens)
        rows = [
            row for part in SyntaxTreeNode(without_empty_header(tokens)).children[0].children for row in part.children
        ]
        table = self._document.add_table(0, len(paper.shares), style=styles.TABLE)
        table.autofit = False
        has_header = rows[0].children[0].type == "th"
        _set_widths(table, self._room, paper)
        style = styles.CELL if paper.fit is Fit.NORMAL else styles.SMALL_CELL
        for number, row in enumerate(rows):
            written = table.add_row()
            _keep_together(written, is_header=has_header and number == 0)
            for cell, place, share in zip(row.children, written.cells, paper.shares, strict=True):
                self._cell(cell, place, style, Length(int(self._room * paper.width * share)))
                if paper.is_short and number + 1 < len(rows):
                    place.paragraphs[0].paragraph_format.keep_with_next = True
        _set_look(table, has_header)
        # Word would join two tables with nothing between them.
        self._add_paragraph(styles.CELL)

    def _cell(self, node: SyntaxTreeNode, cell: _Cell, style: str, width: Length) -> None:
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph._p.style = self._style_ids[style]
        side = side_of(node.nester_tokens.opening) if node.nester_tokens else ""
        paragraph.alignment = _SIDES.get(side)
        room, self._room = self._room, Length(width - Mm(4))
        self._inline(paragraph, node.children)
        self._room = room

    def _inline(self, paragraph: Paragraph, nodes: Sequence[SyntaxTreeNode], look: Look = _PLAIN) -> None:
        for node in nodes:
            match node.type:
                case "inline":
                    self._inline(paragraph, node.children, look)
                case "text":
                    self._run(paragraph, node.content, look)
                case "code_inline":
                    self._run(paragraph, node.content, look._replace(is_code=True))
                case "softbreak":
                    self._run(paragraph, " ", look)
                case "hardbreak":
                    paragraph.add_run().add_break()
                case "strong":
                    self._inline(paragraph, node.children, look._replace(is_bold=True))
                case "em":
                    self._inline(paragraph, node.children, look._replace(is_emphasised=True))
                case "link":
                    self._link(paragraph, node, look)
                case "picture":
                    self._picture(paragraph, node)
                case "footnote_ref":
                    self._mark(paragraph, node)

    def _run(self, paragraph: Paragraph, text: str, look: Look) -> None:
        # Where its fonts are missing, Word would break an amount between its digits sooner than at such a space.
        run = paragraph.add_run(text.replace(NO_BREAK_SPACE, " "))
        if look.is_bold:
            run.bold = True
        if look.is_emphasised:
            self._emphasise(run)
        if look.is_code:
            run.font.name = "Consolas"
        if look.is_link:
            run.font.color.rgb = _LINK
            run.font.underline = True
        if not self._is_main_language:
            styles.speak(run._r.get_or_add_rPr(), self._language)

    def _emphasise(self, run: Run) -> None:
        """Chinese has no italics; it has dots below the characters."""
        if self._language == "en":
            run.italic = True
        else:
            run._r.get_or_add_rPr().append(parse_xml(f'<w:em {nsdecls("w")} w:val="underDot"/>'))

    def _link(self, paragraph: Paragraph, node: SyntaxTreeNode, look: Look) -> None:
        """Write a link; a footnote belongs to another part of the file, and has only its text."""
        if self._is_in_note:
            self._inline(paragraph, node.children, look)
            return
        address = str(node.attrs["href"])
        if address.startswith("#"):
            target = {qn("w:anchor"): f"heading_{self._bookmarks[address[1:]]}"}
        else:
            target = {qn("r:id"): paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)}
        before = len(paragraph._p)
        self._inline(paragraph, node.children, look._replace(is_link=True))
        link = OxmlElement("w:hyperlink", target)
        link.extend(list(paragraph._p)[before:])
        paragraph._p.append(link)

    def _picture(self, paragraph: Paragraph, node: SyntaxTreeNode) -> None:
        """Write a chart, no wider than there is room."""
        drawn = paragraph.add_run().add_picture(BytesIO(self._pictures[node.meta["path"]]))
        widest = min(self._room, _WIDEST_PICTURE)
        if drawn.width > widest:
            drawn.height = Length(int(drawn.height * widest / drawn.width))
            drawn.width = Length(widest)
        properties = drawn._inline.docPr
        properties.set("descr", node.content)

    def _mark(self, paragraph: Paragraph, node: SyntaxTreeNode) -> None:
        """Write a footnote's mark: the first makes the footnote, the others only say its number."""
        key = node.meta["id"]
        if key in self._numbers or self._is_in_note:
            run = paragraph.add_run(str(self._numbers.get(key, "*")))
            run.font.superscript = True
            return
        self._numbers[key] = self._notes.count + 1
        self._notes.add(paragraph, self._note_paragraphs(self._footnotes[key]))

    def _note_paragraphs(self, node: SyntaxTreeNode) -> list[Paragraph]:
        """Write a footnote's text at the end of the document and return it; what is no paragraph becomes one."""
        self._is_in_note = True
        inlines = [each for each in node.walk() if each.type == "inline"]
        paragraphs = [self._add_paragraph(styles.FOOTNOTE) for _ in inlines or [node]]
        for paragraph, inline in zip(paragraphs, inlines, strict=False):
            self._inline(paragraph, inline.children)
        self._is_in_note = False
        return paragraphs


def _set_widths(table: Table, room: Length, paper: Layout) -> None:
    for column, share in zip(table.columns, paper.shares, strict=True):
        column.width = Length(int(room * paper.width * share))


def _keep_together(row: _Row, *, is_header: bool) -> None:
    """Keep a row in one piece; repeat a header on each page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))


def _set_look(table: Table, has_header: bool) -> None:
    """Say which of the style's special looks a table has: its header's, or none."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    value = "0620" if has_header else "0600"
    properties.append(OxmlElement("w:tblLook", {qn("w:val"): value, qn("w:firstRow"): str(int(has_header))}))
