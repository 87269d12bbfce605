"""Thirty different faults, in an agreement and its ledger, are all told in one run."""

import shutil
from pathlib import Path

from tests.conftest import Coopctl
from tests.lint.samples import lint

CASE = Path(__file__).with_name("thirty-faults")
AS_OF = "2026-07-01"


def test_all_thirty_are_told_in_the_order_of_the_files(coopctl: Coopctl, tmp_path: Path) -> None:
    """`expected.txt` is what is printed, word for word."""
    shutil.copytree(CASE, tmp_path, dirs_exist_ok=True)
    ended = lint(coopctl, as_of=AS_OF)
    assert (ended.code, ended.err) == (1, "")
    assert ended.out == (CASE / "expected.txt").read_text("utf-8")


def test_they_are_thirty_kinds(coopctl: Coopctl, tmp_path: Path) -> None:
    shutil.copytree(CASE, tmp_path, dirs_exist_ok=True)
    told = lint(coopctl, as_of=AS_OF).out.splitlines()[:-1]
    assert len(told) == len({line.split(": ")[1].split()[0] for line in told}) == 30
    places = [(line.split(":")[0] != "agreement.yaml", *map(int, line.split(":")[1:3])) for line in told]
    assert places == sorted(places)
    assert {path for path, _, _ in places} == {False, True}


def test_none_of_them_goes_away_by_itself(coopctl: Coopctl, tmp_path: Path) -> None:
    """They all take a decision: --fix changes nothing."""
    shutil.copytree(CASE, tmp_path, dirs_exist_ok=True)
    ended = lint(coopctl, "--fix", as_of=AS_OF)
    assert (ended.out, ended.err) == ((CASE / "expected.txt").read_text("utf-8"), "")
    for file in ("agreement.yaml", "actuals/2026.yaml"):
        assert (tmp_path / file).read_bytes() == (CASE / file).read_bytes()
