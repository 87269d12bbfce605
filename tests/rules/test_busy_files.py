"""Files that are made to keep a rule busy do not, and what is said about them fits into memory."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bad_input.measuring import PEAK, Measured, measured

HEAD = """\
coopctl: 1
id: busy
title: Busy
version: 1.0.0
parties: {north: {name: Northwind Example Ltd.}, harbor: {name: Harborline Example Ltd.}}
"""
TERM = "term: {start: 2026-01-01, end: 2026-12-31}\n"
KPI = "unit: '%', direction: higher-is-better, frequency: yearly, aggregation: mean, target: 90"


class Busy(NamedTuple):
    """An agreement, a ledger of it, and the rule that has the work."""

    code: str
    agreement: str
    facts: str = ""
    table: str = ""


def _lint(busy: Busy, folder: Path, *options: str) -> Measured:
    (folder / "agreement.yaml").write_text(busy.agreement, "utf-8")
    for name, text in (("facts.yaml", busy.facts), ("figures.csv", busy.table)):
        if text:
            (folder / "actuals").mkdir(exist_ok=True)
            (folder / "actuals" / name).write_text(text, "utf-8")
    select = ("--select", busy.code) if busy.code else ()
    form = ("--as-of", "2026-07-01", "--output-format", "concise")
    return measured(folder, "lint", "agreement.yaml", *select, *form, *options)


def _many_breaches_and_actions() -> Busy:
    first = date(2009, 1, 1)
    days = [first + timedelta(number) for number in range(6000)]
    kpi = "{unit: points, direction: higher-is-better, frequency: daily, aggregation: mean, target: 90,"
    action = "  - {{about: 'kpis.csat@{}', date: 2026-01-02, do: Act}}\n"
    return Busy(
        "LED020",
        f"{HEAD}term: {{start: {first}, end: {days[-1]}}}\n"
        f"kpis:\n  csat: {kpi} thresholds: {{breach: {{worse_than: 80}}}}}}\n",
        "coopctl: actuals/1\nactions:\n" + "".join(action.format(day) for day in days[1:]),
        "kpi,period,value\n" + "".join(f"csat,{day},10\n" for day in days),
    )


def _many_keys_the_wrong_way_round() -> Busy:
    goals = "".join(f"  g{number}:\n    owner: north\n    statement: Sell 20 % more\n" for number in range(8000))
    return Busy("STY001", f"{HEAD}{TERM}goals:\n{goals}")


def _figures_out_of_bounds() -> Busy:
    first = date(2025, 12, 31) - timedelta(24_999)
    rows = "".join(f"k,{first + timedelta(number)},946\n" for number in range(25_000))
    kpi = f"  k: {{name: {'n' * 60_000}, {KPI}}}\n"
    return Busy(
        "LED013", f"{HEAD}term: {{start: {first}, end: 2026-12-31}}\nkpis:\n{kpi}", "", "kpi,period,value\n" + rows
    )


def _more_than_there_are() -> Busy:
    first = date(2025, 12, 31) - timedelta(24_999)
    rows = "".join(f"k,{first + timedelta(number)},9,8\n" for number in range(25_000))
    kpi = f"  k: {{{KPI}}}\n".replace("mean", "ratio")
    return Busy(
        "LED014",
        f"{HEAD}term: {{start: {first}, end: 2026-12-31}}\nkpis:\n{kpi}",
        "",
        "kpi,period,numerator,denominator\n" + rows,
    )


def _milestones(after: Callable[[int], str], number: int) -> str:
    one = "    m{}: {{due: 2026-05-15, after: [{}]}}\n"
    return f"{HEAD}{TERM}plan:\n  milestones:\n" + "".join(one.format(each, after(each)) for each in range(number))


def _one_step_back_many_times() -> Busy:
    last = 5999
    return Busy(
        "PLN001", _milestones(lambda each: ", ".join(["m0"] * 50_000) if each == last else f"m{each + 1}", 6000)
    )


def _long_cycles() -> Busy:
    back = ", ".join(f"m{each}" for each in range(200))
    return Busy("PLN001", _milestones(lambda each: back if each == 7999 else f"m{each + 1}", 8000))


def _many_windows_in_many_phases() -> Busy:
    phase = "    p{}: {{start: 2026-01-01, end: 2026-01-{:02}}}\n"
    phases = "".join(phase.format(number, 2 + number % 20) for number in range(8000))
    one = "    m{}: {{phase: p0, due: 2026-{:02}-{:02}}}\n"
    milestones = "".join(one.format(number, 2 + number % 11, 1 + number % 28) for number in range(8000))
    return Busy("PLN003", f"{HEAD}{TERM}plan:\n  phases:\n{phases}  milestones:\n{milestones}")


def _many_allocations() -> Busy:
    one = "        - {{to: plan.milestones.pilot, amount: 1, from: 2026-{:02}-{:02}}}\n"
    allocations = "".join(one.format(1 + number % 12, 1 + number % 28) for number in range(14_000))
    resource = f"resources:\n  engineers:\n    capacity: 5\n    allocations:\n{allocations}".replace(
        "        -", "      -"
    )
    return Busy("RES001", f"{HEAD}{TERM}plan: {{milestones: {{pilot: {{due: 2026-05-15}}}}}}\n{resource}")


def _with_many_parties(code: str, rest: str, facts: str = "", name: str = "party-with-a-long-name-") -> Busy:
    parties = "".join(f"  {name}{number}: {{name: Example {number}}}\n" for number in range(4500))
    head = HEAD.replace(HEAD.splitlines(keepends=True)[-1], f"parties:\n{parties}")
    return Busy(code, f"{head}{TERM}{rest}", facts)


def _kpis_of_nobody() -> Busy:
    return _with_many_parties("KPI001", "kpis:\n" + "".join(f"  k{each}: {{{KPI}}}\n" for each in range(6000)))


def _milestones_of_nobody() -> Busy:
    milestones = "".join(f"    m{each}: {{due: 2026-05-15}}\n" for each in range(8000))
    return _with_many_parties("PLN006", f"plan:\n  milestones:\n{milestones}")


def _budget_of_nobody() -> Busy:
    return _with_many_parties("BUD002", "budget:\n" + "".join(f"  b{each}: {{amount: 5}}\n" for each in range(8000)))


def _waivers_by_one() -> Busy:
    one = "  - {about: plan.milestones.pilot, reason: Late, date: 2026-06-10, approved_by: [p1]}\n"
    plan = "plan: {milestones: {pilot: {due: 2026-05-15}}}\n"
    return _with_many_parties("LED016", plan, "coopctl: actuals/1\nwaivers:\n" + one * 8000, "p")


def _actions_of_nobody() -> Busy:
    one = "  - {about: plan.milestones.pilot, do: Act, date: 2026-06-10}\n"
    plan = "plan: {milestones: {pilot: {due: 2026-05-15}}}\n"
    return _with_many_parties("LED018", plan, "coopctl: actuals/1\nactions:\n" + one * 8000)


def _speeds_of_many_steps() -> Busy:
    steps = ", ".join(
        f"{date(2000, 1, 1) + timedelta(each)}: {30 - each // 1000}.{999 - each % 1000:03}" for each in range(5000)
    )
    kpi = "unit: days, direction: lower-is-better, frequency: yearly, aggregation: mean, baseline: {value: 40}"
    goals = "".join(f"  g{each}: {{statement: Deliver {each + 1} % faster, kpis: [d]}}\n" for each in range(5000))
    return Busy("KPI010", f"{HEAD}{TERM}kpis: {{d: {{{kpi}, target: {{{steps}}}}}}}\ngoals:\n{goals}")


def _long_names_again_and_again() -> Busy:
    """One long text, which 3,000 KPIs, members and amendments have in common."""
    each = range(3000)
    kpis = "".join(f"  k{number}: {{name: *t, {KPI}}}\n".replace("'%'", "*t") for number in each)
    members = "".join(f"    p{number}: {{name: *t, party: north, role: project-manager}}\n" for number in each)
    amendments = "  - {summary: *t}\n" * 3000
    return Busy(
        "KPI,RSP,TRM",
        f"x-text: &t '{'late 1 ' * 60}'\n{HEAD}{TERM}kpis:\n{kpis}working_group:\n  members:\n{members}"
        f"amendments:\n{amendments}",
    )


def _long_statements_again_and_again() -> Busy:
    goals = "".join(f"  g{number}: {{statement: *t}}\n" for number in range(8000))
    return Busy("GOL006,KPI010", f"x-text: &t '{'faster to sell a lot ' * 40}'\n{HEAD}{TERM}goals:\n{goals}")


BUSY = [
    _many_breaches_and_actions,
    _many_keys_the_wrong_way_round,
    _figures_out_of_bounds,
    _more_than_there_are,
    _one_step_back_many_times,
    _long_cycles,
    _many_windows_in_many_phases,
    _many_allocations,
    _kpis_of_nobody,
    _milestones_of_nobody,
    _budget_of_nobody,
    _waivers_by_one,
    _actions_of_nobody,
    _speeds_of_many_steps,
    _long_names_again_and_again,
    _long_statements_again_and_again,
]


@pytest.mark.parametrize("busy", BUSY, ids=lambda busy: busy.__name__.removeprefix("_"))
def test_a_busy_file_costs_neither_time_nor_memory(busy: Callable[[], Busy], tmp_path: Path) -> None:
    made = busy()
    ended = _lint(made, tmp_path)
    assert ended.err == ""
    assert ended.code in (0, 1)
    assert any(f" {code}" in ended.out for code in made.code.split(","))
    assert ended.peak < PEAK


# One long text in every field

EVERY_TEXT = """\
coopctl: 1
id: busy
title: *t
version: 1.1.0
purpose: *t
vision: *t
currency: CNY
scope: {includes: [*t], excludes: [*t], territories: [*t]}
parties:
  north:
    name: *t
    address: *t
    business: *t
    contributes: *t
    representative: {name: *t, title: *t, email: *t, phone: *t}
    notices: {email: *t, address: *t, attention: *t}
    note: *t
  harbor: {name: *t}
term: {start: 2026-01-01, end: 2026-12-31}
amendments: [{version: 1.0.0, summary: *t}, {version: 1.1.0, date: 2026-02-01, summary: *t}]
goals: {g: {statement: *t, name: *t, kpis: [k, d]}, h: {statement: *t, kpis: [d]}, s: {statement: *s, kpis: [d]}}
kpis:
  k:
    name: *t
    unit: '%'
    direction: higher-is-better
    frequency: monthly
    aggregation: mean
    baseline: {value: 80, source: *t}
    target: 90
    source: *t
    thresholds: {warn: {worse_than: 80}, breach: {worse_than: 70}}
  u: {name: *t, unit: *t, direction: lower-is-better, frequency: monthly, aggregation: sum, target: 10}
  v: {name: *t, unit: *t, direction: lower-is-better, frequency: monthly, aggregation: mean, target: 10}
  w: {name: *t, unit: '%', direction: higher-is-better, frequency: monthly, aggregation: ratio, target: 10}
  d: {name: *t, unit: days, direction: lower-is-better, frequency: monthly, aggregation: mean, baseline: {value: 20},
      target: 10}
working_group: {members: {bo: {name: *t, party: north, role: *t, email: *t}, cy: {name: *t, party: harbor}}}
responsibilities: {r: {task: *t, name: *t, deliverable: *t, standard: *t, responsible: [bo]}}
communication: {channels: {chat: *t}, sharing: {o: {content: *t, from: north, to: [harbor], via: *t}}}
plan:
  phases: {p: {name: *t, start: 2026-01-01, end: 2026-06-30}}
  milestones: {m: {name: *t, due: 2026-05-15, deliverable: *t, acceptance: *t}}
budget: {b: {name: *t, amount: 5}}
resources: {e: {name: *t, unit: *t, allocations: [{to: plan.milestones.m, amount: 3}]}}
risks: {q: {name: *t, likelihood: 4, impact: 4, response: *t, contingency: *t}}
governance: {bodies: {c: {name: *t}}, escalation: [{to: bo, within: 5 days}]}
liability: {breach: *t}
confidentiality: {covers: [*t]}
disputes: {law: *t, ladder: [{step: arbitration, seat: *t}]}
exit:
  triggers: {z: {name: *t, when: {event: *t}, right_of: [north]}}
  survival: [*t]
  wind_down: [{do: *t, owner: north}]
clauses: {c: {title: *t, text: *t}}
"""
FACTS = (
    "coopctl: actuals/1\nkpis: {k: {2026-01: 120}, w: {2026-01: {numerator: 9, denominator: 8}}, u: {2026-01: -1}}\n"
)
PIECES = (
    *("1", "1 ", "1,", "1.", "1.1.", "1 % ", "99 ", "０", "百分之", "百分之1", "一", "十", "百分之一十", "1成"),
    *("a", "a ", "ab-", " ", "\u3000", ",", "，", "。", ".", "-", "_", "%", "率", "每", "每天", "/", "per ", "v1."),
    *("faster ", "speed", "speeda ", "1 % of faster ", "by ", "faster by 1 % of ", "提速", "加快了"),
    *("timely ", "timely-a ", "及时", "及时，", "as soon as ", "reasonable ", "business ", "1 business day", "half "),
    *("1. ", "rate ", "grow", "net ", "相关", "零售", "late ", "active ", "(", "、"),
)


def _lint_everywhere(text: str, folder: Path) -> Measured:
    anchors = f"x-text: &t 'x{text}'\nx-speed: &s 'Faster by {text} % faster {text}'\n"
    return _lint(Busy("", anchors + EVERY_TEXT, FACTS), folder)


def _filled(piece: str) -> str:
    """Return the piece so often that it is just short of the longest value that is read, twice over in one of them."""
    return (piece * (32_000 // len(piece.encode())))[: 32_000 // len(piece[:1].encode())].strip() or "x"


@pytest.mark.parametrize("piece", PIECES)
def test_no_rule_lingers_over_a_long_text(piece: str, tmp_path: Path) -> None:
    ended = _lint_everywhere(_filled(piece), tmp_path)
    assert ended.err == ""
    assert ended.code in (0, 1)
    assert ended.peak < PEAK


@settings(max_examples=12, deadline=None)
@given(st.text("019 ,.-%a_xs一十百率每的快", min_size=1, max_size=4), st.sampled_from(PIECES))
def test_no_rule_lingers_over_any_long_text(piece: str, other: str) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        ended = _lint_everywhere(_filled(piece + other), folder)
        assert ended.err == ""
        assert ended.code in (0, 1)
    finally:
        shutil.rmtree(folder)
