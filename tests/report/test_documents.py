"""The documents around an agreement: numbered clauses, signatures, the charter, the data form, who does what."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from coopctl.languages import LANGUAGES
from coopctl.report.numerals import chinese_numeral, clause_numeral, party_letter
from tests.commands.deals import EXAMPLES, kpi, ledger, quoted, terms, write
from tests.conftest import Coopctl
from tests.report.test_golden import DATES, rows, tokens_of

KINDS = ("agreement", "charter", "data-sheet", "responsibilities")
EVERYWHERE = [(example, tag) for example in DATES for tag in LANGUAGES]
AS_OF = "2026-07-15"
BLANK = "________"

PARTIES = "parties: {north: {name: North Example Ltd.}, harbor: {name: Harbor Example Ltd.}}\n"


def agreement(more: str = "", term: str = "start: 2026-01-01, end: 2026-12-31", parties: str = PARTIES) -> str:
    """Write an agreement that has only what it must have, and `more`."""
    return f"coopctl: 1\nid: sample\ntitle: A sample deal\nversion: 1.0.0\n{parties}term: {{{term}}}\n{more}"


def document(coopctl: Coopctl, path: Path | str, kind: str = "agreement", tag: str = "en", as_of: str = AS_OF) -> str:
    """Return a document."""
    ended = coopctl("report", path, "--kind", kind, "--lang", tag, "--as-of", as_of)
    assert (ended.code, ended.err) == (0, "")
    return ended.out


def clauses(text: str, tag: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each clause: its number as it is written, its title, and the numbers of its sub-clauses."""
    pattern = (
        r"^## (\d+)\. (.+)$" if tag == "en" else r"^## 第(.+?)条 (.+)$" if tag == "zh-Hans" else r"^## 第(.+?)條 (.+)$"
    )
    for section in re.split(r"(?=^## )", text, flags=re.MULTILINE):
        heading = re.match(pattern, section, re.MULTILINE)
        if heading:
            yield heading[1], heading[2], re.findall(r"^(\d+\.\d+) ", section, re.MULTILINE)


@pytest.mark.parametrize(("example", "tag"), EVERYWHERE)
def test_clauses_are_numbered_without_gaps(example: str, tag: str, coopctl: Coopctl) -> None:
    found = list(clauses(document(coopctl, EXAMPLES / example, tag=tag, as_of=DATES[example]), tag))
    assert len(found) >= 15
    for number, (numeral, _, subs) in enumerate(found, 1):
        assert numeral == clause_numeral(tag, number)
        assert subs and subs == [f"{number}.{sub}" for sub in range(1, len(subs) + 1)]


@pytest.mark.parametrize(("example", "tag"), EVERYWHERE)
def test_every_reference_names_a_clause_and_its_heading(example: str, tag: str, coopctl: Coopctl) -> None:
    text = document(coopctl, EXAMPLES / example, tag=tag, as_of=DATES[example])
    there = {(numeral, title) for numeral, title, _ in clauses(text, tag)}
    pattern = {
        "en": r"clause (\d+) \(([^)]+)\)",
        "zh-Hans": r"第([一二三四五六七八九十]+)条（([^）]+)）",
        "zh-Hant": r"第([一二三四五六七八九十]+)條（([^）]+)）",
    }
    found = re.findall(pattern[tag], text)
    assert len(found) >= 6
    assert set(found) <= there


def test_only_what_the_agreement_has_becomes_a_clause(coopctl: Coopctl, tmp_path: Path) -> None:
    path = write(
        tmp_path, agreement("disputes: {law: Exampleland}\nexit: {survival: [disputes, liability, Old debts]}\n")
    )
    text = document(coopctl, path)
    assert [title for _, title, _ in clauses(text, "en")] == [
        "Definitions and interpretation",
        "Term and renewal",
        "Governing law and disputes",
        "Winding down and survival",
    ]
    assert text.split("after the end of this agreement:\n\n")[1].startswith(
        "- clause 3 (Governing law and disputes)\n- liability\n- Old debts\n"
    )


@pytest.mark.parametrize(
    ("renewal", "told"),
    [
        (
            "{mode: automatic, for: 12 months, notice: 60 days}",
            ["renewed automatically for 12 months, unless", "no later than on 1 November 2026"],
        ),
        ("{mode: automatic}", ["is renewed automatically.", "new last day"]),
        ("{mode: by-agreement, for: 1 year}", ["only if the parties agree on it; a renewal lasts 1 year."]),
        ("{mode: by-agreement, notice: 1 month}", ["no later than on 30 November 2026"]),
        ("{mode: none}", ["is not renewed"]),
    ],
)
def test_a_renewal_says_by_when_notice_is_due(renewal: str, told: list[str], coopctl: Coopctl, tmp_path: Path) -> None:
    """60 days before 31 December is 1 November; a month before it is the last of November."""
    term = f"start: 2026-01-01, end: 2026-12-31, renewal: {renewal}"
    text = document(coopctl, write(tmp_path, agreement(term=term)))
    assert [each for each in told if each not in text] == []


CONDITIONS = [
    ("days", "lower-is-better", "10", "{worse_than: 12.50}", "above 12.5 days"),
    ("days", "lower-is-better", "10", "{at_or_worse_than: 12}", "12 days or above"),
    ("points", "higher-is-better", "90", "{worse_than: 80}", "below 80 points"),
    ("points", "higher-is-better", "90", "{at_or_worse_than: 1}", "1 point or below"),
    ('"%"', "higher-is-better", "90", "{off_by_more_than: 2}", "off by more than 2 points"),
    ('"%"', "higher-is-better", "90", "{off_by_at_least: 1}", "off by 1 point or more"),
    ('"%"', "higher-is-better", "90", "{off_by_more_than: 5%}", "off by more than 5% of the target"),
    ("days", "within-range", "{min: 8, max: 10}", "{off_by_at_least: 0.25}", "off by 0.25 days or more"),
    (
        "days",
        "lower-is-better",
        "10",
        "[{worse_than: 12}, {off_by_more_than: 5%}]",
        "above 12 days<br>off by more than 5%",
    ),
]


@pytest.mark.parametrize(("unit", "direction", "target", "threshold", "told"), CONDITIONS)
def test_conditions_are_said_in_words(
    unit: str, direction: str, target: str, threshold: str, told: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """As exact as they were agreed, and with the side on which it is worse."""
    one = kpi(unit=unit, direction=direction, target=target, thresholds=f"{{warn: {threshold}}}")
    assert f"| {told}" in document(coopctl, write(tmp_path, terms(one)))


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("16", "| 16 days |"),
        ("-12.5%", "| 17.5 days (baseline −12.5%) |"),
        ("{2026-07: 15, 2026-01: 18.25}", "| from January 2026: 18.25 days<br>from July 2026: 15 days |"),
    ],
)
def test_targets_are_exact_and_in_order_of_time(target: str, told: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """12.5 % less than 20 is 17.5."""
    assert told in document(coopctl, write(tmp_path, terms(kpi(target=target, baseline="{value: 20}"))))


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ("off_by_more_than: 5 days", "late by more than 5 days"),
        ("off_by_at_least: 1", "late by 1 day or more"),
        ("off_by_more_than: 2.5", "late by more than 2.5 days"),
        ("off_by_more_than: 3 business days", "late by more than 3 business days"),
        ("off_by_at_least: 10%", "late by 10% of the planned time or more"),
    ],
)
def test_delays_are_said_in_words(limit: str, told: str, coopctl: Coopctl, tmp_path: Path) -> None:
    pilot = f"{{start: 2026-02-01, due: 2026-03-01, thresholds: {{breach: {{{limit}}}}}}}"
    text = document(coopctl, write(tmp_path, agreement(f"plan: {{milestones: {{pilot: {pilot}}}}}\n")))
    assert f"| pilot | – | {told} |" in text
    assert ("business days are" in text.casefold()) is ("business" in limit)


def test_the_calendar_is_written_down_where_it_matters(coopctl: Coopctl, tmp_path: Path) -> None:
    more = (
        "calendar: {weekend: [fri, sat], holidays: [2026-05-01], workdays: [2026-05-08], year_starts: 4}\n"
        "governance: {escalation: [{to: north, within: 3 business days}], reviews: {frequency: yearly}}\n"
    )
    text = document(coopctl, write(tmp_path, agreement(more)))
    assert "Business days are all days except Friday and Saturday." in text
    assert "The following are not business days either: 1 May 2026." in text
    assert "would otherwise be days off: 8 May 2026." in text
    assert "Years begin in April and are called by the calendar year in which they begin" in text


@pytest.mark.parametrize(("example", "tag"), EVERYWHERE)
def test_every_party_has_a_place_to_sign(example: str, tag: str, coopctl: Coopctl) -> None:
    """A seal is asked for in Chinese."""
    text = document(coopctl, EXAMPLES / example, tag=tag, as_of=DATES[example])
    wanted = {
        "en": ["Name", "Office", "Signature", "Date"],
        "zh-Hans": ["姓名", "职务", "签字", "盖章", "日期"],
        "zh-Hant": ["姓名", "職務", "簽名", "蓋章", "日期"],
    }[tag]
    blocks = re.split(r"^### ", text, flags=re.MULTILINE)[1:]
    count = 3 if example == "lianhe-yunying" else 2
    assert [each[: 7 if tag == "en" else 2] for each in blocks] == (
        ["Party A", "Party B", "Party C"] if tag == "en" else ["甲方", "乙方", "丙方"]
    )[:count]
    for block in blocks:
        lines = re.findall(r"^- (\w+)[:：]\s*(.+)$", block, re.MULTILINE)
        assert [name for name, _ in lines] == wanted
        assert all(BLANK in text for name, text in lines if name in (wanted[2], wanted[-1]))


def test_a_signature_is_told_with_the_version_that_was_signed(coopctl: Coopctl, tmp_path: Path) -> None:
    signatures = (
        "signatures:\n  north: {by: Ann Example, date: 2026-01-01, version: 1.0.0}\n"
        "  harbor: {by: Bo Example, date: 2025-12-01, version: 0.9.0}\n"
    )
    north, harbor = document(coopctl, write(tmp_path, agreement(signatures))).split("### ")[1:]
    assert "Signed by Ann Example on 1 January 2026, version 1.0.0." in north
    assert BLANK not in north
    assert "Bo Example signed version 0.9.0 on 1 December 2025, which is not this version." in harbor
    assert f"Signature: {BLANK}" in harbor


@pytest.mark.parametrize(
    ("status", "told"), [("draft", "**Draft: "), ("suspended", "suspended"), ("ended", "has ended")]
)
def test_a_status_is_told_at_the_top(status: str, told: str, coopctl: Coopctl, tmp_path: Path) -> None:
    path = write(tmp_path, agreement(f"status: {status}\n"))
    assert told in document(coopctl, path).split("## ")[0]
    assert told.strip("*") in document(coopctl, path, "charter").split("## ")[0]


def test_the_matrix_has_the_letters_of_the_agreement(coopctl: Coopctl) -> None:
    """As in examples/delivery-alliance: kim and jonas do the data sheet, harborline answers for it."""
    text = document(coopctl, EXAMPLES / "delivery-alliance", "responsibilities")
    header, first, second = list(rows(tokens_of(text)))[:3]
    north, harbor = "Northwind Example Software Co., Ltd.", "Harborline Example Logistics Co., Ltd."
    assert header == ["Task", north, harbor, "Mei Lin", "Jonas Petrov", "Kim Duarte"]
    assert first == ["Collect and publish operating data", "I", "A", "C", "R", "R"]
    assert second[1:] == ["A", "I", "–", "R", "–"]


def test_a_wide_matrix_has_numbers_for_names(coopctl: Coopctl, tmp_path: Path) -> None:
    parties = "parties:\n" + "".join(f"  p{n}: {{name: Example {n} Ltd.}}\n" for n in range(1, 31))
    others = ", ".join(f"p{n}" for n in range(2, 31))
    task = f"responsibilities: {{t: {{task: Work, accountable: p1, responsible: [p1], informed: [{others}]}}}}\n"
    text = document(coopctl, write(tmp_path, agreement(task, parties=parties)), "responsibilities")
    found = list(rows(tokens_of(text)))
    assert found[0] == ["Task", *map(str, range(1, 31))]
    assert found[1] == ["Work", "R, A", *["I"] * 29]
    assert found[3:5] == [["1", "Example 1 Ltd."], ["2", "Example 2 Ltd."]]


CHAIR = "working_group: {{chair: {{mode: rotating, every: {every}, order: [north, harbor]}}}}\n"
NORTH, HARBOR = "North Example Ltd.", "Harbor Example Ltd."


@pytest.mark.parametrize(
    ("term", "every", "turns"),
    [
        (
            "start: 2026-01-01, end: 2026-12-31",
            "6 months",
            [(NORTH, "1 January 2026", "30 June 2026"), (HARBOR, "1 July 2026", "31 December 2026")],
        ),
        (  # every turn is counted from 31 January, so that the short February shifts nothing
            "start: 2026-01-31, end: 2026-05-15",
            "1 month",
            [
                (NORTH, "31 January 2026", "27 February 2026"),
                (HARBOR, "28 February 2026", "30 March 2026"),
                (NORTH, "31 March 2026", "29 April 2026"),
                (HARBOR, "30 April 2026", "15 May 2026"),
            ],
        ),
        (
            "start: 2026-01-01, end: 2026-01-20",
            "2 weeks",
            [(NORTH, "1 January 2026", "14 January 2026"), (HARBOR, "15 January 2026", "20 January 2026")],
        ),
        ("start: 2026-01-01, end: 2026-12-31", "1 day", []),  # too many to list
        ("start: 2026-01-01, end: 2026-12-31", "4 hours", []),
    ],
)
def test_the_chair_rotates_from_the_first_day_of_the_term(
    term: str, every: str, turns: list[tuple[str, str, str]], coopctl: Coopctl, tmp_path: Path
) -> None:
    text = document(coopctl, write(tmp_path, agreement(CHAIR.format(every=every), term=term)), "charter")
    assert f"each turn lasts {every}" in text
    assert [tuple(cells) for cells in rows(tokens_of(text))][1:] == turns


def test_the_data_sheet_has_what_is_recorded(coopctl: Coopctl) -> None:
    """June 2026 of examples/delivery-alliance: 59 of 64 on the agreed day; a pilot that was done in May is left out."""
    text = document(coopctl, EXAMPLES / "delivery-alliance", "data-sheet")
    found = {cells[0].split("<br>")[0]: cells[1:] for cells in rows(tokens_of(text))}
    assert found["Projects handed over on the agreed day (%)"][1:5] == [
        "90.0%",
        "Numerator and denominator",
        "59 ÷ 64 = 92.2%",
        "Final",
    ]
    assert found["Monthly active users (users)"][3:5] == ["59,100 users", "Provisional"]
    assert found["Administrative cost of the alliance (CNY)"][2:4] == ["Value of the period alone", "CNY 82,700"]
    assert found["Milestone: First region live"][1:4] == ["30 Jun 2026", "–", "In progress"]
    assert found["Interfaces and test systems"][1:4] == ["CNY 30,000", "CNY 34,200", "CNY 210,000"]
    assert "Milestone: Pilot live in one warehouse" not in found
    assert BLANK not in text


def test_spend_says_who_recorded_it(coopctl: Coopctl, tmp_path: Path) -> None:
    facts = "coopctl: actuals/1\nspend:\n  ads:\n"
    facts += "    2026-06-03: {value: 400.25, by: north, note: Fair}\n    2026-06-20: {value: 600, by: Zoe}\n"
    path = write(tmp_path, agreement("currency: EUR\nbudget: {ads: {amount: 12000, party: harbor}}\n"), facts)
    text = document(coopctl, path, "data-sheet", as_of="2026-07-15")
    found = [cells for cells in rows(tokens_of(text)) if cells[0] == "ads"]
    planned, spent = "EUR 986.30", "EUR 1,000.25"  # June is 30 of 365 days: 12,000 × 30 ÷ 365
    assert found == [["ads", "Harbor Example Ltd.", planned, spent, spent, "North Example Ltd. and Zoe", "Fair"]]


def test_a_chair_can_have_more_than_one_turn_in_a_row(coopctl: Coopctl, tmp_path: Path) -> None:
    more = "working_group: {chair: {mode: rotating, every: 4 months, order: [north, north, harbor]}}\n"
    text = document(coopctl, write(tmp_path, agreement(more)), "charter")
    assert f"in the order {NORTH}, {NORTH} and {HARBOR}, from" in text
    assert [cells[0] for cells in rows(tokens_of(text))][1:] == [NORTH, NORTH, HARBOR]


def test_a_milestone_is_as_it_was_at_the_end_of_the_month(coopctl: Coopctl) -> None:
    """In March the joint process was done on the 25th; in February it was not."""
    text = coopctl(
        "report", EXAMPLES / "delivery-alliance", "--kind", "data-sheet", "--period", "2026-02", "--as-of", AS_OF
    ).out
    later = coopctl(
        "report", EXAMPLES / "delivery-alliance", "--kind", "data-sheet", "--period", "2026-03", "--as-of", AS_OF
    ).out
    name = "Milestone: Joint delivery process in force"
    states = [{cells[0]: cells[3:5] for cells in rows(tokens_of(each))}[name] for each in (text, later)]
    assert states == [["–", "In progress"], ["25 Mar 2026", "Done"]]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_an_empty_data_sheet_has_blanks_and_no_figure(tag: str, coopctl: Coopctl) -> None:
    """Recorded figures, names of those who recorded them, and what is done are left to be filled in."""
    asked = ("report", EXAMPLES / "delivery-alliance", "--kind", "data-sheet", "--lang", tag, "--as-of", AS_OF)
    filled, empty = coopctl(*asked).out, coopctl(*asked, "--empty").out
    for figure in ("15.7", "59 ÷ 64", "82,700", "88.4", "54,300", "262,300"):
        assert figure in filled and figure not in empty
    assert BLANK in empty
    blanks = [cells for cells in rows(tokens_of(empty)) if any(BLANK in cell for cell in cells)]
    assert len(blanks) == 3 + 3 + 9 + 3  # tasks, rows for more, figures due for June, budget lines
    assert all(cell.strip() for cells in rows(tokens_of(empty)) for cell in cells)


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_least_agreement_gives_a_sensible_document(kind: str, tag: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """No empty section, table, list or sentence; it says so where there is nothing to say."""
    text = document(coopctl, write(tmp_path, agreement()), kind, tag)
    tokens = tokens_of(text)
    headings = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
    assert text.endswith("\n") and "\n\n\n" not in text and len(text) > 100
    assert [tokens[each + 1].content for each, other in pairwise(headings) if other == each + 3][1:] == []
    assert headings[-1] + 3 < len(tokens)
    assert not re.search(r"\bNone\b|Undefined|%\(|: *$", text, re.MULTILINE)
    assert list(rows(tokens)) == []


def test_many_parties_and_clauses(coopctl: Coopctl, tmp_path: Path) -> None:
    """Thirty parties, forty KPIs, a hundred milestones."""
    parties = "parties:\n" + "".join(f"  p{n}: {{name: Example {n} Ltd.}}\n" for n in range(1, 31))
    kpis = "".join(kpi(f"k{n}", f"KPI {n}", owner=f"p{n % 30 + 1}") for n in range(40))
    plan = "plan:\n  milestones:\n" + "".join(
        f"    m{n}: {{due: 2026-05-01, owner: p{n % 30 + 1}}}\n" for n in range(100)
    )
    text = document(coopctl, write(tmp_path, agreement(f"kpis:\n{kpis}{plan}", parties=parties)))
    assert "**Party AD: Example 30 Ltd.**" in text
    assert len(re.findall(r"^### Party ", text, re.MULTILINE)) == 30
    assert "| m99 | Party J | – | 1 May 2026 | – |" in text


HOSTILE = [
    "|<script>alert(1)</script>",
    "](javascript:alert(1))",
    "`x` **y** # z",
    "1. a",
    "<!-- x",
    "{{ 7 * 7 }}",
    "%(x)s",
]


@pytest.mark.parametrize(
    ("name", "tag"), [*((name, "en") for name in HOSTILE), *((HOSTILE[0], tag) for tag in LANGUAGES[1:])]
)
def test_names_stay_text_in_every_document(name: str, tag: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """The same cells, headings and lists as with a plain name; no link and no HTML."""
    shapes: list[list[tuple[str, str, int]]] = []
    for shown in ("Plain", name):
        path = write(tmp_path / str(len(shapes)), everything_called(shown), ledger({"days": {"2026-06": "11"}}))
        for kind in KINDS:
            text = document(coopctl, path, kind, tag)
            tokens = MarkdownIt("commonmark").enable("table").parse(text.replace("<br>", " "))
            inline = [child.type for token in tokens for child in token.children or ()]
            assert not {"html_block", "html_inline", "link_open", "image", "code_inline"} & {
                *inline,
                *(token.type for token in tokens),
            }
            shapes.append([(token.type, token.tag, len(re.findall(r"\d+\.\d+ ", token.content))) for token in tokens])
    assert shapes[: len(KINDS)] == shapes[len(KINDS) :]


def everything_called(name: str) -> str:
    """Write an agreement in which all that can be named has this name."""
    text = quoted(name)
    return (
        f"coopctl: 1\nid: sample\ntitle: {text}\nversion: 1.0.0\npurpose: {text}\nvision: {text}\n"
        f"parties:\n  north: {{name: {text}, address: {text}, business: {text}, contributes: {text}, "
        f"representative: {{name: {text}, title: {text}}}, notices: {{email: {text}, address: {text}}}}}\n"
        f"  harbor: {{name: {text}}}\nterm: {{start: 2026-01-01, end: 2026-12-31}}\n"
        f"scope: {{includes: [{text}], territories: [{text}]}}\n"
        f"goals: {{g: {{statement: {text}, kpis: [days], owner: north}}}}\nkpis:\n"
        + kpi(name=name, owner="bo", source=text, unit=text)
        + f"responsibilities: {{t: {{task: {text}, accountable: north, responsible: [bo], deliverable: {text}}}}}\n"
        f"working_group: {{members: {{bo: {{name: {text}, party: north, role: {text}}}}}, "
        "chair: {mode: single, order: [bo]}}\n"
        f"plan: {{phases: {{p: {{name: {text}, start: 2026-01-01, end: 2026-12-31, deliverables: [{text}]}}}}, "
        f"milestones: {{m: {{name: {text}, phase: p, owner: bo, due: 2026-06-30, deliverable: {text}}}}}}}\n"
        f"budget: {{b: {{name: {text}, party: north, amount: 100}}}}\n"
        f"resources: {{r: {{name: {text}, unit: {text}, capacity: 2, "
        "allocations: [{to: plan.phases.p, amount: 1}]}}\n"
        f"risks: {{r: {{name: {text}, response: {text}, triggers: [kpis.days.warn], contingency: [{text}]}}}}\n"
        f"governance: {{bodies: {{c: {{name: {text}, members: [north]}}}}, escalation: [{{to: c, within: 1 day}}]}}\n"
        f"communication: {{meetings: {{m: {{name: {text}, frequency: weekly, agenda: [{text}]}}}}, "
        f"channels: {{chat: {text}}}, sharing: {{s: {{content: {text}, from: north, to: [harbor], via: {text}}}}}}}\n"
        f"processes: {{p: {{name: {text}, steps: [{{do: {text}, output: {text}}}]}}}}\n"
        f"activities: {{a: {{name: {text}, kind: training}}}}\nconfidentiality: {{covers: [{text}]}}\n"
        f"liability: {{breach: {text}}}\ndisputes: {{law: {text}, ladder: [{{step: court, body: {text}}}]}}\n"
        f"exit: {{triggers: {{x: {{name: {text}, when: {{event: {text}}}, right_of: [north]}}}}, "
        f"wind_down: [{{do: {text}}}], survival: [{text}]}}\n"
        f"clauses: {{c: {{title: {text}, text: {text}}}}}\namendments: [{{summary: {text}}}]\n"
        f"signatures: {{north: {{by: {text}, date: 2026-01-01, version: 0.9.0}}}}\n"
    )


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        *((1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (25, "二十五"), (99, "九十九")),
        *((100, "一百"), (101, "一百零一"), (110, "一百一十"), (111, "一百一十一"), (250, "二百五十")),
    ],
)
def test_clauses_in_chinese_have_chinese_numerals(number: int, numeral: str) -> None:
    assert chinese_numeral(number) == numeral
    assert clause_numeral("zh-Hant", number) == numeral
    assert clause_numeral("en", number) == str(number)


def test_parties_are_told_apart_however_many_there_are() -> None:
    assert [party_letter("en", index) for index in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
    assert [party_letter("zh-Hans", index) for index in (0, 1, 9, 10, 29)] == ["甲", "乙", "癸", "十一", "三十"]
