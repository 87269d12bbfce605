"""What holds for every agreement and every ledger, whatever stands in them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopctl.discovery import AgreementFile
from coopctl.evaluate.calendar import Calendar
from coopctl.evaluate.judgement import judge
from coopctl.evaluate.numbers import exact, written
from coopctl.evaluate.periods import Days, days_of, periods_of
from coopctl.evaluate.verdicts import Status, Verdict
from coopctl.loading import load
from coopctl.model.facts import Event, MilestoneFacts, Waiver
from coopctl.model.ledger import EventRecord, Ledger, MilestoneRecord, Observation, WaiverRecord
from coopctl.model.scalars import Duration, DurationUnit, PeriodKey, PeriodKind, read_number
from coopctl.model.term import CalendarTerms
from coopctl.output.verdict_json import verdict_as_json
from coopctl.places import Place
from tests.conftest import Coopctl, Ended
from tests.evaluation.builders import Data, agreement, figure, first_verdict, kpi, ledger_of, verdicts
from tests.evaluation.test_cases import CASES

evaluated = settings(derandomize=True, deadline=None, max_examples=120, database=None)
"""The same examples in every run, so that a failure never depends on luck."""

FEBRUARY = date(2026, 2, 1)
SEVERITY = {Status.MET: 0, Status.OFF_TARGET: 1, Status.WARN: 2, Status.BREACH: 3}
MONTHS = [f"2026-{month:02}" for month in range(1, 13)]

tenths = st.integers(-60, 60).map(lambda number: Decimal(number) / 10)
"""Few enough numbers that figures often stand exactly on a target or a limit."""
sizes = st.integers(0, 40).map(lambda number: Decimal(number) / 10)
aggregations = st.sampled_from(["sum", "mean", "last", "min", "max"])
accumulations = st.sampled_from(["per-period", "cumulative"])


# --- a worse figure is never judged better -----------------------------------------------------------------------


def _conditions(levels: bool) -> st.SearchStrategy[Data]:
    kinds: list[st.SearchStrategy[Data]] = [
        st.builds(
            lambda name, size, sign: {name: f"{size}{sign}"},
            st.sampled_from(["off_by_more_than", "off_by_at_least"]),
            sizes,
            st.sampled_from(["", "%", "0%"]),
        )
    ]
    if levels:
        comparators = st.sampled_from(["worse_than", "at_or_worse_than"])
        kinds.append(st.builds(lambda name, level: {name: str(level)}, comparators, tenths))
    return st.one_of(kinds)


@st.composite
def _thresholds(draw: st.DrawFn, *, levels: bool) -> Data:
    return {
        level: draw(st.lists(_conditions(levels), min_size=1, max_size=2))
        for level in draw(st.sets(st.sampled_from(["warn", "breach"])))
    }


def _severity(definition: Data, value: Decimal) -> int:
    return SEVERITY[first_verdict(definition, [figure("2026-01", value)], FEBRUARY).status]


@evaluated
@given(st.sampled_from(["higher-is-better", "lower-is-better"]), tenths, _thresholds(levels=True), tenths, tenths)
def test_a_worse_figure_is_never_judged_better(
    direction: str, target: Decimal, thresholds: Data, one: Decimal, other: Decimal
) -> None:
    """Whatever the thresholds, in the sensible order or not."""
    definition = kpi(direction=direction, target=str(target), thresholds=thresholds)
    worse, better = (min(one, other), max(one, other))
    if direction == "lower-is-better":
        worse, better = better, worse
    assert _severity(definition, worse) >= _severity(definition, better)


@evaluated
@given(tenths, sizes, _thresholds(levels=False), sizes, sizes, st.booleans())
def test_a_figure_further_outside_a_range_is_never_judged_better(
    low: Decimal, width: Decimal, thresholds: Data, one: Decimal, other: Decimal, above: bool
) -> None:
    """On either side of the range; the distance may be 0, which is on the bound."""
    aim = {"min": str(low), "max": str(low + width)}
    definition = kpi(direction="within-range", target=aim, thresholds=thresholds)
    near, far = sorted([one, other])
    values = (low + width + near, low + width + far) if above else (low - near, low - far)
    better, worse = (_severity(definition, value) for value in values)
    assert worse >= better


@evaluated
@given(_thresholds(levels=True), tenths, tenths)
def test_met_means_exactly_that_the_target_is_reached(thresholds: Data, target: Decimal, value: Decimal) -> None:
    """A miss is never met, and a figure better than its target is always met, whatever the thresholds."""
    definition = kpi(target=str(target), thresholds=thresholds)
    verdict = first_verdict(definition, [figure("2026-01", value)], FEBRUARY)
    assert verdict.favourable is (value >= target)
    if value > target:
        assert verdict.status is Status.MET
    if value < target:
        assert verdict.status is not Status.MET
        assert verdict.attainment is not None
        assert verdict.attainment < 100


# --- neither the order of facts nor the files they stand in matter -----------------------------------------------

Row = tuple[str, str, str, str]
"""KPI, period, value and day of recording, as in a CSV ledger."""

LEDGER_TERMS = """
coopctl: 1
id: shuffled
title: Facts in any order
version: 1.0.0
parties: {north: {name: North Ltd.}, harbor: {name: Harbor Ltd.}}
term: {start: 2026-01-01, end: 2026-06-30}
kpis:
  a: {unit: points, direction: higher-is-better, frequency: monthly, aggregation: last, target: 10}
  b: {unit: points, direction: lower-is-better, frequency: quarterly, aggregation: mean, target: 10}
"""


@st.composite
def _rows(draw: st.DrawFn) -> list[Row]:
    keys = st.tuples(st.sampled_from("ab"), st.sampled_from(["2026-01-05", "2026-01-20", "2026-02", "2026-W11"]))
    recorded = st.dates(date(2026, 3, 1), date(2026, 3, 9)).map(date.isoformat)
    facts = draw(st.sets(st.tuples(keys, recorded), min_size=1, max_size=12))
    return [(*key, str(draw(st.integers(0, 20))), day) for key, day in sorted(facts)]


def _as_yaml(rows: Sequence[Row]) -> str:
    grouped: dict[str, dict[str, list[str]]] = {}
    for subject, key, value, recorded in rows:
        entry = f"{{value: {value}, recorded: {recorded}}}"
        grouped.setdefault(subject, {}).setdefault(key, []).append(entry)
    lines = ["coopctl: actuals/1", "kpis:" if grouped else ""]
    for subject, periods in grouped.items():
        lines.append(f"  {subject}:")
        lines += [f"    {key}: [{', '.join(entries)}]" for key, entries in periods.items()]
    return "\n".join(lines) + "\n"


def _as_csv(rows: Sequence[Row]) -> str:
    return "\n".join(["kpi,period,value,recorded", *(",".join(row) for row in rows)]) + "\n"


def _judged_from_files(files: dict[str, str], as_of: date) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder, "agreement.yaml")
        path.write_text(LEDGER_TERMS, "utf-8")
        Path(folder, "actuals").mkdir()
        for name, content in files.items():
            Path(folder, "actuals", name).write_text(content, "utf-8")
        loaded = load(AgreementFile(str(path), folder))
        assert loaded.agreement is not None
        assert loaded.is_judgeable
        judged = judge(loaded.agreement, loaded.ledger, as_of)
        rows = [verdict_as_json(loaded, verdict) for verdict in judged.verdicts]
    for row in rows:
        del row["location"], row["evidence"]
    return json.dumps([rows, str(judged.score)])


@settings(evaluated, max_examples=30)
@given(st.data(), _rows(), st.dates(date(2026, 3, 1), date(2026, 4, 12)))
def test_order_and_files_of_the_ledger_do_not_matter(data: st.DataObject, rows: list[Row], as_of: date) -> None:
    """The same facts, in order in one file or shuffled over two tables and a YAML file, give the same verdicts."""
    shuffled = data.draw(st.permutations(rows))
    places = data.draw(st.lists(st.integers(0, 2), min_size=len(rows), max_size=len(rows)))
    parts = [[row for row, place in zip(shuffled, places, strict=True) if place == number] for number in range(3)]
    spread = {"a.csv": _as_csv(parts[0]), "b.yaml": _as_yaml(parts[1]), "c.csv": _as_csv(parts[2])}
    assert _judged_from_files(spread, as_of) == _judged_from_files({"all.yaml": _as_yaml(rows)}, as_of)


# --- the same input gives the same bytes -------------------------------------------------------------------------

SURROUNDINGS = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4711", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8"},
]


@pytest.mark.parametrize("output_format", ["json", "full"])
def test_same_input_gives_the_same_bytes(process: Callable[..., Ended], output_format: str) -> None:
    """Hash seeds, time zones and locales change nothing, not even over many agreements judged side by side."""
    command = ["check", CASES, "--as-of", "2026-06-30", "--output-format", output_format]
    runs = [process(command, env=env) for env in SURROUNDINGS]
    assert runs[0].out
    assert runs[1:] == runs[:1] * 2


@pytest.mark.parametrize("timezone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_today_is_the_day_in_the_agreements_time_zone(coopctl: Coopctl, tmp_path: Path, timezone: str) -> None:
    """Without --as-of it is today there; the two zones are 26 hours apart and never have the same date."""
    text = LEDGER_TERMS.replace("coopctl: 1", f"coopctl: 1\ntimezone: {timezone}")
    Path(tmp_path, "agreement.yaml").write_text(text, "utf-8")
    before = datetime.now(ZoneInfo(timezone)).date().isoformat()
    ended = coopctl("check", "--output-format", "json")
    after = datetime.now(ZoneInfo(timezone)).date().isoformat()
    assert json.loads(ended.out)["agreements"][0]["as_of"] in {before, after}


# --- what is recorded later is not known yet ---------------------------------------------------------------------

WHOLE = agreement(
    {
        "x": kpi(thresholds={"warn": {"worse_than": "8"}, "breach": {"worse_than": "5"}}),
        "y": kpi(aggregation="sum", accumulation="cumulative", frequency="quarterly"),
    },
    plan={"milestones": {"pilot": {"due": "2026-04-10"}}},
    budget={"travel": {"amount": "365"}},
    exit={"triggers": {"over": {"when": {"event": "insolvency"}, "right_of": ["north"], "notice": "30 days"}}},
)
some_days = st.dates(date(2025, 12, 1), date(2027, 2, 1))
some_months = st.sampled_from(MONTHS)


@st.composite
def _known(draw: st.DrawFn) -> Ledger:
    figures = [
        figure(key, draw(tenths), subject, recorded=draw(st.none() | some_days))
        for key in draw(st.sets(some_months, max_size=6))
        for subject in "xy"
    ]
    spend = tuple(figure(key, draw(sizes), "travel") for key in draw(st.sets(some_months, max_size=3)))
    return replace(ledger_of(figures), spend={"travel": spend})


@st.composite
def _with_later_facts(draw: st.DrawFn, ledger: Ledger, as_of: date) -> Ledger:
    """Add facts that are dated or recorded after `as_of`."""
    later = draw(st.dates(as_of + timedelta(days=1), as_of + timedelta(days=400)))
    month, amount = draw(some_months), draw(tenths)
    place = Place("actuals/later.yaml", ())
    waiver = {"about": f"kpis.x@{month}", "date": later, "approved_by": ["north", "harbor"]}
    news = [figure(month, amount, subject, recorded=later) for subject in "xy"]
    return Ledger(
        figures={
            name: (*ledger.figures.get(name, ()), *(each for each in news if each.subject == name)) for name in "xy"
        },
        spend={"travel": (*ledger.spend["travel"], figure(month, amount, "travel", recorded=later))},
        milestones={"pilot": MilestoneRecord(MilestoneFacts.model_validate({"done": later}), place)},
        events=(
            EventRecord(Event.model_validate({"date": later, "kind": "insolvency"}), place),
            EventRecord(Event.model_validate({"date": later, "kind": "notice", "about": "exit.triggers.over"}), place),
        ),
        waivers=(WaiverRecord(Waiver.model_validate(waiver), place),),
    )


@settings(evaluated, max_examples=40)
@given(st.data(), _known(), some_days)
def test_later_facts_change_nothing(data: st.DataObject, ledger: Ledger, as_of: date) -> None:
    """Neither figures nor spend, events, waivers or finished milestones count before their day."""
    nobody = MilestoneRecord(MilestoneFacts.model_validate({}), Place("actuals/later.yaml", ()))
    before = judge(WHOLE, replace(ledger, milestones={"pilot": nobody}), as_of)
    assert judge(WHOLE, data.draw(_with_later_facts(ledger, as_of)), as_of) == before


def test_the_same_facts_count_from_their_day() -> None:
    """The facts that are left out above would have changed every verdict they are about."""
    day = date(2026, 5, 1)
    about = Place("actuals/later.yaml", ())
    ledger = Ledger(
        figures={"x": (figure("2026-01", Decimal(1), recorded=day),)},
        spend={"travel": (figure("2026-01", Decimal(900), "travel", recorded=day),)},
        milestones={"pilot": MilestoneRecord(MilestoneFacts.model_validate({"done": day}), about)},
        events=(EventRecord(Event.model_validate({"date": day, "kind": "insolvency"}), about),),
    )
    before, after = judge(WHOLE, ledger, day - timedelta(days=1)), judge(WHOLE, ledger, day)
    assert [each.verdicts[0].actual for each in (before, after)] == [None, Fraction(1)]
    assert [each.verdicts[-1].actual for each in (before, after)] == [None, Fraction(900)]
    assert [each.verdicts[-2].done for each in (before, after)] == [False, True]
    assert [len(each.fired) for each in (before, after)] == [0, 1]


# --- the unit that figures are counted in does not matter --------------------------------------------------------


def _times_ten(number: str) -> str:
    return number if number.endswith("%") else f"{Decimal(number) * 10:f}"


def _scaled(thresholds: Data) -> Data:
    return {
        level: [{name: _times_ten(limit) for name, limit in each.items()} for each in conditions]
        for level, conditions in thresholds.items()
    }


@evaluated
@given(
    st.sampled_from(["higher-is-better", "lower-is-better"]),
    aggregations,
    accumulations,
    tenths,
    _thresholds(levels=True),
    st.lists(tenths, min_size=1, max_size=4),
)
def test_scaling_the_unit_keeps_the_statuses(
    direction: str, aggregation: str, accumulation: str, target: Decimal, thresholds: Data, values: list[Decimal]
) -> None:
    """All numbers times ten (centimetres made millimetres): same statuses and percentages, variances times ten."""
    term = {"start": "2026-01-11", "end": "2026-04-20"}
    how: Data = {"direction": direction, "aggregation": aggregation, "accumulation": accumulation}
    plain = kpi(**how, target=str(target), thresholds=thresholds)
    tenfold = kpi(**how, target=_times_ten(str(target)), thresholds=_scaled(thresholds))
    small = _lone(plain, values, term)
    large = _lone(tenfold, [value * 10 for value in values], term)
    assert [each.status for each in small] == [each.status for each in large]
    assert [each.attainment for each in small] == [each.attainment for each in large]
    assert [each.variance_percent for each in small] == [each.variance_percent for each in large]
    assert [each.variance * 10 for each in small if each.variance is not None] == [
        each.variance for each in large if each.variance is not None
    ]


def _lone(definition: Data, values: list[Decimal], term: dict[str, str]) -> tuple[Verdict, ...]:
    figures = [figure(key, value) for key, value in zip(MONTHS, values, strict=False)]
    return verdicts(agreement({"x": definition}, term), figures, date(2026, 6, 1))


# --- roll-ups ----------------------------------------------------------------------------------------------------

parts = st.lists(st.tuples(st.integers(0, 9999), st.integers(1, 9999)), min_size=1, max_size=20)


@evaluated
@given(parts, st.booleans())
def test_a_ratio_is_the_ratio_of_the_sums(pairs: list[tuple[int, int]], per_cent: bool) -> None:
    """However the counts are spread over the days of a month."""
    definition = kpi(aggregation="ratio", unit="%" if per_cent else "share")
    figures = [
        figure(f"2026-01-{day:02}", numerator=Decimal(over), denominator=Decimal(under))
        for day, (over, under) in enumerate(pairs, 1)
    ]
    whole = Fraction(sum(over for over, _ in pairs), sum(under for _, under in pairs))
    verdict = first_verdict(definition, figures, FEBRUARY)
    assert verdict.actual == whole * (100 if per_cent else 1)


@evaluated
@given(aggregations, st.lists(tenths, min_size=1, max_size=31))
def test_roll_ups_of_days(aggregation: str, values: list[Decimal]) -> None:
    """Sum, mean, last, least and most of a month's days, exactly."""
    figures = [figure(f"2026-01-{day:02}", value) for day, value in enumerate(values, 1)]
    exactly = [Fraction(value) for value in values]
    wanted = {
        "sum": sum(exactly, Fraction(0)),
        "mean": sum(exactly, Fraction(0)) / len(exactly),
        "last": exactly[-1],
        "min": min(exactly),
        "max": max(exactly),
    }
    verdict = first_verdict(kpi(aggregation=aggregation), list(reversed(figures)), FEBRUARY)
    assert verdict.actual == wanted[aggregation]


@evaluated
@given(st.lists(tenths, min_size=12, max_size=12), sizes)
def test_a_cumulative_year_ends_with_the_whole_target(values: list[Decimal], target: Decimal) -> None:
    """Phased targets grow by the days and end with the term's total; actuals are running totals."""
    definition = kpi(aggregation="sum", accumulation="cumulative", target=str(target))
    figures = [figure(key, value) for key, value in zip(MONTHS, values, strict=True)]
    judged = verdicts(agreement({"x": definition}), figures, date(2027, 1, 1))
    for number, verdict in enumerate(judged, 1):
        assert verdict.target is not None
        assert verdict.period is not None
        day_of_year = verdict.period.days.last.timetuple().tm_yday
        assert verdict.target.bounds.low == Fraction(target) * day_of_year / 365
        assert verdict.actual == sum(map(Fraction, values[:number]), Fraction(0))
    assert judged[-1].target is not None
    assert judged[-1].target.bounds.low == Fraction(target)


# --- periods -----------------------------------------------------------------------------------------------------

terms = st.builds(
    lambda first, length: Days(first, first + timedelta(days=length)),
    st.dates(date(1999, 1, 1), date(2041, 1, 1)),
    st.integers(0, 400),
)


def _length(days: Days) -> int:
    return (days.last - days.first).days + 1


@pytest.mark.parametrize("kind", PeriodKind)
@pytest.mark.parametrize("year_starts", range(1, 13))
@settings(evaluated, max_examples=6)
@given(term=terms)
def test_periods_partition_the_term(kind: PeriodKind, year_starts: int, term: Days) -> None:
    """Every day of the term lies in exactly one period; a period's name leads back to its days."""
    periods = periods_of(kind, term, year_starts)
    assert periods[0].days.first == term.first
    assert periods[-1].days.last == term.last
    assert all(other.days.first - one.days.last == timedelta(days=1) for one, other in pairwise(periods))
    assert sum(_length(period.days) for period in periods) == _length(term)
    for period in periods:
        assert days_of(PeriodKey.read(period.key), year_starts) == period.whole
        assert period.whole.contains(period.days)
        assert period.partial is (_length(period.whole) > _length(period.days))
    assert not any(period.partial for period in periods[1:-1])


@pytest.mark.parametrize("year_starts", range(1, 13))
def test_names_of_fiscal_periods(year_starts: int) -> None:
    """Years are named by the year they start in, and begin with quarter 1 and half 1, on the first of the month."""
    start = date(2026, year_starts, 1)
    term = Days(start, start.replace(year=2027) - timedelta(days=1))
    assert [period.key for period in periods_of(PeriodKind.YEAR, term, year_starts)] == ["2026"]
    assert [period.key for period in periods_of(PeriodKind.HALF, term, year_starts)] == ["2026-H1", "2026-H2"]
    quarters = periods_of(PeriodKind.QUARTER, term, year_starts)
    assert [period.key for period in quarters] == [f"2026-Q{number}" for number in range(1, 5)]
    months = [(period.days.first.month - year_starts) % 12 for period in quarters]
    assert months == [0, 3, 6, 9]


# --- dates -------------------------------------------------------------------------------------------------------

calendars = st.sampled_from(
    [
        {},
        {"country": "CN"},
        {"weekend": ["fri", "sat"], "holidays": ["2026-03-02", "2026-03-03"], "workdays": ["2026-03-07"]},
    ]
).map(lambda given_terms: Calendar(CalendarTerms.model_validate(given_terms)))
units = st.sampled_from(DurationUnit)
near_days = st.dates(date(2023, 12, 1), date(2028, 3, 31))


@evaluated
@given(calendars, near_days, st.integers(0, 40), st.integers(0, 40), units)
def test_a_later_start_never_ends_earlier(
    calendar: Calendar, day: date, gap: int, amount: int, unit: DurationUnit
) -> None:
    """Deadlines keep the order of the days they are counted from, forwards and backwards."""
    duration, later = Duration(amount, unit), day + timedelta(days=gap)
    assert calendar.after(day, duration) <= calendar.after(later, duration)
    assert calendar.before(day, duration) <= calendar.before(later, duration)


@evaluated
@given(calendars, near_days, st.integers(0, 40), st.integers(0, 40), units)
def test_a_longer_duration_never_ends_earlier(
    calendar: Calendar, day: date, amount: int, more: int, unit: DurationUnit
) -> None:
    """One more day, month or business day never brings a deadline forward."""
    short, long = Duration(amount, unit), Duration(amount + more, unit)
    assert day <= calendar.after(day, short) <= calendar.after(day, long)
    assert day >= calendar.before(day, short) >= calendar.before(day, long)


@evaluated
@given(calendars, near_days, st.integers(1, 40))
def test_so_many_business_days_lie_in_between(calendar: Calendar, day: date, amount: int) -> None:
    """A period of business days excludes its first day, includes its last, and holds as many as it says."""
    last = calendar.after(day, Duration(amount, DurationUnit.BUSINESS_DAY))
    between = [day + timedelta(days=number) for number in range(1, (last - day).days + 1)]
    assert sum(map(calendar.is_business_day, between)) == amount
    assert calendar.is_business_day(last)


# --- numbers -----------------------------------------------------------------------------------------------------


@st.composite
def _written_numbers(draw: st.DrawFn) -> str:
    whole = str(draw(st.integers(0, 10**18 - 1)))
    decimals = draw(st.text("0123456789", max_size=12))
    sign = draw(st.sampled_from(["", "-"]))
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def _by_hand(text: str) -> Fraction:
    """Read a number with whole numbers only."""
    whole, _, decimals = text.lstrip("-").partition(".")
    size = Fraction(int(whole + decimals), 10 ** len(decimals))
    return -size if text.startswith("-") else size


@settings(evaluated, max_examples=200)
@given(_written_numbers())
def test_numbers_are_read_exactly(text: str) -> None:
    """Up to 18 digits and 12 decimals: the value is exact, and the text, with its trailing zeros, is kept."""
    number = read_number(text)
    assert f"{number:f}" == text
    assert exact(number) == _by_hand(text)


@evaluated
@given(_written_numbers())
def test_numbers_are_written_exactly(text: str) -> None:
    """A figure of at most 12 decimals is written as it was recorded, but for trailing zeros and a sign of zero."""
    verdict = first_verdict(kpi(), [figure("2026-01", read_number(text))], FEBRUARY)
    assert verdict.actual is not None
    shown = written(verdict.actual)
    assert _by_hand(shown) == _by_hand(text)
    assert shown != "-0"
    assert "." not in shown or not shown.endswith(("0", "."))


@settings(evaluated, max_examples=200)
@given(st.fractions(-1000, 1000))
def test_quotients_are_rounded_half_up_to_twelve_decimals(quotient: Fraction) -> None:
    """The written figure is at most half a last place away, and farther from 0 where it is exactly half."""
    shown = _by_hand(written(quotient))
    half = Fraction(1, 2 * 10**12)
    assert abs(shown - quotient) <= half
    if abs(shown - quotient) == half:
        assert abs(shown) > abs(quotient)


@pytest.mark.parametrize(
    ("units", "shown"), [(1, "0.000000000001"), (-1, "-0.000000000001"), (3, "0.000000000002"), (-3, "-0.000000000002")]
)
def test_halves_are_rounded_away_from_zero(units: int, shown: str) -> None:
    """Half a last place is rounded up in size, with either sign."""
    assert written(Fraction(units, 2 * 10**12)) == shown


# --- restatements ------------------------------------------------------------------------------------------------


@evaluated
@given(
    st.data(), st.lists(some_days, min_size=1, max_size=6, unique=True), st.dates(date(2026, 2, 1), date(2027, 2, 1))
)
def test_a_restatement_keeps_what_was_said_before(data: st.DataObject, recorded: list[date], as_of: date) -> None:
    """The latest figure known is in force; every earlier one stays listed, in the order it was said."""
    said = [figure("2026-01", Decimal(number), recorded=day) for number, day in enumerate(sorted(recorded), 1)]
    verdict = first_verdict(kpi(), data.draw(st.permutations(said)), as_of)
    known = [each for each in said if each.recorded is not None and each.recorded <= as_of]
    assert list(verdict.figures) == known[-1:]
    assert list(verdict.superseded) == known[:-1]
    assert verdict.restated is (len(known) > 1)


@evaluated
@given(_thresholds(levels=True), tenths)
def test_a_waiver_excuses_and_never_accuses(thresholds: Data, value: Decimal) -> None:
    """With every party's approval a bad status becomes excused, a good one stays; with one party's nothing changes."""
    terms_of = agreement({"x": kpi(thresholds=thresholds)})
    facts: list[Observation] = [figure("2026-01", value)]
    plain = judge(terms_of, ledger_of(facts), FEBRUARY).verdicts[0].status
    for approved_by, wanted in (
        (["north"], plain),
        (["north", "harbor"], plain if plain is Status.MET else Status.EXCUSED),
    ):
        waiver = Waiver.model_validate({"about": "kpis.x@2026-01", "date": FEBRUARY, "approved_by": approved_by})
        ledger = replace(ledger_of(facts), waivers=(WaiverRecord(waiver, Place("actuals/2026.yaml", ())),))
        assert judge(terms_of, ledger, FEBRUARY).verdicts[0].status is wanted
