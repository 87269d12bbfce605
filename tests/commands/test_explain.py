"""`coopctl explain`: every verdict can be redone by hand from what it says."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.deals import (
    AS_OF,
    EXAMPLE_DATES,
    EXAMPLES,
    cells,
    deal,
    document,
    kpi,
    ledger,
    only_agreement,
    terms,
    text_at,
    write,
)
from tests.conftest import Coopctl

Explanation = Mapping[str, Any]


def explained(coopctl: Coopctl, subject: str, *path: str | Path, as_of: str = AS_OF) -> Explanation:
    """Return a derivation as JSON."""
    return document(coopctl, "explain", subject, *path, as_of=as_of)


def step(explanation: Explanation, title: str) -> Mapping[str, Any]:
    """Return the step whose title begins so."""
    (found,) = [each for each in explanation["steps"] if each["title"].startswith(title)]
    assert isinstance(found, dict)
    return found


def told(explanation: Explanation, title: str) -> tuple[str, str]:
    """Return the formula and the result of a step."""
    found = step(explanation, title)
    return found["formula"], found["result"]


def inputs(explanation: Explanation, title: str) -> list[str]:
    """Return what a step rests on."""
    return [each["text"] for each in step(explanation, title)["inputs"]]


# Every verdict of every example


def subjects(coopctl: Coopctl, example: str, as_of: str) -> dict[str, str]:
    """Return everything that `check` judges in an example, with its status."""
    verdicts = only_agreement(coopctl, EXAMPLES / example, as_of=as_of)["verdicts"]
    return {each["subject"] + (f"@{each['period']}" if each["period"] else ""): each["status"] for each in verdicts}


def places_exist(explanation: Explanation) -> None:
    """Check that every place lies in its file."""
    for each in explanation["steps"]:
        for given in each["inputs"]:
            if given["location"]:
                assert text_at(given["location"]).strip(), given


def thresholds_are_quoted(explanation: Explanation) -> None:
    """Check that each threshold says what stands at its place."""
    for each in explanation["steps"]:
        if each["title"].startswith("Thresholds"):
            for given in each["inputs"]:
                match = re.match(r"(?:warn|breach): (\w+) ([^.]+(?:\.\d+%?)?)\. Is ", given["text"])
                assert match is not None, given
                assert text_at(given["location"]) == f"{{{match[1]}: {match[2]}}}"


def figures_are_quoted(explanation: Explanation) -> None:
    """Check that each figure says what stands at its place."""
    for each in explanation["steps"]:
        if each["title"] in ("Recorded figures", "Spend to date"):
            for given in each["inputs"]:
                match = re.match(r"[\w-]+: (-?[\d.]+)", given["text"])
                assert match is not None, given
                assert text_at(given["location"]) == match[1]


def targets_are_quoted(explanation: Explanation) -> None:
    """Check that target and baseline say what stands at their places."""
    for each in explanation["steps"]:
        if each["title"] == "Target":
            for given in each["inputs"]:
                stated = given["text"].partition(": ")[2]
                there = text_at(given["location"])
                assert there == stated or there == f"{{min: {stated.replace(' to ', ', max: ')}}}", given


@pytest.mark.parametrize(("example", "as_of"), EXAMPLE_DATES.items(), ids=EXAMPLE_DATES)
def test_every_verdict_is_explained_by_what_stands_in_the_files(example: str, as_of: str, coopctl: Coopctl) -> None:
    found = subjects(coopctl, example, as_of)
    assert len(found) > 15
    for subject, status in found.items():
        explanation = explained(coopctl, subject, EXAMPLES / example, as_of=as_of)
        assert explanation["subject"] == subject
        assert step(explanation, "Status")["result"] == status
        assert "None" not in json.dumps(explanation)
        for check in (places_exist, thresholds_are_quoted, figures_are_quoted, targets_are_quoted):
            check(explanation)


@pytest.mark.parametrize(("example", "as_of"), EXAMPLE_DATES.items(), ids=EXAMPLE_DATES)
def test_every_exit_right_is_explained(example: str, as_of: str, coopctl: Coopctl) -> None:
    arisen = {each["subject"] for each in only_agreement(coopctl, EXAMPLES / example, as_of=as_of)["triggers"]}
    text = (EXAMPLES / example / "agreement.yaml").read_text("utf-8").partition("\nexit:\n  triggers:\n")[2]
    named = re.findall(r"^    (\S+):", text.partition("\n  wind_down:")[0], re.MULTILINE)
    assert len(named) >= 2
    for name in named:
        explanation = explained(coopctl, f"exit.triggers.{name}", EXAMPLES / example, as_of=as_of)
        result = step(explanation, "Status")["result"]
        assert (result == "the right has arisen") == (f"exit.triggers.{name}" in arisen)
        places_exist(explanation)


# By hand


def test_a_ratio(coopctl: Coopctl) -> None:
    """344 of 382 loads are 90.052356020942…%, and that of 97 % is 7.1625195660…% short."""
    found = explained(coopctl, "kpis.on-time-pickup@2026-04", EXAMPLES / "carrier-in-breach", as_of="2026-06-15")
    assert told(found, "Target") == ("as stated", "at least 97 %")
    assert inputs(found, "Recorded figures") == ["2026-04: 344 / 382, recorded 2026-05-06"]
    assert told(found, "Actual") == ("344 / 382 × 100", "90.052356020942… (17200/191) %")
    assert told(found, "Variance") == (
        "90.052356020942… − 97; -6.947643979058… / |97| × 100",
        "-6.947643979058…; -7.162519566039… %",
    )
    assert told(found, "Status") == ("the threshold for breach fires", "breach")
    assert inputs(found, "Thresholds") == [
        "breach: worse_than 92. Is 90.052356020942… < 92? yes: fires",
        "warn: worse_than 95. Is 90.052356020942… < 95? yes: fires",
    ]


def test_a_ratio_of_several_figures(coopctl: Coopctl, tmp_path: Path) -> None:
    """(9 + 1) / (10 + 10) = 50 %, not the mean of 90 % and 10 %."""
    figures = {
        "2026-01-07": "{numerator: 9, denominator: 10}",
        "2026-01-14": "{numerator: 1, denominator: 10}",
    }
    rate = kpi("rate", unit='"%"', aggregation="ratio", direction="higher-is-better", target="90", thresholds="{}")
    write(tmp_path, terms(rate), ledger({"rate": figures}))
    assert told(explained(coopctl, "rate@2026-01"), "Actual") == ("(9 + 1) / (10 + 10) × 100", "50 %")


def test_a_weighted_mean(coopctl: Coopctl) -> None:
    """(86 × 40 + 88 × 60) / 100 = 87.2."""
    found = explained(coopctl, "kpis.客户满意度@2026-01", EXAMPLES / "lianhe-yunying", as_of="2026-07-15")
    assert told(found, "Actual") == ("(86 × 40 + 88 × 60) / (40 + 60)", "87.2 分")
    assert told(found, "Target") == ("as stated", "at least 86 分")
    assert told(found, "Variance") == ("87.2 − 86; 1.2 / |86| × 100", "1.2; 1.395348837209… %")


def test_a_mean_without_end(coopctl: Coopctl, tmp_path: Path) -> None:
    """(1 + 0 + 0) / 3 is a third, and is compared as one."""
    figures = {"2026-01-07": "1", "2026-01-14": "0", "2026-01-21": "0"}
    write(tmp_path, terms(kpi()), ledger({"days": figures}))
    assert told(explained(coopctl, "days@2026-01"), "Actual") == ("(1 + 0 + 0) / 3", "0.333333333333… (1/3) days")


def test_a_cumulative_sum_against_a_relative_target(coopctl: Coopctl) -> None:
    """15 % off 1 241 000 is 1 054 850; 59 of 365 days of it are 170 510; 92 300 + 83 900 = 176 200."""
    found = explained(coopctl, "admin-cost@2026-02", EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    assert inputs(found, "Target") == ["target: -15%", "baseline: 1241000"]
    formula, result = told(found, "Target")
    assert formula.startswith("1241000 × (1 − 15/100) × 59/365")
    assert result == "at most 170510 CNY"
    assert told(found, "Actual") == ("92300 + 83900", "176200 CNY")
    assert told(found, "Variance")[1] == "5690; 3.337047680488… %"


def test_a_relative_target(coopctl: Coopctl) -> None:
    found = explained(coopctl, "delivery-days@2026-03", EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    assert inputs(found, "Target") == ["target: -20%", "baseline: 20"]
    assert told(found, "Target") == ("20 × (1 − 20/100)", "at most 16 days")
    assert told(found, "Variance") == ("18.6 − 16; 2.6 / |16| × 100", "2.6; 16.25 %")
    assert told(found, "Attainment") == ("target / actual × 100 = 16 / 18.6 × 100", "86.021505376344… %")


def test_a_target_that_rises_relative_to_its_baseline(coopctl: Coopctl, tmp_path: Path) -> None:
    more = {"direction": "higher-is-better", "target": "+5%", "baseline": "{value: 80}", "thresholds": "{}"}
    write(tmp_path, terms(kpi(**more)), ledger({"days": {"2026-01": "84"}}))
    assert told(explained(coopctl, "days@2026-01"), "Target") == ("80 × (1 + 5/100)", "at least 84 days")


def test_a_restated_figure_shows_what_was_said_before(coopctl: Coopctl) -> None:
    found = explained(coopctl, "delivery-days@2026-03", EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    now, before = inputs(found, "Recorded figures")
    assert now.startswith("2026-03: 18.6, recorded 2026-04-09, by mei")
    assert before == "2026-03: 17.4, recorded 2026-04-03, provisional, by mei; replaced by the later one"


PARTIAL = """\
coopctl: 1
id: partial
title: Half a January
version: 1.0.0
parties: {north: {name: North Ltd.}, harbor: {name: Harbor Ltd.}}
term: {start: 2026-01-17, end: 2026-12-31}
kpis:
  orders:
    unit: orders
    direction: higher-is-better
    frequency: monthly
    aggregation: sum
    target: 62
    thresholds: {breach: {worse_than: 31}}
"""


def test_a_partial_period_of_a_sum(coopctl: Coopctl, tmp_path: Path) -> None:
    """15 of 31 days: 62 × 15/31 = 30 and 31 × 15/31 = 15, above which 20 lies."""
    write(tmp_path, PARTIAL, ledger({"orders": {"2026-01": "20"}}))
    found = explained(coopctl, "orders@2026-01")
    assert told(found, "Period")[0].startswith("2026-01 is 2026-01-17 to 2026-01-31, 15 days of 31")
    formula, result = told(found, "Target")
    assert formula.startswith("62 × 15/31")
    assert result == "at least 30 orders"
    assert inputs(found, "Thresholds") == ["breach: worse_than 31. Is 20 < 31 × 15/31 = 15? no: does not fire"]
    assert told(found, "Status")[1] == "off-target"


def test_a_range(coopctl: Coopctl) -> None:
    """71 lies 4 below 75, and 4 of 75 are 5.333…%."""
    found = explained(coopctl, "team-load@2026-02", EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    assert told(found, "Target")[1] == "75 to 90 %"
    assert told(found, "Variance") == ("71 − 75; -4 / |75| × 100", "-4; -5.333333333333… %")
    assert told(found, "Attainment") == ("outside the range", "0 %")
    assert inputs(found, "Thresholds")[1] == "warn: off_by_more_than 3. Is adverse deviation 4 > 3? yes: fires"


def test_a_figure_within_its_range(coopctl: Coopctl) -> None:
    found = explained(coopctl, "team-load@2026-05", EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    assert told(found, "Variance")[0].startswith("90 lies in the range")
    assert told(found, "Attainment") == ("the target is reached", "100 %")


def test_a_milestone(coopctl: Coopctl) -> None:
    """7 days late in a window of 44 days."""
    found = explained(coopctl, "pilot", EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    assert told(found, "What is due")[0] == "window 2026-05-15 − 2026-04-01 = 44 days"
    assert told(found, "Judged at") == ("the day it was done", "2026-05-22")
    assert told(found, "Variance") == (
        "2026-05-22 − 2026-05-15; 7 / 44 × 100",
        "7 days late; 15.909090909091… % of the window",
    )
    assert inputs(found, "Thresholds")[0].startswith("warn: off_by_more_than 5 days. Is adverse deviation 7 > ")
    assert told(found, "Status") == ("the threshold for warn fires", "warn")


def test_a_milestone_at_its_forecast(coopctl: Coopctl) -> None:
    found = explained(coopctl, "first-region", EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    assert told(found, "Judged at")[1] == "2026-07-17"
    assert "forecast" in told(found, "Judged at")[0]
    assert "forecast: 2026-07-17" in inputs(found, "Judged at")


def test_a_milestone_that_is_not_due_has_no_figure_to_wait_for(coopctl: Coopctl) -> None:
    found = explained(coopctl, "all-regions", EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    formula, result = told(found, "Status")
    assert result == "pending"
    assert "figure" not in formula


def test_a_budget_line(coopctl: Coopctl) -> None:
    """195 of 365 days of 73 000 are 39 000; 46 200 are 7 200 more, 18.46…%."""
    found = explained(coopctl, "travel", EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    assert told(found, "Budget to date") == ("73000 × 195/365", "39000 CNY")
    assert told(found, "Spend to date") == ("6200 + 4100 + 8300 + 9600 + 9900 + 8100", "46200 CNY")
    assert told(found, "Variance") == ("46200 − 39000; 7200 / 39000 × 100", "7200; 18.461538461538… %")
    assert told(found, "Status")[1] == "warn"


def test_a_phased_budget_line(coopctl: Coopctl) -> None:
    """Quarters of 100 000 and 150 000 are over; of the third, 14 of 92 days of 150 000."""
    found = explained(coopctl, "marketing", EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    assert told(found, "Budget to date") == (
        "100000 × 90/90 + 150000 × 91/91 + 150000 × 14/92",
        "272826.086956521739… CNY",
    )


def test_a_budget_line_without_spend_has_no_figure_to_wait_for(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(more="budget: {travel: {amount: 3650}}\n"))
    found = explained(coopctl, "travel", as_of="2026-01-20")
    assert told(found, "Status")[1] == "pending"
    assert "None" not in json.dumps(found)


def test_a_budget_that_begins_later_is_explained(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(more="budget: {travel: {amount: 0, phasing: {2026-Q4: 0}}}\n"))
    found = explained(coopctl, "travel", as_of="2026-01-20")
    assert told(found, "Status")[1] == "pending"
    assert "None" not in json.dumps(found)


def test_a_trigger_of_adjacent_periods(coopctl: Coopctl) -> None:
    found = explained(coopctl, "chronic-lateness", EXAMPLES / "carrier-in-breach", as_of="2026-06-15")
    assert inputs(found, "What the agreement says")[0] == "when: on-time-pickup in breach for 3 adjacent periods"
    assert inputs(found, "Ended periods")[-4:] == [
        "2026-02: off-target",
        "2026-03: breach",
        "2026-04: breach",
        "2026-05: breach",
    ]
    assert told(found, "Status") == (
        "complete on 2026-05-31: 2026-03, 2026-04, 2026-05",
        "the right has arisen",
    )
    assert inputs(found, "Dates that follow") == [
        "cure: 2026-06-15 + 30 days = 2026-07-15",
        "notice: 2026-06-15 + 30 days = 2026-07-15",
    ]


def test_a_trigger_of_so_many_periods(coopctl: Coopctl) -> None:
    found = explained(coopctl, "careless-handling", EXAMPLES / "carrier-in-breach", as_of="2026-06-15")
    stated = inputs(found, "What the agreement says")[0]
    assert stated == "when: damage-rate in breach for 3 of any 6 adjacent periods"
    assert [each for each in inputs(found, "Ended periods") if "breach" in each] == [
        "2025-12: breach",
        "2026-04: breach",
    ]
    assert told(found, "Status") == ("2 of 3 now", "the right has not arisen")


def test_a_trigger_that_anybody_can_pull_at_any_time(coopctl: Coopctl) -> None:
    found = explained(coopctl, "convenience", EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    assert told(found, "Status")[1] == "the right holds at any time"


def test_a_waiver(coopctl: Coopctl) -> None:
    found = explained(coopctl, "delivery-days@2026-02", EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    assert inputs(found, "Waiver") == ["kpis.delivery-days@2026-02, 2026-03-10: Sites closed by snow for eight days"]
    assert told(found, "Waiver") == ("approved by northwind, harborline: every party", "breach is excused")
    assert told(found, "Status")[1] == "excused"


def test_what_follows_is_counted_from_the_day_it_became_known(coopctl: Coopctl) -> None:
    found = explained(coopctl, "delivery-days@2026-03", EXAMPLES / "delivery-alliance", as_of="2026-07-15")
    contingency = "Move one engineer from new work within 2 days; Tell the affected customers the new date"
    assert inputs(found, "What follows") == [
        "escalate to working_group within 2 days: 2026-04-09 + 2 days = 2026-04-11",
        "escalate to steering within 5 business days: 2026-04-09 + 5 business days = 2026-04-16",
        f"contingency of slow-delivery: {contingency}",
    ]


def test_a_missing_figure(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "missing")
    found = explained(coopctl, "days@2026-01")
    assert inputs(found, "Recorded figures") == []
    assert told(found, "Status") == ("no figure by 2026-02-10; it counts as warn", "missing")


# What is asked for


@pytest.mark.parametrize("subject", ["kpis.days@2026-01", "days@2026-01", "days"])
def test_the_id_alone_will_do_and_the_latest_judged_period(subject: str, coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    assert explained(coopctl, subject)["subject"] == "kpis.days@2026-01"


def test_an_id_that_two_things_have_has_to_be_written_out(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi("pilot"), more="plan: {milestones: {pilot: {due: 2026-03-01}}}\n"))
    ended = coopctl("explain", "pilot", "--as-of", AS_OF)
    assert (ended.code, ended.out) == (2, "")
    assert "kpis.pilot" in ended.err and "plan.milestones.pilot" in ended.err
    assert explained(coopctl, "plan.milestones.pilot")["subject"] == "plan.milestones.pilot"


def test_an_unknown_subject_is_an_error_that_suggests_the_nearest(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi("delivery-days"), kpi("csat")))
    ended = coopctl("explain", "delivery-dais", "--as-of", AS_OF)
    assert (ended.code, ended.out) == (2, "")
    assert "delivery-dais" in ended.err
    assert re.search(r"did you mean .?(kpis\.)?delivery-days", ended.err)


def test_a_period_without_a_verdict_says_which_there_are(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    ended = coopctl("explain", "days@2026-03", "--as-of", AS_OF)
    assert (ended.code, ended.out) == (2, "")
    assert "no verdict for 2026-03" in ended.err
    assert "2026-01 to 2026-02" in ended.err


def test_a_milestone_has_no_period(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(more="plan: {milestones: {pilot: {due: 2026-03-01}}}\n"))
    ended = coopctl("explain", "pilot@2026-03", "--as-of", AS_OF)
    assert ended.code == 2
    assert "judged as a whole" in ended.err


def test_an_exit_right_has_no_period(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi(), more="exit: {triggers: {leave: {when: anytime, right_of: [harbor]}}}\n"))
    assert coopctl("explain", "exit.triggers.leave@2026-01", "--as-of", AS_OF).code == 2


def test_of_several_agreements_one_has_to_be_named(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path / "a", "met")
    deal(tmp_path / "b", "breach")
    ended = coopctl("explain", "days", "--as-of", AS_OF)
    assert (ended.code, ended.out) == (2, "")
    assert "a/agreement.yaml" in ended.err and "b/agreement.yaml" in ended.err
    assert step(explained(coopctl, "days", "b"), "Status")["result"] == "breach"


# Forms


def test_json_has_steps_with_places(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    found = explained(coopctl, "days")
    assert found["schema_version"] == 1
    assert all(set(each) == {"title", "inputs", "formula", "result"} for each in found["steps"])
    place = step(found, "Recorded figures")["inputs"][0]["location"]
    assert place == {"path": "actuals/2026.yaml", "line": 3, "column": 19, "end_line": 3, "end_column": 21}


def test_markdown_is_a_numbered_list_of_the_same_steps(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    steps = explained(coopctl, "days")["steps"]
    out = coopctl("explain", "days", "--as-of", AS_OF, "--output-format", "markdown").out
    expected = [f"{number}. **{each['title']}**" for number, each in enumerate(steps, 1)]
    assert [line for line in out.splitlines() if re.match(r"\d+\. ", line)] == expected
    assert "(actuals/2026.yaml:3)" in out


def test_full_numbers_its_steps_and_names_places(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    steps = explained(coopctl, "days")["steps"]
    lines = coopctl("explain", "days", "--as-of", AS_OF).out.splitlines()
    expected = [f"{number}. {each['title']}" for number, each in enumerate(steps, 1)]
    assert [line for line in lines if re.match(r"\d+\. ", line)] == expected
    assert "   - 2026-01: 16" in lines
    assert lines[lines.index("   - 2026-01: 16") + 1] == "     actuals/2026.yaml:3:19"
    assert "   the threshold for breach fires → breach" in lines


@pytest.mark.parametrize("subject", ["kpis.客户满意度@2026-01", "项目交付周期@2026-02", "差旅会务"])
def test_full_fits_80_columns(subject: str, coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)
    monkeypatch.setenv("COLUMNS", "80")
    out = coopctl("explain", subject, "lianhe-yunying", "--as-of", "2026-07-15").out
    assert [line for line in out.splitlines() if cells(line) > 80] == []
