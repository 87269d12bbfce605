"""Reads tables from CSV, with whatever delimiter and encoding the mapping names."""

import codecs
import csv
import io
from collections.abc import Iterator

from coopctl.errors import CoopctlError
from coopctl.exchange.mapping import Mapping
from coopctl.exchange.tables import Record, Table, table_of, text_cell
from coopctl.formulas import plain_text


def read_csv(path: str, content: bytes, mapping: Mapping) -> Table:
    """Read a table; raises `CoopctlError` where it cannot be read as a whole."""
    text = _decoded(path, content, mapping.encoding)
    records = _records(path, text, mapping.delimiter or ("\t" if path.lower().endswith(".tsv") else ","))
    table = table_of(path, records, mapping.header, frozenset(mapping.skip), exact_width=True)
    if mapping.delimiter is None and len(table.header) == 1:
        for sign, name in ((";", "a semicolon"), ("\t", "a tab")):
            if sign in table.header[0]:
                written = '"\\t"' if sign == "\t" else f'"{sign}"'
                raise CoopctlError(
                    f"{path}: columns seem to be separated by {name}; "
                    f"say so in a mapping file (--mapping): delimiter: {written}"
                )
    return table


def _decoded(path: str, content: bytes, encoding: str | None) -> str:
    try:
        return content.decode(encoding or "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = f"the byte 0x{content[error.start]:02x} at {error.start:,}"
        if encoding is not None:
            raise CoopctlError(f"{path}: {place} is not {encoding}; correct `encoding` in the mapping") from None
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise CoopctlError(f"{path}: is UTF-16; say so in a mapping file (--mapping): encoding: utf-16") from None
        raise CoopctlError(
            f"{path}: {place} is not UTF-8; say what it is in a mapping file (--mapping), such as encoding: gb18030 "
            "for a CSV file of a Chinese Excel"
        ) from None


def _records(path: str, text: str, delimiter: str) -> Iterator[Record]:
    number = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            yield Record(number, [text_cell(plain_text(each)) for each in row])
    except csv.Error as error:
        raise CoopctlError(
            f"{path}: row {number + 1}: not readable as CSV: {error}; close every quote, and double a quote inside text"
        ) from None
