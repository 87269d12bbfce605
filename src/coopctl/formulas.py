"""Text in tables: what a spreadsheet would take for a formula is kept from being one."""

import re
from typing import Final

_FORMULA: Final = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r])")


def harmless_text(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain_text(text: str) -> str:
    """Take away the apostrophe that `harmless_text` puts before text."""
    return text[1:] if text[:1] == "'" and harmless_text(text[1:]) != text[1:] else text
