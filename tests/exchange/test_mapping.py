"""What a mapping file says about somebody else's table: columns, names, periods, numbers."""

import json
from pathlib import Path

import pytest

from tests.commands.schemas import problems_of_yaml
from tests.conftest import Coopctl
from tests.exchange.samples import TODAY, figures, recorded


def imported(coopctl: Coopctl, mapping: str, table: str, *, encoding: str = "utf-8") -> list[tuple[str, str, str]]:
    """Import a CSV file with a mapping; return period, figure, and outcome or why it is refused."""
    Path("import.yaml").write_text(f"coopctl: import/1\n{mapping}", "utf-8")
    Path("figures.csv").write_bytes(table.encode(encoding))
    ended = coopctl("import", "figures.csv", "--mapping", "import.yaml", *TODAY, "--output-format", "json")
    assert ended.err == ""
    found = json.loads(ended.out)["figures"]
    return [(each["period"], each["figure"], _told(each)) for each in found]


def _told(figure: dict[str, str]) -> str:
    return figure["message"] if figure["outcome"] == "refused" else figure["outcome"]


def refusal(coopctl: Coopctl, mapping: str, table: str) -> str:
    """Import a CSV file with a mapping that does not fit; return the error."""
    Path("import.yaml").write_text(mapping, "utf-8")
    Path("figures.csv").write_text(table, "utf-8")
    ended = coopctl("import", "figures.csv", "--mapping", "import.yaml")
    assert (ended.code, ended.out) == (2, "")
    return ended.err


def test_columns_names_and_words_are_somebody_elses(coopctl: Coopctl, tmp_path: Path) -> None:
    mapping = """\
columns: {kpi: 指标, period: 月份, value: 数值, recorded: 填报日, status: 状态, by: 填报人, note: 备注}
kpis: {满意度得分: csat}
statuses: {预估: provisional, 确认: final}
dates: "%d.%m.%Y"
encoding: gb18030
delimiter: ";"
header: 2
skip: [4]
"""
    table = "2026年运营数据\n指标;月份;数值;填报日;状态;填报人;备注;其他\n"
    table += "满意度得分;2026年6月;９１．５;03.07.2026;预估;李伟;初步数据;x\n"
    table += "合计;;91.5;;;;;\n客户满意度;2026年7月;92;04.08.2026;确认;;;\n"
    found = imported(coopctl, mapping, table, encoding="gb18030")
    assert found == [("2026-06", "91.5 (provisional)", "added"), ("2026-07", "92", "added")]
    assert recorded(tmp_path) == [
        ("csat", "2026-06", "91.5", None, None, None, "2026-07-03", True, "李伟", "初步数据"),
        ("客户满意度", "2026-07", "92", None, None, None, "2026-08-04", False, None, None),
    ]


def test_each_kpi_has_a_column_of_its_own(coopctl: Coopctl, tmp_path: Path) -> None:
    mapping = "columns: {period: Month}\nkpis: {Score: csat, Market share: share}\nignore: [Remarks]\n"
    table = "Month,Score,Market share,Remarks\nJan 2026,90,12.5%,x\nFeb 2026,,13%,y\n"
    assert [each[2] for each in imported(coopctl, mapping, table)] == ["added"] * 3
    assert figures(tmp_path) == {
        ("csat", "2026-01"): "90",
        ("share", "2026-01"): "12.5",
        ("share", "2026-02"): "13",
    }
    Path("wide.csv").write_text("period,csat,share\n2026-01,90.00,12.5\n", "utf-8")
    assert coopctl("import", "wide.csv").out.endswith("wide.csv: 2 unchanged. Nothing to write.\n")


@pytest.mark.parametrize(
    ("mapping", "table", "error"),
    [
        (
            "columns: {period: Month}\n",
            "Month,Score\n2026-01,1\n",
            "the column 'Score' is no KPI (did you mean `share`?); name",
        ),
        ("columns: {period: Mnth}\n", "Month,csat\n2026-01,1\n", "no column is called 'Mnth'; did you mean `Month`?"),
        (
            "columns: {period: Month}\nkpis: {a: csat, b: csat}\n",
            "Month,a,b\n2026-01,1,2\n",
            "a and b both are csat; ignore one of them",
        ),
        ("columns: {period: p, kpi: k}\n", "p,k,v\n2026-01,csat,2\n", "no column has the figures; name it in a map"),
        (
            "header: 7\n",
            "kpi,period,value\n",
            "row 7 has no names of columns; say in a mapping file (--mapping) which r",
        ),
        ("encoding: utf-16\n", "kpi,period,value\n", "is not utf-16; correct `encoding` in the mapping"),
    ],
)
def test_a_mapping_that_does_not_fit_the_file_is_an_error(
    coopctl: Coopctl, mapping: str, table: str, error: str
) -> None:
    assert error in refusal(coopctl, f"coopctl: import/1\n{mapping}", table)


@pytest.mark.parametrize(
    ("mapping", "place"),
    [
        ("kpis: {Score: csta}\n", "import.yaml:2:15: error SCH004 no KPI is called `csta`; did you mean `csat`?"),
        ("nmbers: x\n", "import.yaml:2:1: error SCH001 "),
        ('periods: "%d"\n', 'import.yaml:2:10: error SCH003 the quoted text "%d" is no pattern of a period; write'),
        ('periods: ["%Y-%m", "%m%Y%q"]\n', "import.yaml:2:20: error SCH003 "),
        ("numbers: 1.2.3\n", "import.yaml:2:10: error SCH003 "),
        ("decimals: 13\n", "import.yaml:2:11: error SCH003 expected 0 to 12 decimals"),
        ('delimiter: ";;"\n', "import.yaml:2:12: error SCH003 expected one character"),
        ("columns: {kpi: k}\n", "import.yaml:2:1: error SCH002 "),
    ],
)
def test_what_is_wrong_in_a_mapping_is_said_with_its_place(coopctl: Coopctl, mapping: str, place: str) -> None:
    assert refusal(coopctl, f"coopctl: import/1\n{mapping}", "kpi,period,value\n").startswith(place)


def test_a_mapping_says_what_it_is(coopctl: Coopctl) -> None:
    assert "import.yaml:1:1: error SCH002 " in refusal(coopctl, "numbers: 1,234.5\n", "kpi,period,value\n")
    assert "write coopctl: import/1" in refusal(coopctl, "coopctl: import/2\n", "kpi,period,value\n")


def test_the_schema_takes_what_the_reader_takes(coopctl: Coopctl) -> None:
    text = "coopctl: import/1\ncolumns: {period: p}\nkpis: {a: csat}\nnumbers: 1.234,5\nheader: 2\nskip: [3]\n"
    assert problems_of_yaml(coopctl, "mapping", text) == []
    assert problems_of_yaml(coopctl, "mapping", "kpis: {}\n") != []


PERIODS = {
    "2026-06": "2026-06",
    "2026-6": "2026-06",
    "2026/06": "2026-06",
    "06/2026": "2026-06",
    "Jun 2026": "2026-06",
    "june 2026": "2026-06",
    "Sept 2026": "2026-09",
    "2026年6月": "2026-06",
    "２０２６年０６月": "2026-06",
    "2026-Q2": "2026-Q2",
    "Q2 2026": "2026-Q2",
    "2026年第二季度": "2026-Q2",
    "2026年上半年": "2026-H1",
    "2026-W05": "2026-W05",
    "2026": "2026",
    "2026-06-05": "2026-06-05",
}
UNREADABLE = (
    "03/04/2026", "13/04/2026", "Jun-26", "Jun 26", "202606", "2026.10", "6.2026",
    "Juno 2026", "2026-13", "2026-06-31", "soon",
)  # fmt: skip


@pytest.mark.parametrize(("written", "period"), PERIODS.items())
def test_periods_that_can_be_read_in_one_way_need_no_pattern(coopctl: Coopctl, written: str, period: str) -> None:
    Path("figures.csv").write_text(f"kpi,period,value\ncsat,{written},9\n", "utf-8")
    data = json.loads(coopctl("import", "figures.csv", "--dry-run", "--output-format", "json").out)
    assert data["figures"][0]["period"] == period


def test_periods_that_could_be_read_in_two_ways_are_refused(coopctl: Coopctl) -> None:
    rows = "".join(f"csat,{each},9\n" for each in UNREADABLE)
    Path("figures.csv").write_text(f"kpi,period,value\n{rows}", "utf-8")
    data = json.loads(coopctl("import", "figures.csv", "--output-format", "json").out)
    assert [each["outcome"] for each in data["figures"]] == ["refused"] * len(UNREADABLE)
    assert data["figures"][0]["message"] == (
        '"03/04/2026" can be read in more ways than one; say in a mapping file (--mapping) how: periods: "%d/%m/%Y"'
    )


@pytest.mark.parametrize(
    ("patterns", "written", "expected"),
    [
        ('"%d/%m/%Y"', "03/04/2026", "2026-04-03"),
        ('"%m/%d/%Y"', "03/04/2026", "2026-03-04"),
        ('"%b-%y"', "Jun-26", "2026-06"),
        ('"%Y%m"', "202606", "2026-06"),
        ('["%m/%Y", "%q/%Y"]', "7/2026", "2026-07"),
        ('["%m/%Y", "%q/%Y"]', "2/2026", '"2/2026" can be 2026-02 or 2026-Q2; leave one pattern in `periods`'),
        ('"%m/%Y"', "Jun 2026", '"Jun 2026" is not written as `periods` says: %m/%Y'),
        ('"%d/%m/%Y"', "31/02/2026", '"31/02/2026": "2026-02-31" is not a day of the calendar'),
    ],
)
def test_patterns_say_how_periods_are_written(coopctl: Coopctl, patterns: str, written: str, expected: str) -> None:
    found = imported(coopctl, f"periods: {patterns}\n", f"kpi,period,value\ncalls,{written},9\n")[0]
    if expected.startswith('"'):
        assert found[2] == expected
    else:
        assert found[0] == expected


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ("", ("05/06/2026", "9", "2026-06-05 is a day, and csat is judged monthly; say in a mapping file (--ma")),
        ("days_stand_for: period\n", ("2026-06", "9", "added")),
        ("days_stand_for: day\n", ("2026-06-05", "9", "added")),
    ],
)
def test_a_date_for_a_longer_period_has_to_be_explained(
    coopctl: Coopctl, mapping: str, expected: tuple[str, str, str]
) -> None:
    found = imported(coopctl, f'periods: "%d/%m/%Y"\n{mapping}', "kpi,period,value\ncsat,05/06/2026,9\n")[0]
    assert (*found[:2], found[2][: len(expected[2])]) == expected


@pytest.mark.parametrize(
    ("form", "written", "value"),
    [
        ("1234.5", "1234.5", "1234.5"),
        ("1234.5", "-1234.50", "-1234.50"),
        ("1234.5", "−7", "-7"),
        ("1,234.5", "1,234.5", "1234.5"),
        ("1,234.5", "1234.5", "1234.5"),
        ("1,234.5", "12,34", None),
        ("1,234.5", "1.234,5", None),
        ("1.234,5", "1.234,5", "1234.5"),
        ("1.234,5", "1.234", "1234"),
        ("1 234,5", "1 234,5", "1234.5"),
        ("1 234,5", "1\u00a0234,5", "1234.5"),
        ("1'234.5", "1'234.5", "1234.5"),
        ("1234,5", "1234,5", "1234.5"),
        ("1234.5", "1,234", None),
        ("1234.5", "1.5.2", None),
        ("1234.5", "5²", None),
        ("1234.5", "¥5", None),
        ("1234.5", "1" * 18 + "." + "1" * 12, "1" * 18 + "." + "1" * 12),
        ("1234.5", "1" * 19, None),
        ("1234.5", "0." + "1" * 13, None),
    ],
)
def test_numbers_are_read_as_the_mapping_says_and_never_guessed(
    coopctl: Coopctl, form: str, written: str, value: str | None
) -> None:
    found = imported(coopctl, f'numbers: "{form}"\n', f'kpi,period,value\ncsat,2026-01,"{written}"\n')[0]
    assert (found[1:] == (value, "added")) if value is not None else (found[2] not in ("added", "restated"))


@pytest.mark.parametrize(
    ("kpi", "expected"),
    [("share", "added"), ("csat", "95% for a figure that is not in %; write the number in the unit of the figure")],
)
def test_a_percent_sign_is_for_figures_in_percent(coopctl: Coopctl, kpi: str, expected: str) -> None:
    assert imported(coopctl, "", f"kpi,period,value\n{kpi},2026-01,95%\n")[0][2] == expected


def test_currencies_are_read_where_the_mapping_names_them(coopctl: Coopctl) -> None:
    table = "kpi,period,value\ncsat,2026-01,￥5\ncsat,2026-02,6 CNY\ncsat,2026-03,$7\n"
    found = imported(coopctl, 'currency: ["¥", "￥", CNY]\n', table)
    assert [each[1] for each in found] == ["5", "6", "$7"]
    assert found[2][2] == '"$7" has a currency; name it in a mapping file (--mapping) if it is right: currency: ["¥"]'


@pytest.mark.parametrize(("written", "value"), [("91.665", "91.67"), ("-91.665", "-91.67"), ("91.6", "91.6")])
def test_decimals_are_rounded_where_the_mapping_says_so(coopctl: Coopctl, written: str, value: str) -> None:
    assert imported(coopctl, "decimals: 2\n", f"kpi,period,value\ncsat,2026-01,{written}\n")[0][1] == value
