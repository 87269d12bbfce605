"""How many columns text takes where all letters have the same width."""

import unicodedata


def cell_width(text: str) -> int:
    """Columns that text takes on a terminal; East Asian wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
