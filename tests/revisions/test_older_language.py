"""Versions of an agreement in an older version of the language, compared as if they were migrated."""

from pathlib import Path

import pytest

from tests.conftest import Coopctl
from tests.migration.test_migrate import FILES, NEW, NEW_APPROVALS, NEW_LEDGER, OLD, OLD_LEDGER
from tests.revisions.conftest import Repo

NEWEST = {"agreement.yaml": NEW, "actuals/2026.yaml": NEW_LEDGER, "approvals/p.yaml": NEW_APPROVALS}
DAY = ("--as-of", "2026-03-01")
NOTE = "note: {}: {} written in version 0 of the language, compared as migrated\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository whose one commit is in version 0."""
    repo = Repo(tmp_path)
    repo.git("init", "--quiet")
    put(tmp_path, FILES)
    repo.commit("v0")
    return repo


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


@pytest.mark.usefixtures("repo")
def test_a_migration_changes_nothing(coopctl: Coopctl) -> None:
    assert coopctl("migrate").code == 0
    assert coopctl("diff", "v0", *DAY) == (0, "no changes in 1 agreement\n", NOTE.format("v0", "3 files"))


def test_what_changed_besides_is_told_where_it_stands(coopctl: Coopctl, repo: Repo) -> None:
    put(repo.folder, {**NEWEST, "agreement.yaml": NEW.replace("worse_than: 12", "worse_than: 13")})
    ended = coopctl("diff", "v0", *DAY)
    assert (ended.code, ended.err) == (1, NOTE.format("v0", "3 files"))
    (old,) = (number for number, line in enumerate(OLD.splitlines(), 1) if "worse_than: 12" in line)
    (new,) = (number for number, line in enumerate(NEW.splitlines(), 1) if "worse_than: 12" in line)
    assert f"  v0:agreement.yaml:{old}:26 " in ended.out
    assert f"| agreement.yaml:{new}:26\n" in ended.out
    assert f"  {old} thresholds: {{breach: {{worse_than: 12}}}} " in ended.out


def test_an_older_ledger_alone_is_compared_too(coopctl: Coopctl, repo: Repo) -> None:
    put(repo.folder, {**NEWEST, "actuals/2026.yaml": OLD_LEDGER.replace("9.0", "8.0")})
    repo.commit("v1")
    ended = coopctl("diff", "v0..v1", "--output-format", "concise", *DAY)
    assert ended.code == 1
    assert "actuals/2026.yaml:3:19: CHG903 figure-rewritten" in ended.out
    assert ended.err == NOTE.format("v0", "3 files") + NOTE.format("v1", "1 file")


def test_a_version_that_cannot_be_migrated_is_not_without_changes(coopctl: Coopctl, repo: Repo) -> None:
    put(repo.folder, {"agreement.yaml": OLD.replace("\nvalid_until: 2026-12-31", "")})
    repo.commit("half")
    put(repo.folder, NEWEST)
    ended = coopctl("diff", "half", *DAY, "--output-format", "concise")
    assert (ended.code, ended.err) == (2, "")
    first, second, *rest = ended.out.splitlines()
    assert first.startswith("half:agreement.yaml:6:1: SCH002 missing-key: cannot be migrated: `valid_from` without")
    assert second.startswith("half:agreement.yaml:2:10: SCH009 old-version: written in version 0")
    assert rest[-1] == "2 findings · 1 agreement could not be compared whole"
    assert "no changes" not in ended.out
    told = " ".join(coopctl("diff", "half", *DAY).out.split())
    assert "no changes" not in told
    assert (
        "help: get it with `git worktree add ../earlier half`, correct there what else is told, "
        "run `coopctl migrate ../earlier`, and compare ../earlier"
    ) in told


def test_a_work_tree_that_cannot_be_migrated_says_what_to_do(coopctl: Coopctl, repo: Repo) -> None:
    put(repo.folder, {"agreement.yaml": OLD.replace("\nvalid_until: 2026-12-31", "")})
    told = " ".join(coopctl("diff", "v0", *DAY).out.split())
    assert "help: correct what else is told of it, then run `coopctl migrate agreement.yaml`" in told


@pytest.mark.parametrize(
    "command", [["diff", "v0", "--write-approvals"], ["approve", "v0", "--all", "--party", "north", "--by", "Mei"]]
)
def test_approvals_are_written_beside_what_is_migrated_only(coopctl: Coopctl, repo: Repo, command: list[str]) -> None:
    changed = {**NEWEST, "agreement.yaml": NEW.replace("worse_than: 12", "worse_than: 13")}
    put(repo.folder, {**changed, "approvals/p.yaml": FILES["approvals/p.yaml"]})
    ended = coopctl(*command, *DAY)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "error: approvals/p.yaml: written in version 0 of the language; approvals are written once it is migrated: "
        "run `coopctl migrate agreement.yaml`\n"
    )
    put(repo.folder, changed)
    ended = coopctl(*command, *DAY)
    assert (ended.code, NOTE.format("v0", "3 files") in ended.err) == (1 if command[0] == "diff" else 0, True)
    assert len(list((repo.folder / "approvals").iterdir())) > 1
