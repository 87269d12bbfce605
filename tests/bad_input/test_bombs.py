"""Small files that would cost a naive reader its memory or its afternoon: each ends within ten seconds and 300 MiB."""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from coopctl import limits
from tests.bad_input.measuring import PEAK, measured
from tests.bad_input.samples import AGREEMENT, AS_OF, HANG, changed, put

if sys.platform != "linux":
    pytest.skip("what a process took at the most is read from /proc", allow_module_level=True)

NESTED = 10_000


class Bomb(NamedTuple):
    """Files, and the first line that is to be printed about them."""

    files: dict[str, str]
    first: str


def _alias_bomb() -> Bomb:
    """Ten lines, ten thousand million values."""
    text = AGREEMENT + "x-0: &l0 [a, a, a, a, a, a, a, a, a, a]\n"
    for level in range(1, 10):
        text += f"x-{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 10)}]\n"
    told = "YML010 more than 100,000 values up to here, aliases counted each time they are used"
    return Bomb({"agreement.yaml": text}, f"pact/agreement.yaml:20:46: {told}")


def _alias_bomb_in_clauses() -> Bomb:
    """The same where the schema looks at it."""
    text = AGREEMENT + "goals:\n  g0: &g0 {statement: [a, a, a, a, a, a, a, a, a, a]}\n"
    for level in range(1, 10):
        text += f"  g{level}: &g{level} {{statement: [{', '.join([f'*g{level - 1}'] * 10)}]}}\n"
    told = "YML010 more than 100,000 values up to here, aliases counted each time they are used"
    return Bomb({"agreement.yaml": text}, f"pact/agreement.yaml:21:54: {told}")


def _long_text_many_times() -> Bomb:
    """One text of 60 KiB as twenty thousand names of a KPI: more than a gigabyte, were each shown in full."""
    text = f"x-text: &t {'a' * 60_000}\ngoals: {{g: {{statement: x, kpis: [{', '.join(['*t'] * 20_000)}]}}}}\n"
    told = "YML010 more than 8,388,608 characters up to here, aliases counted each time they are used"
    return Bomb({"agreement.yaml": AGREEMENT + text}, f"pact/agreement.yaml:17:586: {told}")


def _brackets() -> Bomb:
    return _nested("[" * NESTED + "]" * NESTED, 9 + 63)


def _brackets_left_open() -> Bomb:
    return _nested("[" * 1_000_000, 9 + 63)


def _braces() -> Bomb:
    return _nested("{a: " * NESTED + "}" * NESTED, 9 + 63 * 4)


def _dashes() -> Bomb:
    return _nested("\n " + "- " * NESTED + "a", 2 + 63 * 2, line=17)


def _brackets_as_keys() -> Bomb:
    told = "pact/agreement.yaml:16:10: YML007 a mapping or list as a key"
    return Bomb({"agreement.yaml": f"{AGREEMENT}x-deep: {'{[' * NESTED}\n"}, told)


def _nested(body: str, column: int, line: int = 16) -> Bomb:
    told = f"pact/agreement.yaml:{line}:{column}: YML009 nested more than 64 levels deep"
    return Bomb({"agreement.yaml": f"{AGREEMENT}x-deep: {body}\n"}, told)


def _lines() -> Bomb:
    text = f"{AGREEMENT}x-deep:\n" + "".join(f"{' ' * level}a:\n" for level in range(1, 2_000))
    return Bomb({"agreement.yaml": text}, "pact/agreement.yaml:80:65: YML009 nested more than 64 levels deep")


def _long_text() -> Bomb:
    told = "pact/agreement.yaml:16:10: YML011 one value of 4,000,000 bytes; the limit is 65,536"
    return Bomb({"agreement.yaml": f"{AGREEMENT}purpose: {'a' * 4_000_000}\n"}, told)


def _longer_text() -> Bomb:
    told = "pact/agreement.yaml:1:1: FIL004 larger than 4,194,304 bytes"
    return Bomb({"agreement.yaml": f"{AGREEMENT}purpose: {'a' * 5_000_000}\n"}, told)


def _huge_numbers() -> Bomb:
    """Formatting one of them would take gigabytes."""
    told = 'pact/agreement.yaml:15:13: SCH003 expected a number, found "1e999999999"'
    return Bomb({"agreement.yaml": changed("target: 90", "target: 1e999999999")}, told)


def _names_that_nobody_has() -> Bomb:
    """Six million pairs of names to look for the nearest in."""
    kpi = "{unit: points, direction: higher-is-better, frequency: monthly, aggregation: mean, target: 90}"
    kpis = "".join(f"  customer-satisfaction-{number}: {kpi}\n" for number in range(300))
    rows = "".join(f"customer-satisfactoin-{number},2026-01,1\n" for number in range(20_000))
    files = {"agreement.yaml": AGREEMENT + kpis, "actuals/a.csv": "kpi,period,value\n" + rows}
    return Bomb(files, "pact/actuals/a.csv:2:1: SCH004 no KPI is called `customer-satisfactoin-0`")


def _columns() -> Bomb:
    """A header of a million columns."""
    told = "pact/actuals/a.csv:1:18: LED007 no column is called `a`"
    return Bomb({"actuals/a.csv": "kpi,period,value" + ",a" * 1_000_000 + "\n"}, told)


def _bad_rows() -> Bomb:
    told = 'pact/actuals/a.csv:2:14: SCH003 expected a number, found "x"'
    return Bomb({"actuals/a.csv": "kpi,period,value\n" + "csat,2026-01,x\n" * 200_000}, told)


def _bad_rows_in_many_files() -> Bomb:
    rows = "kpi,period,value\n" + "csat,2026-01,x\n" * 1_000
    told = 'pact/actuals/000.csv:2:14: SCH003 expected a number, found "x"'
    return Bomb({f"actuals/{number:03}.csv": rows for number in range(500)}, told)


def _figures_without_order() -> Bomb:
    told = "pact/actuals/a.csv:3:14: LED002 two figures for csat in 2026-01, and nothing says which came later"
    return Bomb({"actuals/a.csv": "kpi,period,value\n" + "csat,2026-01,91\n" * 200_000}, told)


def _endless_term() -> Bomb:
    """Three and a half million days, each to be judged."""
    text = changed("start: 2026-01-01, end: 2026-12-31", "start: 1000-01-01, end: 8999-12-31")
    told = "SCH007 about 2,921,940 periods to judge from 1000-01-01 to 8999-12-31"
    return Bomb({"agreement.yaml": text.replace("monthly", "daily")}, f"pact/agreement.yaml:8:32: {told}")


BOMBS = [
    _alias_bomb,
    _alias_bomb_in_clauses,
    _long_text_many_times,
    _brackets,
    _brackets_left_open,
    _braces,
    _dashes,
    _brackets_as_keys,
    _lines,
    _long_text,
    _longer_text,
    _huge_numbers,
    _names_that_nobody_has,
    _columns,
    _bad_rows,
    _bad_rows_in_many_files,
    _figures_without_order,
    _endless_term,
]


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__.removeprefix("_"))
def test_a_bomb_costs_neither_time_nor_memory(bomb: Callable[[], Bomb], tmp_path: Path) -> None:
    """It is refused with a place, exit code 2 and nothing on standard error."""
    files, first = bomb()
    put(tmp_path / "pact", AGREEMENT, files)
    ended = measured(tmp_path, "check", "pact", "--output-format", "concise", *AS_OF)
    assert ended.out.split("\n")[0] == first
    assert (ended.code, ended.err) == (2, "")
    assert ended.peak < PEAK


def test_many_findings_fit_into_memory_as_json(tmp_path: Path) -> None:
    """A format that says more about a finding keeps to the same bounds."""
    put(tmp_path / "pact", AGREEMENT, _bad_rows_in_many_files().files)
    ended = measured(tmp_path, "check", "pact", "--output-format", "json", *AS_OF)
    assert (ended.code, ended.err) == (2, "")
    assert ended.peak < PEAK


def test_the_largest_ledger_is_judged_within_the_same_bounds(tmp_path: Path) -> None:
    """200,000 daily figures in 548 years: accepted, and no dearer in memory than a bomb."""
    first = date(2025, 12, 31) - timedelta(limits.CSV_ROWS - 1)
    days = (first + timedelta(day) for day in range(limits.CSV_ROWS))
    rows = "".join(f"csat,{day},90\n" for day in days)
    yearly = changed("start: 2026-01-01", f"start: {first}", AGREEMENT.replace("monthly", "yearly"))
    put(tmp_path / "pact", yearly, {"actuals/a.csv": "kpi,period,value\n" + rows})
    ended = measured(tmp_path, "check", "pact", "--output-format", "concise", *AS_OF, seconds=6 * HANG)
    assert ended.out.startswith("pact/agreement.yaml: passes as of 2026-07-01: 548 met, 1 pending; lint: ")
    assert (ended.code, ended.err) == (0, "")
    assert ended.peak < PEAK


@pytest.mark.parametrize(("entries", "refused"), [(120, False), (1000, True)])
def test_long_text_behind_aliases_is_counted(entries: int, refused: bool, tmp_path: Path) -> None:
    """A text of 64 kB that many entries share: more than eight million characters are refused; neither costs memory."""
    text = f"purpose: &t {'x y ' * 16_000}\nclauses:\n"
    text += "".join(f"  c{each}: {{title: T, text: *t}}\n" for each in range(entries))
    put(tmp_path / "pact", AGREEMENT + text)
    ended = measured(tmp_path, "check", "pact", "--output-format", "concise", *AS_OF)
    assert ("YML010" in ended.out) is refused
    assert (ended.code == 2, ended.err) == (refused, "")
    assert ended.peak < PEAK


# --- patterns ---------------------------------------------------------------------------------------------------


def test_links_that_lead_back_do_not_multiply_what_a_pattern_matches(tmp_path: Path) -> None:
    """Two links to the folder itself make 2^24 ways through a pattern of 24 levels."""
    pact = put(tmp_path / "pact", f"{AGREEMENT}actuals: ['{'*/' * 24}x.yaml']\n")
    for name in ("a", "b"):
        (pact / name).symlink_to(".")
    ended = measured(tmp_path, "check", "pact", "--output-format", "concise", *AS_OF)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("pact/agreement.yaml:16:11: FIL008 ")


def test_a_pattern_of_double_stars_does_not_multiply_folders(tmp_path: Path) -> None:
    """Twelve times `**` over twenty folders in one another."""
    pact = put(tmp_path / "pact", f"{AGREEMENT}actuals: ['{'**/' * 12}x.yaml']\n")
    pact.joinpath(*["d"] * 20).mkdir(parents=True)
    ended = measured(tmp_path, "check", "pact", "--output-format", "concise", *AS_OF)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("pact/agreement.yaml:16:11: FIL008 ")


def test_a_pattern_in_gitignore_does_not_backtrack_for_ever(tmp_path: Path) -> None:
    """Twelve stars against a name of two hundred letters; the folder is not ignored, and its agreement is found."""
    put(tmp_path, AGREEMENT, {".gitignore": "*a" * 12 + "b\n", f"{'a' * 200}/agreement.yaml": AGREEMENT})
    ended = measured(tmp_path, "check", ".", "--output-format", "concise", *AS_OF)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.count(": passes as of ") == 2


@pytest.mark.parametrize("pattern", ["*.yaml", "2026.*", "actuals.csv", "*", "**", "[", "a\\0b"])
def test_a_quoted_pattern_without_a_folder_is_a_pattern(pattern: str, tmp_path: Path) -> None:
    """A pattern that begins with a star has to be quoted; whatever it matches, it is no bug."""
    put(tmp_path / "pact", f'{AGREEMENT}actuals: ["{pattern}"]\n')
    ended = measured(tmp_path, "check", "pact", "--output-format", "concise", *AS_OF)
    assert ended.err == ""
    assert ended.code in (0, 2)


def test_thousands_of_steps_are_looked_up_and_not_searched(tmp_path: Path) -> None:
    """A daily KPI with a step for almost every day of 27 years."""
    first = date(2000, 1, 1)
    steps = ", ".join(f"{first + timedelta(day)}: 1" for day in range(9_800))
    text = changed("target: 90", f"target: {{{steps}}}", AGREEMENT.replace("monthly", "daily"))
    put(tmp_path / "pact", text.replace("start: 2026-01-01", f"start: {first}"))
    ended = measured(tmp_path, "check", "pact", "--output-format", "concise", *AS_OF)
    assert (ended.code, ended.err) == (0, "")
    assert ended.peak < PEAK


def test_many_triggers_and_many_events_do_not_multiply(tmp_path: Path) -> None:
    """Two thousand exit rights that wait for an event, and ten thousand events of another kind."""
    triggers = ", ".join(f"t{number}: {{when: {{event: ruin}}, right_of: [north]}}" for number in range(2_000))
    events = ", ".join(["{date: 2026-01-01, kind: visit}"] * 10_000)
    ledger = f"coopctl: actuals/1\nevents: [{events}]\n"
    put(tmp_path / "pact", f"{AGREEMENT}exit: {{triggers: {{{triggers}}}}}\n", {"actuals/a.yaml": ledger})
    ended = measured(tmp_path, "check", "pact", "--output-format", "concise", *AS_OF)
    assert (ended.code, ended.err) == (0, "")
    assert ended.peak < PEAK


def test_many_findings_on_one_long_line_are_shown_in_parts(tmp_path: Path) -> None:
    """A thousand snippets of a line of 200,000 characters in another script."""
    keys = ", ".join(f"{'é' * 180}{number}: 1" for number in range(1_000))
    put(tmp_path / "pact", f"{{coopctl: 1, {keys}}}\n")
    ended = measured(tmp_path, "check", "pact", "--output-format", "full", *AS_OF)
    assert (ended.code, ended.err) == (2, "")
    assert max(map(len, ended.out.splitlines())) < 600
