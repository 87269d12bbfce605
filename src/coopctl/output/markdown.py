"""Text from files inside Markdown: it stays text."""

import re

from coopctl.output.terminal import clean

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "@": "&#64;", "`": "&#96;"}


def escaped(text: str) -> str:
    """Write text so that Markdown shows it as it is: no cell border, link, HTML, mention or heading comes of it."""
    return _ACTIVE.sub(lambda match: _HTML.get(match.group(), f"\\{match.group()}"), clean(text))


_ACTIVE = re.compile(r"[\\`*_\[\]<>~&$@|#]|(?<=[a-z]):(?=//)|(?<=www)\.|!(?=\[)")


def row(cells: list[str]) -> str:
    """Write one table row; the cells are escaped already."""
    return "| " + " | ".join(cells) + " |"


def table(header: list[str], align: str, rows: list[list[str]]) -> list[str]:
    """Write a table; `align` has l or r per column."""
    rule = [":--" if side == "l" else "--:" for side in align]
    return [row(header), row(rule), *(row(cells) for cells in rows)]
