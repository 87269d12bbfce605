"""A whole Word file."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from coopctl.report.pages.markup import footer, harmless, parsed
from coopctl.report.pages.rendering import Rendering
from coopctl.report.pages.segments import segments
from coopctl.report.pages.word.lists import Lists
from coopctl.report.pages.word.notes import Notes
from coopctl.report.pages.word.styles import WORDS_LANGUAGES, lay, set_up, text_width, write_footer
from coopctl.report.pages.word.writer import Writer

_FIRST_DAY_OF_ZIP: Final = (1980, 1, 1, 0, 0, 0)


def written(renderings: Sequence[Rendering], pictures: Mapping[str, bytes]) -> bytes:
    """Return a Word file; each language, and each table that needs it, begins a new page."""
    document = docx.Document()
    set_up(document, renderings[0].language)
    lists, notes = Lists(document), Notes(document)
    for number, rendering in enumerate(renderings):
        writer = Writer(document, rendering.language, pictures, lists, notes, number)
        tokens = parsed(rendering.text, pictures)
        writer.read(tokens)
        for place, segment in enumerate(segments(tokens)):
            _begin_section(document, rendering, is_first=number == place == 0, on_its_side=segment.is_broad)
            writer.write(segment.tokens, text_width(on_its_side=segment.is_broad))
        writer.write_notes_left()
    notes.write()
    _describe(document, renderings)
    stream = BytesIO()
    document.save(stream)
    return _with_settled_times(stream)


def _begin_section(document: Document, rendering: Rendering, *, is_first: bool, on_its_side: bool) -> None:
    section = document.sections[0] if is_first else document.add_section(WD_SECTION.NEW_PAGE)
    lay(section, on_its_side=on_its_side)
    write_footer(section, footer(rendering.title), rendering.language, on_its_side=on_its_side)


def _describe(document: Document, renderings: Sequence[Rendering]) -> None:
    """Say what the file is, and nothing of when or by what it was made: the same report is the same file."""
    core = document.core_properties
    core.title = " / ".join(dict.fromkeys(harmless(rendering.title) for rendering in renderings))[:255]
    core.language = WORDS_LANGUAGES[renderings[0].language]
    core.author = core.comments = ""
    for name in ("dcterms:created", "dcterms:modified"):
        for element in core._element.findall(qn(name)):
            core._element.remove(element)
    package = document.part.package
    for key in [key for key, each in package.rels.items() if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del package.rels[key]
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _with_settled_times(stream: BytesIO) -> bytes:
    """Return a ZIP file's bytes with the same time for each part, which is else that of writing."""
    settled = BytesIO()
    with ZipFile(stream) as source, ZipFile(settled, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = ZipInfo(name, _FIRST_DAY_OF_ZIP)
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return settled.getvalue()
