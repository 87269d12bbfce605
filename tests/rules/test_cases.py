"""Every folder below cases/ is one rule: what it objects to, where, in which words, and what it lets pass.

`bad.coop.yaml` shows the fault in all its variants, on the bad side of each boundary; `ok.coop.yaml` has the nearest
things that are not reported. A ledger stands beside each as `bad-actuals.yaml` and `ok-actuals.yaml`. `bad.txt` is what

    coopctl lint bad.coop.yaml --select CODE --as-of 2026-07-01 --output-format concise

prints in that folder, without the summary in its last line. For suppressions the rules about goals, which those files
suppress, are selected too, and only lines of the case's own code count.
"""

import re
import shutil
from pathlib import Path

import pytest

from coopctl import faults
from coopctl.findings import Kind, Severity
from coopctl.lint.suppression_kinds import STALE_ENTRY, SUPPRESSION_KINDS
from coopctl.rules.catalogue import rules
from tests.bad_input.samples import content
from tests.conftest import Coopctl, Ended

CASES = Path(__file__).with_name("cases")
FAULTS_AT_READING = (
    faults.TERM_BACKWARDS,
    faults.WITHOUT_BASELINE,
    faults.RANGE_UPSIDE_DOWN,
    faults.COUNT_EXCEEDS_WITHIN,
    faults.BROKEN_SUPPRESSION,
)
"""What a rule would say, were the file not refused for it before."""

ABOUT_SUPPRESSIONS = tuple(kind for kind in SUPPRESSION_KINDS if kind is not STALE_ENTRY)
"""An entry that is stale takes a baseline, and is tested with it."""

KINDS = {kind.name: kind for kind in (*(each.kind for each in rules()), *FAULTS_AT_READING, *ABOUT_SUPPRESSIONS)}
NAMES = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())


def _lint(kind: Kind, file: str, coopctl: Coopctl, folder: Path) -> Ended:
    """Run the rule on a copy of its case; the files have to stay as they are."""
    shutil.copytree(CASES / kind.name, folder, dirs_exist_ok=True)
    before = content(folder)
    select = f"{kind.code},GOL" if kind in ABOUT_SUPPRESSIONS else kind.code
    ended: Ended = coopctl("lint", file, "--select", select, "--as-of", "2026-07-01", "--output-format", "concise")
    assert ended.err == ""
    assert content(folder) == before
    return ended


def _told(kind: Kind, out: str) -> str:
    lines = out.splitlines(keepends=True)[:-1]
    return "".join(line for line in lines if kind not in ABOUT_SUPPRESSIONS or f" {kind.code} " in line)


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
    told = _told(kind, ended.out)
    assert told == (CASES / name / "bad.txt").read_text("utf-8")
    assert set(re.findall(r"^\S+:\d+:\d+: (\S+) ", told, re.MULTILINE)) == {kind.code}
    assert ended.code == _exit_code(kind)


@pytest.mark.parametrize("name", [name for name in NAMES if name in KINDS])
def test_ok_passes(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """The nearest things that are as they should be are not reported."""
    kind = KINDS[name]
    ended = _lint(kind, "ok.coop.yaml", coopctl, tmp_path)
    assert _told(kind, ended.out) == ""
    assert ended.code == 0
