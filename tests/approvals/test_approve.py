"""`coopctl approve`: what is signed, where, and that nothing else in a file changes."""

import json
import os
import random
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopctl.changes.approvals.standing import Standing
from coopctl.changes.approvals.writing import Asked, save, signed
from coopctl.cli.approving import chosen
from coopctl.cli.proposals import Dated
from coopctl.parsing import read_source
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
from tests.conftest import Coopctl, Ended
from tests.writing.processes import KILLED, begun, command, die, ended

SIGNED = '    by: "Li Wei"\n    date: 2026-07-15\n'


def approve(coopctl: Coopctl, *arguments: str | Path, party: str = "north", by: str = "Li Wei") -> Ended:
    """Sign as a party."""
    ended: Ended = coopctl("approve", "old", "new", *arguments, "--party", party, "--by", by, *AS_OF)
    return ended


def file_of(folder: Path, name: str = "1.3.0.north.yaml") -> Path:
    """Return a file of approvals."""
    return folder / "new" / "approvals" / name


# What is signed


def test_a_change_is_signed_in_the_entry_that_waits_for_it(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path)
    before = write_stubs(tmp_path)
    target = fingerprints()["target-loosened"]
    ended = approve(coopctl, target[:12])
    assert ended == (
        0,
        f"north accepts {target[:12]} target-loosened of kpis.csat.target\nwritten: new/approvals/1.3.0.north.yaml\n",
        "",
    )
    assert file_of(tmp_path).read_text("utf-8") == before.replace(
        "    party: north\n", "    party: north\n" + SIGNED, 1
    )
    assert standings()["target-loosened"].missing == ("harbor", "quay")


def test_an_entry_with_keys_for_a_signature_and_nothing_in_them_waits_for_one(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path)
    before = write_stubs(tmp_path)
    empty = before.replace("    party: north\n", "    party: north\n    by:   # who\n    date:\n", 1)
    file_of(tmp_path).write_text(empty, "utf-8")
    assert approve(coopctl, fingerprints()["target-loosened"]).code == 0
    signed_ = empty.replace("by:   # who\n    date:\n", 'by: "Li Wei"   # who\n    date: 2026-07-15\n')
    assert file_of(tmp_path).read_text("utf-8") == signed_


def test_without_such_an_entry_one_is_made(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path)
    cap = fingerprints()["liability-cap-loosened"]
    assert approve(coopctl, cap, party="quay").code == 0
    what = '    what: "The most that is compensated falls: 500,000 CNY → 400,000 CNY"\n'
    assert file_of(tmp_path, "1.3.0.quay.yaml").read_text("utf-8") == (
        "# Who accepts these changes. `coopctl approve` signs; by: and date: added by hand do as well.\n"
        f"coopctl: approvals/1\nagreement: pact\napprovals:\n  - fingerprint: {cap}\n{what}    party: quay\n{SIGNED}"
    )


def test_all_that_waits_for_a_party_is_signed_at_once(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path)
    for party in ("north", "harbor", "quay"):
        assert approve(coopctl, "--all", party=party).code == 0
    assert [each.missing for each in standings().values()] == [(), ()]
    assert approve(coopctl, "--all") == (0, "nothing waits for north\n", "")


def test_date_and_note_are_kept(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path)
    write_stubs(tmp_path)
    assert approve(coopctl, "--all", "--date", "2026-07-01", "--note", 'so: "it" # is\n好').code == 0
    text = file_of(tmp_path).read_text("utf-8")
    assert text.count('    by: "Li Wei"\n    date: 2026-07-01\n    note: "so: \\"it\\" # is 好"\n') == 2


def test_what_is_signed_already_stays_as_it_is(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    approve(coopctl, target)
    before = file_of(tmp_path).read_bytes()
    ended = approve(coopctl, target, by="Somebody else")
    what = f"{target[:12]} target-loosened of kpis.csat.target"
    where = "on 2026-07-15 by Li Wei (new/approvals/1.3.0.north.yaml:5)"
    assert ended == (0, f"north has accepted {what} already, {where}\n", "")
    assert file_of(tmp_path).read_bytes() == before


def test_history_is_no_signature(coopctl: Coopctl, tmp_path: Path) -> None:
    """What was accepted for an earlier proposal is signed anew for this one."""
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    history = approvals_file(entry(target, "north", "Ann"))
    put(tmp_path, {"old/approvals/1.1.0.yaml": history, "new/approvals/1.1.0.yaml": history})
    assert approve(coopctl, target).code == 0
    assert file_of(tmp_path, "1.1.0.yaml").read_text("utf-8") == history
    assert "north" not in standings()["target-loosened"].missing


def test_a_party_that_joins_may_accept_everything(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path, NEW.replace("  quay:", "  dock: {name: Dockside Example Ltd.}\n  quay:"))
    ended = approve(coopctl, "--all", party="dock")
    assert ended.code == 0
    assert ended.out.count("dock accepts ") == 3


def test_several_agreements_at_once(coopctl: Coopctl, tmp_path: Path) -> None:
    for side, text in (("old", OLD), ("new", NEW)):
        put(tmp_path, {f"{side}/a/agreement.yaml": text, f"{side}/b/agreement.yaml": text.replace("id: pact", "id: b")})
        put(tmp_path, {f"{side}/c/agreement.yaml": OLD.replace("id: pact", "id: c").replace("north", "south")})
    put(tmp_path, {"new/d/agreement.yaml": OLD.replace("id: pact", "id: d")})
    ended = approve(coopctl, "--all")
    assert ended.code == 0
    assert ended.out.count("north accepts ") == 4
    written = [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("approvals/*"))]
    assert written == ["new/a/approvals/1.3.0.north.yaml", "new/b/approvals/1.3.0.north.yaml"]


def test_an_agreement_anywhere(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    versions(tmp_path / "far")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    old, new = tmp_path / "far/old/agreement.yaml", tmp_path / "far/new"
    assert coopctl("approve", old, new, "--all", "--party", "north", "--by", "Li Wei", *AS_OF).code == 0
    assert file_of(tmp_path / "far").exists()


# What is refused


@pytest.mark.parametrize(
    ("arguments", "party", "complaint"),
    [
        (("00000000",), "north", "00000000: no material change has this fingerprint; known here: "),
        (("--all",), "nort", "--party: no party is called nort; did you mean `north`?"),
        ((), "north", "name changes by their fingerprints, or all that wait for the party by --all"),
        (("--all", "00000000"), "north", "name changes by their fingerprints, or all"),
        (("--all", "--by", " "), "north", "--by: says nothing"),
        (("--all", "--by", "Li\x1bWei"), "north", "--by: write one line"),
        (("--all", "--note", "x" * 501), "north", "--note: write one line of at most 500"),
        (("--all", "--date", "soon"), "north", "--date: 'soon' is not a date"),
        (("--all", "--date", "2026-07-16"), "north", "--date: 2026-07-16 is later than 2026-07-15"),
        (("third", "--all"), "north", ""),
    ],
)
def test_what_cannot_be_meant_changes_nothing(
    arguments: tuple[str, ...], party: str, complaint: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    versions(tmp_path)
    before = write_stubs(tmp_path)
    ended = coopctl("approve", "old", "new", "--party", party, "--by", "Li Wei", *arguments, *AS_OF)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: {complaint}")
    assert file_of(tmp_path).read_text("utf-8") == before


def test_the_nearest_fingerprint_is_named(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    slip = target[:5] + ("0" if target[5] != "0" else "1") + target[6:12]
    ended = approve(coopctl, slip)
    assert ended == (
        2,
        "",
        f"error: {slip}: no material change has this fingerprint; did you mean `{target[:12]}`?\n",
    )


def test_all_wrong_names_are_told_and_none_is_signed(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    ended = approve(coopctl, "00000000", target, "11111111", party="nort")
    assert (ended.code, ended.out) == (2, "")
    assert [line.split(":")[1] for line in ended.err.splitlines()] == [" --party", " 00000000", " 11111111"]
    assert not file_of(tmp_path).exists()


def test_a_beginning_that_fits_several_is_not_enough(tmp_path: Path) -> None:
    """Two fingerprints that begin alike take very many changes; here they are made."""
    versions(tmp_path)
    of = proposal()

    class Alike:
        parties, formerly = of.parties, of.formerly

        def standings(self, _day: object) -> tuple[Standing, ...]:
            first, second = of.standings(DAY)
            return (
                Standing(first.change, "12345678" + "a" * 56, first.required, {}),
                Standing(second.change, "12345678" + "b" * 56, second.required, {}),
            )

    dated = Dated(Alike(), DAY)  # type: ignore[arg-type]
    (problem,) = chosen([dated], ["12345678"], "north").problems
    assert problem == (
        f"12345678: the fingerprints of 2 changes begin so: 12345678{'a' * 56}, 12345678{'b' * 56}; give more digits"
    )
    assert len(chosen([dated], ["12345678a"], "north").changes) == 1


def test_nothing_proposed_is_said(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path, OLD)
    assert approve(coopctl, "00000000").err == (
        "error: 00000000: no material change is proposed, so there is nothing to accept\n"
    )
    assert approve(coopctl, "--all").out == "nothing waits for north\n"


def test_a_file_called_like_a_fingerprint_is_a_version(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, {"deadbeef.yaml": OLD, "deadbeef": NEW})
    ended = coopctl("approve", "deadbeef.yaml", "deadbeef", "--all", "--party", "north", "--by", "Li", *AS_OF)
    assert ended.code == 0


def test_a_broken_version_is_told_with_every_fault(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path, NEW + "surprise: 1\nmode: none\n", OLD + "wonder: 2\n")
    ended = approve(coopctl, "--all")
    assert (ended.code, ended.out) == (2, "")
    assert [line.split(":")[1:3] for line in ended.err.splitlines()] == [
        [" old/agreement.yaml", "22"],
        [" new/agreement.yaml", "22"],
        [" new/agreement.yaml", "23"],
    ]


def test_a_broken_file_of_approvals_stops_it(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path, approvals={"a.yaml": "coopctl: approvals/1\nagreement: pact\napprovals: [{party: x}]\n"})
    ended = approve(coopctl, "--all")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: new/approvals/a.yaml:3:")
    assert not file_of(tmp_path).exists()


def test_a_note_that_stands_at_an_entry_is_not_written_over(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    text = f"{HEAD}approvals:\n  - fingerprint: {target}\n    party: north\n    note: only if quay pays\n"
    versions(tmp_path, approvals={"own.yaml": text})
    told = "a note stands there already, “only if quay pays”; sign without --note, or add to it by hand"
    assert approve(coopctl, target, "--note", "see mail") == (2, "", f"error: new/approvals/own.yaml:6: {told}\n")
    assert approve(coopctl, target).code == 0
    assert file_of(tmp_path, "own.yaml").read_text("utf-8") == text + SIGNED


def test_an_empty_file_of_approvals_is_told_what_belongs_into_it(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path, approvals={"1.3.0.north.yaml": "# to come\n"})
    told = "write coopctl: approvals/1 and agreement: with the agreement's id, or delete the file"
    assert approve(coopctl, "--all").err == (
        f"error: new/approvals/1.3.0.north.yaml:1:1: FIL006 the file is empty; {told}\n"
    )


def test_nothing_is_signed_where_a_ledger_cannot_be_read(coopctl: Coopctl, tmp_path: Path) -> None:
    """What is not read was not removed, so nobody accepts that it was."""
    versions(tmp_path)
    figures = "coopctl: actuals/1\nkpis: {csat: {2026: 91}}\n"
    put(tmp_path, {"old/actuals/2026.yaml": figures, "new/actuals/2026.yaml": "coopctl: ["})
    assert coopctl("diff", "old", "new", *AS_OF).code == 2
    ended = approve(coopctl, "--all")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: new/actuals/2026.yaml:2:1: YML001 ")
    assert not file_of(tmp_path).exists()


def test_party_and_name_are_needed(coopctl: Coopctl) -> None:
    assert coopctl("approve", "old", "new", "--all").code == 2


# Byte for byte

HEAD = "coopctl: approvals/1\nagreement: pact\n"

AWKWARD = {
    "comments": (
        f"# 1\n{HEAD}approvals:   # 2\n  # 3\n  - fingerprint: TT\n    party: north   # open\n    # 4\n  # 5\n\n# 6\n",
        ("party: north   # open\n", "party: north   # open\n" + SIGNED),
    ),
    "keys in another order": (
        "agreement: pact\napprovals:\n- party: north\n  note: none\n  fingerprint: TT\ncoopctl: approvals/1\n",
        ("fingerprint: TT\n", 'fingerprint: TT\n  by: "Li Wei"\n  date: 2026-07-15\n'),
    ),
    "braces": (
        HEAD + "approvals:\n  - {fingerprint: TT, party: north}   # one\n",
        ("party: north}", 'party: north, by: "Li Wei", date: 2026-07-15}'),
    ),
    "braces over lines": (
        HEAD + "approvals: [\n  {party: north   # who\n   , fingerprint: TT,},\n]\n",
        ("TT", 'TT, by: "Li Wei", date: 2026-07-15'),
    ),
    "JSON": (
        '{"coopctl": "approvals/1", "agreement": "pact",\n "approvals": [{"party": "north", "fingerprint": "TT"}]}\n',
        ('"TT"', '"TT", "by": "Li Wei", "date": "2026-07-15"'),
    ),
    "windows": (
        "coopctl: approvals/1\r\nagreement: pact\r\napprovals:\r\n  - fingerprint: TT\r\n    party: north\r\n",
        ("party: north\r\n", 'party: north\r\n    by: "Li Wei"\r\n    date: 2026-07-15\r\n'),
    ),
    "mark": (
        "\ufeffcoopctl: approvals/1\nagreement: pact\napprovals:\n  - fingerprint: TT\n    party: north\n",
        ("party: north\n", "party: north\n" + SIGNED),
    ),
    "no last line end": (
        HEAD + "approvals:\n  - fingerprint: TT\n    party: north",
        ("party: north", "party: north\n" + SIGNED.rstrip("\n")),
    ),
    "document marks": (
        "%YAML 1.2\n---\n" + HEAD + "approvals:\n  - fingerprint: TT\n    party: north\n...\n",
        ("party: north\n", "party: north\n" + SIGNED),
    ),
    "quotes and wide signs": (
        HEAD + 'approvals:\n  - {what: "满意度：“好” {x}", "party": \'north\', fingerprint: TT}\n',
        ("TT}", 'TT, by: "Li Wei", date: 2026-07-15}'),
    ),
    "text in a block": (
        HEAD + "approvals:\n  - fingerprint: TT\n    party: north\n    note: |\n      party: north\n\n      # none\n",
        ("# none\n", "# none\n" + SIGNED),
    ),
    "own keys": (
        "x-from: {party: north}\n"
        + HEAD
        + "approvals:\n  - x-no: 1\n    fingerprint: TT\n    party: north\n    x-last: 2\n",
        ("x-last: 2\n", "x-last: 2\n" + SIGNED),
    ),
    "an anchor": (
        HEAD + "approvals: &all\n  - &one\n    fingerprint: TT\n    party: &who north\n",
        ("party: &who north\n", "party: &who north\n" + SIGNED),
    ),
    "dash on its own line": (
        HEAD + "approvals:\n  -\n     fingerprint: TT\n     party: north\n",
        ("party: north\n", 'party: north\n     by: "Li Wei"\n     date: 2026-07-15\n'),
    ),
}


def awkward(text: str, target: str) -> bytes:
    """Put a fingerprint into a sample."""
    return text.replace("TT", target).encode("utf-8")


@pytest.mark.parametrize(("text", "change"), AWKWARD.values(), ids=AWKWARD)
def test_only_the_signature_is_added(text: str, change: tuple[str, str], coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    versions(tmp_path, approvals={"own.yaml": awkward(text, target)})
    assert approve(coopctl, target).code == 0
    assert text.count(change[0]) == 1
    assert file_of(tmp_path, "own.yaml").read_bytes() == awkward(text.replace(*change), target)
    assert "north" not in standings()["target-loosened"].missing


@pytest.mark.parametrize("text", [each for each, _ in AWKWARD.values()], ids=AWKWARD)
def test_further_entries_leave_the_others_as_they_are(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """The party's file is added to, in its own way of writing; taking the new lines away gives the old file."""
    versions(tmp_path)
    target, cap = fingerprints().values()
    before = awkward(text, target)
    versions(tmp_path, approvals={"1.3.0.north.yaml": before})
    assert approve(coopctl, cap).code == 0
    after = file_of(tmp_path).read_bytes()
    assert "north" not in standings()["liability-cap-loosened"].missing
    position = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    added = len(after) - len(before)
    starts = [start for start in range(position + 1) if before[:start] + after[start + added :] == before]
    assert starts, "something else was changed"
    assert approve(coopctl, "--all").code == 0
    assert standings()["target-loosened"].accepted.keys() == {"north"}


@pytest.mark.parametrize(
    "listed",
    ["", "approvals: []\n", "approvals: [  ]  # none\n", "approvals:  # to come\n"],
    ids=["no list", "empty", "empty with a comment", "begun"],
)
def test_the_first_entry_of_a_file(listed: str, coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path, approvals={"1.3.0.north.yaml": f"coopctl: approvals/1\nagreement: pact\n{listed}"})
    assert approve(coopctl, "--all").code == 0
    assert all("north" in each.accepted for each in standings().values())


def test_an_entry_that_stands_for_two_is_not_signed(coopctl: Coopctl, tmp_path: Path) -> None:
    """A signature must not land where nobody meant it to."""
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    text = (
        f"coopctl: approvals/1\nagreement: pact\napprovals:\n  - &a {{fingerprint: {target}, party: north}}\n  - *a\n"
    )
    versions(tmp_path, approvals={"a.yaml": text})
    ended = approve(coopctl, target)
    assert (ended.code, ended.out) == (2, "")
    told = "approvals[0].by cannot be written here without changing something else; write it by hand"
    assert ended.err == f"error: new/approvals/a.yaml:4: {told}\n"
    assert file_of(tmp_path, "a.yaml").read_text("utf-8") == text


styles = st.sampled_from(["block", "braces", "list in brackets"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    style=styles,
    line_break=st.sampled_from(["\n", "\r\n"]),
    order=st.permutations(["fingerprint", "what", "party", "note"]),
    words=st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12),
    by=st.text(
        st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp", "Cf", "Cn", "Co", "Zs"]), min_size=1, max_size=12
    ),
    comment=st.sampled_from(["", "  # party: north", "   #"]),
)
def test_whatever_the_file_looks_like_its_text_stays_and_the_signature_is_read_back(
    style: str, line_break: str, order: list[str], words: str, by: str, comment: str, tmp_path: Path
) -> None:
    """The law of splicing: the old text is what is left when the new pieces are taken out again."""
    versions(tmp_path)
    target = fingerprints()["target-loosened"]
    values = {"fingerprint": target, "what": json.dumps(f"w{words}"), "party": "north", "note": json.dumps(f"n{words}")}
    if style == "block":
        lines = [f"{'  - ' if n == 0 else '    '}{key}: {values[key]}{comment}" for n, key in enumerate(order)]
        listed = "approvals:\n" + "\n".join(lines)
    else:
        inner = "{" + ", ".join(f"{key}: {values[key]}" for key in order) + "}"
        listed = f"approvals:\n  - {inner}{comment}" if style == "braces" else f"approvals: [{inner}]{comment}"
    text = f"coopctl: approvals/1\nagreement: pact\n{listed}\n".replace("\n", line_break)
    versions(tmp_path, approvals={"a.yaml": text})
    if read_source("a.yaml", text).findings:
        return  # the words have signs that YAML does not take
    of = proposal()
    wanted = [Asked(each, "north") for each in of.standings(DAY) if each.fingerprint == target]
    (file,) = signed(of, wanted, by, DAY)
    assert file.before == text
    start = next(n for n in range(len(file.after)) if not text.startswith(file.after[: n + 1]))
    added = len(file.after) - len(text)
    assert any(text[:n] + file.after[n + added :] == text for n in range(start + 1))
    save([file])
    accepted = standings()["target-loosened"].accepted["north"].approval
    assert (accepted.by, accepted.date) == (by, DAY)


# Writing


def test_the_mode_is_kept(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path)
    write_stubs(tmp_path)
    file_of(tmp_path).chmod(0o640)
    assert approve(coopctl, fingerprints()["target-loosened"]).code == 0
    assert stat.S_IMODE(file_of(tmp_path).stat().st_mode) == 0o640
    assert SIGNED in file_of(tmp_path).read_text("utf-8")


@pytest.mark.parametrize("leads_to", ["real.yml", "../agreement.yaml", "nowhere.yaml", "."])
def test_a_linked_file_is_neither_read_nor_written(leads_to: str, coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path, approvals={"real.yml": approvals_file()})
    file_of(tmp_path).symlink_to(leads_to)
    why = "a link, and approvals count only where they lie: else others could exchange a party's file"
    remedy = "remove the link, and put the file or folder itself there"
    where = "new/approvals/1.3.0.north.yaml"
    assert approve(coopctl, "--all") == (2, "", f"error: {where}:1:1: FIL002 {why}; {remedy}\n")
    ended = coopctl("diff", "old", "new", "--write-approvals", *AS_OF)
    assert ended == (2, "", f"error: {where}:1: cannot be added to: {why}; {remedy}\n")
    assert [path.name for path in sorted((tmp_path / "new/approvals").iterdir())] == ["1.3.0.north.yaml", "real.yml"]


def test_a_failure_leaves_the_old_file(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    versions(tmp_path)
    before = write_stubs(tmp_path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("coopctl.replacing.os.replace", fail)
        ended = approve(coopctl, "--all")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: new/approvals/1.3.0.north.yaml: cannot be written: No space left on device\n"
    assert file_of(tmp_path).read_text("utf-8") == before
    assert [path.name for path in file_of(tmp_path).parent.iterdir() if path.name.startswith(".")] == []


def test_a_write_protected_file_stays(coopctl: Coopctl, tmp_path: Path) -> None:
    versions(tmp_path)
    before = write_stubs(tmp_path)
    file_of(tmp_path).chmod(0o444)
    ended = approve(coopctl, "--all")
    assert ended == (2, "", "error: new/approvals/1.3.0.north.yaml: is write-protected\n")
    assert file_of(tmp_path).read_text("utf-8") == before


@pytest.mark.parametrize("there", [True, False], ids=["signed", "made"])
@pytest.mark.parametrize(("call", "after"), [("replace", False), ("replace", True)])
def test_killed_at_any_step_the_file_is_the_old_one_or_the_new_one(
    call: str, after: bool, there: bool, coopctl: Coopctl, tmp_path: Path
) -> None:
    """It leaves no part of a file, and the next run that writes sweeps up."""
    versions(tmp_path)
    before = write_stubs(tmp_path).encode() if there else None

    def job() -> int:
        name = "link" if call == "replace" and not there else call  # a new file takes its name by a link
        real = getattr(os, name)

        def dying(*arguments: str) -> None:
            if after:
                real(*arguments)
            die()

        setattr(os, name, dying)
        os.chdir(tmp_path)
        return command("approve", "old", "new", "--all", "--party", "north", "--by", "Li Wei", *AS_OF)()

    assert ended(begun(job)) == KILLED
    now = file_of(tmp_path).read_bytes() if file_of(tmp_path).exists() else None
    is_new = now is not None and now.count(b"Li Wei") == 2
    assert is_new is after
    assert is_new or now == before
    assert approve(coopctl, "--all").code == 0
    assert all("north" in each.accepted for each in standings().values())
    assert coopctl("approve", "old", "new", "--all", "--party", "harbor", "--by", "Ann Lee", *AS_OF).code == 0
    assert [path.name for path in file_of(tmp_path).parent.iterdir() if path.name.startswith(".")] == []


def test_parties_that_sign_at_the_same_time_do_not_lose_each_other(tmp_path: Path) -> None:
    """In a file that they share, each run either signs, or says that the file has changed and leaves it."""
    versions(tmp_path)
    stubs = (entry(each, party) for each in fingerprints().values() for party in ("north", "harbor", "quay"))
    versions(tmp_path, approvals={"shared.yaml": approvals_file(*stubs)})
    parties = ["north", "harbor", "quay"]
    random.Random(1).shuffle(parties)
    started = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "coopctl",
                "approve",
                "old",
                "new",
                "--all",
                "--party",
                each,
                "--by",
                "Li Wei",
                *AS_OF,
            ],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for each in parties
    ]
    ended = {
        party: (process.communicate()[1], process.returncode) for party, process in zip(parties, started, strict=True)
    }
    accepted = set(standings()["target-loosened"].accepted)
    assert accepted == {party for party, (_, code) in ended.items() if code == 0}
    assert accepted
    assert all("changed while it was being worked on" in err for err, code in ended.values() if code)


# Versions from git


def git(folder: Path, *arguments: str) -> None:
    """Run git in a repository of the test's own."""
    settings = ("-c", "user.name=Test", "-c", "user.email=test@north.example", "-c", "init.defaultBranch=main")
    env = {**os.environ, "HOME": str(folder), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *settings, *arguments], cwd=folder, env=env, check=True, capture_output=True)


def in_repository(folder: Path, text: str = NEW) -> None:
    """Make a repository whose work tree proposes something to `main`."""
    git(folder, "init", "-q")
    put(folder, {"deals/pact/agreement.yaml": OLD})
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "The pact")
    git(folder, "switch", "-qc", "proposal")
    put(folder, {"deals/pact/agreement.yaml": text})


@pytest.mark.parametrize("versions", [(), ("main",), ("main", "deals"), ("main:deals/pact", "deals/pact")])
def test_versions_are_named_as_for_diff(versions: tuple[str, ...], coopctl: Coopctl, tmp_path: Path) -> None:
    in_repository(tmp_path)
    ended = coopctl("approve", *versions, "--all", "--party", "north", "--by", "Li Wei", *AS_OF)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[-1] == "written: deals/pact/approvals/1.3.0.north.yaml"
    again = coopctl("approve", *versions, "--all", "--party", "north", "--by", "Li Wei", *AS_OF)
    assert again == (0, "nothing waits for north\n", "")


def test_what_was_accepted_before_does_not_open_a_later_gate(coopctl: Coopctl, tmp_path: Path) -> None:
    """The target goes down, comes up again, and is to go down once more."""
    in_repository(tmp_path)
    sign = ("approve", "main", "--all", "--party", "north", "--by", "Li Wei", *AS_OF)
    assert coopctl(*sign).code == 0
    for text in (None, OLD):
        if text:
            put(tmp_path, {"deals/pact/agreement.yaml": text})
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", "Next")
    git(tmp_path, "branch", "-qf", "main", "HEAD")
    put(tmp_path, {"deals/pact/agreement.yaml": NEW.replace("1.3.0", "1.4.0")})
    ended = coopctl(*sign)
    assert ended.code == 0
    assert ended.out.count("north accepts ") == 2


def test_nothing_is_signed_beside_an_agreement_that_has_nothing_to_be_compared_with(
    coopctl: Coopctl, tmp_path: Path
) -> None:
    in_repository(tmp_path)
    place = tmp_path / "deals/side/agreement.yaml"
    place.parent.mkdir()
    place.symlink_to("../pact/agreement.yaml")
    git(tmp_path, "add", "deals/side")
    git(tmp_path, "commit", "-qm", "A link")
    git(tmp_path, "branch", "-qf", "main", "HEAD")
    place.unlink()
    put(tmp_path, {"deals/side/agreement.yaml": OLD.replace("id: pact", "id: side")})
    ended = coopctl("approve", "main", "--all", "--party", "north", "--by", "Li Wei", *AS_OF)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith("; deals/side/agreement.yaml has nothing to be compared with\n")
    assert not list(tmp_path.rglob("approvals"))


def test_a_revision_cannot_be_signed(coopctl: Coopctl, tmp_path: Path) -> None:
    in_repository(tmp_path)
    git(tmp_path, "commit", "-qam", "Proposal")
    ended = coopctl("approve", "main..proposal", "--all", "--party", "north", "--by", "Li Wei", *AS_OF)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "error: proposal is in git, and approvals are written into files: check it out, and leave HEAD out\n"
    )
    assert not list(tmp_path.rglob("approvals"))
