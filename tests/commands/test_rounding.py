"""Figures that people see can be subtracted by hand."""

from pathlib import Path

import pytest

from tests.conftest import Coopctl

AGREEMENT = """\
coopctl: 1
id: sample
title: A sample deal
version: 1.0.0
parties: {north: {name: North Ltd.}, harbor: {name: Harbor Ltd.}}
term: {start: 2026-01-01, end: 2026-12-31}
kpis:
  rate: {unit: "%", direction: higher-is-better, frequency: monthly, aggregation: ratio, target: 97}
"""


@pytest.mark.parametrize(
    ("precision", "said"),
    [
        pytest.param("", "90.25% misses the target of 97.00% by 6.75 points", id="as-many-decimals-as-it-takes"),
        pytest.param(", precision: 1", "90.3% misses the target of 97.0% by 6.8 points", id="as-agreed"),
    ],
)
def test_actual_minus_target_is_the_variance_shown(precision: str, said: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """361 of 400 are 90.25 %: 90.3 and 6.8 would not add up to 97. A precision that was agreed is kept all the same."""
    (tmp_path / "agreement.yaml").write_text(AGREEMENT.replace("target: 97", f"target: 97{precision}"), "utf-8")
    (tmp_path / "actuals").mkdir()
    ledger = "coopctl: actuals/1\nkpis: {rate: {2026-01: {numerator: 361, denominator: 400}}}\n"
    (tmp_path / "actuals" / "2026.yaml").write_text(ledger, "utf-8")
    out = coopctl("check", "--as-of", "2026-02-01", "--output-format", "concise").out
    assert said in out
