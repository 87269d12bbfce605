"""Every kind in every language: what is written is sound on the day, in the middle and at the end of the term."""

import json
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from coopctl.languages import LANGUAGES
from coopctl.starting.kinds import KINDS, content
from coopctl.starting.wording import wording
from tests.commands.schemas import problems_of_yaml
from tests.conftest import Coopctl
from tests.starting.conftest import Init

LATER = "LED012"
"""Figures that are overdue: nobody has recorded any in these tests."""

every_kind = pytest.mark.parametrize("kind", KINDS)
TARGETS = {
    "alliance": "delivery-days=20",
    "supply-chain": "on-time-rate=99.5",
    "technology": "development-cost=900000",
    "joint-venture": "venture-revenue=100",
    "marketing": "conversion-rate=100",
    "service": "availability=99.9",
}


def read(path: Path) -> Any:
    """Read a file with another reader of YAML."""
    return YAML(typ="safe").load(path.read_text("utf-8"))


def findings(coopctl: Coopctl, *arguments: str) -> list[str]:
    """Return what the linter finds, remarks included."""
    ended = coopctl("lint", "--output-format", "json", *arguments)
    assert ended.code == 0, ended.out
    return [each["code"] for agreement in json.loads(ended.out)["agreements"] for each in agreement["findings"]]


@pytest.mark.parametrize("language", LANGUAGES)
@every_kind
def test_what_is_written_is_sound_until_the_term_ends(
    kind: str, language: str, coopctl: Coopctl, init: Init, tmp_path: Path
) -> None:
    ended = init("--from", kind, "--lang", language)
    assert (ended.code, ended.err) == (0, "")
    assert findings(coopctl) == []
    term = read(tmp_path / "agreement.yaml")["term"]
    middle = term["start"] + (term["end"] - term["start"]) / 2
    assert findings(coopctl, "--ignore", LATER, "--as-of", middle.isoformat()) == []
    checked = coopctl("check", "--as-of", middle.isoformat())
    assert (checked.code, checked.err) == (0, "")
    assert " missing" in checked.out
    last = term["end"].isoformat()
    assert findings(coopctl, "--ignore", f"{LATER},EXT009", "--as-of", last) == []  # notice now runs past the end


@every_kind
def test_options_leave_it_sound(kind: str, coopctl: Coopctl, init: Init, tmp_path: Path) -> None:
    kpi = TARGETS[kind]
    parties = ("--party", "First Example Ltd.", "--party", "zweite=Second", "--party", "第三方示例有限公司")
    texts = ("--title", "A title", "--purpose", "A purpose", "--currency", "EUR", "--timezone", "Europe/Berlin")
    term = ("--start", "2026-02-28", "--end", "2026-08-26")
    assert init("--from", kind, *parties, *texts, *term, "--kpi", kpi).code == 0
    assert findings(coopctl, "--as-of", "2026-02-01") == []
    assert findings(coopctl, "--as-of", "2026-05-20", "--ignore", LATER) == []
    written = read(tmp_path / "agreement.yaml")
    names = {id_: party["name"] for id_, party in written["parties"].items()}
    assert names == {"first": "First Example Ltd.", "zweite": "Second", "第三方示例": "第三方示例有限公司"}
    said = [written[name] for name in ("title", "purpose", "currency", "timezone", "language")]
    assert said == ["A title", "A purpose", "EUR", "Europe/Berlin", "en"]
    assert written["term"]["start"] == date(2026, 2, 28)
    assert written["term"]["end"] == date(2026, 8, 26)
    id_, _, target = kpi.partition("=")
    (last,) = [each["target"] for each in written["kpis"].values()]
    assert list(written["kpis"]) == [id_]
    assert str(last if kind != "joint-venture" else list(last.values())[-1]) == target
    assert written["kpis"][id_]["weight"] == 100
    for shares in (written["economics"].get("cost_sharing"), written["economics"].get("revenue_sharing")):
        assert shares is None or list(shares.values()) == ["34%", "33%", "33%"]


def test_editors_find_nothing_wrong(coopctl: Coopctl, init: Init, tmp_path: Path) -> None:
    init("--from", "joint-venture", "--lang", "zh-Hans")
    text = (tmp_path / "agreement.yaml").read_text("utf-8")
    schema = text.partition("\n")[0].removeprefix("# yaml-language-server: $schema=")
    assert json.loads((tmp_path / schema).read_text("utf-8")) == json.loads(coopctl("schema", "agreement").out)
    assert problems_of_yaml(coopctl, "agreement", text) == []
    assert problems_of_yaml(coopctl, "ledger", (next((tmp_path / "actuals").iterdir())).read_text("utf-8")) == []


def test_the_kinds_differ() -> None:
    for section in ("kpis", "milestones", "responsibilities", "clauses"):
        ids = [id_ for kind in KINDS for id_ in content(kind)[section] if id_ != "kick-off"]
        assert len(ids) == len(set(ids)), section
    assert [content(kind)["mode"] for kind in KINDS] == list(KINDS)


@pytest.mark.parametrize(
    ("today", "start", "end"),
    [
        ("2026-01-31", date(2026, 2, 1), date(2027, 1, 31)),
        ("2026-02-01", date(2026, 3, 1), date(2027, 2, 28)),
        ("2026-12-31", date(2027, 1, 1), date(2027, 12, 31)),
    ],
)
def test_the_term_is_a_year_from_the_first_of_next_month(
    today: str, start: date, end: date, init: Init, tmp_path: Path
) -> None:
    assert init("--as-of", today).code == 0
    term = read(tmp_path / "agreement.yaml")["term"]
    assert (term["start"], term["end"]) == (start, end)


class NoonOfTheLastDayOfJune(datetime):
    """A clock that stands still, when it is July already where the day begins first."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "NoonOfTheLastDayOfJune":
        return cls(2026, 6, 30, 12, tzinfo=UTC).astimezone(tz)


@pytest.mark.parametrize(("zone", "start"), [("UTC", date(2026, 7, 1)), ("Pacific/Kiritimati", date(2026, 8, 1))])
def test_today_is_the_day_in_the_time_zone(
    zone: str, start: date, init: Init, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coopctl.cli.options.datetime", NoonOfTheLastDayOfJune)
    assert init("--timezone", zone).code == 0
    assert read(tmp_path / "agreement.yaml")["term"]["start"] == start


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("en", "USD", "UTC")),
        ("zh-CN", ("zh-Hans", "CNY", "Asia/Shanghai")),
        ("zh-Hant", ("zh-Hant", "CNY", "Asia/Shanghai")),
        ("zh_TW", ("zh-Hant", "TWD", "Asia/Taipei")),
        ("zh-Hant-HK", ("zh-Hant", "HKD", "Asia/Hong_Kong")),
        ("zh-MO", ("zh-Hant", "MOP", "Asia/Macau")),
        ("en-HK", ("en", "USD", "UTC")),
    ],
)
def test_currency_and_time_zone_follow_the_language(
    language: str, said: tuple[str, ...], init: Init, tmp_path: Path
) -> None:
    init("--lang", language)
    written = read(tmp_path / "agreement.yaml")
    assert tuple(written[name] for name in ("language", "currency", "timezone")) == said


def test_the_system_decides_on_the_language(init: Init, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, (name, language) in enumerate({"zh_HK.UTF-8": "zh-Hant", "C.UTF-8": "en", "fr_FR": "en"}.items()):
        monkeypatch.setenv("LANG", name)
        init(str(number))
        assert read(tmp_path / str(number) / "agreement.yaml")["language"] == language


@pytest.mark.parametrize(
    ("system", "options", "said"),
    [
        ("zh_TW.UTF-8", [], ("zh-Hant", "TWD")),
        ("zh_HK.UTF-8", ["--lang", "zh-Hant"], ("zh-Hant", "HKD")),
        ("zh_HK.UTF-8", ["--lang", "zh-TW"], ("zh-Hant", "TWD")),
        ("zh_TW.UTF-8", ["--lang", "zh-Hans"], ("zh-Hans", "CNY")),
        ("zh_TW.UTF-8", ["--currency", "EUR"], ("zh-Hant", "EUR")),
    ],
)
def test_the_region_of_the_system_counts_where_its_language_does(
    system: str, options: list[str], said: tuple[str, str], init: Init, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", system)
    init(*options)
    agreement = read(tmp_path / "agreement.yaml")
    assert (agreement["language"], agreement["currency"]) == said


@pytest.mark.parametrize(
    ("start", "end", "revenue", "cash"),
    [
        ("2026-07-01", "2027-06-30", {"2027-Q1": 450000, "2027-Q2": 1500000}, {"2026-10": 6}),
        ("2026-01-01", "2026-06-29", {"2026-Q2": 1500000}, {"2026-03": 6}),
        ("2026-01-01", "2035-12-31", {"2031-Q3": 450000, "2031-Q4": 1500000}, {"2028-04": 6}),
    ],
)
def test_a_joint_venture_is_judged_once_its_plan_says_so(
    start: str, end: str, revenue: dict[str, int], cash: dict[str, int], coopctl: Coopctl, init: Init, tmp_path: Path
) -> None:
    init("--from", "joint-venture", "--start", start, "--end", end)
    kpis = read(tmp_path / "agreement.yaml")["kpis"]
    assert (kpis["venture-revenue"]["target"], kpis["cash-reserve"]["target"]) == (revenue, cash)
    assert not any("baseline" in kpi for kpi in kpis.values())
    assert findings(coopctl, "--as-of", start) == []


def test_nothing_sold_before_the_first_customers_gives_nobody_a_right_to_leave(
    coopctl: Coopctl, init: Init, tmp_path: Path
) -> None:
    init("--from", "joint-venture", "--start", "2026-07-01")
    (tmp_path / "actuals" / "2026.yaml").write_text(
        "coopctl: actuals/1\nkpis: {venture-revenue: {2026-Q3: 0, 2026-Q4: 0, 2027-Q1: 450000}}\n", "utf-8"
    )
    ended = coopctl("check", "--as-of", "2027-05-01")
    assert ended.code == 0
    assert "kpis.venture-revenue@" not in ended.out
    assert "exit.triggers" not in ended.out


@pytest.mark.parametrize("language", LANGUAGES)
@every_kind
def test_only_who_suffers_may_leave_and_everybody_returns_data(
    kind: str, language: str, init: Init, tmp_path: Path
) -> None:
    init("--from", kind, "--lang", language)
    agreement = read(tmp_path / "agreement.yaml")
    parties = list(agreement["parties"])
    rights = {
        str(each["when"].get("event")): each["right_of"]
        for each in agreement["exit"]["triggers"].values()
        if each["when"] != "anytime"
    }
    for event in ("product-recall", "data-breach", "brand-damage"):
        assert rights.get(event, parties[:1]) == parties[:1]
    steps = agreement["exit"]["wind_down"]
    assert [step["owner"] for step in steps if step["do"] == steps[0]["do"]] == parties
    surviving = [name.removeprefix("clauses.") for name in agreement["exit"]["survival"] if "clauses." in name]
    assert set(surviving) <= set(agreement["clauses"])
    anytime = [each for each in agreement["exit"]["triggers"].values() if each["when"] == "anytime"]
    assert len(anytime) == (kind != "joint-venture")
    (line,) = agreement["budget"].values()
    assert (agreement["liability"]["cap"] == line["amount"]) == (kind == "service")  # what is paid in a year


@pytest.mark.parametrize("language", LANGUAGES)
@every_kind
def test_one_partys_failure_is_the_others_right(kind: str, language: str, init: Init, tmp_path: Path) -> None:
    parties = {"p1": "First", "p2": "Second", "p3": "Third"}
    init("--from", kind, "--lang", language, *(f"--party={id_}={name}" for id_, name in parties.items()))
    agreement = read(tmp_path / "agreement.yaml")
    failures = {
        id_: (each["when"]["event"], set(each["right_of"]))
        for id_, each in agreement["exit"]["triggers"].items()
        if isinstance(each["when"], dict) and any(party in id_ for party in parties)
    }
    say = wording(language).say
    wanted = ["material-breach", "insolvency"]
    wanted += {"alliance": ["change-of-control"], "technology": ["rights-challenged"]}.get(kind, [])
    owed = [("non-payment", id_) for id_ in (["p1"] if kind in ("service", "supply-chain") else parties)]
    named = {
        say("%(failure)s-of-%(party)s", failure=say(failure), party=id_): parties.keys() - {id_}
        for failure, id_ in [*((each, id_) for each in wanted for id_ in parties), *owed]
    }
    assert failures == {id_: (id_, others) for id_, others in named.items()}
    clauses = [f"clauses.{say(id_)}" for id_ in ("confidentiality-exceptions", "cap-exceptions")]
    assert agreement["exit"]["survival"][-2:] == clauses


@pytest.mark.parametrize(
    ("language", "currency", "target", "said"),
    [
        ("en", "CNY", "1500000", "Reach revenue of CNY 1,500,000 per quarter"),
        ("zh-Hans", "CNY", "1500000", "季度营业收入达到人民币150万元"),
        ("zh-Hans", "CNY", "1505000", "季度营业收入达到人民币1,505,000元"),
        ("zh-Hans", "GBP", "12340000", "季度营业收入达到GBP 1,234万"),
        ("zh-TW", "TWD", "1500000", "季度營業收入達到新臺幣150萬元"),
    ],
)
def test_sums_are_said_as_the_language_does(
    language: str, currency: str, target: str, said: str, init: Init, tmp_path: Path
) -> None:
    revenue = f"venture-revenue={target}"
    init("--from", "joint-venture", "--lang", language, "--currency", currency, "--kpi", revenue)
    (goal,) = read(tmp_path / "agreement.yaml")["goals"].values()
    assert goal["statement"] == said


def test_a_joint_venture_has_three_years(init: Init, tmp_path: Path) -> None:
    init("--from", "joint-venture", "--start", "2028-02-29")
    assert read(tmp_path / "agreement.yaml")["term"]["end"] == date(2031, 2, 28)


@every_kind
def test_the_example_in_the_ledger_holds(kind: str, coopctl: Coopctl, init: Init, tmp_path: Path) -> None:
    """Without the # in front it is what it says it is."""
    init("--from", kind, "--start", "2026-01-01")
    ledger = tmp_path / "actuals" / "2026.yaml"
    _, _, example = ledger.read_text("utf-8").partition("#\n")
    ledger.write_text(example.replace("# ", ""), "utf-8")
    assert findings(coopctl, "--as-of", "2026-01-20") == []
