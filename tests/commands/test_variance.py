"""`coopctl variance`: rows, selection, formats, trend and forecast."""

import csv
import io
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
    broken,
    cells,
    deal,
    document,
    kpi,
    ledger,
    named,
    only_agreement,
    terms,
    write,
)
from tests.conftest import Coopctl

every_example = pytest.mark.parametrize(("example", "as_of"), EXAMPLE_DATES.items(), ids=EXAMPLE_DATES)

FIGURES = {"2026-01": "10", "2026-02": "12", "2026-03": "13", "2026-04": "17"}
MAY = "2026-05-05"


def four_months(folder: Path, **more: str) -> None:
    """Write a KPI with a target of 10 and four figures; in May the fifth period runs."""
    write(folder, terms(kpi(**more)), ledger({"days": FIGURES}))


def line_of(text: str, start: str) -> str:
    """Return the only line that starts so."""
    (line,) = [each for each in text.splitlines() if each.startswith(start)]
    return line


# Rows


def test_each_period_has_a_row_with_its_figures(coopctl: Coopctl, tmp_path: Path) -> None:
    four_months(tmp_path)
    out = coopctl("variance", "--as-of", MAY).out
    rows = [line.split() for line in out.splitlines() if line.startswith("2026-")]
    assert rows == [
        ["2026-01", "10", "10", "0", "0.0%", "100.0%", "met"],
        ["2026-02", "10", "12", "+2", "20.0%", "83.3%", "off", "target"],
        ["2026-03", "10", "13", "+3", "30.0%", "76.9%", "warn"],
        ["2026-04", "10", "17", "+7", "70.0%", "58.8%", "breach"],
        ["2026-05", "10", "pending"],
    ]
    assert "A sample deal 1.0.0, as of 2026-05-05" in out
    assert "Delivery time  kpis.days · days, lower is better" in out.splitlines()


def test_a_range_a_milestone_and_a_budget_line_have_rows(coopctl: Coopctl, tmp_path: Path) -> None:
    more = "plan: {milestones: {pilot: {name: Pilot live, start: 2026-01-05, due: 2026-01-25}}}\n"
    more += "budget: {travel: {name: Travel, amount: 3650}}\n"
    facts = "milestones: {pilot: {done: 2026-01-30}}\nspend: {travel: {2026-01: 400}}\n"
    load = kpi("load", "Load", unit='"%"', direction="within-range", target="{min: 75, max: 90}", thresholds="{}")
    write(tmp_path, terms(load, more=more), ledger({"load": {"2026-01": "93"}}, facts))
    out = coopctl("variance", "--as-of", "2026-02-01").out
    assert line_of(out, "2026-01").split() == ["2026-01", "75", "to", "90", "93", "+3", "3.3%", "0.0%", "off", "target"]
    assert line_of(out, "due").split() == ["due", "2026-01-25", "2026-01-30", "+5", "25.0%", "off", "target"]
    assert line_of(out, "to date").split() == ["to", "date", "310", "400", "+90", "29.0%", "off", "target"]


def test_letters_tell_what_to_know_about_a_figure(coopctl: Coopctl, tmp_path: Path) -> None:
    january = "[{value: 11, recorded: 2026-02-02}, {value: 10, recorded: 2026-02-09}]"
    facts = ledger({"days": {"2026-01": january, "2026-02": "{value: 9, status: provisional, recorded: 2026-02-10}"}})
    write(tmp_path, terms(kpi()), facts)
    out = coopctl("variance", "--as-of", AS_OF).out
    assert line_of(out, "2026-01").endswith("  met r")
    assert line_of(out, "2026-02").endswith("  pending pd")
    for meaning in ("p provisional", "r restated", "d to date, period still running"):
        assert meaning in out


def test_an_invalid_agreement_does_not_hide_the_others(coopctl: Coopctl, tmp_path: Path) -> None:
    broken(tmp_path / "a")
    deal(tmp_path / "b", "breach")
    ended = coopctl("variance", "--as-of", AS_OF)
    assert ended.code == 2
    assert "kpis.days" in ended.out
    assert "surprise" in ended.err


# Selection

PERIODS = {
    "2026-02": ["2026-02"],
    "2026-Q1": ["2026-01", "2026-02", "2026-03"],
    "2026-Q2": ["2026-04", "2026-05"],
    "2026-H1": ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"],
    "2026": ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"],
}


@pytest.mark.parametrize(("period", "expected"), PERIODS.items(), ids=PERIODS)
def test_period_selects_what_lies_in_it(period: str, expected: list[str], coopctl: Coopctl, tmp_path: Path) -> None:
    four_months(tmp_path)
    (agreement,) = document(coopctl, "variance", "--period", period, as_of=MAY)["agreements"]
    assert [each["period"] for each in agreement["verdicts"]] == expected


def test_period_selects_milestones_by_their_due_date(coopctl: Coopctl, tmp_path: Path) -> None:
    milestones = "{early: {due: 2026-03-31}, late: {due: 2026-04-01}}"
    write(tmp_path, terms(more=f"plan: {{milestones: {milestones}}}\n"))
    for period, subject in (("2026-Q1", "plan.milestones.early"), ("2026-Q2", "plan.milestones.late")):
        (agreement,) = document(coopctl, "variance", "--period", period, as_of=MAY)["agreements"]
        assert [each["subject"] for each in agreement["verdicts"]] == [subject]


def test_quarters_are_those_of_the_agreement(coopctl: Coopctl, tmp_path: Path) -> None:
    """With years from April, the first quarter of 2026 is April to June."""
    write(tmp_path, terms(kpi(), more="calendar: {year_starts: 4}\n"), ledger({"days": FIGURES}))
    (agreement,) = document(coopctl, "variance", "--period", "2026-Q1", as_of=MAY)["agreements"]
    assert [each["period"] for each in agreement["verdicts"]] == ["2026-04", "2026-05"]


@pytest.mark.parametrize("period", ["2025", "2026-12", "2027-Q1"])
def test_a_period_that_matches_nothing_is_an_error(period: str, coopctl: Coopctl, tmp_path: Path) -> None:
    four_months(tmp_path)
    ended = coopctl("variance", "--period", period, "--as-of", MAY)
    assert (ended.code, ended.out) == (2, "")
    assert "matches" in ended.err


def test_a_period_narrower_than_the_kpis_is_an_error(coopctl: Coopctl, tmp_path: Path) -> None:
    four_months(tmp_path)
    assert coopctl("variance", "--period", "2026-03-15", "--as-of", MAY).code == 2


def test_a_selection_leaves_trend_and_forecast_as_they_are(coopctl: Coopctl, tmp_path: Path) -> None:
    four_months(tmp_path)
    whole, part = (coopctl("variance", "--as-of", MAY, *more).out for more in ([], ["--period", "2026-02"]))
    assert line_of(part, "▁") == line_of(whole, "▁")


@pytest.mark.parametrize("name", ["days", "kpis.days"])
def test_kpi_selects_by_id(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi("days"), kpi("hours"), more="budget: {travel: {amount: 3650}}\n"))
    (agreement,) = document(coopctl, "variance", "--kpi", name, as_of=MAY)["agreements"]
    assert {each["subject"] for each in agreement["verdicts"]} == {"kpis.days"}


def test_several_kpis_may_be_named(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi("days"), kpi("hours"), kpi("weeks")))
    (agreement,) = document(coopctl, "variance", "--kpi", "weeks", "--kpi", "days", as_of=MAY)["agreements"]
    assert {each["subject"] for each in agreement["verdicts"]} == {"kpis.days", "kpis.weeks"}


def test_a_kpi_that_only_one_agreement_has_leaves_the_others_out(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path / "a", terms(kpi("days")))
    write(tmp_path / "b", terms(kpi("hours")))
    (agreement,) = document(coopctl, "variance", "--kpi", "hours", as_of=MAY)["agreements"]
    assert agreement["path"] == "b/agreement.yaml"


def test_an_unknown_kpi_is_an_error_that_suggests_the_nearest(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi("delivery-days"), kpi("hours")))
    ended = coopctl("variance", "--kpi", "delivery-dais", "--as-of", MAY)
    assert (ended.code, ended.out) == (2, "")
    assert "delivery-dais" in ended.err
    assert re.search("did you mean .?delivery-days", ended.err)


# JSON and CSV


@every_example
def test_json_has_the_verdicts_of_check(example: str, as_of: str, coopctl: Coopctl) -> None:
    checked = only_agreement(coopctl, EXAMPLES / example, as_of=as_of)
    found = document(coopctl, "variance", EXAMPLES / example, as_of=as_of)
    (agreement,) = found["agreements"]
    assert (found["schema_version"], found["as_of"]) == (1, as_of)
    assert agreement["verdicts"] == checked["verdicts"]
    shared = ("id", "path", "title", "version", "as_of")
    assert {key: agreement[key] for key in shared} == {key: checked[key] for key in shared}


def csv_rows(text: str) -> list[dict[str, str]]:
    """Read CSV as a spreadsheet does."""
    return list(csv.DictReader(io.StringIO(text)))


def as_csv(verdict: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells that a verdict should have."""
    target = verdict["target"]
    low, high = (target["min"], target["max"]) if isinstance(target, dict) else (target, None)
    plain = ("subject", "name", "period", "actual", "variance", "variance_percent", "attainment", "status")
    flags = ("favourable", "running", "provisional", "partial", "restated", "forecast")
    row = {"target": low or "", "target_max": high or ""}
    row |= {key: verdict[key] or "" for key in plain}
    return row | {key: "" if verdict[key] is None else str(verdict[key]).lower() for key in flags}


@every_example
def test_csv_reads_back_with_exact_figures(example: str, as_of: str, coopctl: Coopctl) -> None:
    verdicts = only_agreement(coopctl, EXAMPLES / example, as_of=as_of)["verdicts"]
    out = coopctl("variance", EXAMPLES / example, "--as-of", as_of, "--output-format", "csv").out
    rows = csv_rows(out)
    expected = [as_csv(each) for each in verdicts]
    assert [{key: row[key] for key in expected[0]} for row in rows] == expected
    assert {(row["agreement"], row["as_of"]) for row in rows} == {(example_id(coopctl, example), as_of)}


def example_id(coopctl: Coopctl, example: str) -> str:
    """Return the id that an example's agreement has."""
    return str(only_agreement(coopctl, EXAMPLES / example)["id"])


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "＝1+1"]


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_is_no_formula_to_a_spreadsheet(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    named(tmp_path, [name])
    rows = csv_rows(coopctl("variance", "--as-of", AS_OF, "--output-format", "csv").out)
    assert all(
        not row["name"].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) for row in rows
    )
    assert all(name.strip() in row["name"] or name[0] in "\t\r" for row in rows)


def test_a_unit_is_no_formula_to_a_spreadsheet(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach", unit='"=1+1"')
    rows = csv_rows(coopctl("variance", "--as-of", AS_OF, "--output-format", "csv").out)
    assert {row["unit"] for row in rows} == {"'=1+1"}


def test_negative_figures_stay_numbers(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi()), ledger({"days": {"2026-01": "-2.50"}}))
    row = csv_rows(coopctl("variance", "--as-of", AS_OF, "--output-format", "csv").out)[0]
    assert (row["actual"], row["variance"], row["variance_percent"]) == ("-2.5", "-12.5", "-125")


def test_names_with_commas_quotes_and_line_ends_stay_in_their_cell(coopctl: Coopctl, tmp_path: Path) -> None:
    named(tmp_path, ['a, "b"\nc'])
    rows = csv_rows(coopctl("variance", "--as-of", AS_OF, "--output-format", "csv").out)
    assert [row["subject"] for row in rows] == ["kpis.kpi0", "kpis.kpi0"]
    assert all(row["name"].startswith('a, "b"') and row["status"] in ("breach", "pending") for row in rows)


# The table


def test_markdown_has_a_table_per_line(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi(), kpi("hours", "Working hours")), ledger({"days": FIGURES}))
    out = coopctl("variance", "--as-of", MAY, "--output-format", "markdown").out
    headings = [line for line in out.splitlines() if line.startswith("#")]
    assert headings == ["## A sample deal 1.0.0", "### Delivery time", "### Working hours"]
    assert out.count("| Period | Target | Actual | Variance | % | Attained | Status |") == 2
    assert "| 2026-04 | 10 | 17 | +7 | 70.0% | 58.8% | breach |" in out.replace("\\", "").splitlines()


NUMBERS = ("Target", "Actual", "Variance", "%", "Attained")


def right_edges(header: str) -> list[int]:
    """Return the cell columns at which the columns of figures end."""
    return [cells(header[: match.end()]) for name in NUMBERS for match in [re.search(rf"{name}(?= )", header)] if match]


def cell_at(line: str, column: int) -> str:
    """Return the character in a column of the terminal, counted in cells from 1; a space after the end."""
    position = 0
    for each in line:
        position += cells(each)
        if position >= column:
            return each
    return " "


@every_example
def test_figures_end_in_the_same_column(
    example: str, as_of: str, coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = coopctl("variance", EXAMPLES / example, "--as-of", as_of).out
    edges = right_edges(line_of(out, "Period"))
    assert len(edges) == len(NUMBERS)
    rows = [line for line in out.splitlines() if re.match(r"(\d{4}(-\w+)?|due|to date) {2}", line)]
    assert len(rows) == len(only_agreement(coopctl, EXAMPLES / example, as_of=as_of)["verdicts"])
    for row in rows:
        assert cells(row) <= 80
        assert cell_at(row, edges[0]) != " "
        assert all(cell_at(row, edge + 1) == " " for edge in edges), row
    judged = [row for row in rows if re.search(r" (met|warn|breach|off target)", row) and row[0] == "2"]
    assert all(cell_at(row, edge) != " " for row in judged for edge in edges)


@every_example
def test_figures_are_never_cut(example: str, as_of: str, coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = coopctl("variance", EXAMPLES / example, "--as-of", as_of).out
    monkeypatch.setenv("COLUMNS", "40")
    narrow = coopctl("variance", EXAMPLES / example, "--as-of", as_of).out
    rows = [line for line in wide.splitlines() if re.match(r"(\d{4}|due|to date|Period)", line)]
    assert [line for line in narrow.splitlines() if line in rows] == rows
    assert "…" not in narrow
    assert re.findall(r"[\d,.]+\d", "".join(narrow.split())) == re.findall(r"[\d,.]+\d", "".join(wide.split()))


@pytest.mark.parametrize(
    ("figures", "bars"),
    [
        (["1", "2", "3", "4", "5", "6", "7", "8"], "▁▂▃▄▅▆▇█"),
        (["8", "1"], "█▁"),
        (["1", "", "3", "5"], "▁ ▅█"),
        (["4", "4", "4"], "▄▄▄"),
    ],
)
def test_the_trend_goes_from_the_lowest_figure_to_the_highest(
    figures: list[str], bars: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """The third case: 3 of 1 to 5 is half way up seven steps, and halves go up."""
    recorded = {f"2026-{month:02}": figure for month, figure in enumerate(figures, 1) if figure}
    write(tmp_path, terms(kpi()), ledger({"days": recorded}))
    out = coopctl("variance", "--as-of", f"2026-{len(figures) + 1:02}-05").out
    (line,) = [line for line in out.splitlines() if "forecast" in line]
    assert line.startswith(f"{bars}  forecast")


def test_one_figure_has_no_trend(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "met")
    assert re.search("[▁-█]", coopctl("variance", "--as-of", AS_OF).out) is None


# Forecast


def forecast(coopctl: Coopctl, *arguments: str, as_of: str) -> dict[str, Any]:
    """Return the only forecast."""
    (agreement,) = document(coopctl, "variance", *arguments, as_of=as_of)["agreements"]
    (found,) = agreement["forecasts"]
    assert isinstance(found, dict)
    return found


def test_the_forecast_is_the_mean_of_the_last_three_periods(coopctl: Coopctl, tmp_path: Path) -> None:
    """(12 + 13 + 17) / 3 = 14. Eight months of 10 are left, and 12 days to make up for: (80 − 12) / 8 = 8.5."""
    four_months(tmp_path)
    assert forecast(coopctl, as_of=MAY) == {
        "subject": "kpis.days",
        "unit": "days",
        "value": "14",
        "method": "mean-of-last-periods",
        "basis": 3,
        "needed": "8.5",
        "remaining": 8,
    }
    out = " ".join(coopctl("variance", "--as-of", MAY).out.split())
    assert "forecast for the term's end 14 days (mean of the last 3 periods)" in out
    assert "on average in the 8 periods left" in out


def test_fewer_than_three_periods_are_all_there_is(coopctl: Coopctl, tmp_path: Path) -> None:
    """(10 + 13) / 2 = 11.5; (100 − 3) / 10 = 9.7."""
    write(tmp_path, terms(kpi()), ledger({"days": {"2026-01": "10", "2026-02": "13"}}))
    found = forecast(coopctl, as_of="2026-03-05")
    assert (found["value"], found["basis"], found["needed"], found["remaining"]) == ("11.5", 2, "9.7", 10)


def test_a_running_period_does_not_count_for_the_forecast(coopctl: Coopctl, tmp_path: Path) -> None:
    """February still runs: of the twelve months one is known, and eleven are left."""
    write(tmp_path, terms(kpi()), ledger({"days": {"2026-01": "21", "2026-02-03": "5"}}))
    found = forecast(coopctl, as_of=AS_OF)
    assert (found["value"], found["basis"], found["needed"], found["remaining"]) == ("21", 1, "9", 11)


def test_a_third_is_written_out_to_twelve_decimals(coopctl: Coopctl, tmp_path: Path) -> None:
    """(10 + 10 + 12) / 3."""
    write(tmp_path, terms(kpi()), ledger({"days": {"2026-01": "10", "2026-02": "10", "2026-03": "12"}}))
    assert forecast(coopctl, as_of="2026-04-05")["value"] == "10.666666666667"


CUMULATIVE = {"unit": "EUR", "aggregation": "sum", "accumulation": "cumulative", "target": "730", "thresholds": "{}"}


def test_a_cumulative_sum_goes_on_at_its_rate(coopctl: Coopctl, tmp_path: Path) -> None:
    """177 in 59 days are 3 a day: 3 × 365 = 1095. To end on 730, (730 − 177) / 10 = 55.3 a month are left."""
    write(tmp_path, terms(kpi(**CUMULATIVE)), ledger({"days": {"2026-01": "100", "2026-02": "77"}}))
    assert forecast(coopctl, as_of="2026-03-05") == {
        "subject": "kpis.days",
        "unit": "EUR",
        "value": "1095",
        "method": "run-rate",
        "basis": 59,
        "needed": "55.3",
        "remaining": 10,
    }
    out = " ".join(coopctl("variance", "--as-of", "2026-03-05").out.split())
    assert "forecast for the term's end 1,095 EUR (at the rate of the first 59 days)" in out


def test_a_budget_line_goes_on_at_its_rate(coopctl: Coopctl, tmp_path: Path) -> None:
    """885 in 59 days are 15 a day: 15 × 365 = 5475. (3650 − 885) / 306 days = 9.0359477124183… a day are left."""
    facts = ledger({}, "spend: {travel: {2026-01: 500, 2026-02: 385}}\n")
    write(tmp_path, terms(more="currency: EUR\nbudget: {travel: {amount: 3650}}\n"), facts)
    assert forecast(coopctl, as_of="2026-03-01") == {
        "subject": "budget.travel",
        "unit": "EUR",
        "value": "5475",
        "method": "run-rate",
        "basis": 59,
        "needed": "9.035947712418",
        "remaining": 306,
    }
    out = " ".join(coopctl("variance", "--as-of", "2026-03-01").out.split())
    assert "forecast for the term's end 5,475 EUR (at the rate of the first 59 days)" in out
    assert "9 EUR a day are left for the remaining 306 days" in out


def test_an_overspent_budget_leaves_nothing(coopctl: Coopctl, tmp_path: Path) -> None:
    facts = ledger({}, "spend: {travel: {2026-01: 4000}}\n")
    write(tmp_path, terms(more="budget: {travel: {amount: 3650}}\n"), facts)
    assert "the whole budget is spent" in coopctl("variance", "--as-of", "2026-02-01").out


def test_after_the_term_nothing_is_needed_any_more(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi()), ledger({"days": {f"2026-{month:02}": "10" for month in range(1, 13)}}))
    found = forecast(coopctl, as_of="2027-02-01")
    assert (found["value"], found["needed"], found["remaining"]) == ("10", None, 0)


def test_nothing_is_forecast_from_nothing(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "missing")
    (agreement,) = json.loads(coopctl("variance", "--as-of", AS_OF, "--output-format", "json").out)["agreements"]
    assert agreement["forecasts"] == []


def test_the_forecast_stands_in_csv_too(coopctl: Coopctl, tmp_path: Path) -> None:
    four_months(tmp_path)
    rows = csv_rows(coopctl("variance", "--as-of", MAY, "--output-format", "csv").out)
    assert {row["term_end_forecast"] for row in rows} == {"14"}
