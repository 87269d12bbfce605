"""`coopctl rule`: a page for every kind of finding."""

import json
import re
from typing import Any

import pytest
from markdown_it import MarkdownIt

from coopctl import faults
from coopctl.lint.suppression_kinds import SUPPRESSION_KINDS
from coopctl.rules.catalogue import rules
from tests.conftest import Coopctl

KINDS = sorted([*(rule.kind for rule in rules()), *SUPPRESSION_KINDS, *faults.ALL])


def pages(coopctl: Coopctl) -> list[dict[str, Any]]:
    """Return all pages as data."""
    ended = coopctl("rule", "--all", "--output-format", "json")
    assert (ended.code, ended.err) == (0, "")
    found = json.loads(ended.out)
    assert isinstance(found, list)
    return found


def test_codes_and_names_are_used_once() -> None:
    assert len({kind.code for kind in KINDS}) == len({kind.name for kind in KINDS}) == len(KINDS)
    assert [kind for kind in KINDS if not re.fullmatch("[A-Z]{3}[0-9]{3}", kind.code)] == []
    assert [kind for kind in KINDS if not re.fullmatch("[a-z][a-z0-9]*(-[a-z0-9]+)*", kind.name)] == []


def test_every_kind_of_finding_has_a_page_with_a_why(coopctl: Coopctl) -> None:
    found = pages(coopctl)
    assert [(page["code"], page["name"], page["severity"]) for page in found] == [
        (kind.code, kind.name, kind.severity.value) for kind in KINDS
    ]
    assert [page["code"] for page in found if not page["what"] or not page["what"].endswith(".")] == []
    assert [page["code"] for page in found if not page["why"] or page["why"][-1] not in ".?"] == []
    assert [page["code"] for page in found if not page["remedy"] and not (page["bad"] and page["good"])] == []


def test_only_reading_errors_are_not_optional(coopctl: Coopctl) -> None:
    errors = {kind.code for kind in faults.ALL if kind.severity == "error"}
    assert {page["code"] for page in pages(coopctl) if not page["optional"]} == errors
    assert {page["code"] for page in pages(coopctl) if page["fixable"]} == {
        "STY001",
        "STY002",
        "STY003",
        "SUP001",
        "SUP004",
    }


@pytest.mark.parametrize("name", ["KPI003", "kpi003", "kpi-without-thresholds"])
def test_a_rule_is_explained_by_code_or_name(name: str, coopctl: Coopctl) -> None:
    ended = coopctl("rule", name)
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == "KPI003 kpi-without-thresholds warning"
    assert [head for head in ("Why: ", "Bad:", "Good:") if not any(line.startswith(head) for line in lines)] == []
    assert "# coopctl: ignore[KPI003]" in ended.out
    assert max(len(line) for line in lines if not line.startswith("    ")) <= 100


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_page_can_be_shown(kind: Any, coopctl: Coopctl) -> None:
    """By its name, in every format."""
    full = coopctl("rule", kind.name)
    markdown = coopctl("rule", kind.code, "--output-format", "markdown")
    data = coopctl("rule", kind.code, "--output-format", "json")
    assert (full.code, markdown.code, data.code) == (0, 0, 0)
    assert full.out.startswith(f"{kind.code} {kind.name} {kind.severity}\n")
    assert markdown.out.startswith(f"## {kind.code} {kind.name}\n")
    assert json.loads(data.out)["code"] == kind.code


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("kpi-without-treshold", "kpi-without-thresholds"),
        ("KPI03", "KPI003"),
        ("客户", "coopctl rule --all"),
        ("", "coopctl rule --all"),
    ],
)
def test_an_unknown_name_ends_with_2_and_near_names(name: str, near: str, coopctl: Coopctl) -> None:
    ended = coopctl("rule", name)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: no rule is called {name!r}; ")
    assert near in ended.err or (name == "KPI" and "KPI0" in ended.err)


@pytest.mark.parametrize(
    "arguments", [[], ["KPI003", "--all"], ["KPI003", "LAW001"], ["--all", "--output-format", "xml"]]
)
def test_wrong_usage_ends_with_2(arguments: list[str], coopctl: Coopctl) -> None:
    ended = coopctl("rule", *arguments)
    assert (ended.code, ended.out) == (2, "")


def test_all_rules_are_listed_briefly(coopctl: Coopctl) -> None:
    out = coopctl("rule", "--all").out
    assert re.findall(r"(?m)^([A-Z]{3}\d{3}) ([a-z0-9-]+) \((\w+)\): ", out) == [
        (kind.code, kind.name, kind.severity.value) for kind in KINDS
    ]
    assert max(map(len, out.splitlines())) <= 100


def test_markdown_has_a_section_per_rule(coopctl: Coopctl) -> None:
    out = coopctl("rule", "--all", "--output-format", "markdown").out
    tokens = MarkdownIt("commonmark").parse(out)
    headings = [tokens[number + 1].content for number, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings == [f"{kind.code} {kind.name}" for kind in KINDS]


def test_colour_only_where_it_is_wanted(coopctl: Coopctl) -> None:
    plain, coloured = coopctl("rule", "KPI003").out, coopctl("rule", "KPI003", "--color", "always").out
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
