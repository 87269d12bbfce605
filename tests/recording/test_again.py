"""A figure for a period that has one: what is exchanged, restated, confirmed, or said of it once more."""

from pathlib import Path

import pytest

from tests.conftest import Coopctl
from tests.recording.pact import LEDGER, changed, put, set_today

JULY = "2026-07-03"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_today(monkeypatch, JULY)
    monkeypatch.delenv("COOPCTL_BY", raising=False)


def test_the_same_figure_again_changes_nothing(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path)
    for figure in ("91", "91.00", "91%"):
        assert coopctl("record", "kpi", "csat", "2026-03", figure) == (0, "recorded already; nothing to do\n", "")
    assert file.read_text("utf-8") == LEDGER


def test_a_slip_of_the_same_day_is_exchanged(coopctl: Coopctl, tmp_path: Path) -> None:
    """Two figures of one day have no order; what was said in the morning does not stay."""
    file = put(tmp_path)
    assert coopctl("record", "kpi", "csat", "2026-06", "90", "--provisional").code == 0
    again = ("record", "kpi", "csat", "2026-06", "91", "--note", "Slip")
    assert "was recorded for 2026-06 on the same day; it is exchanged, not kept" in coopctl(*again).err
    assert (
        coopctl(*again, "--yes").out.splitlines()[0]
        == "exchanged csat 2026-06: 90 (provisional) → 91 in actuals/2026.yaml"
    )
    assert changed(file) == ["+     2026-06: {value: 91, recorded: 2026-07-03, note: Slip}"]


@pytest.mark.parametrize(
    ("known", "left"),
    [
        ("{value: 90, recorded: 2026-07-03, by: cy, note: Old}", "{value: 91, recorded: 2026-07-03, note: New}"),
        ("{by: cy, value: 90, note: Old, recorded: 2026-07-03}", "{value: 91, note: New, recorded: 2026-07-03}"),
        (
            "\n      value: 90  # mail\n      recorded: 2026-07-03\n      by: cy",
            "\n      value: 91  # mail\n      recorded: 2026-07-03\n      note: New",
        ),
        (
            "\n      - {value: 80}\n      - by: cy\n        value: 90\n        recorded: 2026-07-03",
            "\n      - {value: 80}\n      - value: 91\n        recorded: 2026-07-03\n        note: New",
        ),
        ("\n      value: 90\n      recorded: 2026-07-03\n      by: cy  # on leave", None),
    ],
)
def test_a_figure_that_is_exchanged_is_nobody_elses(
    known: str, left: str | None, coopctl: Coopctl, tmp_path: Path
) -> None:
    """Who gave the earlier figure, and why, is not said of the new one; a comment is never taken away."""
    text = "coopctl: actuals/1\nkpis:\n  csat:\n    2026-06: {}\n    2026-05: 90\n"
    file = put(tmp_path, text.replace("{}", known))
    ended = coopctl("record", "kpi", "csat", "2026-06", "91", "--note", "New", "--yes")
    if left is None:
        assert ended.err == (
            "error: actuals/2026.yaml:7: kpis.csat.2026-06.by cannot be written here without changing a comment; "
            "write it by hand\n"
        )
    assert (ended.code, file.read_text("utf-8")) == (
        (2, text.replace("{}", known)) if left is None else (0, text.replace("{}", left))
    )


def test_what_goes_with_an_exchanged_figure_is_told_though_nobody_is_asked(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, LEDGER.replace("2026-05-04, by: cy", "2026-05-04, by: cy, note: Counted"))
    ended = coopctl(
        *("record", "kpi", "csat", "2026-04", "89", "--note", "Typo", "--recorded", "2026-05-04", "--by", "Bo", "--yes")
    )
    assert ended.out.startswith("exchanged csat 2026-04: 90 → 89 in actuals/2026.yaml\n")
    assert ended.err == (
        "--yes: 90 was recorded for 2026-04 on the same day; it is exchanged, not kept\n"
        "--yes: by “cy” and note “Counted” of that figure go with it\n"
    )


def test_a_provisional_figure_is_confirmed_without_a_reason(coopctl: Coopctl, tmp_path: Path) -> None:
    known = "{value: 90, recorded: 2026-05-04, status: provisional, note: Two answers are missing}"
    file = put(tmp_path, LEDGER.replace("{value: 90, recorded: 2026-05-04, by: cy}", known))
    before = file.read_text("utf-8")
    assert "90 (provisional) is recorded in actuals/2026.yaml:6; a restatement needs a reason" in (
        coopctl("record", "kpi", "csat", "2026-04", "90.1").err
    )
    ended = coopctl("record", "kpi", "csat", "2026-04", "90.0")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(
        "restated csat 2026-04: 90 (provisional) → 90.0 in actuals/2026.yaml; the earlier figure stays on record\n"
    )
    assert changed(file, before) == [
        "+     2026-04:",
        f"-     2026-04: {known}",
        f"+       - {known}",
        "+       - {value: 90.0, recorded: 2026-07-03}",
    ]
    back = coopctl("record", "kpi", "csat", "2026-04", "90", "--provisional", "--recorded", "2026-07-04")
    assert "csat 2026-04: 90.0 is recorded in actuals/2026.yaml:8; a restatement needs a reason" in back.err


def test_a_figure_is_confirmed_on_the_same_day_and_its_note_goes(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path)
    given = ("record", "kpi", "csat", "2026-06", "90")
    assert coopctl(*given, "--provisional", "--note", "Early").code == 0
    assert coopctl(*given).err == (
        "error: 90 (provisional) was recorded for 2026-06 on the same day; it is exchanged, not kept; note “Early” of "
        "that figure goes with it. If that is right, say --yes; nothing was recorded\n"
    )
    assert coopctl(*given, "--yes").code == 0
    assert changed(file) == ["+     2026-06: {value: 90, recorded: 2026-07-03}"]


SAID_OF_IT = "{value: 90, recorded: 2026-05-04, by: cy"


@pytest.mark.parametrize(
    ("options", "told", "entry"),
    [
        ("--by cy", "", ""),
        ("--recorded 2026-05-04", "", ""),
        ("--note Counted", "", f"{SAID_OF_IT}, note: Counted}}"),
        (
            "--note Counted --yes --by Bo",
            "by “cy” is recorded already; “Bo” takes its place",
            f"{SAID_OF_IT.replace('cy', 'Bo')}, note: Counted}}",
        ),
        (
            "--by Bo --note Counted",
            "by “cy” is recorded already; “Bo” takes its place. If that is right, say --yes; nothing was recorded",
            "",
        ),
        (
            "--by Bo --note Counted --recorded 2026-07-01 --yes",
            (
                "csat 2026-04: 90 in actuals/2026.yaml:6 was recorded on 2026-05-04; leave --recorded out, or write "
                "2026-07-01 there by hand"
            ),
            "",
        ),
    ],
)
def test_what_is_said_of_a_figure_that_is_there_is_not_lost(
    options: str, told: str, entry: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    file = put(tmp_path)
    ended = coopctl("record", "kpi", "csat", "2026-04", "90", *options.split())
    assert ended.err == (f"{'--yes' if entry else 'error'}: {told}\n" if told else "")
    assert ended.code == (2 if told and not entry else 0)
    assert (ended.out == "recorded already; nothing to do\n") is (not told and not entry)
    assert file.read_text("utf-8") == (LEDGER.replace(f"{SAID_OF_IT}}}", entry) if entry else LEDGER)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (
            "--by Bo --note Counted",
            (
                "actuals/2026.yaml:5: the figure stands there as a bare number; write by hand: "
                "{value: 91.0, by: …, note: …}"
            ),
        ),
        (
            "--recorded 2026-04-02",
            (
                "csat 2026-03: 91.0 in actuals/2026.yaml:5 has no day on which it became known; leave --recorded out, "
                "or write 2026-04-02 there by hand"
            ),
        ),
    ],
)
def test_what_a_bare_number_has_no_room_for_is_refused(
    options: str, error: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    file = put(tmp_path)
    assert coopctl("record", "kpi", "csat", "2026-03", "91", *options.split()) == (2, "", f"error: {error}\n")
    assert file.read_text("utf-8") == LEDGER


def test_who_records_in_general_is_no_news_about_a_figure_that_is_there(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(tmp_path)
    monkeypatch.setenv("COOPCTL_BY", "Bo")
    for period, figure in (("2026-03", "91"), ("2026-04", "90")):
        assert coopctl("record", "kpi", "csat", period, figure).out == "recorded already; nothing to do\n"
    assert file.read_text("utf-8") == LEDGER
    assert coopctl("record", "kpi", "csat", "2026-06", "90").code == 0
    assert changed(file) == ["+     2026-06: {value: 90, recorded: 2026-07-03, by: Bo}"]


def test_a_name_from_the_environment_that_is_none_is_said_to_come_from_there(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path)
    monkeypatch.setenv("COOPCTL_BY", " ")
    assert coopctl("record", "kpi", "csat", "2026-06", "90") == (2, "", "error: COOPCTL_BY: says nothing\n")
    assert coopctl("record", "kpi", "csat", "2026-06", "90", "--by", " ").err == "error: --by: says nothing\n"


def test_what_is_said_of_a_row_of_a_csv_ledger_is_refused(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, None)
    (tmp_path / "actuals").mkdir()
    (tmp_path / "actuals" / "a.csv").write_text("kpi,period,value,by\ncsat,2026-05,91,cy\n", "utf-8")
    assert coopctl("record", "kpi", "csat", "2026-05", "91", "--by", "cy").code == 0
    assert coopctl("record", "kpi", "csat", "2026-05", "91", "--by", "Bo", "--note", "x").err == (
        "error: actuals/a.csv:2: a row of a CSV file is not changed; write its `by` and `note` by hand\n"
    )


def test_a_comment_at_the_end_of_a_figure_stays_with_it(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(
        tmp_path,
        "coopctl: actuals/1\nkpis:\n  csat:\n    2026-03:\n      value: 91\n      # counted by phone\n"
        "    # april\n    2026-04: 90\n",
    )
    assert coopctl("record", "kpi", "csat", "2026-03", "90", "--note", "Recount").code == 0
    assert file.read_text("utf-8") == (
        "coopctl: actuals/1\nkpis:\n  csat:\n    2026-03:\n      - value: 91\n        # counted by phone\n"
        "      - {value: 90, recorded: 2026-07-03, note: Recount}\n    # april\n    2026-04: 90\n"
    )
