"""Ledger files that say nothing yet are begun with the first fact; whatever else is wrong is still refused."""

from pathlib import Path

import pytest

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
            "coopctl: actuals/1\nkpis: {\n  # ours\n}\n",
            "coopctl: actuals/1\nkpis: {\n  # ours\n  csat: {2026-06: {value: 91, recorded: 2026-07-03}}\n}\n",
        ),
    ],
    ids=["empty", "blank", "comment", "mark", "crlf", "marked", "section", "sections", "names", "brackets"],
)
def test_a_ledger_that_says_nothing_is_begun(before: str, after: str, coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path, None)
    file.parent.mkdir()
    file.write_bytes(before.encode())
    assert coopctl(*FIGURE).err == ""
    assert file.read_bytes().decode() == after
    assert coopctl(*FIGURE).out == "recorded already; nothing to do\n"


@pytest.mark.parametrize("before", ["", "\n", "\ufeff"], ids=["empty", "blank", "mark"])
def test_a_csv_ledger_that_says_nothing_is_begun(before: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, None)
    file = tmp_path / "actuals" / "a.csv"
    file.parent.mkdir()
    file.write_text(before, "utf-8")
    assert coopctl(*FIGURE).err == ""
    assert file.read_text("utf-8") == f"{before.strip()}{CSV_HEADER}csat,2026-06,91,,,,2026-07-03,,,\n"


def test_a_file_that_says_nothing_is_begun_beside_others(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path)
    other = file.with_name("z.yaml")
    other.write_text("", "utf-8")
    assert coopctl(*FIGURE).err == ""
    assert file.read_text("utf-8") != LEDGER
    assert other.read_text("utf-8") == "coopctl: actuals/1\n"


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
