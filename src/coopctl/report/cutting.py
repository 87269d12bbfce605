"""Cuts a report to the size of a comment, between two blocks, with a note."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

LARGEST: Final = 60_000
"""Characters; GitHub refuses comments of more than 65,536."""

_FENCE: Final = "```"
_DEFINITION: Final = re.compile(r"\[\^([^\]]+)\]: ")
_MARK: Final = re.compile(r"\[\^([^\]]+)\]")


def fitting(text: str, note: str, room: int = LARGEST) -> str:
    """Return a report of at most `room` characters: its first blocks, a note, and the footnotes that they refer to."""
    if len(text) <= room:
        return text
    blocks = list(_blocks(text))
    definitions = {match[1]: line for block in blocks for line in block if (match := _DEFINITION.match(line))}
    kept: list[Sequence[str]] = []
    used: set[str] = set()
    left = room - len(note) - len("\n> \n")
    for block in blocks:
        fresh = set(_MARK.findall("\n".join(block))) & definitions.keys() - used
        size = _size(block) + sum(len(definitions[each]) + 1 for each in fresh)
        if size > left or _DEFINITION.match(block[0]):
            break
        left -= size
        used |= fresh
        kept.append(block)
    while kept and kept[-1][0].startswith("#"):
        kept.pop()
    shown = [*kept, [f"> {note}"], *([[line for key, line in definitions.items() if key in used]] if used else [])]
    return "\n\n".join("\n".join(block) for block in shown) + "\n"


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the lines of each block; a fenced one is whole, whatever lines it has."""
    fenced = False
    numbered = []
    number = 0
    for line in text.split("\n"):
        if line.startswith(_FENCE):
            fenced = not fenced
        if not line and not fenced:
            number += 1
        else:
            numbered.append((number, line))
    for _, lines in groupby(numbered, key=lambda pair: pair[0]):
        yield [line for _, line in lines]


def _size(block: Sequence[str]) -> int:
    return sum(len(line) + 1 for line in block) + 1
