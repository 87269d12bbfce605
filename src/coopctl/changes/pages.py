"""The manual, with the pages about how a change is recorded and accepted."""

from functools import cache
from typing import Final

from coopctl.changes.approvals.kinds import APPROVAL_PAGES
from coopctl.changes.catalogue import CHANGES, OWN_FINDINGS
from coopctl.changes.change import Kind
from coopctl.changes.history import HISTORY_PAGES
from coopctl.lint.pages import Page
from coopctl.lint.pages import pages as lint_pages
from coopctl.revisions.conflicts import UNRESOLVED
from coopctl.rules.manual import manual_of

_UNRESOLVED: Final = """
    Why: Two people changed the same lines, and git left both versions for somebody to choose from. Until then there is
    no agreement to compare.

    Remedy: Keep the lines that hold, delete the three lines with the signs, and run git add on the file.
"""


@cache
def pages() -> tuple[Page, ...]:
    """Return the pages of all findings of all commands, sorted by code."""
    texts = {**HISTORY_PAGES, **APPROVAL_PAGES, UNRESOLVED.code: _UNRESOLVED}
    own = [
        Page(kind, manual_of(texts[kind.code])._replace(what=kind.meaning), fixable=False, optional=False)
        for kind in OWN_FINDINGS
    ]
    return tuple(sorted([*lint_pages(), *own]))


def kinds_of_change() -> tuple[Kind, ...]:
    """Return the whole catalogue of changes, sorted by code."""
    return tuple(sorted(CHANGES))


def kind_called(name: str) -> Kind | None:
    """Return the sort of change with a code or name; None where there is none."""
    return next((kind for kind in kinds_of_change() if name in kind[:2] or name.upper() == kind.code), None)
