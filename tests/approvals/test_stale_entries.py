"""Entries that nobody signed, for what is no longer proposed: taken out, and nothing else."""

import json
from pathlib import Path

import pytest

from tests.approvals.samples import AS_OF, NEW, approvals_file, entry, fingerprints, put, versions
from tests.conftest import Coopctl, Ended

GONE = "ab" * 32
OTHER = "cd" * 32
HEAD = "coopctl: approvals/1\nagreement: pact\n"


def rewritten(coopctl: Coopctl, folder: Path, text: str) -> tuple[Ended, str]:
    """Let entries be written beside a file that asks quay for what is no longer proposed."""
    versions(folder, NEW.replace("cap: 400000", "cap: 500000"))
    (target,) = fingerprints().values()
    put(folder, {"new/approvals/1.3.0.quay.yaml": text.replace("TT", target)})
    ended = coopctl("diff", "old", "new", "--write-approvals", *AS_OF)
    return ended, (folder / "new/approvals/1.3.0.quay.yaml").read_bytes().decode("utf-8").replace(target, "TT")


TWICE = "approvals:\n  [{party: quay, fingerprint: GG}, {fingerprint: TT, party: quay}, {party: quay, fingerprint: GG}]"
JSON = '{"coopctl": "approvals/1", "agreement": "pact", "approvals": '
WHAT = 'what: "Target of Customer satisfaction loosened: 90 points → 88 points"'

TAKEN_OUT = {
    "between others": (
        HEAD + "approvals:\n  # 1\n  - fingerprint: TT\n    party: quay  # 2\n  - fingerprint: GG\n    what: |\n"
        "      # no longer\n    party: quay\n  # 3\n  - fingerprint: OO\n    party: quay\n    by: Ann\n"
        "    date: 2026-07-01\n",
        HEAD + "approvals:\n  # 1\n  - fingerprint: TT\n    party: quay  # 2\n  # 3\n  - fingerprint: OO\n"
        "    party: quay\n    by: Ann\n    date: 2026-07-01\n",
    ),
    "last, with a block of text and other line ends": (
        HEAD + "approvals:\r\n- {fingerprint: TT, party: quay}\r\n-\r\n  party: quay\r\n  fingerprint: GG\r\n"
        "  what: |\r\n    gone\r\n",
        HEAD + "approvals:\r\n- {fingerprint: TT, party: quay}\r\n",
    ),
    "without a last line end": (
        HEAD + "approvals:\n- {fingerprint: TT, party: quay}\n- {fingerprint: GG, party: quay}",
        HEAD + "approvals:\n- {fingerprint: TT, party: quay}\n",
    ),
    "in brackets": (
        HEAD + TWICE,
        HEAD + "approvals:\n  [{fingerprint: TT, party: quay}]",
    ),
    "JSON": (
        JSON + '[\n {"fingerprint": "TT", "party": "quay"},\n {"fingerprint": "GG", "party": "quay"}\n]}',
        JSON + '[\n {"fingerprint": "TT", "party": "quay"}\n]}',
    ),
    "another takes its place": (
        HEAD + "approvals:\n  - fingerprint: GG\n    party: quay\n",
        f"{HEAD}approvals:\n  - fingerprint: TT\n    {WHAT}\n    party: quay\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), TAKEN_OUT.values(), ids=TAKEN_OUT)
def test_an_unsigned_entry_for_what_is_no_longer_proposed_is_taken_out(
    before: str, after: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    before, after = (each.replace("GG", GONE).replace("OO", OTHER) for each in (before, after))
    ended, text = rewritten(coopctl, tmp_path, before)
    assert text == after
    number = before.count(GONE)
    told = f"taken out, unsigned and no longer proposed: {number} of new/approvals/1.3.0.quay.yaml"
    assert told in ended.err.splitlines()
    again = coopctl("diff", "old", "new", "--write-approvals", *AS_OF)
    assert (again.code, again.err) == (1, "")


KEPT = {
    "a comment above": (
        HEAD + "approvals:\n  - {fingerprint: GG, party: quay}\n  # NOT to be signed: waiting for legal\n"
        "  - fingerprint: GG\n    party: quay\n  - {fingerprint: OO, party: quay, by: Ann, date: 2026-07-01}\n",
        HEAD + "approvals:\n  # NOT to be signed: waiting for legal\n"
        "  - fingerprint: GG\n    party: quay\n  - {fingerprint: OO, party: quay, by: Ann, date: 2026-07-01}\n",
        [(5, "its comment")],
    ),
    "comments at its lines and inside of it": (
        HEAD + "approvals:\n  - {fingerprint: GG, party: quay}  # 1\n  - fingerprint: GG\n    # 2\n    party: quay\n",
        None,
        [(4, "its comment"), (5, "its comment")],
    ),
    "in brackets, behind one that is signed": (
        HEAD + "approvals: [\n  {fingerprint: OO, party: quay, by: Ann, date: 2026-07-01}, # after the board\n"
        "  {fingerprint: GG, party: quay} # NOT to be signed: waiting for legal\n]\n",
        None,
        [(5, "its comment")],
    ),
    "in brackets, the signed one's comment between them": (
        HEAD + "approvals: [\n  {fingerprint: OO, party: quay, by: Ann, date: 2026-07-01}, # after the board\n"
        "  {fingerprint: GG, party: quay},\n  {fingerprint: GG, party: quay}]\n",
        HEAD + "approvals: [\n  {fingerprint: OO, party: quay, by: Ann, date: 2026-07-01}, # after the board\n"
        "  {fingerprint: GG, party: quay}]\n",
        [(5, "its comment")],
    ),
    "a key of one's own": (
        HEAD + "approvals:\n  - {fingerprint: GG, party: quay, x-ticket: 12}\n",
        None,
        [(4, "its key x-ticket")],
    ),
    "a note": (
        HEAD + "approvals:\n  - {fingerprint: GG, party: quay, note: Ann wants to talk}\n",
        None,
        [(4, "its note")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "kept"), KEPT.values(), ids=KEPT)
def test_an_entry_that_somebody_has_added_something_to_is_named_and_stays(
    before: str, after: str | None, kept: list[tuple[int, str]], coopctl: Coopctl, tmp_path: Path
) -> None:
    file = "new/approvals/1.3.0.quay.yaml"
    versions(tmp_path, NEW.replace("target: 88", "target: 90").replace("cap: 400000", "cap: 500000"))
    before, after = (each.replace("GG", GONE).replace("OO", OTHER) for each in (before, after or before))
    put(tmp_path, {file: before})
    told = [
        f"kept because of {why}, though unsigned and no longer proposed; take it out by hand: {file}:{line}"
        for line, why in kept
    ]
    taken_out = [] if before == after else [f"taken out, unsigned and no longer proposed: 1 of {file}"]
    for expected in ([*taken_out, *told], told):
        assert coopctl("diff", "old", "new", "--write-approvals", *AS_OF).err.splitlines() == expected
        assert (tmp_path / file).read_text("utf-8") == after


def test_nothing_is_written_where_every_entry_stays(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path, NEW.replace("target: 88", "target: 90").replace("cap: 400000", "cap: 500000"))
    put(tmp_path, {"new/approvals/a.yaml": approvals_file(entry(GONE, "quay").replace("\n", "  # why\n"))})
    was = (tmp_path / "new/approvals/a.yaml").stat()
    assert "kept because" in coopctl("diff", "old", "new", "--write-approvals", *AS_OF).err
    now = (tmp_path / "new/approvals/a.yaml").stat()
    assert (now.st_ino, now.st_mtime_ns) == (was.st_ino, was.st_mtime_ns)


def test_a_list_that_is_empty_then_stays_one(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path, NEW.replace("target: 88", "target: 90").replace("cap: 400000", "cap: 500000"))
    put(tmp_path, {"new/approvals/a.yaml": approvals_file(entry(GONE, "quay"), entry(OTHER, "north"))})
    ended = coopctl("diff", "old", "new", "--write-approvals", *AS_OF)
    assert (ended.code, ended.err) == (0, "taken out, unsigned and no longer proposed: 2 of new/approvals/a.yaml\n")
    assert (tmp_path / "new/approvals/a.yaml").read_text("utf-8") == HEAD + "approvals: []\n"
    found = json.loads(coopctl("diff", "old", "new", "--output-format", "json", *AS_OF).out)
    assert found["agreements"][0]["findings"] == []


def test_what_is_signed_history_or_about_another_agreement_stays(coopctl: Coopctl, tmp_path: Path) -> None:
    signed, history = approvals_file(entry(GONE, "quay", "Ann")), approvals_file(entry(OTHER, "quay"))
    another = approvals_file(entry(GONE, "quay"), agreement="side")
    files = {"signed.yaml": signed, "history.yaml": history, "another.yaml": another}
    versions(tmp_path, approvals=files)
    put(tmp_path, {"old/approvals/history.yaml": history})
    assert "taken out" not in coopctl("diff", "old", "new", "--write-approvals", *AS_OF).err
    for name, text in files.items():
        assert (tmp_path / "new/approvals" / name).read_text("utf-8") == text


def test_nothing_is_taken_for_stale_while_a_version_cannot_be_read_whole(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(
        tmp_path, NEW.replace("cap: 400000", "cap: none"), approvals={"a.yaml": approvals_file(entry(GONE, "quay"))}
    )
    ended = coopctl("diff", "old", "new", "--write-approvals", "--output-format", "concise", *AS_OF)
    assert (ended.code, "APR001" in ended.out, "taken out" in ended.err) == (2, False, False)
