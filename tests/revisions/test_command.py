"""The command line in a git repository: what it says it compared with, and what is run from git itself."""

import json

import pytest

from tests.conftest import Coopctl
from tests.revisions.conftest import Repo


@pytest.fixture
def standing(coopctl: Coopctl, history: Repo, monkeypatch: pytest.MonkeyPatch) -> Coopctl:
    """Call the command line from within the repository."""
    monkeypatch.chdir(history.folder)
    return coopctl


@pytest.mark.parametrize("form", ["full", "concise", "markdown", "github"])
def test_the_base_that_nobody_named_is_told(standing: Coopctl, history: Repo, form: str) -> None:
    short = history.git("rev-parse", "v1")[:7]

    def told(*versions: str) -> str:
        out = standing("diff", *versions, "--exit-zero", "--output-format", form).out
        return " ".join(out.replace("\u200b", "").split()).strip("*")

    assert told().endswith(f" compared with main@{short}, where this branch left it")
    assert told("main...v2").endswith(f" compared with main@{short}, where v2 left it")
    assert "compared with" not in told("v1")


def test_the_base_is_told_where_nothing_changed(standing: Coopctl, history: Repo) -> None:
    history.git("checkout", "--quiet", "--force", "main")
    short = history.git("rev-parse", "main")[:7]
    assert standing("diff") == (
        0,
        f"no changes in 1 agreement · compared with main@{short}, the last commit here\n",
        "",
    )


def test_the_sides_as_data(standing: Coopctl, history: Repo) -> None:
    first, second = (history.git("rev-parse", f"{tag}^{{commit}}") for tag in ("v1", "v2"))

    def sides(*versions: str) -> list[dict[str, str | None]]:
        document = json.loads(standing("diff", *versions, "--exit-zero", "--output-format", "json").out)
        assert document["agreements"][0]["base"]["label"] == document["base"]["label"]
        return [document["base"], document["head"]]

    work_tree = {"label": "work tree", "commit": None, "why": None}
    base = {"label": f"main@{first[:7]}", "commit": first, "why": "where this branch left it"}
    assert sides() == [base, work_tree]
    assert sides("v1", "v2") == [
        {"label": "v1", "commit": first, "why": None},
        {"label": "v2", "commit": second, "why": None},
    ]
