"""The formats of `check` by name; each is imported only when it is asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coopctl.output.check.format import CheckFormat
    from coopctl.output.terminal import Paper

CHECK_FORMATS: Final = ("full", "concise", "json", "github", "junit", "markdown")


def check_format(name: str, paper: "Paper") -> "CheckFormat":
    """Return a format that starts afresh."""
    module = import_module(f"coopctl.output.check.{name}")
    made: CheckFormat = getattr(module, name.capitalize())(paper)
    return made
