"""Each test has an agreement in its own folder."""

from pathlib import Path

import pytest

from tests.exchange.samples import write_agreement


@pytest.fixture(autouse=True)
def agreement(tmp_path: Path) -> Path:
    """Write the agreement, without a ledger."""
    return write_agreement(tmp_path)
