"""Every folder below cases/ is an agreement with something wrong in it, and what a user is told about it.

expected.txt is what `coopctl check CASE --output-format concise --as-of 2026-07-01`, run in cases/, is to print.
expected-full.txt, where there is one, is the same with `--output-format full`: snippets, carets and remedies.
"""

import re
import shutil
from pathlib import Path

import pytest

from coopctl import faults
from tests.bad_input.samples import AS_OF, CASES, NAMES, concise, content
from tests.conftest import Coopctl

WITH_SNIPPETS = [name for name in NAMES if (CASES / name / "expected-full.txt").exists()]
MADE_IN_TESTS = {
    "FIL001",  # no permission
    "FIL002",  # pipes and devices
    "FIL003",  # links; patterns that leave the folder have a case
    "FIL004",  # four mebibytes
    "FIL005",  # bytes that are not UTF-8
    "FIL008",  # a warning: the agreement is judged
    "FIL009",  # a thousand problems
    "SUP005",  # lint reads comments, check does not
    "LED008",  # a warning: the agreement is judged
    "LED011",  # a warning: the agreement is judged
    "LED022",  # a warning: the agreement is judged
    "LED009",  # eight mebibytes of ledger
    "YML010",  # a hundred thousand values
    "YML011",  # sixty-four kibibytes
}
"""Faults that are too large or too odd for a folder in git, or that do not keep an agreement from being judged."""


def _copied(name: str, to: Path) -> None:
    shutil.copytree(CASES / name, to / name, ignore=shutil.ignore_patterns("expected*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_every_problem_is_named_with_its_place(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """All findings are printed in file order; the exit code is 2, standard error empty, the input as it was."""
    _copied(name, tmp_path)
    before = content(tmp_path)
    ended = concise(coopctl, name)
    assert ended.out == (CASES / name / "expected.txt").read_text("utf-8")
    assert ended.err == ""
    assert ended.code == 2
    assert content(tmp_path) == before


@pytest.mark.parametrize("name", WITH_SNIPPETS)
def test_carets_stand_under_what_is_meant_and_a_remedy_follows(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """The full format shows the line, carets that line up under wide characters, second places, and the remedy."""
    _copied(name, tmp_path)
    ended = coopctl("check", name, "--output-format", "full", *AS_OF)
    assert ended.out == (CASES / name / "expected-full.txt").read_text("utf-8")
    assert ended.code == 2


def test_every_fault_has_a_case() -> None:
    """A fault that no test brings about could have any message."""
    expected = "".join((CASES / name / "expected.txt").read_text("utf-8") for name in NAMES)
    pinned = set(re.findall(r"^\S+: ([A-Z]{3}[0-9]{3}) ", expected, re.MULTILINE))
    assert pinned | MADE_IN_TESTS == {kind.code for kind in faults.ALL}
