"""Annotations and the job summary for GitHub Actions."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.commands.deals import (
    AS_OF,
    EXAMPLE_DATES,
    EXAMPLES,
    broken,
    deal,
    kpi,
    ledger,
    named,
    only_agreement,
    terms,
    write,
)
from tests.conftest import Coopctl

COMMAND = re.compile(r"::(?P<kind>error|warning|notice) (?P<properties>[^:]*)::(?P<data>.*)")


class Annotation(NamedTuple):
    """A workflow command, read as the runner reads it."""

    kind: str
    properties: dict[str, str]
    text: str


def read(line: str) -> Annotation:
    """Read one command; what is escaped in it comes back."""
    match = COMMAND.fullmatch(line)
    assert match is not None, line
    properties = dict(each.split("=", 1) for each in match["properties"].split(","))
    for code, sign in (("%2C", ","), ("%3A", ":")):
        properties = {name: value.replace(code, sign) for name, value in properties.items()}
    return Annotation(match["kind"], {name: plain(value) for name, value in properties.items()}, plain(match["data"]))


def plain(text: str) -> str:
    """Undo the escapes of data."""
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def annotations(text: str) -> list[Annotation]:
    """Return all commands in a log."""
    return [read(line) for line in text.splitlines() if line.startswith("::")]


def github(coopctl: Coopctl, *arguments: str | Path, as_of: str = AS_OF) -> str:
    """Return what `check --output-format github` prints."""
    return coopctl("check", *arguments, "--as-of", as_of, "--output-format", "github").out


def test_an_annotation_stands_at_the_clause_that_decided(coopctl: Coopctl) -> None:
    agreement = only_agreement(coopctl, EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    bad = [each for each in agreement["verdicts"] if each["status"] in ("breach", "warn", "missing")]
    expected = {(each["location"]["path"], each["location"]["line"], each["location"]["column"]) for each in bad}
    found = annotations(github(coopctl, EXAMPLES / "delivery-alliance", as_of="2026-07-15"))
    assert len(found) == len(bad)
    places = {(each.properties["file"], int(each.properties["line"]), int(each.properties["col"])) for each in found}
    assert places == expected


@pytest.mark.parametrize(("example", "as_of"), EXAMPLE_DATES.items(), ids=EXAMPLE_DATES)
def test_errors_come_before_warnings(example: str, as_of: str, coopctl: Coopctl) -> None:
    kinds = [each.kind for each in annotations(github(coopctl, EXAMPLES / example, as_of=as_of))]
    assert kinds == sorted(kinds)


@pytest.mark.parametrize(
    ("status", "options", "kinds"),
    [
        ("met", [], []),
        ("off-target", [], []),
        ("warn", [], ["warning"]),
        ("breach", [], ["error"]),
        ("missing", [], ["warning"]),
        ("missing", ["--on-missing", "breach"], ["error"]),
        ("missing", ["--on-missing", "ignore"], []),
    ],
)
def test_a_breach_is_an_error_and_a_warning_a_warning(
    status: str, options: list[str], kinds: list[str], coopctl: Coopctl, tmp_path: Path
) -> None:
    deal(tmp_path, status)
    assert [each.kind for each in annotations(github(coopctl, *options))] == kinds


def test_a_problem_of_a_file_is_an_error_with_its_remedy(coopctl: Coopctl, tmp_path: Path) -> None:
    broken(tmp_path)
    (found,) = annotations(github(coopctl))
    assert (found.kind, found.properties["file"], found.properties["line"]) == ("error", "agreement.yaml", "16")
    assert "SCH001" in found.properties["title"]
    assert "surprise" in found.text


@pytest.mark.parametrize(
    "name",
    ["50%, a: b", "%0A::error::x", "a,file=other.yaml,line=1", "x::y", "one\r\n::error::two", "\u2028::error::three"],
)
def test_text_from_files_stays_inside_its_annotation(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    named(tmp_path, [name])
    out = github(coopctl)
    (found,) = annotations(out)
    assert out.count("\n") == 1
    assert set(found.properties) == {"file", "line", "endLine", "col", "endColumn", "title"}
    assert found.properties["file"] == "agreement.yaml"
    assert found.properties["title"].endswith(" in 2026-01: breach")


def test_a_name_with_signs_that_mean_something_is_shown_as_it_is(coopctl: Coopctl, tmp_path: Path) -> None:
    named(tmp_path, ["50%, a: b"])
    out = github(coopctl)
    assert "title=50%25%2C a%3A b in 2026-01%3A breach::" in out
    assert annotations(out)[0].properties["title"] == "50%, a: b in 2026-01: breach"


def test_line_ends_in_a_text_are_escaped(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    (line,) = github(coopctl).splitlines()
    assert "%0A" in line
    assert "worse than 15 days is a breach" in annotations(line)[0].text.split("\n")


def test_a_file_name_with_signs_that_mean_something_is_escaped(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path / "a,b:c%d", "breach")
    (found,) = annotations(github(coopctl))
    assert found.properties["file"] == "a,b:c%d/agreement.yaml"


def test_ten_of_a_kind_are_shown_and_the_rest_is_counted(coopctl: Coopctl, tmp_path: Path) -> None:
    bad = {f"bad{number}": "16" for number in range(12)}
    poor = {f"poor{number}": "13" for number in range(11)}
    figures = {id_: {"2026-01": figure} for id_, figure in (bad | poor).items()}
    write(tmp_path, terms(*map(kpi, figures)), ledger(figures))
    out = github(coopctl)
    assert [each.kind for each in annotations(out)] == ["error"] * 10 + ["warning"] * 10
    said = [line for line in out.splitlines() if not line.startswith("::")]
    assert [re.findall(r"\d+|error|warning", line) for line in said] == [["2", "error"], ["1", "warning"]]


def exit_right(breaches: int) -> tuple[str, str]:
    """Write an agreement with breaches and an exit right that has arisen."""
    figures = {f"bad{number}": {"2026-01": "16"} for number in range(breaches)}
    exits = "exit: {triggers: {ruin: {when: {event: insolvency}, right_of: [harbor], notice: 0 days}}}\n"
    events = "events:\n  - {date: 2026-02-01, kind: insolvency}\n"
    return terms(*map(kpi, figures), more=exits), ledger(figures, events)


def test_an_exit_right_comes_before_breaches(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, *exit_right(11))
    assert annotations(github(coopctl))[0].properties["title"] == "Exit right exit.triggers.ruin"


def test_a_breach_comes_before_figures_that_are_missing(coopctl: Coopctl, tmp_path: Path) -> None:
    """Missing figures that count as breaches are less than a breach: they do not push it out."""
    kpis = [kpi(f"gone{number}", missing="breach") for number in range(10)]
    write(tmp_path, terms(*kpis, kpi("bad", "The breach")), ledger({"bad": {"2026-01": "16"}}))
    assert annotations(github(coopctl))[0].properties["title"].startswith("The breach")


def test_the_worst_comes_first_over_all_agreements(coopctl: Coopctl, tmp_path: Path) -> None:
    """Ten breaches of one agreement hide neither the other's exit right nor why a third could not be judged."""
    named(tmp_path / "a", [f"Breach {number}" for number in range(10)])
    write(tmp_path / "b", *exit_right(1))
    broken(tmp_path / "c")
    titles = [each.properties["title"] for each in annotations(github(coopctl))]
    assert "Exit right exit.triggers.ruin" in titles
    assert any("SCH001" in title for title in titles)


# Under GitHub Actions, without being asked


@pytest.fixture
def actions(monkeypatch: pytest.MonkeyPatch, coopctl: Coopctl, tmp_path: Path) -> Coopctl:
    """Run commands as in a job: with the variables that the runner sets."""
    (tmp_path / "summary.md").write_text("# Before\n", "utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    return coopctl


@pytest.mark.parametrize("format_", ["full", "concise"])
def test_annotations_come_by_themselves_into_the_log(
    format_: str, actions: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal(tmp_path, "breach")
    ended = actions("check", "--as-of", AS_OF, "--output-format", format_)
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert ended.code == 1
    assert ended.out == actions("check", "--as-of", AS_OF, "--output-format", format_).out + github(actions)
    assert ended.err == ""


def test_annotations_do_not_get_into_what_a_program_reads(actions: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    for format_ in ("json", "junit", "markdown"):
        ended = actions("check", "--as-of", AS_OF, "--output-format", format_)
        assert [each.kind for each in annotations(ended.err)] == ["error"]
        assert annotations(ended.out) == []
    assert json.loads(actions("check", "--as-of", AS_OF, "--output-format", "json").out)["summary"]["breach"] == 1


def test_annotations_that_were_asked_for_come_once(actions: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    ended = actions("check", "--as-of", AS_OF, "--output-format", "github")
    assert len(annotations(ended.out)) == 1
    assert ended.err == ""


def test_the_job_summary_is_added_to_what_stands_there(actions: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    actions("check", "--as-of", AS_OF)
    markdown = actions("check", "--as-of", AS_OF, "--output-format", "markdown").out
    assert (tmp_path / "summary.md").read_text("utf-8") == "# Before\n" + markdown * 2


def test_nothing_is_annotated_elsewhere(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deal(tmp_path, "breach")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    for value in ("", "false"):
        monkeypatch.setenv("GITHUB_ACTIONS", value)
        ended = coopctl("check", "--as-of", AS_OF)
        assert annotations(ended.out + ended.err) == []
    assert not (tmp_path / "summary.md").exists()


def test_a_summary_that_cannot_be_written_changes_no_verdict(
    actions: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal(tmp_path)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "no" / "summary.md"))
    ended = actions("check", "--as-of", AS_OF)
    assert ended.code == 0
    assert ended.err.startswith("warning: ") and "cannot be written" in ended.err
