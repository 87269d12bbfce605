"""Every way of naming the two versions that are compared."""

import os
from pathlib import Path

import pytest

from tests.revisions.conftest import Compared, Repo, compare, refused

AGREEMENT = "deal/agreement.yaml"


def of(compared: Compared) -> tuple[tuple[str, str], tuple[str | None, str | None]]:
    """Labels and targets of a comparison of one agreement."""
    (targets,) = compared.targets
    return compared.labels, targets


def shown_base(compared: Compared) -> str | None:
    """The path that is shown for the earlier version."""
    ((base, _),) = compared.pairs
    return base


def test_nothing_named_is_where_the_branch_began_against_the_work_tree(history: Repo) -> None:
    short = history.git("rev-parse", "v1")[:7]
    compared = compare()
    assert of(compared) == ((f"main@{short}", "work tree"), ("10", "12"))
    assert compared.pairs == [(f"{short}:{AGREEMENT}", AGREEMENT)]
    assert history.git("show", f"{short}:{AGREEMENT}")


@pytest.mark.usefixtures("history")
def test_one_revision_is_against_the_work_tree() -> None:
    compared = compare("v2")
    assert of(compared) == (("v2", "work tree"), ("11", "12"))
    assert compared.pairs == [(f"v2:{AGREEMENT}", AGREEMENT)]


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("arguments", "labels", "targets"),
    [
        (("v1", "v2"), ("v1", "v2"), ("10", "11")),
        (("v1..v2",), ("v1", "v2"), ("10", "11")),
        (("v2..v1",), ("v2", "v1"), ("11", "10")),
        (("v1..",), ("v1", "HEAD"), ("10", "11")),
        (("..v1",), ("HEAD", "v1"), ("11", "10")),
        (("HEAD~1", "HEAD"), ("HEAD~1", "HEAD"), ("10", "11")),
        (("refs/tags/v1", "refs/heads/proposal"), ("refs/tags/v1", "refs/heads/proposal"), ("10", "11")),
        ((f"v1:{AGREEMENT}",), ("v1", "work tree"), ("10", "12")),
        (("v1:deal",), ("v1", "work tree"), ("10", "12")),
        (("v1:deal/",), ("v1", "work tree"), ("10", "12")),
        (("v1:",), ("v1", "work tree"), ("10", "12")),
        (("v1:./deal",), ("v1", "work tree"), ("10", "12")),
        ((f"v1:{AGREEMENT}", f"v2:{AGREEMENT}"), ("v1", "v2"), ("10", "11")),
        ((f"v1:{AGREEMENT}", "v2"), ("v1", "v2"), ("10", "11")),
        (("v1", "v2:deal"), ("v1", "v2"), ("10", "11")),
        (("v1", AGREEMENT), ("v1", "work tree"), ("10", "12")),
        (("v1", "deal"), ("v1", "work tree"), ("10", "12")),
        ((AGREEMENT, "v1"), ("work tree", "v1"), ("12", "10")),
        ((f"v2:{AGREEMENT}", AGREEMENT), ("v2", "work tree"), ("11", "12")),
        ((AGREEMENT, "deal"), (AGREEMENT, "deal"), ("12", "12")),
        (("@{0}",), ("@{0}", "work tree"), ("11", "12")),
        (("HEAD@{2026-01-05 09:00:00 +0000}",), ("HEAD@{2026-01-05 09:00:00 +0000}", "work tree"), ("11", "12")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_versions_named(arguments: tuple[str, ...], labels: tuple[str, str], targets: tuple[str, str]) -> None:
    assert of(compare(*arguments)) == (labels, targets)


def test_three_dots_are_where_the_later_branch_began(history: Repo) -> None:
    history.git("checkout", "--quiet", "--force", "main")
    history.agree(target="13")
    history.commit()
    short = history.git("rev-parse", "v1")[:7]
    assert of(compare("main...proposal")) == ((f"main@{short}", "proposal"), ("10", "11"))
    assert of(compare("main..proposal")) == (("main", "proposal"), ("13", "11"))


def test_one_path_is_against_where_the_branch_began(history: Repo) -> None:
    short = history.git("rev-parse", "v1")[:7]
    for path in (AGREEMENT, "deal", f"./{AGREEMENT}", str(history.folder / AGREEMENT)):
        assert of(compare(path)) == ((f"main@{short}", "work tree"), ("10", "12")), path


def test_whole_commit_ids_are_shown_by_their_first_digits(history: Repo) -> None:
    commit = history.git("rev-parse", "v1")
    compared = compare(commit)
    assert compared.labels == (commit[:7], "work tree")
    assert shown_base(compared) == f"{commit[:7]}:{AGREEMENT}"
    assert compare(commit[:10]).labels == (commit[:10], "work tree")


def test_two_paths_need_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = Repo(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("PATH", "")
    outside.agree("old/a.yaml", "one")
    outside.agree("new/b.yaml", "two", "11")
    compared = compare("old/a.yaml", "new/b.yaml")
    assert of(compared) == (("old/a.yaml", "new/b.yaml"), ("10", "11"))
    assert compared.pairs == [("old/a.yaml", "new/b.yaml")]


def test_from_a_folder_of_the_work_tree(history: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    history.agree("other/agreement.yaml", "other")
    monkeypatch.chdir(history.folder / "deal")
    assert compare("v1").pairs == [(f"v1:{AGREEMENT}", "agreement.yaml"), (None, "../other/agreement.yaml")]
    assert compare("v1:./agreement.yaml").pairs == [(f"v1:{AGREEMENT}", "agreement.yaml")]
    assert compare("v1:.").pairs == [(f"v1:{AGREEMENT}", "agreement.yaml")]
    assert compare("v1:..").pairs == compare("v1").pairs
    assert compare("v1", ".").pairs == [(f"v1:{AGREEMENT}", "agreement.yaml")]
    assert "did you mean `v1:deal/agreement.yaml`?" in refused("v1:agreement.yaml")
    assert "leads out of the repository" in refused("v1:../../agreement.yaml")


@pytest.mark.parametrize(
    ("refs", "label"),
    [
        (("refs/heads/master",), "master"),
        (("refs/heads/master", "refs/heads/main"), "main"),
        (("refs/heads/main", "refs/remotes/origin/master"), "origin/master"),
        (("refs/remotes/origin/master", "refs/remotes/origin/main"), "origin/main"),
        (("refs/remotes/origin/main", "refs/remotes/origin/trunk", "HEAD"), "origin/trunk"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_default_branch(repo: Repo, refs: tuple[str, ...], label: str) -> None:
    repo.agree()
    commit = repo.commit()
    repo.git("checkout", "--quiet", "--detach")
    repo.git("branch", "--quiet", "--delete", "--force", "main")
    for ref in refs:
        if ref == "HEAD":
            repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
        else:
            repo.git("update-ref", ref, commit)
    assert compare().labels[0] == f"{label}@{commit[:7]}"


def test_without_a_default_branch(repo: Repo) -> None:
    repo.agree()
    repo.commit()
    repo.git("branch", "--move", "work")
    assert refused() == (
        "no default branch is known here: neither origin/HEAD nor origin/main, origin/master, main, master; "
        "name the version to compare with, as in `coopctl diff v1.1`"
    )
    assert compare("work").labels == ("work", "work tree")


def test_before_the_first_commit(repo: Repo) -> None:
    repo.agree()
    assert refused() == "HEAD: no such revision in this repository: it has no commit yet"
    assert refused("HEAD") == "HEAD: no such file, folder or revision: it has no commit yet"


def test_without_common_history(history: Repo) -> None:
    history.git("stash", "--quiet")
    history.git("checkout", "--quiet", "--orphan", "fresh")
    history.commit()
    assert refused() == (
        "main and HEAD have no commit in common; name the version to compare with, as in `coopctl diff main`"
    )
    assert of(compare("v1"))[1] == ("10", "11")


def test_a_path_and_a_revision_of_one_name(history: Repo) -> None:
    history.git("branch", "deal", "v1")
    assert refused("deal") == (
        "deal: both a path and a revision; write ./deal for the path, refs/heads/deal for the revision"
    )
    assert of(compare("refs/heads/deal")) == (("refs/heads/deal", "work tree"), ("10", "12"))
    assert of(compare("v2", "./deal")) == (("v2", "work tree"), ("11", "12"))


def test_a_branch_and_a_tag_of_one_name(history: Repo) -> None:
    history.git("branch", "v1", "v2")
    assert refused("v1") == "v1: more than one revision is called v1; write refs/heads/v1 or refs/tags/v1"
    assert "called v1;" in refused("v1~0..HEAD")
    assert of(compare("refs/heads/v1", "refs/tags/v1"))[1] == ("11", "10")


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("v1", "v2", "v2"), "at most two versions are compared: the earlier one, then the later one"),
        (("v1..v2", "v2"), "a range such as v1.1..HEAD names both sides; leave the other name out"),
        (("V1",), "V1: no such file, folder or revision; did you mean `v1`?"),
        (("propsal",), "propsal: no such file, folder or revision; did you mean `proposal`?"),
        (("dael",), "dael: no such file, folder or revision; did you mean `deal`?"),
        (
            ("deal/agrement.yaml",),
            "deal/agrement.yaml: no such file, folder or revision; did you mean `deal/agreement.yaml`?",
        ),
        (
            ("v1..nowhere",),
            "nowhere: no such file, folder or revision; known here: `later`, `main`, `proposal`, `v1`, `v2`",
        ),
        (("./nowhere",), "./nowhere: no such file or folder"),
        ((":deal",), ":deal: what is staged is not compared; name a revision, as in HEAD:deal"),
        (("",), "an empty name stands for no version; leave it out, or name a file, folder or revision"),
        (
            ("v1:deal/agreements.yaml",),
            "v1:deal/agreements.yaml: there was no such file or folder in v1; its agreements: `v1:deal/agreement.yaml`",
        ),
        (("v1:/deal",), "/deal: write the path from the repository's root, as in HEAD:northstar/agreement.yaml"),
        (
            ("v1^{tree}",),
            "v1^{tree}: no such file, folder or revision; known here: `later`, `main`, `proposal`, `v1`, `v2`",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_names_that_stand_for_nothing(arguments: tuple[str, ...], message: str) -> None:
    assert refused(*arguments) == message


def test_a_branch_that_only_the_remote_has(history: Repo) -> None:
    history.git("update-ref", "refs/remotes/origin/rework", "v1")
    assert refused("rework") == "rework: no such file, folder or revision; did you mean `origin/rework`?"


def test_digits_with_which_several_commits_begin(repo: Repo) -> None:
    repo.agree()
    start = repo.commit()
    stream = "".join(
        f"commit refs/heads/many\ncommitter Test <test@coopctl.example> {1_700_000_000 + number} +0000\ndata 0\n"
        + (f"from {start}\n\n" if number == 0 else "\n")
        for number in range(1_000)
    )
    repo.git("fast-import", "--quiet", text=stream)
    begins = [commit[:4] for commit in repo.git("rev-list", "many").split("\n")]
    doubled = next((each for each in begins if begins.count(each) > 1), None)
    assert doubled is not None, "the commits of this test no longer begin alike"
    assert refused(doubled) == f"{doubled}: several commits begin like this; give more digits"


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    Repo(tmp_path).agree()
    nowhere = (
        "this folder is in no git repository, so there are no earlier versions here; "
        "name two files or folders, as in `coopctl diff old/agreement.yaml new/agreement.yaml`"
    )
    assert refused() == nowhere
    assert refused("deal") == nowhere
    assert refused("v1") == f"v1: no such file or folder; {nowhere}"
    assert refused("v1:deal") == f"v1: no such file or folder; {nowhere}"


@pytest.mark.usefixtures("history")
def test_a_path_outside_of_the_repository(tmp_path: Path) -> None:
    elsewhere = Repo(tmp_path / "elsewhere").agree("agreement.yaml", target="14")
    assert refused("v1", str(elsewhere)) == f"{elsewhere}: lies outside of this git repository, so no revision has it"
    assert of(compare(f"v1:{AGREEMENT}", str(elsewhere))) == (("v1", str(elsewhere)), ("10", "14"))


def test_without_git(history: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(history.folder))
    assert refused().startswith("git is not installed, or not on the PATH")


def test_a_bare_repository(history: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    history.git("clone", "--quiet", "--bare", ".", "../bare")
    monkeypatch.chdir(history.folder.parent / "bare")
    assert of(compare("v1", "HEAD"))[1] == ("10", "11")
    assert of(compare("v1:deal", f"v2:{AGREEMENT}"))[1] == ("10", "11")
    assert refused("v1") == "this repository has no work tree here; name both versions, as in `coopctl diff v1.1 HEAD`"


def test_a_second_work_tree(history: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    history.git("worktree", "add", "--quiet", "../second", "v1")
    monkeypatch.chdir(history.folder.parent / "second")
    assert of(compare("v2")) == (("v2", "work tree"), ("11", "10"))


def test_through_a_link_to_the_work_tree(history: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    link = history.folder.parent / "link"
    os.symlink(history.folder, link)
    monkeypatch.chdir(link)
    assert of(compare("v1", AGREEMENT))[1] == ("10", "12")
    assert of(compare("v1", str(link / AGREEMENT)))[1] == ("10", "12")
