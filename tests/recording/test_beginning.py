"""Ledger files that say nothing yet are begun with the first fact; whatever else is wrong is still refused."""

from pathlib import Path

import pytest

from coopctl.files import read_text
from coopctl.findings import Finding
from tests.conftest import Coopctl
from tests.recording.pact import LEDGER, put, set_today

FIGURE = ("record", "kpi", "csat", "2026-06", "91")
CSV_HEADER = "kpi,period,value,numerator,denominator,weight,recorded,status,by,note\n"
RECORDED = "kpis:\n  csat:\n    2026-06: {value: 91, recorded: 2026-07-03}\n"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The third of July 2026."""
    set_today(monkeypatch, "2026-07-03")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"coopctl: actuals/1\n{RECORDED}"),
        ("\n", f"\ncoopctl: actuals/1\n{RECORDED}"),
        ("# ours\n", f"# ours\ncoopctl: actuals/1\n{RECORDED}"),
        ("\ufeff# ours", f"\ufeff# ours\ncoopctl: actuals/1\n{RECORDED}"),
        ("# ours\r\n", f"# ours\ncoopctl: actuals/1\n{RECORDED}".replace("\n", "\r\n")),
        ("---\n", f"---\ncoopctl: actuals/1\n{RECORDED}"),
        ("coopctl: actuals/1\nkpis:\n", f"coopctl: actuals/1\n{RECORDED}"),
        (
            "coopctl: actuals/1\nkpis: ~ # ours\nevents:\nspend:\n",
            f"coopctl: actuals/1\n{RECORDED.replace(':', ': # ours', 1)}events: []\nspend: {{}}\n",
        ),
        (
            "coopctl: actuals/1\nkpis:\n  csat:\n  on-time: # later\nmilestones:\n  pilot:\n",
            f"coopctl: actuals/1\n{RECORDED}  on-time: {{}} # later\nmilestones:\n  pilot: {{}}\n",
        ),
        (
            "coopctl: actuals/1\nkpis: &k\nevents: !!null\nspend: !!null ~ # none\nactions: &a !!null\n",
            f"coopctl: actuals/1\n{RECORDED.replace(':', ': &k', 1)}events: []\nspend: {{}} # none\nactions: &a []\n",
        ),
        (
            "coopctl: actuals/1\nkpis: &k\nspend: *k\n",
            f"coopctl: actuals/1\n{RECORDED.replace(':', ': &k', 1)}spend: {{}}\n",
        ),
        (
            "coopctl: actuals/1\nkpis: {\n  # ours\n}\n",
            "coopctl: actuals/1\nkpis: {\n  # ours\n  csat: {2026-06: {value: 91, recorded: 2026-07-03}}\n}\n",
        ),
    ],
    ids=[
        "empty",
        "blank",
        "comment",
        "mark",
        "crlf",
        "marked",
        "section",
        "sections",
        "names",
        "marks",
        "alias",
        "brackets",
    ],
)
def test_a_ledger_that_says_nothing_is_begun(before: str, after: str, coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path, None)
    file.parent.mkdir()
    file.write_bytes(before.encode())
    assert coopctl(*FIGURE).err == ""
    assert file.read_bytes().decode() == after
    assert coopctl(*FIGURE).out == "recorded already; nothing to do\n"


@pytest.mark.parametrize("before", ["", "\n", "\ufeff", "  ", "\n  ", " \t\n\n", "\ufeff\n "])
def test_a_csv_ledger_that_says_nothing_is_begun(before: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, None)
    file = tmp_path / "actuals" / "a.csv"
    file.parent.mkdir()
    file.write_text(before, "utf-8")
    assert coopctl(*FIGURE).err == ""
    assert file.read_text("utf-8") == f"{before.strip()}{CSV_HEADER}csat,2026-06,91,,,,2026-07-03,,,\n"


OTHERS = {
    "empty.yaml": "",
    "comment.yaml": "# ours\n",
    "section.yaml": "coopctl: actuals/1\nkpis:\n",
    "blank.csv": " \n",
}


def put_beside(file: Path) -> None:
    """Write files that say nothing beside a ledger."""
    for name, text in OTHERS.items():
        file.with_name(name).write_text(text, "utf-8")


def are_as_they_were(file: Path) -> bool:
    """Whether the files that say nothing still say it in the same words."""
    return all(file.with_name(name).read_text("utf-8") == text for name, text in OTHERS.items())


def test_files_that_say_nothing_stay_as_they_are_where_a_fact_goes_into_another(
    coopctl: Coopctl, tmp_path: Path
) -> None:
    file = put(tmp_path)
    put_beside(file)
    for _ in range(2):
        assert coopctl(*FIGURE).err == ""
    assert file.read_text("utf-8").count("2026-06:") == 1
    assert are_as_they_were(file)
    assert coopctl("record", "milestone", "pilot", "--done", "2026-06-30", "--dry-run").out.count("\n+++ ") == 1
    assert coopctl("record", "kpi", "on-time", "2026-06", "9/10", "--file", "actuals/empty.yaml").err == ""
    assert file.with_name("empty.yaml").read_text("utf-8").startswith("coopctl: actuals/1\nkpis:\n  on-time:\n")
    file.with_name("empty.yaml").write_text("", "utf-8")
    assert are_as_they_were(file)


def test_files_that_say_nothing_stay_as_they_are_where_nothing_new_is_imported(
    coopctl: Coopctl, tmp_path: Path
) -> None:
    file = put(tmp_path)
    put_beside(file)
    (tmp_path / "f.csv").write_text("kpi,period,value,recorded\ncsat,2026-03,91.0,\n", "utf-8")
    ended = coopctl("import", "f.csv")
    assert (ended.code, ended.err, "ritten" in ended.out) == (0, "", False)
    (tmp_path / "f.csv").write_text("kpi,period,value,recorded\ncsat,2026-06,91.0,2026-07-01\n", "utf-8")
    ended = coopctl("import", "f.csv")
    assert (ended.code, ended.err, "actuals/2026.yaml" in ended.out, "empty.yaml" in ended.out) == (0, "", True, False)
    assert file.read_text("utf-8") != LEDGER
    assert are_as_they_were(file)


def test_the_agreement_is_read_again_under_the_lock_and_not_after_that(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coopctl import loading

    read: list[str] = []

    def counted(path: str, tree: str = "") -> str | Finding:
        read.append(path)
        return read_text(path, tree)

    put_beside(put(tmp_path))
    monkeypatch.setattr(loading, "read_text", counted)
    assert coopctl(*FIGURE).err == ""
    assert read.count("agreement.yaml") == 2


def test_a_csv_ledger_of_blanks_keeps_its_line_ends(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, None)
    file = tmp_path / "actuals" / "a.csv"
    file.parent.mkdir()
    file.write_bytes(b" \r\n")
    assert coopctl(*FIGURE).err == ""
    assert file.read_bytes() == f"{CSV_HEADER}csat,2026-06,91,,,,2026-07-03,,,\n".replace("\n", "\r\n").encode()


def test_a_csv_ledger_with_a_figure_below_a_blank_line_is_not_begun(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, None)
    file = tmp_path / "actuals" / "a.csv"
    file.parent.mkdir()
    file.write_text(f"\n{CSV_HEADER}", "utf-8")
    assert coopctl(*FIGURE).code == 2
    assert file.read_text("utf-8") == f"\n{CSV_HEADER}"


def test_what_is_wrong_only_once_it_is_begun_is_told(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path)
    other = file.with_name("z.yaml")
    other.write_text("coopctl: actuals/1\nmilestones:\n  pilot:\n", "utf-8")
    assert coopctl(*FIGURE).err.splitlines() == [
        "error[LED005 recorded-twice]: the milestone pilot is recorded in actuals/2026.yaml too",
        " --> actuals/z.yaml:3:10",
        "  |",
        "3 |   pilot:",
        "  |         ^",
        "  = help: keep its facts in one file",
        "error: nothing is recorded until that is mended",
    ]
    assert other.read_text("utf-8") == "coopctl: actuals/1\nmilestones:\n  pilot:\n"


def test_a_dry_run_shows_how_it_is_begun(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path, "# ours\n")
    assert coopctl(*FIGURE, "--dry-run").out.endswith(
        " # ours\n+coopctl: actuals/1\n+kpis:\n+  csat:\n+    2026-06: {value: 91, recorded: 2026-07-03}\n"
    )
    assert file.read_text("utf-8") == "# ours\n"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("null\n", ("expected keys and values at the top of the file, found nothing", "1:1", "")),
        ("kpis:\n", ("`coopctl` is missing", "1:1", "; for 1 more, see `coopctl check`")),
        ("coopctl: actuals/1\nkpis: {csat: {2026-05: }}\n", ("expected a number, found nothing", "2:24", "")),
        (
            "coopctl: actuals/1\nevents:\nkpis: []\n",
            ("expected a list, found nothing", "2:8", "; for 1 more, see `coopctl check`"),
        ),
    ],
)
def test_what_says_something_wrong_is_not_recorded_into(
    text: str, wrong: tuple[str, str, str], coopctl: Coopctl, tmp_path: Path
) -> None:
    file = put(tmp_path, text)
    message, place, more = wrong
    first, where, *_, last = coopctl(*FIGURE).err.splitlines()
    assert first.endswith(f"]: {message}")
    assert where.strip() == f"--> actuals/2026.yaml:{place}"
    assert last == f"error: nothing is recorded until that is mended{more}"
    assert file.read_text("utf-8") == text


def test_a_file_that_is_no_text_is_not_begun(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path, "")
    file.write_bytes(b"\xff")
    assert coopctl(*FIGURE).code == 2
    assert file.read_bytes() == b"\xff"


def test_a_figure_that_comes_late_goes_where_it_belongs(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path)
    assert coopctl("record", "kpi", "csat", "2026-02", "90").code == 0
    line = "    2026-02: {value: 90, recorded: 2026-07-03}\n"
    assert file.read_text("utf-8") == LEDGER.replace("  csat:\n", f"  csat:\n{line}")


def test_figures_that_are_imported_go_where_they_belong(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path, LEDGER.replace("    2026-04: {value: 90, recorded: 2026-05-04, by: cy}\n", ""))
    (tmp_path / "f.csv").write_text(
        "kpi,period,value,recorded\n"
        "csat,2026-06,90,2026-07-01\ncsat,2026-02,90,2026-07-01\ncsat,2026-04,90,2026-07-01\n",
        "utf-8",
    )
    assert coopctl("import", "f.csv").code == 0
    lines = [line.strip().partition(":")[0] for line in file.read_text("utf-8").splitlines()]
    assert [line for line in lines if line.startswith("2026-")] == [f"2026-0{month}" for month in (2, 3, 4, 5, 6)]
