"""What becomes of each figure: added, restated, unchanged or refused."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from coopctl.drafts.values import Entry
from coopctl.model.scalars import PeriodKey
from coopctl.recording.ledger_draft import LedgerDraft
from tests.commands.schemas import problems
from tests.conftest import Coopctl
from tests.exchange.samples import TODAY, figures, recorded, write_agreement

LEDGER = """\
kpis:
  csat:
    2026-01: {value: 90, recorded: 2026-02-03}
    2026-02:
      - {value: 91, recorded: 2026-03-03, status: provisional}
      - {value: 92, recorded: 2026-03-20}
  audits: {2026-Q1: 3}
"""


OUTSIDE = "2027-01 lies outside the term 2026-01-01 to 2026-12-31; it is not judged"


def outcomes(coopctl: Coopctl, table: str, *options: str) -> list[tuple[int, str, str]]:
    """Import a CSV file; return row, outcome and message of every figure."""
    Path("figures.csv").write_text(table, "utf-8")
    ended = coopctl("import", "figures.csv", *TODAY, *options, "--output-format", "json")
    assert ended.err == ""
    return [(each["row"], each["outcome"], each["message"] or "") for each in json.loads(ended.out)["figures"]]


def test_a_new_figure_is_added_with_the_day_on_which_it_was_imported(coopctl: Coopctl, tmp_path: Path) -> None:
    Path("figures.csv").write_text("kpi,period,value\ncsat,2026-01,91.50\n", "utf-8")
    ended = coopctl("import", "figures.csv", *TODAY, "--by", "mei")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "row         KPI   period   figure\n"
        "  2  added  csat  2026-01  91.50\n"
        "\n"
        "figures.csv: 1 added. Written to actuals/2026.yaml.\n"
    )
    assert (tmp_path / "actuals" / "2026.yaml").read_text("utf-8") == (
        "coopctl: actuals/1\nkpis:\n  csat:\n    2026-01: {value: 91.50, recorded: 2026-11-20, by: mei}\n"
    )


def test_a_dry_run_shows_the_same_and_writes_nothing(coopctl: Coopctl, tmp_path: Path) -> None:
    Path("figures.csv").write_text("kpi,period,value\ncsat,2026-01,91.5\n", "utf-8")
    ended = coopctl("import", "figures.csv", "--dry-run")
    assert ended.code == 0
    assert ended.out.endswith("figures.csv: 1 added. Would be written to actuals/2026.yaml.\n")
    assert not (tmp_path / "actuals").exists()


def test_rows_that_contradict_each_other_have_the_same_outcome_in_every_run(coopctl: Coopctl, tmp_path: Path) -> None:
    write_agreement(tmp_path)
    both = "kpi,period,value\ncsat,2026-01,90\ncsat,2026-01,91\n"
    for outcome in ("added", "unchanged", "unchanged"):
        assert outcomes(coopctl, both, "--reason", "x", "--skip-refused") == [
            (2, outcome, ""),
            (3, "refused", "row 2 has a figure for it already"),
        ]


def test_the_same_figure_on_a_later_day_is_told_as_such(coopctl: Coopctl, tmp_path: Path) -> None:
    write_agreement(tmp_path, LEDGER)
    row = "kpi,period,value,recorded\ncsat,2026-01,90,2026-02-04\n"
    told = "the same figure, confirmed on a later day"
    assert outcomes(coopctl, row) == [(2, "restated", told)]
    assert outcomes(coopctl, row) == [(2, "unchanged", "")]


def test_the_same_file_twice_changes_nothing(coopctl: Coopctl, tmp_path: Path) -> None:
    table = "kpi,period,value,numerator,denominator,weight\n"
    table += "csat,2026-01,9,,,\non-time,2026-01,,9,10,\neffort,2026-01,4,,,2\n"
    assert [each[1] for each in outcomes(coopctl, table)] == ["added"] * 3
    before = (tmp_path / "actuals" / "2026.yaml").read_bytes()
    assert [each[1] for each in outcomes(coopctl, table, "--recorded", "2026-12-01")] == ["unchanged"] * 3
    assert (tmp_path / "actuals" / "2026.yaml").read_bytes() == before


def test_another_figure_is_a_restatement_and_needs_a_reason(coopctl: Coopctl, tmp_path: Path) -> None:
    write_agreement(tmp_path, LEDGER)
    table = "kpi,period,value\ncsat,2026-01,90.0\ncsat,2026-02,93\n"
    assert outcomes(coopctl, table) == [
        (2, "unchanged", ""),
        (3, "refused", "differs from what is recorded, and a restatement needs a reason: --reason TEXT"),
    ]
    assert [each[1] for each in outcomes(coopctl, table, "--reason", "Late returns")] == ["unchanged", "restated"]
    assert ("csat", "2026-02", "93", None, None, None, "2026-11-20", False, None, "Late returns") in recorded(tmp_path)
    assert len(recorded(tmp_path)) == 5


def test_the_note_of_a_row_is_reason_enough(coopctl: Coopctl, tmp_path: Path) -> None:
    write_agreement(tmp_path, LEDGER)
    assert outcomes(coopctl, "kpi,period,value,note\ncsat,2026-01,80,Counted twice\n")[0][1] == "restated"


def test_a_provisional_figure_that_becomes_final_is_restated_without_a_reason(coopctl: Coopctl, tmp_path: Path) -> None:
    table = "kpi,period,value\ncsat,2026-01,80\n"
    assert outcomes(coopctl, table, "--provisional", "--recorded", "2026-02-01")[0][1] == "added"
    assert outcomes(coopctl, table, "--provisional")[0][1] == "unchanged"
    assert outcomes(coopctl, table)[0][1] == "restated"
    assert [each[-3] for each in recorded(tmp_path)] == [True, False]


@pytest.mark.parametrize(
    ("day", "outcome"), [("2026-03-19", "refused"), ("2026-03-20", "exchanged"), ("2026-03-21", "restated")]
)
def test_a_restatement_is_later_than_what_it_replaces(coopctl: Coopctl, tmp_path: Path, day: str, outcome: str) -> None:
    write_agreement(tmp_path, LEDGER)
    table = "kpi,period,value\ncsat,2026-02,93\n"
    assert outcomes(coopctl, table, "--reason", "x", "--recorded", day)[0][1] == outcome


SAME_DAY = "92 was recorded for 2026-02 on the same day; it is exchanged, not kept"


@pytest.mark.parametrize("has_day", [False, True], ids=["option", "column"])
def test_a_slip_is_exchanged_on_the_same_day_for_a_reason(coopctl: Coopctl, tmp_path: Path, has_day: bool) -> None:
    write_agreement(tmp_path, LEDGER)
    before = recorded(tmp_path)
    day = ("", "") if has_day else ("--recorded", "2026-03-20")
    table = "kpi,period,value,note\ncsat,2026-02,93,Late\n"
    if has_day:
        table = "kpi,period,value,recorded,note\ncsat,2026-02,93,2026-03-20,Late\n"
    options = [each for each in day if each]
    assert outcomes(coopctl, table, *options) == [(2, "refused", f"{SAME_DAY}, where --reason TEXT says why")]
    assert recorded(tmp_path) == before
    assert outcomes(coopctl, table, *options, "--reason", "A slip") == [(2, "exchanged", SAME_DAY)]
    old = ("csat", "2026-02", "92", None, None, None, "2026-03-20", False, None, None)
    new = ("csat", "2026-02", "93", None, None, None, "2026-03-20", False, None, "Late; A slip")
    assert recorded(tmp_path) == sorted([new, *(each for each in before if each != old)], key=repr)
    assert outcomes(coopctl, table, *options) == [(2, "unchanged", "")]


def test_an_exchange_shows_both_figures(coopctl: Coopctl, tmp_path: Path) -> None:
    write_agreement(tmp_path, LEDGER)
    Path("f.csv").write_text("kpi,period,value\ncsat,2026-02,93\n", "utf-8")
    ended = coopctl("import", "f.csv", "--recorded", "2026-03-20", "--reason", "A slip")
    assert ended.out == (
        "row             KPI   period   figure\n"
        "  2  exchanged  csat  2026-02  92 → 93\n"
        f"    {SAME_DAY}\n"
        "\n"
        "f.csv: 1 exchanged. Written to actuals/2026.yaml.\n"
    )
    assert (
        "      - {value: 93, recorded: 2026-03-20, note: A slip}\n" in (tmp_path / "actuals" / "2026.yaml").read_text()
    )


def test_only_the_figure_that_counts_is_exchanged(coopctl: Coopctl, tmp_path: Path) -> None:
    write_agreement(tmp_path, LEDGER)
    table = "kpi,period,value,recorded\ncsat,2026-02,93,2026-03-03\n"
    told = "another figure was recorded on 2026-03-03 already; each needs a day of its own"
    assert outcomes(coopctl, table, "--reason", "A slip") == [(2, "refused", told)]


def test_many_figures_are_exchanged_and_what_was_said_of_them_goes(coopctl: Coopctl, tmp_path: Path) -> None:
    ledger = """\
kpis:
  csat:
    2026-01: {value: 90, recorded: 2026-11-20, status: provisional, by: li, note: Old}   # first
    2026-02:
      value: 91
      recorded: 2026-11-20
      by: li
  on-time:
    2026-01:
      - {numerator: 8, denominator: 9, recorded: 2026-02-01}
      - numerator: 9
        denominator: 10
        recorded: 2026-11-20
        note: Old
  effort: {2026-01: {value: 4, weight: 20, recorded: 2026-11-20}}
"""
    write_agreement(tmp_path, ledger)
    table = "kpi,period,value,numerator,denominator,weight\ncsat,2026-01,80,,,\ncsat,2026-02,81,,,\n"
    table += "on-time,2026-01,,7,10,\neffort,2026-01,5,,,30\n"
    assert [each[1] for each in outcomes(coopctl, table, "--reason", "Slips", "--by", "mei")] == ["exchanged"] * 4
    assert (
        (tmp_path / "actuals" / "2026.yaml").read_text("utf-8")
        == """\
coopctl: actuals/1
kpis:
  csat:
    2026-01: {value: 80, recorded: 2026-11-20, by: mei, note: Slips}   # first
    2026-02:
      value: 81
      recorded: 2026-11-20
      by: mei
      note: Slips
  on-time:
    2026-01:
      - {numerator: 8, denominator: 9, recorded: 2026-02-01}
      - numerator: 7
        denominator: 10
        recorded: 2026-11-20
        note: Slips
        by: mei
  effort: {2026-01: {value: 5, weight: 30, recorded: 2026-11-20, by: mei, note: Slips}}
"""
    )


@pytest.mark.parametrize("day", ["2026-03-20", "2026-03-21"], ids=["exchanged", "restated"])
@pytest.mark.parametrize(
    ("earlier", "own", "kept"),
    [
        ("Early", "Early", "Early; A typo"),
        ("Early; Miscounted", "Early", "Early; A typo"),
        ("Early", "", "A typo"),
        ("Early", "A typo", "A typo"),
        ("Early", "Late", "Late; A typo"),
        ("", "Late", "Late; A typo"),
    ],
)
def test_the_reason_is_kept_beside_a_note_of_its_own(
    day: str, earlier: str, own: str, kept: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """The earlier figure's note stays where that one stays on record, and only there."""
    if day == "2026-03-21" and own == earlier:
        kept = "A typo"
    said = f", note: {earlier}" if earlier else ""
    write_agreement(tmp_path, f"kpis: {{csat: {{2026-02: {{value: 92, recorded: 2026-03-20{said}}}}}}}\n")
    table = f"kpi,period,value,note\ncsat,2026-02,93,{own}\n"
    options = ("--reason", "A typo", "--recorded", day)
    assert outcomes(coopctl, table, *options)[0][1] == ("exchanged" if day == "2026-03-20" else "restated")
    assert [each[-1] for each in recorded(tmp_path) if each[2] == "93"] == [kept]


def test_the_same_command_twice_changes_nothing_after_an_exchange(coopctl: Coopctl, tmp_path: Path) -> None:
    write_agreement(tmp_path, "kpis: {csat: {2026-02: {value: 92, recorded: 2026-11-20, note: Early}}}\n")
    table = "kpi,period,value,note\ncsat,2026-02,93,Early\n"
    assert outcomes(coopctl, table, "--reason", "A typo")[0][1] == "exchanged"
    before = recorded(tmp_path)
    for options in ((), ("--reason", "A typo")):
        assert outcomes(coopctl, table, *options) == [(2, "unchanged", "")]
    assert recorded(tmp_path) == before


def test_what_was_said_of_the_earlier_figure_is_no_reason(coopctl: Coopctl, tmp_path: Path) -> None:
    """As in a table that was exported, with one value corrected."""
    write_agreement(tmp_path, "kpis: {csat: {2026-02: {value: 92, recorded: 2026-03-20, note: Late}}}\n")
    told = "differs from what is recorded, and a restatement needs a reason: --reason TEXT"
    assert outcomes(coopctl, "kpi,period,value,note\ncsat,2026-02,93,Late\n") == [(2, "refused", told)]
    assert outcomes(coopctl, "kpi,period,value,note\ncsat,2026-02,93,Recounted\n") == [(2, "restated", "")]
    again = outcomes(coopctl, "kpi,period,value,note\ncsat,2026-02,93,Late\n")
    assert again == [(2, "unchanged", "")], "the note is on record, of the earlier figure"


@pytest.mark.parametrize(
    ("row", "options", "gone"),
    [
        (",", (), "by “li” and note “Early” of that figure go with it"),
        ("li,", (), "note “Early” of that figure goes with it"),
        (",", ("--by", "li"), "note “Early” of that figure goes with it"),
    ],
)
def test_what_an_exchange_takes_away_is_named(
    row: str, options: tuple[str, ...], gone: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    write_agreement(tmp_path, "kpis: {csat: {2026-02: {value: 92, recorded: 2026-11-20, by: li, note: Early}}}\n")
    table = f"kpi,period,value,by,note\ncsat,2026-02,93,{row}\n"
    assert outcomes(coopctl, table, "--reason", "A slip", *options) == [(2, "exchanged", f"{SAME_DAY}; {gone}")]


def test_a_figure_is_confirmed_on_the_same_day_without_a_reason(coopctl: Coopctl, tmp_path: Path) -> None:
    known = "{value: 92, recorded: 2026-11-20, status: provisional, note: Early}"
    write_agreement(tmp_path, f"kpis: {{csat: {{2026-02: {known}}}}}\n")
    told = "92 (provisional) was recorded for 2026-02 on the same day; it is exchanged, not kept"
    gone = "note “Early” of that figure goes with it"
    assert outcomes(coopctl, "kpi,period,value\ncsat,2026-02,92\n") == [(2, "exchanged", f"{told}; {gone}")]
    assert recorded(tmp_path) == [("csat", "2026-02", "92", None, None, None, "2026-11-20", False, None, None)]


def test_a_final_figure_becomes_provisional_again_for_a_reason_only(coopctl: Coopctl, tmp_path: Path) -> None:
    write_agreement(tmp_path, LEDGER)
    table = "kpi,period,value\ncsat,2026-02,92\n"
    assert outcomes(coopctl, table, "--provisional")[0][1] == "refused"
    assert outcomes(coopctl, table, "--provisional", "--reason", "Disputed")[0][1] == "restated"


WRITE = "write that with `coopctl record kpi csat 2026-02 92"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("92,,li,Late", ""),
        ("92,,,", ""),
        ("92,2026-03-20,li,", ""),
        ("92,,mei,", f"by is “li”, not “mei”; {WRITE} --by …`"),
        ("92,,li,Counted", f"note is “Late; Two came”, not “Counted”; {WRITE} --note …`"),
        (
            "92,2026-03-20,mei,Counted",
            f"by is “li”, not “mei”, and note is “Late; Two came”, not “Counted”; {WRITE} --by … --note …`",
        ),
        ("91,2026-03-03,,Counted", "note is empty, not “Counted”; write that by hand"),
    ],
)
def test_what_a_row_says_of_a_figure_that_is_there_is_not_lost(
    row: str, told: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    ledger = """\
kpis:
  csat:
    2026-02:
      - {value: 91, recorded: 2026-03-03}
      - {value: 92, recorded: 2026-03-20, by: li, note: Late; Two came}
"""
    write_agreement(tmp_path, ledger)
    has_day = row.split(",")[1]
    columns = "kpi,period,value,recorded,by,note" if has_day else "kpi,period,value,by,note"
    table = f"{columns}\ncsat,2026-02,{row if has_day else row.replace(',,', ',', 1)}\n"
    before = recorded(tmp_path)
    found = outcomes(coopctl, table, "--by", "bo")
    if told:
        assert found == [(2, "refused", f"recorded already, but there {told}, or leave it out of the row")]
    else:
        assert found == [(2, "unchanged", "")]
    assert recorded(tmp_path) == before


def test_a_row_of_a_csv_ledger_gets_its_note_by_hand(coopctl: Coopctl, tmp_path: Path) -> None:
    (tmp_path / "actuals").mkdir()
    (tmp_path / "actuals" / "a.csv").write_text("kpi,period,numerator,denominator\non-time,2026-01,9,10\n", "utf-8")
    table = "kpi,period,numerator,denominator,note\non-time,2026-01,9,10,Counted\n"
    told = "recorded already, but there note is empty, not “Counted”; write that by hand, or leave it out of the row"
    assert outcomes(coopctl, table) == [(2, "refused", told)]


@pytest.mark.parametrize(
    ("figure", "row", "command"),
    [
        (
            "on-time: {2026-01: {numerator: 9, denominator: 10, recorded: 2026-02-01}}",
            "on-time,2026-01,,9,10,,",
            "9/10",
        ),
        (
            "effort: {2026-01: {value: 4, weight: 20, recorded: 2026-02-01, status: provisional}}",
            "effort,2026-01,4,,,20,provisional",
            "4 --weight 20 --provisional",
        ),
    ],
)
def test_the_command_that_is_told_is_right(
    figure: str, row: str, command: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    write_agreement(tmp_path, f"kpis: {{{figure}}}\n")
    table = f"kpi,period,value,numerator,denominator,weight,status,note\n{row},Counted\n"
    (told,) = outcomes(coopctl, table)
    subject = " ".join(row.split(",")[:2])
    assert f"; write that with `coopctl record kpi {subject} {command} --note …`, or" in told[2]
    given = f"record kpi {subject} {command} --note Counted".split()
    assert coopctl(*given).out.startswith(f"recorded {subject}: note “Counted” in actuals/2026.yaml\n")
    assert outcomes(coopctl, table)[0][1] == "unchanged"


def test_a_ledger_that_would_lose_a_figure_is_not_written(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Losing(LedgerDraft):
        def add_figures(self, figures: Iterable[tuple[str, PeriodKey, Entry]]) -> None:
            super().add_figures([*figures][:-1])

    monkeypatch.setattr("coopctl.exchange.importing.LedgerDraft", Losing)
    Path("f.csv").write_text("kpi,period,value\ncsat,2026-01,91\ncsat,2026-02,92\n", "utf-8")
    ended = coopctl("import", "f.csv")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith("agreement.yaml: the ledger would not say what was imported; nothing is written\n")
    assert not (tmp_path / "actuals").exists()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("on-time,2026-01,,9,10", "93 was recorded on 2026-11-20 in another form; correct it by hand"),
        ("csat,2026-01,91,,", "actuals/2026.csv: a row of a CSV file is not exchanged; correct it by hand"),
    ],
)
def test_what_cannot_be_exchanged_is_refused(coopctl: Coopctl, tmp_path: Path, row: str, told: str) -> None:
    write_agreement(tmp_path, "kpis: {share: {2026-01: 90}}\n")
    agreement = (tmp_path / "agreement.yaml").read_text("utf-8")
    (tmp_path / "agreement.yaml").write_text(agreement.replace("aggregation: ratio", "aggregation: mean"), "utf-8")
    sheet = "kpi,period,value,recorded\ncsat,2026-01,90,2026-11-20\non-time,2026-01,93,2026-11-20\n"
    (tmp_path / "actuals" / "2026.csv").write_text(sheet, "utf-8")
    table = f"kpi,period,value,numerator,denominator\n{row}\n"
    assert outcomes(coopctl, table, "--reason", "A slip") == [(2, "refused", told)]


@pytest.mark.parametrize(("day", "told"), [("2026-11-20", ""), ("2026-11-21", "recorded 2026-11-21 lies ahead; ")])
def test_a_day_that_lies_ahead_is_remarked_on(coopctl: Coopctl, day: str, told: str) -> None:
    told += "it is the day on which the figure became known" if told else ""
    for table, options in (
        ("kpi,period,value\ncsat,2026-06,90\n", ("--recorded", day)),
        (f"kpi,period,value,recorded\ncsat,2026-06,90,{day}\n", ()),
    ):
        assert outcomes(coopctl, table, *options, "--dry-run") == [(2, "added", told)]


def test_a_refused_row_keeps_all_from_being_written_unless_it_is_skipped(coopctl: Coopctl, tmp_path: Path) -> None:
    Path("figures.csv").write_text("kpi,period,value\ncsat,2026-01,9\ncsta,2026-01,9\n", "utf-8")
    ended = coopctl("import", "figures.csv", *TODAY)
    assert ended.code == 1
    assert "    no KPI is called 'csta'; did you mean `csat`?\n" in ended.out
    assert "1 added, 1 refused. Nothing is written: correct what is refused, or leave it out with" in ended.out
    assert figures(tmp_path) == {}
    skipped = coopctl("import", "figures.csv", *TODAY, "--skip-refused")
    assert (skipped.code, figures(tmp_path)) == (1, {("csat", "2026-01"): "9"})


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("csat,2026-13,9,,", '2026-13: there is no month 13'),
        ("csat,,9,,", "no period"),
        (",2026-01,9,,", "no KPI"),
        ("csat,2026-01,,,", "no figure"),
        ("csat,2026-01,9,1,2", "expected a value, or a numerator and a denominator"),
        ("on-time,2026-01,,9,", "expected a value, or a numerator and a denominator"),
        ("on-time,2026-01,,9,0", "denominator: expected more than 0, found 0"),
        ("csat,2026-Q1,9,,", "2026-Q1 is a quarterly period, and csat is judged monthly; record monthly figures"),
        (
            "effort,2026-01,9,,",
            "effort is a weighted mean, and this figure has no weight; record {value: …, weight: …}",
        ),
        ("audits,2026-02,1,,", "audits: 2026-Q1 and 2026-02 share days and would count twice; keep the"),
        ("csat,2026-01,1e3,,", 'expected a number, found "1e3"'),
        ("csat,2026-01,abc,,", 'expected a number, found "abc"'),
        ("csat,2026-01,9", "3 cells under 5 columns"),
        ("csat,2026-01,9,,,", "6 cells under 5 columns"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_recorded_is_refused(coopctl: Coopctl, tmp_path: Path, row: str, why: str) -> None:
    write_agreement(tmp_path, LEDGER)
    found = outcomes(coopctl, f"kpi,period,value,numerator,denominator\n{row}\n")
    assert [each[:2] for each in found] == [(2, "refused")] and found[0][2].startswith(why)


def test_a_figure_outside_the_term_is_recorded_and_remarked_on(coopctl: Coopctl) -> None:
    assert outcomes(coopctl, "kpi,period,value\ncsat,2027-01,90\n") == [
        (2, "added", f"2027-01 begins on 2027-01-01 only; {OUTSIDE}"),
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("share,2026-06,100,2026-07-03,final", ""),
        ("share,2026-06,100.1,2026-07-03,final", "100.1% is more than 100%"),
        ("share,2026-06,0.9,2026-07-03,final", "0.9% is at most one in a hundred; 90 stands for 0.90 of all"),
        ("csat,2026-06,-1,2026-07-03,final", "-1 points is below 0"),
        ("csat,2026-06,17.9,2026-07-03,final", "17.9 points is less than a fifth of the target of 90 points"),
        ("csat,2026-06,450,2026-07-03,final", ""),
        ("csat,2026-06,451,2026-07-03,final", "451 points is more than five times the target of 90 points"),
        ("csat,2026-06,90,2026-06-29,final", "2026-06 had not ended on 2026-06-29: it ran until 2026-06-30"),
        ("csat,2026-06,90,2026-06-29,provisional", ""),
        ("csat,2026-06,90,2026-06-30,final", ""),
        ("csat,2026-06,90,2026-06-01,provisional", ""),
        ("csat,2026-12,90,2026-11-20,provisional", "2026-12 begins on 2026-12-01 only"),
        ("csat,2026-11,90,2026-11-20,final", "2026-11 has not ended: it runs until 2026-11-30"),
        ("csat,2026-06,90,2026-05-31,provisional", "recorded 2026-05-31 is before 2026-06 begins on 2026-06-01"),
        ("share,2026-06,15,2026-07-03,final", "15% is far from the 3 figures so far: 90% to 92%"),
    ],
)
def test_what_record_would_ask_about_is_said(coopctl: Coopctl, tmp_path: Path, row: str, told: str) -> None:
    more = ", 2026-03: 92" if "far" in told else ""
    write_agreement(tmp_path, f"kpis: {{share: {{2026-01: 90, 2026-02: 91{more}}}}}\n")
    assert outcomes(coopctl, f"kpi,period,value,recorded,status\n{row}\n") == [(2, "added", told)]


def test_an_earlier_figure_goes_into_the_history(coopctl: Coopctl, tmp_path: Path) -> None:
    write_agreement(tmp_path, LEDGER)
    Path("figures.csv").write_text("kpi,period,value,recorded\ncsat,2026-01,80,2026-02-02\n", "utf-8")
    ended = coopctl("import", "figures.csv", *TODAY)
    assert ended.out == (
        "row         KPI   period   figure\n"
        "  2  added  csat  2026-01  80\n"
        "    added to the history; 90 still counts\n"
        "\n"
        "figures.csv: 1 added. Written to actuals/2026.yaml.\n"
    )
    assert [each[2] for each in recorded(tmp_path) if each[1] == "2026-01" and each[0] == "csat"] == ["80", "90"]
    assert outcomes(coopctl, "kpi,period,value,recorded\ncsat,2026-01,80,2026-02-02\n") == [(2, "unchanged", "")]


def test_two_rows_for_one_period_need_days_of_their_own(coopctl: Coopctl, tmp_path: Path) -> None:
    assert outcomes(coopctl, "kpi,period,value\ncsat,2026-01,9\ncsat,2026-01,9\n", "--dry-run")[1] == (
        3,
        "refused",
        "row 2 has a figure for it already",
    )
    dated = "kpi,period,value,recorded\ncsat,2026-01,80,2026-02-20\ncsat,2026-01,90,2026-02-03\ncsat,2026-01,70,\n"
    assert [each[1:] for each in outcomes(coopctl, dated)] == [
        ("added", ""),
        ("added", "added to the history; 80 still counts"),
        ("added", "added to the history; 80 still counts"),
    ]
    assert len(recorded(tmp_path)) == 3
    assert [each[1] for each in outcomes(coopctl, dated)] == ["unchanged"] * 3


def test_rows_are_counted_as_a_spreadsheet_shows_them(coopctl: Coopctl) -> None:
    table = 'kpi,period,value,note\n\ncsat,2026-01,9,"two\nlines"\n,,,\ncsat,2026-02,9,\n'
    assert [each[0] for each in outcomes(coopctl, table)] == [3, 5]


def test_the_figures_go_into_a_csv_ledger_where_there_is_one(coopctl: Coopctl, tmp_path: Path) -> None:
    (tmp_path / "actuals").mkdir()
    ledger = tmp_path / "actuals" / "a.csv"
    ledger.write_bytes("\ufeffkpi,period,value,recorded\r\ncsat,2026-01,9,2026-02-01\r\n".encode())
    outcomes(coopctl, "kpi,period,value\ncsat,2026-02,8\ncsat,2026-03,7.50\n")
    assert (
        ledger.read_bytes()
        == (
            "\ufeffkpi,period,value,recorded\r\ncsat,2026-01,9,2026-02-01\r\n"
            "csat,2026-02,8,2026-11-20\r\ncsat,2026-03,7.50,2026-11-20\r\n"
        ).encode()
    )


NOTES = "kpi,period,value,recorded,by,note\n"


@pytest.mark.parametrize("sign", ["\0", "\a", "\v", "\x1b", "\x1c", "\x7f", "\x85", "\x9f"])
def test_a_csv_ledger_is_given_no_control_characters(coopctl: Coopctl, tmp_path: Path, sign: str) -> None:
    write_agreement(tmp_path)
    ledger = tmp_path / "actuals" / "a.csv"
    ledger.parent.mkdir()
    ledger.write_text(NOTES, "utf-8")
    table = f"{NOTES}csat,2026-01,91,,,a{sign}b\ncsat,2026-02,92,,,b\ncsat,2026-03,93,,a{sign}b,a{sign}b\n"
    one = f"the control character U+{ord(sign):04X}"
    told = [
        (2, "refused", f"note: {one}; a ledger in CSV has none: take it out"),
        (3, "added", ""),
        (4, "refused", f"by: {one}, note: {one}; a ledger in CSV has none: take it out"),
    ]
    assert outcomes(coopctl, table) == told
    assert ledger.read_text("utf-8") == NOTES
    assert outcomes(coopctl, table, "--skip-refused") == told
    assert [each[-1] for each in recorded(tmp_path)] == ["b"]
    (tmp_path / "actuals" / "b.yaml").write_text("coopctl: actuals/1\n", "utf-8")
    assert outcomes(coopctl, f"{NOTES}share,2026-01,91,,,a{sign}b\n") == [(2, "added", "")]


@pytest.mark.parametrize("text", ["a\tb", "a\nb", "a\r\nb", "\u200b", "\ufeffa\u2028b", "=1", "'=1"])
def test_a_csv_ledger_takes_any_other_text(coopctl: Coopctl, tmp_path: Path, text: str) -> None:
    write_agreement(tmp_path)
    (tmp_path / "actuals").mkdir()
    (tmp_path / "actuals" / "a.csv").write_text(NOTES + 'csat,2026-02,9,,,"\x1cabc"\n', "utf-8")
    Path("f.json").write_text(json.dumps([{"kpi": "csat", "period": "2026-01", "value": 9, "note": text}]), "utf-8")
    assert coopctl("import", "f.json").code == 0
    assert [each[-1] for each in recorded(tmp_path)] == [text, "\x1cabc"]


def test_all_that_stands_in_the_ledger_stays_as_it_was_written(coopctl: Coopctl, tmp_path: Path) -> None:
    text = "\n# by hand\nkpis:\n    csat:   # points\n        2026-01: 9   # first\n"
    write_agreement(tmp_path, text)
    outcomes(coopctl, "kpi,period,value\ncsat,2026-02,8\ncsat,2026-03,7\nshare,2026-03,7\n")
    assert (tmp_path / "actuals" / "2026.yaml").read_text("utf-8") == (
        f"coopctl: actuals/1\n{text}"
        "        2026-02: {value: 8, recorded: 2026-11-20}\n"
        "        2026-03: {value: 7, recorded: 2026-11-20}\n"
        "    share:\n"
        "      2026-03: {value: 7, recorded: 2026-11-20}\n"
    )


def test_the_json_output_is_as_its_schema_says(coopctl: Coopctl, tmp_path: Path) -> None:
    write_agreement(tmp_path, LEDGER)
    Path("figures.csv").write_text("kpi,period,value\ncsat,2026-02,93\ncsat,2026-03,x\n", "utf-8")
    data = json.loads(coopctl("import", "figures.csv", *TODAY, "--reason", "x", "--output-format", "json").out)
    assert problems(coopctl, "import", data) == []
    assert data["figures"][0] == {
        "row": 2, "column": None, "outcome": "restated", "kpi": "csat", "period": "2026-02", "figure": "93",
        "before": "92", "recorded": "2026-11-20", "message": None,
    }  # fmt: skip
    counts = {"added": 0, "restated": 1, "exchanged": 0, "unchanged": 0, "refused": 1}
    assert (data["summary"], data["written"]) == (counts, [])


def test_the_agreement_is_named_or_that_of_the_folder(coopctl: Coopctl, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write_agreement(other)
    (tmp_path / "agreement.yaml").unlink()
    Path("figures.csv").write_text("kpi,period,value\ncsat,2026-01,9\n", "utf-8")
    assert coopctl("import", "figures.csv", "other", "--dry-run").code == 0
    assert coopctl("import", "figures.csv", "--agreement", "other/agreement.yaml").code == 0
    assert coopctl("import", "figures.csv", "other").out.endswith("figures.csv: 1 unchanged. Nothing to write.\n")
    both = coopctl("import", "figures.csv", "other", "--agreement", "other")
    assert (both.code, both.err) == (2, "error: AGREEMENT and --agreement exclude each other; give one of them\n")


def test_an_agreement_that_cannot_be_read_is_an_error(coopctl: Coopctl, tmp_path: Path) -> None:
    write_agreement(tmp_path, "kpis: {nope: {2026-01: 1}}\n")
    Path("figures.csv").write_text("kpi,period,value\ncsat,2026-01,9\n", "utf-8")
    ended = coopctl("import", "figures.csv")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(
        "error[SCH004 unknown-reference]: no KPI is called `nope`\n --> actuals/2026.yaml:2:8\n"
    )
    assert ended.err.endswith("\nerror: nothing is imported until that is mended\n")


@pytest.mark.parametrize("nothing", ["", "# ours\n", "coopctl: actuals/1\nkpis:\n"])
def test_a_ledger_that_says_nothing_yet_is_begun(nothing: str, coopctl: Coopctl, tmp_path: Path) -> None:
    write_agreement(tmp_path, "")
    file = tmp_path / "actuals" / "2026.yaml"
    file.write_text(nothing, "utf-8")
    Path("figures.csv").write_text("kpi,period,value,recorded\ncsat,2026-01,90,2026-02-03\n", "utf-8")
    assert coopctl("import", "figures.csv").code == 0
    begun = nothing if "kpis" in nothing else f"{nothing}coopctl: actuals/1\nkpis:\n"
    assert file.read_text("utf-8") == f"{begun}  csat:\n    2026-01: {{value: 90, recorded: 2026-02-03}}\n"
