"""Where a country's holidays are not known, rules that need a business day stop, and the others go on."""

from pathlib import Path

import pytest

from tests.conftest import Coopctl
from tests.lint.samples import AS_OF, QUIET, changed, codes, lint, put, without_source

NOWHERE = "calendar: {country: XX}\n"
LATE = "thresholds: {warn: {off_by_more_than: 9 business days}, breach: {off_by_more_than: 3 days}}"
BUFFERED = "after: [one], buffer: 9 business days"
FILES = {
    "THR001": (QUIET, f"plan: {{milestones: {{pilot: {{due: 2026-05-15, {LATE}}}}}}}\n"),
    "PLN002": (
        QUIET,
        f"plan: {{milestones: {{one: {{due: 2026-05-15}}, two: {{due: 2026-05-18, {BUFFERED}}}}}}}\n",
    ),
    "TRM003": (
        changed(
            "term: {start: 2026-01-01, end: 2026-12-31}",
            "term: {start: 2026-01-01, end: 2026-01-31, renewal: {mode: automatic, notice: 5 business days}}",
            QUIET,
        ),
        "",
    ),
    "EXT009": (changed("notice: 60 days}", "notice: 900 business days}", QUIET), ""),
}


@pytest.mark.parametrize("code", FILES)
def test_a_rule_that_needs_them_says_nothing(code: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """It would with a calendar that is known."""
    text, rest = FILES[code]
    put(tmp_path, without_source(text) + rest)
    assert code in codes(coopctl)
    put(tmp_path, without_source(text) + rest + NOWHERE)
    ended = lint(coopctl, as_of=AS_OF)
    assert (ended.err, ended.code in (0, 1, 2)) == ("", True)
    assert f" {code} " not in ended.out
    assert " KPI002 " in ended.out
