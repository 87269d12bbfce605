"""Each test has an agreement in its own folder."""

from datetime import date
from pathlib import Path

import pytest

from tests.exchange.samples import write_agreement


@pytest.fixture(autouse=True)
def agreement(tmp_path: Path) -> Path:
    """Write the agreement, without a ledger."""
    return write_agreement(tmp_path)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the day on which the tests import, so that none of their days lies ahead by chance."""
    monkeypatch.setattr("coopctl.cli.import_figures.today_in", lambda _: date(2026, 11, 20))
