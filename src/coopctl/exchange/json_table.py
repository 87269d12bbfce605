"""Reads tables from JSON: a list of objects, numbers by their own text."""

import json
import re
from decimal import Decimal
from typing import Any, Final

from coopctl import limits
from coopctl.errors import CoopctlError
from coopctl.exchange.mapping import Mapping
from coopctl.exchange.tables import EMPTY, Cell, Row, Table, text_cell

_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', re.DOTALL)
_NUMBER: Final = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,2})?")
OWN_RECORDS: Final = "figures"
"""Where the records are in what `export` writes."""


class _Number(str):
    """A number as the file writes it."""

    __slots__ = ()


class _UnusableError(Exception):
    """What JSON readers usually let pass."""


def read_json(path: str, content: bytes, mapping: Mapping) -> Table:
    """Read a table; raises `CoopctlError` where it cannot be read as a whole."""
    records = _records(path, _data(path, content), mapping.records)
    if len(records) > limits.CSV_ROWS:
        raise CoopctlError(f"{path}: more than {limits.CSV_ROWS:,} records; split the file")
    header: dict[str, None] = {}
    rows: list[Row] = []
    for number, record in enumerate(records, 1):
        if number in mapping.skip:
            continue
        if isinstance(record, dict):
            header |= dict.fromkeys(record)
            rows.append(Row(number, {name: _cell(value) for name, value in record.items()}))
        else:
            rows.append(Row(number, {}, "not an object with names and values"))
    return Table(path, tuple(header), tuple(rows))


def _data(path: str, content: bytes) -> Any:
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
        _hold_depth(text)
        return json.loads(
            text, parse_float=_Number, parse_int=_Number, parse_constant=_no_number, object_pairs_hook=_object
        )
    except UnicodeDecodeError as error:
        raise CoopctlError(f"{path}: not UTF-8 at byte {error.start:,}; JSON is") from None
    except json.JSONDecodeError as error:
        raise CoopctlError(f"{path}:{error.lineno}:{error.colno}: not JSON: {error.msg}") from None
    except _UnusableError as error:
        raise CoopctlError(f"{path}: {error}") from None


def _hold_depth(text: str) -> None:
    depth = 0
    for token in _TOKEN.finditer(text):
        if token.group() in "[{":
            depth += 1
            if depth > limits.NESTING:
                raise _UnusableError(f"nested deeper than {limits.NESTING} levels")
        elif token.group() in "]}":
            depth -= 1


def _no_number(text: str) -> Any:
    raise _UnusableError(f"{text} is no number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _UnusableError(f"an object has {twice!r} twice; keep one of them")
    return found


def _records(path: str, data: Any, place: str | None) -> list[Any]:
    if place is None and isinstance(data, dict):
        place = OWN_RECORDS
    for step in place.split(".") if place else ():
        if not isinstance(data, dict) or step not in data:
            raise CoopctlError(f"{path}: nothing is called {step!r}; say where the records are: records: data.figures")
        data = data[step]
    if not isinstance(data, list):
        raise CoopctlError(f"{path}: no list of records there; say where it is: records: data.figures")
    return data


def _cell(value: Any) -> Cell:
    if value is None:
        return EMPTY
    if isinstance(value, _Number):
        if not _NUMBER.fullmatch(value):
            return Cell(f"the number {value[:40]} has more digits than are read", "fault")
        return Cell(f"{Decimal(value):f}", "number")
    if isinstance(value, bool):
        return Cell("true and false are no figures", "fault")
    if isinstance(value, str):
        return text_cell(value)
    return Cell("a list or an object is no figure", "fault")
