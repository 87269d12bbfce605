"""SARIF of a comparison: valid, every kind of change is a rule, and results stand in the newer version."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coopctl.changes.catalogue import FINDINGS
from coopctl.changes.report import Compared, Gate, Version
from coopctl.discovery import find_agreements
from coopctl.findings import Kind
from coopctl.loading import Loaded, load
from coopctl.output.diff.formats import DIFF_FORMATS
from tests.conftest import Coopctl
from tests.diff.samples import DEAL, compared, diff, edited, put
from tests.lint.test_sarif import validator


def sarif(coopctl: Coopctl) -> dict[str, Any]:
    """Return the one run of a log that is valid."""
    log = json.loads(diff(coopctl, "--output-format", "sarif").out)
    assert [f"{error.json_path}: {error.message}" for error in validator().iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


CONFLICT = edited(
    ("title: Quay and Crane alliance\n", "<<<<<<< HEAD\ntitle: Quay\n=======\ntitle: Crane\n>>>>>>> theirs\n")
)


@pytest.mark.parametrize(
    ("base", "head"),
    [
        (DEAL, DEAL),
        (DEAL, edited(("cap: 500000", "cap: 600000"), ("weight: 2", "weight: 3"), ("title: Quay", "title: Key"))),
        (edited(("target: -20%", "target: soon")), DEAL),
        ("coopctl: [", DEAL),
        (DEAL, CONFLICT),
    ],
    ids=["nothing", "changes", "older-broken", "unread", "conflict"],
)
def test_a_log_is_valid_whatever_is_found(base: str, head: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, base, head)
    run = sarif(coopctl)
    (found,) = json.loads(diff(coopctl, "--output-format", "json").out)["agreements"]
    assert len(run["results"]) == len(found["changes"]) + len(found["findings"])
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])
    assert run["invocations"] == [{"executionSuccessful": found["complete"]}]


@pytest.mark.parametrize("form", [*(f"--output-format={each}" for each in DIFF_FORMATS), "--changelog"])
def test_a_conflict_is_told_in_every_format(form: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, DEAL, CONFLICT)
    ended = diff(coopctl, form)
    assert (ended.code, ended.err) == (2, "")
    assert ("FIL010" in ended.out) is (form != "--changelog")


def every_kind() -> set[Kind]:
    """Return every kind of finding that a module makes known which takes part in a comparison."""
    modules = [(name.split("."), module) for name, module in sys.modules.items() if name.startswith("coopctl.")]
    parts = ("changes", "faults", "ledger", "loading", "model", "revisions")
    known = [vars(module).values() for name, module in modules if name[1] in parts]
    return {each for values in known for each in values if isinstance(each, Kind)}


def test_every_kind_of_finding_is_a_rule(coopctl: Coopctl, tmp_path: Path) -> None:
    """A finding that the log does not know would break it off in the middle."""
    put(tmp_path, DEAL, DEAL)
    rules = sarif(coopctl)["tool"]["driver"]["rules"]
    assert {each.code for each in every_kind()} <= {each["id"] for each in rules}
    assert every_kind() <= set(FINDINGS)


def test_other_places_of_a_finding_are_named(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, DEAL, edited(("cap: 500000", "cap: 600000")))
    (change,) = [each for each in compared(coopctl)["changes"] if each["fingerprint"]]
    signed = f"  - {{fingerprint: {change['fingerprint']}, party: quay, by: Ann, date: 2026-07-01}}\n"
    approvals = tmp_path / "head/approvals"
    approvals.mkdir()
    (approvals / "a.yaml").write_text(
        "coopctl: approvals/1\nagreement: quay-and-crane\napprovals:\n" + signed + signed.replace("Ann", "Bo"), "utf-8"
    )
    (doubled,) = [each for each in sarif(coopctl)["results"] if each["ruleId"] == "APR003"]
    (related,) = doubled["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "head/approvals/a.yaml"
    assert (related["physicalLocation"]["region"]["startLine"], related["message"]["text"]) == (4, "the other one")


def test_a_finding_keeps_its_fingerprint_from_commit_to_commit_and_is_another_on_the_other_side(
    tmp_path: Path,
) -> None:
    put(tmp_path, "coopctl: [", DEAL)
    base, head = (load(find_agreements([str(tmp_path / each)])[0]) for each in ("base", "head"))

    def fingerprints(older: Loaded, revision: str) -> list[str]:
        version = Version("main", older, older.agreement, revision=revision)
        newest = Version("work tree", head, head.agreement)
        findings = (*version.findings(), *base.findings)
        return Compared(version, newest, date(2026, 7, 15), Gate(), findings=findings).fingerprints()

    first = fingerprints(base, "main@1a2b3c4")
    assert fingerprints(base, "main@5d6e7f8") == first
    assert len(set(first)) == 2


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
