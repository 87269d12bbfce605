"""The hooks for pre-commit, run by pre-commit itself."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.ci.projects import lay_out, read_yaml, real_coopctl, run
from tests.commands.deals import ROOT, kpi, ledger, terms
from tests.conftest import Ended

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS = {hook["id"]: hook for hook in read_yaml(MANIFEST.name)}
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]
GIT = {
    "GIT_AUTHOR_NAME": "Mei",
    "GIT_AUTHOR_EMAIL": "mei@north.example",
    "GIT_COMMITTER_NAME": "Mei",
    "GIT_COMMITTER_EMAIL": "mei@north.example",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}


def test_pre_commit_accepts_the_manifest(tmp_path: Path) -> None:
    ended = run([*PRE_COMMIT, "validate-manifest", MANIFEST], tmp_path, {"PRE_COMMIT_HOME": str(tmp_path / "home")})
    assert (ended.code, ended.out) == (0, "")


def test_there_is_a_hook_for_each_command() -> None:
    assert {id_: hook["entry"] for id_, hook in HOOKS.items()} == {
        "coopctl-lint": "coopctl lint",
        "coopctl-check": "coopctl check",
        "coopctl-fmt": "coopctl fmt",
    }
    assert {hook["language"] for hook in HOOKS.values()} == {"python"}
    assert {hook["pass_filenames"] for hook in HOOKS.values()} == {False}


@pytest.mark.parametrize("id_", HOOKS)
@pytest.mark.parametrize(
    ("path", "starts_a_run"),
    [
        ("agreement.yaml", True),
        ("deals/north/agreement.yaml", True),
        ("deals/north.coop.yaml", True),
        ("合作/协议.coop.yaml", True),
        ("actuals/2026.yaml", True),
        ("deals/north/actuals/2026-h1.yml", True),
        ("deals/north/actuals/delivery.csv", True),
        ("coopctl.toml", True),
        ("coopctl-baseline.json", True),
        ("my-agreement.yaml", False),
        ("agreement.yaml.orig", False),
        ("coop.yaml", False),
        ("actuals.csv", False),
        ("actuals/2026/notes.md", False),
        ("actuals/2026/delivery.csv", False),
        ("README.md", False),
    ],
)
def test_what_starts_a_run(id_: str, path: str, starts_a_run: bool) -> None:
    assert (re.search(HOOKS[id_]["files"], path) is not None) == starts_a_run


@pytest.mark.parametrize("id_", HOOKS)
@pytest.mark.parametrize(("broken", "code"), [(False, 0), (True, 2)])
def test_the_entry_of_each_hook_runs_as_it_stands(tmp_path: Path, id_: str, broken: bool, code: int) -> None:
    coopctl = real_coopctl(tmp_path / "bin")
    (tmp_path / "project").mkdir()
    project = lay_out(tmp_path / "project", broken=broken)
    program, *arguments = HOOKS[id_]["entry"].split()
    assert program == "coopctl"
    ended = run([coopctl, *arguments, *HOOKS[id_]["args"]], project, {})
    assert ended.code == (code if id_ != "coopctl-fmt" else 0), "what cannot be judged can be laid out"


# In a repository that uses the hooks


class Repository:
    """A git repository whose hooks come from a git repository with the manifest; coopctl itself is on the path."""

    def __init__(self, folder: Path, hooks_used: tuple[str, ...]) -> None:
        self.folder = folder / "project"
        hooks = folder / "hooks"
        self._env = GIT | {
            "PATH": f"{real_coopctl(folder / 'bin').parent}:{Path(sys.executable).parent}:/usr/bin:/bin",
            "PRE_COMMIT_HOME": str(folder / "pre-commit"),
        }
        hooks.mkdir()
        shutil.copy(MANIFEST, hooks)
        self.folder.mkdir()
        for repository in (hooks, self.folder):
            self._git("init", "--quiet", folder=repository)
        self._git("add", ".", folder=hooks)
        self._git("commit", "--quiet", "--message", "Add the hooks", folder=hooks)
        revision = self._git("rev-parse", "HEAD", folder=hooks).strip()
        hook_list = "".join(f"      - {{id: {id_}, language: system}}\n" for id_ in hooks_used)
        config = f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks:\n{hook_list}"
        self.write({".pre-commit-config.yaml": config})
        self._git("commit", "--quiet", "--message", "Take up the hooks")

    def _git(self, *arguments: str, folder: Path | None = None) -> str:
        ended = run(["git", *arguments], folder or self.folder, self._env)
        assert ended.code == 0, ended
        return ended.out

    def write(self, files: dict[str, str]) -> None:
        """Write files and add them to the next commit."""
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, "utf-8")
            self._git("add", name)

    def run_hooks(self) -> Ended:
        """Run the hooks as a commit would."""
        return run([*PRE_COMMIT, "run"], self.folder, self._env)

    def commit(self) -> None:
        """Commit without the hooks."""
        self._git("commit", "--quiet", "--message", "Go on")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path, ("coopctl-lint", "coopctl-check"))


def states(ended: Ended) -> list[str]:
    """Return how each hook ended, as pre-commit says it."""
    return re.findall(r"^coopctl \w+\.+(?:\([a-z ]+\))?(\w+)$", ended.out, re.MULTILINE)


def test_the_hooks_run_for_an_agreement_and_for_a_figure_and_not_for_a_letter(repository: Repository) -> None:
    agreement = terms(kpi())
    repository.write({"deal/agreement.yaml": agreement, "deal/actuals/2026.yaml": ledger({"days": {"2026-01": "10"}})})
    ended = repository.run_hooks()
    assert states(ended) == ["Passed", "Passed"], ended
    repository.commit()

    repository.write({"letter.md": "Dear all\n"})
    assert states(repository.run_hooks()) == ["Skipped", "Skipped"]
    repository.commit()

    breach = ledger({"days": {"2026-01": "10", "2026-02": "99"}})
    repository.write({"deal/actuals/2026.yaml": breach})
    ended = repository.run_hooks()
    assert states(ended) == ["Passed", "Passed"], "a breach has to get into the ledger"
    assert "breach Delivery time in 2026-02" in ended.out
    repository.commit()

    repository.write({"deal/actuals/2026.yaml": breach + "surplus: 1\n"})
    ended = repository.run_hooks()
    assert (ended.code, states(ended)) == (1, ["Failed", "Failed"])
    assert "deal/actuals/2026.yaml:" in ended.out


def test_a_commit_waits_until_its_files_are_laid_out(tmp_path: Path) -> None:
    repository = Repository(tmp_path, ("coopctl-fmt",))
    repository.write({"deal/agreement.yaml": f"x-own:   1\n{terms(kpi())}"})
    ended = repository.run_hooks()
    assert (ended.code, states(ended)) == (1, ["Failed"])
    assert "files were modified by this hook" in ended.out
    laid_out = (repository.folder / "deal/agreement.yaml").read_text("utf-8")
    assert laid_out.endswith("\nx-own: 1\n")
    repository.write({"deal/agreement.yaml": laid_out})
    assert states(repository.run_hooks()) == ["Passed"]
