"""Whatever a file holds, it is read or refused: no bug, no hang, and nothing half written."""

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Coopctl
from tests.exchange.samples import rewritten, workbook

TOKENS = ("kpi", "period", "value", ",", "\n", '"', "\r", "csat", "2026-01", "9", "-", "%", "\x00", "=", "'", "\ufeff")
JSON_TOKENS = ('"', "{", "}", "[", "]", ":", ",", "kpi", "1", "e9", "-", ".", "\\", "u00", "NaN", "null", " ", "\n")
COUNT = re.compile("([0-9,]+) (added|restated|exchanged|unchanged|refused)")
IGNORED = [HealthCheck.function_scoped_fixture]
AS_YAML = (
    "kpis:",
    "columns:", "periods:", "numbers:", " ", "\n", "{", "}", "[", "]", '"', "%Y", "%m", "csat", "- ", "&a", "*a",
)  # fmt: skip


def check(coopctl: Coopctl, name: str, content: bytes, *options: str) -> None:
    """Import a file; it ends with a verdict on each of its figures, or with why it cannot be read."""
    Path(name).write_bytes(content)
    ended = coopctl("import", name, "--dry-run", *options)
    assert (ended.out + ended.err).replace("\n", "").isprintable()
    assert not Path("actuals").exists()
    if ended.code == 2:
        assert ended.out == ""
        assert re.match(rf"error: {name}: |error: {name}:[0-9]|(?:error: )?m\.yaml:", ended.err), ended.err
        return
    assert ended.err == ""
    counts = {word: int(number.replace(",", "")) for number, word in COUNT.findall(ended.out.splitlines()[-1])}
    rows = re.findall(r"^ *[0-9]+  ([a-z]+)(?: |$)", ended.out, re.MULTILINE)
    assert counts == Counter(rows), ended.out
    assert ended.code == bool(counts.get("refused"))


@given(content=st.binary(max_size=200) | st.lists(st.sampled_from(TOKENS), max_size=40).map("".join).map(str.encode))
@settings(max_examples=30, deadline=None, suppress_health_check=IGNORED)
def test_any_csv(coopctl: Coopctl, content: bytes) -> None:
    check(coopctl, "f.csv", content)
    check(coopctl, "f.csv", b"kpi,period,value\n" + content)


@given(
    content=st.binary(max_size=100) | st.lists(st.sampled_from(JSON_TOKENS), max_size=40).map("".join).map(str.encode)
)
@settings(max_examples=30, deadline=None, suppress_health_check=IGNORED)
def test_any_json(coopctl: Coopctl, content: bytes) -> None:
    check(coopctl, "f.json", content)
    check(coopctl, "f.json", b'[{"kpi": "csat", "period": "2026-01", "value": ' + content + b"}]")


@given(content=st.lists(st.sampled_from(AS_YAML), max_size=20).map("".join))
@settings(max_examples=30, deadline=None, suppress_health_check=IGNORED)
def test_any_mapping(coopctl: Coopctl, content: str) -> None:
    Path("m.yaml").write_text(f"coopctl: import/1\n{content}", "utf-8")
    check(coopctl, "f.csv", b"kpi,period,value\ncsat,2026-01,9\n", "--mapping", "m.yaml")


PARTS = (
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
)


@given(st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=IGNORED)
def test_any_workbook(coopctl: Coopctl, data: st.DataObject) -> None:
    workbook(Path("good.xlsx"), [("kpi", "period", "value"), ("csat", "2026-01", 9)])
    content = bytearray(Path("good.xlsx").read_bytes())
    if data.draw(st.booleans()):
        for at in data.draw(st.lists(st.integers(0, 9_999), max_size=4)):  # its length depends on the time of day
            content[at % len(content)] = data.draw(st.integers(0, 255))
    else:
        part = data.draw(st.sampled_from(PARTS))
        old = data.draw(st.sampled_from(["9", '"1"', "A2", "Id", "t=", "row", "sheet", "numFmt", "rId", "<c ", "/"]))
        new = data.draw(st.sampled_from(["", "-1", '"x"', "ZZZ99", "99999999", "1e999", "../", "\x00", "<v>"]))
        content = bytearray(rewritten(bytes(content), {part: lambda text: text.replace(old, new)}))
    check(coopctl, "f.xlsx", bytes(content))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("<row/>" * 400_000, "f.xlsx: row 1 has no names of columns"),
        ("<row>" + "<c/>" * 400_000 + "</row>", "f.xlsx: row 1 has no names of columns"),
        ("<row>" + "<c><v>1</v></c>" * 257 + "</row>", "f.xlsx: a sheet with more than 256 columns; take some away"),
        ('<row r="999999999"><c><v>1</v></c></row>', "f.xlsx: a row is called '999999999'; save it again as .xlsx"),
        ('<row r="1048576"><c><v>1</v></c></row>', "f.xlsx: row 1 has no names of columns"),
        ("<mergeCell ref='A1:B9999999'/>" * 200_000, "f.xlsx: row 1 has no names of columns"),
        (
            "".join(f'<row r="{row}"><c r="IV{row}"><v>1</v></c></row>' for row in range(1, 5_000)),
            "f.xlsx: no column is called 'period'; say in a mapping file (--mapping) what the columns are called",
        ),
    ],
    ids=["rows", "cells", "columns", "far", "last", "merged", "wide"],
)
def test_a_large_workbook_is_refused_for_what_is_wrong_with_it(coopctl: Coopctl, rows: str, told: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        relation = '<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></Relationships>'
        book.writestr("_rels/.rels", "<Relationships/>")
        book.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="a" id="a"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", relation)
        book.writestr("xl/s.xml", f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
    Path("f.xlsx").write_bytes(file.getvalue())
    ended = coopctl("import", "f.xlsx", "--dry-run")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: {told}"), ended.err
