"""The formats of `diff` by name; each is imported only when it is asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coopctl.changes.report import Compared, DiffSummary
    from coopctl.output.format import Format
    from coopctl.output.terminal import Paper

DIFF_FORMATS: Final = ("full", "concise", "json", "sarif", "github", "markdown")
CHANGELOG: Final = "changelog"
"""What `--changelog` writes instead."""


def diff_format(name: str, paper: "Paper") -> "Format[Compared, DiffSummary]":
    """Return a format that starts afresh."""
    module = import_module(f"coopctl.output.diff.{name}")
    made: type[Format[Compared, DiffSummary]] = getattr(module, name.capitalize())
    return made(paper)
