"""CSV ledgers: begun with a header, and without a formula in any cell."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopctl.discovery import AgreementFile
from coopctl.ledger.csv_ledger import read_csv_ledger
from coopctl.loading import load
from coopctl.model.names import Names
from coopctl.model.scalars import PeriodKey
from coopctl.recording.figures import Figure, ledger_entry
from coopctl.recording.ledger_draft import LedgerDraft
from tests.conftest import Coopctl
from tests.recording.pact import AGREEMENT, put, set_today

HEADER = "kpi,period,value,numerator,denominator,weight,recorded,status,by,note\n"
NEW = ("--file", "actuals/new.csv")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The third of July 2026."""
    set_today(monkeypatch, "2026-07-03")


def test_a_csv_ledger_is_begun_where_it_is_asked_for(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, None)
    assert coopctl("record", "kpi", "csat", "2026-06", "92", "--by", "Ann Lee", *NEW).code == 0
    assert coopctl("record", "kpi", "on-time", "2026-06", "93/100", *NEW).code == 0
    file = tmp_path / "actuals" / "new.csv"
    assert file.read_text("utf-8") == (
        f"{HEADER}csat,2026-06,92,,,,2026-07-03,,Ann Lee,\non-time,2026-06,,93,100,,2026-07-03,,,\n"
    )


@pytest.mark.parametrize(
    "fact",
    [
        ("spend", "marketing", "2026-06", "5"),
        ("event", "incident"),
        ("milestone", "pilot", "--progress", "5%"),
        ("waiver", "kpis.csat@2026-05", "--reason", "x"),
        ("action", "x", "--about", "kpis.csat"),
    ],
    ids=lambda fact: str(fact[0]),
)
@pytest.mark.parametrize("there", [False, True], ids=["new", "there"])
def test_what_is_no_figure_of_a_kpi_goes_into_no_csv_file(
    there: bool, fact: tuple[str, ...], coopctl: Coopctl, tmp_path: Path
) -> None:
    put(tmp_path, None)
    file = tmp_path / "actuals" / "new.csv"
    if there:
        file.parent.mkdir()
        file.write_text(HEADER, "utf-8")
    error = "error: actuals/new.csv: a CSV ledger has figures of KPIs only; name a YAML file\n"
    assert coopctl("record", *fact, *NEW).err == error
    assert file.exists() is there


def test_a_csv_file_that_is_not_read_is_refused(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, None, f"{AGREEMENT}actuals: [actuals/*.yaml]\n")
    assert coopctl("record", "kpi", "csat", "2026-06", "92", *NEW).err == (
        "error: actuals/new.csv: agreement.yaml reads no such file: it reads actuals/*.yaml\n"
    )


def test_no_formula_gets_into_a_csv_ledger(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, None)
    figure = ("record", "kpi", "csat", "2026-06", "-92", "--yes", "--by", "@x", "--note", "=HYPERLINK(1)")
    assert coopctl(*figure, *NEW).code == 0
    file = tmp_path / "actuals" / "new.csv"
    assert file.read_text("utf-8") == f"{HEADER}csat,2026-06,-92,,,,2026-07-03,,'@x,'=HYPERLINK(1)\n"
    assert coopctl("export").out == f"{HEADER}csat,2026-06,-92,,,,2026-07-03,final,'@x,'=HYPERLINK(1)\n"
    exported = coopctl("export", "--output-format", "json").out
    assert '"by": "@x"' in exported
    assert '"note": "=HYPERLINK(1)"' in exported


def test_import_keeps_formulas_out_of_a_csv_ledger(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, None)
    file = tmp_path / "actuals" / "a.csv"
    file.parent.mkdir()
    file.write_text(HEADER, "utf-8")
    (tmp_path / "f.csv").write_text("kpi,period,value,note\ncsat,2026-05,91,=1+1\ncsat,2026-06,92,'=1+1\n", "utf-8")
    assert coopctl("import", "f.csv").code == 0
    assert file.read_text("utf-8") == (
        f"{HEADER}csat,2026-05,91,,,,2026-07-03,,,'=1+1\ncsat,2026-06,92,,,,2026-07-03,,,'=1+1\n"
    )
    assert coopctl("export", "--output-format", "json").out.count('"note": "=1+1"') == 2


def test_a_yaml_ledger_has_text_as_it_is(coopctl: Coopctl, tmp_path: Path) -> None:
    file = put(tmp_path)
    assert coopctl("record", "kpi", "csat", "2026-06", "92", "--note", "=1").code == 0
    assert 'note: "=1"' in file.read_text("utf-8")


texts = st.text(st.sampled_from("a b=+-@＝＠'\",;\n1"), min_size=1, max_size=8).map(str.strip).filter(bool)


@given(texts, texts)
def test_every_text_is_read_as_it_was_meant(tmp_path_factory: pytest.TempPathFactory, by: str, note: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "csv-law"
    if not folder.exists():
        folder.mkdir()
        put(folder, None)
    loaded = load(AgreementFile(f"{folder}/agreement.yaml", str(folder)))
    draft = LedgerDraft(loaded, 2026, f"{folder}/actuals/new.csv")
    entry = ledger_entry(Figure("-1"), date(2026, 7, 3), by=by, note=note)
    draft.add_figure("kpis", "csat", PeriodKey.read("2026-06"), entry)
    (file,) = draft.changed()
    read = read_csv_ledger(file.path, file.after, Names.of(loaded.source.data))
    assert [(each.by, each.note) for each in read.figures] == [(by, note)]
    _, row = csv.reader(io.StringIO(file.after, newline=""))
    assert not any(cell.startswith(tuple("=+-@＝＠")) for cell in row[3:])
