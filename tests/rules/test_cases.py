"""Every folder below cases/ is one rule: what it objects to, where, in which words, and what it lets pass.

`bad.coop.yaml` shows the fault in all its variants, on the bad side of each boundary; `ok.coop.yaml` has the nearest
things that are not reported. A ledger stands beside each as `bad-actuals.yaml` and `ok-actuals.yaml`. `bad.txt` is what

    coopctl lint bad.coop.yaml --select CODE --as-of 2026-07-01 --output-format concise

prints in that folder, without the summary in its last line.
"""

import re
import shutil
from pathlib import Path

import pytest

from coopctl import faults
from coopctl.findings import Kind, Severity
from coopctl.rules.catalogue import rules
from tests.bad_input.samples import content
from tests.conftest import Coopctl, Ended

CASES = Path(__file__).with_name("cases")
FAULTS_AT_READING = (
    faults.TERM_BACKWARDS,
    faults.WITHOUT_BASELINE,
    faults.RANGE_UPSIDE_DOWN,
    faults.COUNT_EXCEEDS_WITHIN,
)
"""What a rule would say, were the file not refused for it before."""

KINDS = {kind.name: kind for kind in (*(each.kind for each in rules()), *FAULTS_AT_READING)}
NAMES = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())


def _lint(kind: Kind, file: str, coopctl: Coopctl, folder: Path) -> Ended:
    """Run the rule on a copy of its case; the files have to stay as they are."""
    shutil.copytree(CASES / kind.name, folder, dirs_exist_ok=True)
    before = content(folder)
    ended: Ended = coopctl("lint", file, "--select", kind.code, "--as-of", "2026-07-01", "--output-format", "concise")
    assert ended.err == ""
    assert content(folder) == before
    return ended


def _without_summary(out: str) -> str:
    return "".join(out.splitlines(keepends=True)[:-1])


def _exit_code(kind: Kind) -> int:
    if kind in FAULTS_AT_READING:
        return 2
    return 1 if kind.severity is Severity.ERROR else 0


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert set(NAMES) == set(KINDS)


@pytest.mark.parametrize("name", [name for name in NAMES if name in KINDS])
def test_bad_is_told_where_and_what(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """Each fault is one line at its place; only errors make the run fail, and no input is changed."""
    kind = KINDS[name]
    ended = _lint(kind, "bad.coop.yaml", coopctl, tmp_path)
    told = _without_summary(ended.out)
    assert told == (CASES / name / "bad.txt").read_text("utf-8")
    assert set(re.findall(r"^\S+:\d+:\d+: (\S+) ", told, re.MULTILINE)) == {kind.code}
    assert ended.code == _exit_code(kind)


@pytest.mark.parametrize("name", [name for name in NAMES if name in KINDS])
def test_ok_passes(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """The nearest things that are as they should be are not reported."""
    ended = _lint(KINDS[name], "ok.coop.yaml", coopctl, tmp_path)
    assert _without_summary(ended.out) == ""
    assert ended.code == 0
