"""One line for grep, editors and logs."""

from coopctl.findings import Location
from coopctl.output.terminal import Paper


def concise_line(paper: Paper, location: Location, code: str, message: str) -> str:
    """Write a place, a code and a message."""
    where = f"{location.path}:{location.line}:{location.column}"
    return f"{paper.paint(where, 'place')}: {paper.paint(code, 'bold')} {paper.paint(message)}"
