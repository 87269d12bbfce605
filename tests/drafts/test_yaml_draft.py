"""What single changes of a YAML file look like, and which are refused."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coopctl.drafts.values import Entry, Plain, Value
from coopctl.drafts.yaml_draft import YamlDraft
from coopctl.errors import CoopctlError
from coopctl.parsing import read_source
from coopctl.places import Path as DataPath
from coopctl.source import Source
from tests.drafts.operations import OPERATIONS, Operation, said_by

CORPUS = Path(__file__).parent / "corpus"


def put(text: str, path: DataPath, value: Value) -> str:
    draft = YamlDraft("ledger.yaml", text)
    draft.put(path, value)
    return draft.text


def append(text: str, path: DataPath, value: Value) -> str:
    draft = YamlDraft("ledger.yaml", text)
    draft.append(path, value)
    return draft.text


def refusal(text: str, path: DataPath, value: Value) -> str:
    draft = YamlDraft("ledger.yaml", text)
    with pytest.raises(CoopctlError) as caught:
        draft.put(path, value)
    assert draft.text == text
    return str(caught.value)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1  # one\n", "a: 2  # one\n"),
        ("a: '1'\n", "a: 2\n"),
        ("a: &x 1\n", "a: &x 2\n"),
        ("a:   1\n", "a:   2\n"),
        ("a:\n", "a: 2\n"),
        ("a: ~ # none\n", "a: 2 # none\n"),
        ("{a: 1, b: 2}\n", "{a: 2, b: 2}\n"),
        ('{"a": "1"}', '{"a": 2}'),
        ("a: >-\n  one\n  two\nb: 1\n", "a: 2\nb: 1\n"),
        ("a: one\n  two # x\n", "a: 2 # x\n"),
    ],
)
def test_a_value_is_exchanged_and_what_is_around_it_stays(before: str, after: str) -> None:
    assert put(before, ("a",), Plain("2")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 90, about # x\n", "a:\n  - value: 90, about # x\n  - {value: 2}\n"),
        ("a: [90]\n", "a: [90, {value: 2}]\n"),
        ("a: {value: 90}\n", "a:\n  - {value: 90}\n  - {value: 2}\n"),
        ("a: '90, about'\n", "a:\n  - {value: '90, about'}\n  - {value: 2}\n"),
        ("a: &x\n  value: 90\n  note: b\n", "a:\n  - &x\n    value: 90\n    note: b\n  - {value: 2}\n"),
        ("a:\n- 90\n", "a:\n- 90\n- {value: 2}\n"),
        ("a:\n  -\n    value: 90\n", "a:\n  -\n    value: 90\n  - {value: 2}\n"),
    ],
)
def test_what_stands_alone_becomes_the_first_of_a_list(before: str, after: str) -> None:
    assert append(before, ("a",), Entry(value=Plain("2"))) == after


def test_changes_of_one_draft_add_up() -> None:
    draft = YamlDraft("ledger.yaml", "coopctl: actuals/1\n")
    draft.put(("kpis", "csat", "2026-05"), Entry(value=Plain("90")))
    draft.put(("kpis", "csat", "2026-06"), Entry(value=Plain("91")))
    draft.append(("kpis", "csat", "2026-05"), Entry(value=Plain("92")))
    draft.append(("events",), Entry(date=Plain("2026-06-30")))
    assert draft.text == (
        "coopctl: actuals/1\n"
        "kpis:\n"
        "  csat:\n"
        "    2026-05:\n"
        "      - {value: 90}\n"
        "      - {value: 92}\n"
        "    2026-06: {value: 91}\n"
        "events:\n"
        "  - {date: 2026-06-30}\n"
    )


FIGURES: dict[DataPath, Value] = {
    ("kpis", "csat", "2026-06"): Entry(value=Plain("1")),
    ("kpis", "csat", "2026-07"): Entry(value=Plain("2")),
    ("kpis", "cost", "2026-06"): Entry(value=Plain("3")),
    ("kpis", "cost", "2026-07"): Plain("4"),
    ("kpis", "delay", "2026-08"): Entry(value=Plain("5")),
    ("spend", "marketing", "2026-06"): Plain("6"),
}


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.yaml")), ids=lambda each: each.stem)
def test_values_that_are_put_together_are_written_as_one_after_the_other(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    try:
        together, each_alone = (YamlDraft("ledger.yaml", text) for _ in range(2))
        for place, value in FIGURES.items():
            each_alone.put(place, value)
    except CoopctlError:
        return
    together.put_all(FIGURES)
    assert together.data == each_alone.data
    assert said_by(together.text) == said_by(each_alone.text)
    assert together.text == each_alone.text


def test_values_that_are_put_together_are_put_all_or_none() -> None:
    text = "kpis:\n  csat: {2026-05: 90}\n"
    draft = YamlDraft("ledger.yaml", text)
    draft.put_all({})
    with pytest.raises(CoopctlError) as caught:
        draft.put_all({("kpis", "csat", "2026-06"): Plain("1"), ("kpis", "csat"): Plain("2")})
    assert str(caught.value) == "ledger.yaml:2: kpis.csat is there already; write it by hand"
    assert draft.text == text
    draft.put_all({("kpis", "csat", "2026-05"): Plain("1"), ("kpis", "csat", "2026-07"): Plain("2")})
    assert draft.text == "kpis:\n  csat: {2026-05: 1, 2026-07: 2}\n"


MORE: dict[DataPath, list[Value]] = {
    ("kpis", "csat", "2026-05"): [Entry(value=Plain("1")), Entry(value=Plain("2"))],
    ("kpis", "csat", "2026-06"): [Entry(value=Plain("3"))],
    ("kpis", "cost", "2026-05"): [Entry(value=Plain("4"))],
    ("kpis", "delay", "2026-05"): [Entry(value=Plain("5"))],
    ("kpis", "delay", "2026-08"): [Entry(value=Plain("6")), Entry(value=Plain("7"))],
    ("events",): [Entry(date=Plain("2026-06-30")), Entry(date=Plain("2026-07-01"))],
    ("waivers",): [Entry(date=Plain("2026-06-30"))],
}


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.yaml")), ids=lambda each: each.stem)
def test_what_is_appended_together_is_written_as_one_after_the_other(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    try:
        together, each_alone = (YamlDraft("ledger.yaml", text) for _ in range(2))
        for place, values in MORE.items():
            for value in values:
                each_alone.append(place, value)
    except CoopctlError:
        return
    together.append_all(MORE)
    assert together.data == each_alone.data
    assert said_by(together.text) == said_by(each_alone.text)


def test_what_is_appended_together_is_appended_all_or_nothing() -> None:
    text = "kpis:\n  csat: {2026-05: 90}\n  cost: &cost {2026-05: 1}\n  delay: *cost\n"
    draft = YamlDraft("ledger.yaml", text)
    draft.append_all({})
    with pytest.raises(CoopctlError):
        draft.append_all({("kpis", "csat", "2026-05"): [Plain("1")], ("kpis", "delay", "2026-05"): [Plain("2")]})
    with pytest.raises(CoopctlError):  # it would say so of the delay as well
        draft.append_all({("kpis", "csat", "2026-05"): [Plain("1")], ("kpis", "cost", "2026-05"): [Plain("2")]})
    assert draft.text == text


def test_many_are_appended_in_no_more_than_a_few_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(path: str, text: str) -> Source:
        read.append(path)
        return read_source(path, text)

    monkeypatch.setattr("coopctl.drafts.yaml_draft.read_source", counted)
    months = [f"20{year:02}-{month:02}" for year in range(50) for month in range(1, 13)]
    draft = YamlDraft("ledger.yaml", "kpis:\n  csat:\n" + "".join(f"    {month}: 90\n" for month in months))
    draft.append_all({("kpis", "csat", month): [Entry(value=Plain("91"))] for month in months})
    assert len(read) == 2
    assert draft.text.count("- {value: 91}") == 600


def test_what_is_there_already_and_what_is_the_users_own_is_refused() -> None:
    text = "a: {b: 1}\nl: [1]\nx-own: {c: 1}\n"
    assert refusal(text, ("a",), "text") == "ledger.yaml:1: a is there already; write it by hand"
    assert refusal(text, ("a", "b"), {"c": "1"}) == "ledger.yaml:1: a.b is there already; write it by hand"
    assert refusal(text, ("a", "b", "c"), "1") == "ledger.yaml:1: a.b is no mapping; write it by hand"
    assert refusal(text, ("l", "c"), "1") == "ledger.yaml:2: l is no mapping; write it by hand"
    assert refusal(text, ("x-own", "c"), "2") == "ledger.yaml:3: x-own.c is the user's own; write it by hand"


@pytest.mark.parametrize("sign", ["|", ">", "|-", ">2+"])
def test_the_comment_beside_a_block_of_text_stays(sign: str) -> None:
    assert put(
        f"a:\n  note: {sign}  # agreed by phone\n    text\n    # no comment\n  b: 1\n", ("a", "note"), "new"
    ) == ("a:\n  note: new  # agreed by phone\n  b: 1\n")


def test_a_key_is_taken_out() -> None:
    for text, path, expected in (
        ("a: {b: 1, c: 2}\n", ("a", "b"), "a: {c: 2}\n"),
        ("a: {b: 1, c: 2}\n", ("a", "c"), "a: {b: 1}\n"),
        ("a: {\n  b: 1,\n  c: 2,\n}\n", ("a", "c"), "a: {\n  b: 1,\n}\n"),
        ("a:\n  b: 1  # one\n  c: 2\n", ("a", "c"), "a:\n  b: 1  # one\n"),
        ("a:\n  b: |\n    text\n\n  c: 2", ("a", "b"), "a:\n  c: 2"),
        ("b: 1\r\nc: 2\r\n", ("c",), "b: 1\r\n"),
        ("- {b: 1}\n", (0, "b"), None),
        ("a: {b: 1, c: 2}\n", ("a", "d"), None),
        ("a:\n  b: 1  # one\n  c: 2\n", ("a", "b"), None),
    ):
        draft = YamlDraft("ledger.yaml", text if text[0] != "-" else f"l:\n{text}")
        if expected is None:
            with pytest.raises(CoopctlError):
                draft.drop_all([path if text[0] != "-" else ("l", *path)])
            continue
        draft.drop_all([path])
        assert draft.text == expected


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        ("a: # all\n- 1\n- 2  # two\n# of 3\n- 3\n- 4\n", [0, 3], "a: # all\n- 2  # two\n# of 3\n- 3\n"),
        ("a:\n  - b: |\n      text\n\n  - 2\nc: 3\n", [0], "a:\n\n  - 2\nc: 3\n"),
        ("a: # all\n- 1\n- 2", [0, 1], "a: [] # all\n"),
        ("a: &all # all\n- 1\n- 2\nb: 1\n", [0, 1], "a: &all [] # all\nb: 1\n"),
        ("a:\n  &all\n  - 1\n", [0], "a:\n  &all []\n"),
        ("a: &all\n- 1\n- 2\n", [0], "a: &all\n- 2\n"),
        ("a: &all [\n  1,\n]\n", [0], "a: &all []\n"),
        ("a: [1, [2, 3], {b: 4}]\n", [0, 2], "a: [[2, 3]]\n"),
        ("a: [\n  1,\n  2,\n]\n", [1], "a: [\n  1,\n]\n"),
        ("a: [1, 2]\n", [0, 1], "a: []\n"),
        ("a: [ 1, 2 , ]\n", [0, 1], "a: []\n"),
        ("a: [{b: 1},]\n", [0], "a: []\n"),
        ('{"a": [\n  1,\n  2\n]}\n', [0, 1], '{"a": []}\n'),
        ("a: &all [1, 2]\nb: *all\n", [1], None),
        ("a:\n  - &one {c: 1}\n  - *one\n", [0], None),
        ("a: {b: 1}\n", [0], None),
        ("a: [1]\n", [1], None),
        ("b: [1]\n", [0], None),
    ],
)
def test_entries_are_taken_out_of_a_list(text: str, numbers: list[int], expected: str | None) -> None:
    draft = YamlDraft("ledger.yaml", text)
    if expected is None:
        with pytest.raises(CoopctlError, match="write it by hand"):
            draft.remove(("a",), numbers)
    else:
        draft.remove(("a",), numbers)
    assert draft.text == (expected or text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n  - 1\n  - 2\n", {}),
        ("a: # all\n  - 1  # one\n  - 2\n# end\n", {0: "its comment"}),
        ("a:\n  # one\n\n  - 1\n  - 2\n", {0: "its comment"}),
        ("a:\n  - b: 1 # b\n    c: 2\n  # two\n  - 2\n", {0: "its comment", 1: "its comment"}),
        ("a:\n  - b: 1\n    # no c\n  - 2\n", {0: "its comment", 1: "its comment"}),
        ("a:\n  - 1\n\n    # of one\n", {0: "its comment"}),
        ("a:\n  - 1\n  # of the list\nb:\n    # of b\n    c: 1\n", {}),
        ("a:\n- # what - if\n  b: 1\n- 2\n", {0: "its comment"}),
        ("a:\n  - |\n    # text\n  - '# text'\n  - b # c\n", {2: "its comment"}),
        ("a:\n  - | # text\n    text\n  - 1\n", {0: "its comment"}),
        ("a:\n  - {b: 1, x-b: 2}\n  - 2\n  - {b: {x-c: 1}}\n", {0: "its key x-b", 2: "its key x-c"}),
        ("a:\r\n  # one\r\n  - 1\r\n  - 2\r\n", {0: "its comment"}),
        ("a: [1, 2] # all\n", {0: "its comment", 1: "its comment"}),
        ("a: [1,\n 2]\n# b\n", {}),
        ("a: [ # one\n  1,\n  2,\n  3\n]\n", {0: "its comment"}),
        ("a: [\n  1, # one\n  2,\n  3\n]\n", {0: "its comment", 1: "its comment"}),
        ("a: [\n  1,\n  2,\n  # two\n]\n", {1: "its comment"}),
        ("a: [\n  1, 2, # both\n  3, 4\n]\n", {0: "its comment", 1: "its comment", 2: "its comment"}),
        ("a: [\n  {b: 1, # b\n   c: 2},\n  2]\n", {0: "its comment"}),
        ("a: [{x-b: 1}, '# 2']\n", {0: "its key x-b"}),
    ],
)
def test_an_entry_with_a_comment_or_a_key_of_ones_own_is_not_taken_out(text: str, expected: dict[int, str]) -> None:
    draft = YamlDraft("ledger.yaml", text)
    assert draft.annotated(("a",)) == expected
    for number, what in expected.items():
        with pytest.raises(CoopctlError, match=rf": a\[{number}\] stays because of {what}; write it by hand"):
            draft.remove(("a",), [number])
    assert draft.text == text


def test_a_text_under_a_key_of_the_users_own_keeps_its_line_ends() -> None:
    text = "a: {b: 1}\nx-own: |+\n  text\n\n\n"
    assert put(text, ("c",), Plain("1")) == f"{text}c: 1\n"


@pytest.mark.parametrize("name", ["json-line", "json-pretty"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_json_stays_json(name: str, operation: Operation) -> None:
    text = (CORPUS / f"{name}.yaml").read_text("utf-8")
    draft = YamlDraft("ledger.yaml", text)
    operation.act(draft)
    assert json.loads(draft.text)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(words, st.sampled_from(["a: 1\n", "b: {a: 1}\n", '{"a": 1}', "b:\n  - a: 1\n"]))
@example("null", "a: 1\n")
@example("  two blanks  ", "a: 1\n")
@example("a\u2028b\x85c\x00\x7f", "a: 1\n")
@example("#", "b: {a: 1}\n")
@example("yes", '{"a": 1}')
def test_any_text_is_read_as_it_was_meant(word: str, text: str) -> None:
    """By other readers, too; a word that they might take for something else stands in quotes."""
    draft = YamlDraft("ledger.yaml", text)
    draft.put(("note",), word)
    assert draft.data["note"] == word
    assert said_by(draft.text)["note"] == word


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("c:\n  2026-03: 1\n  2026-05: 2\n", "c:\n  2026-03: 1\n  2026-04: x\n  2026-05: 2\n"),
        ("c:\n  2026-03: 1 # a\n  # b\n  2026-05: 2\n", "c:\n  2026-03: 1 # a\n  2026-04: x\n  # b\n  2026-05: 2\n"),
        ("c: # a\n  # b\n\n  2026-05: 2\n", "c: # a\n  2026-04: x\n  # b\n\n  2026-05: 2\n"),
        ("c:\n  2026-03: |\n    t\n\n  2026-05: 2\n", "c:\n  2026-03: |\n    t\n  2026-04: x\n\n  2026-05: 2\n"),
        ("c:\n  2026-03:\n  2026-05: 2\n", "c:\n  2026-03:\n  2026-04: x\n  2026-05: 2\n"),
        ("c: {2026-03: 1, 2026-05: 2}\n", "c: {2026-03: 1, 2026-04: x, 2026-05: 2}\n"),
        ("c: {\n  2026-03: 1, # a\n  2026-05: 2 }\n", "c: {\n  2026-03: 1, # a\n  2026-04: x,\n  2026-05: 2 }\n"),
        ("c: {\n  2026-03: 1\n  , 2026-05: 2}\n", "c: {\n  2026-03: 1\n  , 2026-04: x\n  , 2026-05: 2}\n"),
        ("c: {\n  2026-05: 2, # a\n}\n", "c: {\n  2026-04: x,\n  2026-05: 2, # a\n}\n"),
        ("c: {\n  2026-05: 2, 2026-06: 3}\n", "c: {\n  2026-04: x, 2026-05: 2, 2026-06: 3}\n"),
        ("c:\n  2026-05: 1\n  2026-03: 2\n", "c:\n  2026-05: 1\n  2026-03: 2\n  2026-04: x\n"),
        ("c:\n  2026-06: 1\n  2026-05: 2\n", "c:\n  2026-06: 1\n  2026-05: 2\n  2026-04: x\n"),
        ("c:\n  pilot: 1\n", "c:\n  pilot: 1\n  2026-04: x\n"),
        ("c:\n  ? 2026-05\n  : 2\n", "c:\n  2026-04: x\n  ? 2026-05\n  : 2\n"),
        ("c:\n  ? 2026-03\n  : 2\n", "c:\n  ? 2026-03\n  : 2\n  2026-04: x\n"),
        ("c:\n  ? # a?\n    2026-05\n  : 2\n", "c:\n  2026-04: x\n  ? # a?\n    2026-05\n  : 2\n"),
        ("c: {\n  ? 2026-05\n  : 2 }\n", "c: {\n  2026-04: x, ? 2026-05\n  : 2 }\n"),
        ("? c\n: 2026-05: 1\n  2026-06: 2\n", "? c\n: 2026-05: 1\n  2026-06: 2\n  2026-04: x\n"),
    ],
    ids=[
        "between",
        "comments between",
        "comments above",
        "text",
        "nothing",
        "braces",
        "lines",
        "leading commas",
        "first line",
        "first of a line",
        "no order",
        "backwards",
        "no periods",
        "behind a question mark",
        "after a question mark",
        "a question mark above",
        "a question mark in braces",
        "no line above",
    ],
)
def test_a_period_goes_where_it_belongs(before: str, after: str) -> None:
    assert put(before, ("c", "2026-04"), "x") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("c:\n  - 2026-05: 1\n", "c:\n  - 2026-05: 1\n    2026-04: x\n"),
        ("c:\n- - 2026-05: 1\n", "c:\n- - 2026-05: 1\n    2026-04: x\n"),
        ("c:\n  - 2026-03: 1\n    2026-05: 1\n", "c:\n  - 2026-03: 1\n    2026-04: x\n    2026-05: 1\n"),
        ("c:\n  -\n    2026-05: 1\n", "c:\n  -\n    2026-04: x\n    2026-05: 1\n"),
    ],
)
def test_a_period_before_all_others_goes_to_the_end_where_a_dash_is_before_them(before: str, after: str) -> None:
    path = ("c", 0, 0) if "- -" in before else ("c", 0)
    assert put(before, (*path, "2026-04"), "x") == after


@given(st.permutations(["2026-01", "2026-02", "2026-04", "2026-06"]), st.sampled_from(["c:\n", "c: {}\n", "d: 1\n"]))
def test_periods_that_are_put_together_stand_in_order(periods: list[str], start: str) -> None:
    """As they do one after the other."""
    together, one_by_one = YamlDraft("a.yaml", start), YamlDraft("a.yaml", start)
    together.put_all({("c", period): Plain("1") for period in periods})
    for period in periods:
        one_by_one.put(("c", period), Plain("1"))
    assert list(together.data["c"]) == sorted(periods)
    assert together.text == one_by_one.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("c: {\n  # a\n}\n", "c: {\n  # a\n  k: x\n}\n"),
        ("c: { # a\n    # b\n  }\n", "c: { # a\n    # b\n    k: x\n  }\n"),
        ("c: { # a\n}\n", "c: { # a\n  k: x\n}\n"),
        ("c: {\r\n# a\r\n}", "c: {\r\n# a\r\nk: x\r\n}"),
    ],
)
def test_what_goes_below_a_comment_in_brackets_stands_beside_it(before: str, after: str) -> None:
    assert put(before, ("c", "k"), "x") == after


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("{by: # who?\n  , note: # why?\n  } # m\n", ("a", "by"), "{by: 9 # who?\n  , note: # why?\n  } # m\n"),
        ("{by: # who?\n  , note: # why?\n  } # m\n", ("a", "note"), "{by: # who?\n  , note: 9 # why?\n  } # m\n"),
        ("{b: # none\n  # yet\n  }\n", ("a", "b", "c"), "{b: {c: 9} # none\n  # yet\n  }\n"),
        ("{b: , c: 1}\n", ("a", "b"), "{b: 9 , c: 1}\n"),
        (
            "{\n  2026-01: 1 # jan\n  , # old\n  2026-03: 3\n}\n",
            ("a", "2026-02"),
            "{\n  2026-01: 1 # jan\n  , # old\n  2026-02: 9,\n  2026-03: 3\n}\n",
        ),
        (
            "{\r\n  2026-01: 1 # jan\r\n  , # old\r\n}\r\n",
            ("a", "2026-02"),
            "{\r\n  2026-01: 1 # jan\r\n  , # old\r\n  2026-02: 9\r\n}\r\n",
        ),
        ("{\n  b: 1 # b\n  , c: 3 # c\n  }\n", ("a", "d"), "{\n  b: 1 # b\n  , c: 3 # c\n  , d: 9\n  }\n"),
        (
            "{ 2026-01: 1, 2026-03: 3, # mar\n    2026-05: 5 }\n",
            ("a", "2026-04"),
            "{ 2026-01: 1, 2026-03: 3, # mar\n    2026-04: 9,\n    2026-05: 5 }\n",
        ),
    ],
)
def test_comments_and_commas_in_braces_stay_where_they_are(text: str, path: DataPath, expected: str) -> None:
    draft = YamlDraft("ledger.yaml", f"a: {text}")
    draft.put(path, Plain("9"))
    assert draft.text == f"a: {expected}"
