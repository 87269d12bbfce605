"""Every kind of change has a pair of versions that it is found between, and is its mirror the other way round.

cases/KIND has base.yaml and head.yaml: sections that replace those of common.yaml.
"""

from pathlib import Path

import pytest

from coopctl.changes.change import turned
from coopctl.changes.kinds import KINDS, TOLD_BESIDE
from tests.changes.versions import HERE, OPPOSITE, compared

CASES = sorted(path for path in (HERE / "cases").iterdir())
BESIDES = {
    "closed-period-retargeted": "target-tightened",
    "closed-period-rejudged": "threshold-tightened",
    "closed-period-remeasured": "measure-changed",
    "past-verdicts-added": "kpi-added",
    "passed-date-moved": "due-date-loosened",
    "budget-amount-changed": "currency-changed",
    "liability-cap-changed": "currency-changed",
}
"""By a kind that comes with another change, since that reaches back or what it is stated in is another, that change."""
OF_LEDGERS = {"figure-rewritten", "figure-restated", "record-removed", "waiver-added"}


def texts(case: Path) -> tuple[str, str]:
    """Return the two versions of a case."""
    return (case / "base.yaml").read_text("utf-8"), (case / "head.yaml").read_text("utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_it_is_found(case: Path) -> None:
    """As the only change, but for what the same edit means besides."""
    found = [change.kind.name for change in compared(*texts(case))]
    besides = [BESIDES[case.name]] if case.name in BESIDES else []
    assert [each for each in found if case.name in BESIDES or each not in TOLD_BESIDE] == [*besides, case.name]


@pytest.mark.parametrize("case", [each for each in CASES if "rename" not in each.name], ids=lambda path: path.name)
def test_swapped_versions_give_the_mirror(case: Path) -> None:
    """Of each change: kind, direction, and the effect for each party. (Only a newer version says what it renamed.)"""
    base, head = texts(case)
    there = compared(base, head)
    back = compared(head, base)
    mirrored = [
        (
            change.kind.mirror,
            OPPOSITE[change.direction],
            {party: turned(each) for party, each in change.effects.items()},
        )
        for change in there
    ]
    assert sorted(map(str, mirrored)) == sorted(
        str((change.kind.name, change.direction, dict(change.effects))) for change in back
    )
    assert [(each.new, each.old) for each in there if "entry" not in each.kind.name] == [
        (each.old, each.new) for each in back
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_version_does_not_differ_from_itself(case: Path) -> None:
    for text in texts(case):
        assert compared(text, text) == []


def test_every_kind_has_a_case_or_is_the_mirror_of_one() -> None:
    named = {case.name for case in CASES}
    covered = named | {KINDS[name].mirror for name in named} | OF_LEDGERS
    assert sorted(set(KINDS) - covered) == []


def test_mirrors_are_mutual_or_their_lack_has_a_reason() -> None:
    for kind in KINDS.values():
        if kind.mirror is None:
            assert "Without a mirror:" in kind.meaning
        else:
            assert KINDS[kind.mirror].mirror == kind.name
            assert KINDS[kind.mirror].level == kind.level


def test_codes_and_names_are_unique() -> None:
    codes = [kind.code for kind in KINDS.values()]
    assert len(codes) == len(set(codes))
    assert all(len(code) == 6 and code[:3].isupper() and code[3:].isdigit() for code in codes)


def test_nothing_that_reaches_back_can_be_made_less() -> None:
    """The list of the never downgradable, and nothing else."""
    assert {kind.name for kind in KINDS.values() if kind.fixed} == {
        "closed-period-retargeted",
        "closed-period-rejudged",
        "closed-period-remeasured",
        "past-verdicts-added",
        "past-verdicts-dropped",
        "passed-date-moved",
        "term-back-dated",
        "term-post-dated",
        "term-cut-back",
        "term-revived",
        "figure-rewritten",
        "figure-restated",
        "record-removed",
        "waiver-added",
        "change-control-loosened",
    }
