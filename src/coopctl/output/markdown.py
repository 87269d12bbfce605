"""Text from files inside Markdown: it stays text."""

import re

from coopctl.output.terminal import clean

ZERO_WIDTH_SPACE = "\u200b"
"""GitHub looks for names and numbers in the rendered text, where no escape is left."""

_SHOWN_AS = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",
    "`": "&#96;",
    ":": "&#58;",
    "@": f"@{ZERO_WIDTH_SPACE}",
    "#": f"\\#{ZERO_WIDTH_SPACE}",
}
_BREAKS = re.compile(r"[ \t]*(?:\r\n|[\n\r])\s*")
"""Text of several lines is one line here: a line's end would end a cell or a heading."""
_ACTIVE = re.compile(r"[\\`*_\[\]<>~&$@|#]|(?<=[a-z]):(?=//)|(?<=www)\.|!(?=\[)", re.IGNORECASE)
_AT_START = re.compile(r"^(\s*)(?:([-+=])(?=[\s=-]|$)|(\d+)([.)])(?=\s|$))")


def escaped(text: str) -> str:
    """Write text so that Markdown shows it as it is: no cell border, link, HTML, mention or list comes of it."""
    line = _BREAKS.sub(" ", text.strip())
    shown = _ACTIVE.sub(lambda match: _SHOWN_AS.get(match.group(), f"\\{match.group()}"), clean(line))
    return _AT_START.sub(_escaped_start, shown)


def _escaped_start(match: re.Match[str]) -> str:
    space, sign, number, mark = match.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{mark}"


def row(cells: list[str]) -> str:
    """Write one table row; the cells are escaped already."""
    return "| " + " | ".join(cells) + " |"


def table(header: list[str], align: str, rows: list[list[str]]) -> list[str]:
    """Write a table; `align` has l or r per column."""
    rule = [":--" if side == "l" else "--:" for side in align]
    return [row(header), row(rule), *(row(cells) for cells in rows)]
