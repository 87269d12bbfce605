"""A change that has what is over judged by something else says so; one that has not says nothing of the kind."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from coopctl.changes.between import Recorded, changes_between
from coopctl.changes.change import Change
from coopctl.changes.kinds import KINDS
from coopctl.model.ledger import Ledger, Observation
from coopctl.model.scalars import PeriodKey
from coopctl.places import Place
from tests.changes.versions import compared, version

FIXED = {kind.name for kind in KINDS.values() if kind.code.startswith("CHG9")}
TERM = "term: {start: 2026-01-01, end: 2026-12-31}\n"
BUDGET = "budget: {travel: {name: Travel, party: north, amount: 1200}}\n"
LATE = "thresholds: {warn: {off_by_more_than: 5 days}}"
MILESTONE = f"plan: {{milestones: {{pilot: {{name: Pilot, owner: north, due: 2026-07-14, {LATE}}}}}}}\n"


def kpi(text: str = "", **fields: str) -> str:
    """Return a KPI that differs from a plain one in some fields."""
    plain = {
        "name": "Orders",
        "unit": "pieces",
        "direction": "higher-is-better",
        "frequency": "monthly",
        "aggregation": "sum",
        "target": "120",
        "thresholds": "{warn: {worse_than: 110}, breach: {worse_than: 100}}",
        "owner": "north",
    }
    lines = "".join(f"    {name}: {value}\n" for name, value in {**plain, **fields}.items())
    return f"kpis:\n  orders:\n{lines}{text}"


def of_the_past(base: str, head: str, day: str = "2026-07-15") -> list[Change]:
    """Return those changes that reach back."""
    return [each for each in compared(base, head, date.fromisoformat(day)) if each.kind.name in FIXED]


def told(base: str, head: str, day: str = "2026-07-15") -> list[tuple[str, str, str]]:
    """Return kind, subject and direction of those changes that reach back."""
    return [(each.kind.name, each.subject, each.direction) for each in of_the_past(base, head, day)]


RETARGETED, REJUDGED = "closed-period-retargeted", "closed-period-rejudged"


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        # A total is spread over the days of the term: the term's end moves it.
        (TERM + kpi(accumulation="cumulative"), TERM.replace("12-31", "12-30") + kpi(accumulation="cumulative"),
         [(RETARGETED, "kpis.orders.target", "tightened")]),
        (TERM + kpi(), TERM.replace("12-31", "12-30") + kpi(), []),
        (TERM + BUDGET, TERM.replace("12-31", "12-30") + BUDGET, [(RETARGETED, "budget.travel.amount", "loosened")]),
        (BUDGET, BUDGET.replace("1200", "1100"), [(RETARGETED, "budget.travel.amount", "tightened")]),
        (BUDGET.replace("1200", "1200, phasing: {2026-H1: 600, 2026-H2: 600}"),
         BUDGET.replace("1200", "1100, phasing: {2026-H1: 600, 2026-H2: 500}"), []),
        # Periods that have ended have the same target; then another; then none.
        (kpi(), kpi(target="{2026-01: 120, 2026-07: 130}"), []),
        (kpi(), kpi(target="{2026-01: 120, 2026-06: 130}"), [(RETARGETED, "kpis.orders.target", "tightened")]),
        (kpi(), kpi(target="{2026-06: 120}"), [(RETARGETED, "kpis.orders.target", "loosened")]),
        (kpi(), kpi(target="{2026-01: 110, 2026-06: 130}"), [(RETARGETED, "kpis.orders.target", "incomparable")]),
        # Levels: others, the same in other words, and none before the target begins.
        (kpi(), kpi(thresholds="{warn: {worse_than: 110}, breach: {at_or_worse_than: 100}}"),
         [(REJUDGED, "kpis.orders.thresholds.breach", "tightened")]),
        (kpi(), kpi(thresholds="{warn: {worse_than: 110}, breach: {worse_than: 100.00}}"), []),
        (kpi(), kpi(thresholds="{warn: {worse_than: 110}}"), [(REJUDGED, "kpis.orders.thresholds.breach", "loosened")]),
        (kpi(target="{2026-07: 120}"), kpi(target="{2026-07: 120}", thresholds="{breach: {worse_than: 90}}"), []),
        # Only the target moves, and the levels that are relative to it move along.
        (kpi(thresholds="{breach: {off_by_more_than: 10%}}"),
         kpi(thresholds="{breach: {off_by_more_than: 10%}}", target="130"),
         [(RETARGETED, "kpis.orders.target", "tightened")]),
        (kpi(), kpi(aggregation="mean"), [("closed-period-remeasured", "kpis.orders", "incomparable")]),
        (kpi(target="{2026-07: 120}"), kpi(target="{2026-07: 120}", aggregation="mean"), []),
        (kpi(frequency="quarterly"), kpi(frequency="quarterly") + "calendar: {year_starts: 4}\n",
         [("closed-period-remeasured", "kpis.orders", "incomparable")]),
        (kpi(), kpi() + "calendar: {year_starts: 4}\n", []),
        # Another frequency: what was judged is judged in another way, no more, or only now.
        (kpi(), kpi(frequency="quarterly"), [("closed-period-remeasured", "kpis.orders", "incomparable")]),
        (kpi(frequency="quarterly"), kpi(frequency="yearly"),
         [("past-verdicts-dropped", "kpis.orders", "loosened")]),
        (kpi(frequency="yearly"), kpi(), [("past-verdicts-added", "kpis.orders", "tightened")]),
        (kpi(frequency="yearly"), kpi(frequency="quarterly", target="{2026-Q3: 120}"), []),
        # Another currency: for the months that have ended as well.
        (BUDGET, BUDGET + "currency: CNY\n", [(RETARGETED, "budget.travel.amount", "incomparable")]),
        (TERM.replace("2026-01", "2026-07") + BUDGET, TERM.replace("2026-01", "2026-07") + BUDGET + "currency: CNY\n",
         []),
        # What is new and what is gone.
        ("kpis: {}\n", kpi(), [("past-verdicts-added", "kpis.orders", "tightened")]),
        ("kpis: {}\n", kpi(target="{2026-07: 120}"), []),
        (MILESTONE, "plan: {}\n", [("past-verdicts-dropped", "plan.milestones.pilot", "loosened")]),
        (MILESTONE.replace("07-14", "07-15"), "plan: {}\n", []),
        (MILESTONE, MILESTONE.replace("07-14", "07-20"),
         [("passed-date-moved", "plan.milestones.pilot.due", "loosened")]),
        (MILESTONE.replace("07-14", "07-15"), MILESTONE.replace("07-14", "07-20"), []),
        (MILESTONE, MILESTONE.replace("5 days", "9 days"),
         [(REJUDGED, "plan.milestones.pilot.thresholds.warn", "loosened")]),
        (MILESTONE.replace("07-14", "07-15"), MILESTONE.replace("07-14", "07-15").replace("5 days", "9 days"), []),
        # The term itself: days that have passed, and days that have not.
        ("term: {start: 2026-07-15, end: 2026-12-31}\n", "term: {start: 2026-07-16, end: 2026-12-31}\n", []),
        ("term: {start: 2026-07-14, end: 2026-12-31}\n", "term: {start: 2026-07-16, end: 2026-12-31}\n",
         [("term-post-dated", "term.start", "incomparable")]),
        (TERM, TERM.replace("12-31", "07-14"), []),
        (TERM, TERM.replace("12-31", "07-13"), [("term-cut-back", "term.end", "incomparable")]),
        (TERM.replace("12-31", "07-13"), TERM, [("term-revived", "term.end", "incomparable")]),
    ],
)  # fmt: skip
def test_what_reaches_back_is_told(base: str, head: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(base, head) == expected


def test_another_currency_is_told_with_both() -> None:
    (change,) = of_the_past(BUDGET, BUDGET + "currency: CNY\n", "2026-02-01")
    assert change.details == ("101.92 EUR → 101.92 CNY in 2026-01",)
    assert change.value == ({"currency": "EUR"}, {"currency": "CNY"})


def test_where_years_begin_is_only_told_where_it_is_another() -> None:
    (change,) = of_the_past(kpi(), kpi(frequency="quarterly"))
    assert change.value == ({"frequency": "monthly"}, {"frequency": "quarterly"})


def test_a_period_is_over_on_the_day_after_its_last() -> None:
    head = kpi(target="{2026-01: 130, 2026-02: 120}")
    assert told(kpi(), head, "2026-01-31") == []
    assert told(kpi(), head, "2026-02-01") == [(RETARGETED, "kpis.orders.target", "tightened")]


def test_it_is_worse_for_whoever_owes_it() -> None:
    (change,) = of_the_past(kpi(), kpi(target="130"))
    assert change.effects == {"north": "adverse", "harbor": "favourable", "lake": "favourable"}
    assert change.details == ("120 pieces → 130 pieces in 2026-01 to 2026-06",)


def test_it_is_accepted_or_not_by_what_decides_it_whatever_day_it_is() -> None:
    there, later = (of_the_past(kpi(), kpi(target="130"), day) for day in ("2026-07-15", "2026-08-15"))
    assert there[0].value == later[0].value == ({"target": "120"}, {"target": "130"})


@pytest.mark.parametrize(
    ("old", "new", "figures", "expected"),
    [
        ({"missing": "breach"}, {"missing": "warn"}, "", [(REJUDGED, "kpis.orders.missing", "loosened")]),
        ({"missing": "breach"}, {"missing": "warn"}, "2026-01", []),
        ({"report_within": "9 days"}, {"report_within": "40 days"}, "",
         [(REJUDGED, "kpis.orders.report_within", "loosened")]),
        ({"report_within": "9 days"}, {"report_within": "10 days"}, "", []),
    ],
)  # fmt: skip
def test_an_overdue_figure_is_only_told_of_where_it_is_not_there(
    old: Mapping[str, str], new: Mapping[str, str], figures: str, expected: list[tuple[str, str, str]]
) -> None:
    keys = [PeriodKey.read(figures)] if figures else []
    ledger = Ledger(figures={"orders": tuple(Observation("orders", key, Place("", ()), Decimal(1)) for key in keys)})
    base, head = (version("term: {start: 2026-01-01, end: 2026-12-31}\n" + kpi(**fields)) for fields in (old, new))
    changes = changes_between(base, head, date(2026, 2, 28), Recorded(ledger, ledger))
    assert [(each.kind.name, each.subject, each.direction) for each in changes if each.kind.name in FIXED] == expected


CLOSED = "calendar: {holidays: [2026-02-17]}\n"
SOON = {"report_within": "10 business days"}


def overdue(old: str, new: str, day: date = date(2026, 2, 14)) -> list[Change]:
    """Return what reaches back between two versions for which nothing is recorded."""
    base, head = (version(TERM + text) for text in (old, new))
    changes = changes_between(base, head, day, Recorded(Ledger(), Ledger()))
    return [each for each in changes if each.kind.name in FIXED]


def test_a_calendar_that_makes_a_figure_overdue_later_reaches_back() -> None:
    """Ten business days after January are over on 13 February, and on the 16th with a day off."""
    closed = "calendar: {holidays: [2026-02-04]}\n"
    (change,) = overdue(kpi(**SOON), kpi(**SOON) + closed, date(2026, 2, 15))
    assert (change.kind.name, change.subject, change.direction) == (
        REJUDGED,
        "kpis.orders.report_within",
        "loosened",
    )
    assert change.value == ({}, {"calendar": {"holidays": ["2026-02-04"]}})
    assert overdue(kpi(**SOON), kpi(**SOON) + CLOSED, date(2026, 2, 15)) == []
    assert overdue(kpi(report_within="10 days"), kpi(report_within="10 days") + closed, date(2026, 2, 15)) == []


def test_a_calendar_that_moves_how_late_a_milestone_was_reaches_back() -> None:
    late = MILESTONE.replace("5 days", "2 business days")
    closed = "calendar: {holidays: [2026-07-15]}\n"
    assert told(late, late + closed, "2026-07-20") == [(REJUDGED, "plan.milestones.pilot.thresholds.warn", "loosened")]
    assert told(MILESTONE, MILESTONE + closed, "2026-07-20") == []


def test_all_that_decides_what_an_overdue_figure_counts_as_is_accepted() -> None:
    """Not only the one field that the change is told by."""
    base = kpi(missing="breach", report_within="9 days")
    (signed,), (other,) = (overdue(base, kpi(missing="warn", report_within=f"{days} days")) for days in (8, 20))
    assert signed.value == (
        {"missing": "breach", "report_within": "9 days"},
        {"missing": "warn", "report_within": "8 days"},
    )
    assert other.value[1] == {"missing": "warn", "report_within": "20 days"}
