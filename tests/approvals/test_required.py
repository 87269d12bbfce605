"""Whom a change needs: the older version's change control decides."""

from pathlib import Path

import pytest

from tests.approvals.samples import AFFECTED, NEW, OLD, standings, versions

EVERYBODY = ("north", "harbor", "quay")
ALL = AFFECTED.replace("affected-parties", "all-parties")


@pytest.mark.parametrize(
    ("control", "of_target", "of_cap"),
    [
        ("", EVERYBODY, EVERYBODY),
        (ALL, EVERYBODY, EVERYBODY),
        # North owes the figure and harbor benefits; the cap is everybody's.
        (AFFECTED, ("north", "harbor"), EVERYBODY),
    ],
    ids=["unsaid", "all", "affected"],
)
def test_change_control_says_who(
    control: str, of_target: tuple[str, ...], of_cap: tuple[str, ...], tmp_path: Path
) -> None:
    versions(tmp_path, NEW + control, OLD + control)
    found = standings()
    assert found["target-loosened"].required == of_target
    assert found["liability-cap-loosened"].required == of_cap


@pytest.mark.parametrize("control", ["", ALL], ids=["unsaid", "all"])
def test_a_change_cannot_loosen_its_own_gate(control: str, tmp_path: Path) -> None:
    versions(tmp_path, NEW + AFFECTED, OLD + control)
    found = standings()
    assert found["change-control-loosened"].required == EVERYBODY
    assert found["target-loosened"].required == EVERYBODY


def test_nor_does_a_tighter_one_count_before_it_is_agreed(tmp_path: Path) -> None:
    versions(tmp_path, NEW + ALL, OLD + AFFECTED)
    assert standings()["target-loosened"].required == ("north", "harbor")


def test_all_are_asked_where_nobody_can_be_said_to_be_better_or_worse_off(tmp_path: Path) -> None:
    versions(tmp_path, NEW.replace("unit: points", "unit: stars") + AFFECTED, OLD + AFFECTED)
    assert standings()["measure-changed"].required == EVERYBODY


def test_what_reaches_back_is_everybodys(tmp_path: Path) -> None:
    """The target of a year that has ended is another one; of the target itself only two parties are affected."""
    start = "start: 2025-01-01"
    old, new = (each.replace("start: 2026-01-01", start) + AFFECTED for each in (OLD, NEW))
    versions(tmp_path, new, old)
    found = standings()
    assert found["closed-period-retargeted"].required == EVERYBODY
    assert found["target-loosened"].required == ("north", "harbor")


def test_a_party_that_joins_is_not_asked_and_may_accept(tmp_path: Path) -> None:
    """It joins by signing the agreement."""
    joined = NEW.replace("  quay:", "  dock: {name: Dockside Example Ltd.}\n  quay:")
    versions(tmp_path, joined)
    found = standings()
    assert found["party-added"].required == found["target-loosened"].required == EVERYBODY


def test_a_party_that_was_renamed_is_asked_by_the_id_it_had(tmp_path: Path) -> None:
    old = "  harbor: {name: Harborline Example Co.}"
    new = NEW.replace(old, "  haven: {name: Harborline Example Co., renamed_from: harbor}")
    versions(tmp_path, new.replace("[harbor]", "[haven]") + AFFECTED, OLD + AFFECTED)
    assert standings()["target-loosened"].required == ("north", "harbor")


def test_a_party_that_leaves_is_asked(tmp_path: Path) -> None:
    versions(tmp_path, NEW.replace("  quay: {name: Quayside Example Ltd.}\n", ""))
    found = standings()
    assert found["party-removed"].required == found["target-loosened"].required == EVERYBODY


def test_what_is_not_material_needs_nobody(tmp_path: Path) -> None:
    new = OLD.replace("Delivery pact", "Pact").replace("frequency: yearly", "frequency: yearly\n    weight: 3")
    versions(tmp_path, new)
    assert standings() == {}
