"""How values are written as YAML."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from coopctl.quoted import Quoted


class Plain(str):
    """A value that is written without quotes, whatever it looks like: a number, a date, a period, a percentage."""

    __slots__ = ()


class Entry(dict[str, "Value"]):
    """A mapping that is written in braces on one line where that is short enough, such as a recorded figure."""


Value = str | Mapping[str, "Value"] | Sequence["Value"]
"""What can be written: text, `Plain`, `Entry`, a mapping that is written as a block, or a list."""

_MOST_COLUMNS: Final = 110
_OTHER_MEANINGS: Final = frozenset({"", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_PLAIN_TEXT: Final = re.compile(r"[^\W\d_](?:[\w ./()%+=$&*@;!…—–，。、；（）《》“”-]*[\w.)%+!…。）》”])?")
"""Begins with a letter and has no sign that means something to YAML, so that every reader takes it for text.

A question mark is such a sign to some readers: before a bracket that ends a mapping they take it for a key.
"""
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_ID: Final = re.compile(r"[\w][\w-]*")


def scalar(text: str, quote: str = "") -> str:
    """Write a value so that every reader of YAML takes it for what it is; `quote` for files that quote everything."""
    if isinstance(text, Plain) and (not quote or is_number(text)):
        return str(text)
    is_plain = not isinstance(text, Quoted) and _PLAIN_TEXT.fullmatch(text) and text.casefold() not in _OTHER_MEANINGS
    return text if is_plain and not quote and "  " not in text else quoted(text)


def is_number(text: str) -> bool:
    """Whether a value is a number as the language writes them: in quotes it would be none."""
    return _NUMBER.fullmatch(text) is not None


def key(text: str, quote: str = "") -> str:
    """Write a key; ids and periods need no quotes."""
    is_plain = (_ID.fullmatch(text) or _PLAIN_TEXT.fullmatch(text)) and text.casefold() not in _OTHER_MEANINGS
    return text if is_plain and not quote else quoted(text)


def quoted(text: str) -> str:
    """Write text in double quotes, with an escape for whatever cannot be seen."""
    return "".join(each if each.isprintable() else _escape(each) for each in json.dumps(text, ensure_ascii=False))


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def flow(value: Value, quote: str = "") -> str:
    """Write a value on one line, mappings and lists in brackets."""
    if isinstance(value, str):
        return scalar(value, quote)
    entries = ", ".join(entries_in_flow(value, quote))
    return f"{{{entries}}}" if isinstance(value, Mapping) else f"[{entries}]"


def entries_in_flow(value: Value, quote: str = "") -> list[str]:
    """Write each entry of a mapping or list as it stands in its brackets."""
    if isinstance(value, Mapping):
        return [f"{key(name, quote)}: {flow(each, quote)}" for name, each in value.items()]
    return [flow(each, quote) for each in value]


def block(value: Value, margin: int) -> Iterator[str]:
    """Yield the lines of a mapping or list as a block, without their margin; `margin` is how wide that will be."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _under(f"{key(name)}:", each, margin)
    elif not isinstance(value, str):
        for each in value:
            first, *rest = [flow(each)] if stands_in_line(each, margin + 2) else list(block(each, margin + 2))
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)


def _under(name: str, value: Value, margin: int) -> Iterator[str]:
    if stands_in_line(value, margin + len(name) + 1):
        yield f"{name} {flow(value)}"
        return
    yield name
    yield from (f"  {line}" for line in block(value, margin + 2))


def stands_in_line(value: Value, column: int) -> bool:
    """Whether a value is written on the line of its key."""
    if isinstance(value, str) or not value:
        return True
    is_short = column + len(flow(value)) <= _MOST_COLUMNS
    if isinstance(value, Mapping):
        return isinstance(value, Entry) and is_short
    return all(isinstance(each, str) for each in value) and is_short
