"""What a page of the manual consists of, read from a rule's docstring or from the text about a fault at reading."""

import re
from inspect import cleandoc
from textwrap import dedent
from typing import Final, NamedTuple

_SECTION: Final = re.compile(r"^(Why|Bad|Good|Remedy):", re.MULTILINE)


class Manual(NamedTuple):
    """One page; what is not on it is empty."""

    what: str
    """What is wrong, in one sentence."""
    why: str
    """What will hurt later."""
    bad: str
    """An excerpt of a file that has the fault."""
    good: str
    """The same without it."""
    remedy: str
    """What to do where no excerpt can show it."""


def manual_of(text: str) -> Manual:
    """Read a page: its first paragraph, and the sections that begin with `Why:`, `Bad:`, `Good:` or `Remedy:`."""
    what, *rest = _SECTION.split(cleandoc(text))
    sections = dict(zip(rest[::2], rest[1::2], strict=True))
    return Manual(
        what=_joined(what),
        why=_joined(sections.get("Why", "")),
        bad=_excerpt(sections.get("Bad", "")),
        good=_excerpt(sections.get("Good", "")),
        remedy=_joined(sections.get("Remedy", "")),
    )


def _joined(lines: str) -> str:
    return " ".join(lines.split())


def _excerpt(lines: str) -> str:
    return dedent(lines).strip("\n ")
