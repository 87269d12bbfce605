"""The catalogues of the reports translate what is said, all of it and nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from coopctl.languages import LANGUAGES
from coopctl.model.scalars import DurationUnit
from coopctl.output.templates import templates_folder
from coopctl.report.speech import CATALOGUES

TEMPLATES = templates_folder() / "report"
CODE = CATALOGUES.parent
TRANSLATED = [tag for tag in LANGUAGES if tag != "en"]


def said_in_template(source: str) -> Iterator[str]:
    """Return every message that a template says."""
    for call in Environment().parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say":
            (message,) = call.args
            assert isinstance(message, nodes.Const), f"line {call.lineno}: say() takes a message, not an expression"
            yield message.value


def said_in_code(source: str) -> Iterator[str]:
    """Return every message that a module says, through the names and tables that hold it too."""
    tree = ast.parse(source)
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            held: dict[str, list[ast.expr]] = {}
            for each in ast.walk(function):
                if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
                    held.setdefault(each.targets[0].id, []).append(each.value)
            for each in ast.walk(function):
                if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "say":
                    yield from messages_of(each.args[0], held)


def messages_of(value: ast.expr, held: dict[str, list[ast.expr]]) -> Iterator[str]:
    """Return the texts that an expression can be."""
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from messages_of(body, held)
            yield from messages_of(other, held)
        case ast.Dict(values=values):
            for each in values:
                yield from messages_of(each, held)
        case ast.Subscript(value=table):
            yield from messages_of(table, held)
        case ast.JoinedStr(values=pieces):
            # The only piece that is filled in by code is a unit of time.
            for unit in DurationUnit:
                yield "".join(str(each.value) if isinstance(each, ast.Constant) else str(unit) for each in pieces)
        case ast.Name(id=name) if name in held:
            for each in held[name]:
                yield from messages_of(each, held)
        case _:
            raise AssertionError(f"line {value.lineno}: nothing is known of what {ast.unparse(value)} says")


def all_said() -> set[str]:
    """Return every message of the templates and of the code."""
    templates = (said_in_template(path.read_text(encoding="utf-8")) for path in sorted(TEMPLATES.rglob("*.j2")))
    code = (said_in_code(path.read_text(encoding="utf-8")) for path in sorted(CODE.rglob("*.py")))
    return {message for messages in (*templates, *code) for message in messages}


def entries(tag: str) -> dict[str, Message]:
    """Return the entries of a catalogue by message."""
    with open(CATALOGUES / f"{tag}.po", encoding="utf-8") as file:
        return {str(message.id): message for message in read_po(file, abort_invalid=True) if message.id}


def placeholders(text: str) -> list[str]:
    """Return the names that are filled in, in order of name."""
    return sorted(re.findall(r"%\((\w+)\)s", text))


def test_both_kinds_of_source_are_read() -> None:
    """A message of a template, and one that code holds in a name."""
    assert {"Overview", "H1 %(year)s"} <= all_said()


@pytest.mark.parametrize("tag", TRANSLATED)
def test_everything_that_is_said_is_translated(tag: str) -> None:
    """No message is left in English, and no translation waits for a check."""
    found = entries(tag)
    assert sorted(all_said() - found.keys()) == []
    assert [key for key, message in found.items() if not message.string or message.fuzzy] == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_nothing_is_translated_that_nobody_says(tag: str) -> None:
    """A message that fell out of use falls out of the catalogues."""
    assert sorted(entries(tag).keys() - all_said()) == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_translations_fill_in_what_their_messages_do(tag: str) -> None:
    """A figure that a sentence names is named in every language, once."""
    differing = [key for key, message in entries(tag).items() if placeholders(key) != placeholders(str(message.string))]
    assert differing == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_percent_sign_is_nothing_but_a_placeholder(tag: str) -> None:
    """A bare percent sign would break the sentence that it stands in."""
    stray = re.compile(r"%(?!\(\w+\)s|%)")
    assert [
        key for key, message in entries(tag).items() if stray.search(key) or stray.search(str(message.string))
    ] == []


def test_templates_say_their_words() -> None:
    """No word stands in a template outside `say`: what is left is Markdown and charts."""
    known = {"mermaid", "gantt", "dateFormat", "axisFormat", "tickInterval", "month", "inclusiveEndDates"}
    known |= {"todayMarker", "off", "section", "crit", "done", "active", "milestone", "d", "xychart", "beta", "title"}
    known |= {
        "x",
        "y",
        "axis",
        "line",
        "init",
        "themeVariables",
        "xyChart",
        "plotColorPalette",
        "br",
        "YYYY",
        "MM",
        "DD",
    }
    known |= {"Y", "m", "f", "feb", "KPI"}
    for path in sorted(TEMPLATES.rglob("*.md.j2")):
        assert set(words_outside_code(path)) - known == set(), path.name


def words_outside_code(path: Path) -> Iterator[str]:
    """Return the words of a template's own text."""
    for data in Environment().parse(path.read_text(encoding="utf-8")).find_all(nodes.TemplateData):
        yield from re.findall(r"[A-Za-z]+", data.data)
