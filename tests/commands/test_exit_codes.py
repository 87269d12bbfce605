"""What a command's exit code says; the same whatever the format."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coopctl.evaluate.verdicts import Bounds
from tests.commands.deals import AS_OF, broken, deal, kpi, ledger, terms, write
from tests.conftest import Coopctl

FORMATS = ("full", "concise", "json", "github", "junit", "markdown")

Setting = Callable[[Path], object]


def one(status: str) -> Setting:
    """An agreement whose one KPI has this status."""
    return lambda folder: deal(folder, status)


def nothing_to_judge(folder: Path) -> None:
    """An agreement without KPIs, milestones and budget lines."""
    write(folder, terms())


def no_agreement(folder: Path) -> None:
    """A folder with other files only."""
    folder.joinpath("other.yaml").write_text("coopctl: 1\n", "utf-8")


def trigger_alone(folder: Path) -> None:
    """A met target, and an exit right that arose by an event."""
    exits = "exit: {triggers: {ruin: {when: {event: insolvency}, right_of: [harbor], notice: 0 days}}}\n"
    events = "events:\n  - {date: 2026-02-01, kind: insolvency}\n"
    write(folder, terms(kpi(), more=exits), ledger({"days": {"2026-01": "10"}}, events))


def breach_and_invalid(folder: Path) -> None:
    """One agreement in breach, and one that cannot be judged."""
    deal(folder / "a", "breach")
    broken(folder / "b")


TABLE = [
    pytest.param(one("met"), [], 0, id="met"),
    pytest.param(one("off-target"), ["--fail-on", "warn"], 0, id="off-target-is-no-warning"),
    pytest.param(one("warn"), [], 0, id="warning"),
    pytest.param(one("warn"), ["--fail-on", "warn"], 1, id="warning-failing-on-warnings"),
    pytest.param(one("breach"), [], 1, id="breach"),
    pytest.param(one("breach"), ["--fail-on", "warn"], 1, id="breach-failing-on-warnings"),
    pytest.param(one("missing"), [], 0, id="missing"),
    pytest.param(one("missing"), ["--fail-on", "warn"], 1, id="missing-failing-on-warnings"),
    pytest.param(trigger_alone, [], 1, id="exit-right-alone"),
    pytest.param(broken, [], 2, id="invalid"),
    pytest.param(breach_and_invalid, [], 2, id="invalid-beside-a-breach"),
    pytest.param(no_agreement, [], 2, id="no-agreement"),
    pytest.param(nothing_to_judge, [], 2, id="nothing-to-judge"),
    pytest.param(one("breach"), ["--exit-zero"], 0, id="exit-zero"),
    pytest.param(trigger_alone, ["--exit-zero"], 0, id="exit-right-and-exit-zero"),
    pytest.param(broken, ["--exit-zero"], 2, id="invalid-and-exit-zero"),
    pytest.param(no_agreement, ["--exit-zero"], 2, id="no-agreement-and-exit-zero"),
    pytest.param(nothing_to_judge, ["--exit-zero"], 2, id="nothing-to-judge-and-exit-zero"),
]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(("setting", "options", "code"), TABLE)
def test_check_ends_with_the_same_code_in_every_format(
    setting: Setting, options: list[str], code: int, format_: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    setting(tmp_path)
    assert coopctl("check", *options, "--as-of", AS_OF, "--output-format", format_).code == code


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--no-such-option"],
        ["check", "--fail-on", "met"],
        ["check", "--on-missing", "cry"],
        ["check", "--as-of", "tomorrow"],
        ["check", "--as-of", "20260220"],
        ["check", "--as-of", "2026-02-30"],
        ["check", "--output-format", "xml"],
        ["check", "no-such-folder"],
        ["variance", "--period", "2026-13"],
        ["explain"],
        ["explain", "days@2026-13"],
        ["schema"],
        ["schema", "nothing"],
        ["no-such-command"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_said_on_standard_error_only(arguments: list[str], coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path)
    ended = coopctl(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.strip()


def test_a_gate_that_judged_nothing_says_so(coopctl: Coopctl, tmp_path: Path) -> None:
    nothing_to_judge(tmp_path)
    assert "nothing was judged" in coopctl("check", "--as-of", AS_OF).err


def test_one_judged_agreement_is_enough_beside_one_without_anything_to_judge(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path / "a")
    nothing_to_judge(tmp_path / "b")
    assert coopctl("check", "--as-of", AS_OF).code == 0


ON_MISSING = [
    # the KPI's own word, the option, --fail-on, the code
    ("warn", None, "breach", 0),
    ("warn", None, "warn", 1),
    ("warn", "warn", "breach", 0),
    ("warn", "warn", "warn", 1),
    ("warn", "breach", "breach", 1),
    ("warn", "ignore", "breach", 0),
    ("warn", "ignore", "warn", 0),
    ("breach", None, "breach", 1),
    ("breach", "warn", "breach", 0),
    ("breach", "warn", "warn", 1),
    ("breach", "breach", "breach", 1),
    ("breach", "ignore", "breach", 0),
    ("breach", "ignore", "warn", 0),
]


@pytest.mark.parametrize(("own", "option", "fail_on", "code"), ON_MISSING)
def test_on_missing_goes_before_what_the_kpi_says(
    own: str, option: str | None, fail_on: str, code: int, coopctl: Coopctl, tmp_path: Path
) -> None:
    deal(tmp_path, "missing", missing=own)
    options = ["--on-missing", option] if option else []
    assert coopctl("check", "--as-of", AS_OF, "--fail-on", fail_on, *options).code == code


@pytest.mark.parametrize(
    ("option", "said"), [("warn", "counts as a warning"), ("breach", "counts as a breach")], ids=["warn", "breach"]
)
@pytest.mark.parametrize("own", ["warn", "breach"])
@pytest.mark.parametrize("format_", ["full", "concise", "github", "junit", "markdown"])
def test_what_a_missing_figure_is_said_to_count_as_is_what_it_counts_as(
    own: str, option: str, said: str, format_: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    deal(tmp_path, "missing", missing=own)
    ended = coopctl("check", "--as-of", AS_OF, "--on-missing", option, "--output-format", format_)
    assert said in ended.out


def test_an_ignored_figure_is_still_shown_as_missing(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "missing")
    out = coopctl("check", "--as-of", AS_OF, "--on-missing", "ignore").out
    assert "missing[kpis.days]" in out
    assert "counts as a" not in out


COMMANDS = [["check"], ["variance"], ["explain", "days"]]


def bug(text: str) -> Callable[..., None]:
    """Return a function that fails as one with a bug does."""

    def fail(*_: object) -> None:
        raise RuntimeError(text)

    return fail


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_bug_is_one_line_that_says_what_to_report(
    arguments: list[str], coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal(tmp_path)
    monkeypatch.setattr(Bounds, "distance", bug("deep down"))
    ended = coopctl(*arguments, "--as-of", AS_OF)
    assert ended.code == 3
    assert ended.err.count("\n") == 1
    for said in ("a bug in coopctl", "RuntimeError: deep down", "report", "--traceback"):
        assert said in ended.err


def test_what_a_bug_says_stays_one_harmless_line(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text of an exception may come from a file."""
    deal(tmp_path)
    monkeypatch.setattr(Bounds, "distance", bug("first\n::error::second\x1b[31m"))
    ended = coopctl("check", "--as-of", AS_OF)
    assert ended.code == 3
    assert ended.err.count("\n") == 1
    assert "\x1b" not in ended.err


def test_a_bug_leaves_no_half_written_file(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deal(tmp_path)
    (tmp_path / "report.json").write_text("the old one", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(Bounds, "distance", bug("deep down"))
    assert coopctl("check", "--as-of", AS_OF, "--output-format", "json=report.json").code == 3
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "report.json").read_text("utf-8") == "the old one"


WITH_A_BUG = """
from coopctl.evaluate.verdicts import Bounds
def fail(*_):
    raise RuntimeError("deep down")
Bounds.distance = fail
from coopctl.__main__ import main
main()
"""


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_with_traceback_a_bug_shows_where_and_ends_with_the_same_code(arguments: list[str], tmp_path: Path) -> None:
    deal(tmp_path)
    command = [sys.executable, "-c", WITH_A_BUG, "--traceback", *arguments, "--as-of", AS_OF]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Traceback (most recent call last)" in done.stderr
    assert "RuntimeError: deep down" in done.stderr
    assert done.returncode == 3


def test_an_interrupt_ends_with_130(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    deal(tmp_path)
    monkeypatch.setattr(Bounds, "distance", interrupt)
    ended = coopctl("check", "--as-of", AS_OF)
    assert ended.code == 130
    assert "Traceback" not in ended.err


OTHERS = [
    pytest.param(one("breach"), ["variance"], 0, id="variance-shows-a-breach"),
    pytest.param(one("breach"), ["variance", "--kpi", "days", "--period", "2026-01"], 0, id="variance-of-a-part"),
    pytest.param(one("met"), ["variance", "--period", "2025"], 2, id="variance-where-nothing-matches"),
    pytest.param(one("met"), ["variance", "--kpi", "hours"], 2, id="variance-of-an-unknown-kpi"),
    pytest.param(broken, ["variance"], 2, id="variance-invalid"),
    pytest.param(breach_and_invalid, ["variance"], 2, id="variance-of-one-invalid-among-others"),
    pytest.param(no_agreement, ["variance"], 2, id="variance-without-an-agreement"),
    pytest.param(nothing_to_judge, ["variance"], 2, id="variance-of-nothing"),
    pytest.param(one("breach"), ["explain", "days"], 0, id="explain-a-breach"),
    pytest.param(one("met"), ["explain", "hours"], 2, id="explain-something-unknown"),
    pytest.param(one("met"), ["explain", "days@2027-01"], 2, id="explain-a-period-without-verdict"),
    pytest.param(broken, ["explain", "days"], 2, id="explain-invalid"),
    pytest.param(no_agreement, ["explain", "days"], 2, id="explain-without-an-agreement"),
    pytest.param(breach_and_invalid, ["explain", "days"], 2, id="explain-one-of-several"),
]


@pytest.mark.parametrize("format_", ["full", "json", "markdown"])
@pytest.mark.parametrize(("setting", "arguments", "code"), OTHERS)
def test_variance_and_explain_end_with_the_same_code_in_every_format(
    setting: Setting, arguments: list[str], code: int, format_: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    setting(tmp_path)
    assert coopctl(*arguments, "--as-of", AS_OF, "--output-format", format_).code == code


@pytest.mark.parametrize("arguments", [["variance"], ["explain", "days"]], ids=" ".join)
def test_what_keeps_a_command_from_judging_goes_to_standard_error(
    arguments: list[str], coopctl: Coopctl, tmp_path: Path
) -> None:
    broken(tmp_path)
    ended = coopctl(*arguments, "--as-of", AS_OF, "--output-format", "json")
    assert "surprise" in ended.err
    assert "surprise" not in ended.out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("target", ["agreement.yaml", "./actuals/2026.yaml", "actuals/new.csv", "new.coop.yaml"])
def test_a_result_is_never_written_over_what_is_read(
    command: list[str], target: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """A slip in a file's name must not cost the agreement or its ledger."""
    deal(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    ended = coopctl(*command, "--as-of", AS_OF, "--output-format", f"json={target}")
    assert (ended.code, ended.out) == (2, "")
    assert "name another file" in ended.err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
