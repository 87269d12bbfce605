"""Lists of a Word file: each counts for itself."""

from typing import Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Twips
from docx.text.paragraph import Paragraph

DEEPEST: Final = 8
"""Word has nine levels."""
_STEP: Final = 360
"""How far each level stands in, in twentieths of a point."""
_BULLETS: Final = ("•", "◦", "▪")


class Lists:
    """The lists of a document, beside those that its styles have."""

    def __init__(self, document: Document) -> None:
        self._root: BaseOxmlElement = document.part.numbering_part.element
        self._kinds = 1 + max(
            int(each.get(qn("w:abstractNumId"), 0)) for each in self._root.findall(qn("w:abstractNum"))
        )
        self._lists = 1 + max(int(each.get(qn("w:numId"), 0)) for each in self._root.findall(qn("w:num")))

    def new(self, *, ordered: bool, start: int = 1, mark: str = ".") -> int:
        """Begin a list and return its number."""
        levels = "".join(_level(level, ordered=ordered, start=start, mark=mark) for level in range(DEEPEST + 1))
        kind = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self._kinds}">{levels}</w:abstractNum>'
        number = f'<w:num {nsdecls("w")} w:numId="{self._lists}"><w:abstractNumId w:val="{self._kinds}"/></w:num>'
        # Word wants all kinds before all lists.
        first_list = self._root.find(qn("w:num"))
        assert first_list is not None
        first_list.addprevious(parse_xml(kind))
        self._root.append(parse_xml(number))
        self._kinds += 1
        self._lists += 1
        return self._lists - 1

    @staticmethod
    def put(paragraph: Paragraph, number: int, level: int) -> None:
        """Make a paragraph an item of a list."""
        item = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        item.get_or_add_ilvl().val = min(level, DEEPEST)
        item.get_or_add_numId().val = number

    @staticmethod
    def continue_item(paragraph: Paragraph, level: int) -> None:
        """Let a paragraph stand in as far as the item that it belongs to."""
        paragraph.paragraph_format.left_indent = Twips(_STEP * (min(level, DEEPEST) + 1))


def _level(level: int, *, ordered: bool, start: int, mark: str) -> str:
    form, text = ("decimal", f"%{level + 1}{mark}") if ordered else ("bullet", _BULLETS[level % len(_BULLETS)])
    indent = f'<w:ind w:left="{_STEP * (level + 1)}" w:hanging="{_STEP}"/>'
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start if ordered else 1}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{indent}</w:pPr></w:lvl>'
    )
