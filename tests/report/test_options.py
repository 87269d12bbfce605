"""What `coopctl report` takes, and what it refuses."""

import json
from pathlib import Path

import pytest

from coopctl.report.make import language_without_reports, languages
from tests.commands.deals import AS_OF, EXAMPLES, FIGURES, broken, kpi, ledger, terms, write
from tests.conftest import Coopctl

ALLIANCE = str(EXAMPLES / "delivery-alliance")
DATED = ("--as-of", "2026-07-15")


def test_the_kinds_are_listed(coopctl: Coopctl) -> None:
    ended = coopctl("report", "--list")
    assert ended.code == 0
    assert [line.split()[0] for line in ended.out.splitlines()] == [
        "monthly",
        "quarterly",
        "yearly",
        "scorecard",
        "closeout",
        "agreement",
        "charter",
        "data-sheet",
        "responsibilities",
    ]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--kind", "quartely"], "no report is called 'quartely'; did you mean `quarterly`?"),
        (["--lang", "zh-Hanz"], "no reports in 'zh-Hanz'; did you mean `zh-Han"),
        (["--lang", "fr"], "no reports in 'fr'"),
        (["--period", "2027-Q1"], "2027-Q1 lies outside the term 2026-01-01 to 2026-12-31"),
        (["--period", "2025"], "2025 lies outside the term"),
        (["--period", "Q2"], "'Q2' is not a period; write 2026-06, 2026-Q2, 2026-H1, 2026 or term"),
        (["--period", "2026-W05"], "2026-W05 is too short for a report"),
    ],
)
def test_what_cannot_be_reported_is_refused(options: list[str], told: str, coopctl: Coopctl) -> None:
    ended = coopctl("report", ALLIANCE, *DATED, *options)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


@pytest.mark.parametrize(
    ("as_of", "kind", "period"),
    [
        ("2026-07-15", "monthly", "2026-06"),
        ("2026-07-01", "monthly", "2026-06"),
        ("2026-06-30", "monthly", "2026-05"),
        ("2026-01-31", "monthly", "2026-01"),
        ("2026-07-15", "quarterly", "2026-Q2"),
        ("2026-07-15", "yearly", "2026"),
        ("2027-02-01", "quarterly", "2026-Q4"),
        ("2026-07-15", "closeout", "term"),
    ],
)
def test_the_last_complete_period_is_reported(as_of: str, kind: str, period: str, coopctl: Coopctl) -> None:
    """The first one where none is complete; the last of the term when that is over."""
    ended = coopctl("report", ALLIANCE, "--kind", kind, "--as-of", as_of, "--context")
    assert json.loads(ended.out)["period"]["key"] == period


def test_a_quarter_is_rolled_up_by_the_kpi_s_own_aggregation(coopctl: Coopctl) -> None:
    """(550 + 570 + 590) of (600 + 620 + 640) handed over on the agreed day is 91.9 %, not the mean of three rates."""
    context = json.loads(coopctl("report", ALLIANCE, *DATED, "--period", "2026-Q2", "--context").out)
    by_id = {each["id"]: each for each in context["kpis"]}
    rate = by_id["on-time-rate"]
    points = [each["actual"]["exact"] for each in rate["points"]]
    assert len(points) == 3 and rate["rolled_up"]
    assert rate["actual"]["text"] == "91.9%"
    days = by_id["delivery-days"]
    assert [each["actual"]["exact"] for each in days["points"]] == ["17.3", "16", "15.7"]
    assert days["actual"]["exact"] == "16.333333333333"
    assert by_id["admin-cost"]["actual"] == {"text": "CNY 520,900", "exact": "520900"}


def test_two_languages_stand_one_after_the_other(coopctl: Coopctl) -> None:
    both = coopctl("report", ALLIANCE, *DATED, "--lang", "en,zh-Hans").out
    alone = [coopctl("report", ALLIANCE, *DATED, "--lang", tag).out for tag in ("en", "zh-Hans")]
    assert both == "\n---\n\n".join(alone)


def test_the_agreement_s_language_counts_where_none_is_given(coopctl: Coopctl) -> None:
    given = coopctl("report", EXAMPLES / "lianhe-yunying", *DATED, "--lang", "zh-Hans").out
    assert coopctl("report", EXAMPLES / "lianhe-yunying", *DATED).out == given


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("zh", "zh-Hans"),
        ("zh-hans", "zh-Hans"),
        ("ZH-hans", "zh-Hans"),
        ("zh-Hans-CN", "zh-Hans"),
        ("zh_CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh_hk", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-Hant-CN", "zh-Hant"),
    ],
)
def test_a_language_is_understood_however_it_is_written(
    said: str, understood: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """By script, then by region; in the agreement as well as on the command line, but for `_`, which no tag has."""
    options = ("--kind", "scorecard", "--as-of", AS_OF, "--context")
    write(tmp_path, terms(kpi()))
    assert json.loads(coopctl("report", *options, "--lang", said).out)["language"] == understood
    if "_" not in said:
        write(tmp_path, terms(kpi(), more=f"language: {said}\n"))
        assert json.loads(coopctl("report", *options).out)["language"] == understood


def test_one_language_is_written_once(coopctl: Coopctl) -> None:
    given = coopctl("report", ALLIANCE, *DATED, "--lang", "zh-CN,zh-Hans,ZH").out
    assert given == coopctl("report", ALLIANCE, *DATED, "--lang", "zh-Hans").out


@pytest.mark.parametrize(
    ("wanted", "of_agreement", "instead_of"),
    [
        (None, "fr", "fr"),
        (None, "zh-Latn", "zh-Latn"),
        (None, "en-GB", None),
        (None, "zh-MO", None),
        ("en", "fr", None),
    ],
)
def test_english_stands_in_for_a_language_without_reports(
    wanted: str | None, of_agreement: str, instead_of: str | None
) -> None:
    assert language_without_reports(wanted, of_agreement) == instead_of
    if instead_of is not None:
        assert languages(wanted, of_agreement) == ("en",)


def test_a_report_goes_into_a_file(coopctl: Coopctl, tmp_path: Path) -> None:
    shown = coopctl("report", ALLIANCE, *DATED).out
    ended = coopctl("report", ALLIANCE, *DATED, "-o", tmp_path / "q2.md")
    assert (ended.code, ended.out) == (0, "")
    assert (tmp_path / "q2.md").read_text("utf-8") == shown


def test_an_agreement_is_never_written_over(coopctl: Coopctl, tmp_path: Path) -> None:
    path = write(tmp_path, terms(kpi()), ledger({"days": {"2026-01": "10"}}))
    before = path.read_text("utf-8")
    for name in ("agreement.yaml", "actuals/2026.yaml"):
        assert coopctl("report", "--as-of", AS_OF, "-o", name).code == 2
    assert path.read_text("utf-8") == before


def test_what_cannot_be_judged_is_not_reported(coopctl: Coopctl, tmp_path: Path) -> None:
    broken(tmp_path)
    ended = coopctl("report", "--as-of", AS_OF)
    assert (ended.code, ended.out) == (2, "")
    assert "SCH001" in ended.err


def test_a_report_is_about_one_agreement(coopctl: Coopctl, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name, terms(kpi()))
    ended = coopctl("report", "--as-of", AS_OF)
    assert ended.code == 2
    assert "name one of a/agreement.yaml, b/agreement.yaml" in ended.err


def test_without_any_figure_the_report_says_so(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi()))
    ended = coopctl("report", "--kind", "monthly", "--as-of", AS_OF)
    assert ended.code == 0
    assert "Nothing is recorded for January 2026." in ended.out


@pytest.mark.parametrize(
    ("kind", "period", "title"),
    [
        ("monthly", "2026-06", "monthly report, June 2026"),
        ("monthly", "2026", "report, 2026"),
        ("quarterly", "2026-Q2", "quarterly report, Q2 2026"),
        ("quarterly", "2026-H1", "report, H1 2026"),
        ("quarterly", "term", "report, the whole term"),
        ("yearly", "2026", "yearly report, 2026"),
        ("yearly", "2026-Q2", "report, Q2 2026"),
        ("scorecard", "2026", "scorecard, 2026"),
        ("data-sheet", "2026", "operating data, 2026"),
        ("closeout", "term", "closing report"),
    ],
)
def test_a_title_says_only_what_the_period_is(kind: str, period: str, title: str, coopctl: Coopctl) -> None:
    """No year is a monthly report."""
    ended = coopctl("report", ALLIANCE, *DATED, "--kind", kind, "--period", period)
    assert ended.out.partition("\n")[0] == f"# Northwind and Harborline delivery alliance: {title}"


@pytest.mark.parametrize(
    "name", ["|<script>alert(1)</script>", "](javascript:alert(1))", "`x` **y** # z", "a\\nb", "::error::x", "<!-- x"]
)
def test_names_from_the_files_stay_text(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """No cell border, link, HTML or heading comes of a name, wherever it lands."""
    from markdown_it import MarkdownIt

    write(tmp_path, terms(kpi(name=name), title=name), ledger({"days": {"2026-01": FIGURES["breach"] or ""}}))
    for kind in ("monthly", "quarterly", "yearly", "scorecard", "closeout"):
        text = coopctl("report", "--kind", kind, "--as-of", AS_OF).out
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
        children = [child for token in tokens for child in token.children or ()]
        types = {each.type for each in (*tokens, *children) if (each.type, each.content) != ("html_inline", "<br>")}
        assert not {"html_block", "html_inline", "link_open", "image", "code_inline"} & types
        assert "<script" not in text
