"""--baseline and --write-baseline: findings that were there before are not spoken of until they are gone."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Coopctl
from tests.lint.samples import (
    AS_OF,
    FORMATS,
    QUIET,
    changed,
    codes,
    document,
    findings,
    lines,
    lint,
    put,
    summary,
    with_error,
    with_remark,
    without_source,
)
from tests.lint.test_selection import ALL, FAULTY

BASELINE = ("--baseline", "accepted.json")


def accept(coopctl: Coopctl, *arguments: str | Path, into: str = "accepted.json") -> str:
    """Write what is found into a baseline; return what is said."""
    ended = lint(coopctl, *arguments, "--baseline", into, "--write-baseline")
    assert (ended.code, ended.out) == (0, "")
    return ended.err


def accepted(folder: Path, name: str = "accepted.json") -> list[dict[str, Any]]:
    """Return the entries of a baseline."""
    data = json.loads((folder / name).read_text("utf-8"))
    assert data["schema_version"] == 1
    found = data["findings"]
    assert isinstance(found, list)
    return found


def fingerprints(coopctl: Coopctl, *arguments: str | Path) -> list[str]:
    """Return the fingerprints of what is found, sorted."""
    return sorted(each["fingerprint"] for each in findings(coopctl, *arguments))


# Taking it up


def test_what_was_accepted_is_not_spoken_of(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    assert accept(coopctl) == "accepted.json: 5 findings accepted\n"
    assert lint(coopctl, *BASELINE, "--fail-on", "info") == (
        0,
        "no findings in 1 agreement · 5 in the baseline\n",
        "",
    )
    assert codes(coopctl) == ALL


def test_what_comes_is_told(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    accept(coopctl)
    put(tmp_path, changed("    source: Tracker\n", "", FAULTY))
    assert codes(coopctl, *BASELINE) == ["KPI002"]
    assert summary(coopctl, *BASELINE) == "1 finding in 1 agreement: 1 warning · 5 in the baseline"


def test_an_error_of_a_rule_can_be_accepted(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, with_error())
    accept(coopctl)
    assert lint(coopctl, *BASELINE).code == 0
    assert lint(coopctl).code == 1


def test_the_file_is_one_line_per_finding_and_the_same_each_time(coopctl: Coopctl, tmp_path: Path) -> None:
    """So that git shows what came and went; texts stay readable in any script."""
    put(tmp_path, changed("  csat:\n", "  客户满意度:\n", FAULTY).replace("[csat,", "[客户满意度,"))
    accept(coopctl)
    text = (tmp_path / "accepted.json").read_text("utf-8")
    assert [entry["code"] for entry in accepted(tmp_path)] == sorted(entry["code"] for entry in accepted(tmp_path))
    assert sum('"fingerprint"' in line for line in text.splitlines()) == 5
    assert "客户满意度" in text
    accept(coopctl)
    assert (tmp_path / "accepted.json").read_text("utf-8") == text


def test_nothing_found_makes_an_empty_baseline(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path)
    assert accept(coopctl) == "accepted.json: 0 findings accepted\n"
    assert accepted(tmp_path) == []
    assert codes(coopctl, *BASELINE) == []


def test_accepting_anew_drops_what_is_gone_and_takes_what_came(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    accept(coopctl)
    put(tmp_path, without_source())
    assert accept(coopctl) == "accepted.json: 1 finding accepted\n"
    assert [entry["code"] for entry in accepted(tmp_path)] == ["KPI002"]


def test_suppressed_findings_are_not_accepted_as_well(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, changed("  csat:\n", "  csat:  # coopctl: ignore[KPI002] no survey yet\n", without_source()))
    assert accept(coopctl) == "accepted.json: 0 findings accepted\n"


def test_very_many_findings_can_be_accepted(coopctl: Coopctl, tmp_path: Path) -> None:
    """An old agreement may have more than a reader wants to see at once."""
    one = "{unit: points, direction: higher-is-better, frequency: monthly, aggregation: mean, target: 90}"
    more = "".join(f"  k{number}: {one}\n" for number in range(350))
    put(tmp_path, QUIET.replace("governance:\n", f"{more}governance:\n"))
    chosen = ("--select", "KPI001,KPI002,KPI003")
    accept(coopctl, *chosen)
    assert len(accepted(tmp_path)) == 1050
    assert lint(coopctl, *BASELINE, *chosen, "--fail-on", "info").code == 0


# What stays an error


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (FAULTY + "surprise: 1\n", "SCH001"),
        (changed("id: pact", "id: pact  # coopctl: ignore KPI001", FAULTY), "SUP005"),
        ("coopctl: [", "YML001"),
    ],
)
def test_what_keeps_an_agreement_from_being_read_cannot_be_accepted(
    text: str, code: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    put(tmp_path, text)
    ended = lint(coopctl, *BASELINE, "--write-baseline", "--exit-zero")
    assert (ended.code, ended.out) == (2, "")
    assert "cannot be accepted" in ended.err
    assert code not in [entry["code"] for entry in accepted(tmp_path)]
    assert lint(coopctl, *BASELINE).code == 2
    assert code in codes(coopctl, *BASELINE)


def test_a_reading_error_written_in_by_hand_is_not_accepted(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, QUIET + "surprise: 1\n")
    (found,) = findings(coopctl)
    entry = {
        "fingerprint": found["fingerprint"],
        "code": "SCH001",
        "agreement": "agreement.yaml",
        "subject": "",
        "message": "",
    }
    (tmp_path / "accepted.json").write_text(json.dumps({"schema_version": 1, "findings": [entry]}), "utf-8")
    assert codes(coopctl, *BASELINE) == ["SCH001"]


# What is gone


def test_an_entry_that_nothing_brings_about_is_told_at_its_line(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    accept(coopctl)
    put(tmp_path, changed("disputes: {", "disputes: {law: PRC, ", FAULTY))
    (found,) = findings(coopctl, *BASELINE)
    text = (tmp_path / "accepted.json").read_text("utf-8").splitlines()
    assert (found["code"], found["name"], found["severity"]) == ("SUP006", "stale-baseline-entry", "info")
    assert found["location"]["path"] == "accepted.json"
    assert '"LAW007"' in text[found["location"]["line"] - 1]
    assert "LAW007" in found["message"]
    assert lint(coopctl, *BASELINE, "--fail-on", "warning").code == 0
    assert lint(coopctl, *BASELINE, "--fail-on", "info").code == 1
    assert codes(coopctl, *BASELINE, "--ignore", "SUP006") == []
    accept(coopctl)
    assert codes(coopctl, *BASELINE) == []


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_can_show_it(form: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """The baseline is no file of the agreement."""
    put(tmp_path, without_source())
    accept(coopctl)
    put(tmp_path)
    ended = lint(coopctl, *BASELINE, form=form)
    assert (ended.code, ended.err) == (0, "")
    assert "SUP006" in ended.out


def test_what_is_not_looked_for_is_not_called_gone(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    accept(coopctl)
    assert codes(coopctl, *BASELINE, "--ignore", "LAW007") == []
    assert codes(coopctl, *BASELINE, "--ignore", "KPI") == []
    assert codes(coopctl, *BASELINE, "--select", "SUP") == []
    assert codes(coopctl, *BASELINE, "--select", "SUP,KPI") == []


def test_what_could_not_be_looked_at_is_not_called_gone(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    accept(coopctl)
    put(tmp_path, changed("target: 90", "target: ninety", FAULTY))
    assert codes(coopctl, *BASELINE) == ["SCH003"]
    put(tmp_path, "coopctl: [")
    assert codes(coopctl, *BASELINE) == ["YML001"]


def test_agreements_that_are_not_looked_at_keep_their_entries(coopctl: Coopctl, tmp_path: Path) -> None:
    for name in ("a", "b"):
        put(tmp_path / name, changed("id: pact", f"id: pact-{name}", FAULTY))
    assert accept(coopctl) == "accepted.json: 10 findings accepted\n"
    put(tmp_path / "a", changed("id: pact", "id: pact-a", QUIET))
    assert codes(coopctl, "b", *BASELINE) == []
    assert codes(coopctl, *BASELINE) == ["SUP006"] * 5
    assert accept(coopctl, "a") == "accepted.json: 0 findings accepted\n"
    assert [entry["agreement"] for entry in accepted(tmp_path)] == ["b/agreement.yaml"] * 5
    assert codes(coopctl, *BASELINE) == []


def test_two_agreements_of_one_id_keep_their_own_entries(coopctl: Coopctl, tmp_path: Path) -> None:
    """A copy is a start for a new agreement; its id is changed later."""
    for name in ("a", "b"):
        put(tmp_path / name, FAULTY)
    accept(coopctl)
    for name in ("a", "b"):
        accept(coopctl, name)
        assert [entry["agreement"] for entry in accepted(tmp_path)] == [
            f"{each}/agreement.yaml" for each in ("a", "b") for _ in range(5)
        ]
    assert codes(coopctl, *BASELINE) == []
    put(tmp_path / "b")
    assert codes(coopctl, *BASELINE) == ["SUP006"] * 5
    assert codes(coopctl, "a", *BASELINE) == []


# Fingerprints


def test_lines_may_move(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    before = fingerprints(coopctl)
    put(tmp_path, "\n\n# A comment\n" + FAULTY.replace("\n  delay:", "\n\n\n  # More\n  delay:"))
    assert fingerprints(coopctl) == before


def test_wording_may_change(coopctl: Coopctl, tmp_path: Path) -> None:
    """Figures and titles that a message speaks of are not what it is about."""
    put(tmp_path, with_error())
    (before,) = findings(coopctl)
    put(
        tmp_path, changed("title: Delivery pact", "title: Another", changed("harbor: 50%", "harbor: 70%", with_error()))
    )
    (after,) = findings(coopctl)
    assert before["message"] != after["message"]
    assert before["fingerprint"] == after["fingerprint"]


def test_they_hold_from_any_folder(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {"actuals/2026.yaml": "coopctl: actuals/1\nkpis:\n  csat: {2025-12: 91}\n"}
    put(tmp_path / "deals" / "one", FAULTY, facts)
    here = fingerprints(coopctl)
    assert len(here) == 6
    assert fingerprints(coopctl, tmp_path / "deals") == here
    for folder in ("deals", "deals/one", "deals/one/actuals"):
        monkeypatch.chdir(tmp_path / folder)
        there = (".",) if folder != "deals/one/actuals" else ("..",)
        assert fingerprints(coopctl, *there) == here


def test_a_baseline_holds_from_any_folder(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "deals" / "one", FAULTY)
    accept(coopctl)
    for folder in ("deals", "deals/one"):
        monkeypatch.chdir(tmp_path / folder)
        up = "/".join([".."] * (folder.count("/") + 1))
        assert lines(coopctl, "--baseline", f"{up}/accepted.json") == []
        assert lines(coopctl, "--baseline", tmp_path / "accepted.json", tmp_path / "deals") == []
    put(tmp_path / "deals" / "one")
    assert codes(coopctl, "--baseline", "../../accepted.json") == ["SUP006"] * 5


@pytest.mark.parametrize("id_", ["id: pact", "id: 42", "id: ''", ""], ids=["id", "number", "empty", "none"])
def test_every_finding_has_a_fingerprint_of_its_own(id_: str, coopctl: Coopctl, tmp_path: Path) -> None:
    text = changed("id: pact\n", f"{id_}\n" if id_ else "", FAULTY)
    put(tmp_path, text.replace("target: 90", "target: ninety").replace("target: 10", "target: ten"))
    found = [each["fingerprint"] for each in findings(coopctl)]
    assert len(found) == len(set(found)) >= 4
    assert all(len(each) >= 16 for each in found)


def test_other_findings_do_not_change_a_fingerprint(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, without_source())
    alone = fingerprints(coopctl)
    put(tmp_path, FAULTY)
    assert set(alone) <= set(fingerprints(coopctl))


# What cannot be used


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", "1:2"),
        ('{"schema_version": 1,\n "findings": [}', "2:15"),
        ("[]", "1:1"),
        ("{}", "1:1"),
        ('{"schema_version": 2, "findings": []}', "1:1"),
        ('{"schema_version": 1, "findings": {}}', "1:1"),
        ('{"schema_version": 1, "findings": [3]}', "1:1"),
        ('{"schema_version": 1, "findings": [{"fingerprint": "x"}]}', "1:1"),
        ("", "1:1"),
        ("[" * 100_000, "1:1"),
    ],
    ids=lambda text: text[:30],
)
@pytest.mark.parametrize("more", [(), ("--write-baseline",)], ids=["read", "write"])
def test_a_baseline_that_cannot_be_used_is_told_with_its_place(
    more: tuple[str, ...], text: str, place: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """It is not written over either: it may be somebody's own file."""
    put(tmp_path, FAULTY, {"accepted.json": text})
    ended = lint(coopctl, *BASELINE, *more, "--exit-zero")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: accepted.json:{place}: ")
    assert (tmp_path / "accepted.json").read_text("utf-8") == text


@pytest.mark.parametrize("kind", ["missing", "folder", "not-utf-8"])
def test_a_baseline_that_cannot_be_read_ends_with_2(kind: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    path = tmp_path / "accepted.json"
    if kind == "folder":
        path.mkdir()
    elif kind == "not-utf-8":
        path.write_bytes(b"\xff")
    ended = lint(coopctl, *BASELINE)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: accepted.json")


def test_an_agreement_is_never_written_over(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    for name in ("agreement.yaml", "new.coop.yaml", "actuals/new.yaml"):
        (tmp_path / "actuals").mkdir(exist_ok=True)
        ended = lint(coopctl, "--baseline", name, "--write-baseline")
        assert ended.code == 2, name
        assert (tmp_path / "agreement.yaml").read_text("utf-8") == FAULTY
        assert name == "agreement.yaml" or not (tmp_path / name).exists()


def test_a_baseline_that_cannot_be_written_ends_with_2(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    ended = lint(coopctl, "--baseline", "no/such/folder.json", "--write-baseline")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: no/such/folder.json: cannot be written")


def test_json_counts_what_is_in_the_baseline(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    accept(coopctl)
    found = document(coopctl, *BASELINE)
    assert (found["agreements"][0]["in_baseline"], found["summary"]["in_baseline"]) == (5, 5)


def test_what_is_accepted_is_not_mended(coopctl: Coopctl, tmp_path: Path) -> None:
    path = put(tmp_path, with_remark())
    accept(coopctl)
    assert lint(coopctl, "--fix", *BASELINE).err == ""
    assert path.read_text("utf-8") == with_remark()
    assert coopctl("lint", "--fix", "--as-of", AS_OF).code == 0
    assert path.read_text("utf-8") != with_remark()
