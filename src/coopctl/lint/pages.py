"""The manual: one page for every kind of finding."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from coopctl import faults
from coopctl.errors import CoopctlError
from coopctl.findings import Kind
from coopctl.lint.selection import is_optional
from coopctl.lint.suppression_kinds import FIXABLE, SUPPRESSION_KINDS, SUPPRESSION_PAGES
from coopctl.model.names import did_you_mean
from coopctl.reading_manual import READING_PAGES
from coopctl.rules.catalogue import rules
from coopctl.rules.manual import Manual, manual_of


class Page(NamedTuple):
    """What there is to know about one kind of finding."""

    kind: Kind
    manual: Manual
    fixable: bool
    """Whether --fix can mend it."""
    optional: bool
    """Whether it can be ignored."""

    @property
    def suppressible(self) -> bool:
        """Whether a comment can suppress it."""
        return self.optional and self.kind not in SUPPRESSION_KINDS


@cache
def pages() -> tuple[Page, ...]:
    """Return all pages, sorted by code."""
    found = [Page(each.kind, manual_of(each.docstring), each.fixable, True) for each in rules()]
    for kind in (*SUPPRESSION_KINDS, *faults.ALL):
        text = SUPPRESSION_PAGES.get(kind.code) or READING_PAGES.get(kind.code, "")
        manual = manual_of(text)._replace(what=kind.meaning)
        found.append(Page(kind, manual, kind in FIXABLE, is_optional(kind)))
    return tuple(sorted(found))


def pages_called(name: str, known_pages: Sequence[Page]) -> list[Page]:
    """Return that of some pages which has a code or name, or those of a topic such as KPI.

    Raises `CoopctlError` for one that does not exist, with the nearest names.
    """
    for page in known_pages:
        if name in (page.kind.code, page.kind.name) or name.upper() == page.kind.code:
            return [page]
    of_topic = [page for page in known_pages if page.kind.code[:3] == name.upper()]
    if of_topic:
        return of_topic
    known = [page.kind.name if "-" in name else page.kind.code for page in known_pages]
    raise CoopctlError(f"no rule is called {name!r}; {_suggestion(name, known)}")


def _suggestion(name: str, known: list[str]) -> str:
    told = did_you_mean(name, known)
    return told if told.startswith("did") else "`coopctl rule --all` lists them"
