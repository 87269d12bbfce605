"""What `check` says of the linter: how many findings in one line; with --strict its errors fail the run."""

import json
from pathlib import Path

import pytest

from coopctl.output.check.formats import CHECK_FORMATS
from tests.commands.deals import AS_OF, FIGURES, kpi, ledger, terms
from tests.conftest import Coopctl

SHARES = "economics: {cost_sharing: {north: 60%, harbor: 50%}}\n"
"""MNY001, an error."""
CHECK = ("check", "--as-of", AS_OF)


def put(folder: Path, status: str = "met", more: str = SHARES) -> None:
    """Write a deal whose January has a status, and which has a lint error."""
    (folder / "actuals").mkdir(exist_ok=True)
    (folder / "agreement.yaml").write_text(terms(kpi(), more=more), "utf-8")
    (folder / "actuals" / "2026.yaml").write_text(ledger({"days": {"2026-01": FIGURES[status] or ""}}), "utf-8")


def counted(coopctl: Coopctl) -> tuple[int, int, int]:
    """Count errors, warnings and remarks as `lint` has them."""
    summary = json.loads(coopctl("lint", "--as-of", AS_OF, "--output-format", "json").out)["summary"]
    return summary["error"], summary["warning"], summary["info"]


def test_check_counts_what_lint_finds(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path)
    errors, warnings, remarks = counted(coopctl)
    assert errors == 1
    line = f"lint: 1 error, {warnings} warnings, {remarks} remarks"
    assert f"{line} (see `coopctl lint`)" in " ".join(coopctl(*CHECK).out.split())
    assert coopctl(*CHECK, "--output-format", "concise").out.splitlines()[-1].endswith(f"; {line}")
    assert f"L{line[1:]}." in coopctl(*CHECK, "--output-format", "markdown").out
    data = json.loads(coopctl(*CHECK, "--output-format", "json").out)
    weights = {"error": errors, "warning": warnings, "info": remarks}
    assert data["agreements"][0]["lint"] == data["summary"]["lint"] == weights
    assert data["agreements"][0]["findings"] == []


@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_lint_errors_fail_only_where_that_is_asked_for(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path)
    plain = coopctl(*CHECK, "--output-format", name)
    strict = coopctl(*CHECK, "--strict", "--output-format", name)
    assert (plain.code, strict.code) == (0, 1)
    assert "MNY001" not in plain.out
    assert "MNY001" in strict.out


def test_lint_warnings_never_fail_a_check(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, more="")
    assert counted(coopctl)[0] == 0
    assert coopctl(*CHECK, "--strict", "--fail-on", "warn").code == 0


def test_a_breach_fails_with_and_without(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, "breach", more="")
    assert [coopctl(*CHECK, *more).code for more in ((), ("--strict",), ("--strict", "--exit-zero"))] == [1, 1, 0]


def test_what_is_suppressed_or_ignored_is_not_counted(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path)
    before = counted(coopctl)
    suppressed = SHARES.replace("\n", "   # coopctl: ignore[MNY001] half a year of both\n")
    put(tmp_path, more=suppressed)
    assert counted(coopctl) == (0, *before[1:])
    assert coopctl(*CHECK, "--strict").code == 0
    put(tmp_path)
    (tmp_path / "coopctl.toml").write_text('[lint]\nignore = ["MNY001"]\n', "utf-8")
    assert coopctl(*CHECK, "--strict").code == 0
    assert coopctl(*CHECK, "--strict", "--no-config").code == 1


def test_what_is_in_the_baseline_is_not_counted(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "coopctl.toml").write_text('[lint]\nbaseline = "accepted.json"\n', "utf-8")
    assert coopctl("lint", "--as-of", AS_OF, "--write-baseline").code == 0
    ended = coopctl(*CHECK, "--strict")
    assert ended.code == 0
    assert "lint: no findings" in ended.out


def test_a_configuration_that_cannot_be_used_ends_with_2(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "coopctl.toml").write_text('[lint]\nignore = ["MNY999"]\n', "utf-8")
    ended = coopctl(*CHECK, "--output-format", "json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: coopctl.toml:2:11: no rule is called 'MNY999'")
    assert coopctl(*CHECK, "--no-config").code == 0


def test_an_agreement_that_is_not_judged_is_not_linted_either(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, more="surprise: 1\n")
    data = json.loads(coopctl(*CHECK, "--output-format", "json").out)
    assert data["agreements"][0]["lint"] is None
    assert "lint" not in coopctl(*CHECK).out
