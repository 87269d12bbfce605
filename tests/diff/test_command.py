"""`coopctl diff`: what it compares, when it fails, and from whose side it looks."""

import json
from pathlib import Path

import pytest

from coopctl.cells import cell_width
from tests.conftest import Coopctl
from tests.diff.samples import AS_OF, DEAL, compared, diff, edited, put

MATERIAL = ("cap: 500000", "cap: 600000")
REVIEW = ("weight: 2", "weight: 3")
WORDING = ("title: Quay and", "title: Quay &")
BUMP = ("version: 1.0.0", "version: 1.1.0")
HISTORY = ("clauses:\n", "amendments: [{version: 1.1.0, date: 2026-07-14, summary: Cap}]\nclauses:\n")


@pytest.mark.parametrize(
    ("edits", "failing"),
    [
        ([], []),
        ([WORDING], ["editorial"]),
        ([REVIEW], ["editorial", "review"]),
        ([MATERIAL, BUMP, HISTORY], ["editorial", "review", "material"]),
    ],
    ids=["nothing", "wording", "review", "material"],
)
@pytest.mark.parametrize("fail_on", ["none", "material", "review", "editorial"])
def test_what_fails(
    edits: list[tuple[str, str]], failing: list[str], fail_on: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    put(tmp_path, DEAL, edited(*edits))
    assert diff(coopctl, "--fail-on", fail_on).code == int(fail_on in failing)
    assert diff(coopctl, "--fail-on", fail_on, "--exit-zero").code == 0


def test_material_is_what_fails_by_default(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, DEAL, edited(MATERIAL, BUMP, HISTORY))
    assert diff(coopctl).code == 1
    put(tmp_path, DEAL, edited(REVIEW))
    assert diff(coopctl).code == 0


@pytest.mark.parametrize(
    ("edits", "codes"),
    [
        ([MATERIAL], ["VER001", "VER003"]),
        ([MATERIAL, BUMP], ["VER003"]),
        ([MATERIAL, HISTORY], ["VER001"]),
        ([MATERIAL, BUMP, HISTORY], []),
        ([REVIEW], []),
        ([WORDING], []),
        ([("version: 1.0.0", "version: 0.9.9")], ["VER002"]),
        ([("version: 1.0.0", "version: 1.0.0-rc.1")], ["VER002"]),
        ([MATERIAL, ("version: 1.0.0", "version: 1.0.0+b")], ["VER001", "VER003"]),
        ([MATERIAL, HISTORY, ("version: 1.0.0", "version: second")], []),
    ],
)
def test_a_change_has_to_be_recorded(
    edits: list[tuple[str, str]], codes: list[str], coopctl: Coopctl, tmp_path: Path
) -> None:
    put(tmp_path, DEAL, edited(*edits))
    assert [each["code"] for each in compared(coopctl)["findings"]] == codes


def test_what_is_not_recorded_fails_unless_nothing_does(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, DEAL, edited(("version: 1.0.0", "version: 0.9.0")))
    assert diff(coopctl, "--fail-on", "material").code == 1
    assert diff(coopctl, "--fail-on", "none").code == 0


def test_from_a_side_the_worse_comes_first(coopctl: Coopctl, tmp_path: Path) -> None:
    better, worse, neither = (
        ("target: -20%", "target: -18%"),
        ("{quay: 60%, crane: 40%}", "{quay: 55%, crane: 45%}"),
        ("within: 30 days}", "within: 45 days}"),
    )
    put(tmp_path, DEAL, edited(better, worse, neither, REVIEW))
    assert [each["code"] for each in compared(coopctl)["changes"]] == ["CHG201", "CHG511", "CHG321", "CHG502"]
    crane = compared(coopctl, "--perspective", "crane")
    assert [each["code"] for each in crane["changes"]] == ["CHG511", "CHG321", "CHG201", "CHG502"]
    assert crane["perspective"] == "crane"
    quay = compared(coopctl, "--perspective", "quay")
    assert [each["code"] for each in quay["changes"]] == ["CHG201", "CHG321", "CHG511", "CHG502"]
    assert (
        "worse for Crane, better for Quay" in diff(coopctl, "--perspective", "crane", "--output-format", "concise").out
    )
    header = "| Weight | What changes | Crane | Quay |"
    assert header in diff(coopctl, "--perspective", "crane", "--output-format", "markdown").out


def test_colours_follow_the_side(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, DEAL, edited(("target: -20%", "target: -18%")))
    red, green = "\x1b[1;31m-20%\x1b[0m", "\x1b[32m-20%\x1b[0m"
    assert red in diff(coopctl, "--color", "always", "--perspective", "quay").out
    assert green in diff(coopctl, "--color", "always", "--perspective", "crane").out
    assert "\x1b" not in diff(coopctl, "--perspective", "crane").out


def test_an_unknown_side_is_refused_with_the_nearest(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, DEAL, DEAL)
    ended = diff(coopctl, "--perspective", "qay")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: --perspective: no party is called qay; did you mean `quay`?\n"


@pytest.mark.parametrize(
    ("base", "head"),
    [("base", "head"), ("base/agreement.yaml", "head"), ("base/agreement.yaml", "head/agreement.yaml")],
)
def test_files_and_folders_can_be_compared(base: str, head: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, DEAL, edited(WORDING))
    ended = coopctl("diff", base, head, "--as-of", AS_OF, "--output-format", "concise")
    assert ended.out == (
        "head/agreement.yaml:3:8: CHG529 wording-changed: Title: Quay and Crane alliance → Quay & Crane alliance\n"
        "1 editorial change in 1 agreement\n"
    )


def test_new_and_gone_agreements_say_so(coopctl: Coopctl, tmp_path: Path) -> None:
    for version, name in (("base", "old"), ("base", "same"), ("head", "same"), ("head", "new")):
        place = tmp_path / version / name
        place.mkdir(parents=True)
        text = DEAL.replace("id: quay-and-crane", f"id: {name}").replace("title: Quay and", f"title: {name}")
        (place / "agreement.yaml").write_text(text, "utf-8")
    ended = diff(coopctl, "--output-format", "concise")
    assert ended.out == (
        "head/new/agreement.yaml:1:1: CHG801 agreement-added: The agreement new Crane alliance 1.0.0 is new; "
        "nobody is asked here, its parties accept it by signing it\n"
        "base/old/agreement.yaml:1:1: CHG802 agreement-removed: The agreement old Crane alliance 1.0.0 is gone; "
        "3184b206a908 has to be accepted by Quay and Crane\n"
        "1 material change, 1 change to review in 2 of 3 agreements\n"
    )
    assert ended.code == 1
    document = json.loads(diff(coopctl, "--output-format", "json").out)
    assert [each["state"] for each in document["agreements"]] == ["new", "gone", "same"]
    for each in ("full", "markdown", "github", "sarif"):
        assert "The agreement new Crane alliance 1.0.0 is new" in diff(coopctl, "--output-format", each).out


def test_an_agreement_that_moved_is_found_by_its_id(coopctl: Coopctl, tmp_path: Path) -> None:
    for version, name in (("base", "there"), ("head", "elsewhere")):
        (tmp_path / version / name).mkdir(parents=True)
        (tmp_path / version / name / "agreement.yaml").write_text(DEAL, "utf-8")
    assert compared(coopctl)["state"] == "same"


def test_what_can_be_compared_is_compared_when_the_older_version_is_broken(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, edited(("target: -20%", "target: soon")), edited(MATERIAL, WORDING))
    found = compared(coopctl)
    assert [each["code"] for each in found["changes"]] == ["CHG330", "CHG529"]
    assert found["not_compared"] == ["kpis"]
    assert diff(coopctl, "--exit-zero").code == 2


def test_what_can_be_compared_is_compared_when_the_newer_version_is_broken(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, DEAL, edited(MATERIAL, ("target: -20%", "target: soon")))
    found = compared(coopctl)
    assert [each["code"] for each in found["changes"]] == ["CHG330"]
    assert [each["location"]["path"] for each in found["findings"]] == ["head/agreement.yaml"]


@pytest.mark.parametrize(("base", "head"), [("coopctl: [", DEAL), (DEAL, ""), ("coopctl: [", "")])
def test_where_nothing_can_be_compared_that_is_said(base: str, head: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, base, head)
    found = compared(coopctl)
    assert (found["state"], found["changes"], found["not_compared"]) == ("unread", [], ["all"])
    ended = diff(coopctl, "--replay")
    assert ended.code == 2
    assert "nothing could be compared: one of the versions cannot be read" in ended.out
    for each in ("concise", "markdown", "github", "sarif"):
        assert diff(coopctl, "--replay", "--output-format", each).code == 2


def test_a_side_without_agreements_is_refused(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, DEAL, DEAL)
    (tmp_path / "empty").mkdir()
    ended = coopctl("diff", "base", "empty", "--as-of", AS_OF)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: empty: no agreement found")


ANEW = ": has no amendments: yet; at the end of the file"
WEIGHT = 'summary: "Weight of Hours in port in the score: 2 → 3"'


@pytest.mark.parametrize(
    ("history", "told"),
    [
        (
            "",
            f"{ANEW}\namendments:\n  - version: 1.1.0\n    date: 2026-07-15\n    {WEIGHT}\n",
        ),
        (
            "amendments:\n- {version: 0.9.0, summary: Pilot}\n",
            f": below the last entry of amendments:\n- version: 1.1.0\n  date: 2026-07-15\n  {WEIGHT}\n",
        ),
        (
            "language: zh-CN\namendments:\n    -   version: 0.9.0\n        summary: Pilot\n",
            f"：放在 amendments: 最后一项的下面\n    - version: 1.1.0\n      date: 2026-07-15\n      {WEIGHT}\n",
        ),
        (
            "language: zh-TW\namendments: [{version: 0.9.0, summary: Pilot}]\n",
            f"：放進 amendments: 的方括號內，作為最後一項\n, {{version: 1.1.0, date: 2026-07-15, {WEIGHT}}}\n",
        ),
        (
            "amendments: []\n",
            f": into the brackets of amendments:, as the last entry\n{{version: 1.1.0, date: 2026-07-15, {WEIGHT}}}\n",
        ),
    ],
)
def test_the_entry_for_the_history_can_be_pasted_where_it_says(
    history: str, told: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    put(tmp_path, DEAL + history, edited(REVIEW) + history)
    assert diff(coopctl, "--changelog").out == f"# head/agreement.yaml{told}"


def test_the_entry_for_the_history_stands_alone(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, DEAL, edited(REVIEW))
    assert diff(coopctl, "--changelog", "--output-format", "json").code == 2
    put(tmp_path, DEAL, edited(WORDING))
    assert diff(coopctl, "--changelog").out == ""


def test_one_run_feeds_the_log_and_files(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, DEAL, edited(MATERIAL))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    ended = diff(coopctl, "--output-format", "concise", "--output-format", "json=out.json")
    assert "CHG330 liability-cap-tightened: The most" in ended.out
    assert "::error file=head/agreement.yaml,line=" in ended.out
    assert ",title=CHG330 liability-cap-tightened::The most that is compensated rises" in ended.out
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["summary"]["changes"] == 1
    assert (tmp_path / "summary.md").read_text("utf-8").startswith("## Changes to agreements\n")


def test_no_result_is_written_over_a_version(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, DEAL, DEAL)
    for path in ("base/agreement.yaml", "head/agreement.yaml"):
        assert diff(coopctl, "--output-format", f"json={path}").code == 2
        assert (tmp_path / path).read_text("utf-8") == DEAL


def test_the_same_versions_say_the_same_bytes(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, DEAL, edited(MATERIAL, REVIEW, WORDING))
    for each in ("full", "json", "sarif", "markdown"):
        assert diff(coopctl, "--output-format", each).out == diff(coopctl, "--output-format", each).out


@pytest.mark.parametrize(
    ("name", "left", "right"),
    [
        ("x" * 13, ["base/xxxxxxxxxxxxx/agreement.yaml:3:8"], ["head/xxxxxxxxxxxxx/agreement.yaml:3:8"]),
        ("x" * 14, ["base/xxxxxxxxxxxxxx/", "agreement.yaml:3:8"], ["head/xxxxxxxxxxxxxx/", "agreement.yaml:3:8"]),
        (
            "港" * 20,
            ["base/", "港" * 18, "港港/agreement.yaml:3:8"],
            ["head/", "港" * 18, "港港/agreement.yaml:3:8"],
        ),
    ],
    ids=["as wide as its column", "wider", "a name that is wider"],
)
def test_a_place_is_shown_whole(
    name: str, left: list[str], right: list[str], coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for version, text in (("base", DEAL), ("head", edited(WORDING))):
        (tmp_path / version / name).mkdir(parents=True)
        (tmp_path / version / name / "agreement.yaml").write_text(text, "utf-8")
    out = diff(coopctl).out
    rows = [line.partition(" | ") for line in out.splitlines() if " | " in line]
    *places, said, carets = [(row[0].strip(), row[2].strip()) for row in rows]
    assert places == list(zip(left, right, strict=True))
    assert said == ("3 title: Quay and Crane alliance", "3 title: Quay & Crane alliance")
    assert carets == ("^^^", "^")
    assert max(map(cell_width, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("base", "told"),
    [("coopctl: [", "Nothing"), (edited(("target: -20%", "target: soon")), "Not everything")],
    ids=["nothing", "a part"],
)
@pytest.mark.parametrize("fail_on", ["none", "material"])
def test_a_comment_says_first_that_something_could_not_be_compared(
    base: str, told: str, fail_on: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    put(tmp_path, base, DEAL)
    ended = diff(coopctl, "--output-format", "markdown", "--fail-on", fail_on)
    assert ended.code == 2
    assert f"\n❌ **{told} could be compared.**\n" in ended.out
    assert "✅" not in ended.out
