"""What templates are called."""

from typing import Final

ENDING: Final = ".j2"
"""How the file of a template ends."""
STANDARD: Final = "standard/"
"""Names that begin so are coopctl's own templates, whatever a user has."""
START: Final = "--template"
"""Name of the template that is named on the command line, wherever its file is."""


def template_of(kind: str) -> str:
    """Return the name of the template of a kind of report."""
    return f"{kind}.md{ENDING}"
