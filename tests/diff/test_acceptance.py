"""Who has accepted a change and who has yet to, as every format shows it, and what that means for the gate."""

from datetime import date
from pathlib import Path

import pytest

from coopctl.changes.compare import changes_of, compared
from coopctl.changes.report import Approval, Compared, Gate, Proposed, Version, summary_of
from coopctl.changes.telling.context import Telling
from coopctl.changes.telling.sentences import sentence
from coopctl.discovery import find_agreements
from coopctl.loading import load
from coopctl.output.diff.formats import diff_format
from coopctl.output.terminal import Paper
from tests.diff.samples import DEAL, edited, put

DAY = date(2026, 7, 14)
FINGERPRINT = "0123456789abcdef" * 4


def proposal(folder: Path, *accepted: str) -> Compared:
    """Compare two versions of which these parties have accepted the one change, out of the two that have to."""
    head = edited(
        ("cap: 500000", "cap: 600000"),
        ("version: 1.0.0", "version: 1.1.0"),
        ("clauses:\n", "amendments: [{summary: Cap}]\nclauses:\n"),
    )
    put(folder, DEAL, head)

    base_version, head_version = (
        Version(name, loaded, loaded.agreement)
        for name in ("base", "head")
        for loaded in (load(find_agreements([str(folder / name)])[0]),)
    )
    day = date(2026, 7, 15)
    approvals = tuple(Approval(party, f"Signer of {party}", DAY) for party in accepted)
    telling = Telling(base_version.agreement, head_version.agreement)
    proposed = [
        Proposed(each, sentence(telling, each), ("quay", "crane"), approvals, FINGERPRINT)
        if each.level == "material"
        else Proposed(each, sentence(telling, each))
        for each in changes_of(base_version, head_version, day)
    ]
    return compared(base_version, head_version, day, Gate(), proposed)


def written(form: str, found: Compared) -> str:
    """Return what a format says."""
    return diff_format(form, Paper(120)).piece(found)


@pytest.mark.parametrize(
    ("accepted", "fails"), [((), True), (("quay",), True), (("quay", "crane"), False), (("crane", "quay"), False)]
)
def test_the_gate_opens_when_all_have_accepted(accepted: tuple[str, ...], fails: bool, tmp_path: Path) -> None:
    summary = summary_of(proposal(tmp_path, *accepted))
    assert (summary.failing, summary.accepted, int(summary.exit_code)) == (int(fails), int(not fails), int(fails))
    assert dict(summary.waiting) == {party: 1 for party in ("quay", "crane") if party not in accepted}


def test_a_comment_says_who_is_waited_for(tmp_path: Path) -> None:
    told = written("markdown", proposal(tmp_path, "quay"))
    assert "⏳ **Still to be accepted** by Crane (1)." in told
    assert "| ⏳ Crane ✅ Quay `0123456789ab` |" in told


def test_a_comment_says_that_all_have_accepted(tmp_path: Path) -> None:
    told = written("markdown", proposal(tmp_path, "quay", "crane"))
    assert "✅ **Every material change is accepted** by all who have to." in told
    assert "| ✅ Quay, Crane |" in told
    assert FINGERPRINT[:12] not in told


@pytest.mark.parametrize(
    ("accepted", "told"),
    [
        ((), "0123456789ab has to be accepted by Quay and Crane"),
        (("quay",), "0123456789ab has to be accepted by Crane; accepted by Quay (Signer of quay)"),
        (("quay", "crane"), "accepted by Quay (Signer of quay) and Crane (Signer of crane)"),
    ],
)
def test_each_change_names_its_fingerprint_and_who_is_missing(
    accepted: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    found = proposal(tmp_path, *accepted)
    assert f"\n  {told}\n" in written("full", found)
    assert f"; {told}\n" in written("concise", found)
    assert f"%0A{told}\n" in written("github", found)


def test_the_terminal_sums_up_who_is_waited_for(tmp_path: Path) -> None:
    nobody, one, both = (written("full", proposal(tmp_path, *each)) for each in ((), ("quay",), ("quay", "crane")))
    assert nobody.endswith("\n  to be accepted by Quay and Crane\n\n")
    assert one.endswith("\n  to be accepted by Crane\n\n")
    assert "  to be accepted by" not in both
    assert "\n  passes: 1 material change, " in both


def test_annotations_of_what_is_accepted_are_no_errors(tmp_path: Path) -> None:
    assert written("github", proposal(tmp_path, "quay")).count("::error ") == 1
    told = written("github", proposal(tmp_path, "quay", "crane"))
    assert "::error " not in told
    assert "%0Aaccepted by Quay (Signer of quay) and Crane (Signer of crane)" in told
