"""What is given is what is written, or an error that says what is wrong with it."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from coopctl.starting.agreement import agreement_text
from coopctl.starting.answers import AnswerError, read_party
from coopctl.starting.wishes import ChosenKpi, Party, Wishes
from tests.conftest import Coopctl, Ended
from tests.starting.conftest import Init

HOSTILE = (
    "\"quotes\" and 'quotes'",
    "colon: and # sign",
    "- a list, [in, brackets] {and: braces}",
    "{{ 7 * 7 }} {% raw %} %(first)s %%",
    "::error::title=pwn ##[error]",
    "emoji 🤝 family 👩‍👩‍👧",
    "*alias &anchor !tag | > ? @ `",
    "null",
    "2026-06-30",
    "x" * 200,
)


def written(folder: Path) -> dict[str, object]:
    """Return what another reader of YAML finds in an agreement."""
    found: dict[str, object] = YAML(typ="safe").load((folder / "agreement.yaml").read_text("utf-8"))
    return found


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_is_only_text(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    ended = coopctl("init", "--yes", "--title", text, "--purpose", text, "--party", f"one={text}", "--party", "Two")
    assert (ended.code, ended.err) == (0, "")
    found = written(tmp_path)
    assert (found["title"], found["purpose"]) == (text, text)
    assert found["parties"]["one"]["name"] == text  # type: ignore[index]
    assert "\n::error" not in ended.out


UNSEEN = ("a\nb", "t\n::error::pwn", "a\tb", "\x1b[31mred", "a\x07b", "a\u202eb", "a\u2028b", "a\ufeffb")


@pytest.mark.parametrize("option", ["--title", "--party", "--purpose"])
@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_what_is_not_one_line_that_can_be_seen_is_refused(text: str, option: str, init: Init, tmp_path: Path) -> None:
    refused = Ended(2, "", f"error: {option}: write one line, without control characters\n")
    assert init(option, text) == refused
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("language", "names", "title"),
    [
        ("en", ["A1", "B1"], "Alliance of A1 and B1"),
        ("en", ["A1", "B1", "C1"], "Alliance of A1, B1 and C1"),
        ("zh-Hans", ["甲一", "乙一", "丙一"], "甲一、乙一与丙一战略合作协议"),
        ("zh-Hant", ["甲一", "乙一", "丙一"], "甲一、乙一與丙一戰略合作合約"),
        ("en", ["A" * 62, "B" * 62, "C" * 57], f"Alliance of {'A' * 62}, {'B' * 62} and {'C' * 57}"),
        ("en", ["A" * 62, "B" * 62, "C" * 58], f"Alliance of {'A' * 62} and 2 others"),
        ("en", ["A" * 200, "B" * 200], f"Alliance of {'A' * 187}…"),
    ],
    ids=["two", "three", "three-Hans", "three-Hant", "longest", "too-long", "two-too-long"],
)
def test_the_title_names_all_parties(language: str, names: list[str], title: str, init: Init, tmp_path: Path) -> None:
    assert init("--lang", language, *(f"--party=p{number}={name}" for number, name in enumerate(names))).code == 0
    assert written(tmp_path)["title"] == title


@settings(max_examples=20, deadline=None)
@given(*[st.text(min_size=1, max_size=60)] * 2)
def test_any_two_names_are_written_as_they_are_given_or_refused(first: str, second: str) -> None:
    parties: list[Party] = []
    try:
        for name in (first, second):
            parties.append(read_party(f"={name}" if "=" in name else name, parties))
    except AnswerError:
        return
    wishes = Wishes(
        kind="service",
        language="en",
        title=first.strip(),
        purpose=second.strip(),
        parties=tuple(parties),
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        kpis=(ChosenKpi("availability"),),
        currency="EUR",
        timezone="UTC",
    )
    found = YAML(typ="safe").load(agreement_text(wishes, "schema.json"))
    assert [party["name"] for party in found["parties"].values()] == [first.strip(), second.strip()]
    assert (found["title"], found["purpose"]) == (first.strip(), second.strip())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--title", " "], "--title: this cannot be empty"),
        (["--title", "x" * 201], "--title: 201 characters are too long; at most 200"),
        (["--purpose", "x" * 2001], "--purpose: 2001 characters are too long; at most 2000"),
        (["--title", "\udcff"], "--title: this is no text in UTF-8"),
        (["--party", ""], "--party: this cannot be empty"),
        (["--party", "a="], "--party: this cannot be empty"),
        (["--party", "One", "--party", "ONE "], "--party: two parties have the same name"),
        (["--party", "a=One", "--party", "A=Two"], "--party: two parties have the same id"),
        (["--party", "a b=One"], "--party: an id has letters, digits, - and _, and no blanks; this is none: a b"),
        (["--party", "x-a=One"], "--party: an id has letters, digits, - and _, and no blanks; this is none: x-a"),
        (["--party", "=One"], "--party: an id has letters, digits, - and _, and no blanks; this is none: "),
        (
            [f"--party=p{number}=Party {number}" for number in range(13)],
            "--party: there are at most 12 parties",
        ),
        (["--start", "2026-02-30"], "--start: this is no date; write year, month and day: 2026-06-30"),
        (
            ["--start", "2026-02-01", "--end", "2026-01-31"],
            "--end: the term would end before it starts on 2026-02-01",
        ),
        (
            ["--start", "2026-01-01", "--end", "2026-06-28"],
            "--end: the term would have 179 days; the plan is laid out for 180 days to 10 years",
        ),
        (
            ["--start", "2026-01-01", "--end", "2036-01-01"],
            "--end: the term would have 3653 days; the plan is laid out for 180 days to 10 years",
        ),
        (["--currency", "eur"], "--currency: this is no currency; write three capital letters: CNY"),
        (["--timezone", "Mars/Base"], "--timezone: no time zone is called so; write one such as Asia/Shanghai"),
        (["--lang", "fr"], "--lang: there is no such language; there are en, zh-Hans, zh-Hant"),
        (
            ["--kpi", "uptime"],
            "--kpi: there is no KPI uptime here; there are delivery-days, csat, joint-revenue, teamwork",
        ),
        (["--kpi", "csat", "--kpi", "csat=93"], "--kpi: csat is chosen twice"),
        (["--kpi", "csat=good"], "--kpi: this is no number; write it plain, such as 95 or 99.5"),
        (
            ["--kpi", "csat=0"],
            "--kpi: this leaves no room for its thresholds, or is above 100; choose another target",
        ),
        (
            ["--kpi", "teamwork=100.1"],
            "--kpi: this leaves no room for its thresholds, or is above 100; choose another target",
        ),
        (
            ["--kpi", "csat=100.1"],
            "--kpi: this leaves no room for its thresholds, or is above 100; choose another target",
        ),
        (["--party", "working_group=One"], "--party: this id means something else in an agreement: working_group"),
        (["--party", "kpis=One"], "--party: this id means something else in an agreement: kpis"),
        (["--party", "Board=One"], "--party: this id means something else in an agreement: Board"),
        (["--party", "董事会=One"], "--party: this id means something else in an agreement: 董事会"),
        (
            ["--kpi", "teamwork=15"],
            "--kpi: this leaves no room for its thresholds, or is above 100; choose another target",
        ),
        (
            ["--from", "supply-chain", "--kpi", "stock-days=15"],
            "--kpi: its target is a range; change it in the file",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_written(
    options: list[str], message: str, init: Init, tmp_path: Path
) -> None:
    assert init(*options) == Ended(2, "", f"error: {message}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options",
    [
        ["--start", "2026-01-01", "--end", "2026-06-29"],
        ["--start", "2026-01-01", "--end", "2035-12-31"],
        ["--start", "2028-02-29"],
        ["--title", "x" * 200, "--purpose", "x" * 2000],
        [f"--party=p{number}=Party {number}" for number in range(12)],
        ["--kpi", "teamwork=100"],
        ["--kpi", "csat=100"],
        ["--kpi", "delivery-days=101"],
        ["--party", "working-group=One"],
        ["--kpi", "teamwork=15.1%"],
    ],
)
def test_the_last_that_can_be_used_is_used(options: list[str], init: Init, coopctl: Coopctl) -> None:
    assert init(*options).code == 0
    assert coopctl("lint", "--fail-on", "warning", "--as-of", "2026-01-01").code == 0


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Northwind Example Software Co., Ltd.", "northwind"),
        ("The O'Hara Company", "ohara"),
        ("Müller & Söhne GmbH", "müller"),
        ("北风示例科技有限公司", "北风示例科技"),
        ("北風示例科技股份有限公司", "北風示例科技"),
        ("Q", "party-a"),
        ("!!!", "party-a"),
        ("🤝", "party-a"),
        ("x-ray Example", "party-a"),
        ("Goals Ltd.", "party-a"),
        ("Donaudampfschifffahrtsgesellschaft", "party-a"),
    ],
)
def test_ids_come_from_names(name: str, id_: str, init: Init, tmp_path: Path) -> None:
    assert init("--party", name).code == 0
    assert list(written(tmp_path)["parties"]) == [id_, "delivery-partner"]  # type: ignore[call-overload]


def test_ids_differ_where_names_begin_alike(init: Init, tmp_path: Path) -> None:
    init("--party", "North Star", "--party", "North Harbor", "--party", "North")
    assert list(written(tmp_path)["parties"]) == ["north", "north-harbor", "party-c"]  # type: ignore[call-overload]


def test_no_member_has_the_id_of_a_party(init: Init, coopctl: Coopctl, tmp_path: Path) -> None:
    init(
        "--party",
        "north=North",
        "--party",
        "north-lead=Lead",
        "--party",
        "North-Lead-2=Second",
        "--as-of",
        "2026-01-01",
    )
    assert list(written(tmp_path)["working_group"]["members"]) == [  # type: ignore[index]
        "north-lead-3",
        "north-deputy",
        "north-lead-lead",
        "north-lead-deputy",
        "North-Lead-2-lead",
        "North-Lead-2-deputy",
    ]
    assert coopctl("lint", "--fail-on", "info", "--as-of", "2026-01-01").code == 0


def test_a_kpi_may_be_named_in_the_language_of_the_agreement(init: Init, tmp_path: Path) -> None:
    init("--lang", "zh-Hans", "--kpi", "客户满意度=90", "--kpi", "delivery-days")
    found = written(tmp_path)["kpis"]
    assert {id_: kpi["target"] for id_, kpi in found.items()} == {"客户满意度": 90, "项目交付周期": 25}  # type: ignore[attr-defined]


def test_a_placeholder_baseline_is_never_better_than_the_target(init: Init, tmp_path: Path) -> None:
    init("--kpi", "delivery-days=40", "--kpi", "csat=70")
    found = written(tmp_path)["kpis"]
    assert [kpi["baseline"]["value"] for kpi in found.values()] == [40, 70]  # type: ignore[attr-defined]
