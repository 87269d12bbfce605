"""The catalogues of `init` translate what it says, all of it and nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes
from ruamel.yaml import YAML

import coopctl.cli
from coopctl.output.templates import templates_folder
from coopctl.starting.wording import CATALOGUES

TEMPLATES = templates_folder() / "init"
COMMANDS = Path(coopctl.cli.__file__).parent
CODE = (*sorted(CATALOGUES.parent.glob("*.py")), COMMANDS / "init.py", COMMANDS / "questions.py")
SAYING = ("say", "AnswerError")

each_language = pytest.mark.parametrize("tag", ["zh-Hans", "zh-Hant"])


def said_in_templates() -> Iterator[str]:
    """Yield what templates say in their own words."""
    for path in sorted(TEMPLATES.glob("*.j2")):
        for call in Environment().parse(path.read_text("utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t" and isinstance(call.args[0], nodes.Const):
                yield call.args[0].value


def said_in_code() -> Iterator[str]:
    """Yield what the code says in its own words."""
    for path in CODE:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
                name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                if name in SAYING:
                    yield str(call.args[0].value)


def texts(data: object) -> Iterator[str]:
    """Yield every key and value."""
    if isinstance(data, dict):
        for key, each in data.items():
            yield str(key)
            yield from texts(each)
    elif isinstance(data, list):
        for each in data:
            yield from texts(each)
    else:
        yield str(data)


def held_by_kinds() -> set[str]:
    """Return what kinds say, among other things; that nothing of it lacks a translation shows where it is written."""
    paths = [*TEMPLATES.glob("kinds/*.yaml"), TEMPLATES / "common.yaml"]
    found = {text for path in paths for text in texts(YAML(typ="safe").load(path.read_text("utf-8")))}
    return found | {path.stem for path in paths}


def entries(tag: str) -> dict[str, Message]:
    """Return the entries of a catalogue by message."""
    with open(CATALOGUES / f"{tag}.po", encoding="utf-8") as file:
        return {str(message.id): message for message in read_po(file, abort_invalid=True) if message.id}


@each_language
def test_everything_that_is_said_is_translated(tag: str) -> None:
    found = entries(tag)
    assert sorted({*said_in_templates(), *said_in_code()} - found.keys()) == []
    assert [key for key, message in found.items() if not message.string or message.fuzzy] == []


@each_language
def test_nothing_is_translated_that_nobody_says(tag: str) -> None:
    assert sorted(entries(tag).keys() - {*said_in_templates(), *said_in_code()} - held_by_kinds()) == []


@each_language
def test_translations_fill_in_what_their_messages_do(tag: str) -> None:
    def filled_in(text: str) -> list[str]:
        return sorted(re.findall(r"%\((\w+)\)s|(%%)", text))

    assert [key for key, message in entries(tag).items() if filled_in(key) != filled_in(str(message.string))] == []


def test_traditional_chinese_is_not_the_mainlands() -> None:
    words = re.compile("線索|觸達|獲客|數據|閾值|台帳|質量|導出|自定義|續簽|信息|軟件|網絡")
    assert [text for each in entries("zh-Hant").values() if words.search(text := str(each.string))] == []
