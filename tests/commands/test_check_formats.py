"""The formats of `check` for programs, and the ways to ask for them."""

import json
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.deals import (
    AS_OF,
    EXAMPLE_DATES,
    EXAMPLES,
    broken,
    deal,
    document,
    kpi,
    ledger,
    named,
    only_agreement,
    terms,
    text_at,
    write,
)
from tests.commands.schemas import problems
from tests.conftest import Coopctl

FORMATS = ("full", "concise", "json", "github", "junit", "markdown")
FIGURE = re.compile(r"-?\d+(\.\d*[1-9])?")

every_example = pytest.mark.parametrize(("example", "as_of"), EXAMPLE_DATES.items(), ids=EXAMPLE_DATES)
every_format = pytest.mark.parametrize("format_", FORMATS)


# JSON


def validated(coopctl: Coopctl, text: str) -> dict[str, Any]:
    """Return JSON that keeps to `coopctl schema check`."""
    found = json.loads(text)
    assert problems(coopctl, "check", found) == []
    assert isinstance(found, dict)
    return found


@every_example
def test_json_of_the_examples_keeps_to_its_schema(example: str, as_of: str, coopctl: Coopctl) -> None:
    ended = coopctl("check", EXAMPLES / example, "--as-of", as_of, "--output-format", "json")
    found = validated(coopctl, ended.out)
    assert found["agreements"][0]["verdicts"]
    assert found["summary"]["exit_code"] == ended.code


def test_json_of_an_invalid_agreement_keeps_to_its_schema(coopctl: Coopctl, tmp_path: Path) -> None:
    broken(tmp_path / "a")
    deal(tmp_path / "b", "breach")
    found = validated(coopctl, coopctl("check", "--as-of", AS_OF, "--output-format", "json").out)
    assert [each["status"] for each in found["agreements"]] == ["invalid", "breach"]
    assert found["agreements"][0]["verdicts"] == []
    assert (found["summary"]["agreements"], found["summary"]["invalid"], found["summary"]["breach"]) == (2, 1, 1)


def test_json_of_a_file_that_is_not_yaml_keeps_to_its_schema(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, "coopctl: [1\n")
    found = validated(coopctl, coopctl("check", "--as-of", AS_OF, "--output-format", "json").out)
    assert found["agreements"][0]["id"] is None
    assert found["agreements"][0]["findings"]


AGREEMENT_KEYS = {"id", "path", "version", "status", "verdicts", "triggers", "findings"}
VERDICT_KEYS = {
    *("subject", "period", "status", "provisional", "partial", "target", "actual", "variance", "variance_percent"),
    *("favourable", "fired", "location", "evidence", "contingency", "escalation"),
}
TRIGGER_KEYS = {"subject", "arose", "periods", "right_of", "notice_days", "cure_days"}
FINDING_KEYS = {
    *("code", "name", "severity", "message", "help", "location", "related", "fingerprint", "fixable"),
}
SUMMARY_KEYS = {
    *("agreements", "met", "off-target", "warn", "breach", "missing", "pending", "excused", "triggered"),
}
LOCATION_KEYS = {"path", "line", "column", "end_line", "end_column"}


def test_json_has_the_keys_that_programs_rely_on(coopctl: Coopctl, tmp_path: Path) -> None:
    """These names are fixed; more keys may come."""
    broken(tmp_path / "broken")
    found = document(coopctl, "check", EXAMPLES / "carrier-in-breach", tmp_path / "broken", as_of="2026-06-15")
    assert {"schema_version", "as_of", "agreements", "summary"} <= set(found)
    assert (found["schema_version"], found["as_of"]) == (1, "2026-06-15")
    assert set(found["summary"]) >= SUMMARY_KEYS
    carrier, invalid = found["agreements"]
    assert all(set(each) >= AGREEMENT_KEYS for each in (carrier, invalid))
    assert all(set(each) >= VERDICT_KEYS for each in carrier["verdicts"])
    assert all(set(each["location"]) >= LOCATION_KEYS for each in carrier["verdicts"])
    assert set(carrier["triggers"][0]) >= TRIGGER_KEYS
    assert set(invalid["findings"][0]) >= FINDING_KEYS


def test_json_of_a_breach_says_all_about_it(coopctl: Coopctl) -> None:
    found = only_agreement(coopctl, EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    (verdict,) = [each for each in found["verdicts"] if each["status"] == "breach"]
    expected = {
        "subject": "kpis.delivery-days",
        "period": "2026-03",
        "target": "16",
        "actual": "18.6",
        "variance": "2.6",
        "variance_percent": "16.25",
        "favourable": False,
        "provisional": False,
        "partial": False,
        "fired": "kpis.delivery-days.thresholds.breach",
        "contingency": ["Move one engineer from new work within 2 days", "Tell the affected customers the new date"],
        "escalation": [{"to": "working_group", "by": "2026-04-11"}, {"to": "steering", "by": "2026-04-16"}],
    }
    assert {key: verdict[key] for key in expected} == expected
    assert text_at(verdict["location"]) == "{worse_than: 18}"
    assert text_at(verdict["evidence"]) == "18.6"


def test_json_of_an_exit_right_says_all_about_it(coopctl: Coopctl) -> None:
    found = only_agreement(coopctl, EXAMPLES / "carrier-in-breach", as_of="2026-06-15")
    (trigger,) = found["triggers"]
    expected = {
        "subject": "exit.triggers.chronic-lateness",
        "arose": "2026-05-31",
        "periods": ["2026-03", "2026-04", "2026-05"],
        "right_of": ["orchard"],
        "notice_days": 30,
        "cure_days": 30,
    }
    assert {key: trigger[key] for key in expected} == expected
    assert (found["status"], found["fails"]) == ("breach", True)


@every_example
def test_json_writes_figures_as_strings_of_exact_decimals(example: str, as_of: str, coopctl: Coopctl) -> None:
    for verdict in only_agreement(coopctl, EXAMPLES / example, as_of=as_of)["verdicts"]:
        is_dated = verdict["subject"].startswith("plan.")
        target = verdict["target"]
        figures = [verdict["variance"], verdict["variance_percent"], verdict["attainment"]]
        figures += [] if is_dated else [verdict["actual"]]
        figures += [] if is_dated else list(target.values()) if isinstance(target, dict) else [target]
        assert all(each is None or FIGURE.fullmatch(each) for each in figures), verdict


@every_example
def test_json_summary_counts_the_verdicts(example: str, as_of: str, coopctl: Coopctl) -> None:
    found = document(coopctl, "check", EXAMPLES / example, as_of=as_of)
    counted = Counter(each["status"] for each in found["agreements"][0]["verdicts"])
    statuses = SUMMARY_KEYS - {"agreements", "triggered"}
    assert {key: found["summary"][key] for key in statuses} == {key: counted[key] for key in statuses}
    assert found["summary"]["triggered"] == len(found["agreements"][0]["triggers"])


def test_columns_count_code_points_and_the_end_is_exclusive(coopctl: Coopctl, tmp_path: Path) -> None:
    kpis = "  客户满意度: {name: 客户😀满意度, unit: 分, direction: lower-is-better, frequency: monthly,\n"
    kpis += "    aggregation: mean, note: 𠮷𠮷, target: 10, thresholds: {breach: {worse_than: 15}}}\n"
    write(tmp_path, terms(kpis), ledger({"客户满意度": {"2026-01": "16"}}))
    verdict = only_agreement(coopctl, tmp_path)["verdicts"][0]
    assert text_at(verdict["location"]) == "{worse_than: 15}"
    assert text_at(verdict["evidence"]) == "16"


FAULTY = terms(kpi(), id_="faulty", more="surprise: 1\nwonder: 2\n")


def fingerprints(coopctl: Coopctl, folder: Path, text: str) -> list[str]:
    """Return the fingerprints of an agreement's findings."""
    write(folder, text)
    return [each["fingerprint"] for each in only_agreement(coopctl, folder)["findings"]]


def test_fingerprints_hold_when_lines_move(coopctl: Coopctl, tmp_path: Path) -> None:
    before = fingerprints(coopctl, tmp_path, FAULTY)
    assert len(set(before)) == 2
    assert fingerprints(coopctl, tmp_path, f"# a line\n\n{FAULTY}") == before


def test_fingerprints_tell_subjects_and_agreements_apart(coopctl: Coopctl, tmp_path: Path) -> None:
    before = fingerprints(coopctl, tmp_path, FAULTY)
    assert not set(before) & set(fingerprints(coopctl, tmp_path, FAULTY.replace("id: faulty", "id: other")))
    assert len(set(before) & set(fingerprints(coopctl, tmp_path, FAULTY.replace("wonder", "marvel")))) == 1


# JUnit


def suites(text: str) -> list[ElementTree.Element]:
    """Return the test suites of a JUnit report."""
    return ElementTree.fromstring(text).findall("testsuite")


def cases(text: str) -> list[ElementTree.Element]:
    """Return the test cases of a JUnit report."""
    return [case for suite in suites(text) for case in suite.findall("testcase")]


def junit(coopctl: Coopctl, *arguments: str | Path, as_of: str = AS_OF) -> str:
    """Return the JUnit report of `check`."""
    return coopctl("check", *arguments, "--as-of", as_of, "--output-format", "junit").out


def case_name(verdict: Mapping[str, Any]) -> str:
    """Return what the test case of a verdict is called."""
    return f"{verdict['subject']}@{verdict['period']}" if verdict["period"] else str(verdict["subject"])


@every_example
def test_junit_has_a_case_for_each_verdict_and_exit_right(example: str, as_of: str, coopctl: Coopctl) -> None:
    agreement = only_agreement(coopctl, EXAMPLES / example, as_of=as_of)
    expected = [trigger["subject"] for trigger in agreement["triggers"]]
    expected += [case_name(verdict) for verdict in agreement["verdicts"]]
    assert [case.get("name") for case in cases(junit(coopctl, EXAMPLES / example, as_of=as_of))] == expected


def test_junit_names_are_unique_over_all_agreements(coopctl: Coopctl) -> None:
    found = [(case.get("classname"), case.get("name")) for case in cases(junit(coopctl, EXAMPLES, as_of="2026-07-15"))]
    assert len(found) > 100
    assert max(Counter(found).values()) == 1


@every_example
def test_junit_counts_are_those_of_the_cases(example: str, as_of: str, coopctl: Coopctl) -> None:
    (suite,) = suites(junit(coopctl, EXAMPLES / example, as_of=as_of))
    found = {
        "tests": len(suite.findall("testcase")),
        "failures": len(suite.findall("testcase/failure")),
        "errors": len(suite.findall("testcase/error")),
        "skipped": len(suite.findall("testcase/skipped")),
    }
    assert {key: int(suite.get(key, "-1")) for key in found} == found


@pytest.mark.parametrize(
    ("status", "options", "tag"),
    [
        ("met", [], None),
        ("off-target", ["--fail-on", "warn"], "system-out"),
        ("warn", [], "system-out"),
        ("warn", ["--fail-on", "warn"], "failure"),
        ("breach", [], "failure"),
        ("missing", [], "system-out"),
        ("missing", ["--fail-on", "warn"], "failure"),
        ("missing", ["--on-missing", "breach"], "failure"),
        ("missing", ["--on-missing", "ignore"], "skipped"),
    ],
)
def test_junit_fails_what_fails_the_run(
    status: str, options: list[str], tag: str | None, coopctl: Coopctl, tmp_path: Path
) -> None:
    deal(tmp_path, status)
    january, february = cases(junit(coopctl, *options))
    assert [each.tag for each in january] == ([tag] if tag else [])
    assert [each.tag for each in february] == ["skipped"]


def test_junit_says_what_failed_inside_the_element(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    failure = cases(junit(coopctl))[0].find("failure")
    assert failure is not None and failure.text is not None
    for said in ("16 days", "target of 10 days", "worse than 15 days", "agreement.yaml:15:50"):
        assert said in failure.text
    assert "16 days" in failure.get("message", "")


def test_junit_has_an_error_for_each_problem_of_an_invalid_agreement(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, FAULTY)
    (suite,) = suites(junit(coopctl))
    texts = [error.text or "" for error in suite.findall("testcase/error")]
    assert len(texts) == 2
    assert "surprise" in texts[0] and "wonder" in texts[1]


@pytest.mark.parametrize("name", ["a<b>&\"'c", "]]>", "\x1b[31m\x00\x0b", "\ufffe\uffff", "\u202e", "客户"])
def test_junit_stays_well_formed(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    named(tmp_path, [name])
    assert [case.get("name") for case in cases(junit(coopctl))] == ["kpis.kpi0@2026-01", "kpis.kpi0@2026-02"]


# Concise


@every_example
def test_concise_has_a_line_per_place_and_one_per_agreement(example: str, as_of: str, coopctl: Coopctl) -> None:
    agreement = only_agreement(coopctl, EXAMPLES / example, as_of=as_of)
    out = coopctl("check", EXAMPLES / example, "--as-of", as_of, "--output-format", "concise").out
    *lines, last = out.splitlines()
    bad = [each for each in agreement["verdicts"] if each["status"] in ("breach", "missing", "warn", "off-target")]
    expected = [(each["location"], each["status"]) for each in bad]
    expected += [(each["location"], "exit-right") for each in agreement["triggers"]]
    near = [each for each in agreement["waiting"] if 0 < each["needed"] - 1 <= each["reached"]]
    expected += [(each["location"], "near-exit") for each in near]
    starts = {f"{at['path']}:{at['line']}:{at['column']}: {status} " for at, status in expected}
    assert len(lines) == len(expected)
    assert all(any(line.startswith(start) for start in starts) for line in lines)
    assert last.startswith(f"{agreement['path']}: ")


def test_concise_shows_findings_by_code_in_file_order(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, FAULTY)
    *lines, last = coopctl("check", "--output-format", "concise").out.splitlines()
    assert [line.split(" ")[:2] for line in lines] == [
        ["agreement.yaml:16:1:", "SCH001"],
        ["agreement.yaml:17:1:", "SCH001"],
    ]
    assert "surprise" in lines[0] and "wonder" in lines[1]
    assert last == "agreement.yaml: not judged"


# Asking for formats


def test_files_appear_beside_the_log_each_as_it_would_be_alone(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    alone = {name: coopctl("check", "--as-of", AS_OF, "--output-format", name).out for name in FORMATS}
    (tmp_path / "out").mkdir()
    options = [f"--output-format={name}=out/{name}" for name in FORMATS if name != "concise"]
    ended = coopctl("check", "--as-of", AS_OF, "--output-format", "concise", *options)
    assert (ended.code, ended.out, ended.err) == (1, alone["concise"], "")
    found = {path.name: path.read_bytes().decode() for path in (tmp_path / "out").iterdir()}
    assert found == {name: text for name, text in alone.items() if name != "concise"}


def test_files_alone_leave_standard_output_to_people(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    full = coopctl("check", "--as-of", AS_OF).out
    assert coopctl("check", "--as-of", AS_OF, "--output-format", "json=report.json").out == full


def test_a_file_is_replaced_whole(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path)
    (tmp_path / "report.json").write_text("x" * 100_000, "utf-8")
    coopctl("check", "--as-of", AS_OF, "--output-format", "json=report.json")
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["summary"]["met"] == 1


def test_nothing_is_left_behind_where_one_file_cannot_be_written(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    ended = coopctl(
        *("check", "--as-of", AS_OF, "--output-format", "junit=report.xml"),
        *("--output-format", "json=no/such/folder/report.json"),
    )
    assert (ended.code, ended.out) == (2, "")
    assert "no/such/folder/report.json: cannot be written" in ended.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_in_the_place_of_a_file_is_an_error(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path)
    (tmp_path / "report").mkdir()
    before = sorted(tmp_path.rglob("*"))
    ended = coopctl("check", "--as-of", AS_OF, "--output-format", "json=report")
    assert ended.code == 2
    assert "report: cannot be written" in ended.err
    assert sorted(tmp_path.rglob("*")) == before


def test_the_environment_names_a_format(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deal(tmp_path)
    monkeypatch.setenv("COOPCTL_OUTPUT_FORMAT", "json")
    assert json.loads(coopctl("check", "--as-of", AS_OF).out)["summary"]["met"] == 1


def test_the_environment_names_files_too(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deal(tmp_path)
    monkeypatch.setenv("COOPCTL_OUTPUT_FORMAT", "concise junit=report.xml")
    assert coopctl("check", "--as-of", AS_OF).out.startswith("agreement.yaml: passes")
    assert len(cases((tmp_path / "report.xml").read_text("utf-8"))) == 2


def test_the_option_goes_before_the_environment(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal(tmp_path)
    monkeypatch.setenv("COOPCTL_OUTPUT_FORMAT", "junit")
    assert coopctl("check", "--as-of", AS_OF, "--output-format", "concise").out.startswith("agreement.yaml: passes")


def test_an_unknown_format_is_an_error_that_names_the_known_ones(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path)
    ended = coopctl("check", "--as-of", AS_OF, "--output-format", "jsonl")
    assert (ended.code, ended.out) == (2, "")
    assert "'jsonl'" in ended.err
    assert all(name in ended.err for name in FORMATS)


def test_an_unknown_format_in_the_environment_is_blamed_on_the_environment(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal(tmp_path)
    monkeypatch.setenv("COOPCTL_OUTPUT_FORMAT", "jsonl")
    ended = coopctl("check", "--as-of", AS_OF)
    assert ended.code == 2
    assert "COOPCTL_OUTPUT_FORMAT" in ended.err


def test_two_formats_for_standard_output_are_refused(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path)
    ended = coopctl("check", "--as-of", AS_OF, "--output-format", "json", "--output-format", "junit")
    assert (ended.code, ended.out) == (2, "")
    assert "json and junit cannot both go to standard output" in ended.err


def test_a_format_without_a_file_name_is_refused(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path)
    ended = coopctl("check", "--as-of", AS_OF, "--output-format", "json=")
    assert (ended.code, ended.out) == (2, "")


@every_format
def test_the_same_files_and_date_give_the_same_bytes(format_: str, process: Coopctl) -> None:
    arguments = ["check", EXAMPLES, "--as-of", "2026-07-15", "--output-format", format_]
    first = process(arguments, env={"PYTHONHASHSEED": "1", "TZ": "UTC"})
    second = process(arguments, env={"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"})
    assert first.out
    assert first == second
