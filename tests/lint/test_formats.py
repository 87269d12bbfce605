"""What each format says about the same findings."""

import json
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.commands.test_check_github import annotations
from tests.conftest import Coopctl
from tests.lint.samples import (
    AS_OF,
    EXAMPLE_DATES,
    EXAMPLES,
    FORMATS,
    QUIET,
    changed,
    codes,
    document,
    findings,
    lint,
    put,
    summary,
    text_at,
    with_error,
    with_remark,
    without_source,
)

MIXED = with_error(with_remark(without_source()))
"""A warning, an error and a remark, in this order."""
RELATED = changed("    target: 10\n", "    baseline: {value: 8}\n    target: 10\n", QUIET)
"""KPI004: the target is worse than the baseline, and both places are told."""


# full


def test_full_shows_each_place_and_what_to_write_instead(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, without_source())
    ended = lint(coopctl, form="full")
    shown, _, rest = ended.out.partition("   = help: ")
    help_text, _, last = rest.partition("\n\n")
    assert shown == (
        "warning[KPI002 kpi-without-source]: csat does not say where its figures come from\n"
        "  --> agreement.yaml:13:3\n"
        "   |\n"
        "13 |   csat:\n"
        "   |   ^^^^\n"
    )
    assert " ".join(help_text.split()) == findings(coopctl)[0]["help"]
    assert last == "1 finding in 1 agreement: 1 warning\n"


def test_full_shows_second_places_with_their_labels(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, RELATED)
    (found,) = findings(coopctl)
    (related,) = found["related"]
    out = lint(coopctl, form="full").out
    first, second = found["location"]["line"], related["location"]["line"]
    assert re.search(rf"(?m)^{first} \|     target: 10\n +\|             \^\^$", out)
    assert re.search(
        rf"(?m)^{second} \|     baseline: {{value: 8}}\n +\| +[\^-]+ {re.escape(related['message'])}$", out
    )


def test_full_is_as_wide_as_the_terminal(coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    for example, as_of in EXAMPLE_DATES.items():
        out = lint(coopctl, EXAMPLES / example, form="full", as_of=as_of).out
        text = [line for line in out.splitlines() if not re.match(r"\s*(\d+ \||\||-->)", line)]
        assert [line for line in text if len(line) > 60] == []


def test_colour_is_kept_out_of_files_and_pipes(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, MIXED)
    plain = lint(coopctl, form="full").out
    coloured = lint(coopctl, "--color", "always", form="full").out
    assert "\x1b[" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain != coloured


# concise


def test_concise_is_a_line_per_finding(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, MIXED)
    lines = lint(coopctl).out.splitlines()
    found = findings(coopctl)
    assert lines[:-1] == [
        "{path}:{line}:{column}: ".format_map(each["location"]) + f"{each['code']} {each['message']}" for each in found
    ]
    assert [each["code"] for each in found] == ["KPI002", "MNY001", "STY001"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (QUIET, "no findings in 1 agreement"),
        (without_source(), "1 finding in 1 agreement: 1 warning"),
        (MIXED, "3 findings in 1 agreement: 1 error, 1 warning, 1 remark · 1 can be mended with --fix"),
        (
            changed("  csat:\n", "  csat:  # coopctl: ignore[KPI002] agreed\n", MIXED),
            "2 findings in 1 agreement: 1 error, 1 remark · 1 can be mended with --fix · 1 suppressed",
        ),
        (QUIET + "surprise: 1\n", "1 finding in 1 agreement: 1 error · 1 agreement could not be read whole"),
    ],
)
def test_the_last_line_counts(text: str, expected: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, text)
    assert summary(coopctl) == expected
    assert " ".join(lint(coopctl, form="full").out.split("\n\n")[-1].split()) == expected
    assert lint(coopctl, form="markdown").out.rstrip().endswith(f"**{expected}**")


# json


def test_json_says_all_that_is_known(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, RELATED)
    found = document(coopctl)
    assert found["schema_version"] == 1
    (agreement,) = found["agreements"]
    assert {key: agreement[key] for key in ("id", "path", "version", "as_of", "fails")} == {
        "id": "pact",
        "path": "agreement.yaml",
        "version": "1.0.0",
        "as_of": AS_OF,
        "fails": False,
    }
    (finding,) = agreement["findings"]
    assert set(finding) == {
        "code", "name", "severity", "message", "help", "subject", "location", "related", "fingerprint", "fixable",
    }  # fmt: skip
    assert (finding["code"], finding["name"], finding["severity"]) == (
        "KPI004",
        "target-worse-than-baseline",
        "warning",
    )
    assert finding["subject"] == "kpis.delay.target"
    assert (text_at(finding["location"]), finding["fixable"]) == ("10", False)
    assert found["summary"] == {
        "agreements": 1,
        "error": 0,
        "warning": 1,
        "info": 0,
        "fixable": 0,
        "suppressed": 0,
        "in_baseline": 0,
        "invalid": 0,
        "failing": 0,
        "exit_code": 0,
    }


def test_findings_come_in_the_order_of_the_files(coopctl: Coopctl, tmp_path: Path) -> None:
    """The agreement, then its ledger files by name, each from top to bottom."""
    ledgers = {f"actuals/{name}.yaml": "coopctl: actuals/1\nkpis:\n  csat: {2025-12: 91}\n" for name in ("b", "a")}
    text = ledgers["actuals/a.yaml"].replace("2025-12", "2025-11")
    put(tmp_path, MIXED, {**ledgers, "actuals/a.yaml": text, "actuals/c.csv": "kpi,period,value\ndelay,2025-12,9\n"})
    found = [(each["location"]["path"], each["location"]["line"]) for each in findings(coopctl)]
    assert [path for path, _ in found] == ["agreement.yaml"] * 3 + [
        f"actuals/{name}" for name in ("a.yaml", "b.yaml", "c.csv")
    ]
    assert found[:3] == sorted(found[:3])


@pytest.mark.parametrize(("example", "as_of"), EXAMPLE_DATES.items(), ids=EXAMPLE_DATES)
def test_every_place_is_in_the_file(example: str, as_of: str, coopctl: Coopctl) -> None:
    for each in findings(coopctl, EXAMPLES / example, as_of=as_of):
        for location in (each["location"], *(related["location"] for related in each["related"])):
            assert text_at(location).strip()


# github


def test_annotations_have_severity_place_and_remedy(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, MIXED)
    found = sorted(findings(coopctl), key=lambda each: ["error", "warning", "info"].index(each["severity"]))
    told = annotations(lint(coopctl, form="github").out)
    assert [each.kind for each in told] == ["error", "warning", "notice"]
    for annotation, each in zip(told, found, strict=True):
        assert annotation.properties["title"] == f"{each['code']} {each['name']}"
        assert annotation.properties["file"] == "agreement.yaml"
        assert int(annotation.properties["line"]) == each["location"]["line"]
        assert int(annotation.properties["col"]) == each["location"]["column"]
        assert int(annotation.properties["endColumn"]) == each["location"]["end_column"] - 1
        assert annotation.text.split("\n") == [each["message"], each["help"]]


def test_ten_of_a_kind_and_the_rest_is_counted(coopctl: Coopctl, tmp_path: Path) -> None:
    """Errors first, over all agreements; what is left out is said."""
    one = "{unit: points, direction: higher-is-better, frequency: monthly, aggregation: mean, target: 90}"
    more = "".join(f"  k{number}: {one}\n" for number in range(4))
    put(tmp_path / "a", QUIET.replace("governance:\n", f"{more}governance:\n"))
    put(tmp_path / "b", with_error())
    counted = Counter(each["severity"] for each in findings(coopctl))
    out = lint(coopctl, form="github").out
    assert [each.kind for each in annotations(out)][:2] == ["error", "warning"]
    assert Counter(each.kind for each in annotations(out))["warning"] == 10
    assert f"coopctl: {counted['warning'] - 10} more of kind warning are not shown as annotations" in out.splitlines()


def test_special_signs_stay_inside_their_annotation(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / "a,b:c%d", with_error())
    out = lint(coopctl, form="github").out
    assert "file=a%2Cb%3Ac%25d/agreement.yaml," in out
    (found,) = annotations(out)
    assert found.properties["file"] == "a,b:c%d/agreement.yaml"
    assert "110%:" in found.text
    assert "110%25:" in out


@pytest.mark.parametrize("form", [each for each in FORMATS if each != "github"])
def test_in_a_job_annotations_come_by_themselves(
    form: str, coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the log, but never inside of what a program reads; and the summary gets the table."""
    put(tmp_path, MIXED)
    without = lint(coopctl, form=form)
    told = lint(coopctl, form="github").out
    table = lint(coopctl, form="markdown").out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    ended = lint(coopctl, form=form)
    assert ended.code == without.code
    for_people = form in ("full", "concise")
    assert ended.out == (without.out + told if for_people else without.out)
    assert ended.err == ("" if for_people else told)
    assert (tmp_path / "summary.md").read_text("utf-8") == table


@pytest.mark.parametrize("form", ["full", "json"])
def test_statistics_work_in_a_job_too(
    form: str, coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, MIXED)
    without = lint(coopctl, "--statistics", form=form)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    ended = lint(coopctl, "--statistics", form=form)
    assert ended.code == without.code == 1
    assert ended.out.startswith(without.out)


# gitlab


def test_gitlab_gets_what_it_requires(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / "deal", MIXED)
    found = findings(coopctl)
    issues = json.loads(lint(coopctl, form="gitlab").out)
    assert len(issues) == len(found) == 3
    for issue, each in zip(issues, found, strict=True):
        assert issue["check_name"] == each["code"]
        assert issue["description"].startswith(each["code"])
        assert each["message"] in issue["description"]
        assert re.fullmatch("[0-9a-f]{16,}", issue["fingerprint"])
        assert issue["location"]["path"] == "deal/agreement.yaml"
        assert issue["location"]["lines"]["begin"] == each["location"]["line"]
    assert [issue["severity"] for issue in issues] == ["minor", "major", "info"]


def test_gitlab_gets_an_empty_list_for_nothing(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path)
    assert json.loads(lint(coopctl, form="gitlab").out) == []


def test_gitlab_tells_agreements_of_one_id_apart(coopctl: Coopctl, tmp_path: Path) -> None:
    """GitLab takes issues with one fingerprint for one."""
    for name in ("a", "b", "c"):
        put(tmp_path / name, MIXED)
    issues = json.loads(lint(coopctl, form="gitlab").out)
    assert len(issues) == len({issue["fingerprint"] for issue in issues}) == 9


# junit


def test_junit_has_a_case_per_finding(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / "a", MIXED)
    put(tmp_path / "b")
    root = ElementTree.fromstring(lint(coopctl, "--fail-on", "warning", form="junit").out)
    first, second = root
    assert (first.attrib["tests"], first.attrib["failures"]) == ("3", "2")
    assert (second.attrib["tests"], second.attrib["failures"], len(second)) == ("1", "0", 1)
    failures = list(first.iter("failure"))
    assert [each.attrib["type"] for each in failures] == ["kpi-without-source", "shares-not-100"]
    for failure in failures:
        assert failure.text is not None
        assert failure.attrib["message"] in failure.text
        assert re.search(r"a/agreement\.yaml:\d+:\d+", failure.text)
    assert [each.text is not None and "cap stands where" in each.text for each in first.iter("system-out")] == [True]


def test_junit_names_are_unique_in_their_suite(coopctl: Coopctl, tmp_path: Path) -> None:
    facts = "coopctl: actuals/1\nkpis:\n  csat: {2025-10: 91, 2025-11: 91, 2025-12: 91}\n"
    put(
        tmp_path, QUIET.replace("target: 90", "taget: 90").replace("target: 10", "taget: 10"), {"actuals/a.yaml": facts}
    )
    suite = ElementTree.fromstring(lint(coopctl, form="junit").out)[0]
    names = [case.attrib["name"] for case in suite]
    assert len(names) == len(set(names)) == len(findings(coopctl))


# markdown


def tables(text: str) -> list[list[list[str]]]:
    """Return the tables of a Markdown text, as rows of cells."""
    found: list[list[list[str]]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and found and token.level >= 3:
            found[-1][-1].append(token.content)
    return found


def test_markdown_is_one_table_per_agreement_worst_first(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / "a", MIXED)
    put(tmp_path / "b")
    (table,) = tables(lint(coopctl, form="markdown").out)
    assert [len(row) for row in table] == [5] * 4
    assert [row[0].split()[-1] for row in table[1:]] == ["error", "warning", "info"]
    assert [row[1].split()[0] for row in table[1:]] == ["MNY001", "KPI002", "STY001"]
    assert all(row[4].startswith("a/agreement.yaml:") for row in table[1:])


# Several at once


def test_files_are_written_beside_standard_output(coopctl: Coopctl, tmp_path: Path) -> None:
    """The same bytes, whichever way."""
    put(tmp_path / "deal", MIXED)
    alone = {form: lint(coopctl, form=form).out for form in FORMATS}
    options = [each for form in FORMATS for each in ("--output-format", f"{form}=out/{form}")]
    (tmp_path / "out").mkdir()
    ended = coopctl("lint", "--as-of", AS_OF, "--output-format", "concise", *options)
    assert (ended.code, ended.out, ended.err) == (1, alone["concise"], "")
    assert {form: (tmp_path / "out" / form).read_text("utf-8") for form in FORMATS} == alone


@pytest.mark.parametrize("path", ["agreement.yaml", "new.coop.yaml", "actuals/new.csv", "actuals/2026.yaml"])
def test_a_report_is_never_written_over_what_is_read(path: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, QUIET, {"actuals/2026.yaml": "coopctl: actuals/1\n"})
    ended = lint(coopctl, form=f"json={path}")
    assert (ended.code, ended.out) == (2, "")
    assert (tmp_path / "agreement.yaml").read_text("utf-8") == QUIET


@pytest.mark.parametrize("options", [["xml"], ["json", "full"], ["json="], ["json=a", "full=a"]])
def test_formats_that_cannot_be_are_refused(options: list[str], coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path)
    ended = coopctl("lint", *(each for option in options for each in ("--output-format", option)))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: --output-format: ")


# Statistics


def test_statistics_count_by_rule_the_most_frequent_first(coopctl: Coopctl, tmp_path: Path) -> None:
    text = changed("    source: Tracker\n", "", MIXED)
    put(tmp_path / "a", text)
    put(tmp_path / "b", without_source())
    expected = (
        "3  KPI002  kpi-without-source\n"
        "1  MNY001  shares-not-100\n"
        "1  STY001  keys-out-of-order  (--fix mends it)\n"
        "5 findings in 2 agreements: 1 error, 3 warnings, 1 remark · 1 can be mended with --fix\n"
    )
    for form in ("full", "concise"):
        assert lint(coopctl, "--statistics", form=form) == (1, expected, "")


def test_statistics_as_data(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, MIXED)
    found: dict[str, Any] = json.loads(lint(coopctl, "--statistics", form="json").out)
    assert found["statistics"] == [
        {"code": "KPI002", "name": "kpi-without-source", "count": 1, "fixable": 0},
        {"code": "MNY001", "name": "shares-not-100", "count": 1, "fixable": 0},
        {"code": "STY001", "name": "keys-out-of-order", "count": 1, "fixable": 1},
    ]
    assert (found["schema_version"], found["findings"]) == (1, 3)


@pytest.mark.parametrize("form", ["sarif", "github", "gitlab", "junit", "markdown"])
def test_statistics_are_refused_where_a_format_lists_findings(form: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """Before anything is mended."""
    put(tmp_path, with_remark())
    ended = lint(coopctl, "--statistics", "--fix", form=form)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: --statistics: ")
    assert (tmp_path / "agreement.yaml").read_text("utf-8") == with_remark()


def test_statistics_end_as_the_findings_do(coopctl: Coopctl, tmp_path: Path) -> None:
    for text, code in ((QUIET, 0), (MIXED, 1), (QUIET + "surprise: 1\n", 2)):
        put(tmp_path, text)
        assert lint(coopctl, "--statistics").code == code
    assert codes(coopctl) == ["SCH001"]
