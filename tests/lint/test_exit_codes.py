"""How a run ends: 0 nothing that fails, 1 something, 2 could not be judged, and the same in every format."""

import json
from pathlib import Path

import pytest

from tests.conftest import Coopctl
from tests.lint.samples import AS_OF, FORMATS, QUIET, changed, codes, lint, put, with_error, with_remark, without_source

WEIGHTS = {"info": with_remark(), "warning": without_source(), "error": with_error()}
"""An agreement with one finding of each severity."""


def test_nothing_is_found_in_the_sample(coopctl: Coopctl, tmp_path: Path) -> None:
    """What the other tests put faults into has none of its own."""
    put(tmp_path)
    ended = lint(coopctl)
    assert (ended.code, ended.out, ended.err) == (0, "no findings in 1 agreement\n", "")


@pytest.mark.parametrize(
    ("found", "code"), [("info", "STY001"), ("warning", "KPI002"), ("error", "MNY001")], ids=lambda each: each
)
def test_the_faults_of_these_tests_are_one_each(found: str, code: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, WEIGHTS[found])
    assert codes(coopctl) == [code]


@pytest.mark.parametrize(
    ("found", "fail_on", "code"),
    [
        ("info", None, 0),
        ("warning", None, 0),
        ("error", None, 1),
        ("info", "error", 0),
        ("warning", "error", 0),
        ("error", "error", 1),
        ("info", "warning", 0),
        ("warning", "warning", 1),
        ("error", "warning", 1),
        ("info", "info", 1),
        ("warning", "info", 1),
        ("error", "info", 1),
    ],
)
def test_findings_at_or_above_the_level_fail(
    found: str, fail_on: str | None, code: int, coopctl: Coopctl, tmp_path: Path
) -> None:
    put(tmp_path, WEIGHTS[found])
    options = ["--fail-on", fail_on] if fail_on else []
    ended = lint(coopctl, *options)
    assert (ended.code, ended.err) == (code, "")
    assert lint(coopctl, *options, "--exit-zero") == (0, ended.out, "")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_ends_the_same(form: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, without_source())
    for options, code in (("--fail-on error", 0), ("--fail-on warning", 1), ("--fail-on warning --exit-zero", 0)):
        ended = lint(coopctl, *options.split(), form=form)
        assert (ended.code, ended.err) == (code, "")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(QUIET + "surprise: 1\n", id="unknown-key"),
        pytest.param(changed("version: 1.0.0\n", "", QUIET), id="missing-key"),
        pytest.param(changed("target: 90", "target: ninety", QUIET), id="wrong-value"),
        pytest.param("coopctl: [", id="not-yaml"),
        pytest.param("", id="empty"),
        pytest.param(changed("id: pact", "id: pact  # coopctl: ignore KPI001", QUIET), id="broken-suppression"),
        pytest.param(b"coopctl: \xff\n", id="not-utf-8"),
    ],
)
def test_what_cannot_be_judged_ends_with_2(text: str | bytes, form: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """In every format, whatever else is found, and with --exit-zero too."""
    put(tmp_path, text)
    ended = lint(coopctl, "--exit-zero", form=form)
    assert (ended.code, ended.err) == (2, "")
    assert ended.out


def test_a_ledger_that_cannot_be_read_ends_with_2(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, QUIET, {"actuals/2026.yaml": "coopctl: actuals/1\nkpis:\n  csat: {2026-01: many}\n"})
    assert lint(coopctl, "--exit-zero").code == 2


def test_a_warning_at_reading_is_a_warning(coopctl: Coopctl, tmp_path: Path) -> None:
    """A figure before the term keeps nothing from being judged."""
    put(tmp_path, QUIET, {"actuals/2026.yaml": "coopctl: actuals/1\nkpis:\n  csat: {2025-12: 91}\n"})
    assert codes(coopctl) == ["LED008"]
    assert lint(coopctl).code == 0
    assert lint(coopctl, "--fail-on", "warning").code == 1


def test_one_agreement_that_cannot_be_judged_counts_more_than_one_that_fails(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / "a", with_error())
    put(tmp_path / "b", QUIET + "surprise: 1\n")
    put(tmp_path / "c")
    assert lint(coopctl).code == 2
    assert lint(coopctl, "a", "c").code == 1
    assert lint(coopctl, "c").code == 0


@pytest.mark.parametrize("form", ("full", "json"))
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "nowhere"),
        (["empty"], "no agreement found"),
        (["--select", "KPI99"], "no rule is called 'KPI99'"),
        (["--ignore", "kpi-without-ownr"], "kpi-without-owner"),
        (["--extend-select", "XYZ"], "no rule is called 'XYZ'"),
        (["--fail-on", "fatal"], "fatal"),
        (["--as-of", "2026-02-30"], "--as-of"),
        (["--fix", "--diff"], "exclude each other"),
        (["--fix", "--write-baseline"], "exclude each other"),
        (["--diff", "--write-baseline"], "exclude each other"),
        (["--config", "coopctl.toml", "--no-config"], "exclude each other"),
        (["--config", "missing.toml"], "missing.toml"),
        (["--baseline", "missing.json"], "missing.json"),
        (["--write-baseline"], "--baseline"),
        (["--no-such-option"], "--no-such-option"),
        (["--select", ""], "--select"),
        (["--select", ","], "--select"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_wrong_usage_ends_with_2_and_says_why(
    arguments: list[str], told: str, form: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """On standard error; standard output has no half of a result."""
    put(tmp_path)
    (tmp_path / "empty").mkdir()
    ended = coopctl("lint", "--as-of", AS_OF, "--output-format", form, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


@pytest.mark.parametrize("variant", ["configuration", "baseline"])
@pytest.mark.parametrize("form", FORMATS)
def test_settings_that_cannot_be_used_leave_no_half_of_a_result(
    variant: str, form: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """They are complained of before anything is written, also where a file was asked for."""
    put(tmp_path / "a")
    bad = "[lint]\nselct = []\n" if variant == "configuration" else '[lint]\nbaseline = "b.json"\n'
    put(tmp_path / "z", QUIET, {"coopctl.toml": bad, "b.json": "{"})
    ended = lint(coopctl, "a", "z", form=form)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: z/")


def test_what_the_summary_says_is_how_it_ended(coopctl: Coopctl, tmp_path: Path) -> None:
    for text, code in ((QUIET, 0), (with_error(), 1), (QUIET + "surprise: 1\n", 2)):
        put(tmp_path, text)
        ended = lint(coopctl, form="json")
        assert ended.code == json.loads(ended.out)["summary"]["exit_code"] == code


def test_more_findings_than_a_reader_wants_do_not_turn_into_an_error(coopctl: Coopctl, tmp_path: Path) -> None:
    """Warnings stay warnings, however many there are."""
    one = "{unit: points, direction: higher-is-better, frequency: monthly, aggregation: mean, target: 90}"
    text = QUIET.replace("governance:\n", "".join(f"  k{number}: {one}\n" for number in range(350)) + "governance:\n")
    put(tmp_path, text)
    ended = lint(coopctl, "--select", "KPI001,KPI002,KPI003", form="json")
    counted = json.loads(ended.out)["summary"]
    assert (ended.code, counted["error"]) == (0, 0)
    assert lint(coopctl, "--select", "KPI001,KPI002,KPI003", "--fail-on", "warning").code == 1


def test_an_interrupted_run_ends_with_130(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    put(tmp_path)
    monkeypatch.setattr("coopctl.cli.linting.load", interrupt)
    assert lint(coopctl).code == 130
