"""JSON Schemas as coopctl prints them, and what they say about data."""

import json
from datetime import date
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from ruamel.yaml import YAML

from tests.conftest import Coopctl


def schema(coopctl: Coopctl, name: str) -> dict[str, Any]:
    """Return a schema as it is printed; it is one of JSON Schema 2020-12."""
    ended = coopctl("schema", name)
    assert (ended.code, ended.err) == (0, "")
    found = json.loads(ended.out)
    assert isinstance(found, dict)
    _check(ended.out)
    return found


@cache
def _check(text: str) -> None:
    """Raise an error if this is no schema; once for a text, for that takes far longer than to print it."""
    Draft202012Validator.check_schema(json.loads(text))


def problems(coopctl: Coopctl, name: str, data: object) -> list[str]:
    """Return what a schema finds wrong with data; dates are checked too."""
    validator = Draft202012Validator(schema(coopctl, name), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [str(error.message) for error in validator.iter_errors(data)]


def problems_of_yaml(coopctl: Coopctl, name: str, text: str) -> list[str]:
    """Return what a schema finds wrong with the text of a YAML file."""
    return problems(coopctl, name, as_json(YAML(typ="safe").load(text)))


def as_json(value: object) -> object:
    """Return YAML data as JSON has it: dates as text, keys as text."""
    if isinstance(value, dict):
        return {as_key(key): as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def as_key(key: object) -> str:
    """Return a key as JSON has it."""
    return key.isoformat() if isinstance(key, date) else str(key)
