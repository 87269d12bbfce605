"""`coopctl record`: what is written where, what is asked about, and what it is said to mean."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coopctl.cli.prompts import Terminal
from tests.conftest import Coopctl
from tests.recording.pact import AGREEMENT, LEDGER, changed, put, set_today
from tests.writing.processes import at_once, command

JULY = "2026-07-03"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_today(monkeypatch, JULY)
    monkeypatch.delenv("COOPCTL_BY", raising=False)


MEANT = """\
recorded csat 2026-06: 84.50 in actuals/2026.yaml
breach: Satisfaction in 2026-06: 84.50% misses the target of 90.00% by 5.50 points (6.1%)
  = worse than 85.00% is a breach
exit right: harbor may end the agreement: the right arose on 2026-06-30, after 2026-05, 2026-06
  = if notice is given on 2026-07-03: notice of 30 days: until 2026-08-02; the agreement can end on
    2026-08-02
score 93.3 → 93.9 of 100
"""


def test_a_figure_goes_below_the_others_and_says_what_it_means(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path)
    ended = coopctl("record", "kpi", "csat", "2026-06", "84.50", "--by", "Ann: Lee")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == MEANT
    assert changed(file) == ['+     2026-06: {value: 84.50, recorded: 2026-07-03, by: "Ann: Lee"}']


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            "kpi csat 2026-04 90.5 --note Late",
            [
                "+     2026-04:",
                "-     2026-04: {value: 90, recorded: 2026-05-04, by: cy}",
                "+       - {value: 90, recorded: 2026-05-04, by: cy}",
                "+       - {value: 90.5, recorded: 2026-07-03, note: Late}",
            ],
        ),
        (
            "kpi csat 2026-03 90.5 --note Late",
            [
                "+     2026-03:",
                "-     2026-03: 91.0   # by mail",
                "+       - {value: 91.0}   # by mail",
                "+       - {value: 90.5, recorded: 2026-07-03, note: Late}",
            ],
        ),
        (
            "kpi csat 2026-06 90% --provisional",
            ["+     2026-06: {value: 90, recorded: 2026-07-03, status: provisional}"],
        ),
        (
            "kpi on-time 2026-06 930/1000",
            ["+   on-time:", "+     2026-06: {numerator: 930, denominator: 1000, recorded: 2026-07-03}"],
        ),
        (
            "kpi price 2026-06 9.5 --weight 120",
            ["+   price:", "+     2026-06: {value: 9.5, weight: 120, recorded: 2026-07-03}"],
        ),
        (
            "kpi 客户数 2026-Q2 41 --recorded 2026-07-02",
            ["+   客户数:", "+     2026-Q2: {value: 41, recorded: 2026-07-02}"],
        ),
        (
            "milestone pilot --done 2026-05-09 --note 完成",
            [
                "-   pilot: {started: 2026-02-03}",
                "+   pilot: {started: 2026-02-03, done: 2026-05-09, note: 完成}",
            ],
        ),
        (
            "milestone pilot --progress 60 --forecast 2026-07-20",
            [
                "-   pilot: {started: 2026-02-03}",
                "+   pilot: {started: 2026-02-03, progress: 60%, forecast: 2026-07-20}",
            ],
        ),
        (
            "spend marketing 2026-06 41000",
            ["+ spend:", "+   marketing:", "+     2026-06: {value: 41000, recorded: 2026-07-03}"],
        ),
        (
            "action Call --about csat@2026-05 --cause external --owner harbor",
            [
                "+ actions:",
                "+   - {id: a1, date: 2026-07-03, about: kpis.csat@2026-05, cause: external, do: Call, owner: harbor}",
            ],
        ),
        (
            "waiver csat@2026-05 --reason Strike --approved-by north --approved-by harbor --date 2026-06-30",
            [
                "+ waivers:",
                "+   - {about: kpis.csat@2026-05, reason: Strike, date: 2026-06-30, approved_by: [north, harbor]}",
            ],
        ),
        (
            "event incident --about kpis.csat --note on",
            [
                "+ events:",
                '+   - {date: 2026-07-03, kind: incident, about: kpis.csat, note: "on"}',
            ],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_only_the_lines_that_are_meant_change(
    arguments: str, lines: list[str], coopctl: Coopctl, tmp_path: Path
) -> None:
    file = put(tmp_path)
    ended = coopctl("record", *arguments.split(" "))
    assert (ended.code, ended.err) == (0, "")
    assert changed(file) == lines
    assert coopctl("check", "--exit-zero").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("kpi csta 2026-06 91", "no KPI is called csta; did you mean `csat`?"),
        ("kpi csat 2026-06 9１", 'the figure: expected a number, found "9１"; write it in half-width digits: 91'),
        (
            "kpi csat June 91",
            'the period: expected a period, found "June"; write 2026-01, 2026-Q1, 2026-H1, 2026-W05, 2026, or a date',
        ),
        ("kpi on-time 2026-06 93", "on-time is a ratio of sums: write numerator/denominator, such as 930/1000, not 93"),
        ("kpi csat 2026-06 9/10", "csat is one number, not 9/10"),
        ("kpi price 2026-06 9", "price is a weighted mean: say what 9 counts, such as --weight 120"),
        (
            "kpi csat 2026 91",
            (
                "2026 is a yearly period, and csat is judged monthly; record monthly figures or finer ones; "
                "nothing was recorded"
            ),
        ),
        (
            "kpi csat 2026-04 91",
            "csat 2026-04: 90 is recorded in actuals/2026.yaml:6; a restatement needs a reason: --note",
        ),
        (
            "kpi csat 2026-04 91 --note x --recorded 2026-05-03",
            (
                "csat 2026-04: 90 in actuals/2026.yaml:6 was recorded on 2026-05-04; a restatement comes later than "
                "2026-05-03"
            ),
        ),
        ("milestone pilot", "say what to record: --started, --done, --progress or --forecast"),
        (
            "milestone pilot --started 2026-02-04 --yes",
            "pilot: started 2026-02-03 is recorded already; 2026-02-04 needs a reason: --note",
        ),
        ("action --id a9 --done 2026-07-01", "no action is called a9; recorded are: none has an id"),
        ("waiver csat --reason x --approved-by nort", "no party is called nort; did you mean `north`?"),
        (
            "event incident --about kpis.cast",
            "--about: nothing is called kpis.cast; did you mean `kpis.csat` or `kpis.price`?",
        ),
        (
            "kpi csat 2026-06 91 --file other/x.yaml",
            "other/x.yaml: agreement.yaml reads no such file: it reads actuals/*.yaml, actuals/*.yml, actuals/*.csv",
        ),
    ],
    ids=lambda value: value if " " in value and not value.startswith("no ") else "",
)
def test_what_cannot_be_recorded_is_said_and_nothing_is(
    arguments: str, message: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    file = put(tmp_path)
    ended = coopctl("record", *arguments.split(" "))
    assert ended == (2, "", f"error: {message}\n")
    assert file.read_text("utf-8") == LEDGER
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["2026.yaml", "agreement.yaml"]


EARLIER = "coopctl: actuals/1\nkpis:\n  csat: {2026-01: 90, 2026-02: 92, 2026-03: 91}\n"


@pytest.mark.parametrize(
    ("arguments", "doubt"),
    [
        ("kpi csat 2026-06 100", None),
        ("kpi csat 2026-06 100.1", "100.1% is more than 100%; 100.1% is far from the 3 figures so far: 90% to 92%"),
        ("kpi csat 2026-06 98", None),
        ("kpi csat 2026-06 98.01", "98.01% is far from the 3 figures so far: 90% to 92%"),
        ("kpi csat 2026-06 84", None),
        ("kpi csat 2026-06 83.99", "83.99% is far from the 3 figures so far: 90% to 92%"),
        ("kpi 客户数 2026-Q2 0", None),
        ("kpi 客户数 2026-Q2 -1", "-1 家 is below 0"),
        ("kpi csat 2026-07 91 --provisional", None),
        ("kpi csat 2026-07 91", "2026-07 has not ended: it runs until 2026-07-31"),
        ("kpi csat 2025-12 91", "2025-12 lies outside the term 2026-01-01 to 2026-12-31; it is not judged"),
        ("kpi csat 2026-08 91", "2026-08 begins on 2026-08-01 only"),
        ("spend marketing 2026-06 -1", "-1 is below 0; spend is what was spent, a refund aside"),
        ("milestone pilot --done 2026-07-03", None),
        ("milestone pilot --done 2026-07-04", "done 2026-07-04 lies ahead; what is expected is --forecast"),
        (
            "milestone pilot --forecast 2026-07-02",
            "the forecast 2026-07-02 lies in the past; what was reached is --done",
        ),
        (
            "waiver csat@2026-01 --reason x --approved-by north",
            "harbor has not agreed; a waiver excuses nothing until every party has",
        ),
    ],
)
def test_what_looks_like_a_slip_takes_a_yes(
    arguments: str, doubt: str | None, coopctl: Coopctl, tmp_path: Path
) -> None:
    if "100" in arguments:  # so that only the unit's bound is asked about
        doubt = doubt and "100.1% is more than 100%"
    file = put(tmp_path, EARLIER.replace("2026-02: 92", "2026-02: 98") if "100" in arguments else EARLIER)
    before = file.read_text("utf-8")
    ended = coopctl("record", *arguments.split(" "))
    if doubt is None:
        assert (ended.code, ended.err) == (0, "")
        return
    assert ended == (2, "", f"error: {doubt}. If that is right, say --yes; nothing was recorded\n")
    assert file.read_text("utf-8") == before
    assert coopctl("record", *arguments.split(" "), "--yes").code == 0
    assert file.read_text("utf-8") != before


def test_far_from_constant_figures_is_five_times_as_much(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, "coopctl: actuals/1\nkpis:\n  客户数: {2026-Q1: 8, 2026-Q3: 8, 2026-Q4: 8}\n")
    assert coopctl("record", "kpi", "客户数", "2026-Q2", "41").err == (
        "error: 41 家 is far from the 3 figures so far: 8 家 each time. "
        "If that is right, say --yes; nothing was recorded\n"
    )
    assert coopctl("record", "kpi", "客户数", "2026-Q2", "40").code == 0


class Answering(Terminal):
    """Somebody who says yes, and does not see what happens meanwhile."""

    def __init__(self, *meanwhile: Callable[[], object], last: bool = True) -> None:
        self.meanwhile = list(meanwhile)
        self.last = last
        self.told: list[str] = []

    def tell(self, line: str) -> None:
        self.told.append(line)

    def confirm(self, question: str) -> bool:
        if not self.meanwhile:
            return self.last
        self.meanwhile.pop(0)()
        return True


@pytest.mark.parametrize("last", [True, False])
def test_what_somebody_else_records_while_one_is_asked_is_asked_about(
    last: bool, coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(tmp_path)
    other = command("record", "kpi", "csat", "2026-06", "91.5", "--by", "Bo")
    terminal = Answering(lambda: at_once([other]), last=last)
    monkeypatch.setattr(Terminal, "standard", lambda _: terminal)
    ended = coopctl("record", "kpi", "csat", "2026-06", "101", "--note", "Counted")
    assert terminal.told == [
        "101% is more than 100%",
        "91.5 was recorded for 2026-06 on the same day; it is exchanged, not kept",
        "by “Bo” of that figure goes with it",
    ]
    if last:
        assert "exchanged csat 2026-06: 91.5 → 101 in actuals/2026.yaml\n" in ended.out
        assert changed(file) == ["+     2026-06: {value: 101, recorded: 2026-07-03, note: Counted}"]
    else:
        assert (ended.code, ended.err) == (2, "error: nothing was recorded\n")
        assert changed(file) == ["+     2026-06: {value: 91.5, recorded: 2026-07-03, by: Bo}"]


def test_the_same_fact_twice_takes_a_yes(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path)
    given = (
        "event incident --about kpis.csat --note Fire",
        "action Call --about csat@2026-05 --owner harbor",
        "waiver csat@2026-05 --reason Strike --approved-by north --approved-by harbor",
    )
    for each in given:
        assert coopctl("record", *each.split()).code == 0
    for line, each in zip((12, 14, 16), given, strict=True):
        again = coopctl("record", *each.split())
        assert f"actuals/2026.yaml:{line} says exactly this already; it will be there twice" in again.err
        assert coopctl("record", *each.split(), "--dry-run").code == 0
    assert coopctl("record", *given[0].replace("Fire", "Flood").split()).code == 0
    assert coopctl("record", *given[1].split(), "--yes").out.startswith("recorded action a2 in ")
    assert file.read_text("utf-8").count("kind: incident") == 2


def test_actions_that_are_recorded_at_once_have_names_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = put(tmp_path)
    given = [command("record", "action", f"Call {number}", "--about", "csat@2026-05") for number in range(6)]
    assert at_once(given) == [0] * 6
    assert sorted(re.findall("id: (a[0-9])", file.read_text("utf-8"))) == ["a1", "a2", "a3", "a4", "a5", "a6"]


def test_a_remark_on_a_milestone_is_not_replaced_unasked(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path, LEDGER.replace("{started: 2026-02-03}", "{started: 2026-02-03, by: cy, note: Late}"))
    before = file.read_text("utf-8")
    assert coopctl("record", "milestone", "pilot", "--progress", "60%", "--by", "Bo", "--note", "Agreed").err == (
        "error: by “cy” is recorded already; “Bo” takes its place; note “Late” is recorded already; “Agreed” takes its "
        "place. If that is right, say --yes; nothing was recorded\n"
    )
    assert file.read_text("utf-8") == before
    assert coopctl("record", "milestone", "pilot", "--progress", "60%", "--by", "cy").code == 0


def test_weights_are_shown_on_both_sides(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, "coopctl: actuals/1\nkpis:\n  price: {2026-06: {value: 9.5, weight: 120, recorded: 2026-07-01}}\n")
    given = ("record", "kpi", "price", "2026-06", "9.5", "--weight", "130", "--note", "Recounted")
    assert coopctl(*given).out.startswith("restated price 2026-06: 9.5 (weight 120) → 9.5 (weight 130) in ")


def test_an_action_is_finished_by_its_name(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path)
    given = ("record", "action", "Carrier", "--about", "kpis.csat@2026-05", "--date", "2026-07-01")
    assert coopctl(*given).code == 0
    assert coopctl("record", "action", "--id", "a1", "--done", "2026-07-02").out == (
        "recorded a1: done 2026-07-02 in actuals/2026.yaml\n"
    )
    assert changed(file)[-1] == (
        "+   - {id: a1, date: 2026-07-01, about: kpis.csat@2026-05, do: Carrier, done: 2026-07-02}"
    )
    assert "is called a1 already" in coopctl("record", "action", "X", "--about", "kpis.csat", "--id", "a1").err


def test_an_action_whose_name_another_one_has_is_not_finished(coopctl: Coopctl, tmp_path: Path) -> None:
    entry = "  - {id: a1, date: 2026-06-01, about: kpis.csat, do: Call}\n"
    put(tmp_path, f"coopctl: actuals/1\nactions:\n{entry}{entry.replace('Call', 'Write')}")
    assert coopctl("record", "action", "--id", "a1", "--done", "2026-07-02").err == (
        "error: 2 actions are called a1; give each a name of its own first\n"
    )
    assert coopctl("record", "kpi", "csat", "2026-06", "92").code == 0


def test_a_right_to_end_the_agreement_is_told_when_it_arises_and_when_it_goes(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path)
    arises = coopctl("record", "kpi", "csat", "2026-06", "84")
    assert "exit right: " in arises.out
    gone = coopctl("record", "kpi", "csat", "2026-05", "86", "--note", "Recounted")
    assert "exit right gone: " in gone.out
    assert "warning: Satisfaction in 2026-05: 86% misses the target of 90% by 4 points (4.4%) (was breach)" in gone.out


def test_a_csv_ledger_gets_a_row(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, None)
    (tmp_path / "actuals").mkdir()
    file = tmp_path / "actuals" / "a.csv"
    text = '\ufeffkpi,period,value,recorded,note\r\ncsat,2026-05,91,2026-06-01,"a, b"'
    file.write_bytes(text.encode())
    assert coopctl("record", "kpi", "csat", "2026-06", "92", "--note", 'say "x"').code == 0
    assert file.read_bytes().decode() == f'{text}\r\ncsat,2026-06,92,2026-07-03,"say ""x"""'
    assert coopctl("record", "kpi", "csat", "2026-06", "93", "--note", "y", "--recorded", "2026-07-02").code == 2
    assert coopctl("record", "kpi", "csat", "2026-06", "93", "--note", "y", "--yes").err == (
        "error: actuals/a.csv: a row of a CSV file is not exchanged; correct it by hand\n"
    )


def test_what_a_csv_ledger_has_no_column_for_goes_into_a_yaml_file(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, None)
    (tmp_path / "actuals").mkdir()
    (tmp_path / "actuals" / "a.csv").write_text("kpi,period,value\ncsat,2026-05,91\n", "utf-8")
    assert coopctl("record", "kpi", "csat", "2026-06", "92").code == 0
    assert (tmp_path / "actuals" / "2026.yaml").read_text("utf-8") == (
        "coopctl: actuals/1\nkpis:\n  csat:\n    2026-06: {value: 92, recorded: 2026-07-03}\n"
    )


@pytest.mark.parametrize(
    ("actuals", "file"),
    [
        ("", "actuals/2026.yaml"),
        ("actuals: [ledger/figures-*.yaml]\n", "ledger/figures-2026.yaml"),
        ("actuals: ['**/*.csv', ist/*.yml]\n", "ist/2026.yml"),
    ],
)
def test_the_first_fact_makes_the_file(actuals: str, file: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, None, AGREEMENT + actuals)
    assert coopctl("record", "kpi", "csat", "2026-06", "92").err == ""
    assert (tmp_path / file).read_text("utf-8") == (
        "coopctl: actuals/1\nkpis:\n  csat:\n    2026-06: {value: 92, recorded: 2026-07-03}\n"
    )
    assert coopctl("record", "kpi", "csat", "2026-06", "92").out == "recorded already; nothing to do\n"


def test_where_the_file_is_left_open_it_has_to_be_named(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, None, AGREEMENT + "actuals: ['*/*.yaml']\n")
    assert coopctl("record", "kpi", "csat", "2026-06", "92").err == (
        "error: agreement.yaml: `actuals` leaves open which file new facts go to; name it with --file\n"
    )
    assert coopctl("record", "kpi", "csat", "2026-06", "92", "--file", "facts/a.yaml").code == 0
    assert coopctl("record", "kpi", "csat", "2026-05", "91").code == 0
    assert (tmp_path / "facts" / "a.yaml").read_text("utf-8").count("recorded: ") == 2


def test_an_agreement_with_errors_is_not_recorded_into(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path, LEDGER.replace("2026-03: 91.0", "2026-03: abc"))
    ended = coopctl("record", "kpi", "csat", "2026-06", "92")
    assert ended.code == 2
    assert ended.err.splitlines()[0].startswith("error[")
    assert " --> actuals/2026.yaml:5:14\n" in ended.err
    assert ended.err.endswith("error: nothing is recorded until that is mended\n")
    assert "abc" in file.read_text("utf-8")


def test_a_dry_run_shows_the_change_and_makes_none(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path)
    ended = coopctl("record", "kpi", "csat", "2026-06", "120", "--dry-run")
    assert ended.code == 0
    assert ended.err == (
        "would be asked about: 120% is more than 100%\n"
        "would be asked about: 120% is far from the 3 figures so far: 84% to 91%\n"
    )
    assert "+    2026-06: {value: 120, recorded: 2026-07-03}" in ended.out.splitlines()
    assert file.read_text("utf-8") == LEDGER


@pytest.mark.parametrize("arguments", [(), ("--agreement", ".")])
def test_the_folders_own_agreement_is_meant_whatever_lies_below(
    arguments: tuple[str, ...], coopctl: Coopctl, tmp_path: Path
) -> None:
    for folder in (tmp_path, tmp_path / "draft"):
        folder.mkdir(exist_ok=True)
        put(folder)
    assert coopctl("record", "kpi", "csat", "2026-06", "92", *arguments).code == 0
    assert "2026-06" in (tmp_path / "actuals" / "2026.yaml").read_text("utf-8")
    assert (tmp_path / "draft" / "actuals" / "2026.yaml").read_text("utf-8") == LEDGER


def test_comments_at_the_end_of_something_stay_with_it(coopctl: Coopctl, tmp_path: Path) -> None:
    """Whatever comes new behind them is another thing."""
    figures = "coopctl: actuals/1\nkpis:\n  csat:\n    2026-03: 91\n    # is contested by harbor\n"
    tail = "\n  # the survey was moved online in May\n"
    file = put(tmp_path, f"{figures}{tail}# end\n")
    assert coopctl("record", "kpi", "客户数", "2026-Q1", "41").code == 0
    figures += "  客户数:\n    2026-Q1: {value: 41, recorded: 2026-07-03}\n"
    assert file.read_text("utf-8") == f"{figures}{tail}# end\n"
    assert coopctl("record", "milestone", "pilot", "--started", "2026-02-03").code == 0
    assert file.read_text("utf-8") == f"{figures}{tail}milestones:\n  pilot: {{started: 2026-02-03}}\n# end\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "csat: {2026-01: 90, # jan was hard\n         2026-03: 91} # mar\n",
            "csat: {2026-01: 90, # jan was hard\n         NEW,\n         2026-03: 91} # mar\n",
        ),
        ("csat: {2026-01: 90 # jan was hard\n  }\n", "csat: {2026-01: 90, # jan was hard\n         NEW\n  }\n"),
        ("csat: {2026-01: 90, 2026-03: 91} # mar\n", "csat: {2026-01: 90, NEW, 2026-03: 91} # mar\n"),
    ],
)
def test_a_comment_in_braces_stays_beside_what_it_is_about(
    before: str, after: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    file = put(tmp_path, f"coopctl: actuals/1\nkpis:\n  {before}")
    assert coopctl("record", "kpi", "csat", "2026-02", "92").code == 0
    new = "2026-02: {value: 92, recorded: 2026-07-03}"
    assert file.read_text("utf-8") == f"coopctl: actuals/1\nkpis:\n  {after}".replace("NEW", new)


def test_one_of_several_agreements_has_to_be_named(coopctl: Coopctl, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        put(tmp_path / name)
    assert coopctl("record", "kpi", "csat", "2026-06", "92").err == (
        "error: there are 2 agreements here; name one with --agreement: a/agreement.yaml, b/agreement.yaml\n"
    )
    assert coopctl("record", "kpi", "csat", "2026-06", "92", "--agreement", "b").code == 0
    assert "2026-06" in (tmp_path / "b" / "actuals" / "2026.yaml").read_text("utf-8")
    assert coopctl("record", "--agreement", "b", "kpi", "csat", "2026-05", "92").err == (
        "error: write --agreement after `record kpi`\n"
    )
    assert coopctl("record", "--by", "Bo", "--color", "never", "kpi", "csat", "2026-05", "92").err == (
        "error: write --by and --color after `record kpi`\n"
    )
    assert coopctl("record").code == 2


def test_twenty_at_once_are_all_recorded(coopctl: Coopctl, tmp_path: Path) -> None:
    """Each its own month and budget line or KPI; nobody's figure is lost, and nobody waits for ever."""
    file = put(tmp_path, "coopctl: actuals/1\n")
    months = [f"2026-{month:02}" for month in range(1, 7)]
    given = [f"kpi csat {month} 91" for month in months] + [f"spend marketing {month} 5" for month in months]
    given += [f"kpi on-time {month} 9/10" for month in months] + ["event a", "event b"]
    assert at_once([command("record", *each.split(), "--yes") for each in given]) == [0] * 20
    assert file.read_text("utf-8").count("recorded: ") == 18
    assert coopctl("check", "--exit-zero").code == 0
    assert file.read_text("utf-8").count("kind: ") == 2
