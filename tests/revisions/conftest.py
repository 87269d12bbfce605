"""Real git repositories, made where a test wants them, and what a comparison of their versions finds."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from coopctl.errors import CoopctlError
from coopctl.revisions.sides import two_sides
from tests.commands.deals import kpi, ledger, terms

_IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@coopctl.example", "-c", "init.defaultBranch=main")
_DATES = {"GIT_AUTHOR_DATE": "2026-01-05T09:00:00Z", "GIT_COMMITTER_DATE": "2026-01-05T09:00:00Z"}


class Repo(NamedTuple):
    """A git repository in a folder."""

    folder: Path

    def git(self, *arguments: str, text: str = "", fails: bool = False) -> str:
        """Run git in it; return what it prints."""
        done = subprocess.run(
            ["git", *_IDENTITY, "-c", "protocol.file.allow=always", *arguments],
            cwd=self.folder,
            env={**os.environ, **_DATES},
            input=text.encode(),
            capture_output=True,
            check=False,
        )
        assert (done.returncode != 0) is fails, done.stderr.decode()
        return done.stdout.decode().rstrip("\n")

    def write(self, path: str, text: str) -> Path:
        """Write a file."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8", newline="")
        return place

    def agree(self, path: str = "deal/agreement.yaml", id_: str = "sample", target: str = "10", more: str = "") -> Path:
        """Write an agreement."""
        return self.write(path, terms(kpi(target=target), id_=id_, more=more))

    def record(self, path: str = "deal/actuals/2026.yaml", value: str = "9") -> Path:
        """Write a ledger."""
        return self.write(path, ledger({"days": {"2026-01": value}}))

    def commit(self, tag: str = "") -> str:
        """Commit everything there is; return the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", tag or "More")
        if tag:
            self.git("tag", tag)
        return self.git("rev-parse", "HEAD")


class Compared(NamedTuple):
    """What a comparison found, without the files that it used."""

    labels: tuple[str, str]
    pairs: list[tuple[str | None, str | None]]
    """The paths that are shown for both sides of each agreement."""
    targets: list[tuple[str | None, str | None]]
    """The targets of the one KPI on both sides; `?` for an agreement that cannot be read."""
    figures: list[tuple[int, int]]
    findings: list[str]
    remarks: tuple[str, ...]
    unjudged: tuple[str, ...]


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Make an empty repository and stand in it; nobody's own git configuration counts."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    made = Repo(folder)
    made.git("init", "--quiet")
    return made


@pytest.fixture
def history(repo: Repo) -> Repo:
    """Make a repository: v1 with the target 10, v2 on a branch off it with 11, and a work tree with 12."""
    repo.agree()
    repo.record()
    repo.commit("v1")
    repo.git("checkout", "--quiet", "-b", "proposal")
    repo.agree(target="11")
    repo.commit("v2")
    repo.git("checkout", "--quiet", "main")
    repo.write("unrelated.txt", "main has gone on")
    repo.commit("later")
    repo.git("checkout", "--quiet", "proposal")
    repo.agree(target="12")
    return repo


def compare(*arguments: str) -> Compared:
    """Compare two versions, named as on the command line."""
    with two_sides(arguments) as (base, head, pairs, unpaired):
        both = [
            tuple(side.load(version) if version else None for side, version in zip((base, head), pair, strict=True))
            for pair in pairs
        ]
        loaded = [each for pair in both for each in pair if each]
        return Compared(
            (base.label, head.label),
            [(pair.base and pair.base.shown, pair.head and pair.head.shown) for pair in pairs],
            [(_target(one), _target(other)) for one, other in both],
            [(_figures(one), _figures(other)) for one, other in both],
            [f"{each.location.path}:{each.location.line} {each.message}" for one in loaded for each in one.findings],
            unpaired.passed_over,
            unpaired.unjudged,
        )


def _target(loaded: object) -> str | None:
    agreement = getattr(loaded, "agreement", None)
    if agreement is None:
        return None if loaded is None else "?"
    return str(agreement.kpis["days"].target)


def _figures(loaded: object) -> int:
    recorded = getattr(loaded, "ledger", None)
    return sum(map(len, recorded.figures.values())) if recorded else 0


def refused(*arguments: str) -> str:
    """Return the message with which a comparison is refused."""
    with pytest.raises(CoopctlError) as raised:
        compare(*arguments)
    return str(raised.value)


def left_over(folder: Path) -> Sequence[str]:
    """Names of what coopctl left in a folder for temporary files."""
    return [path.name for path in folder.iterdir() if path.name.startswith("coopctl-")]


@pytest.fixture(autouse=True)
def _no_temporary_files(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """See to it that nothing stays behind in the folder for temporary files."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield
    assert left_over(folder) == []
