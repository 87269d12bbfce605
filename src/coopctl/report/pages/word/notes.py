"""Word's own footnotes, which python-docx can not write yet."""

from typing import Final

from docx.document import Document
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement
from docx.text.paragraph import Paragraph

_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RAISED: Final = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_LINES: Final = (("-1", "separator"), ("0", "continuationSeparator"))
"""The lines that Word draws above footnotes, and above those that go on from the page before."""


class Notes:
    """The footnotes of a document, numbered from 1."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for number, kind in _LINES:
            line = f'<w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:{kind}/></w:r></w:p>'
            self._root.append(
                parse_xml(f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{number}">{line}</w:footnote>')
            )
        self.count = 0

    def add(self, mark_in: Paragraph, paragraphs: list[Paragraph]) -> None:
        """Add a footnote with its mark; its paragraphs are taken from where they stand in the document."""
        self.count += 1
        mark = f'<w:r {nsdecls("w")}>{_RAISED}<w:footnoteReference w:id="{self.count}"/></w:r>'
        mark_in._p.append(parse_xml(mark))
        note = OxmlElement("w:footnote", {qn("w:id"): str(self.count)})
        for paragraph in paragraphs:
            note.append(paragraph._p)
        number = parse_xml(f"<w:r {nsdecls('w')}>{_RAISED}<w:footnoteRef/></w:r>")
        space = parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve"> </w:t></w:r>')
        for place, run in enumerate((number, space), start=1 if paragraphs[0]._p.pPr is not None else 0):
            paragraphs[0]._p.insert(place, run)
        self._root.append(note)

    def write(self) -> None:
        """Put the footnotes into the document, if there are any."""
        if not self.count:
            return
        blob = serialize_part_xml(self._root)
        part = Part(PackURI("/word/footnotes.xml"), _CONTENT, blob, self._document.part.package)
        self._document.part.relate_to(part, _KIND)
        known = "".join(f'<w:footnote w:id="{number}"/>' for number, _ in _LINES)
        settings = self._document.settings.element
        compat = settings.find(qn("w:compat"))
        element = parse_xml(f"<w:footnotePr {nsdecls('w')}>{known}</w:footnotePr>")
        if compat is None:
            settings.append(element)
        else:
            compat.addprevious(element)
