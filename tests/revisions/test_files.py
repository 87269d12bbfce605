"""What of a revision is read: the agreements, their ledgers, their approvals and the configuration, as they were."""

import os
from collections import Counter
from pathlib import Path

import pytest

from coopctl import limits
from coopctl.configuration import nearest_configuration
from coopctl.discovery import find_ledger_files
from coopctl.parsing import read_source
from coopctl.revisions.matching import Pattern
from coopctl.revisions.sides import two_sides
from coopctl.source import Source
from tests.commands.deals import kpi, ledger, terms
from tests.revisions.conftest import Repo, compare, refused

AWKWARD = ("with space", "合作协议", "qu'o\"te", "a:b", "#x", "naïve\u0301", "-dash", "new\nline", "back\\slash")


def extracted(*arguments: str) -> dict[str, bytes]:
    """Return the files of the earlier side as they are written out, by their paths in the repository."""
    with two_sides(arguments) as sides:
        folder = Path(sides.base.folder)
        found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        return {name: path.read_bytes() for name, path in found.items() if name != ".git"}


def test_only_what_is_needed_is_written_out_and_byte_for_byte(repo: Repo) -> None:
    wanted = {
        "coopctl.toml": "[lint]\n",
        "deals/pyproject.toml": "[tool.coopctl]\n",
        "deals/one/agreement.yaml": "\ufeff" + terms(kpi()).replace("\n", "\r\n"),
        "deals/one/actuals/2026.yaml": ledger({"days": {"2026-01": "9"}}),
        "deals/one/actuals/more.csv": "kpi,period,value\r\ndays,2026-02,8\r\n",
        "deals/one/approvals/1.1.0.yaml": "coopctl: approvals/1\n",
        "two.coop.yaml": terms(kpi(), id_="two", more="actuals: [facts/**/*.yaml, one.csv]\n"),
        "facts/a/b/2026.yaml": ledger({"days": {"2026-01": "9"}}),
        "one.csv": "kpi,period,value\ndays,2026-02,8\n",
    }
    unwanted = {
        "README.md": "",
        "other/coopctl.toml": "",
        "other/actuals/2026.yaml": "",
        "deals/one/notes/x.yaml": "",
        "deals/one/actuals/deep/2026.yaml": "",
        "actuals/2026.yaml": "",
        "facts/2026.csv": "",
    }
    for path, text in (wanted | unwanted).items():
        repo.write(path, text)
    repo.git("config", "core.autocrlf", "false")
    repo.commit("v1")
    assert extracted("v1", "v1") == {path: text.encode() for path, text in wanted.items()}
    one = {path: text.encode() for path, text in wanted.items() if path.startswith("deals/one/")}
    above = {path: wanted[path].encode() for path in ("coopctl.toml", "deals/pyproject.toml")}
    assert extracted("v1:deals/one/agreement.yaml") == one | above


def test_the_ledger_is_the_one_of_its_time(repo: Repo) -> None:
    repo.agree()
    repo.record("deal/actuals/a.yaml")
    repo.commit("v1")
    repo.record("deal/actuals/a.yaml", "8")
    repo.write("deal/actuals/b.csv", "kpi,period,value\ndays,2026-02,8\n")
    compared = compare("v1")
    assert (compared.figures, compared.findings) == ([(1, 2)], [])


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_names(repo: Repo, name: str) -> None:
    repo.agree(f"{name}/agreement.yaml", more="nonsense: 1\n")
    repo.record(f"{name}/actuals/{name}.yaml")
    repo.agree("plain/agreement.yaml", "plain")
    repo.commit("v1")
    compared = compare("v1", "HEAD")
    shown = f"{name}/agreement.yaml"
    assert (f"v1:{shown}", f"HEAD:{shown}") in compared.pairs
    assert (1, 1) in compared.figures
    assert all(each.startswith((f"v1:{shown}:", f"HEAD:{shown}:")) for each in compared.findings)
    assert len(compared.findings) == 2
    assert compare(f"v1:{shown}", f"HEAD:{name}").pairs == [(f"v1:{shown}", f"HEAD:{shown}")]
    assert compare(f"v1:{shown}", f"./{name}").targets == [("?", "?")]


def test_a_repository_and_branch_with_awkward_names(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = repo.folder.parent / "合作 'q\" $(touch x)"
    os.rename(repo.folder, folder)
    monkeypatch.chdir(folder)
    moved = Repo(folder)
    moved.agree()
    moved.commit("版本-1")
    moved.git("branch", "a;b$(touch${IFS}x)")
    assert compare("版本-1").labels == ("版本-1", "work tree")
    assert compare("a;b$(touch${IFS}x)").targets == [("10", "10")]
    assert not (folder / "x").exists()


def test_places_are_shown_as_git_takes_them(repo: Repo) -> None:
    repo.agree(more="nonsense: 1\n")
    repo.write("deal/actuals/a.yaml", "coopctl: actuals/1\nmilestones: {nowhere: {done: 2026-01-01}}\n")
    repo.write("deal/actuals/b.csv", "kpi,period,value\nnowhere,2026-01,1\n")
    repo.commit("v1")
    with two_sides(["v1", "HEAD"]) as (base, _, pairs, _):
        version = pairs[0].base
        assert version is not None
        raw = os.path.join(base.folder, "deal/actuals/a.yaml")
        assert base.shown(raw) == "v1:deal/actuals/a.yaml"
        assert base.shown("elsewhere.yaml") == "elsewhere.yaml"
        assert base.shown_in(f"see {raw} there") == "see v1:deal/actuals/a.yaml there"
        loaded = base.load(version)
        assert loaded.path == loaded.source.path == "v1:deal/agreement.yaml"
        assert {each.location.path for each in loaded.findings} == {
            "v1:deal/agreement.yaml",
            "v1:deal/actuals/a.yaml",
            "v1:deal/actuals/b.csv",
        }
        assert all(each.location.path in loaded.files for each in loaded.findings)
        assert base.folder not in repr([*loaded.findings])


def test_recorded_figures_know_their_place_in_the_revision(repo: Repo) -> None:
    repo.agree()
    repo.record()
    repo.commit("v1")
    with two_sides(["v1", "HEAD"]) as (base, _, pairs, _):
        version = pairs[0].base
        assert version is not None
        loaded = base.load(version)
        (figure,) = loaded.ledger.figures["days"]
        located = loaded.locate(figure.place)
        assert (located.path, located.line) == ("v1:deal/actuals/2026.yaml", 3)
        assert loaded.files[located.path].lines[2] == "  days: {2026-01: 9}"


def test_no_configuration_of_another_place_counts(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(repo.folder / "temporary"))
    (repo.folder / "temporary").mkdir()
    repo.agree()
    repo.write("temporary/coopctl.toml", "")
    repo.commit("v1")
    with two_sides(["v1:deal", "v1:deal"]) as (base, _, _, _):
        assert nearest_configuration(os.path.join(base.folder, "deal")) is None


def test_links_are_not_followed(repo: Repo) -> None:
    repo.agree()
    repo.record("facts/2026.yaml")
    os.symlink("agreement.yaml", repo.folder / "deal" / "link.coop.yaml")
    os.symlink("../facts", repo.folder / "deal" / "actuals")
    repo.commit("v1")
    compared = compare("v1", "HEAD")
    why = "a symbolic link, which is not followed in a revision"
    assert compared.pairs == [("v1:deal/agreement.yaml", "HEAD:deal/agreement.yaml")]
    assert compared.remarks == (f"HEAD:deal/link.coop.yaml: {why}",)
    assert compared.findings == [f"v1:deal/actuals:1 {why}", f"HEAD:deal/actuals:1 {why}"]
    assert compared.unjudged == ()
    assert refused("v1:deal/link.coop.yaml") == f"v1:deal/link.coop.yaml: {why}"
    assert compare("v1").pairs == [("v1:deal/agreement.yaml", "deal/agreement.yaml")]


def test_a_link_in_the_place_of_an_agreement(repo: Repo) -> None:
    repo.agree()
    repo.agree("other/agreement.yaml", "other")
    repo.commit("v1")
    (repo.folder / "deal" / "agreement.yaml").rename(repo.folder / "deal" / "hidden.yaml")
    repo.agree("deal/hidden.yaml", target="5")
    os.symlink("hidden.yaml", repo.folder / "deal" / "agreement.yaml")
    repo.commit("v2")
    link = "v2:deal/agreement.yaml: a symbolic link, which is not followed in a revision"
    for versions in (("v1", "v2"), ("v2", "v1")):
        compared = compare(*versions)
        assert compared.targets == [("10", "10")]
        assert (compared.remarks, compared.unjudged) == (
            (),
            (f"{link}; v1:deal/agreement.yaml has nothing to be compared with",),
        )
    assert refused("v1:deal", "v2:deal").endswith(f"; {link}; v1:deal/agreement.yaml has nothing to be compared with")
    assert compare("v1", "v2:other").unjudged == ()
    (repo.folder / "deal" / "agreement.yaml").unlink()
    (repo.folder / "deal" / "hidden.yaml").rename(repo.folder / "deal" / "agreement.yaml")
    assert compare("v1").targets == [("10", "5"), ("10", "10")]
    assert compare("v1").unjudged == ()


def test_a_link_where_an_agreement_was_before_it_moved(repo: Repo) -> None:
    repo.agree()
    repo.commit("v1")
    repo.agree("new/agreement.yaml", target="11")
    (repo.folder / "deal" / "agreement.yaml").unlink()
    os.symlink("../new/agreement.yaml", repo.folder / "deal" / "agreement.yaml")
    repo.commit("v2")
    compared = compare("v1", "v2")
    assert (compared.targets, compared.unjudged) == ([("10", "11")], ())
    assert len(compared.remarks) == 1


def test_a_linked_ledger_file(repo: Repo) -> None:
    repo.agree(more="actuals: ['facts/*.yaml', one.csv]\n")
    repo.write("deal/one.csv", "kpi,period,value\ndays,2026-02,8\n")
    (repo.folder / "deal" / "facts").mkdir()
    os.symlink("/etc/passwd", repo.folder / "deal" / "facts" / "x.yaml")
    os.symlink("/etc/passwd", repo.folder / "deal" / "facts" / "x.txt")
    repo.commit("v1")
    found = compare("v1", "v1").findings
    assert "v1:deal/facts/x.yaml:1 a symbolic link, which is not followed in a revision" in found
    assert not any("x.txt" in each or "passwd" in each for each in found)


def test_a_ledger_in_a_submodule(repo: Repo) -> None:
    inner = Repo(repo.folder.parent / "inner")
    inner.folder.mkdir()
    inner.git("init", "--quiet")
    inner.record("2026.yaml")
    inner.commit()
    repo.agree()
    repo.git("submodule", "--quiet", "add", str(inner.folder), "deal/actuals")
    repo.commit("v1")
    found = compare("v1").findings
    assert found == ["v1:deal/actuals:1 a submodule, whose files are not part of this repository"]


CONFLICT = "<<<<<<< HEAD\n    target: 10\n=======\n    target: 11\n>>>>>>> proposal\n"


def test_a_merge_in_progress(repo: Repo) -> None:
    repo.agree()
    repo.record()
    repo.commit("v1")
    repo.git("checkout", "--quiet", "-b", "proposal")
    repo.agree(target="11")
    repo.record(value="7")
    repo.commit("v2")
    repo.git("checkout", "--quiet", "main")
    repo.agree(target="12")
    repo.record(value="8")
    repo.commit("v3")
    repo.git("merge", "--quiet", "proposal", fails=True)
    compared = compare("v1")
    line = (repo.folder / "deal/agreement.yaml").read_text("utf-8").split("\n").index("<<<<<<< HEAD") + 1
    told = "an unresolved merge conflict begins here, with the lines of HEAD"
    assert compared.findings == [f"deal/agreement.yaml:{line} {told}"]
    assert compared.targets == [("10", "?")]


def test_a_conflict_that_was_committed(repo: Repo) -> None:
    text = terms(kpi()).replace("    target: 10\n", CONFLICT)
    line = text.split("\n").index("<<<<<<< HEAD") + 1
    told = "an unresolved merge conflict begins here, with the lines of HEAD"
    repo.write("deal/agreement.yaml", text)
    repo.agree("other/agreement.yaml", "other")
    repo.write("other/actuals/x.csv", f"kpi,period,value\n{CONFLICT}")
    repo.commit("v1")
    assert compare("v1:deal", "v1:deal").findings == [f"v1:deal/agreement.yaml:{line} {told}"] * 2
    assert compare("v1:other", "v1:other").findings == [f"v1:other/actuals/x.csv:2 {told}"] * 2


@pytest.mark.parametrize("left_out", ["<<<<<<<", "=======", ">>>>>>>"])
def test_less_than_a_whole_conflict_is_none(repo: Repo, left_out: str) -> None:
    lines = [line for line in CONFLICT.split("\n") if not line.startswith(left_out)]
    repo.write("deal/agreement.yaml", "\n".join(lines) + terms(kpi()))
    repo.commit("v1")
    found = compare("v1", "v1").findings
    assert found
    assert not any("conflict" in each for each in found)


def test_signs_of_a_conflict_within_a_text_are_text(repo: Repo) -> None:
    quoted = "".join(f"  {line}\n" for line in CONFLICT.splitlines())
    repo.write("deal/agreement.yaml", f"{terms(kpi())}purpose: |\n{quoted}")
    repo.commit("v1")
    assert compare("v1").findings == []


@pytest.mark.parametrize(("size", "is_too_large"), [(limits.FILE_BYTES, False), (limits.FILE_BYTES + 1, True)])
def test_the_largest_file(repo: Repo, size: int, is_too_large: bool) -> None:
    text = terms(kpi())
    repo.write("deal/agreement.yaml", text + "#" * (size - len(text)))
    repo.commit("v1")
    compared = compare("v1:deal", "v1:deal")
    expected = ["v1:deal/agreement.yaml:1 larger than 4,194,304 bytes"] * 2 if is_too_large else []
    assert compared.findings == expected


def test_a_huge_file_is_not_written_out(repo: Repo) -> None:
    repo.agree()
    repo.write("deal/actuals/x.yaml", "#" * (3 * limits.FILE_BYTES))
    repo.commit("v1")
    assert len(extracted("v1")["deal/actuals/x.yaml"]) == limits.FILE_BYTES + 1


@pytest.mark.parametrize(("files", "findings"), [(limits.LEDGER_FILES, 0), (limits.LEDGER_FILES + 1, 1)])
def test_the_longest_ledger(repo: Repo, files: int, findings: int) -> None:
    repo.agree()
    for number in range(files):
        repo.write(f"deal/actuals/{number:03}.csv", "kpi,period,value\n")
    repo.write("deal/approvals/1.yaml", "coopctl: approvals/1\n")
    repo.commit("v1")
    with two_sides(["v1:deal", "v1:deal"]) as (base, _, pairs, _):
        version = pairs[0].base
        assert version is not None
        assert len(base.load(version).findings) == findings
        assert os.path.exists(os.path.join(base.folder, "deal", "approvals", "1.yaml"))


def test_a_ledger_beyond_the_limit_is_not_written_out(repo: Repo) -> None:
    repo.agree()
    for number in range(limits.LEDGER_FILES + 20):
        repo.write(f"deal/actuals/{number:03}.csv", "")
    repo.commit("v1")
    assert len(extracted("v1:deal", "v1:deal")) == 1 + limits.LEDGER_FILES + 1


PATTERNS = (
    "actuals/*.yaml", "**/*.yaml", "*.csv", "a/**/b/*.yaml", "a/**", "**", "?.yaml", "[ab]/*.yaml", "a/b/c.yaml",
    "**/b/**/*.csv", "*/*", "a/*/c.yaml", "./a/b/c.yaml", "a//b/*.yaml", "**/**/c.yaml", "*",
)  # fmt: skip
PATHS = (
    "actuals/1.yaml", "actuals/x/1.yaml", "1.yaml", "a.csv", "a/1.yaml", "a/b/c.yaml", "a/b/c.csv", "a/x/b/1.yaml",
    "a/x/y/b/1.yaml", "b/1.yaml", "b/b/1.csv", "b/x/y/2.csv", "a/b/b/c.yaml", ".hidden/1.yaml", "a/.b.yaml",
)  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns_match_what_they_match_on_disk(tmp_path: Path, pattern: str) -> None:
    for path in PATHS:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    on_disk, _ = find_ledger_files(str(tmp_path), (pattern,), Source("agreement.yaml", ""))
    found = {os.path.relpath(path, tmp_path) for path in on_disk}
    parts = tuple(part for part in pattern.split("/") if part not in ("", "."))
    assert {path for path in PATHS if Pattern(parts).matches(tuple(path.split("/")))} == found


@pytest.mark.usefixtures("history")
def test_a_file_of_the_work_tree_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """To pair agreements takes their ids, and reading them is most of the work."""
    read: Counter[str] = Counter()

    def counting(path: str, text: str) -> Source:
        read[path] += 1
        return read_source(path, text)

    monkeypatch.setattr("coopctl.migration.chain.read_source", counting)
    monkeypatch.setattr("coopctl.loading.read_source", counting)
    assert compare("v1").targets == [("10", "12")]
    assert read["deal/agreement.yaml"] == 1
