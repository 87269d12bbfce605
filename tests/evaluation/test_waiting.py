"""How near a right to end the agreement is, before it arises."""

import json

import pytest

from tests.conftest import Coopctl
from tests.evaluation.test_cases import CASES

NEAR = CASES / "trigger-near"


@pytest.mark.parametrize(
    ("as_of", "reached", "unrecorded", "said"),
    [
        pytest.param("2026-02-01", 1, [], "", id="one-of-three"),
        pytest.param("2026-04-10", 2, [], "2 of the 3 periods that give a right", id="march-not-due"),
        pytest.param("2026-04-11", 0, ["2026-03"], "no figure for 2026-03, which breaks the run", id="march-missing"),
    ],
)
def test_a_figure_not_due_keeps_a_run_and_a_missing_one_breaks_it(
    as_of: str, reached: int, unrecorded: list[str], said: str, coopctl: Coopctl
) -> None:
    """Nobody escapes a right by keeping a figure back: what breaks the run is pointed out."""
    report = json.loads(coopctl("check", NEAR, "--as-of", as_of, "--output-format", "json").out)
    (waiting,) = report["agreements"][0]["waiting"]
    assert (waiting["reached"], waiting["needed"], waiting["unrecorded"]) == (reached, 3, unrecorded)
    shown = " ".join(coopctl("check", NEAR, "--as-of", as_of).out.split())
    assert ("near exit: exit.triggers.chronic" in shown) is bool(said)
    assert said in shown
