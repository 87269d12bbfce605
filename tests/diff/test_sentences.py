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
        "Target of Hours in port rewritten for what has ended: 2026-05 to 2026-06: 16 hours → 15 hours"
    )
    assert (rewritten["direction"], rewritten["effects"]) == (
        "tightened",
        {"quay": "favourable", "crane": "adverse"},
    )


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
