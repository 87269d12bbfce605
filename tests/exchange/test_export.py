"""What `export` writes, and that `import` reads it back without loss."""

import csv
import io
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopctl.drafts.values import quoted
from coopctl.formulas import harmless_text, plain_text
from coopctl.output.terminal import clean
from tests.conftest import Coopctl, Ended
from tests.exchange.samples import AGREEMENT, TODAY, recorded, write_agreement

LEDGER = """\
kpis:
  csat:
    2026-02:
      - {value: 92, recorded: 2026-03-20, note: "=HYPERLINK(1)"}
      - {value: 91.50, recorded: 2026-03-03, status: provisional, by: mei}
    2026-01: -90
  on-time: {2026-01: {numerator: 930, denominator: 1000, by: "@cy"}}
  effort: {2026-01: {value: 123456789012345678.123456789012, weight: 20}}
milestones:
  pilot: {started: 2026-01-06, progress: 60%, forecast: 2026-06-25, note: Waits for a permit, x-cost: 900}
spend: {marketing: {2026-01: 410.25}}
events: [{date: 2026-03-02, kind: incident, about: plan.milestones.pilot}]
actions: [{date: 2026-05-05, about: kpis.csat@2026-02, do: Second carrier, owner: harbor, due: 2026-07-31}]
waivers: [{about: kpis.csat@2026-02, reason: Strike, date: 2026-03-10, approved_by: [north, harbor]}]
"""
ABOUT = "kpis.csat@2026-02"
FORMATS = ("csv", "xlsx", "json")
BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
ODD = f"a='_x0041<r>/{BLANKS}\0\b\x1b\x1c\x1f\x7f\x9b\u202e\ufeff\ufffe\uffff\U0010ffff"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Write a ledger with something of everything."""
    return write_agreement(tmp_path, LEDGER)


def test_the_figures_are_written_in_order_of_the_agreement(coopctl: Coopctl, ledger: Path) -> None:
    ended = coopctl("export")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "kpi,period,value,numerator,denominator,weight,recorded,status,by,note\n"
        "csat,2026-01,-90,,,,,final,,\n"
        "csat,2026-02,91.50,,,,2026-03-03,provisional,mei,\n"
        "csat,2026-02,92,,,,2026-03-20,final,,'=HYPERLINK(1)\n"
        "on-time,2026-01,,930,1000,,,final,'@cy,\n"
        "effort,2026-01,123456789012345678.123456789012,,,20,,final,,\n"
    )
    assert coopctl("export", str(ledger), "--bom").out == f"\ufeff{ended.out}"


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("spend", "line,period,value,recorded,status,by,note\nmarketing,2026-01,410.25,,final,,\n"),
        (
            "milestones",
            "milestone,started,done,progress,forecast,by,note\npilot,2026-01-06,,60%,2026-06-25,,Waits for a permit\n",
        ),
        ("events", "date,kind,about,by,note\n2026-03-02,incident,plan.milestones.pilot,,\n"),
        (
            "actions",
            f"id,date,about,cause,do,owner,due,done,note\n,2026-05-05,{ABOUT},,Second carrier,harbor,2026-07-31,,\n",
        ),
        (
            "waivers",
            'about,reason,date,approved_by,note\nkpis.csat@2026-02,Strike,2026-03-10,"north, harbor",\n',
        ),
    ],
)
@pytest.mark.usefixtures("ledger")
def test_each_section_is_a_table(coopctl: Coopctl, table: str, text: str) -> None:
    assert coopctl("export", "--table", table).out == text


@pytest.mark.usefixtures("ledger")
def test_a_workbook_has_a_sheet_for_each_section_and_no_formulas(coopctl: Coopctl) -> None:
    assert coopctl("export", "-o", "ledger.xlsx") == (0, "", "")
    book = openpyxl.load_workbook("ledger.xlsx")
    assert book.sheetnames == ["figures", "spend", "milestones", "events", "actions", "waivers"]
    rows = list(book["figures"].values)
    assert rows[2] == ("csat", "2026-02", 91.5, None, None, None, rows[2][6], "provisional", "mei", None)
    assert rows[2][6].date() == date(2026, 3, 3)
    assert rows[3][9] == "'=HYPERLINK(1)"
    assert rows[5][2] == "123456789012345678.123456789012"
    assert book["figures"]["C3"].number_format == "0.00"
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}


@pytest.mark.usefixtures("ledger")
def test_json_has_every_section_with_exact_figures(coopctl: Coopctl) -> None:
    data = json.loads(coopctl("export", "--output-format", "json").out)
    assert data["schema_version"] == 1
    assert data["agreement"] == {"id": "north-harbor", "version": "1.0.0"}
    effort = {name: value for name, value in data["figures"][-1].items() if value is not None}
    value = "123456789012345678.123456789012"
    assert effort == {"kpi": "effort", "period": "2026-01", "value": value, "weight": "20", "status": "final"}
    assert [len(data[name]) for name in ("figures", "spend", "milestones", "events", "actions", "waivers")] == [
        5, 1, 1, 1, 1, 1,
    ]  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_exported_is_unchanged_when_it_is_imported(coopctl: Coopctl, ledger: Path, form: str) -> None:
    before = (ledger / "actuals" / "2026.yaml").read_bytes()
    coopctl("export", "-o", f"f.{form}")
    assert coopctl("import", f"f.{form}").out.endswith(f"f.{form}: 5 unchanged. Nothing to write.\n")
    assert (ledger / "actuals" / "2026.yaml").read_bytes() == before


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.usefixtures("ledger")
def test_the_same_ledger_gives_the_same_bytes(coopctl: Coopctl, form: str) -> None:
    coopctl("export", "-o", f"one.{form}")
    coopctl("export", "-o", f"two.{form}")
    assert Path(f"one.{form}").read_bytes() == Path(f"two.{form}").read_bytes()


@pytest.mark.parametrize(
    ("lang", "header", "states"),
    [
        (None, "Task,Responsible,Planned finish,Actual finish,State of work,Remarks,cost,room", "In progress"),
        ("zh-Hans", "任务,责任方,计划完成时间,实际完成时间,状态,备注,cost,room", "进行中"),
        ("zh-Hant", "任務,負責方,計劃完成時間,實際完成時間,狀態,備註,cost,room", "進行中"),
    ],
)
@pytest.mark.usefixtures("ledger")
def test_the_data_sheet_has_the_tasks_of_a_month(coopctl: Coopctl, lang: str | None, header: str, states: str) -> None:
    options = ["--lang", lang] if lang else []
    ended = coopctl("export", "--table", "data-sheet", "--period", "2026-05", "--as-of", "2026-06-15", *options)
    assert ended.code == 0
    lines = list(csv.reader(io.StringIO(ended.out)))
    assert ",".join(lines[0]) == header
    assert lines[1][1:5] == ["Northstar Example Ltd.", "2026-06-20", "", states]
    assert lines[1][6:] == ["900", "A1"]
    assert lines[2][1:5] == ["Harbor Example Ltd.", "2026-07-31", "", states]


@pytest.mark.usefixtures("ledger")
def test_the_data_sheet_as_a_workbook_has_days_as_days(coopctl: Coopctl) -> None:
    options = ("--period", "2026-05", "--as-of", "2026-06-15", "-o", "sheet.xlsx")
    assert coopctl("export", "--table", "data-sheet", *options).code == 0
    rows = list(openpyxl.load_workbook("sheet.xlsx")["data-sheet"].values)
    assert rows[1][2].date() == date(2026, 6, 20)
    assert rows[1][6] == 900


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("--output-format", "xlsx"), "a workbook is no text; name a file with -o"),
        (("--bom", "-o", "f.json"), "--bom is for CSV, not for json"),
        (("--period", "2026-06"), "--period, --lang and --as-of are for --table data-sheet; leave them out"),
        (("-o", "agreement.yaml"), "agreement.yaml would be read as an agreement or ledger; name another file"),
        (("-o", "actuals/x.csv"), "actuals/x.csv would be read as an agreement or ledger; name another file"),
        (("nowhere",), "nowhere: no such file or folder"),
        (("--table", "data-sheet", "--lang", "en,zh-Hans"), "--lang: a data sheet has one language; give one of them"),
    ],
)
@pytest.mark.usefixtures("ledger")
def test_what_cannot_be_exported(coopctl: Coopctl, options: tuple[str, ...], error: str) -> None:
    assert coopctl("export", *options) == (2, "", f"error: {error}\n")


OWN_LEDGER = "actuals: [data/*.yaml, sheets/**/f.csv, one.csv]\n"


@pytest.mark.parametrize(
    "command",
    [
        ("export", "-o", "{}"),
        ("check", "--output-format", "json={}"),
        ("lint", "--output-format", "json={}"),
        ("variance", "--output-format", "csv={}"),
        ("report", "-o", "{}"),
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("actuals", [OWN_LEDGER, "actuals: data/*.yaml\n"], ids=["list", "wrong"])
def test_no_result_is_written_over_a_ledger_wherever_it_lies(
    coopctl: Coopctl, tmp_path: Path, command: tuple[str, ...], actuals: str
) -> None:
    if command[0] in ("export", "variance", "report"):
        actuals = OWN_LEDGER  # these have to read the agreement before they have a result
    (tmp_path / "agreement.yaml").write_text(AGREEMENT + actuals, "utf-8")
    for folder in ("data", "sheets/2026"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data" / "a.yaml").write_text(f"coopctl: actuals/1\n{LEDGER}", "utf-8")
    (tmp_path / "linked").symlink_to("data")
    (tmp_path / "one.csv").write_text("kpi,period,value\n", "utf-8")
    places = ["data/a.yaml", "data/new.yaml", "linked/a.yaml", str(tmp_path / "data" / "a.yaml")]
    if actuals == OWN_LEDGER:
        places += ["one.csv", "sheets/2026/f.csv", "sheets/f.csv"]
    for place in places:
        ended = coopctl(*(each.format(place) for each in command))
        assert ended.code == 2
        assert ended.err.endswith(f"error: {place} would be read as an agreement or ledger; name another file\n")
    assert (tmp_path / "data" / "a.yaml").read_text("utf-8") == f"coopctl: actuals/1\n{LEDGER}"
    assert not (tmp_path / "data" / "new.yaml").exists()


def test_a_result_goes_anywhere_else(coopctl: Coopctl, tmp_path: Path) -> None:
    (tmp_path / "agreement.yaml").write_text(f"{AGREEMENT}actuals: [data/*.yaml]\n", "utf-8")
    (tmp_path / "data" / "below").mkdir(parents=True)
    (tmp_path / "data" / "a.yaml").write_text(f"coopctl: actuals/1\n{LEDGER}", "utf-8")
    for place in ("data/f.csv", "data/below/f.yaml", "data/.f.csv", "f.yaml"):
        assert coopctl("export", "--output-format", "csv", "-o", place) == (0, "", "")


@pytest.mark.usefixtures("ledger")
def test_a_workbook_needs_its_library(coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    ended = coopctl("export", "-o", "f.xlsx")
    assert (ended.code, ended.err) == (
        2,
        (
            "error: workbooks need XlsxWriter; install the extra xlsx: pip install '.[xlsx]' in the folder of coopctl, "
            "see README; or write CSV\n"
        ),
    )
    assert not Path("f.xlsx").exists()


def test_what_is_shown_steers_no_terminal_and_what_is_kept_has_every_character(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_agreement(tmp_path, 'kpis: {csat: {2026-01: {value: 9, note: "a\\tb\\u202e\\n::error::c"}}}\n')
    assert coopctl("export").out.endswith('"a\tb\u202e\n::error::c"\n')
    coopctl("export", "-o", "f.csv")
    assert Path("f.csv").read_text("utf-8") == coopctl("export").out
    monkeypatch.setattr("coopctl.cli.streams.is_terminal", lambda: True)
    assert coopctl("export").out.endswith('"a\\x09b\\u202e\n\\x3a:error::c"\n')


@pytest.mark.parametrize("note", ["a\n::error::b", "a\n \u2003::error::b", "a##[error]b"])
def test_no_text_of_the_ledger_is_printed_where_a_ci_server_would_obey_it(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, process: Callable[..., Ended], note: str
) -> None:
    write_agreement(tmp_path, f"kpis: {{csat: {{2026-01: {{value: 9, note: {quoted(note)}}}}}}}\n")
    exported = coopctl("export").out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    told = "error: a line of the text is one that a CI server would take for a command; write to a file with -o\n"
    assert process(["export"]) == (2, "", told)
    assert coopctl("export", "-o", "f.csv") == (0, "", "")
    assert Path("f.csv").read_bytes() == exported.encode()
    assert json.loads(coopctl("export", "--output-format", "json").out)["figures"][0]["note"] == note
    assert coopctl("export").out == exported, "standard output is a file here"


@pytest.mark.parametrize("note", ["a::error::b", "a\nb::c", "# #["])
def test_other_text_is_printed_on_a_ci_server(tmp_path: Path, process: Callable[..., Ended], note: str) -> None:
    write_agreement(tmp_path, f"kpis: {{csat: {{2026-01: {{value: 9, note: {quoted(note)}}}}}}}\n")
    assert note in process(["export"], env={"GITHUB_ACTIONS": "true"}).out


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "＝1", " =1", "\t=1", "\tx", "\rx", "'=1", "''=1", "'\tx"])
def test_formulas_are_made_harmless_and_come_back(text: str) -> None:
    assert harmless_text(text) == f"'{text}"
    assert plain_text(harmless_text(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "_x0041_x0042_", "_x0041\x1f", "<r><t>x</t></r>", "_x0041_\x1f", "_x0041_ _x0042_", "<r>x</r> ", "_x005f_",
        "\x1b[31m\0\uffff", "A?", "a? b", "a\rb", "a\r\nb", "'\tx", "\x1cx\x1c", "<t>x</t>", "&amp;", "]]>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", FORMATS)
def test_odd_text_comes_back_or_is_refused(coopctl: Coopctl, tmp_path: Path, text: str, form: str) -> None:
    write_agreement(tmp_path, f"kpis: {{csat: {{2026-01: {{value: 9, note: {quoted(text)}}}}}}}\n")
    ended = coopctl("export", "-o", f"f.{form}")
    if form == "xlsx" and text in ("_x0041_x0042_", "_x0041\x1f", "<r><t>x</t></r>"):
        told = f"error: the text {clean(repr(text))} would mean something else in a workbook; write CSV or JSON\n"
        assert ended == (2, "", told)
        return
    assert ended == (0, "", "")
    (tmp_path / "actuals" / "2026.yaml").unlink()
    assert coopctl("import", f"f.{form}").code == 0
    assert [each[-1] for each in recorded(tmp_path)] == [text.strip(BLANKS)]


@pytest.mark.parametrize("text", ["", "x", "'x", "1=1", "'", "a-b", "x\t", " \tx"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless_text(text) == text == plain_text(text)


# --- the law: nothing is lost ---------------------------------------------------------------------------------------

NUMBERS = st.decimals(min_value=-(10**18) + 1, max_value=10**18 - 1, places=12).map(
    lambda each: f"{each:f}"
) | st.decimals(min_value=-1000, max_value=1000, places=2).map(lambda each: f"{each:f}")
TEXTS = (
    st.text(st.sampled_from("ab =+-@'\"\n,;:#{}[]%!&*客户０１😀\u00a0_x0041"), min_size=1, max_size=12)
    | st.text(st.sampled_from(ODD), max_size=24)
    | st.text(max_size=30)
).filter(lambda text: text.strip(BLANKS) != "")
"""Whatever text a ledger can hold: all but blanks alone, and halves of characters."""
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@st.composite
def ledgers(draw: st.DrawFn) -> str:
    """Draw a ledger with several figures for some periods, each with a day of its own."""
    lines: list[str] = ["kpis:", "  csat:"]
    for period in draw(st.lists(st.sampled_from(["2026-01", "2026-02", "2026-03-04"]), min_size=1, unique=True)):
        lines.append(f"    {period}:")
        days = draw(st.lists(st.none() | DAYS, min_size=1, max_size=3, unique=True))
        lines += [f"      - {{{', '.join(_fields(draw, day))}}}" for day in days]
    return "\n".join(lines) + "\n"


def _fields(draw: st.DrawFn, day: date | None) -> Iterator[str]:
    yield f"value: {draw(NUMBERS)}"
    if day is not None:
        yield f"recorded: {day}"
    if draw(st.booleans()):
        yield "status: provisional"
    for name in ("by", "note"):
        text = draw(st.none() | TEXTS)
        if text is not None:
            yield f"{name}: {quoted(text)}"


def _without_blanks(facts: tuple[object, ...]) -> tuple[object, ...]:
    """Return facts without the blanks around the texts at their end: who recorded it, and the note."""
    return (*facts[:-2], *(text.strip(BLANKS) if isinstance(text, str) else None for text in facts[-2:]))


@given(ledger_text=ledgers(), form=st.sampled_from(FORMATS))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_on_the_way_out_and_in(coopctl: Coopctl, tmp_path: Path, ledger_text: str, form: str) -> None:
    for name in ("from", "to"):
        shutil.rmtree(tmp_path / name, ignore_errors=True)
        (tmp_path / name).mkdir()
        (tmp_path / name / "agreement.yaml").write_text(AGREEMENT, "utf-8")
    write_agreement(tmp_path / "from", ledger_text)
    file = tmp_path / f"ledger.{form}"
    exported = coopctl("export", tmp_path / "from", "-o", file)
    if exported.code and form == "xlsx":
        assert "would mean something else in a workbook; write CSV or JSON" in exported.err
        return
    assert exported == (0, "", "")
    ended = coopctl("import", file, tmp_path / "to", *TODAY)
    assert ended.code == 0, ended.out
    was = recorded(tmp_path / "from", exactly=True)
    assert recorded(tmp_path / "to", exactly=True) == list(map(_without_blanks, was))
    again = coopctl("import", file, tmp_path / "from", *TODAY)
    assert again.code == 0
    assert " unchanged. Nothing to write. " in " ".join([*again.out.split(), ""])
