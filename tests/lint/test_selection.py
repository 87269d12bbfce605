"""Which rules apply: --select, --extend-select and --ignore, by code, name, prefix or ALL."""

from pathlib import Path

import pytest

from tests.conftest import Coopctl
from tests.lint.samples import QUIET, changed, codes, lint, put, with_remark, without_source

FAULTY = changed("    owner: harbor\n", "", changed("    owner: north\n", "", without_source(with_remark())))
"""KPI001 and KPI002 at `csat`, KPI001 at `delay`, and STY001."""
FAULTY = changed("disputes: {law: PRC, ", "disputes: {", FAULTY)
ALL = ["KPI001", "KPI002", "KPI001", "STY001", "LAW007"]


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ("", ALL),
        ("--select ALL", ALL),
        ("--select KPI", ["KPI001", "KPI002", "KPI001"]),
        ("--select KPI001", ["KPI001", "KPI001"]),
        ("--select kpi-without-owner", ["KPI001", "KPI001"]),
        ("--select KPI002,LAW", ["KPI002", "LAW007"]),
        ("--select KPI002 --select LAW", ["KPI002", "LAW007"]),
        ("--select KPI00", ["KPI001", "KPI002", "KPI001"]),
        ("--select LAW001", []),
        ("--ignore KPI", ["STY001", "LAW007"]),
        ("--ignore KPI001,no-governing-law", ["KPI002", "STY001"]),
        ("--ignore KPI001 --ignore STY", ["KPI002", "LAW007"]),
        ("--ignore ALL", []),
        # The more specific one decides, whichever comes first.
        ("--select KPI --ignore KPI001", ["KPI002"]),
        ("--ignore KPI --select KPI001", ["KPI001", "KPI001"]),
        ("--select kpi-without-owner --ignore KPI00", ["KPI001", "KPI001"]),
        ("--select KPI0 --ignore KPI00", []),
        ("--select ALL --ignore KPI --extend-select KPI002", ["KPI002", "STY001", "LAW007"]),
        ("--ignore ALL --select LAW", ["LAW007"]),
        # As specific as each other: what is ignored is ignored.
        ("--select KPI001 --ignore KPI001", []),
        ("--select kpi-without-owner --ignore KPI001", []),
        ("--select ALL --ignore ALL", []),
        ("--select LAW --extend-select STY", ["STY001", "LAW007"]),
        ("--extend-select LAW", ALL),
        ("--ignore LAW --extend-select LAW007", ALL),
    ],
)
def test_the_more_specific_one_decides(options: str, left: list[str], coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    assert codes(coopctl, *options.split()) == left


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("KPI099", "KPI009"),
        ("KPL", "KPI"),
        ("kpi-without-ownr", "kpi-without-owner"),
        ("vague-words", "vague-wording"),
        ("Z", "KPI"),
        ("KPI0011", "KPI001"),
        ("全部", "KPI"),
    ],
)
@pytest.mark.parametrize("option", ["--select", "--extend-select", "--ignore"])
def test_an_unknown_rule_is_refused_with_near_names(
    option: str, name: str, near: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """A rule that is silently not applied is worse than none."""
    put(tmp_path)
    ended = lint(coopctl, option, f"LAW001,{name}")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: {option}: no rule is called {name!r}; ")
    assert near in ended.err.split("; ", 1)[1]


@pytest.mark.parametrize(
    "options", ["--select LAW", "--ignore ALL", "--ignore SCH001", "--ignore SCH", "--ignore unknown-key"]
)
def test_errors_at_reading_are_always_told(options: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, QUIET + "surprise: 1\n")
    assert codes(coopctl, *options.split()) == ["SCH001"]
    assert lint(coopctl, *options.split()).code == 2


def test_warnings_at_reading_can_be_left_out(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, QUIET, {"actuals/2026.yaml": "coopctl: actuals/1\nkpis:\n  csat: {2025-12: 91}\n"})
    assert codes(coopctl) == codes(coopctl, "--select", "LED") == ["LED008"]
    assert codes(coopctl, "--ignore", "LED008") == codes(coopctl, "--select", "KPI") == []


def test_what_is_ignored_does_not_fail(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    assert lint(coopctl, "--fail-on", "info", "--ignore", "KPI,LAW").code == 1
    assert lint(coopctl, "--fail-on", "info", "--ignore", "KPI,LAW,STY").code == 0


def test_what_is_ignored_is_not_mended(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    lint(coopctl, "--fix", "--ignore", "STY")
    assert (tmp_path / "agreement.yaml").read_text("utf-8") == FAULTY
    lint(coopctl, "--fix", "--select", "STY001")
    assert codes(coopctl) == [code for code in ALL if code != "STY001"]
