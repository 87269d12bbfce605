"""Tests of the linter run in a repository of their own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def repository(tmp_path: Path) -> None:
    """Make the test's folder the root of a repository, so that nothing above it configures the run."""
    (tmp_path / ".git").mkdir()
