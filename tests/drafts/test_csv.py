"""Rows that are added to a CSV file: all others stay byte for byte."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopctl.drafts.csv_draft import CsvDraft
from coopctl.errors import CoopctlError

ROW = {"kpi": "csat", "period": "2026-06", "value": "91.5", "by": "Lee, Ann"}


def added(text: str, **row: str) -> str:
    """What is added to a text."""
    draft = CsvDraft("figures.csv", text)
    draft.append(row or ROW)
    assert draft.text.startswith(text)
    return draft.text.removeprefix(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kpi,period,value,by\n", 'csat,2026-06,91.5,"Lee, Ann"\n'),
        ("kpi,period,value,by", '\ncsat,2026-06,91.5,"Lee, Ann"'),
        ("kpi,period,value,by\r\ncsat,2026-05,90,\r\n", 'csat,2026-06,91.5,"Lee, Ann"\r\n'),
        ("kpi,period,value,by\r\ncsat,2026-05,90,", '\r\ncsat,2026-06,91.5,"Lee, Ann"'),
        ("kpi,period,value,by\rcsat,2026-05,90,\r", 'csat,2026-06,91.5,"Lee, Ann"\r'),
        ("\ufeffkpi,period,value,by\n", 'csat,2026-06,91.5,"Lee, Ann"\n'),
        ('"kpi", period,"value",by,注\n', 'csat,2026-06,91.5,"Lee, Ann",\n'),
        ("by,value,period,kpi\n", '"Lee, Ann",91.5,2026-06,csat\n'),
        ('kpi,period,value,by\ncsat,2026-05,90,"two\nlines"\n', 'csat,2026-06,91.5,"Lee, Ann"\n'),
        ("kpi,period,value,by\nragged\n\n", 'csat,2026-06,91.5,"Lee, Ann"\n'),
    ],
    ids=["lf", "header only", "crlf", "crlf open", "cr", "mark", "quoted", "turned", "lines in a cell", "ragged"],
)
def test_a_row_is_added_at_the_end(text: str, expected: str) -> None:
    assert added(text) == expected


def test_what_is_no_csv_is_refused() -> None:
    with pytest.raises(CoopctlError, match=r"^figures\.csv: cannot be read as CSV: "):
        CsvDraft("figures.csv", '"kpi" ,period\n')


def test_columns_are_those_of_the_first_line() -> None:
    draft = CsvDraft("figures.csv", "\ufeffkpi, period ,value\n")
    assert draft.columns == ["kpi", "period", "value"]
    assert draft.has({"kpi": "csat", "value": "1"})
    assert not draft.has(ROW)


@pytest.mark.parametrize("text", ["kpi,period,value\n", "", "\n"])
def test_a_value_without_a_column_is_refused(text: str) -> None:
    draft = CsvDraft("figures.csv", text)
    with pytest.raises(CoopctlError) as caught:
        draft.append(ROW)
    missing = "by" if "kpi" in text else "kpi, period, value, by"
    assert str(caught.value) == (
        f"figures.csv: has no column {missing}; add it to the first line, or name another file"
    )
    assert draft.text == text


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
line_breaks = st.sampled_from(["\n", "\r\n", "\r"])


def line_of(*row: str) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(row)
    return written.getvalue().removesuffix("\r\n")


@given(st.lists(st.tuples(cells, cells), max_size=4), cells, cells, line_breaks, st.booleans())
def test_every_row_is_read_as_it_was_meant(
    rows: list[tuple[str, str]], one: str, two: str, line_break: str, is_ended: bool
) -> None:
    """Whatever stands in its cells, and in those of the others."""
    text = line_break.join([line_of(*row) for row in [("kpi", "note"), *rows]]) + (line_break if is_ended else "")
    result = text + added(text, kpi=one, note=two)
    assert list(csv.reader(io.StringIO(result, newline=""))) == [["kpi", "note"], *map(list, rows), [one, two]]
