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
        HEAD + "approvals:\n  # 1\n  - fingerprint: TT\n    party: quay\n  # 2\n  - fingerprint: GG\n    what: |\n"
        "      no longer\n    party: quay  # 3\n  # 4\n  - fingerprint: OO\n    party: quay\n    by: Ann\n"
        "    date: 2026-07-01\n",
        HEAD + "approvals:\n  # 1\n  - fingerprint: TT\n    party: quay\n  # 2\n  # 4\n  - fingerprint: OO\n"
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
