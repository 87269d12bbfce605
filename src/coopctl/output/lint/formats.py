"""The formats of `lint` by name; each is imported only when it is asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coopctl.lint.engine import Linted
    from coopctl.lint.summary import LintSummary
    from coopctl.output.format import Format
    from coopctl.output.terminal import Paper

LINT_FORMATS: Final = ("full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown")


def lint_format(name: str, paper: "Paper") -> "Format[Linted, LintSummary]":
    """Return a format that starts afresh."""
    module, _, variant = name.partition("_")
    made: type[Format[Linted, LintSummary]] = getattr(
        import_module(f"coopctl.output.lint.{module}"), module.capitalize() + variant.capitalize()
    )
    return made(paper)
