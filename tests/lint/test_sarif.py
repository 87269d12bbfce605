"""SARIF for code scanning: valid, with all that GitHub and others show."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from tests.conftest import Coopctl
from tests.lint.samples import EXAMPLE_DATES, EXAMPLES, QUIET, changed, findings, lint, put, without_source
from tests.lint.test_formats import MIXED, RELATED

SCHEMA = Path(__file__).with_name("sarif-schema-2.1.0.json")
LEVELS = {"error": "error", "warning": "warning", "info": "note"}


@cache
def validator() -> Any:
    """Return what knows the schema."""
    return Draft7Validator(json.loads(SCHEMA.read_text("utf-8")))


def sarif(coopctl: Coopctl, *arguments: str | Path, as_of: str = "2026-01-15") -> dict[str, Any]:
    """Return the one run of a log that is valid."""
    log = json.loads(lint(coopctl, *arguments, form="sarif", as_of=as_of).out)
    assert [f"{error.json_path}: {error.message}" for error in validator().iter_errors(log)] == []
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@pytest.mark.parametrize("text", [QUIET, MIXED, RELATED, "", "coopctl: [", MIXED + "surprise: 1\n"])
def test_a_log_is_valid_whatever_is_found(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, text)
    run = sarif(coopctl)
    assert len(run["results"]) == len(findings(coopctl))


def test_results_say_what_json_says(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / "deal", MIXED)
    found = findings(coopctl)
    run = sarif(coopctl)
    assert run["columnKind"] == "unicodeCodePoints"
    for result, each in zip(run["results"], found, strict=True):
        assert result["ruleId"] == each["code"]
        assert result["level"] == LEVELS[each["severity"]]
        assert each["message"] in result["message"]["text"]
        (fingerprint,) = result["partialFingerprints"].values()
        assert fingerprint == each["fingerprint"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "deal/agreement.yaml"
        assert place["region"] == {
            "startLine": each["location"]["line"],
            "startColumn": each["location"]["column"],
            "endLine": each["location"]["end_line"],
            "endColumn": each["location"]["end_column"],
        }


def test_second_places_come_with_their_labels(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, RELATED)
    (finding,) = findings(coopctl)
    (result,) = sarif(coopctl)["results"]
    (related,) = result["relatedLocations"]
    assert related["message"]["text"] == finding["related"][0]["message"]
    assert related["physicalLocation"]["region"]["startLine"] == finding["related"][0]["location"]["line"]


@pytest.mark.parametrize(("example", "as_of"), EXAMPLE_DATES.items(), ids=EXAMPLE_DATES)
def test_examples_are_valid_and_their_rule_indexes_right(example: str, as_of: str, coopctl: Coopctl) -> None:
    run = sarif(coopctl, EXAMPLES / example, as_of=as_of)
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_every_rule_is_explained(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path)
    rules = sarif(coopctl)["tool"]["driver"]["rules"]
    pages = json.loads(coopctl("rule", "--all", "--output-format", "json").out)
    assert [(rule["id"], rule["name"]) for rule in rules] == [(page["code"], page["name"]) for page in pages]
    for rule, page in zip(rules, pages, strict=True):
        assert rule["shortDescription"]["text"] == page["what"]
        assert page["why"] in rule["fullDescription"]["text"]
        assert rule["help"]["text"].strip()
        assert page["why"] in rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] == LEVELS[page["severity"]]


def test_columns_count_code_points(coopctl: Coopctl, tmp_path: Path) -> None:
    """Not bytes, and not the two halves of a character beyond the basic plane."""
    put(tmp_path, changed("  csat:\n", "  𠮷客:\n", without_source()).replace("[csat,", "[𠮷客,"))
    (result,) = sarif(coopctl)["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (3, 5)


@pytest.mark.parametrize(
    "folder", ["a b", "合作", "a%20b", "a#b", "a?b", "a:b", "100%", "a+b", "[x]", "a\\b", "~", "-x"]
)
def test_uris_are_relative_and_escaped(folder: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / folder, without_source())
    (result,) = sarif(coopctl)["results"]
    uri = urlsplit(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
    assert (uri.scheme, uri.netloc, uri.query, uri.fragment) == ("", "", "", "")
    assert unquote(uri.path) == f"{folder}/agreement.yaml"


def test_absolute_paths_into_the_folder_are_made_relative(coopctl: Coopctl, tmp_path: Path) -> None:
    """Otherwise code scanning does not find the file in the repository."""
    put(tmp_path / "deal", without_source())
    (result,) = sarif(coopctl, tmp_path / "deal")["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "deal/agreement.yaml"


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_not_utf_8_does_no_harm(coopctl: Coopctl, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(bytes(tmp_path) + b"/z\xff"))
    try:
        put(folder, without_source())
    except OSError:
        pytest.skip("this file system takes no such names")
    (result,) = sarif(coopctl)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("/agreement.yaml")


@pytest.mark.parametrize(("text", "succeeded"), [(MIXED, True), (QUIET + "surprise: 1\n", False)])
def test_whether_all_was_judged_is_told(text: str, succeeded: bool, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, text)
    assert sarif(coopctl)["invocations"][0]["executionSuccessful"] is succeeded
