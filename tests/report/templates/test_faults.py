"""What is wrong in a template is told with its file, its line and what to write instead."""

import os
from pathlib import Path

import pytest

from coopctl import limits
from coopctl.errors import CoopctlError
from tests.report.templates.rendering import by, put, view_of

IMPORTS = """{% extends "standard/quarterly.md.j2" %}
{% import "parts/kpis.md.j2" as kpis with context %}
{% import "parts/words.md.j2" as words with context %}
{% block lessons %}
"""


def told(base: Path, **options: Path | str) -> str:
    """Return what is said of templates, their folder left out."""
    with pytest.raises(CoopctlError) as ended:
        by(view_of("quarterly"), **(options or {"folder": base}))
    return str(ended.value).replace(f"{base}{os.sep}", "")


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("report.kpi", "'report.kpi' does not exist; did you mean `kpis`?"),
        ("report.period.titel", "'report.period.titel' does not exist; did you mean `title`?"),
        ("report['kpi']", "'kpi' does not exist; did you mean `kpis`?"),
        ("reprot.title", "'reprot' does not exist; did you mean `report`?"),
        ("sya('x')", "'sya' does not exist; did you mean `say`?"),
        ("words.staus('met')", "'words.staus' does not exist; did you mean `status` or `status_of` or `cause`?"),
        ("report.score.exact.x", "'report.score.exact.x' does not exist: report.score.exact is text"),
        ("report.kpis.name", "'report.kpis.name' does not exist: report.kpis is a list; go through it with `for`"),
        ("report.kpis[99].name", "there is no entry 99 in a list of 10; the first one is 0"),
        ("report.kpis", "only text and numbers can be written out, and this is a list; go through it with `for`"),
        ("report.period", "only text and numbers can be written out, and this is a group of fields"),
        ("words.status", "only text and numbers can be written out, and this is a function or macro"),
        ("report.title | uper", "there is no filter 'uper' for templates; did you mean `upper`?"),
        ("report.title is emty", "there is no test 'emty' for templates"),
        ("say('Overviev')", "say() has no message 'Overviev'; did you mean 'Overview'?"),
        ("say('As of: %(date)s')", 'say("As of: %(date)s") needs date=…'),
        ("report.title +", "unexpected 'end of print statement'"),
        ("1 / 0", "division by zero"),
        ("report.kpis | map(attribute='name')", "only text and numbers can be written out, and this is a list; go"),
        ("say()", "say() missing 1 required positional argument: 'text'"),
        (
            "kpis.kpi_table(report.goals, report)",
            "'kpi.cumulative' does not exist (in standard/parts/kpis.md.j2:LINE)",
        ),
        (
            "words.status('met', colour='red')",
            "macro 'status' takes no keyword argument 'colour'",
        ),
    ],
)
def test_the_line_and_the_nearest_name_are_told(expression: str, message: str, tmp_path: Path) -> None:
    put(tmp_path, quarterly=f"{IMPORTS}\n## Ours\n\n{{{{ {expression} }}}}\n{{% endblock %}}\n")
    found = told(tmp_path).partition("; known here")[0]
    start, _, end = message.partition("LINE")
    assert found.startswith(f"quarterly.md.j2:8: {start}") and found.endswith(end)


@pytest.mark.parametrize(
    ("templates", "message"),
    [
        ({"quarterly": "one\n\n{% if %}\n"}, "quarterly.md.j2:3: Expected an expression, got 'end of statement block'"),
        ({"quarterly": "one\n{% if report.title %}\n"}, "quarterly.md.j2:2: Unexpected end of template"),
        (
            {"quarterly": "{% block a %}{% endblock %}\n{% block a %}{% endblock %}"},
            "quarterly.md.j2:2: block 'a' defined",
        ),
        (
            {"quarterly": "{% include 'parts/a.md.j2' %}", "parts__a": "\n\n{{ nothing }}"},
            "parts/a.md.j2:3: 'nothing' does",
        ),
        (
            {"quarterly": "\n{% include 'parts/a.md.j2' %}", "parts__a": "\n\n{% if %}"},
            "parts/a.md.j2:3: Expected an exp",
        ),
        ({"quarterly": "{% extends 'a.md.j2' %}", "a": "\n{{ nothing }}"}, "a.md.j2:2: 'nothing' does not exist"),
        (
            {"quarterly": "{% import 'a.md.j2' as a %}\n\n{{ a.m() }}", "a": "{% macro m() %}\n{{ x }}{% endmacro %}"},
            "a.md.j2:2: 'x' does not exist",
        ),
        (
            {"quarterly": "\n{% extends 'quartely.md.j2' %}"},
            "quarterly.md.j2:2: no template is called 'quartely.md.j2'; did you mean `quarterly.md.j2`",
        ),
        (
            {"quarterly": "\n{% extends report %}"},
            "quarterly.md.j2:2: a template is called by text, and this is",
        ),
        ({"quarterly": "\n{% include report.kpis %}"}, "quarterly.md.j2:2: a template is called by text, and this is"),
        (
            {"quarterly": "\n{% from 'parts/words.md.j2' import nothing %}{{ nothing() }}"},
            "quarterly.md.j2:2: the template 'parts/words.md.j2'",
        ),
        (
            {"quarterly": "{% extends 'quarterly.md.j2' %}"},
            "quarterly.md.j2:1: templates or macros call each",
        ),
        (
            {"parts__words": "{% macro listing(items) %}{% endmacro %}"},
            "standard/parts/overview.md.j2:",
        ),
    ],
)
def test_the_template_that_is_wrong_is_named(templates: dict[str, str], message: str, tmp_path: Path) -> None:
    assert told(put(tmp_path, **templates)).startswith(message)


def test_a_part_that_lacks_a_macro_is_named_although_a_standard_template_missed_it(tmp_path: Path) -> None:
    put(tmp_path, parts__words="{% macro listing(items) %}{% endmacro %}")
    assert told(tmp_path).endswith("; templates of your own take part: parts/words.md.j2")


# Files


def test_a_template_of_the_command_line_that_is_not_there(tmp_path: Path) -> None:
    assert told(tmp_path, template=tmp_path / "a.md.j2").startswith(
        "a.md.j2: cannot be read: No such file or directory"
    )


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    assert "is not the name of a file" in told(tmp_path, template="a\0b")


def test_a_folder_is_no_template(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert told(tmp_path, template=tmp_path / "a").startswith("a: not a regular file; a template is")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    message = told(tmp_path, folder=tmp_path / "templates")
    assert message.startswith("templates: there is no such folder of templates; make it, or take")


def test_a_template_that_is_not_utf_8_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "quarterly.md.j2").write_bytes("# Bericht\nfür".encode("latin-1"))
    assert told(tmp_path).startswith("quarterly.md.j2:2:2: the byte 0xfc here is not UTF-8; a template is")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "quarterly.md.j2")
    assert told(tmp_path).startswith("quarterly.md.j2: not a regular file")
    assert told(tmp_path, template=tmp_path / "quarterly.md.j2").startswith("quarterly.md.j2: not a regular file")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "parts.md.j2").symlink_to(tmp_path / "secret.txt")
    put(tmp_path / "templates", quarterly='\n{% include "parts.md.j2" %}\n', monthly="# Fine\n")
    assert told(tmp_path / "templates").startswith("quarterly.md.j2:2: parts.md.j2: a link leads out of the folder")
    assert by(view_of("monthly"), folder=tmp_path / "templates") == "# Fine\n"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    put(tmp_path, monthly="# Same\n")
    (tmp_path / "quarterly.md.j2").symlink_to("monthly.md.j2")
    assert by(view_of("quarterly"), folder=tmp_path) == "# Same\n"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
def test_a_linked_folder_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere", a="secret")
    put(tmp_path / "templates", quarterly='{% include "parts/a.md.j2" %}')
    (tmp_path / "templates" / "parts").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert told(tmp_path / "templates").startswith("quarterly.md.j2:1: no template is called 'parts/a.md.j2'")


# Limits, at the limit and one past it


def test_the_size_of_a_template(tmp_path: Path) -> None:
    text = "{{ report.id }}{# é"
    fill = limits.TEMPLATE_BYTES - len(text.encode("utf-8")) - len("#}")
    put(tmp_path, quarterly=text + "x" * fill + "#}")
    assert (tmp_path / "quarterly.md.j2").stat().st_size == limits.TEMPLATE_BYTES
    assert by(view_of("quarterly"), folder=tmp_path) == "delivery-alliance\n"
    put(tmp_path, quarterly=text + "x" * (fill + 1) + "#}")
    assert told(tmp_path).startswith("quarterly.md.j2: larger than 1,048,576 bytes; a template is")


def test_the_length_of_a_report(tmp_path: Path) -> None:
    """In bytes: an é has two."""
    text = "é" + "{% for line in range(1024) %}" + "x" * 1023 + "\n{% endfor %}"
    put(tmp_path, quarterly=text.replace("é", ""))
    assert len(by(view_of("quarterly"), folder=tmp_path)) == limits.RENDERED_BYTES
    put(tmp_path, quarterly=text)
    assert told(tmp_path).startswith("quarterly.md.j2: the report gets longer than 1,048,576 bytes")


def test_how_many_templates_a_folder_has(tmp_path: Path) -> None:
    put(tmp_path, **{f"parts__{number}": "x" for number in range(limits.TEMPLATES - 1)}, quarterly="# Fine\n")
    assert by(view_of("quarterly"), folder=tmp_path) == "# Fine\n"
    put(tmp_path, another="x")
    assert "more than 200 templates" in told(tmp_path)


def test_the_size_of_all_templates_of_a_folder(tmp_path: Path) -> None:
    put(tmp_path, quarterly="# Fine\n", **{f"parts__{number}": "x" * 1024**2 for number in range(3)})
    left = limits.TEMPLATES_BYTES - 3 * 1024**2 - len("# Fine\n")
    put(tmp_path, parts__3="x" * left)
    assert by(view_of("quarterly"), folder=tmp_path) == "# Fine\n"
    put(tmp_path, parts__3="x" * (left + 1))
    assert "larger than 4,194,304 bytes together" in told(tmp_path)
