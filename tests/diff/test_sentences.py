"""What a change is called in words: names and units, from what to what, for whom it is better."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.conftest import Coopctl
from tests.diff.samples import DEAL, compared, edited, put

EDITS = YAML(typ="safe", pure=True).load(Path(__file__).with_name("sentences.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", EDITS)
def test_a_change_is_told_in_a_sentence(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    edit = EDITS[name]
    put(tmp_path, DEAL, edited((edit["old"], edit["new"])))
    (change,) = compared(coopctl)["changes"]
    better, worse = (
        [party for party, effect in change["effects"].items() if effect == wanted]
        for wanted in ("favourable", "adverse")
    )
    assert (change["message"], better, worse) == (edit["says"], edit["better"], edit["worse"])


def test_the_past_is_told_as_such(coopctl: Coopctl, tmp_path: Path) -> None:
    base = edited(("start: 2026-09-01", "start: 2026-05-01"))
    put(tmp_path, base, edited(("target: -20%", "target: -25%"), text=base))
    tightened, rewritten = compared(coopctl)["changes"]
    assert tightened["name"] == "target-tightened"
    assert rewritten["name"] == "closed-period-retargeted"
    assert rewritten["message"] == (
        "Target of Hours in port rewritten for what has ended: 16 hours → 15 hours in 2026-05 to 2026-06"
    )
    assert (rewritten["direction"], rewritten["effects"]) == (
        "tightened",
        {"quay": "favourable", "crane": "adverse"},
    )


EXTENDED = (
    "Budget to date of Dredging rewritten for what has ended, since the term is another one: "
    "101,917.81 EUR → 81,400.44 EUR in 2026-05; 200,547.95 EUR → 160,175.05 EUR in 2026-06"
)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("end: 2027-04-30", "end: 2027-07-31", EXTENDED),
        ("breach: {worse_than: 18}", "breach: {worse_than: 19}",
         ("Breach level of Hours in port rewritten for what has ended (2026-05 to 2026-06): "
         "worse than 18 hours → worse than 19 hours")),
        ("aggregation: mean\n    baseline", "aggregation: max\n    baseline",
         "What has ended of Hours in port (2026-05 to 2026-06) is measured in another way: aggregation mean → max"),
        ("due: 2026-07-01, acc", "due: 2026-12-01, acc",
         "The due date of Second berth open, 2026-07-01, has passed, and would become 2026-12-01"),
        ("due: 2026-07-01, acc", "due: 2026-06-01, acc",
         "The new due date of Second berth open, 2026-06-01, has passed already; it was 2026-07-01"),
        ("start: 2026-05-01\n", "start: 2026-06-01\n",
         "The term begins on 2026-06-01 instead of 2026-05-01: days that have passed are no longer part of it"),
        ("end: 2027-04-30", "end: 2026-06-30",
         "The term ends on 2026-06-30 instead of 2027-04-30: on a day that has passed"),
        ("  load:\n", ("  calls: {name: Calls, unit: calls, direction: higher-is-better, frequency: monthly, "
         "aggregation: sum, target: 5}\n  load:\n"),
         "KPI Calls is judged for what is over as well: 2026-05 to 2026-06"),
    ],
)  # fmt: skip
def test_each_change_of_the_past_has_its_sentence(
    old: str, new: str, says: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    base = edited(
        ("start: 2026-09-01", "start: 2026-05-01"),
        ("end: 2027-08-31", "end: 2027-04-30"),
        ("start: 2026-10-01, due: 2026-12-01, acc", "start: 2026-05-01, due: 2026-07-01, acc"),
    )
    put(tmp_path, base, edited((old, new), text=base))
    assert says in [each["message"] for each in compared(coopctl)["changes"] if each["code"].startswith("CHG9")]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[2026-10-01]", "[2026-10-01, 2026-10-02]", "Calendar, holidays: 2026-10-02 added"),
        ("within: 30 days}, {step: med", "within: 20 days}, {step: med",
         "Disputes, ladder: negotiation (within 30 days → 20 days)"),
        ("{do: Return data, owner: crane}", "{do: Return data, owner: quay}",
         "Exit, wind down: Return data (owner Crane → Quay)"),
        ("{do: Ask, owner: bo}, {do: Answer, owner: cy}", "{do: Answer, owner: cy}, {do: Ask, owner: bo}",
         "Steps of Requests: now in the order Answer (owner Cy Example), Ask (owner Bo Example)"),
    ],
)  # fmt: skip
def test_lists_are_told_by_what_is_added_dropped_and_changed(
    old: str, new: str, says: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    base = edited(
        ("currency: EUR\n", "currency: EUR\ncalendar: {holidays: [2026-10-01]}\n"),
        ("disputes: {law: Law of Exampleland}", ("disputes: {law: Law of Exampleland, ladder: "
         "[{step: negotiation, within: 30 days}, {step: mediation, within: 30 days}]}")),
        ("clauses:\n", ("  wind_down: [{do: Return data, owner: crane}]\nprocesses:\n  asks: {name: Requests, steps: "
         "[{do: Ask, owner: bo}, {do: Answer, owner: cy}]}\nclauses:\n")),
    )  # fmt: skip
    put(tmp_path, base, edited((old, new), text=base))
    (change,) = compared(coopctl)["changes"]
    assert change["message"] == says


def test_names_come_from_both_versions(coopctl: Coopctl, tmp_path: Path) -> None:
    """A party that leaves is still called by its name."""
    base = edited(("  crane: {", "  bargee: {name: Inland Example Barges Ltd.}\n  crane: {"))
    head = DEAL
    put(tmp_path, base.replace("right_of: [quay],", "right_of: [quay, bargee],"), head)
    messages = [each["message"] for each in compared(coopctl)["changes"]]
    assert messages == [
        "Party removed: Inland Example Barges Ltd.",
        "Inland Example Barges Ltd. may no longer end the agreement (Slow for long)",
    ]


@pytest.mark.parametrize(
    ("party", "name", "called"),
    [
        ("quay", "Quay Example Ports Ltd.", "Quay"),
        ("quay", "QUAY", "QUAY"),
        ("quay", "Quayside Ports Ltd.", "Quayside Ports Ltd."),
        ("quay", "The Quay Ltd.", "The Quay Ltd."),
        ("甲方", "甲方示例科技有限公司", "甲方"),
        ("甲方", "示例甲方公司", "示例甲方公司"),
    ],
)
def test_what_a_party_is_called(party: str, name: str, called: str, coopctl: Coopctl, tmp_path: Path) -> None:
    text = (
        "coopctl: 1\nid: pact\ntitle: Pact\nversion: 1.0.0\nterm: {start: 2026-01-01, end: 2026-12-31}\n"
        f"parties: {{{party}: {{name: {name}}}, other: {{name: Other Ltd.}}}}\n"
    )
    put(tmp_path, text, text)
    assert compared(coopctl)["parties"] == {party: called, "other": "Other"}
