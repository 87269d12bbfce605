"""Many agreements in one run: shared between processes, the result is that of one after the other."""

import json
from pathlib import Path

import pytest

from tests.conftest import Coopctl
from tests.lint.samples import FORMATS, QUIET, codes, document, lint, put, with_error
from tests.lint.test_selection import ALL, FAULTY


def twenty(folder: Path) -> None:
    """Write twenty agreements: some with findings, one that cannot be read, and settings of their own."""
    texts = [QUIET, FAULTY, with_error()]
    for number in range(20):
        text = texts[number % 3].replace("id: pact", f"id: pact{number}")
        put(folder / f"team{number % 2}" / f"deal{number:02}", text)
    put(folder / "team0" / "deal08", "coopctl: [")
    (folder / "team1" / "coopctl.toml").write_text(
        '[lint]\nignore = ["STY"]\nfail-on = "warning"\nbaseline = "accepted.json"\n'
        'per-file-ignores = {"deal0*/**" = ["LAW"]}\n',
        "utf-8",
    )
    (folder / "team1" / "accepted.json").write_text('{"schema_version": 1, "findings": []}', "utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_many_agreements_are_written_as_one_after_the_other(
    form: str, coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twenty(tmp_path)
    monkeypatch.setattr("coopctl.cli.cores._cores", lambda: 2)
    shared = lint(coopctl, form=form)
    monkeypatch.setattr("coopctl.cli.cores.WORTH_SHARING", 1000)
    assert lint(coopctl, form=form) == shared
    assert (shared.code, shared.err) == (2, "")


@pytest.mark.parametrize("option", ["--statistics", "--diff"])
def test_so_are_counts_and_patches(
    option: str, coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twenty(tmp_path)
    monkeypatch.setattr("coopctl.cli.cores._cores", lambda: 2)
    shared = lint(coopctl, option)
    monkeypatch.setattr("coopctl.cli.cores.WORTH_SHARING", 1000)
    assert lint(coopctl, option) == shared
    assert shared.code == 2


def test_so_is_a_baseline(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twenty(tmp_path)
    monkeypatch.setattr("coopctl.cli.cores._cores", lambda: 2)
    lint(coopctl, "--baseline", "one.json", "--write-baseline")
    monkeypatch.setattr("coopctl.cli.cores.WORTH_SHARING", 1000)
    lint(coopctl, "--baseline", "two.json", "--write-baseline")
    assert (tmp_path / "one.json").read_text("utf-8") == (tmp_path / "two.json").read_text("utf-8")
    assert json.loads((tmp_path / "one.json").read_text("utf-8"))["findings"]


def test_settings_that_cannot_be_used_end_a_shared_run(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twenty(tmp_path)
    monkeypatch.setattr("coopctl.cli.cores._cores", lambda: 2)
    (tmp_path / "team1" / "accepted.json").write_text("{", "utf-8")
    ended = lint(coopctl, form="json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: team1/accepted.json:1:2: ")


def test_each_agreement_has_its_own_settings(coopctl: Coopctl, tmp_path: Path) -> None:
    twenty(tmp_path)
    found = {each["path"]: each for each in document(coopctl)["agreements"]}
    assert len(found) == 20
    assert [each["code"] for each in found["team0/deal04/agreement.yaml"]["findings"]] == ALL
    assert [each["code"] for each in found["team1/deal01/agreement.yaml"]["findings"]] == ALL[:-2]
    assert [each["code"] for each in found["team1/deal13/agreement.yaml"]["findings"]] == [*ALL[:-2], "LAW007"]
    assert (found["team0/deal04/agreement.yaml"]["fails"], found["team1/deal01/agreement.yaml"]["fails"]) == (
        False,
        True,
    )


def test_a_file_named_twice_is_told_once(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / "a", FAULTY)
    (tmp_path / "link.yaml").symlink_to("a/agreement.yaml")
    assert codes(coopctl, "a", "a/agreement.yaml", ".", "link.yaml") == ALL


def test_what_git_ignores_is_passed_over(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / "old", FAULTY)
    put(tmp_path / "new")
    (tmp_path / ".gitignore").write_text("old/\n", "utf-8")
    assert codes(coopctl) == []
    assert codes(coopctl, "old/agreement.yaml") == ALL
