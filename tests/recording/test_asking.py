"""`coopctl record` alone, as a person meets it: one due fact after the other, in a terminal."""

import re
from pathlib import Path

from coopctl.cli.options import today_in
from tests.pseudo_terminal import run_in_terminal
from tests.recording.pact import LEDGER, put

ENDED = """\
coopctl: 1
id: pact
title: Pact
version: 1.0.0
parties: {north: {name: North Example Ltd.}, harbor: {name: Harbor Example Ltd.}}
term: {start: 2024-01-01, end: 2024-03-31}
kpis:
  csat: {name: Satisfaction, unit: "%", direction: higher-is-better, frequency: monthly, aggregation: mean, target: 90}
  on-time: {name: On time, unit: "%", direction: higher-is-better, frequency: quarterly, aggregation: ratio, target: 95}
plan:
  milestones:
    pilot: {name: Pilot live, owner: harbor, start: 2024-02-01, due: 2024-03-01}
"""


def test_it_asks_for_what_is_due(tmp_path: Path) -> None:
    """One skipped, one wrong and then right, one odd and not confirmed, a ratio, a milestone."""
    file = put(tmp_path, "coopctl: actuals/1\n", ENDED)
    answers = ["", "9O", "92", "190", "n", "93", "19/20", "2024-03-02"]
    days = {str(today_in("UTC"))}
    session = run_in_terminal(["record", "--by", "Ann"], tmp_path, answers)
    days.add(str(today_in("UTC")))  # midnight may have passed
    assert session.code == 0
    text = file.read_text("utf-8")
    assert set(re.findall("recorded: ([0-9-]+)", text)) <= days
    assert re.sub("recorded: [0-9-]+", "recorded: TODAY", text) == (
        "coopctl: actuals/1\n"
        "kpis:\n"
        "  csat:\n"
        "    2024-02: {value: 92, recorded: TODAY, by: Ann}\n"
        "    2024-03: {value: 93, recorded: TODAY, by: Ann}\n"
        "  on-time:\n"
        "    2024-Q1: {numerator: 19, denominator: 20, recorded: TODAY, by: Ann}\n"
        "milestones:\n"
        "  pilot: {done: 2024-03-02, by: Ann}\n"
    )
    for told in (
        "5 to record; Enter skips one, q stops\n",
        "1/5 Satisfaction in 2024-01 · target 90%\n  figure in %: \n",
        '  figure in %: 9O\nthe figure: expected a number, found "9O"; ',
        "3/5 Satisfaction in 2024-03 · target 90% · last 92% in 2024-02\n",
        "190% is more than 100%\nRecord it all the same? [y/N]: n\nnothing was recorded\n",
        "met: On time in 2024-Q1: 95% reaches the target of 95% (was missing)\n\n5/5",
        "5/5 Pilot live · due 2024-03-01\n  done on, or forecast for (a date): ",
    ):
        assert told in session.shown


def test_stopping_leaves_what_was_recorded(tmp_path: Path) -> None:
    file = put(tmp_path, "coopctl: actuals/1\n", ENDED)
    for last, code in (("q", 0), ("\x03", 130), ("\x04", 2)):
        file.write_text("coopctl: actuals/1\n", "utf-8")
        assert run_in_terminal(["record"], tmp_path, ["91", last]).code == code
        assert file.read_text("utf-8").count("value: 91") == 1


def test_a_question_about_an_odd_figure(tmp_path: Path) -> None:
    file = put(tmp_path, LEDGER)
    command = ["record", "kpi", "csat", "2026-02", "101"]
    assert "error: nothing was recorded\n" in run_in_terminal(command, tmp_path, ["no"], "[y/N]: ").shown
    assert file.read_text("utf-8") == LEDGER
    assert run_in_terminal(command, tmp_path, ["y"], "[y/N]: ").code == 0
    assert "2026-02: {value: 101" in file.read_text("utf-8")


def test_a_restatement_is_asked_for_its_reason(tmp_path: Path) -> None:
    file = put(tmp_path, LEDGER)
    figure = ["record", "kpi", "csat", "2026-04", "92"]
    session = run_in_terminal(figure, tmp_path, [""])
    assert session.code == 2
    assert session.shown == (
        "csat 2026-04: 90 is recorded in actuals/2026.yaml:6; a restatement needs a reason\n"
        "Reason (Enter records nothing): \n"
        "error: nothing was recorded\n"
    )
    assert file.read_text("utf-8") == LEDGER
    session = run_in_terminal(figure, tmp_path, ["Two came late"])
    assert session.code == 0
    assert "value: 92, recorded: " in file.read_text("utf-8")
    assert ", note: Two came late}" in file.read_text("utf-8")


def test_a_reason_and_then_what_is_odd(tmp_path: Path) -> None:
    file = put(tmp_path, LEDGER)
    started = ["record", "milestone", "pilot", "--started", "2026-02-04"]
    session = run_in_terminal(started, tmp_path, ["Late", "y"])
    assert session.shown.startswith(
        "pilot: started 2026-02-03 is recorded already; 2026-02-04 needs a reason\n"
        "Reason (Enter records nothing): Late\n"
        "started 2026-02-03 is recorded already; 2026-02-04 takes its place\n"
        "Record it all the same? [y/N]: y\n"
    )
    assert "pilot: {started: 2026-02-04, note: Late}\n" in file.read_text("utf-8")


DUE = """\
coopctl: 1
id: pact
title: Pact
version: 1.0.0
parties: {north: {name: North Example Ltd.}, harbor: {name: Harbor Example Ltd.}}
term: {start: 2024-01-01, end: 2024-01-31}
kpis:
  price:
    {name: Price, unit: CNY, direction: lower-is-better, frequency: monthly, aggregation: weighted-mean, target: 10}
plan:
  milestones:
    pilot: {name: Pilot live, owner: harbor, due: 2024-01-30}
"""


def test_what_is_asked_for_can_be_answered_without_options(tmp_path: Path) -> None:
    file = put(tmp_path, "coopctl: actuals/1\n", DUE)
    days = {str(today_in("UTC"))}
    session = run_in_terminal(["record"], tmp_path, ["9.5", "", "9.5", "120", "May", "2024/2/30", "2024/1/29"])
    days.add(str(today_in("UTC")))
    assert " --" not in session.shown
    assert "  its weight: \neach figure of a weighted mean needs its weight\n" in session.shown
    asked = "  done on, or forecast for (a date): "
    assert any(
        f"{asked}May\nthat is no date: write {day}\n{asked}2024/2/30\nthat is no date: write {day}\n" in session.shown
        for day in days
    )
    assert "{value: 9.5, weight: 120, recorded: " in file.read_text("utf-8")
    assert "pilot: {done: 2024-01-29}\n" in file.read_text("utf-8")
    assert "done 2024-01-29, 1 day before 2024-01-30" in session.shown
    assert session.code == 0
