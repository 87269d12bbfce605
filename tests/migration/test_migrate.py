"""`coopctl migrate`, and what every command says about a file in another version of the language."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coopctl.findings import Edit
from coopctl.migration.chain import migrated, read_as_newest
from coopctl.parsing import read_source
from tests.conftest import Coopctl

OLD = """\
# Two firms, both invented
coopctl: 0        # draft
id: pact
title: Pact
version: 1.0.0
valid_from: 2026-01-01   # first day

# last day, inclusive
valid_until: 2026-12-31
partners:
  north: {name: North Example}
  harbor: {name: Harbor Example}
x-own: {metrics: 1, partners: 2}
goals: {growth: {statement: Grow, metrics: [csat]}}
metrics:
  days:
    unit: days   # working days
    lower_is_better: true     # the fewer the better
    frequency: monthly
    aggregation: mean
    target: 9.950
    thresholds: {breach: {worse_than: 12}}
  csat: {unit: points, frequency: monthly, aggregation: mean, target: 90}
  nps: {unit: points, "lower_is_better": false, frequency: monthly, aggregation: mean, target: 50}
  load:
    unit: "%"
    frequency: monthly
    aggregation: mean
    direction: within-range
    target: {min: 75, max: 90}
risks:
  late: {triggers: [metrics.days.breach, "metrics.csat.warn"]}
exit: {triggers: {chronic: {when: {metric: days, status: breach, consecutive: 3}, right_of: [north]}}}
"""
NEW = """\
# Two firms, both invented
coopctl: 1        # draft
id: pact
title: Pact
version: 1.0.0
term:
  start: 2026-01-01   # first day
  # last day, inclusive
  end: 2026-12-31

parties:
  north: {name: North Example}
  harbor: {name: Harbor Example}
x-own: {metrics: 1, partners: 2}
goals: {growth: {statement: Grow, kpis: [csat]}}
kpis:
  days:
    unit: days   # working days
    direction: lower-is-better     # the fewer the better
    frequency: monthly
    aggregation: mean
    target: 9.950
    thresholds: {breach: {worse_than: 12}}
  csat: {unit: points, direction: higher-is-better, frequency: monthly, aggregation: mean, target: 90}
  nps: {unit: points, "direction": higher-is-better, frequency: monthly, aggregation: mean, target: 50}
  load:
    unit: "%"
    frequency: monthly
    aggregation: mean
    direction: within-range
    target: {min: 75, max: 90}
risks:
  late: {triggers: [kpis.days.breach, "kpis.csat.warn"]}
exit: {triggers: {chronic: {when: {kpi: days, status: breach, consecutive: 3}, right_of: [north]}}}
"""
OLD_LEDGER = """\
coopctl: actuals/0
metrics:
  days: {2026-01: 9.0}   # metrics.days
actions:
  - {date: 2026-02-02, about: metrics.days@2026-01, do: Look at metrics.days}
"""
NEW_LEDGER = """\
coopctl: actuals/1
kpis:
  days: {2026-01: 9.0}   # metrics.days
actions:
  - {date: 2026-02-02, about: kpis.days@2026-01, do: Look at metrics.days}
"""
OLD_APPROVALS = f"""\
coopctl: "approvals/0"
agreement: pact
approvals:
  - fingerprint: {"0" * 64}
    party: north
    approver: Mei   # by telephone
    date: 2026-01-01
"""
NEW_APPROVALS = OLD_APPROVALS.replace("approvals/0", "approvals/1").replace("approver", "by")
FILES = {"agreement.yaml": OLD, "actuals/2026.yaml": OLD_LEDGER, "approvals/p.yaml": OLD_APPROVALS}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An agreement in version 0 with its ledger and its approvals."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text("utf-8") for name in FILES}


def test_an_agreement_its_ledger_and_its_approvals_are_migrated(coopctl: Coopctl, old: Path) -> None:
    assert coopctl("migrate") == (
        0,
        "",
        (
            "agreement.yaml: migrated to version 1\nactuals/2026.yaml: migrated to version 1\n"
            "approvals/p.yaml: migrated to version 1\n3 files migrated to version 1\n"
        ),
    )
    assert texts(old) == {"agreement.yaml": NEW, "actuals/2026.yaml": NEW_LEDGER, "approvals/p.yaml": NEW_APPROVALS}
    assert coopctl("check", "--as-of", "2026-03-01", "--exit-zero").code == 0
    assert coopctl("migrate") == (0, "", "3 files of version 1 already\n")


def test_check_and_diff_change_nothing(coopctl: Coopctl, old: Path) -> None:
    ended = coopctl("migrate", "--check")
    assert ended == (1, "".join(f"{name}\n" for name in FILES), "3 files would be migrated to version 1\n")
    ended = coopctl("migrate", "--diff", "actuals/2026.yaml")
    assert (ended.code, ended.err) == (1, "1 file would be migrated to version 1\n")
    assert "\n-metrics:\n+coopctl: actuals/1\n+kpis:\n" in ended.out
    assert texts(old) == FILES


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_line_ends_and_mark_stay(ends: str, mark: str) -> None:
    assert migrated("a.yaml", mark + OLD.replace("\n", ends)) == mark + NEW.replace("\n", ends)


HEAD = "coopctl: 0\nid: a\ntitle: A\nversion: 1.0.0\npartners: {b: {name: B}, c: {name: C}}\n"
HEAD_NOW = "coopctl: 1\nid: a\ntitle: A\nversion: 1.0.0\nparties: {b: {name: B}, c: {name: C}}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "valid_from: 2026-01-01\nx-a: 1\n# why\nvalid_until: 2026-12-31",
            "term:\n  start: 2026-01-01\n  # why\n  end: 2026-12-31\nx-a: 1",
        ),
        (
            "valid_until: 2026-12-31 # u\nx-a: 1\nvalid_from: 2026-01-01",
            "x-a: 1\nterm:\n  start: 2026-01-01\n  end: 2026-12-31 # u",
        ),
        ("term: {start: 2026-01-01, end: 2026-12-31}\n", "term: {start: 2026-01-01, end: 2026-12-31}\n"),
    ],
)
def test_the_term_stands_where_its_first_day_stood(before: str, after: str) -> None:
    assert migrated("a.yaml", HEAD + before) == HEAD_NOW + after


def test_a_file_in_braces() -> None:
    old = (
        '{"coopctl": 0, "id": "a", "title": "A", "version": "1.0.0", "valid_from": 2026-01-01, '
        '"valid_until": 2026-12-31, "partners": {"b": {"name": "B"}, "c": {"name": "C"}}}\n'
    )
    assert migrated("a.yaml", old) == (
        '{"coopctl": 1, "id": "a", "title": "A", "version": "1.0.0", "term": {"start": 2026-01-01, '
        '"end": 2026-12-31}, "parties": {"b": {"name": "B"}, "c": {"name": "C"}}}\n'
    )


def test_an_alias_is_migrated_once() -> None:
    metric = "{unit: d, lower_is_better: true, frequency: monthly, aggregation: sum, target: 1}"
    old = f"{HEAD}valid_from: 2026-01-01\nvalid_until: 2026-12-31\nmetrics:\n  p: &p {metric}\n  q: *p\n"
    new = migrated("a.yaml", old)
    assert isinstance(new, str)
    assert new.count("direction: lower-is-better") == 1


@pytest.mark.parametrize(
    ("more", "place", "told"),
    [
        ("valid_from: 2026-01-01\n", (6, 1), "`valid_from` without `valid_until`: a term has a first and a last day"),
        ("valid_until: 2026-01-01\n", (6, 1), "`valid_until` without `valid_from`: a term has a first and a last day"),
        ("term: {}\nvalid_from: 2026-01-01\n", (7, 1), "`valid_from` and `term` both"),
        ("parties: {}\n", (5, 1), "`partners` and `parties` both"),
        ("metrics: {k: {lower_is_better: maybe}}\n", (6, 15), 'expected true or false, found "maybe"'),
        ("metrics: {k: {lower_is_better: true, direction: x}}\n", (6, 15), "`lower_is_better` and `direction` both"),
    ],
)
def test_what_cannot_be_carried_over_is_told_with_its_place(
    coopctl: Coopctl, tmp_path: Path, more: str, place: tuple[int, int], told: str
) -> None:
    (tmp_path / "agreement.yaml").write_text(HEAD + more, "utf-8")
    result = migrated("agreement.yaml", HEAD + more)
    assert not isinstance(result, str)
    (finding,) = result.findings
    assert (finding.message, finding.location[1:3]) == (f"cannot be migrated: {told}", place)
    assert coopctl("migrate").code == 2
    assert (tmp_path / "agreement.yaml").read_text("utf-8") == HEAD + more


def test_a_file_that_would_have_errors_is_left_alone(coopctl: Coopctl, old: Path) -> None:
    text = OLD.replace("title: Pact", "titel: Pact")
    (old / "agreement.yaml").write_text(text, "utf-8")
    ended = coopctl("migrate")
    assert ended.code == 2
    assert "`titel` is not a key of the file" in ended.err
    assert ended.err.endswith("\n3 files left alone for what is told above\n")
    assert texts(old) == {**FILES, "agreement.yaml": text}


BROKEN = {
    "actuals/2026.yaml": OLD_LEDGER.replace("actions:", "actoins:"),
    "actuals/2025.yaml": "coopctl: actuals/0\nmetrics: [\n",
    "approvals/p.yaml": OLD_APPROVALS.replace("date:", "day:"),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("option", [(), ("--check",), ("--diff",)])
def test_all_files_of_an_agreement_are_migrated_or_none(
    coopctl: Coopctl, old: Path, name: str, option: tuple[str, ...]
) -> None:
    (old / name).write_text(BROKEN[name], "utf-8")
    for other in FILES:
        (old / "other" / other).parent.mkdir(parents=True, exist_ok=True)
        (old / "other" / other).write_text(FILES[other], "utf-8")
    ended = coopctl("migrate", *option)
    assert (ended.code, name in ended.err) == (2, True)
    assert texts(old) == {**FILES, **({name: BROKEN[name]} if name in FILES else {})}
    if not option:
        assert texts(old / "other") == {
            "agreement.yaml": NEW, "actuals/2026.yaml": NEW_LEDGER, "approvals/p.yaml": NEW_APPROVALS,
        }  # fmt: skip
    else:
        assert "other/agreement.yaml" in ended.out
        assert "\nagreement.yaml" not in f"\n{ended.out}"


def test_a_file_that_cannot_be_written_keeps_all_of_its_agreement(coopctl: Coopctl, old: Path) -> None:
    (old / "approvals" / "p.yaml").chmod(0o444)
    ended = coopctl("migrate")
    assert ended == (
        2,
        "",
        "error: approvals/p.yaml: is write-protected\n3 files left alone for what is told above\n",
    )
    assert texts(old) == FILES


def test_agreements_that_share_a_ledger_are_migrated_together(coopctl: Coopctl, old: Path) -> None:
    (old / "other.coop.yaml").write_text(OLD.replace("id: pact", "idd: pact"), "utf-8")
    assert coopctl("migrate").err.endswith("\n4 files left alone for what is told above\n")
    assert texts(old) == FILES


BESIDE = "actuals/2026.yaml"


def test_what_would_be_wrong_with_a_shared_ledger_is_told_once(coopctl: Coopctl, old: Path) -> None:
    (old / "other.coop.yaml").write_text(OLD, "utf-8")
    (old / BESIDE).write_text(OLD_LEDGER.replace("  days:", "  nope: {2026-01: 1}\n  days:"), "utf-8")
    ended = coopctl("migrate")
    assert (ended.code, ended.err.count("once migrated: no KPI is called `nope`")) == (2, 1)


SHARES = f"other.coop.yaml: shares {BESIDE} with agreement.yaml, so it is worked on, too\n"


@pytest.mark.parametrize("option", [(), ("--check",), ("--diff",)])
def test_an_agreement_that_shares_the_ledger_of_a_named_one_is_migrated_with_it_or_neither(
    coopctl: Coopctl, old: Path, option: tuple[str, ...]
) -> None:
    other = old / "other.coop.yaml"
    other.write_text(OLD.replace("lower_is_better: true", "lower_is_better: yes"), "utf-8")
    ended = coopctl("migrate", "agreement.yaml", *option)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(SHARES)
    assert "--> other.coop.yaml:18:5\n" in ended.err
    assert ended.err.endswith("\n4 files left alone for what is told above\n")
    assert texts(old) == FILES
    other.write_text(OLD, "utf-8")
    ended = coopctl("migrate", "agreement.yaml", *option)
    assert (ended.code, ended.err.startswith(SHARES)) == (1 if option else 0, True)
    assert other.read_text("utf-8") == (OLD if option else NEW)


def test_an_agreement_whose_own_files_stay_as_they_are_is_not_looked_at(coopctl: Coopctl, old: Path) -> None:
    """It has a ledger of its own, or one that is of the newest version already."""
    for name, text in {"agreement.yaml": OLD, BESIDE: NEW_LEDGER, "approvals/p.yaml": NEW_APPROVALS}.items():
        (old / name).write_text(text, "utf-8")
    (old / "other.coop.yaml").write_text(OLD.replace("lower_is_better: true", "lower_is_better: yes"), "utf-8")
    assert coopctl("migrate", "agreement.yaml").err == (
        "agreement.yaml: migrated to version 1\n1 file migrated to version 1, 2 files of version 1 already\n"
    )
    (old / "approvals" / "p.yaml").unlink()
    (old / "agreement.yaml").write_text(OLD.replace("x-own", "actuals: [own/*.yaml]\nx-own"), "utf-8")
    (old / "own").mkdir()
    (old / "own" / "a.yaml").write_text(OLD_LEDGER, "utf-8")
    assert coopctl("migrate", "agreement.yaml").err.endswith("\n2 files migrated to version 1\n")


@pytest.mark.parametrize("is_repository", [True, False])
def test_agreements_in_the_folders_above_a_ledger_are_looked_at(
    coopctl: Coopctl, old: Path, is_repository: bool
) -> None:
    """Up to the root of the repository; outside of one nobody knows what lies above the agreement."""
    inner = old / "inner"
    for name, text in FILES.items():
        (inner / name).parent.mkdir(parents=True, exist_ok=True)
        (inner / name).write_text(text, "utf-8")
    outer = OLD.replace("x-own", "actuals: [inner/actuals/*.yaml]\nx-own").replace("title", "titel")
    (old / "agreement.yaml").write_text(outer, "utf-8")
    if is_repository:
        (old / ".git").mkdir()
    ended = coopctl("migrate", "inner/agreement.yaml")
    shares = "agreement.yaml: shares inner/actuals/2026.yaml with inner/agreement.yaml, so it is worked on, too\n"
    assert (ended.code, shares in ended.err) == ((2, True) if is_repository else (0, False))
    assert (texts(inner) == FILES) is is_repository


def test_neighbours_of_neighbours_are_looked_at(coopctl: Coopctl, old: Path) -> None:
    (old / "approvals" / "p.yaml").unlink()
    for name, ledgers in {"agreement": "a", "b.coop": "a, b", "c.coop": "b"}.items():
        files = ", ".join(f"actuals/{each}.yaml" for each in ledgers.split(", "))
        (old / f"{name}.yaml").write_text(OLD.replace("x-own", f"actuals: [{files}]\nx-own"), "utf-8")
    for name in ("a", "b"):
        (old / "actuals" / f"{name}.yaml").write_text(OLD_LEDGER.replace("2026-01", f"2026-0{ord(name) - 96}"), "utf-8")
    (old / BESIDE).unlink()
    ended = coopctl("migrate", "agreement.yaml")
    assert ended.code == 0
    assert ended.err.startswith(
        "b.coop.yaml: shares actuals/a.yaml with agreement.yaml, so it is worked on, too\n"
        "c.coop.yaml: shares actuals/b.yaml with b.coop.yaml, so it is worked on, too\n"
    )
    assert ended.err.endswith("\n5 files migrated to version 1\n")


@pytest.mark.parametrize(
    ("name", "before", "after", "place", "told"),
    [
        (BESIDE, "  days: {", "  dais: {", f"{BESIDE}:3:3", "no KPI is called `dais`"),
        (BESIDE, "metrics.days@2026-01", "metrics.days@2027-13", f"{BESIDE}:5:31", ""),
        (BESIDE, "9.0}", "9.0, 2026-Q1: 9}", f"{BESIDE}:3:24", ""),
        ("agreement.yaml", "metrics: [csat]", "metrics: [none]", "agreement.yaml:14:45", "no KPI is called `none`"),
    ],
)
@pytest.mark.parametrize("option", [(), ("--check",), ("--diff",)])
def test_what_would_be_wrong_with_a_ledger_and_its_agreement_together_is_told_and_nothing_is_changed(
    coopctl: Coopctl, old: Path, option: tuple[str, ...], name: str, before: str, after: str, place: str, told: str
) -> None:
    changed = {**FILES, name: FILES[name].replace(before, after)}
    (old / name).write_text(changed[name], "utf-8")
    ended = coopctl("migrate", *option)
    assert (ended.code, ended.out) == (2, "")
    assert f": once migrated: {told}" in " ".join(ended.err.split())
    assert f"--> {place}\n" in ended.err
    assert ended.err.endswith("\n3 files left alone for what is told above\n")
    assert texts(old) == changed


def test_figures_in_csv_are_held_against_the_migrated_agreement(coopctl: Coopctl, old: Path) -> None:
    (old / "actuals" / "a.csv").write_text("kpi,period,value\ncsat,2026-01,1\nnone,2026-01,1\n", "utf-8")
    ended = coopctl("migrate")
    assert (ended.code, "--> actuals/a.csv:3:1\n" in ended.err) == (2, True)
    assert texts(old) == FILES


def test_what_is_wrong_with_files_of_the_newest_version_is_for_other_commands_to_tell(
    coopctl: Coopctl, old: Path
) -> None:
    wrong = NEW.replace("csat: {", "sat: {")
    (old / "agreement.yaml").write_text(wrong, "utf-8")
    (old / BESIDE).write_text(NEW_LEDGER, "utf-8")
    (old / "approvals" / "p.yaml").write_text(NEW_APPROVALS, "utf-8")
    assert coopctl("migrate") == (0, "", "3 files of version 1 already\n")


def test_an_agreement_by_itself_is_held_against_its_own_names() -> None:
    steps = ("{min: 75, max: 90}", "{2026-01: 1, 2026-Q1: 2}", "lower-is-better", "the steps 2026-01")
    for before, after, within, told in (("metrics: [csat]", "metrics: [none]", "within-range", "no KPI"), steps):
        refused = migrated("-", OLD.replace(before, after).replace("within-range", within))
        assert not isinstance(refused, str)
        (finding,) = refused.findings
        assert finding.message.startswith(f"once migrated: {told}")


def test_what_would_say_something_else_is_left_alone(
    coopctl: Coopctl, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The edits are held against the data that was meant, which is found in another way."""
    (old / "agreement.yaml").write_text(NEW, "utf-8")
    monkeypatch.setattr("coopctl.migration.from_0._Draft.refer", lambda *_: None)
    ended = coopctl("migrate", "actuals/2026.yaml")
    assert ended.code == 2
    assert "cannot be migrated: the way this is written keeps coopctl from writing\n" in ended.err
    assert "\n --> actuals/2026.yaml:5:24\n" in ended.err
    assert texts(old) == {**FILES, "agreement.yaml": NEW}


METRIC = "{unit: d, frequency: monthly, aggregation: sum, target: 1}"
DAYS = "valid_from: 2026-01-01\nvalid_until: 2026-12-31\n"


@pytest.mark.parametrize(
    ("more", "place", "told", "remedy"),
    [
        (
            f'{DAYS}"\\x6detrics": {{a: {METRIC}}}\n',
            (8, 1),
            "the way this is written keeps coopctl from writing `kpis` here",
            "write it plainly, a short value on the line of its key, without anchors, aliases and escapes",
        ),
        (
            f"{DAYS}x-own: &k {METRIC}\nmetrics:\n  a: *k\n",
            (10, 3),
            "the way this is written keeps coopctl from writing `kpis.a.direction` here",
            "without anchors, aliases and escapes",
        ),
        (
            f"{DAYS}x-own: &k\n  a: {METRIC}\nmetrics: *k\n",
            (8, 1),
            "`x-own` would change as well: by an alias it is what has to be migrated",
            "write the value out in both places; then migrate again",
        ),
        (
            "valid_from:\n  2026-01-01\nvalid_until: 2026-12-31\n",
            (6, 1),
            "what would be written here could not be read again",
            "a short value on the line of its key",
        ),
        (
            "? valid_from\n: 2026-01-01\nvalid_until: 2026-12-31\n",
            (6, 3),
            "what would be written here could not be read again",
            "a short value on the line of its key",
        ),
    ],
)
def test_what_cannot_be_migrated_in_place_is_told_with_its_key_and_the_remedy(
    more: str, place: tuple[int, int], told: str, remedy: str
) -> None:
    refused = migrated("a.yaml", HEAD + more)
    assert not isinstance(refused, str)
    (finding,) = refused.findings
    assert (finding.message, finding.location[1:3]) == (f"cannot be migrated: {told}", place)
    assert remedy in finding.help


@pytest.mark.parametrize(
    ("words", "more", "place", "told", "remedy"),
    [
        (
            "  # kept",
            "",
            (7, 27),
            "the comment # kept would be lost",
            "put the comment on a line of its own above the key; then migrate again",
        ),
        ("partners: {b", "", (5, 1), "two things would have to be changed here at once", "write it plainly"),
        ("}}\n", "}} # c\n", (1, 1), "more would change than has to", "write it plainly"),
        (" last", " last\nx: [", (7, 27), "what would be written here could not be read again", "write it plainly"),
    ],
)
def test_what_an_edit_would_spoil_is_told_with_its_place(
    monkeypatch: pytest.MonkeyPatch, words: str, more: str, place: tuple[int, int], told: str, remedy: str
) -> None:
    """Whatever the edits of a migration are, what they make of a file is held against what it said."""
    text = f"{HEAD}# above\nterm: {{start: 2026-01-01, end: 2026-12-31}}  # kept\n# the last"
    start = text.index(words)
    edit = Edit(start, start + len(words), more)
    monkeypatch.setattr("coopctl.migration.from_0._Draft.put_term", lambda draft: draft._edits.append(edit))
    refused = migrated("a.yaml", text)
    assert not isinstance(refused, str)
    (finding,) = refused.findings
    assert (finding.message, finding.location[1:3]) == (f"cannot be migrated: {told}", place)
    assert remedy in finding.help


def test_a_comment_that_would_be_lost_is_told_where_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others that say the same, and text that ends with it, are not meant."""
    text = f'x-a: "a  # why"  # why\n{HEAD}term: {{start: 2026-01-01, end: 2026-12-31}}  # why\ncurrency: CNY  # why\n'
    start = text.rindex("  # why")
    edits = [Edit(start, start + len("  # why"), ""), Edit(0, 0, "# one more line\n")]
    monkeypatch.setattr("coopctl.migration.from_0._Draft.put_term", lambda draft: draft._edits.extend(edits))
    refused = migrated("a.yaml", text)
    assert not isinstance(refused, str)
    (finding,) = refused.findings
    assert (finding.message, finding.location[1:3]) == ("cannot be migrated: the comment # why would be lost", (8, 1))


def test_what_is_wrong_once_migrated_has_its_place_in_the_file_as_it_stands(coopctl: Coopctl, tmp_path: Path) -> None:
    """Two lines become three below `term`; what comes after them is told where it stands now."""
    text = (
        f"{HEAD}valid_until: 2026-02-31\n# first\nvalid_from: 2026-01-01\nmetrics:\n"
        "  a:\n    unit: d\n    frequency: monthly\n    aggregation: summ\n    target: 1\n"
    )
    (tmp_path / "agreement.yaml").write_text(text, "utf-8")
    refused = migrated("agreement.yaml", text)
    assert not isinstance(refused, str)
    assert [(*each.location[1:3], each.message) for each in refused.findings] == [
        (6, 14, 'once migrated: "2026-02-31" is not a day of the calendar'),
        (
            13,
            18,
            'once migrated: expected one of sum, mean, weighted-mean, ratio, last, min, max, found "summ"',
        ),
    ]
    assert "\n13 |     aggregation: summ\n" in coopctl("migrate").err
    assert (tmp_path / "agreement.yaml").read_text("utf-8") == text


def test_all_that_an_older_file_says_has_its_place_in_it() -> None:
    """What stands at the place of each value is that value, under its older name."""
    source, newest = read_as_newest("a.yaml", OLD), read_source("a.yaml", NEW)
    assert source.text == OLD
    assert (source.data, source.own, source.older_version) == (newest.data, newest.own, 0)
    told = {"lower-is-better": "true", "higher-is-better": "false", "1": "0"}
    for path, value in _scalars(source.data):
        if not source.has(path):
            assert path == ("kpis", "csat", "direction")
            assert source.value_at(path) == source.key_at(("kpis", "csat"))
            continue
        place = source.value_at(path)
        start = source.offset_at(place.line, place.column)
        there = OLD[start : source.offset_at(place.end_line, place.end_column)].strip('"')
        assert there in (value, told.get(value), value.replace("kpis.", "metrics.")), path


def _scalars(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str):
        yield path, data
    else:
        for step, each in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _scalars(each, (*path, step))


@pytest.mark.parametrize("quote", ["'", '"'])
def test_days_whose_keys_stand_in_quotes(quote: str) -> None:
    days = DAYS.replace("valid_from", f"{quote}valid_from{quote}").replace("valid_until", f"{quote}valid_until{quote}")
    term = f"term:\n  start: 2026-01-01\n  {quote}end{quote}: 2026-12-31\n"
    assert migrated("a.yaml", HEAD + days) == HEAD_NOW + term


# What other commands say


@pytest.mark.parametrize(
    "command", [["check"], ["lint"], ["variance"], ["explain", "kpis.days"], ["report"], ["digest"]]
)
@pytest.mark.usefixtures("old")
def test_a_command_on_an_old_agreement_says_to_migrate_it(coopctl: Coopctl, command: list[str]) -> None:
    ended = coopctl(*command)
    assert ended.code == 2
    told = ended.out + ended.err
    assert "SCH009" in told
    assert told.count("agreement.yaml:2:10") == 1
    if command != ["digest"]:
        assert "run `coopctl migrate agreement.yaml`" in told


@pytest.mark.parametrize(
    ("version", "code", "message"),
    [
        ("0", "SCH009", "written in version 0 of the agreement language; this coopctl reads version 1"),
        ("2", "SCH010", "made for version 2 of the agreement language; this coopctl reads up to 1"),
        ('"1"', "SCH003", 'expected the number 1, found the quoted text "1"'),
        ("one", "SCH003", 'expected the version of the language, found "one"; this coopctl reads version 1'),
        ("1.0", "SCH003", 'expected the version of the language, found "1.0"; this coopctl reads version 1'),
        ("approvals/1", "SCH003", "this is a file of approvals, not an agreement"),
        ("actuals/0", "SCH003", "this is a ledger file, not an agreement"),
    ],
)
def test_the_version_of_an_agreement(coopctl: Coopctl, old: Path, version: str, code: str, message: str) -> None:
    (old / "agreement.yaml").write_text(NEW.replace("coopctl: 1", f"coopctl: {version}"), "utf-8")
    (old / "actuals/2026.yaml").write_text(NEW_LEDGER, "utf-8")
    ended = coopctl("check", "--output-format", "concise")
    assert ended.code == 2
    assert ended.out == f"agreement.yaml:2:10: {code} {message}\nagreement.yaml: not judged\n"


@pytest.mark.parametrize(
    ("version", "code", "message"),
    [
        ("actuals/0", "SCH009", "written in version 0 of the ledger's language; this coopctl reads version 1"),
        ("actuals/2", "SCH010", "made for version 2 of the ledger's language; this coopctl reads up to 1"),
        ("1", "SCH003", 'expected the version of the ledger\'s language, found "1"; this coopctl reads actuals/1'),
    ],
)
def test_the_version_of_a_ledger(coopctl: Coopctl, old: Path, version: str, code: str, message: str) -> None:
    (old / "agreement.yaml").write_text(NEW, "utf-8")
    (old / "actuals/2026.yaml").write_text(NEW_LEDGER.replace("actuals/1", version), "utf-8")
    ended = coopctl("check", "--output-format", "concise")
    assert ended.code == 2
    assert ended.out == f"actuals/2026.yaml:1:10: {code} {message}\nagreement.yaml: not judged\n"


def test_the_path_to_migrate_can_be_pasted(coopctl: Coopctl, tmp_path: Path) -> None:
    (tmp_path / "our deal.coop.yaml").write_text(OLD, "utf-8")
    assert "run `coopctl migrate 'our deal.coop.yaml'`" in coopctl("check").out
