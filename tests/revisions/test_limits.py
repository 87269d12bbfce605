"""How much of a git revision is read: at each limit, and one past it."""

import pytest

from coopctl import limits
from tests.revisions.conftest import Repo, compare, refused


@pytest.fixture
def three(repo: Repo) -> Repo:
    """Make a revision of three agreements, one of which has a ledger and an approval: five files."""
    for name in ("a", "b", "c"):
        repo.agree(f"{name}/agreement.yaml", name)
    repo.record("a/actuals/1.yaml")
    repo.write("a/approvals/1.yaml", "coopctl: approvals/1\n")
    repo.write("unrelated.txt", "not read, so not counted")
    repo.commit("v1")
    return repo


@pytest.mark.usefixtures("three")
def test_agreements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REVISION_AGREEMENTS", 3)
    assert len(compare("v1").pairs) == 3
    monkeypatch.setattr(limits, "REVISION_AGREEMENTS", 2)
    assert refused("v1") == "v1: more than 2 agreements; name a folder, as in v1:northstar"
    assert len(compare("v1:a").pairs) == 1


@pytest.mark.usefixtures("three")
def test_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REVISION_FILES", 5)
    assert len(compare("v1").pairs) == 3
    monkeypatch.setattr(limits, "REVISION_FILES", 4)
    assert refused("v1") == (
        "v1: the agreements and their ledgers are more than 4 files or 67,108,864 bytes; "
        "name one of them, as in v1:northstar/agreement.yaml"
    )
    assert compare("v1:a/agreement.yaml").figures == [(1, 1)]


def test_bytes(three: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    size = sum(path.stat().st_size for path in three.folder.rglob("*.yaml"))
    monkeypatch.setattr(limits, "REVISION_BYTES", size)
    assert len(compare("v1").pairs) == 3
    monkeypatch.setattr(limits, "REVISION_BYTES", size - 1)
    assert refused("v1") == (
        f"v1: the agreements and their ledgers are more than 10,000 files or {size - 1:,} bytes; "
        "name one of them, as in v1:northstar/agreement.yaml"
    )
    assert compare("v1:b/agreement.yaml").targets == [("10", "10")]


def test_patterns(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.agree("agreement.yaml", "a", more="actuals: [one/*.yaml, two/*.yaml]\n")
    repo.agree("b.coop.yaml", "b", more="actuals: [two/*.yaml, three/*.yaml]\n")
    repo.record("two/1.yaml")
    repo.commit("v1")
    monkeypatch.setattr(limits, "REVISION_PATTERNS", 3)
    assert compare("v1").figures == [(1, 1), (1, 1)]
    monkeypatch.setattr(limits, "REVISION_PATTERNS", 2)
    assert refused("v1") == "v1:agreement.yaml: `actuals` has more than 2 patterns; write fewer with *"
