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
    assert (days["actual"]["text"], days["target"]["text"], days["on_target"]) == ("10.04 days", "10.00 days", False)
    assert near["actual"]["text"] == "10.0004 days"


@pytest.mark.parametrize(
    ("target", "warn", "actual", "compared", "condition"),
    [
        # whole days would say 16 against 16, and that 16 is worse than 16
        ("16", "worse_than: 16", "16.2", "16.2 days against 16.0 days", "worse than 16 days"),
        # they would say that 17 is worse than 17
        ("10", "worse_than: 16.5", "16.8", "16.8 days against 10.0 days", "worse than 16.5 days"),
        ("10", "worse_than: 16.9", "17.1", "17.1 days against 10.0 days", "worse than 16.9 days"),
        # 13 is not off by more than 3, and 0.2 is no 0
        ("10", "off_by_more_than: 3", "13.04", "13.04 days against 10.00 days", "off by more than 3 days"),
        ("10", "off_by_more_than: 0.2", "10.3", "10.3 days against 10.0 days", "off by more than 0.2 days"),
        # 12 days are the condition itself
        ("10", "at_or_worse_than: 12", "12", "12 days against 10 days", "12 days or worse"),
    ],
)
def test_a_problem_never_contradicts_its_verdict(
    target: str, warn: str, actual: str, compared: str, condition: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    write(
        tmp_path,
        terms(kpi(precision="0", target=target, thresholds=f"{{warn: {{{warn}}}}}")),
        ledger({"days": {"2026-03": actual}}),
    )
    text = coopctl("report", "--as-of", "2026-04-20", "--period", "2026-03").out
    assert f"| Delivery time (March 2026): {compared} | Warning |" in text
    figure = compared.partition(" against ")[0]
    assert f"(March 2026): Warning, for the figure {figure} meets the condition “{condition}”." in text


@pytest.mark.parametrize(
    ("target", "actual", "shown"),
    [
        ("16.5", "16.8", ("16.8 days", "16.5 days", "+0.3 days")),  # not 17 against 17
        ("3", "3.8", ("3.8 days", "3.0 days", "+0.8 days")),  # 1 of 3 is no 26.7 %
        ("97", "90.25", ("90.25 days", "97.00 days", "−6.75 days")),  # 97.0 less 90.3 is no 6.8
        ("16", "20.4", ("20 days", "16 days", "+4 days")),
        ("16", "12", ("12 days", "16 days", "−4 days")),
    ],
)
def test_figure_target_and_difference_fit_each_other(
    target: str, actual: str, shown: tuple[str, str, str], coopctl: Coopctl, tmp_path: Path
) -> None:
    """They have the same decimals, and as many as that takes."""
    precision = "1" if target == "97" else "0"
    write(tmp_path, terms(kpi(precision=precision, target=target)), ledger({"days": {"2026-03": actual}}))
    days = context(coopctl, "--period", "2026-03")["kpis"][0]
    for row in (days, days["points"][0]):
        assert (row["actual"]["text"], row["target"]["text"], row["variance"]["text"]) == shown


@pytest.mark.parametrize(
    ("february", "march", "was", "shown"),
    [
        ("9.4", "9.2", "9.4 days", "9.2 days"),
        ("9.2", "9.4", "9.2 days", "9.4 days"),
        ("9", "9", "9 days", "9 days"),
        ("8", "9", "8 days", "9 days"),
    ],
)
def test_a_figure_that_changed_does_not_look_the_same(
    february: str, march: str, was: str, shown: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    write(tmp_path, terms(kpi(precision="0")), ledger({"days": {"2026-02": february, "2026-03": march}}))
    days = context(coopctl, "--period", "2026-03")["kpis"][0]
    assert (days["before"]["text"], days["actual"]["text"]) == (was, shown)


@pytest.mark.parametrize(
    ("actual", "shown"),
    [
        ("95", "100.0%"),
        ("94.97", "99.97%"),  # 99.968…
        ("94.9999", "99.9999%"),  # 99.99989…
        ("94.9999999", "99.9999%"),  # what is still less is cut off there
        ("94.9", "99.9%"),  # 99.894…
        ("0", "0.0%"),
    ],
)
def test_what_is_missed_is_never_attained_in_full(actual: str, shown: str, coopctl: Coopctl, tmp_path: Path) -> None:
    share = {"unit": '"%"', "direction": "higher-is-better", "target": "95", "thresholds": "{}"}
    write(tmp_path, terms(kpi(**share)), ledger({"days": {"2026-03": actual}}))
    report = context(coopctl, "--period", "2026-03")
    assert (report["kpis"][0]["attainment"]["text"], report["score"]["text"]) == (shown, shown)


@pytest.mark.parametrize(
    ("unit", "actual", "variance", "percent"),
    [
        ("days", "16.3", "+0.3 days", "+1.9%"),
        ("days", "15.96", "−0.04 days", "−0.3%"),  # 0.25 %, halves away from zero
        ("days", "16.001", "+0.001 days", "+0.01%"),
        ("days", "16", "0 days", "0.0%"),
        ('"%"', "16.04", "+0.04 points", "+0.3%"),
        ('"%"', "17", "+1 point", "+6.3%"),
    ],
)
def test_a_difference_is_never_rounded_away(
    unit: str, actual: str, variance: str, percent: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    write(
        tmp_path,
        terms(kpi(unit=unit, target="16", precision="0", thresholds="{}")),
        ledger({"days": {"2026-03": actual}}),
    )
    days = context(coopctl, "--period", "2026-03")["kpis"][0]
    assert (days["variance"]["text"], days["variance_percent"]["text"]) == (variance, percent)
    assert days["points"][0]["variance"]["text"] == variance


@pytest.mark.parametrize(
    ("direction", "first", "needed"),
    [
        ("lower-is-better", "12", "9 days"),  # 10 − 2 ÷ 11 = 9.81…: with 10 it would be missed
        ("lower-is-better", "8", "10 days"),  # 10.18…
        ("higher-is-better", "8", "11 days"),  # 10.18…: with 10 it would be missed
        ("higher-is-better", "12", "10 days"),  # 9.81…
        ("lower-is-better", "10", "10 days"),
        ("higher-is-better", "10", "10 days"),
    ],
)
def test_what_is_needed_suffices(direction: str, first: str, needed: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """January is off by two, and eleven months are left to make it good."""
    write(
        tmp_path,
        terms(kpi(direction=direction, precision="0", thresholds="{}")),
        ledger({"days": {"2026-01": first}}),
    )
    assert context(coopctl)["kpis"][0]["forecast"]["needed"]["text"] == needed


def test_what_is_left_to_spend_each_day_is_not_too_much(coopctl: Coopctl, tmp_path: Path) -> None:
    """900 of 1,000 are spent by the end of March: 100 ÷ 275 = 0.36… a day."""
    more = "currency: CNY\nbudget: {travel: {name: Travel, amount: 1000, phasing: even}}\n"
    write(tmp_path, terms(kpi(), more=more), ledger({}, more="spend: {travel: {2026-03: 900}}\n"))
    line = context(coopctl)["budget"][0]
    assert (line["forecast"]["needed"]["text"], line["forecast"]["remaining"]) == ("CNY 0", 275)


WEEKLY = (
    "coopctl: 1\nid: weekly\ntitle: A weekly deal\nversion: 1.0.0\n"
    "parties: {north: {name: North Ltd.}, harbor: {name: Harbor Ltd.}}\n"
    "term: {start: 2026-05-01, end: 2026-12-29}\nkpis:\n"
)
"""It begins on the Friday of a week whose Thursday is in April, and ends on the Tuesday of one that ends in 2027."""

MONTHS = [f"2026-{month:02}" for month in range(5, 13)]


def test_each_week_is_in_one_month(coopctl: Coopctl, tmp_path: Path) -> None:
    """Where its Thursday lies; and what is counted is what is listed."""
    milestones = (
        "plan:\n  milestones:\n    late: {owner: north, due: 2026-06-10, thresholds: {breach: {off_by_more_than: 5}}}\n"
        "    early: {owner: north, due: 2026-09-10}\n"
    )
    facts = "milestones: {late: {done: 2026-08-05}, early: {done: 2026-07-10}}\n"
    weeks = [f"2026-W{week:02}" for week in range(18, 54)]
    figures = {"days": dict.fromkeys(weeks[::2], "16")}
    longer = kpi("quarter", frequency="quarterly")
    write(tmp_path, WEEKLY + kpi(frequency="weekly") + longer + milestones, ledger(figures, facts))
    found: dict[str, list[str]] = {}
    for month in MONTHS:
        ended = coopctl("report", "--as-of", "2027-03-01", "--kind", "monthly", "--period", month, "--context")
        report = json.loads(ended.out)
        listed = [warning["status"] for warning in report["warnings"]]
        counts = report["counts"]
        assert {status: listed.count(status) for status in ("warn", "breach", "missing", "excused")} == {
            status: counts[status] for status in ("warn", "breach", "missing", "excused")
        }
        days = report["kpis"][0]
        found[month] = [point["key"] for point in days["points"]]
        named = {warning["subject"].removeprefix("kpis.days@") for warning in report["warnings"]}
        assert {week for week in weeks if week in named} == set(found[month])
        in_time = [each["id"] for each in report["milestones"] if each["in_time"]]
        assert in_time == {
            "2026-06": ["late"], "2026-07": ["late", "early"], "2026-08": ["late"], "2026-09": ["early"]
        }.get(month, [])  # fmt: skip
        assert ("plan.milestones.late" in named) is ("late" in in_time)
        assert ("kpis.quarter@2026-Q2" in named) is (month == "2026-06")
    assert [week for month in MONTHS for week in found[month]] == weeks
    assert found["2026-05"] == ["2026-W18", "2026-W19", "2026-W20", "2026-W21", "2026-W22"]
    assert found["2026-12"] == ["2026-W49", "2026-W50", "2026-W51", "2026-W52", "2026-W53"]
    assert found["2026-07"][0] == "2026-W27"  # from 29 June to 5 July, with the second as its Thursday


def test_missing_figures_of_a_kpi_stand_together(coopctl: Coopctl, tmp_path: Path) -> None:
    """One of three has an action, and a row of its own; two KPIs of one name are two."""
    action = "actions: [{date: 2026-02-20, about: kpis.days@2026-01, do: Ask again}]\n"
    write(tmp_path, terms(kpi(), kpi("other")), ledger({}, action))
    report = context(coopctl)
    assert [(each["subject"], each["missing"], each["unanswered"]) for each in report["warnings"]] == [
        ("kpis.days@2026-01", 3, 0),
        ("kpis.days@2026-02", 0, 2),
        ("kpis.days@2026-03", 0, 0),
        ("kpis.other@2026-01", 3, 3),
        ("kpis.other@2026-02", 0, 0),
        ("kpis.other@2026-03", 0, 0),
    ]
    text = coopctl("report", "--as-of", "2026-04-20").out
    assert [line.split(" | ")[0] for line in text.splitlines() if "| Missing |" in line and "Delivery" in line] == [
        "| Delivery time (January 2026)",
        "| Delivery time (2 periods)",
        "| Delivery time (3 periods)",
    ]


def test_figures_owed_together_are_one_line(coopctl: Coopctl, tmp_path: Path) -> None:
    kpis = kpi("days", owner="north"), kpi("other", "Other", owner="harbor"), kpi("more", "More", owner="north")
    write(tmp_path, terms(*kpis))
    owed = [
        (each["name"], each["names"])
        for each in context(coopctl)["deadlines"]
        if each["duty"] == "figure" and each["period"] == "April 2026"
    ]
    assert sorted(owed) == [("Delivery time", ["Delivery time", "More"]), ("More", []), ("Other", ["Other"])]
    text = coopctl("report", "--as-of", "2026-04-20").out
    assert text.count("Figures for April 2026: Delivery time and More | North Ltd. |") == 1
    assert text.count("Figures for April 2026: Other | Harbor Ltd. |") == 1


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


@pytest.mark.parametrize(
    ("days", "profit", "standing"),
    [
        (("9", "9", "9"), None, (True, None)),
        (("9", "9", "9"), "9", (True, True)),
        (("9", "9", "9"), "11", (False, False)),
        (("9", "9", "16"), None, (False, False)),
    ],
)
def test_a_goal_is_reached_only_when_all_its_figures_are_there(
    days: tuple[str, ...], profit: str | None, standing: tuple[bool, bool | None], coopctl: Coopctl, tmp_path: Path
) -> None:
    """The figure of the year is still to come."""
    goals = "goals: {fast: {statement: Be fast, kpis: [days, profit]}}\n"
    figures = {"days": {f"2026-{month:02}": figure for month, figure in enumerate(days, 1)}}
    if profit is not None:
        figures["profit"] = {"2026": profit}
    write(tmp_path, terms(kpi(), kpi("profit", frequency="yearly"), more=goals), ledger(figures))
    goal = context(coopctl)["goals"][0]
    assert (goal["on_target"], goal["reached"]) == standing


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


SPENDING = (
    "currency: CNY\nbudget: {travel: {name: Travel, amount: 3650, phasing: even, "
    "thresholds: {warn: {off_by_more_than: 10%}}}}\n"
    "risks: {costly: {name: Costs creep up, triggers: [budget.travel.warn], contingency: Stop}}\n"
)
SPENT = "spend:\n  travel: {2026-01: 300, 2026-02: {value: 400, recorded: 2026-04-10}, 2026-03: 300, 2026-04: 100}\n"


def test_the_budget_of_a_past_period_is_that_of_its_end(coopctl: Coopctl, tmp_path: Path) -> None:
    """At 31 March 1,000 of 900 are spent, whatever April brought; February's figure came later, and is known now."""
    write(tmp_path, terms(kpi(), more=SPENDING), ledger({"days": {"2026-03": "9"}}, SPENT))
    options = ("--kind", "quarterly", "--period", "2026-Q1")
    report = json.loads(coopctl("report", "--as-of", "2026-06-10", *options, "--context").out)
    (line,) = report["budget"]
    assert (line["phased"]["exact"], line["spent"]["exact"], line["status"]) == ("900", "1000", "warn")
    assert (line["stale"], line["recorded_through"]) == (False, "31 March 2026")
    assert (line["forecast"]["value"]["exact"], line["forecast"]["remaining"]) == ("4055.555555555556", 275)
    assert report["budget_as_of"] == "31 March 2026"
    assert (report["counts"]["warn"], report["risks"][0]["fired"]) == (1, ["Travel"])
    assert [warning["actual"] for warning in report["warnings"] if warning["kind"] == "budget"] == ["CNY 1,000"]
    text = coopctl("report", "--as-of", "2026-06-10", *options).out
    assert "## Budget\n\nSpending and budget as of 31 March 2026:\n\n| Budget line |" in text
    running = json.loads(coopctl("report", "--as-of", "2026-03-20", *options, "--context").out)
    assert running["budget"][0]["phased"]["exact"] == "780"  # 78 days have ended
    assert running["budget"][0]["spent"]["exact"] == "300"
    assert running["budget_as_of"] == "20 March 2026"


def test_a_period_that_lacks_a_figure_is_not_on_target(coopctl: Coopctl, tmp_path: Path) -> None:
    """March is missing: neither the KPI nor its goal is reached, and nothing of it went well."""
    goals = "goals: {fast: {statement: Be fast, kpis: [days]}}\n"
    write(tmp_path, terms(kpi(), kpi("other", "Other"), more=goals), ledger(
        {"days": {"2026-01": "9", "2026-02": "8"}, "other": {"2026-01": "9", "2026-02": "9", "2026-03": "9"}}
    ))  # fmt: skip
    report = context(coopctl)
    days, other = report["kpis"]
    assert (days["on_target"], days["lacks_figures"], days["status"]) == (None, True, "missing")
    assert (other["on_target"], other["lacks_figures"]) == (True, False)
    assert (report["goals"][0]["on_target"], report["goals"][0]["lacks_figures"]) == (None, True)
    text = coopctl("report", "--as-of", "2026-04-20", "--kind", "quarterly").out
    assert "the target was reached for 1 of the 2 KPIs with a figure" in text
    assert "| Be fast | – | – | 0 of 1 | Figures missing |" in text
    assert "Figures are missing for Delivery time; until they are there, the goal does not count as reached." in text
    assert "## What went well" not in text
    write(tmp_path, terms(kpi()), ledger({"days": {"2026-01": "9", "2026-02": "14"}}))
    assert context(coopctl)["kpis"][0]["on_target"] is False  # what is missed is missed


def test_a_forecast_of_figures_that_add_up_is_that_of_a_period(coopctl: Coopctl, tmp_path: Path) -> None:
    """400 a month are no 1,200 a quarter; and the month after the one of the report has ended: no forecast for that."""
    orders = {"unit": "orders", "direction": "higher-is-better", "aggregation": "sum", "target": "350"}
    write(
        tmp_path,
        terms(kpi(name="Orders", thresholds="{}", **orders)),
        ledger({"days": {"2026-01": "380", "2026-02": "400", "2026-03": "420"}}),
    )
    (kpi_,) = context(coopctl)["kpis"]
    assert (kpi_["actual"]["text"], kpi_["forecast"]["per_period"]) == ("1,200 orders", True)
    text = coopctl("report", "--as-of", "2026-04-20", "--kind", "quarterly").out
    assert "| 400 orders per month, on target |" in text
    assert "the figure at the end of the term will be 400 orders per month." in text
    assert context(coopctl, "--period", "2026-02")["kpis"][0]["forecast"] is None
    assert context(coopctl, "--period", "2026-03")["kpis"][0]["forecast"] is not None


def test_nothing_is_forecast_after_the_end(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi()), ledger({"days": {"2026-01": "9", "2026-02": "9", "2026-10": "9"}}))
    ended = coopctl("report", "--as-of", "2027-01-20", "--kind", "yearly", "--context")
    assert json.loads(ended.out)["kpis"][0]["forecast"] is None


def test_what_is_needed_leads_to_the_mean_of_the_targets(coopctl: Coopctl, tmp_path: Path) -> None:
    """Six months at 10 and six at 9 make 9.5: (114 − 28.5) ÷ 9 = 9.5."""
    write(
        tmp_path,
        terms(kpi(target="{2026-01: 10, 2026-07: 9}", thresholds="{warn: {worse_than: 12}}")),
        ledger({"days": {"2026-01": "9", "2026-02": "10", "2026-03": "9.5"}}),
    )
    text = coopctl("report", "--as-of", "2026-04-20", "--kind", "quarterly").out
    assert (
        "For the mean of all periods, each counting the same, to reach that of their targets (9.5 days), the 9 periods "
        "left need 9.5 days on average." in text
    )


def test_a_running_total_says_since_when(coopctl: Coopctl, tmp_path: Path) -> None:
    more = {"aggregation": "sum", "accumulation": "cumulative", "target": "400", "unit": "trips", "thresholds": "{}"}
    write(tmp_path, terms(kpi(name="Trips", **more)), ledger({"days": {"2026-03": "90"}}))
    text = coopctl("report", "--as-of", "2026-04-20", "--kind", "quarterly").out
    assert "\n| Trips (since the start of the term) | " in text
    assert "The score as of 20 April 2026 is " in text


def test_a_target_stands_there_before_its_figure(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi("profit", frequency="yearly", target="800"), kpi()), ledger({"days": {"2026-03": "9"}}))
    profit = context(coopctl)["kpis"][0]
    assert (profit["target"]["text"], profit["actual"]["text"], profit["on_target"]) == ("800 days", "", None)


def test_after_the_end_no_right_is_left_to_end_it(coopctl: Coopctl, tmp_path: Path) -> None:
    rights = (
        "exit:\n  triggers:\n"
        "    late:\n"
        "      {name: Late, when: {kpi: days, status: breach, consecutive: 2}, notice: 30 days, right_of: [north]}\n"
        "    any: {name: Convenience, when: anytime, notice: 60 days, right_of: [north]}\n"
    )
    write(tmp_path, terms(kpi(), more=rights), ledger({"days": {"2026-10": "16", "2026-11": "17"}}))
    options = ("--kind", "quarterly", "--period", "2026-Q4")
    before = coopctl("report", "--as-of", "2026-12-20", *options).out
    assert "| Late | North Ltd. | Delivery time is in breach in 2 periods in a row | Arose on 30 Nov 2026 |" in before
    assert "| Convenience | North Ltd. | At any time | Available |" in before
    after = coopctl("report", "--as-of", "2027-01-20", *options).out
    assert "| Arose on 30 Nov 2026; the term has ended |" in after
    assert "| Convenience | North Ltd. | At any time | The term has ended |" in after
    assert "Earliest end" in before and "Earliest end" not in after


def test_what_is_to_happen_next_begins_with_what_starts(coopctl: Coopctl, tmp_path: Path) -> None:
    """A start is part of the plan until it was made; nobody knows yet how far work is that has not begun."""
    plan = (
        "plan:\n  milestones:\n"
        "    pilot: {name: Pilot, owner: north, start: 2026-05-04, due: 2026-09-30}\n"
        "    begun: {name: Begun, owner: north, start: 2026-05-04, due: 2026-09-30}\n"
    )
    facts = "milestones: {pilot: {progress: 70%, forecast: 2026-09-15}, begun: {started: 2026-04-01, progress: 10%}}\n"
    write(tmp_path, terms(kpi(), more=plan), ledger({}, facts))
    report = context(coopctl)
    starts = [(each["name"], each["day"]) for each in report["deadlines"] if each["duty"] == "milestone-start"]
    assert starts == [("Pilot", "2026-05-04")]
    known = {each["name"]: (each["progress"], each["forecast"]) for each in report["milestones"]}
    assert known == {"Pilot": ("", ""), "Begun": ("10%", "")}
    text = coopctl("report", "--as-of", "2026-04-20", "--kind", "quarterly").out
    assert "| 4 May 2026 | Start of the milestone: Pilot | North Ltd. |" in text


@pytest.mark.parametrize(
    ("mode", "duty", "wound_down"),
    [("automatic", "renewal-notice", False), ("by-agreement", "renewal-answer", True), ("none", None, True)],
)
def test_the_end_of_the_term_is_prepared(
    mode: str, duty: str | None, wound_down: bool, coopctl: Coopctl, tmp_path: Path
) -> None:
    """All parties say in time whether it goes on; only what ends is wound down."""
    notice = "" if mode == "none" else ", notice: 60 days"
    text = terms(kpi(), more="exit: {wind_down: [{do: Return the keys, within: 30 days}]}\n")
    write(tmp_path, text.replace("end: 2026-12-31}", f"end: 2026-12-31, renewal: {{mode: {mode}{notice}}}}}"))
    ended = coopctl("report", "--as-of", "2026-10-20", "--kind", "closeout", "--context")
    found = {each["duty"]: (each["day"], each["owner"]) for each in json.loads(ended.out)["deadlines"]}
    renewal = {key: value for key, value in found.items() if key.startswith("renewal")}
    assert renewal == ({} if duty is None else {duty: ("2026-11-01", "All parties")})
    assert ("wind-down" in found) is wound_down


@pytest.mark.parametrize(
    ("unit", "figure", "text"),
    [
        ("accidents", "1", "1 accident"),
        ("accidents", "2", "2 accidents"),
        ("deliveries", "1", "1 delivery"),
        ("boxes", "1", "1 box"),
        ("working days", "1", "1 working day"),
        ("loss", "1", "1 loss"),
        ("items", "1.0", "1.0 items"),
        ("NPS", "1", "1 NPS"),
    ],
)
def test_one_is_no_plural(unit: str, figure: str, text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi(unit=unit)), ledger({"days": {"2026-03": figure}}))
    assert context(coopctl, "--period", "2026-03")["kpis"][0]["actual"]["text"] == text


def test_the_same_money_is_written_in_one_way(coopctl: Coopctl, tmp_path: Path) -> None:
    """元 as a unit is the agreement's CNY."""
    write(tmp_path, terms(kpi(unit="元"), more=SPENDING), ledger({"days": {"2026-03": "1000"}}, SPENT))
    for language, text in (("en", "CNY 1,000"), ("zh-Hans", "1,000元"), ("zh-Hant", "1,000元人民幣")):
        report = context(coopctl, "--lang", language)
        assert (report["kpis"][0]["actual"]["text"], report["budget"][0]["spent"]["text"]) == (text, text)


def test_sentences_have_dates_in_full(coopctl: Coopctl, tmp_path: Path) -> None:
    """A table has 2026-03-02, the sentence about it 2026年3月2日."""
    plan = "plan: {milestones: {pilot: {name: Pilot, owner: north, due: 2026-03-02}}}\n"
    facts = "milestones: {pilot: {done: 2026-03-01}}\nevents: [{date: 2026-02-03, kind: incident, note: Snow}]\n"
    write(tmp_path, terms(kpi(), more=plan), ledger({"days": {"2026-03": "9"}}, facts))
    text = coopctl("report", "--as-of", "2026-04-20", "--kind", "quarterly", "--lang", "zh-Hans").out
    sentences = [line for line in text.splitlines() if not line.startswith(("|", "    "))]
    assert [line for line in sentences if "2026-" in line] == []
    assert "| Pilot | North Ltd. | 2026-03-02 | 2026-03-01完成 |" in text
    assert any("2026年3月1日" in line and "Pilot" in line for line in sentences)
    assert any(line.startswith("- 2026年2月3日") for line in sentences)


@pytest.mark.parametrize(("missing", "footnotes"), [(6, 6), (7, 0)])
def test_many_missing_figures_are_no_crowd_of_footnotes(
    missing: int, footnotes: int, coopctl: Coopctl, tmp_path: Path
) -> None:
    """They are among the problems, which say so better."""
    known = {f"2026-{month:02}": "9" for month in range(1, 9 - missing)}
    write(tmp_path, terms(kpi()), ledger({"days": {"2026-09": "9", **known}}))
    text = coopctl("report", "--as-of", "2026-10-20", "--kind", "yearly").out
    assert text.count("]: Delivery time") == footnotes
    assert f"| Delivery time ({missing} periods) | Missing |" in text
