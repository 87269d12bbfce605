"""Which agreement of one version is which of the other."""

import pytest

from tests.revisions.conftest import Repo, compare, refused


@pytest.fixture
def two(repo: Repo) -> Repo:
    """Make a repository whose version v1 has the agreements `one` and `two`, in folders of those names."""
    repo.agree("one/agreement.yaml", "one", "1")
    repo.agree("two/agreement.yaml", "two", "2")
    repo.commit("v1")
    return repo


def test_new_and_gone(two: Repo) -> None:
    two.git("rm", "-r", "--quiet", "one")
    two.agree("three.coop.yaml", "three", "3")
    assert compare("v1").pairs == [
        ("v1:one/agreement.yaml", None),
        (None, "three.coop.yaml"),
        ("v1:two/agreement.yaml", "two/agreement.yaml"),
    ]
    two.commit("v2")
    assert compare("v2", "v1").pairs == [
        (None, "v1:one/agreement.yaml"),
        ("v2:three.coop.yaml", None),
        ("v2:two/agreement.yaml", "v1:two/agreement.yaml"),
    ]
    assert compare("v1", "v2:two").pairs == [("v1:two/agreement.yaml", "v2:two/agreement.yaml")]


def test_moved(two: Repo) -> None:
    two.git("mv", "one", "elsewhere")
    two.agree("elsewhere/agreement.yaml", "one", "5")
    compared = compare("v1")
    assert compared.pairs == [
        ("v1:one/agreement.yaml", "elsewhere/agreement.yaml"),
        ("v1:two/agreement.yaml", "two/agreement.yaml"),
    ]
    assert compared.targets == [("1", "5"), ("2", "2")]


@pytest.mark.parametrize(
    "arguments", [("v1", "elsewhere"), ("v1", "elsewhere/agreement.yaml"), ("v1:one/agreement.yaml",)]
)
def test_one_that_was_moved_is_found_by_its_id(two: Repo, arguments: tuple[str, ...]) -> None:
    two.git("mv", "one", "elsewhere")
    assert compare(*arguments).pairs == [("v1:one/agreement.yaml", "elsewhere/agreement.yaml")]


def test_exchanged(two: Repo) -> None:
    two.agree("one/agreement.yaml", "two", "20")
    two.agree("two/agreement.yaml", "one", "10")
    assert compare("v1").targets == [("2", "20"), ("1", "10")]


def test_another_one_at_its_place(two: Repo) -> None:
    two.git("mv", "one", "old")
    two.agree("one/agreement.yaml", "successor", "9")
    assert compare("v1").targets == [("1", "1"), (None, "9"), ("2", "2")]


def test_another_id_at_the_same_place(two: Repo) -> None:
    two.agree("one/agreement.yaml", "renamed", "7")
    assert compare("v1").targets == [("1", "7"), ("2", "2")]


def test_ids_are_compared_in_one_normal_form(two: Repo) -> None:
    two.agree("cafe.coop.yaml", "cafe\u0301", "1")
    two.commit("v2")
    two.git("rm", "--quiet", "cafe.coop.yaml")
    two.agree("moved.coop.yaml", "caf\xe9", "2")
    assert ("v2:cafe.coop.yaml", "moved.coop.yaml") in compare("v2").pairs


def test_broken_ones_are_paired_by_place(two: Repo) -> None:
    two.write("one/agreement.yaml", "surprise: 1")
    compared = compare("v1")
    assert compared.targets == [("1", "?"), ("2", "2")]
    assert {each.partition(" ")[0] for each in compared.findings} == {"one/agreement.yaml:1"}
    two.commit("broken")
    two.git("checkout", "--quiet", "v1", "--", ".")
    compared = compare("broken")
    assert compared.targets == [("?", "1"), ("2", "2")]
    assert {each.partition(" ")[0] for each in compared.findings} == {"broken:one/agreement.yaml:1"}


def test_two_with_one_id(two: Repo) -> None:
    two.agree("copy/agreement.yaml", "one", "1")
    told = "both have the id one, so it cannot be told which is which; give each its own, or name the one that is meant"
    assert refused("v1") == f"copy/agreement.yaml and one/agreement.yaml {told}"
    assert compare("v1", "two").targets == [("2", "2")]
    assert compare("v1", "one").targets == [("1", "1")]
    two.commit("v2")
    assert refused("v1", "v2") == f"v2:copy/agreement.yaml and v2:one/agreement.yaml {told}"
    two.git("rm", "-r", "--quiet", "one")
    two.git("mv", "copy", "third")
    assert refused("v2") == f"v2:copy/agreement.yaml and v2:one/agreement.yaml {told}"


def test_a_new_version_may_mend_two_with_one_id(two: Repo) -> None:
    two.agree("copy/agreement.yaml", "one", "4")
    two.commit("v2")
    two.agree("copy/agreement.yaml", "copy", "4")
    assert compare("v2").targets == [("4", "4"), ("1", "1"), ("2", "2")]


def test_no_agreement_on_either_side(repo: Repo) -> None:
    repo.write("README.md", "nothing here")
    repo.commit("v1")
    assert refused("v1") == "no agreement found, neither in v1 nor in work tree"
    (repo.folder / "empty").mkdir()
    assert refused("v1", "empty") == "no agreement found, neither in v1 nor in work tree"


def test_all_gone(two: Repo) -> None:
    two.git("rm", "-r", "--quiet", ".")
    assert compare("v1").targets == [("1", None), ("2", None)]
    (two.folder / "one").mkdir()
    assert compare("v1", "one").targets == [("1", None)]


def test_folders_are_compared_by_the_places_in_them(two: Repo) -> None:
    two.git("mv", "one", "deals-old")
    two.agree("deals-new/agreement.yaml", "quite-another", "6")
    assert compare("deals-old", "deals-new").targets == [("1", "6")]
    assert compare("v1:one", "v1:two").targets == [("1", "2")]
    assert compare("v1:two", "deals-new").targets == [("2", "6")]


def test_ignored_folders_and_files(two: Repo) -> None:
    two.write(".gitignore", "drafts/\ntwo/\n")
    two.agree("drafts/agreement.yaml", "draft")
    two.agree(".hidden/agreement.yaml", "hidden")
    two.agree("node_modules/x/agreement.yaml", "module")
    assert compare("v1").targets == [("1", "1"), ("2", "2")], "what git tracks is not ignored"
    two.git("add", "--all", "--force")
    two.git("reset", "--quiet", "drafts")
    two.commit("v2")
    assert compare("v2", "HEAD").targets == [("1", "1"), ("2", "2")]
    assert compare("v2:.hidden", ".hidden").targets == [("10", "10")]


@pytest.mark.parametrize("path", ["deals/one.yaml", ".hidden/agreement.yaml", "node_modules/agreement.yaml"])
def test_what_is_named_is_read_whatever_its_name_is(two: Repo, path: str) -> None:
    two.agree(path, "three", "3")
    two.commit("v2")
    two.agree(path, "three", "4")
    folder = path.rpartition("/")[0]
    assert compare("v2").targets == [("1", "1"), ("2", "2")]
    assert compare("v2", path).targets == compare(f"v2:{path}").targets == [("3", "4")]
    assert compare("v2", f"HEAD:{path}").targets == [("3", "3")]
    if path.endswith("/agreement.yaml"):
        assert compare("v2", folder).targets == compare(f"v2:{folder}").targets == [("3", "4")]
    (two.folder / path).unlink()
    assert compare(f"v2:{path}").targets == [("3", None)]
    assert compare("v1", f"v2:{path}").targets == [(None, "3")]


def test_a_sparse_checkout(two: Repo) -> None:
    two.git("sparse-checkout", "set", "two")
    compared = compare("v1")
    assert compared.targets == [("2", "2")]
    assert compared.remarks == ("one/agreement.yaml: not checked out here (sparse checkout)",)


def test_a_repository_within(two: Repo) -> None:
    inner = Repo(two.folder / "inner")
    inner.agree("agreement.yaml", "inner")
    inner.git("init", "--quiet")
    inner.commit("inner")
    compared = compare("v1")
    assert compared.targets == [("1", "1"), ("2", "2")]
    assert compared.remarks == ("inner/agreement.yaml: in a git repository of its own; run coopctl in there",)
    two.git("submodule", "--quiet", "add", str(inner.folder), "sub")
    two.commit("v2")
    assert compare("v2").targets == [("1", "1"), ("2", "2")]
    assert refused("v2:sub") == "v2:sub: a submodule, whose files are not part of this repository"
    assert refused("v2:sub/agreement.yaml") == "v2:sub: a submodule, whose files are not part of this repository"


def test_in_a_submodule(two: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = Repo(two.folder.parent / "inner")
    inner.folder.mkdir()
    inner.git("init", "--quiet")
    inner.agree("agreement.yaml", "inner")
    inner.commit("v8")
    two.git("submodule", "--quiet", "add", str(inner.folder), "sub")
    monkeypatch.chdir(two.folder / "sub")
    Repo(two.folder / "sub").agree("agreement.yaml", "inner", "8")
    compared = compare("v8")
    assert (compared.pairs, compared.targets) == ([("v8:agreement.yaml", "agreement.yaml")], [("10", "8")])
