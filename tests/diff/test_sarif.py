"""SARIF of a comparison: valid, every kind of change is a rule, and results stand in the newer version."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Coopctl
from tests.diff.samples import DEAL, diff, edited, put
from tests.lint.test_sarif import validator


def sarif(coopctl: Coopctl) -> dict[str, Any]:
    """Return the one run of a log that is valid."""
    log = json.loads(diff(coopctl, "--output-format", "sarif").out)
    assert [f"{error.json_path}: {error.message}" for error in validator().iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@pytest.mark.parametrize(
    ("base", "head"),
    [
        (DEAL, DEAL),
        (DEAL, edited(("cap: 500000", "cap: 600000"), ("weight: 2", "weight: 3"), ("title: Quay", "title: Key"))),
        (edited(("target: -20%", "target: soon")), DEAL),
        ("coopctl: [", DEAL),
    ],
    ids=["nothing", "changes", "older-broken", "unread"],
)
def test_a_log_is_valid_whatever_is_found(base: str, head: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, base, head)
    run = sarif(coopctl)
    (found,) = json.loads(diff(coopctl, "--output-format", "json").out)["agreements"]
    assert len(run["results"]) == len(found["changes"]) + len(found["findings"])
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])
    assert run["invocations"] == [{"executionSuccessful": found["complete"]}]


def test_rules_have_ids_of_their_own(coopctl: Coopctl, tmp_path: Path) -> None:
    """Code scanning tells kinds of change from the rules about files, which it knows from the linter."""
    put(tmp_path, DEAL, DEAL)
    ids = [rule["id"] for rule in sarif(coopctl)["tool"]["driver"]["rules"]]
    assert len(ids) == len(set(ids)) > 100
    assert {"diff/CHG200", "VER001", "SCH003"} <= set(ids)


def test_results_stand_in_the_newer_version_and_name_the_older_place(coopctl: Coopctl, tmp_path: Path) -> None:
    head = edited(
        ("cap: 500000", "cap: 600000"),
        ("clauses:\n", "amendments: [{summary: Cap}]\nclauses:\n"),
        ("version: 1.0.0", "version: 1.1.0"),
        ("  books: {task: Keep the books, responsible: [bo], accountable: quay, due: 2026-12-01}\n", ""),
        ("responsibilities:\n", ""),
    )
    put(tmp_path, DEAL, head)
    by_rule = {each["ruleId"]: each for each in sarif(coopctl)["results"]}
    cap, gone = by_rule["diff/CHG330"], by_rule["diff/CHG041"]
    assert cap["level"] == gone["level"] == "error"
    place = cap["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "head/agreement.yaml"
    assert head.split("\n")[place["region"]["startLine"] - 1].startswith("liability: ")
    (related,) = cap["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "base/agreement.yaml"
    assert related["message"]["text"] == "base: 500000"
    assert gone["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "head/agreement.yaml"


def test_a_fingerprint_lasts_as_long_as_the_values(coopctl: Coopctl, tmp_path: Path) -> None:
    def fingerprint(base: str, head: str) -> str:
        put(tmp_path, base, head)
        found = next(each for each in sarif(coopctl)["results"] if each["ruleId"] == "diff/CHG330")
        (text,) = found["partialFingerprints"].values()
        assert isinstance(text, str)
        return text

    first = fingerprint(DEAL, edited(("cap: 500000", "cap: 600000")))
    assert fingerprint("# moved\n" + DEAL, edited(("cap: 500000", "cap: 600000.0"))) == first
    assert fingerprint(DEAL, edited(("cap: 500000", "cap: 600001"))) != first
