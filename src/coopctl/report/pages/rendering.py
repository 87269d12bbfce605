"""A report in one language, before it becomes a document."""

from typing import NamedTuple


class Rendering(NamedTuple):
    """A report in one language."""

    language: str
    """One of `coopctl.languages.LANGUAGES`."""
    title: str
    text: str
    """Markdown."""
