"""A file taken apart into pieces that know nothing of where they stood: keys, values as they are written, comments."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Comment(NamedTuple):
    """One comment, from its # on."""

    text: str
    column: int
    """How far it stood to the right, from 0."""
    gap: int
    """How many blanks stood before it on its line."""


Remark = Comment | None
"""A line of its own between entries: a comment, or None for an empty line."""


@dataclass(frozen=True, slots=True)
class Words:
    """A value as it is written: a scalar, an alias, brackets on one line; empty for nothing."""

    text: str
    is_tied: bool = False


@dataclass(frozen=True, slots=True)
class Literal:
    """A block of text below its sign."""

    header: str
    lines: list[str]
    """Without the margin; blanks beyond it are content."""
    is_tied: bool = False

    @property
    def margin(self) -> int:
        """How far the lines stand to the right of the block that they are in."""
        return int(next((each for each in self.header if each.isdigit()), "2"))

    @property
    def keeps_its_end(self) -> bool:
        """Whether empty lines after it would become part of it."""
        return "+" in self.header


class Token(NamedTuple):
    """A piece of what stands in brackets."""

    text: str
    is_sign: bool
    """Whether it is a bracket, a comma, a colon or a question mark, and no part of a value."""


@dataclass(slots=True)
class FlowLine:
    """One line of brackets that go over several."""

    tokens: list[Token] = field(default_factory=list)
    comment: Comment | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands on it."""
        return not self.tokens and self.comment is None


@dataclass(frozen=True, slots=True)
class Flow:
    """Brackets that go over several lines."""

    lines: list[FlowLine]

    @property
    def is_tied(self) -> bool:
        """Whether an anchor or an alias is in it."""
        return any(token.text[0] in "&*" for line in self.lines for token in line.tokens)


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item of a list."""

    name: str | int
    """The key as it is read; an item's number."""
    key: str | None
    """The key as it is written; None in a list."""
    above: list[Remark]
    anchor: str = ""
    beside: Comment | None = None
    """The comment beside the key, where the value begins on a later line."""
    lead: list[Remark] = field(default_factory=list)
    """Comments between the key and a value that is no block."""
    is_below: bool = False
    """Whether the value begins on a line of its own."""
    value: "Words | Literal | Flow | Block" = field(default_factory=lambda: Words(""))
    after: Comment | None = None
    """The comment beside the value: at its end, or beside the sign of a block of text."""

    @property
    def is_tied(self) -> bool:
        """Whether an anchor or an alias is in it, so that what comes before and after it matters."""
        return bool(self.anchor) or (self.key or "").startswith("&") or self.value.is_tied


@dataclass(slots=True)
class Block:
    """A mapping or list that is written on lines of its own."""

    header: list[Remark]
    """Comments at its top that are about the whole."""
    entries: list[Entry]
    below: list[Remark]
    """Comments at its end."""

    @property
    def is_tied(self) -> bool:
        """Whether an anchor or an alias is in it."""
        return any(entry.is_tied for entry in self.entries)


@dataclass(slots=True)
class Document:
    """A whole file."""

    prolog: list[str]
    """Comments, `%YAML` and `---` before it."""
    root: Entry
    epilog: list[str]
    """`...` and what comes after it."""
    comments: list[str]
    """All comments, in the order of the file."""
