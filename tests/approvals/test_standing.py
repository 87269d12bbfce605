"""Who has accepted what, and what is wrong with files of approvals."""

from pathlib import Path

import pytest

from coopctl.changes.approvals.standing import approval_findings
from coopctl.changes.approvals.writing import save, with_stubs
from coopctl.cli.proposals import proposals_of
from coopctl.findings import Finding
from tests.approvals.samples import (
    AS_OF,
    DAY,
    NEW,
    OLD,
    approvals_file,
    entry,
    fingerprints,
    proposal,
    put,
    standings,
    versions,
    write_stubs,
)
from tests.conftest import Coopctl

OTHER = "ab" * 32


def findings() -> list[Finding]:
    """Return what is wrong with the approvals in the current folder."""
    return list(approval_findings(proposal(), DAY))


def told() -> list[str]:
    """Return place and code of what is wrong."""
    return [f"{each.location.path}:{each.location.line}:{each.location.column} {each.kind.code}" for each in findings()]


# Who has accepted what


def test_without_files_nobody_has_accepted_anything(tmp_path: Path) -> None:
    versions(tmp_path)
    assert {name: each.missing for name, each in standings().items()} == {
        "target-loosened": ("north", "harbor", "quay"),
        "liability-cap-loosened": ("north", "harbor", "quay"),
    }
    assert told() == []


def test_an_approval_counts_for_its_change_and_its_party(tmp_path: Path) -> None:
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    file = approvals_file(entry(target, "harbor", "Ann"), entry(target, "north"))
    versions(tmp_path, approvals={"1.3.0.yaml": file})
    found = standings()
    assert found["target-loosened"].missing == ("north", "quay")
    assert {party: each.approval.by for party, each in found["target-loosened"].accepted.items()} == {"harbor": "Ann"}
    assert found["liability-cap-loosened"].missing == ("north", "harbor", "quay")


def test_files_may_be_called_anything_and_each_party_may_have_its_own(tmp_path: Path) -> None:
    """So that each party's reviewers can be asked for its file."""
    versions(tmp_path)
    target, cap = fingerprints().values()
    files = {
        f"{party}.{suffix}": approvals_file(entry(target, party, "Ann"), entry(cap, party, "Ann"))
        for party, suffix in (("north", "yaml"), ("harbor", "yml"), ("quay", "yaml"))
    }
    versions(tmp_path, approvals={**files, "notes.txt": "none", ".hidden.yaml": "["})
    assert [each.missing for each in standings().values()] == [(), ()]
    assert told() == []


def test_approvals_outlive_what_is_no_change_and_die_with_the_value(tmp_path: Path) -> None:
    versions(tmp_path)
    target, cap = fingerprints().values()
    signed = approvals_file(
        *(entry(each, party, "Ann") for each in (target, cap) for party in ("north", "harbor", "quay"))
    )
    as_it_may_be = "# Reworded, turned round\r\n" + NEW.replace("Customer", "Clients'").replace("\n", "\r\n")
    versions(tmp_path, as_it_may_be, approvals={"a.yaml": signed})
    assert [each.missing for each in standings().values()] == [(), ()]
    versions(tmp_path, NEW.replace("target: 88", "target: 87"), approvals={"a.yaml": signed})
    assert standings()["target-loosened"].missing == ("north", "harbor", "quay")
    assert standings()["liability-cap-loosened"].missing == ()


def test_what_the_older_version_has_is_history_and_counts_no_more(tmp_path: Path) -> None:
    """Else a change that was accepted, given up and proposed again would need nobody."""
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    file = approvals_file(
        *(entry(target, party, "Ann") for party in ("north", "harbor", "quay")), entry(OTHER, "north")
    )
    versions(tmp_path, approvals={"1.3.0.yaml": file})
    assert standings()["target-loosened"].missing == ()
    put(tmp_path, {"old/approvals/renamed.yaml": file})
    assert standings()["target-loosened"].missing == ("north", "harbor", "quay")
    assert told() == []


def test_the_same_acceptance_on_the_same_day_counts_when_it_is_given_again(tmp_path: Path) -> None:
    """The change was accepted, given up, and is proposed and accepted again, all on one day."""
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    history = approvals_file(entry(target, "north", "Ann"))
    put(tmp_path, {"old/approvals/a.yaml": history, "new/approvals/a.yaml": history})
    assert "north" in standings()["target-loosened"].missing
    put(tmp_path, {"new/approvals/b.yaml": history})
    assert "north" not in standings()["target-loosened"].missing
    assert told() == []
    put(tmp_path, {"new/approvals/c.yaml": history})
    assert told() == ["new/approvals/c.yaml:4:19 APR003"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("by: Ann", "by: Bea"), ("date: 2026-07-01", "date: 2026-06-30"), ("by: Ann", "note: Again, by: Ann")],
    ids=["by", "date", "note"],
)
def test_history_does_not_count_again_since_it_is_edited(old: str, new: str, tmp_path: Path) -> None:
    versions(tmp_path)
    history = approvals_file(entry(fingerprints()["target-loosened"], "north", "Ann"))
    edited = history.replace(old, new)
    assert edited != history
    put(tmp_path, {"old/approvals/a.yaml": history, "new/approvals/a.yaml": edited})
    assert "north" in standings()["target-loosened"].missing


@pytest.mark.parametrize("name", ["0.harbor.yaml", "z.harbor.yaml"])
def test_history_does_not_count_again_since_another_party_copies_it(name: str, tmp_path: Path) -> None:
    versions(tmp_path)
    history = approvals_file(entry(fingerprints()["target-loosened"], "north", "Ann"))
    kept = {"old/approvals/1.north.yaml": history, "new/approvals/2.north.yaml": history}
    put(tmp_path, {**kept, f"new/approvals/{name}": history})
    assert "north" in standings()["target-loosened"].missing
    assert told() == [f"new/approvals/{name}:4:92 APR008"]


def test_two_versions_in_one_folder_share_its_approvals(tmp_path: Path) -> None:
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    put(
        tmp_path,
        {
            "new/older.yaml": OLD,
            "new/approvals/a.yaml": approvals_file(entry(target, "north", "Ann"), entry(OTHER, "north", "Ann")),
        },
    )
    (found,) = proposals_of(["new/older.yaml", "new/agreement.yaml"], DAY, lambda _zone: DAY).proposals
    (accepted,) = [each.accepted for each in found.proposal.standings(DAY) if each.accepted]
    assert set(accepted) == {"north"}


@pytest.mark.parametrize(("day", "counts"), [("2026-07-15", True), ("2026-07-16", False)])
def test_an_approval_counts_from_its_day_on(day: str, counts: bool, tmp_path: Path) -> None:
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    versions(tmp_path, approvals={"a.yaml": approvals_file(entry(target, "north", "Ann", day))})
    assert ("north" not in standings()["target-loosened"].missing) is counts
    assert told() == ([] if counts else ["new/approvals/a.yaml:4:114 APR005"])


RENAMED = "  nordic: {name: Northwind Example Ltd., renamed_from: north}"


def test_a_party_that_was_renamed_signs_by_the_id_that_it_had(coopctl: Coopctl, tmp_path: Path) -> None:
    new = NEW.replace("  north: {name: Northwind Example Ltd.}", RENAMED).replace("owner: north", "owner: nordic")
    versions(tmp_path, new)
    sign = ("approve", "old", "new", "--all", "--by", "Ann", *AS_OF, "--party")
    assert coopctl(*sign, "nordic") == (2, "", "error: --party: nordic signs as north, the id that it had\n")
    assert coopctl(*sign, "north").code == 0
    assert [each.missing for each in standings().values()] == [("harbor", "quay")] * 2
    assert told() == []
    target = fingerprints()["target-loosened"]
    versions(tmp_path, new, approvals={"a.yaml": approvals_file(entry(target, "nordic", "Ann"))})
    assert told() == ["new/approvals/a.yaml:4:92 APR002"]
    assert findings()[0].help == "write party: north"


# What is wrong with them


def test_each_fault_is_told_at_its_place(tmp_path: Path) -> None:
    versions(tmp_path)
    target, cap = fingerprints().values()
    file = approvals_file(
        entry(OTHER, "north", "Ann"),
        entry(target, "nort", "Ann"),
        entry(target, "north", "Ann"),
        entry(target, "north", "Bo"),
        entry(cap, "quay"),
        entry(OTHER, "quay"),
    )
    versions(tmp_path, approvals={"a.yaml": file})
    assert told() == [
        "new/approvals/a.yaml:4:19 APR001",
        "new/approvals/a.yaml:5:92 APR002",
        "new/approvals/a.yaml:7:19 APR003",
        "new/approvals/a.yaml:8:19 APR004",
        "new/approvals/a.yaml:9:19 APR001",
    ]
    stale, no_party, doubled, unsigned, _ = findings()
    assert stale.message == f"Ann accepted {OTHER[:12]}, and no such material change is proposed"
    assert no_party.help == "did you mean `north`?"
    assert doubled.related[0].location.line == 6
    assert unsigned.message == "quay has not accepted liability-cap-loosened of liability.cap"
    assert unsigned.help == f"sign it: `coopctl approve {cap[:12]} --party quay --by NAME`"


def test_a_signed_entry_makes_the_one_that_waits_the_double(tmp_path: Path) -> None:
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    versions(tmp_path, approvals={"a.yaml": approvals_file(entry(target, "north"), entry(target, "north", "Ann"))})
    assert told() == ["new/approvals/a.yaml:4:19 APR003"]


def test_a_file_about_another_agreement_is_told_once(tmp_path: Path) -> None:
    versions(tmp_path)
    target, cap = fingerprints().values()
    file = approvals_file(entry(target, "north", "Ann"), entry(cap, "north", "Ann"), agreement="pakt")
    versions(tmp_path, approvals={"a.yaml": file})
    assert told() == ["new/approvals/a.yaml:2:12 APR006"]


def test_agreements_of_one_folder_keep_their_approvals_apart(tmp_path: Path) -> None:
    for folder, text in (("old", OLD), ("new", NEW)):
        put(tmp_path, {f"{folder}/a.coop.yaml": text})
        put(tmp_path, {f"{folder}/b.coop.yaml": text.replace("id: pact", "id: side")})
    found = proposals_of(["old", "new"], DAY, lambda _zone: DAY)
    for each in found.proposals:
        save(with_stubs(each.proposal, DAY))
    assert sorted(path.name for path in (tmp_path / "new" / "approvals").iterdir()) == [
        f"{id_}-1.3.0.{party}.yaml" for id_ in ("pact", "side") for party in ("harbor", "north", "quay")
    ]
    for each in proposals_of(["old", "new"], DAY, lambda _zone: DAY).proposals:
        assert {finding.kind.code for finding in approval_findings(each.proposal, DAY)} == {"APR004"}


FAULTS = {
    "unknown key": ("approvals:\n  - {fingerprnt: x}\n", ["SCH002", "SCH002", "SCH001"]),
    "short fingerprint": ("approvals:\n  - {fingerprint: abc123, party: north}\n", ["SCH003"]),
    "capital digits": (f"approvals:\n  - {{fingerprint: {'AB' * 32}, party: north}}\n", ["SCH003"]),
    "no date": (f"approvals:\n  - {{fingerprint: {OTHER}, party: north, by: Ann}}\n", ["SCH005"]),
    "no name": (f"approvals:\n  - {{fingerprint: {OTHER}, party: north, date: 2026-07-01}}\n", ["SCH005"]),
    "no date at all": (f"approvals:\n  - {{fingerprint: {OTHER}, party: north, by: Ann, date: soon}}\n", ["SCH003"]),
    "key twice": (f"approvals:\n  - {{fingerprint: {OTHER}, party: north, party: quay}}\n", ["YML002"]),
    "not YAML": ("approvals: [", ["YML001"]),
    "no list": ("approvals: none\n", ["SCH003"]),
    "two documents": ("---\napprovals: []\n", ["YML005"]),
}


@pytest.mark.parametrize(("text", "codes"), FAULTS.values(), ids=FAULTS)
def test_a_file_with_a_fault_counts_for_nothing(text: str, codes: list[str], tmp_path: Path) -> None:
    """Every fault is told with its place; other files still count."""
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    good = entry(target, "quay", "Ann")
    head = "coopctl: approvals/1\nagreement: pact\n"
    versions(tmp_path, approvals={"a.yaml": head + text, "b.yaml": approvals_file(good)})
    assert [each.kind.code for each in findings()] == codes
    assert {each.location.path for each in findings()} == {"new/approvals/a.yaml"}
    assert standings()["target-loosened"].missing == ("north", "harbor")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "FIL006"),
        ("[]", "YML012"),
        ("coopctl: approvals/2\nagreement: pact\n", "SCH010"),
        ("coopctl: approvals/x\nagreement: pact\n", "SCH003"),
        ("coopctl: actuals/1\nagreement: pact\n", "SCH003"),
        ("coopctl: approvals/1\n", "SCH002"),
        (b"\xff", "FIL005"),
    ],
)
def test_what_is_no_file_of_approvals_is_told(text: str | bytes, code: str, tmp_path: Path) -> None:
    versions(tmp_path, approvals={"a.yaml": text})
    assert [each.kind.code for each in findings()] == [code]


def test_a_file_without_entries_is_one(tmp_path: Path) -> None:
    versions(
        tmp_path,
        approvals={"a.yaml": approvals_file(), "b.yaml": "coopctl: approvals/1\nagreement: pact\napprovals: []\n"},
    )
    assert told() == []


def test_no_link_leads_out(tmp_path: Path) -> None:
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    put(tmp_path, {"elsewhere/a.yaml": approvals_file(entry(target, "north", "Ann"))})
    (tmp_path / "new" / "approvals").mkdir()
    (tmp_path / "new" / "approvals" / "a.yaml").symlink_to(tmp_path / "elsewhere" / "a.yaml")
    assert [each.kind.code for each in findings()] == ["FIL002"]
    (tmp_path / "new" / "approvals" / "a.yaml").unlink()
    (tmp_path / "new" / "approvals").rmdir()
    (tmp_path / "new" / "approvals").symlink_to(tmp_path / "elsewhere")
    assert [each.kind.code for each in findings()] == ["FIL002"]


@pytest.mark.parametrize(("number", "codes"), [(500, []), (501, ["APR007"])])
def test_no_more_files_are_read_than_people_keep(number: int, codes: list[str], tmp_path: Path) -> None:
    versions(tmp_path, approvals={f"{each:03}.yaml": approvals_file() for each in range(number)})
    assert [each.kind.code for each in findings()] == codes


# Entries that wait to be signed


def test_stubs_are_written_for_whoever_has_not_accepted(tmp_path: Path) -> None:
    """Each party gets a file of its own."""
    versions(tmp_path)
    target, cap = fingerprints().values()
    versions(tmp_path, approvals={"a.yaml": approvals_file(entry(target, "north", "Ann"), entry(cap, "north"))})
    text = write_stubs(tmp_path, "1.3.0.quay.yaml")
    assert text == (
        "# Who accepts these changes. `coopctl approve` signs; by: and date: added by hand do as well.\n"
        "coopctl: approvals/1\nagreement: pact\napprovals:\n"
        f"  - fingerprint: {target}\n"
        '    what: "Target of Customer satisfaction loosened: 90 points → 88 points"\n    party: quay\n'
        f"  - fingerprint: {cap}\n"
        '    what: "The most that is compensated falls: 500,000 CNY → 400,000 CNY"\n    party: quay\n'
    )
    files = sorted(path.name for path in (tmp_path / "new" / "approvals").iterdir())
    assert files == ["1.3.0.harbor.yaml", "1.3.0.quay.yaml", "a.yaml"]
    assert {each.kind.code for each in findings()} == {"APR004"}
    assert write_stubs(tmp_path, "1.3.0.quay.yaml") == text


def test_stubs_of_later_changes_follow_those_that_are_there(tmp_path: Path) -> None:
    versions(tmp_path)
    before = write_stubs(tmp_path)
    versions(tmp_path, NEW.replace("end: 2027-12-31", "end: 2028-12-31"))
    after = write_stubs(tmp_path)
    assert after.startswith(before)
    assert after[len(before) :].count("The term ends on 2028-12-31") == 1


@pytest.mark.parametrize(
    ("version", "name"),
    [
        ("1.3.0-rc.1+5", "1.3.0-rc.1+5"),
        ("第二版", "第二版"),
        ("../../x", "x"),
        ("a/b c", "a-b-c"),
        ("...", "proposal"),
    ],
)
def test_the_version_names_the_file_and_leads_nowhere_else(version: str, name: str, tmp_path: Path) -> None:
    versions(tmp_path, NEW.replace("version: 1.3.0", f'version: "{version}"'))
    assert write_stubs(tmp_path, f"{name}.north.yaml").startswith("#")
    files = sorted(path.name for path in (tmp_path / "new" / "approvals").iterdir())
    assert files == [f"{name}.{party}.yaml" for party in ("harbor", "north", "quay")]


def test_long_names_are_cut_to_what_a_file_may_be_called(tmp_path: Path) -> None:
    old, new = (each.replace("north", "甲" * 100).replace("harbor", "乙" * 26) for each in (OLD, NEW))
    new = new.replace("version: 1.3.0", f"version: {'二' * 40}")
    for folder, text in (("old", old), ("new", new)):
        files = {"a": text, "b": text.replace("id: pact", f"id: {'丙' * 100}")}
        put(tmp_path, {f"{folder}/{name}.coop.yaml": each for name, each in files.items()})
    for each in proposals_of(["old", "new"], DAY, lambda _zone: DAY).proposals:
        save(with_stubs(each.proposal, DAY))
    names = sorted(path.name for path in (tmp_path / "new" / "approvals").iterdir())
    version = f"{'二' * 23}-0706db9c"
    ids = ("pact", f"{'丙' * 23}-51dba45a")
    assert names == sorted(f"{id_}-{version}{party}.yaml" for id_ in ids for party in ("", f".{'乙' * 26}", ".quay"))
    assert [
        with_stubs(each.proposal, DAY) for each in proposals_of(["old", "new"], DAY, lambda _zone: DAY).proposals
    ] == [
        [],
        [],
    ]


def test_a_file_of_another_agreement_is_not_added_to(tmp_path: Path) -> None:
    foreign = approvals_file(agreement="other")
    versions(tmp_path, approvals={"1.3.0.north.yaml": foreign})
    write_stubs(tmp_path, "pact-1.3.0.north.yaml")
    assert (tmp_path / "new" / "approvals" / "1.3.0.north.yaml").read_text("utf-8") == foreign


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("1.3.0.north.yaml", True),
        ("north.yaml", True),
        ("1.3.0.yaml", True),
        ("nobody.yml", True),
        ("a.quay.yml", False),
        ("1.3.0.Quay.yaml", False),
        ("1.3.0.NORTH.yaml", True),
    ],
)
def test_in_a_partys_file_only_its_own_approvals_count(name: str, counts: bool, tmp_path: Path) -> None:
    """So that a repository can ask for the party's reviewers wherever its approval is written."""
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    versions(tmp_path, approvals={name: approvals_file(entry(target, "north", "Ann"))})
    assert ("north" in standings()["target-loosened"].accepted) is counts
    assert told() == ([] if counts else [f"new/approvals/{name}:4:92 APR008"])


def test_names_from_files_cannot_break_the_text(tmp_path: Path) -> None:
    """A name may have quotes, colons and signs that steer a terminal; an id may look like something else."""
    name = '"\\"quoted\\" \\u2028: # {x} \\u202e"'
    new = NEW.replace("name: Customer satisfaction", f"name: {name}").replace("id: pact", "id: 'null'")
    versions(
        tmp_path, new.replace("  quay:", "  yes:"), OLD.replace("  quay:", "  yes:").replace("id: pact", "id: 'null'")
    )
    text = write_stubs(tmp_path, "1.3.0.yes.yaml")
    assert 'agreement: "null"\n' in text
    assert 'party: "yes"\n' in text
    assert "\u2028" not in text
    assert "\u202e" not in text
    assert {each.kind.code for each in findings()} == {"APR004"}


def test_who_is_no_party_has_accepted_nothing(tmp_path: Path) -> None:
    """`North` is not `north`: it is pointed out, and nobody is told that North has accepted."""
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    put(tmp_path, {"new/approvals/a.yaml": approvals_file(entry(target, "North", "Ann"))})
    assert "north" in standings()["target-loosened"].missing
    assert standings()["target-loosened"].accepted == {}
    assert told() == ["new/approvals/a.yaml:4:92 APR002"]


def test_approvals_in_a_merge_conflict_are_called_so(tmp_path: Path) -> None:
    versions(tmp_path)
    one, other = (entry(fingerprints()["target-loosened"], "north", name) for name in ("Ann", "Bea"))
    text = approvals_file("<<<<<<< HEAD\n", one, "=======\n", other, ">>>>>>> proposal\n")
    put(tmp_path, {"new/approvals/a.yaml": text})
    assert told() == ["new/approvals/a.yaml:4:1 FIL010"]
