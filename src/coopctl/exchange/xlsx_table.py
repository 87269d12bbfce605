"""Reads tables from XLSX, as strictly as money needs: by the text of the XML, streamed, within limits.

A library that builds a tree of the XML takes gigabytes for a small hostile file, hands numbers over as floats, and does
not tell a formula without a computed value from an empty cell. What is read here is little: names of sheets, shared
texts, which formats are dates, and the cells.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple
from xml.parsers import expat

from coopctl import limits
from coopctl.errors import CoopctlError
from coopctl.exchange.mapping import Mapping
from coopctl.exchange.tables import Record, Table, table_of
from coopctl.exchange.xlsx_numbers import BUILT_IN, Form, form_of
from coopctl.exchange.xlsx_sheet import Attributes, SheetReader, UnusableError

OWN_SHEET: Final = "figures"
"""The sheet that is read where none is named and several are there, as in what `export` writes."""
_ENTRY: Final = b"PK\x01\x02"
_ERRORS: Final = (zipfile.BadZipFile, zlib.error, expat.ExpatError, KeyError, EOFError, NotImplementedError, OSError)


def read_xlsx(path: str, content: bytes, mapping: Mapping) -> Table:
    """Read a table; raises `CoopctlError` where it cannot be read as a whole."""
    try:
        workbook = _Workbook(content)
        records = workbook.records(mapping.sheet)
    except UnusableError as error:
        raise CoopctlError(f"{path}: {error}") from None
    except (*_ERRORS, RuntimeError, ValueError) as error:
        raise CoopctlError(f"{path}: is no workbook that can be read ({error}); save it again as .xlsx") from None
    return table_of(path, records, mapping.header, frozenset(mapping.skip), exact_width=False)


class _Sheet(NamedTuple):
    name: str
    part: str


class _Workbook:
    """The parts of a workbook, each read as it is needed."""

    def __init__(self, content: bytes) -> None:
        if content.count(_ENTRY) > limits.XLSX_PARTS:  # counted before anything is built from them
            raise UnusableError(f"a workbook with more than {limits.XLSX_PARTS:,} parts")
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        infos = self._zip.infolist()
        if sum(info.file_size for info in infos) > limits.XLSX_BYTES:
            raise UnusableError(f"larger than {limits.XLSX_BYTES:,} bytes unzipped; save the one sheet by itself")
        if len({info.filename for info in infos}) < len(infos):
            raise UnusableError("two parts of the workbook have one name; save it again as .xlsx")
        if any(info.flag_bits & 1 for info in infos):
            raise UnusableError("is encrypted; save it without a password")
        self._elements = 0
        self._dated_from_1904 = False
        self._main = self._related("_rels/.rels", "", "/officeDocument").get("*", "xl/workbook.xml")
        folder, name = str(PurePosixPath(self._main).parent), PurePosixPath(self._main).name
        self._relations = f"{folder}/_rels/{name}.rels"
        self._folder = folder

    def _related(self, part: str, folder: str, kind: str) -> dict[str, str]:
        """Return the parts that a part names of a kind, by id; `*` is the first one."""
        found: dict[str, str] = {}

        def relation(name: str, given: Attributes) -> None:
            if name != "Relationship" or given.get("TargetMode") == "External":
                return
            if given.get("Type", "").endswith(kind):
                target = given.get("Target", "")
                place = target[1:] if target.startswith("/") else f"{folder}/{target}" if folder else target
                found.setdefault("*", place)
                found[given.get("Id", "")] = place

        self._read(part, relation)
        return found

    def _read(
        self, part: str, start: Callable[[str, Attributes], None], end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:  # fmt: skip
        """Read a part's XML, whatever its namespaces; declarations of entities are refused."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True

        depth = 0

        def begin(name: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            if depth > limits.NESTING:
                raise UnusableError(f"its XML is nested deeper than {limits.NESTING} levels; save it again as .xlsx")
            self._elements += 1
            if self._elements > limits.XLSX_ELEMENTS:
                raise UnusableError(f"more than {limits.XLSX_ELEMENTS:,} pieces of XML; save the one sheet by itself")
            start(_local(name), {_local(key): value for key, value in attributes.items()} if attributes else attributes)

        def finish(name: str) -> None:
            nonlocal depth
            depth -= 1
            if end is not None:
                end(_local(name))

        parser.StartElementHandler = begin
        parser.EndElementHandler = finish
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_entities
        with self._zip.open(part) as file:
            parser.ParseFile(file)

    def records(self, wanted: str | None) -> list[Record]:
        """Return the rows of a sheet, in order."""
        sheet = self._sheet(wanted)
        reader = SheetReader(self._texts(), *self._formats())
        self._read(sheet.part, reader.start, reader.end, reader.text)
        return list(reader.records())

    def _sheet(self, wanted: str | None) -> _Sheet:
        parts = self._related(self._relations, self._folder, "/worksheet")
        sheets: list[_Sheet] = []

        def found(name: str, given: Attributes) -> None:
            if name == "workbookPr":
                self._dated_from_1904 = given.get("date1904") in ("1", "true")
            if name == "sheet" and given.get("id") in parts:
                sheets.append(_Sheet(given.get("name", ""), parts[given["id"]]))

        self._read(self._main, found)
        if wanted is None and len(sheets) > 1:
            wanted = next((sheet.name for sheet in sheets if sheet.name == OWN_SHEET), None)
            if wanted is None:
                raise UnusableError(
                    f"has the sheets {_named(sheets)}; say in a mapping file (--mapping) which: sheet: {sheets[0].name}"
                )
        for sheet in sheets:
            if wanted in (None, sheet.name):
                return sheet
        raise UnusableError(f"has no sheet {wanted!r}; there are {_named(sheets)}" if sheets else "has no sheet")

    def _texts(self) -> list[str]:
        part = self._related(self._relations, self._folder, "/sharedStrings").get("*")
        if part is None:
            return []
        reader = _TextReader()
        self._read(part, reader.start, reader.end, reader.text)
        return reader.texts

    def _formats(self) -> tuple[list[Form], date]:
        """Return what the styles of cells make of numbers, and the day that dates are counted from."""
        part = self._related(self._relations, self._folder, "/styles").get("*")
        own: dict[str, str] = {}
        forms: list[Form] = []
        of_cells = False

        def start(name: str, given: Attributes) -> None:
            nonlocal of_cells
            if name == "numFmt":
                own[given.get("numFmtId", "")] = given.get("formatCode", "")
            elif name == "cellXfs":
                of_cells = True
            elif name == "xf" and of_cells:
                number = given.get("numFmtId", "0")
                forms.append(form_of(own[number]) if number in own else BUILT_IN.get(number, Form()))

        def end(name: str) -> None:
            nonlocal of_cells
            of_cells = of_cells and name != "cellXfs"

        if part is not None:
            self._read(part, start, end)
        return forms, date(1904, 1, 1) if self._dated_from_1904 else date(1899, 12, 30)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _named(sheets: list[_Sheet]) -> str:
    return ", ".join(sheet.name for sheet in sheets[:10]) + (" …" if len(sheets) > 10 else "")


def _refuse_entities(*_: Any) -> None:
    raise UnusableError("its XML declares a document type, which no workbook needs; save it again as .xlsx")


class _TextReader:
    """Collects shared texts: all their runs, without the readings above Chinese characters."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._in_text = self._in_reading = False

    def start(self, name: str, _: Attributes) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._in_reading = True
        elif name == "t":
            self._in_text = not self._in_reading

    def end(self, name: str) -> None:
        if name == "si":
            self.texts.append("".join(self._pieces))
        elif name == "rPh":
            self._in_reading = False
        elif name == "t":
            self._in_text = False

    def text(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)
