"""An agreement that is removed: whom it ends for accepts that, beside where it was."""

from pathlib import Path

import pytest

from tests.approvals.samples import AFFECTED, AS_OF, OLD, put
from tests.conftest import Coopctl
from tests.revisions.conftest import Repo, repo

__all__ = ["repo"]

REST = OLD.replace("id: pact", "id: rest")
PARTIES = ("north", "harbor", "quay")


def removed(folder: Path, old: str = OLD, beside: str = "gone") -> None:
    """Write two folders, of which the newer one lacks an agreement."""
    put(folder, {f"old/{beside}/pact.coop.yaml": old, "old/rest.coop.yaml": REST, "new/rest.coop.yaml": REST})


def accept(coopctl: Coopctl, *versions: str, parties: tuple[str, ...] = PARTIES) -> None:
    """Let parties accept all that waits for them."""
    for party in parties:
        assert coopctl("approve", *versions, "--all", "--party", party, "--by", "Ann", *AS_OF).code == 0


def test_all_parties_have_to_accept_that_it_ends(coopctl: Coopctl, tmp_path: Path) -> None:
    removed(tmp_path)
    ended = coopctl("diff", "old", "new", "--write-approvals", *AS_OF)
    assert ended.code == 1
    assert " has to be accepted by Northwind Example Ltd., " in ended.out
    assert ended.err.splitlines() == [
        f"written, to be signed: new/gone/approvals/1.2.0.{party}.yaml" for party in PARTIES
    ]
    text = (tmp_path / "new/gone/approvals/1.2.0.north.yaml").read_text("utf-8")
    assert '    what: "The agreement Delivery pact 1.2.0 is gone"\n    party: north\n' in text
    accept(coopctl, "old", "new", parties=("north", "harbor"))
    ended = coopctl("diff", "old", "new", "--output-format", "concise", *AS_OF)
    assert (ended.code, ended.out.count("has to be accepted by Quayside Example Ltd.; accepted by")) == (1, 1)
    accept(coopctl, "old", "new", parties=("quay",))
    assert coopctl("diff", "old", "new", *AS_OF).code == 0


@pytest.mark.parametrize(
    ("old", "code"),
    [
        (OLD.replace("title:", "# so it was\ntitle:").replace("90", "90.0"), 0),
        (OLD.replace("target: 90", "target: 91"), 1),
    ],
)
def test_what_is_accepted_is_the_end_of_just_these_terms(old: str, code: int, coopctl: Coopctl, tmp_path: Path) -> None:
    removed(tmp_path)
    accept(coopctl, "old", "new")
    removed(tmp_path, old)
    assert coopctl("diff", "old", "new", *AS_OF).code == code


def test_where_it_touches_nobody_in_particular_everybody_is_asked(coopctl: Coopctl, tmp_path: Path) -> None:
    removed(tmp_path, OLD + AFFECTED)
    ended = coopctl("approve", "old", "new", "--all", "--party", "quay", "--by", "Ann", *AS_OF)
    assert ended.out.endswith(" agreement-removed of pact\nwritten: new/gone/approvals/1.2.0.quay.yaml\n")


def test_an_agreement_that_stays_in_the_folder_is_not_disturbed(coopctl: Coopctl, tmp_path: Path) -> None:
    removed(tmp_path, beside=".")
    accept(coopctl, "old", "new")
    names = sorted(path.name for path in (tmp_path / "new/approvals").iterdir())
    assert names == [f"pact-1.2.0.{party}.yaml" for party in sorted(PARTIES)]
    ended = coopctl("diff", "old", "new", "--output-format", "concise", *AS_OF)
    assert (ended.code, "APR" in ended.out) == (0, False)


def test_a_link_does_not_lead_the_approvals_elsewhere(coopctl: Coopctl, tmp_path: Path) -> None:
    removed(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "new/gone").symlink_to(tmp_path / "elsewhere")
    ended = coopctl("diff", "old", "new", "--write-approvals", *AS_OF)
    assert (ended.code, ended.err) == (
        2,
        "error: new/gone: a link leads out of the folder new; put the folder there\n",
    )
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("place", ["deal/agreement.yaml", "agreement.yaml"])
def test_in_git_the_approvals_are_found_where_the_agreement_was(place: str, coopctl: Coopctl, repo: Repo) -> None:
    file = repo.write(place, OLD)
    repo.commit("v1")
    file.unlink()
    assert coopctl("diff", "v1", *AS_OF).code == 1
    accept(coopctl, "v1")
    assert coopctl("diff", "v1", *AS_OF).code == 0
    repo.commit("v2")
    assert coopctl("diff", "v1..v2", *AS_OF).code == 0
    scope = place.removesuffix("/agreement.yaml") if "/" in place else place
    assert coopctl("diff", f"v1:{scope}", *AS_OF).code == 0


def test_a_new_agreement_needs_nobody_and_is_told_so(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, {"old/rest.coop.yaml": REST, "new/rest.coop.yaml": REST, "new/pact/agreement.yaml": OLD})
    ended = coopctl("diff", "old", "new", "--write-approvals", *AS_OF)
    assert (ended.code, ended.err) == (0, "")
    told = "is new; nobody is asked here, its parties accept it by signing it"
    assert told in " ".join(ended.out.split())
