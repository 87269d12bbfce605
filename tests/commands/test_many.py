"""Many agreements in one run, and which files a run is about."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.commands.deals import (
    AS_OF,
    FIGURES,
    broken,
    deal,
    document,
    kpi,
    ledger,
    terms,
    write,
)
from tests.conftest import Coopctl

FORMATS = ("full", "concise", "json", "github", "junit", "markdown")
STATUSES = tuple(FIGURES)


def forty(folder: Path) -> list[str]:
    """Write forty agreements of all statuses, two of them invalid, in folders two deep; return their paths."""
    for number in range(40):
        place = folder / f"region{number % 4}" / f"deal{number:02}"
        if number in (7, 30):
            broken(place)
        else:
            deal(place, STATUSES[number % len(STATUSES)], note=f"Number {number}")
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("agreement.yaml"))


@pytest.mark.parametrize("format_", FORMATS)
def test_many_agreements_are_written_as_one_after_the_other(
    format_: str, coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bytes, however many processes share the work."""
    forty(tmp_path)
    monkeypatch.setattr("coopctl.cli.cores._cores", lambda: 3)
    shared = coopctl("check", "--as-of", AS_OF, "--output-format", format_)
    monkeypatch.setattr("coopctl.cli.cores.WORTH_SHARING", 1000)
    assert coopctl("check", "--as-of", AS_OF, "--output-format", format_) == shared
    assert shared.code == 2
    assert shared.err == ""


def test_a_process_of_its_own_writes_the_same_bytes(coopctl: Coopctl, process: Coopctl, tmp_path: Path) -> None:
    forty(tmp_path)
    in_here = coopctl("check", "--as-of", AS_OF)
    environment = {"GITHUB_ACTIONS": "", "COLUMNS": "", "FORCE_COLOR": "", "COOPCTL_OUTPUT_FORMAT": ""}
    assert process(["check", "--as-of", AS_OF], env=environment) == in_here


def test_agreements_come_in_order_of_their_paths(coopctl: Coopctl, tmp_path: Path) -> None:
    expected = forty(tmp_path)
    assert len(expected) == 40
    assert [each["path"] for each in document(coopctl, "check")["agreements"]] == expected


def test_the_summary_adds_up(coopctl: Coopctl, tmp_path: Path) -> None:
    forty(tmp_path)
    found = document(coopctl, "check")
    statuses = Counter(each["status"] for agreement in found["agreements"] for each in agreement["verdicts"])
    summary = found["summary"]
    assert (summary["agreements"], summary["invalid"], summary["triggered"]) == (40, 2, 0)
    assert {each: summary[each] for each in (*STATUSES, "pending", "excused")} == {
        each: statuses[each] for each in (*STATUSES, "pending", "excused")
    }
    assert summary["pending"] == 38
    assert sum(summary[each] for each in STATUSES) == 38
    assert summary["failing"] == summary["breach"] == sum(each.get("fails") is True for each in found["agreements"])


def test_the_summary_line_counts_all_agreements(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path / "a", "breach")
    deal(tmp_path / "b", "warn")
    broken(tmp_path / "c")
    *_, summary, lint = coopctl("check", "--as-of", AS_OF).out.splitlines()
    assert summary == "3 agreements: 1 failing, 1 not judged · 1 breach, 1 warning, 2 pending"
    assert lint.startswith("  lint: ")


# Which files a run is about


def found(coopctl: Coopctl, *paths: str | Path) -> list[str]:
    """Return the agreements that `check` judges, in order."""
    return [each["path"] for each in document(coopctl, "check", *paths)["agreements"]]


def write_each(folder: Path, *paths: str) -> None:
    """Write an agreement in each of these files."""
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(terms(kpi(note=path)), "utf-8")


def test_agreements_are_found_by_their_names(coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, "agreement.yaml", "one.coop.yaml", "a/two.coop.yaml", "a/b/agreement.yaml")
    write_each(tmp_path, "other.yaml", "agreement.yml", ".coop.yaml", "a/agreement.yaml.bak", "coop.yaml")
    assert found(coopctl) == ["a/b/agreement.yaml", "a/two.coop.yaml", "agreement.yaml", "one.coop.yaml"]


def test_hidden_folders_are_passed_over_unless_named(coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, "a/agreement.yaml", ".hidden/agreement.yaml", "a/.deep/agreement.yaml", ".x.coop.yaml")
    assert found(coopctl) == ["a/agreement.yaml"]
    assert found(coopctl, ".hidden") == [".hidden/agreement.yaml"]


def test_a_named_file_is_read_whatever_its_name(coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, ".hidden/other.yaml")
    assert found(coopctl, ".hidden/other.yaml") == [".hidden/other.yaml"]


def test_what_git_ignores_is_passed_over_in_folders(coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, "a/agreement.yaml", "old/agreement.yaml", "b/draft.coop.yaml", "b/final.coop.yaml")
    (tmp_path / ".gitignore").write_text("# not these\nold/\ndraft.*\n", "utf-8")
    assert found(coopctl) == ["a/agreement.yaml", "b/final.coop.yaml"]


def test_what_git_ignores_is_read_where_it_is_named(coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, "a/agreement.yaml", "old/agreement.yaml")
    (tmp_path / ".gitignore").write_text("old/\n", "utf-8")
    assert found(coopctl, "old/agreement.yaml") == ["old/agreement.yaml"]
    assert found(coopctl, "a", "old/agreement.yaml") == ["a/agreement.yaml", "old/agreement.yaml"]


def test_patterns_of_a_gitignore_belong_to_its_folder(coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, "a/x/agreement.yaml", "a/y/agreement.yaml", "x/agreement.yaml", "y/agreement.yaml")
    (tmp_path / ".gitignore").write_text("/y/\n", "utf-8")
    (tmp_path / "a" / ".gitignore").write_text("/x/\n", "utf-8")
    assert found(coopctl) == ["a/y/agreement.yaml", "x/agreement.yaml"]


def test_a_gitignore_can_take_back_what_an_outer_one_says(coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, "a/one.coop.yaml", "a/two.coop.yaml", "b/one.coop.yaml")
    (tmp_path / ".gitignore").write_text("*.coop.yaml\n!two.coop.yaml\n", "utf-8")
    (tmp_path / "a" / ".gitignore").write_text("!one.coop.yaml\ntwo.coop.yaml\n", "utf-8")
    assert found(coopctl) == ["a/one.coop.yaml"]


def test_nothing_inside_an_ignored_folder_comes_back(coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, "old/agreement.yaml", "a/agreement.yaml")
    (tmp_path / ".gitignore").write_text("old/\n!old/agreement.yaml\n", "utf-8")
    (tmp_path / "old" / ".gitignore").write_text("!agreement.yaml\n", "utf-8")
    assert found(coopctl) == ["a/agreement.yaml"]


def test_a_gitignore_above_the_folder_counts_within_its_repository(coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, "repo/a/old/agreement.yaml", "repo/a/agreement.yaml")
    (tmp_path / "repo" / ".git").mkdir()
    (tmp_path / "repo" / ".gitignore").write_text("old/\n", "utf-8")
    (tmp_path / ".gitignore").write_text("agreement.yaml\n", "utf-8")
    assert found(coopctl, "repo/a") == ["repo/a/agreement.yaml"]


def test_a_folder_in_which_all_is_ignored_holds_no_agreement(coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, "a/agreement.yaml")
    (tmp_path / ".gitignore").write_text("*\n", "utf-8")
    ended = coopctl("check", "--as-of", AS_OF)
    assert (ended.code, ended.out) == (2, "")
    assert "no agreement found" in ended.err
    assert "agreement.yaml" in ended.err


@pytest.mark.parametrize(
    "paths",
    [
        ["a/agreement.yaml", "a/agreement.yaml"],
        ["a/agreement.yaml", "a"],
        ["a", "."],
        ["a", "./a/", "a/../a/agreement.yaml"],
        ["a/agreement.yaml", "link.yaml"],
    ],
)
def test_a_file_named_twice_is_judged_once(paths: list[str], coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, "a/agreement.yaml")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "a" / "agreement.yaml")
    assert found(coopctl, *paths) == ["a/agreement.yaml"]


def test_paths_are_judged_in_the_order_in_which_they_are_named(coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, "a/agreement.yaml", "b/agreement.yaml", "c/agreement.yaml")
    assert found(coopctl, "c", "a", "b") == ["c/agreement.yaml", "a/agreement.yaml", "b/agreement.yaml"]


def test_paths_are_shown_relative_as_they_were_named(coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, "a/agreement.yaml")
    assert found(coopctl, "./a") == ["a/agreement.yaml"]
    assert found(coopctl, tmp_path / "a") == [f"{tmp_path}/a/agreement.yaml"]


def test_every_folder_named_has_to_hold_an_agreement(coopctl: Coopctl, tmp_path: Path) -> None:
    write_each(tmp_path, "a/agreement.yaml")
    (tmp_path / "empty").mkdir()
    ended = coopctl("check", "a", "empty", "--as-of", AS_OF)
    assert (ended.code, ended.out) == (2, "")
    assert "empty: no agreement found" in ended.err


# Standard input

BAD = terms(kpi())
FACTS = ledger({"days": {"2026-01": "16"}})


def test_an_agreement_is_read_from_standard_input(process: Coopctl, tmp_path: Path) -> None:
    """Its ledger is the one beside the name that it is given."""
    write(tmp_path / "deal", "not this: 1\n", FACTS)
    arguments = ["check", "-", "--stdin-filename", "deal/agreement.yaml", "--as-of", AS_OF, "--output-format", "json"]
    ended = process(arguments, stdin=BAD.encode())
    (agreement,) = json.loads(ended.out)["agreements"]
    assert ended.code == 1
    assert (agreement["path"], agreement["status"]) == ("deal/agreement.yaml", "breach")
    assert agreement["verdicts"][0]["location"]["path"] == "deal/agreement.yaml"
    assert agreement["verdicts"][0]["evidence"]["path"] == "deal/actuals/2026.yaml"


def test_standard_input_lies_in_the_current_folder_where_nothing_is_said(process: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, "not this: 1\n", FACTS)
    ended = process(["check", "-", "--as-of", AS_OF, "--output-format", "concise"], stdin=BAD.encode())
    assert ended.code == 1
    assert ended.out.startswith("agreement.yaml:15:50: breach ")


@pytest.mark.parametrize("command", [["variance"], ["explain", "days"]], ids=" ".join)
def test_the_other_commands_read_standard_input_too(command: list[str], process: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, "not this: 1\n", FACTS)
    ended = process([*command, "-", "--as-of", AS_OF], stdin=BAD.encode())
    assert ended.code == 0
    assert "breach" in ended.out


def test_standard_input_is_judged_beside_files(process: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path / "a", "met")
    write(tmp_path / "deal", "not this: 1\n", FACTS)
    arguments = ["check", "a", "-", "--stdin-filename", "deal/agreement.yaml", "--as-of", AS_OF]
    ended = process([*arguments, "--output-format", "json"], stdin=BAD.encode())
    assert [each["status"] for each in json.loads(ended.out)["agreements"]] == ["met", "breach"]


def test_an_empty_standard_input_cannot_be_judged(process: Coopctl) -> None:
    ended = process(["check", "-", "--as-of", AS_OF], stdin=b"")
    assert ended.code == 2
    assert "agreement.yaml" in ended.out
