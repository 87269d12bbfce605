"""Canonical values as people read them."""

from typing import Any

_LONGEST = 300


def wording(value: Any) -> str:
    """Write a value in one line; empty for nothing."""
    text = _written(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_nested(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(_nested(each) for each in value)
    return " ".join(str(value).split())


def _nested(value: Any) -> str:
    text = _written(value)
    return f"({text})" if isinstance(value, dict | list) and len(value) > 1 else text
