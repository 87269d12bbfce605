"""`init` without asking, in a language that does not depend on the machine's."""

import pytest

from tests.conftest import Coopctl, Ended


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system speaks English."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


class Init:
    """Runs `coopctl init --yes`."""

    def __init__(self, coopctl: Coopctl) -> None:
        self._coopctl = coopctl

    def __call__(self, *arguments: str) -> Ended:
        return self._coopctl("init", "--yes", *arguments)


@pytest.fixture
def init(coopctl: Coopctl) -> Init:
    """Run `coopctl init --yes` in this process, in the test's own folder."""
    return Init(coopctl)
