"""Files that are made to keep the linter busy do not."""

import json
from pathlib import Path

import pytest

from tests.conftest import Coopctl
from tests.lint.samples import AS_OF, QUIET, put

HANG = 10
"""Seconds after which a run counts as hanging."""

ARGUMENTS = ["lint", "--as-of", AS_OF, "--output-format", "concise"]


@pytest.mark.parametrize("options", [[], ["--diff"]], ids=["lint", "diff"])
def test_very_many_suppressions_are_read_in_time(options: list[str], process: Coopctl, tmp_path: Path) -> None:
    """As many as there are lines."""
    clause = "  c{}:\n    # coopctl: ignore[KPI001] agreed\n    title: A\n    text: B\n"
    put(tmp_path, QUIET + "clauses:\n" + "".join(clause.format(number) for number in range(6000)))
    ended = process([*ARGUMENTS, *options], timeout=HANG)
    assert ended.code == (1 if options else 0)


def test_very_many_stale_entries_are_told_in_time(process: Coopctl, tmp_path: Path) -> None:
    entries = [
        {
            "fingerprint": f"{number:032x}",
            "code": "KPI001",
            "agreement": "agreement.yaml",
            "subject": f"kpis.k{number}.owner",
            "message": "has no owner",
        }
        for number in range(20_000)
    ]
    text = json.dumps({"schema_version": 1, "findings": entries}, indent=1)
    put(tmp_path, QUIET, {"accepted.json": text})
    ended = process([*ARGUMENTS, "--baseline", "accepted.json"], timeout=HANG)
    assert ended.code == 0
    assert "SUP006" in ended.out
