"""What `coopctl record` asks about beside the terms: sizes, days and shares, on both sides of each boundary."""

import fcntl
import os
from pathlib import Path

import pytest

from coopctl import locking
from tests.conftest import Coopctl
from tests.recording.pact import AGREEMENT, LEDGER, put, set_today


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_today(monkeypatch, "2026-07-03")
    monkeypatch.delenv("COOPCTL_BY", raising=False)


def kpi(terms: str, unit: str = "days", direction: str = "higher-is-better", aggregation: str = "mean") -> str:
    """The pact with one more KPI."""
    known = f"unit: {unit}, direction: {direction}, aggregation: {aggregation}, frequency: monthly"
    return AGREEMENT.replace("kpis:\n", f"kpis:\n  x: {{name: X, {known}, {terms}}}\n", 1)


def asked(coopctl: Coopctl, *arguments: str) -> str:
    """What is asked about; empty where the fact is recorded without a question."""
    ended = coopctl("record", *arguments)
    if not ended.code:
        return ""
    told = ended.err.removeprefix("error: ").removesuffix(". If that is right, say --yes; nothing was recorded\n")
    assert told + ". If" in ended.err
    return told


SCORE = "target: 90, baseline: {value: 85}"
SCORES = "2026-04: 85.5, 2026-05: 88.4"
RANGE = "target: {min: 40, max: 50}"


@pytest.mark.parametrize(
    ("agreement", "ledger", "figure", "doubt"),
    [
        (kpi("target: 20"), "", "100", ""),
        (kpi("target: 20"), "", "100.1", "100.1 days is more than five times the target of 20 days"),
        (kpi("target: 20"), "", "4", ""),
        (kpi("target: 20"), "", "3.9", "3.9 days is less than a fifth of the target of 20 days"),
        (kpi("target: 20"), "", "0", ""),
        (kpi("target: 20"), "", "-1", "-1 days is below 0"),
        (kpi("target: 20, precision: 0"), "", "0.004", "0.004 days is less than a fifth of the target of 20 days"),
        # the baseline widens what is expected, also where the target is a part of it
        (kpi("target: 20, baseline: {value: 100}"), "", "500", ""),
        (
            kpi("target: 20, baseline: {value: 100}"),
            "",
            "501",
            "501 days is more than five times the baseline of 100 days",
        ),
        (kpi("target: 20, baseline: {value: 100}"), "", "4", ""),
        (kpi('target: "-80%", baseline: {value: 100}'), "", "4", ""),
        (
            kpi('target: "-80%", baseline: {value: 100}'),
            "",
            "3.99",
            "3.99 days is less than a fifth of the target of 20 days",
        ),
        # where 0 is expected too, nothing is too small; where only 0 is, nothing is said of sizes
        (kpi("target: 20, baseline: {value: 0}"), "", "0.1", ""),
        (kpi("target: 20, baseline: {value: 0}"), "", "101", "101 days is more than five times the target of 20 days"),
        (kpi("target: 0"), "", "5000", ""),
        (kpi("target: {min: -5, max: 5}", direction="within-range"), "", "0.1", ""),
        (kpi(RANGE, direction="within-range"), "", "8", ""),
        (kpi(RANGE, direction="within-range"), "", "7.9", "7.9 days is less than a fifth of the target of 40 days"),
        (kpi(RANGE, direction="within-range"), "", "250", ""),
        (kpi(RANGE, direction="within-range"), "", "251", "251 days is more than five times the target of 50 days"),
        # amounts below 0
        (kpi("target: -20"), "", "-100", ""),
        (kpi("target: -20"), "", "-101", "-101 days is more than five times the target of -20 days"),
        (kpi("target: -20"), "", "-4", ""),
        (kpi("target: -20"), "", "-3.9", "-3.9 days is less than a fifth of the target of -20 days"),
        (kpi("target: -20"), "", "1", ""),
        # the step of the target that holds
        (
            kpi("target: {2026-01: 20, 2026-06: 3000}"),
            "",
            "599",
            "599 days is less than a fifth of the target of 3,000 days",
        ),
        (kpi("target: {2026-01: 3000, 2026-06: 20}"), "", "100", ""),
        # a sum over a part of the period
        (kpi("target: 280", aggregation="sum"), "", "56", ""),
        (kpi("target: 280", aggregation="sum"), "", "55", "55 days is less than a fifth of the target of 280 days"),
        # a total that adds up over the term: a part of it may be small
        (kpi("target: 1000, accumulation: cumulative", aggregation="sum"), "", "1", ""),
        (
            kpi("target: 1000, accumulation: cumulative", aggregation="sum"),
            "",
            "5001",
            "5,001 days is more than five times the target of 1,000 days",
        ),
        # points have no bounds, percentages have
        (kpi("target: 45", unit="points"), "", "120", ""),
        (kpi("target: 95", unit='"%"'), "", "0.93", "0.93% is less than a fifth of the target of 95%"),
        (kpi("target: 110", unit='"%"'), "", "105", ""),
        (kpi("target: 100", unit='"%"'), "", "105", "105% is more than 100%"),
        # one or two figures widen what is expected; three count alone
        (kpi("target: 20"), "2026-05: 300", "1500", ""),
        (
            kpi("target: 20"),
            "2026-05: 300",
            "1501",
            "1,501 days is more than five times the earlier figure of 300 days",
        ),
        # a decimal point that slipped, where the truth lies among what is expected
        (kpi(SCORE, unit="points"), SCORES, "450", ""),
        (kpi(SCORE, unit="points"), SCORES, "884", "884 points is more than five times the target of 90 points"),
        (kpi(SCORE, unit="points"), SCORES, "17", ""),
        (kpi(SCORE, unit="points"), SCORES, "8.84", "8.84 points is less than a fifth of the baseline of 85 points"),
        (kpi("target: 20"), "2026-03: 300, 2026-04: 305, 2026-05: 310", "310", ""),
    ],
)
def test_a_figure_of_another_order_than_the_terms_takes_a_yes(
    agreement: str, ledger: str, figure: str, doubt: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    put(tmp_path, f"coopctl: actuals/1\nkpis: {{x: {{{ledger}}}}}\n", agreement)
    assert asked(coopctl, "kpi", "x", "2026-06", figure) == doubt


@pytest.mark.parametrize(("figure", "is_odd"), [("2", False), ("1.9", True)])
def test_a_day_is_held_against_a_days_part_of_a_monthly_sum(
    figure: str, is_odd: bool, coopctl: Coopctl, tmp_path: Path
) -> None:
    put(tmp_path, None, kpi("target: 280", aggregation="sum"))
    assert asked(coopctl, "kpi", "x", "2026-06-30", figure) == (
        "1.9 days is less than a fifth of the target of 10 days" if is_odd else ""
    )


KNOWN = LEDGER.replace("{started: 2026-02-03}", "{progress: 60%}") + (
    "actions:\n  - {id: a1, date: 2026-06-10, about: kpis.csat@2026-05, do: Call}\n"
    "  - {id: a2, date: 2026-06-10, about: kpis.csat@2026-05, do: Write, note: By mail}\n"
)


@pytest.mark.parametrize(
    ("arguments", "doubt"),
    [
        ("spend marketing 2026-06 120000", ""),
        ("spend marketing 2026-06 120000.01", "120,000.01 is more than marketing has for the whole term: 120,000"),
        ("milestone pilot --done 2026-02-01", ""),
        ("milestone pilot --done 2026-01-31", "done 2026-01-31 is before its planned window begins on 2026-02-01"),
        ("milestone pilot --done 2026-01-01", "done 2026-01-01 is before its planned window begins on 2026-02-01"),
        ("milestone pilot --done 2025-12-31", "done 2025-12-31 is before the term begins on 2026-01-01"),
        ("milestone pilot --progress 61", ""),
        ("milestone pilot --progress 100%", ""),
        ("milestone pilot --progress 59%", "progress goes back from 60% to 59%"),
        (
            "milestone pilot --progress 0.6%",
            "progress 0.6% is less than one in a hundred; 60% may be meant; progress goes back from 60% to 0.6%",
        ),
        ("milestone pilot --progress 1", "progress goes back from 60% to 1%"),
        ("kpi csat 2026-06 91 --recorded 2026-07-03", ""),
        (
            "kpi csat 2026-06 91 --recorded 2026-07-04",
            "recorded 2026-07-04 lies ahead; it is the day on which the figure became known",
        ),
        ("kpi csat 2026-06 91 --recorded 2026-06-30", ""),
        ("kpi csat 2026-06 91 --recorded 2026-06-29", "2026-06 had not ended on 2026-06-29: it ran until 2026-06-30"),
        ("kpi csat 2026-06 91 --recorded 2026-06-01 --provisional", ""),
        ("kpi csat 2026-06 91 --recorded 2026-05-31", "recorded 2026-05-31 is before 2026-06 begins on 2026-06-01"),
        ("action X --about csat@2026-05 --due 2026-07-03", ""),
        ("action X --about csat@2026-05 --due 2026-07-02", "due 2026-07-02 lies in the past"),
        ("action X --about csat@2026-05 --date 2026-06-01 --due 2026-07-02 --done 2026-07-01", ""),
        ("action X --about csat@2026-05 --done 2026-07-04", "done 2026-07-04 lies ahead"),
        ("action X --about csat@2026-12", ""),
        ("action X --about csat@2027-01", "2027-01 lies outside the term 2026-01-01 to 2026-12-31"),
        ("event incident --about csat@2026", ""),
        ("event incident --about csat@2025-Q4", "2025-Q4 lies outside the term 2026-01-01 to 2026-12-31"),
        ("action --id a1 --done 2026-07-04", "done 2026-07-04 lies ahead"),
        ("action --id a2 --done 2026-07-03 --note Sent", "note “By mail” is recorded already; “Sent” takes its place"),
        (
            "waiver csat@2026-05 --reason x",
            "north and harbor have not agreed; a waiver excuses nothing until every party has",
        ),
    ],
)
def test_what_the_terms_make_odd_takes_a_yes(arguments: str, doubt: str, coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path, KNOWN)
    assert asked(coopctl, *arguments.split(" ")) == doubt
    assert (file.read_text("utf-8") == KNOWN) is bool(doubt)
    assert coopctl("record", *arguments.split(" "), "--yes").code == 0


@pytest.mark.parametrize(
    ("known", "arguments", "doubt"),
    [
        ("{done: 2026-02-19}", "--progress 20", "progress 20% of what was done on 2026-02-19"),
        ("{done: 2026-02-19}", "--progress 100", ""),
        ("{}", "--done 2026-02-19 --progress 99", "progress 99% of what was done on 2026-02-19"),
        ("{progress: 60%}", "--done 2026-02-19", ""),
        ("{done: 2026-02-19}", "--forecast 2026-12-17", "a forecast of 2026-12-17 for what was done on 2026-02-19"),
        ("{}", "--done 2026-02-19 --forecast 2026-12-17", "a forecast of 2026-12-17 for what was done on 2026-02-19"),
        ("{forecast: 2026-12-17}", "--done 2026-02-19", ""),
        ("{done: 2026-02-19}", "--started 2026-02-20", "done 2026-02-19 is before the start on 2026-02-20"),
        ("{done: 2026-02-19}", "--started 2026-02-19", ""),
        ("{started: 2026-02-20}", "--done 2026-02-19", "done 2026-02-19 is before the start on 2026-02-20"),
        ("{started: 2026-02-20, done: 2026-02-19}", "--progress 100", ""),
        ("{forecast: 2026-06-20}", "--started 2026-06-21", "the forecast 2026-06-20 is before the start on 2026-06-21"),
        ("{forecast: 2026-06-20}", "--started 2026-06-20", ""),
        ("{forecast: 2026-06-20}", "--started 2026-06-21 --done 2026-06-30", ""),
    ],
)
def test_a_milestone_that_would_contradict_what_is_recorded_takes_a_yes(
    known: str, arguments: str, doubt: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    put(tmp_path, LEDGER.replace("{started: 2026-02-03}", known))
    given = ("milestone", "pilot", *arguments.split(" "))
    assert asked(coopctl, *given) == doubt
    assert coopctl("record", *given, "--yes").code == 0


def test_the_same_progress_is_the_same_however_it_is_written(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path, KNOWN)
    for progress in ("60", "60%", "60.0%"):
        ended = coopctl("record", "milestone", "pilot", "--progress", progress)
        assert ended == (0, "recorded already; nothing to do\n", "")
    assert file.read_text("utf-8") == KNOWN
    assert coopctl("record", "milestone", "pilot", "--progress", "60.0%", "--note", "Agreed").code == 0
    assert "pilot: {progress: 60%, note: Agreed}\n" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("milestone pilot --progress 100.1", "--progress: 100.1% is more than all of it; write 0% to 100%"),
        ("kpi csat 2026-06 91 --weight 5", "csat is no weighted mean: its figures have no weight; leave --weight out"),
        (
            "action X --about csat@2026-05 --date 2026-07-02 --done 2026-07-01",
            "--done: 2026-07-01 is before the action was decided on 2026-07-02 (--date)",
        ),
        ("action X --about csat@2026-05 --id ", "--id: says nothing"),
        ("action --done 2026-07-01 --id ", "--id: says nothing"),
        ("action --id a1 --done 2026-06-09", "--done: 2026-06-09 is before a1 was decided on 2026-06-10"),
        (
            "action --id a1 --done 2026-07-01 --owner north --due 2026-07-02",
            (
                "--owner and --due: that is said of a new action, with its text; --id and --done finish one that is "
                "recorded, and only --note goes with them"
            ),
        ),
        (
            "action X --about csat@2026-05 --by Bo",
            "--by: the ledger does not keep who recorded an action; who does it is --owner, or say it in --note",
        ),
        (
            "waiver csat@2026-05 --reason x --by Bo",
            "--by: the ledger does not keep who recorded a waiver; who agreed is --approved-by, or say it in --note",
        ),
        ("event a\nb", "KIND: write one line, such as incident; what more there is to say goes into --note"),
        (
            "kpi csat 2026-03 91 --note Recounted",
            "actuals/2026.yaml:5: the figure stands there as a bare number; write by hand: {value: 91.0, note: …}",
        ),
    ],
)
def test_what_contradicts_itself_or_would_be_lost_is_refused(
    arguments: str, message: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    file = put(tmp_path, KNOWN)
    assert coopctl("record", *arguments.split(" "), "--yes") == (2, "", f"error: {message}\n")
    assert file.read_text("utf-8") == KNOWN


def test_a_note_is_kept_beside_what_is_recorded_already(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path, KNOWN)
    ended = coopctl("record", "action", "--id", "a1", "--done", "2026-07-01", "--note", "Finished")
    assert ended.out == "recorded a1: done 2026-07-01, note “Finished” in actuals/2026.yaml\n"
    again = ("record", "action", "--id", "a1", "--done", "2026-07-01")
    assert coopctl(*again, "--note", "Finished").out == "recorded already; nothing to do\n"
    assert coopctl(*again).out == "recorded already; nothing to do\n"
    figure = ("kpi", "csat", "2026-04", "90")
    assert coopctl("record", *figure, "--note", "Counted").out.startswith(
        "recorded csat 2026-04: note “Counted” in actuals/2026.yaml\n"
    )
    assert coopctl("record", *figure, "--note", "Counted").out == "recorded already; nothing to do\n"
    assert asked(coopctl, *figure, "--note", "Twice") == "note “Counted” is recorded already; “Twice” takes its place"
    assert "2026-04: {value: 90, recorded: 2026-05-04, by: cy, note: Counted}\n" in file.read_text("utf-8")
    assert "do: Call, done: 2026-07-01, note: Finished}\n" in file.read_text("utf-8")


def test_what_an_exchange_takes_away_is_named(coopctl: Coopctl, tmp_path: Path) -> None:
    known = "coopctl: actuals/1\nkpis:\n  csat:\n    2026-06: {value: 90, recorded: 2026-07-03, by: cy, note: Early}\n"
    file = put(tmp_path, known)
    same_day = "90 was recorded for 2026-06 on the same day; it is exchanged, not kept"
    figure = ("kpi", "csat", "2026-06", "91", "--note", "Late")
    assert asked(coopctl, *figure) == f"{same_day}; by “cy” and note “Early” of that figure go with it"
    assert asked(coopctl, *figure, "--by", "cy") == f"{same_day}; note “Early” of that figure goes with it"
    assert asked(coopctl, *figure[:-1], "Early", "--by", "cy") == same_day
    assert file.read_text("utf-8") == known


def test_an_older_version_of_the_language_is_shown_with_the_way_out(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, LEDGER, AGREEMENT.replace("coopctl: 1", "coopctl: 0"))
    shown = (
        "error[SCH009 old-version]: written in version 0 of the agreement language; this coopctl reads\n"
        "  version 1\n"
        " --> agreement.yaml:1:10\n"
        "  |\n"
        "1 | coopctl: 0\n"
        "  |          ^\n"
        "  = help: run `coopctl migrate agreement.yaml`; it keeps your comments\n"
    )
    assert coopctl("record", "kpi", "csat", "2026-06", "91") == (
        2,
        "",
        f"{shown}error: nothing is recorded until that is mended\n",
    )
    assert coopctl("digest") == (2, "", shown)


def test_who_waits_for_another_run_is_told(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(tmp_path)
    monkeypatch.setattr(locking, "TELL_AFTER", 0.0)
    monkeypatch.setattr(locking, "LONGEST_WAIT", 0.02)
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        first, second = coopctl("record", "kpi", "csat", "2026-06", "91").err.splitlines()
    finally:
        os.close(folder)
    where = os.path.realpath(tmp_path)
    assert first == f"waiting for another coopctl that is writing in {where}; Ctrl-C stops, and nothing more is written"
    assert second.startswith(f"error: {where}: another coopctl has been writing here for 0.02 ")
    assert file.read_text("utf-8") == LEDGER
