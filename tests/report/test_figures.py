"""The figures in reports: rounded so that they never contradict the verdict beside them, forecast, compared."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.deals import kpi, ledger, terms, write
from tests.conftest import Coopctl


def context(coopctl: Coopctl, *options: str) -> dict[str, Any]:
    """Return what the templates see."""
    ended = coopctl("report", "--as-of", "2026-04-20", "--kind", "quarterly", *options, "--context")
    assert (ended.code, ended.err) == (0, "")
    found: dict[str, Any] = json.loads(ended.out)
    return found


def test_a_figure_is_never_rounded_onto_a_target_that_it_misses(coopctl: Coopctl, tmp_path: Path) -> None:
    """10.04 against 10 shows as 10.04, though one decimal would do for the rest."""
    write(
        tmp_path,
        terms(kpi(precision="1"), kpi("near", precision="1")),
        ledger({"days": {"2026-03": "10.04"}, "near": {"2026-03": "10.0004"}}),
    )
    days, near = context(coopctl, "--period", "2026-03")["kpis"]
    assert (days["actual"]["text"], days["target"]["text"], days["on_target"]) == ("10.04 days", "10.0 days", False)
    assert near["actual"]["text"] == "10.0004 days"


def test_a_figure_on_target_keeps_the_precision(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi(precision="1")), ledger({"days": {"2026-03": "9.14"}}))
    assert context(coopctl, "--period", "2026-03")["kpis"][0]["actual"]["text"] == "9.1 days"


def test_a_forecast_is_held_against_the_target_at_the_end_of_the_term(coopctl: Coopctl, tmp_path: Path) -> None:
    """The mean of 9, 10 and 9.5 is 9.5: on target today, and not against the 9 that are agreed from July."""
    write(
        tmp_path,
        terms(kpi(target="{2026-01: 10, 2026-07: 9}", thresholds="{warn: {worse_than: 12}}")),
        ledger({"days": {"2026-01": "9", "2026-02": "10", "2026-03": "9.5"}}),
    )
    forecast = context(coopctl)["kpis"][0]["forecast"]
    assert forecast["value"]["exact"] == "9.5"
    assert forecast["target"]["exact"] == "9"
    assert forecast["on_target"] is False
    # (10 × 6 + 9 × 6 − 28.5) ÷ 9 = 9.5: the nine periods left, for the term's average to be that of its targets
    assert (forecast["needed"]["exact"], forecast["remaining"]) == ("9.5", 9)


@pytest.mark.parametrize(("spent", "reached"), [("100", True), ("101", False)])
def test_a_run_rate_is_held_against_the_whole_term(spent: str, reached: bool, coopctl: Coopctl, tmp_path: Path) -> None:
    """At 100 by the 90th of 365 days, 405.5… at the end; 406 are allowed, and 101 would make it 409.6."""
    write(
        tmp_path,
        terms(kpi(aggregation="sum", accumulation="cumulative", target="406", unit="CNY", thresholds="{}")),
        ledger({"days": {"2026-03": spent}}),
    )
    forecast = context(coopctl)["kpis"][0]["forecast"]
    assert (forecast["method"], forecast["basis"], forecast["on_target"]) == ("run-rate", 90, reached)


@pytest.mark.parametrize(("first", "needed", "possible"), [("70", "100", True), ("61", "101", False)])
def test_a_share_of_more_than_all_is_out_of_reach(
    first: str, needed: str, possible: bool, coopctl: Coopctl, tmp_path: Path
) -> None:
    """What January lacks to 97 is spread over the nine months left: 97 + 27 ÷ 9 = 100, and 97 + 36 ÷ 9 = 101."""
    share = {"unit": '"%"', "direction": "higher-is-better", "target": "97", "thresholds": "{}"}
    write(
        tmp_path,
        terms(kpi(name="Orders delivered on time", **share)),
        ledger({"days": {"2026-01": first, "2026-02": "97", "2026-03": "97"}}),
    )
    forecast = context(coopctl)["kpis"][0]["forecast"]
    assert (forecast["needed"]["exact"], forecast["possible"]) == (needed, possible)
    text = coopctl("report", "--as-of", "2026-04-20").out
    assert ("the target is out of reach" in text) is not possible


def test_a_goal_is_reached_only_when_all_its_figures_are_there(coopctl: Coopctl, tmp_path: Path) -> None:
    goals = "goals: {fast: {statement: Be fast, kpis: [days, other]}}\n"
    write(tmp_path, terms(kpi(), kpi("other"), more=goals), ledger({"days": {"2026-03": "9"}}))
    goal = context(coopctl)["goals"][0]
    assert (goal["on_target"], goal["reached"]) == (True, None)
    write(
        tmp_path, terms(kpi(), kpi("other"), more=goals), ledger({"days": {"2026-03": "9"}, "other": {"2026-03": "9"}})
    )
    goal = context(coopctl)["goals"][0]
    assert (goal["on_target"], goal["reached"]) == (True, True)
    write(tmp_path, terms(kpi(), kpi("other"), more=goals), ledger({"other": {"2026-03": "11"}}))
    goal = context(coopctl)["goals"][0]
    assert (goal["on_target"], goal["reached"]) == (False, False)


def test_levels_are_those_that_fire_first(coopctl: Coopctl, tmp_path: Path) -> None:
    """Worse than 12 fires before off by more than 3; a range has a level on each side."""
    load = {"unit": '"%"', "direction": "within-range", "target": "{min: 75, max: 90}"}
    write(
        tmp_path,
        terms(
            kpi(thresholds="{warn: [{worse_than: 12}, {off_by_more_than: 3}], breach: {off_by_more_than: 50%}}"),
            kpi("load", **load, thresholds="{warn: {off_by_more_than: 5}}"),
        ),
        ledger({"days": {"2026-01": "10"}, "load": {"2026-01": "80"}}),
    )
    days, share = (each["history"][0] for each in context(coopctl)["kpis"])
    assert (days["warn"], days["breach"], days["low"], days["high"]) == (["12"], ["15"], None, None)
    assert (share["warn"], share["breach"], share["low"], share["high"]) == (["70", "95"], [], "75", "90")


def test_what_is_for_everybody_is_owed_by_all_parties(coopctl: Coopctl, tmp_path: Path) -> None:
    more = (
        "governance: {reviews: {frequency: quarterly, within: 15 days}}\neconomics: {payment: {frequency: quarterly}}\n"
    )
    write(tmp_path, terms(kpi(), more=more))
    report = json.loads(coopctl("report", "--as-of", "2026-04-10", "--context").out)
    owed = {each["duty"]: (each["owner"], each["day"]) for each in report["deadlines"]}
    assert owed["review"] == ("All parties", "2026-04-15")
    assert owed["payment"] == ("All parties", "2026-06-30")


def test_a_risk_names_everything_that_called_for_it(coopctl: Coopctl, tmp_path: Path) -> None:
    risks = "risks: {late: {name: Late, triggers: [kpis.days.warn], contingency: Call}}\n"
    write(tmp_path, terms(kpi(), more=risks), ledger({"days": {"2026-01": "13", "2026-02": "9", "2026-03": "14"}}))
    assert context(coopctl)["risks"][0]["fired"] == ["Delivery time, January 2026", "Delivery time, March 2026"]
