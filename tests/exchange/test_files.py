"""Files that are read strictly, whatever their format, and those that cannot be read."""

import io
import json
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from coopctl import limits
from tests.conftest import Coopctl
from tests.exchange.samples import TODAY, figures, recorded, rewritten, workbook

HEADER = ("kpi", "period", "value")
SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
SETTINGS = ("_rels/.rels", "xl/workbook.xml", "xl/styles.xml", RELATIONS, RELATIONS, RELATIONS)
"""Parts of a workbook that are read beside the sheet: the last one for the sheet, for texts and for styles."""


def messages(coopctl: Coopctl, file: str, *options: str) -> list[str]:
    """Import a file; return why figures are refused, or what becomes of them."""
    ended = coopctl("import", file, *TODAY, *options, "--output-format", "json")
    assert ended.err == ""
    return [
        each["message"] if each["outcome"] == "refused" else each["outcome"]
        for each in json.loads(ended.out)["figures"]
    ]


def error(coopctl: Coopctl, file: str, *options: str) -> str:
    """Import a file that cannot be read; return the error."""
    ended = coopctl("import", file, *options)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: {file}: ") or ended.err.startswith(f"error: {file}:"), ended.err
    return ended.err


# --- workbooks ------------------------------------------------------------------------------------------------------


def test_numbers_of_a_workbook_are_what_was_typed(coopctl: Coopctl, tmp_path: Path) -> None:
    rows = [("csat", "2026-01", 91.45), ("csat", "2026-02", 0.1), ("csat", "2026-03", -3), ("csat", "2026-04", "7.50")]
    rows += [("share", "2026-01", 0.955), ("csat", "2026-05", 123456789012345)]
    workbook(Path("f.xlsx"), [HEADER, *rows], {"C6": "0.0%"})
    assert messages(coopctl, "f.xlsx") == ["added"] * 6
    assert figures(tmp_path) == {
        ("csat", "2026-01"): "91.45",
        ("csat", "2026-02"): "0.1",
        ("csat", "2026-03"): "-3",
        ("csat", "2026-04"): "7.5",
        ("csat", "2026-05"): "123456789012345",
        ("share", "2026-01"): "95.5",
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("91.450000000000003", "91.45"),
        ("0.95499999999999996", "0.955"),
        ("1.5E-2", "0.015"),
        ("123456789012345", "123456789012345"),
        ("9007199254740993", None),
        ("1.00000000000000001", None),
        ("0.30000000000000004", None),
        ("1e300", None),
        ("nan", None),
    ],
)
def test_no_digit_changes_in_silence(coopctl: Coopctl, tmp_path: Path, text: str, value: str | None) -> None:
    workbook(Path("f.xlsx"), [HEADER, ("csat", "2026-01", 77)])
    changed = rewritten(Path("f.xlsx").read_bytes(), {SHEET: lambda xml: xml.replace("<v>77</v>", f"<v>{text}</v>")})
    Path("f.xlsx").write_bytes(changed)
    found = messages(coopctl, "f.xlsx")
    assert figures(tmp_path) == ({} if value is None else {("csat", "2026-01"): value})
    assert (found == ["added"]) is (value is not None)


@pytest.mark.parametrize(
    ("typed", "shown", "kpi", "figure"),
    [
        (91.95, "0.000", "csat", "91.950"),
        (91.5, "0.00", "csat", "91.50"),
        (91.456, "0.00", "csat", "91.456"),
        (91.5, "General", "csat", "91.5"),
        (91.5, "0", "csat", "91.5"),
        (91.5, "0.0##", "csat", "91.5"),
        (1234.5, '"¥"#,##0.00_);[Red]\\(#,##0.0\\)', "csat", "1234.50"),
        (1234.5, "#,##0.00", "csat", "1234.50"),
        (91, "0.0", "csat", "91.0"),
        (-0.5, "0.00", "csat", "-0.50"),
        (1234500, "0.00,", "csat", "1234500"),
        (1234.5, "0.00E+00", "csat", "1234.5"),
        (0.5, "# ?/?", "csat", "0.5"),
        (0.955, "0%", "share", "95.5"),
        (0.955, "0.00%", "share", "95.50"),
        (0.955, "0.000%", "share", "95.500"),
        (9.5, f"0.{'0' * 13}", "csat", "9.500000000000"),
    ],
)
def test_decimals_that_a_sheet_shows_are_kept(
    coopctl: Coopctl, tmp_path: Path, typed: float, shown: str, kpi: str, figure: str
) -> None:
    workbook(Path("f.xlsx"), [HEADER, (kpi, "2026-01", typed)], {"C2": shown})
    assert messages(coopctl, "f.xlsx") == ["added"]
    assert [each[2] for each in recorded(tmp_path, exactly=True)] == [figure]
    assert messages(coopctl, "f.xlsx") == ["unchanged"]


def test_what_a_formula_computed_is_rounded_where_the_mapping_says_so(coopctl: Coopctl, tmp_path: Path) -> None:
    workbook(Path("f.xlsx"), [HEADER, ("csat", "2026-01", 275 / 3)])
    (refused,) = messages(coopctl, "f.xlsx")
    assert refused.startswith(
        "91.66666666666667 was computed and has more digits than a spreadsheet is exact in; round"
    )
    Path("m.yaml").write_text("coopctl: import/1\ndecimals: 2\n", "utf-8")
    assert messages(coopctl, "f.xlsx", "--mapping", "m.yaml") == ["added"]
    assert figures(tmp_path) == {("csat", "2026-01"): "91.67"}


def test_formulas_need_a_computed_value(coopctl: Coopctl) -> None:
    workbook(Path("f.xlsx"), [HEADER, ("csat", "2026-01", "=1+1")])
    assert messages(coopctl, "f.xlsx") == [
        "a formula without a computed value; open the file in a spreadsheet and save it"
    ]
    with xlsxwriter.Workbook("g.xlsx") as book:
        sheet = book.add_worksheet()
        for column, name in enumerate(HEADER):
            sheet.write(0, column, name)
        sheet.write_row(1, 0, ("csat", "2026-01"))
        sheet.write_formula(1, 2, "=1+1", None, 2)
    assert messages(coopctl, "g.xlsx") == ["added"]


def test_errors_booleans_times_and_merged_cells_are_refused(coopctl: Coopctl) -> None:
    rows: list[tuple[Any, ...]] = [("csat", "2026-01", True), ("csat", "2026-02", "#N/A"), ("csat", "2026-03", 0.5)]
    rows += [("csat", "2026-04", date(2026, 4, 1)), ("csat", "2026-05", 5), ("csat", "2026-06", 6)]
    workbook(Path("f.xlsx"), [HEADER, *rows], {"C4": "hh:mm"})
    changed = rewritten(
        Path("f.xlsx").read_bytes(),
        {
            SHEET: lambda xml: xml.replace(
                "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A6:A7"/></mergeCells>'
            )
        },
    )
    Path("f.xlsx").write_bytes(changed)
    assert messages(coopctl, "f.xlsx") == [
        "true and false are no figures",
        "the error #N/A",
        "a time of day, where a number or a date is expected",
        "a date, 2026-04-01, where a number is expected",
        "cells that are merged; part them, and fill in each",
        "cells that are merged; part them, and fill in each",
    ]


def test_rows_that_a_sheet_hides_are_remarked_on(coopctl: Coopctl) -> None:
    book = openpyxl.Workbook()
    for row in (HEADER, ("csat", "2026-01", 91), ("csat", "2026-02", 90), ("csat", "2026-03", "x")):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = book.active.row_dimensions[4].hidden = True
    book.save("f.xlsx")
    ended = coopctl("import", "f.xlsx", *TODAY, "--skip-refused", "--output-format", "json")
    assert [each["message"] for each in json.loads(ended.out)["figures"]] == [
        None,
        "the row is hidden in the sheet",
        'expected a number, found "x"',
    ]


def test_dates_of_a_workbook_are_dates(coopctl: Coopctl, tmp_path: Path) -> None:
    header = (*HEADER, "recorded")
    rows = [
        ("csat", date(2026, 6, 1), 9, datetime.fromisoformat("2026-07-03T14:05")),
        ("calls", date(2026, 6, 5), 8, "2026-07-04"),
    ]
    workbook(Path("f.xlsx"), [header, *rows], {"A2": "General", "B2": "mmm-yy"})
    assert messages(coopctl, "f.xlsx") == ["added", "added"]
    assert [each[1:3] + each[6:7] for each in recorded(tmp_path)] == [
        ("2026-06-05", "8", "2026-07-04"),
        ("2026-06", "9", "2026-07-03"),
    ]


def test_a_date_with_its_day_for_a_month_has_to_be_explained(coopctl: Coopctl) -> None:
    workbook(Path("f.xlsx"), [HEADER, ("csat", date(2026, 6, 1), 9)], {"B2": 'yyyy"年"m"月"d"日"'})
    assert messages(coopctl, "f.xlsx")[0].startswith("2026-06-01 is a day, and csat is judged monthly; say in a map")


def test_a_workbook_of_1904_counts_its_days_from_there(coopctl: Coopctl, tmp_path: Path) -> None:
    with xlsxwriter.Workbook("f.xlsx", {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ("calls", "", 9))
        sheet.write_datetime(1, 1, datetime.fromisoformat("2026-06-05"), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert messages(coopctl, "f.xlsx") == ["added"]
    assert figures(tmp_path) == {("calls", "2026-06-05"): "9"}


def test_the_sheet_the_header_and_the_rows_are_chosen(coopctl: Coopctl) -> None:
    with xlsxwriter.Workbook("f.xlsx") as book:
        book.add_worksheet("Notes").write(0, 0, "x")
        sheet = book.add_worksheet("六月")
        sheet.write(0, 0, "Figures of June")
        sheet.write_row(2, 0, HEADER)
        sheet.write_row(4, 0, ("csat", "2026-06", 9))
        sheet.write_row(5, 0, ("Total", "", 9))
    assert "has the sheets Notes, 六月; say in a mapping file (--mapping) which: sheet: Notes" in error(
        coopctl, "f.xlsx"
    )
    Path("m.yaml").write_text("coopctl: import/1\nsheet: 六月\nheader: 3\nskip: [6]\n", "utf-8")
    ended = coopctl("import", "f.xlsx", "--mapping", "m.yaml", *TODAY)
    assert "\n  5  added  csat  2026-06  9\n" in ended.out
    Path("m.yaml").write_text("coopctl: import/1\nsheet: May\n", "utf-8")
    assert "has no sheet 'May'; there are Notes, 六月" in error(coopctl, "f.xlsx", "--mapping", "m.yaml")


def _book() -> bytes:
    workbook(Path("f.xlsx"), [HEADER, ("csat", "2026-01", 9)])
    return Path("f.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda xml: '<!DOCTYPE a [<!ENTITY b "c">]>' + xml, "its XML declares a document type"),
        (lambda xml: xml.replace("</row>", ""), "is no workbook that can be read (mismatched tag"),
        (lambda xml: xml.replace('r="B1"', 'r="A1"'), "row 1 has a cell twice"),
        (lambda xml: xml.replace('r="C2"', 'r="IW2"'), "a sheet with more than 256 columns"),
        (lambda xml: xml.replace('r="C2"', 'r="XFD2"'), "a sheet with more than 256 columns"),
        (lambda xml: xml.replace('r="C2"', 'r="XFE2"'), "row 2 has a cell that is called 'XFE2'; save it again"),
        (lambda xml: xml.replace('r="C2"', 'r="ZZZZZZ2"'), "row 2 has a cell that is called 'ZZZZZZ2'; save it"),
        (lambda xml: xml.replace('r="C2"', 'r="C3"'), "row 2 has a cell that is called 'C3'; save it again as .xlsx"),
        (lambda xml: xml.replace('r="C2"', 'r=""'), "row 2 has a cell that is called ''; save it again as .xlsx"),
        (lambda xml: xml.replace('r="B2"', 'r="D2"'), "row 2 has the cell C2 behind one further right; save it again"),
        (lambda xml: xml.replace('<row r="2"', '<row r="1"'), "row 1 stands behind row 1; save it again as .xlsx"),
        (lambda xml: xml.replace('<row r="2"', '<row r="B"'), "a row is called 'B'; save it again as .xlsx"),
        (lambda xml: xml.replace('<row r="2"', '<row r="1048577"'), "a row is called '1048577'; save it again"),
        (lambda xml: xml.replace('"n"><v>9</v>', '"s"><v>9</v>'), "a cell names a text that is not there"),
        (None, "is no workbook that can be read"),
    ],
)
def test_a_workbook_that_is_broken_is_refused(coopctl: Coopctl, change: Any, why: str) -> None:
    Path("f.xlsx").write_bytes(rewritten(_book(), {SHEET: change}))
    assert why in error(coopctl, "f.xlsx")


@pytest.mark.parametrize("names", [' r="(?:1|2|[ABC][12])"', ' r="[ABC][12]"'])
def test_rows_and_cells_need_not_say_where_they_are(coopctl: Coopctl, tmp_path: Path, names: str) -> None:
    content = rewritten(_book(), {SHEET: lambda xml: re.sub(names, "", xml)})
    assert content != _book()
    Path("f.xlsx").write_bytes(content)
    assert messages(coopctl, "f.xlsx") == ["added"]
    assert figures(tmp_path) == {("csat", "2026-01"): "9"}


def test_a_workbook_may_have_so_much_in_it_and_no_more(coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch) -> None:
    content = _book()
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        size, parts = sum(each.file_size for each in file.infolist()), len(file.infolist())
        sheets = [file.read(each).decode("utf-8") for each in (*SETTINGS, SHEET)]
    elements = sum(len(re.findall("<[A-Za-z]", each)) for each in sheets)
    for name, most, why in (
        ("XLSX_BYTES", size, f"larger than {size - 1:,} bytes unzipped"),
        ("XLSX_PARTS", parts, f"a workbook with more than {parts - 1} parts"),
        ("XLSX_ELEMENTS", elements, f"more than {elements - 1:,} pieces of XML; save the one sheet by itself"),
        ("XLSX_CELLS", 6, "a sheet with more than 5 cells"),
        ("CSV_ROWS", 1, "more than 0 rows; split the file"),
    ):
        with monkeypatch.context() as changed:
            changed.setattr(limits, name, most)
            assert messages(coopctl, "f.xlsx", "--dry-run") == ["added"]
            changed.setattr(limits, name, most - 1)
            assert why in error(coopctl, "f.xlsx")


def test_the_xml_of_a_workbook_is_nested_so_deep_and_no_deeper(coopctl: Coopctl) -> None:
    content = _book()

    def nested(levels: int) -> None:
        deep = "<a>" * levels + "</a>" * levels
        changed = rewritten(content, {SHEET: lambda xml: xml.replace("<sheetData>", f"{deep}<sheetData>")})
        Path("f.xlsx").write_bytes(changed)

    nested(limits.NESTING - 1)
    assert messages(coopctl, "f.xlsx", "--dry-run") == ["added"]
    nested(limits.NESTING)
    assert "its XML is nested deeper than 64 levels" in error(coopctl, "f.xlsx")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("f.csv", "kpi,period,value\ncsat,2026-01,9\ncsat,2026-02,9\n"),
        (
            "f.json",
            '[{"kpi": "csat", "period": "2026-01", "value": 9}, {"kpi": "csat", "period": "2026-02", "value": 9}]',
        ),
    ],
)
def test_a_table_has_so_many_rows_and_no_more(
    coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch, name: str, content: str
) -> None:
    Path(name).write_text(content, "utf-8")
    monkeypatch.setattr(limits, "CSV_ROWS", 2)
    assert messages(coopctl, name, "--dry-run") == ["added", "added"]
    monkeypatch.setattr(limits, "CSV_ROWS", 1)
    assert "more than 1 r" in error(coopctl, name)


def test_a_bomb_is_not_unpacked(coopctl: Coopctl) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b" " * (limits.XLSX_BYTES + 1))
    Path("f.xlsx").write_bytes(file.getvalue())
    assert "larger than 67,108,864 bytes unzipped" in error(coopctl, "f.xlsx")


# --- JSON -----------------------------------------------------------------------------------------------------------


def test_numbers_of_json_keep_their_digits(coopctl: Coopctl, tmp_path: Path) -> None:
    records = '[{"kpi": "csat", "period": "2026-01", "value": 123456789012345678.123456789012}, '
    records += '{"kpi": "csat", "period": "2026-02", "value": 1.5e-2, "note": null}]'
    Path("f.json").write_text(f'{{"data": {{"rows": {records}}}}}', "utf-8")
    Path("m.yaml").write_text("coopctl: import/1\nrecords: data.rows\n", "utf-8")
    assert messages(coopctl, "f.json", "--mapping", "m.yaml") == ["added", "added"]
    assert figures(tmp_path) == {("csat", "2026-01"): "123456789012345678.123456789012", ("csat", "2026-02"): "0.015"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[{"kpi": NaN}]', "f.json: NaN is no number"),
        ('[{"kpi": -Infinity}]', "f.json: -Infinity is no number"),
        ('[{"kpi": 1, "kpi": 2}]', "f.json: an object has 'kpi' twice; keep one of them"),
        ("[" * 65 + "]" * 65, "f.json: nested deeper than 64 levels"),
        ("[" * 64 + "]" * 65, "f.json:1:129: not JSON: "),
        ("[" * 100_000, "f.json: nested deeper than 64 levels"),
        ("[1,\n]", "f.json:2:1: not JSON: "),
        ("{}", "f.json: nothing is called 'figures'; say where the records are: records: data.figures"),
        ("3", "f.json: no list of records there"),
        ("", "f.json:1:1: not JSON: "),
    ],
)
def test_json_that_cannot_be_read_is_refused(coopctl: Coopctl, text: str, why: str) -> None:
    Path("f.json").write_text(text, "utf-8")
    assert why in error(coopctl, "f.json")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("true", "true and false are no figures"),
        ("[1]", "a list or an object is no figure"),
        ('"\\ud800"', "a cell with half of a character"),
        ("1e99", "has more than 18 digits or 12 decimals"),
        ("1" * 41, "has more digits than are read"),
        ('"x"', 'expected a number, found "x"'),
    ],
)
def test_values_of_json_that_are_no_figures_are_refused(coopctl: Coopctl, value: str, why: str) -> None:
    Path("f.json").write_text(f'[{{"kpi": "csat", "period": "2026-01", "value": {value}}}, 3]', "utf-8")
    found = messages(coopctl, "f.json")
    assert why in found[0]
    assert found[1] == "not an object with names and values"


# --- CSV ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"kpi,period,value,value\n", "f.csv: row 1: two columns are called 'value'; rename one of them"),
        (b"kpi,period,val\ncsat,2026-01,1\n", "f.csv: no column is called 'val' in the ledger; did you mean `value`?"),
        (b'kpi,period,value\ncsat,2026-01,"1\n', "f.csv: row 2: not readable as CSV: unexpected end of data"),
        (b"kpi;period;value\ncsat;2026-01;1\n", 'a semicolon; say so in a mapping file (--mapping): delimiter: ";"'),
        ("指标,期间\n".encode("gb18030"), "what it is in a mapping file (--mapping), such as encoding: gb18030"),
        ("kpi,period,value\n".encode("utf-16"), "is UTF-16; say so in a mapping file (--mapping): encoding: utf-16"),
        (b"", "f.csv: row 1 has no names of columns"),
        (b"a," * 256 + b"b\n", "row 1, the header: more than 256 columns"),
        (b",".join(b"%d" % each for each in range(256)), "the column '0' is no KPI"),
    ],
)  # fmt: skip
def test_csv_that_cannot_be_read_is_refused(coopctl: Coopctl, content: bytes, why: str) -> None:
    Path("f.csv").write_bytes(content)
    assert why in error(coopctl, "f.csv")


@pytest.mark.parametrize(("size", "outcome"), [(64 * 1024, "added"), (64 * 1024 + 1, None)])
def test_a_cell_has_a_largest_size(coopctl: Coopctl, size: int, outcome: str | None) -> None:
    Path("f.csv").write_text(f"kpi,period,value,note\ncsat,2026-01,1,{'x' * size}\n", "utf-8")
    assert messages(coopctl, "f.csv", "--dry-run") == [outcome or "note: a cell of more than 65,536 bytes"]


def test_files_that_are_not_read(coopctl: Coopctl) -> None:
    Path("folder.csv").mkdir()
    Path("f.csv").write_bytes(b"x" * (limits.FILE_BYTES + 1))
    Path("link.csv").symlink_to("good.csv")
    Path("good.csv").write_text("\ufeffkpi,period,value\r\ncsat,2026-01,9\r\n", "utf-8")
    assert "not a regular file" in error(coopctl, "folder.csv")
    assert "larger than 4,194,304 bytes; split it up" in error(coopctl, "f.csv")
    assert "No such file or directory" in error(coopctl, "none.csv")
    assert "an old workbook is not read; save it as .xlsx" in error(coopctl, "f.xls")
    assert "figures are read from files that end in .csv, .tsv, .xlsx or .json" in error(coopctl, "f.pdf")
    assert messages(coopctl, "link.csv") == ["added"]


@pytest.mark.parametrize(
    ("options", "content"),
    [
        ((), b"kpi,period,value\ncsat,2026-01,9\n"),
        (("--stdin-filename", "sub/f.tsv"), b"kpi\tperiod\tvalue\ncsat\t2026-01\t9\n"),
        (("--stdin-filename", "f.json"), b'[{"kpi": "csat", "period": "2026-01", "value": 9}]'),
        (("--stdin-filename", "f.xlsx"), None),
    ],
)
def test_standard_input_is_read_as_the_file_that_it_would_be(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], content: bytes | None
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(_book() if content is None else content)))
    ended = coopctl("import", "-", *options, *TODAY)
    name = options[1] if options else "figures.csv"
    assert (ended.code, ended.out.splitlines()[-1]) == (0, f"{name}: 1 added. Written to actuals/2026.yaml.")
    assert figures(tmp_path) == {("csat", "2026-01"): "9"}


def test_a_workbook_under_another_name_is_told(coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch) -> None:
    content, is_one = _book(), "is no text, but a workbook or another zip file; if it is a workbook, "
    for name in ("g.csv", "g.TSV", "g.json"):
        Path(name).write_bytes(content)
        assert coopctl("import", name) == (2, "", f"error: {name}: {is_one}rename it to end in .xlsx\n")
    for size in (0, limits.FILE_BYTES):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.ljust(size, b"x") + b"x")))
        told = f"error: figures.csv: {is_one}say so: --stdin-filename figures.xlsx\n"
        assert coopctl("import", "-") == (2, "", told)
    Path("g.csv").write_text("PK,period,csat\n1,2026-01,9\n", "utf-8")
    assert "the column 'PK' is no KPI" in error(coopctl, "g.csv")


@pytest.mark.parametrize(
    ("more", "why"), [(0, "row 2: not readable as CSV: field lar"), (1, "larger than 4,194,304 bytes; split")]
)
def test_standard_input_has_a_largest_size(
    coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch, more: int, why: str
) -> None:
    content = b"kpi,period,value\n".ljust(limits.FILE_BYTES + more, b"x")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert f"error: figures.csv: {why}" in coopctl("import", "-").err


def test_columns_of_tsv_are_separated_by_tabs(coopctl: Coopctl) -> None:
    Path("f.tsv").write_text("kpi\tperiod\tvalue\ncsat\t2026-01\t9\n", "utf-8")
    assert messages(coopctl, "f.tsv") == ["added"]
