"""Tests of approvals run in a folder of their own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let relative paths lead into the test's folder."""
    monkeypatch.chdir(tmp_path)
