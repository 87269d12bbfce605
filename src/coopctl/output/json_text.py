"""JSON that is harmless wherever it is printed."""

import json
import re
from typing import Any

from coopctl.output.terminal import HARMFUL


def json_text(data: Any, indent: int | None = None) -> str:
    """Write data as JSON: readable in any script, but no character or word in it steers a terminal or a CI log."""
    return harmless_json(json.dumps(data, ensure_ascii=False, indent=indent))


def harmless_json(text: str) -> str:
    """Write what could steer a terminal or a CI log as escapes; what the JSON says stays the same."""
    if "##[" in text:
        text = text.replace("##[", r"##\u005b")
    return text if text.isascii() else re.sub(HARMFUL, _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    return character if character == "\n" else json.dumps(character)[1:-1]
