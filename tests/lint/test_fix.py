"""--fix and --diff: what is mended, that nothing else changes, and that it means the same as before."""

import json
import os
import random
import re
import shutil
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from coopctl.cli.app import run
from tests.conftest import Coopctl
from tests.lint.samples import (
    AS_OF,
    EXAMPLE_DATES,
    EXAMPLES,
    QUIET,
    changed,
    codes,
    content,
    findings,
    lint,
    put,
    summary,
    with_remark,
)

TURNED = """\
liability:

  # Who pays at the most
  cap: 500000      # each
  # What a breach costs
  breach: Repair


  # Nothing else
"""


def fixed(coopctl: Coopctl, folder: Path, text: str | bytes) -> str:
    """Mend an agreement; return its text, byte for byte."""
    path = put(folder, text)
    lint(coopctl, "--fix")
    return path.read_bytes().decode("utf-8")


# What is mended


def test_keys_are_put_in_order_with_their_comments(coopctl: Coopctl, tmp_path: Path) -> None:
    """A comment goes with the key below it or beside it; empty lines stay where they are."""
    text = changed("liability: {cap: 500000}\n", TURNED, QUIET)
    after = """\
liability:

  # What a breach costs
  breach: Repair
  # Who pays at the most
  cap: 500000      # each


  # Nothing else
"""
    assert fixed(coopctl, tmp_path, text) == text.replace(TURNED, after)


def test_sections_and_their_keys_are_put_in_order_in_one_go(coopctl: Coopctl, tmp_path: Path) -> None:
    """What stands inside of what is moved is mended too."""
    goals = re.search(r"goals:\n.*\n", QUIET)
    assert goals is not None
    turned = QUIET.replace(goals[0], "") + goals[0].replace("2026-12-31", '2026-12-31, priority: 1, note: "Plain"')
    turned = changed("liability: {cap: 500000}\n", "liability:\n  cap: 500000\n  breach: 'Repair'\n", turned)
    put(tmp_path, turned)
    assert lint(coopctl, "--fix").code == 0
    text = (tmp_path / "agreement.yaml").read_text("utf-8")
    assert text.index("goals:") < text.index("kpis:")
    assert "  breach: Repair\n  cap: 500000\n" in text
    assert "priority: 1, note: Plain" in text
    assert codes(coopctl) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"Delivery pact"', "Delivery pact"),
        ("'Delivery pact'", "Delivery pact"),
        ('"合作协议"', "合作协议"),
        ('"Delivery, and more"', None),
        ('"Delivery: pact"', None),
        ('"# 7"', None),
        ('"Delivery # pact"', None),
        ('"yes"', None),
        ('"No"', None),
        ('"null"', None),
        ('"~"', None),
        ('"2026"', None),
        ('"2026-01-01"', None),
        ('"1.5"', None),
        ('"-pact"', None),
        ('"&pact"', None),
        ('"*pact"', None),
        ('"!pact"', None),
        ('"[pact]"', None),
        ('"{pact}"', None),
        ('"@pact"', None),
        ('"`pact`"', None),
        ('"% pact"', None),
        ('"| pact"', None),
        ('"> pact"', None),
        ('"? pact"', None),
        ('" pact"', None),
        ('"pact "', None),
        ('"pact:"', None),
        ('"the ""', None),
        ('"caf\\u00e9"', None),
        ("'it''s'", None),
        ('"a\\tb"', None),
        ('"two\n  lines"', None),
    ],
)
def test_only_quotes_that_say_nothing_are_taken_away(
    before: str, after: str | None, coopctl: Coopctl, tmp_path: Path
) -> None:
    """Among what says something are commas inside braces, which this title is not in: it costs nothing to keep them."""
    text = changed("title: Delivery pact", f"title: {before}", QUIET)
    mended = fixed(coopctl, tmp_path, text)
    if before == '"Delivery, and more"':
        assert mended in (text, changed("Delivery pact", "Delivery, and more", QUIET))
    else:
        assert mended == (text if after is None else changed("Delivery pact", after, QUIET))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1 years", "1 year"),
        ("1 months", "1 month"),
        ("012 months", "12 months"),
        ("2 year", "2 years"),
        ("0 day", "0 days"),
        ("030 business days", "30 business days"),
        ("1 year", "1 year"),
        ("12 months", "12 months"),
    ],
)
def test_lengths_of_time_are_written_the_usual_way(before: str, after: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """Wherever the language has a length of time, and nowhere else."""
    term = "renewal: {mode: automatic, for: 12 months, notice: DURATION}  # DURATION before"
    more = f"term: {{start: 2026-01-01, end: 2026-12-31, {term[:-18].rstrip()}}}  # DURATION before"
    text = changed("term: {start: 2026-01-01, end: 2026-12-31}", more, QUIET)
    text = changed("title: Delivery pact", "title: Within DURATION", text)
    place = f"notice: {after}}}}}"
    mended = fixed(coopctl, tmp_path, text.replace("DURATION", before))
    assert mended == text.replace("DURATION", before).replace(f"notice: {before}}}}}", place)


@pytest.mark.parametrize(
    "text",
    [
        # In braces the order is left as it is.
        changed("liability: {cap: 500000}", "liability: {cap: 500000, breach: Repair}", QUIET),
        # The user's own order: parties, KPIs, bodies, triggers.
        changed("  north: {name: N", "  zebra: {name: N", QUIET).replace("north]", "zebra]").replace("[north", "[zebra")
        .replace("owner: north", "owner: zebra"),
        # The user's own keys stay.
        changed("liability: {cap: 500000}\n", "liability:\n  x-note: ours\n  breach: Repair\n  cap: 500000\n", QUIET),
        # Numbers, dates and ids are never touched, however they are written.
        changed("target: 90", "target: 090.0", QUIET),
        changed("{cap: 500000}", "{cap: 500000.00}", QUIET),
    ],
)  # fmt: skip
def test_what_is_the_user_s_own_is_left_alone(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    assert fixed(coopctl, tmp_path, text) == text


def test_what_cannot_be_read_is_left_alone(coopctl: Coopctl, tmp_path: Path) -> None:
    text = with_remark() + "surprise: 1\n"
    path = put(tmp_path, text)
    assert lint(coopctl, "--fix").code == 2
    assert path.read_text("utf-8") == text


def test_a_ledger_with_an_error_does_not_keep_the_agreement_from_being_mended(coopctl: Coopctl, tmp_path: Path) -> None:
    facts = "coopctl: actuals/1\nkpis:\n  csat: {2026-01: many}\n"
    path = put(tmp_path, with_remark(), {"actuals/2026.yaml": facts})
    assert lint(coopctl, "--fix").code == 2
    assert (tmp_path / "actuals" / "2026.yaml").read_text("utf-8") == facts
    assert path.read_text("utf-8").index("breach: Repair") < path.read_text("utf-8").index("cap: 500000")


# How it is told


FOUR = changed("title: Delivery pact", 'title: "Delivery pact"', QUIET)
FOUR = changed(
    "term: {start: 2026-01-01, end: 2026-12-31}\n",
    "term:\n  end: 2026-12-31\n  start: 2026-01-01\n  renewal: {mode: automatic, for: 1 years, notice: 030 days}\n",
    FOUR,
)
"""Four findings: the order of `term`, two lengths of time in it, and quotes."""


def test_what_was_mended_is_counted_once(coopctl: Coopctl, tmp_path: Path) -> None:
    """The lengths of time stand inside of what is moved."""
    put(tmp_path, FOUR)
    assert codes(coopctl, "--select", "STY") == ["STY002", "STY001", "STY003", "STY003"]
    assert summary(coopctl).endswith(": 4 remarks · 4 can be mended with --fix")
    assert lint(coopctl, "--diff").err == "4 findings would be mended in 1 file\n"
    ended = lint(coopctl, "--fix")
    assert (ended.code, ended.err) == (0, "4 findings mended in 1 file\n")
    assert ended.out == "no findings in 1 agreement\n"


def test_nothing_to_mend_is_said_or_not_said(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path)
    before = content(tmp_path)
    assert lint(coopctl, "--fix") == (0, "no findings in 1 agreement\n", "")
    ended = lint(coopctl, "--diff")
    assert (ended.code, ended.out) == (0, "")
    assert content(tmp_path) == before


def test_what_is_left_decides_how_it_ends(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, with_remark())
    assert lint(coopctl, "--fail-on", "info").code == 1
    assert lint(coopctl, "--diff", "--fail-on", "error").code == 1
    assert lint(coopctl, "--diff", "--exit-zero").code == 0
    assert lint(coopctl, "--fix", "--fail-on", "info").code == 0


@pytest.mark.parametrize(
    "files",
    [
        {"agreement.yaml": QUIET + "surprise: 1\n"},
        {"agreement.yaml": ""},
        {"actuals/2026.yaml": "coopctl: actuals/1\nkpis:\n  csat: {2026-01: many}\n"},
        {"agreement.yaml": changed("id: pact", "id: pact  # coopctl: ignore KPI001", QUIET)},
    ],
    ids=["unknown-key", "empty", "ledger", "broken-suppression"],
)
def test_a_difference_of_what_cannot_be_judged_ends_with_2(
    files: dict[str, str], coopctl: Coopctl, tmp_path: Path
) -> None:
    put(tmp_path, QUIET, files)
    for options in ([], ["--exit-zero"]):
        ended = lint(coopctl, "--diff", *options)
        assert ended.code == 2
        assert ended.err.startswith("error: ")


# Files stay what they are


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_line_ends_and_byte_order_marks_are_kept(end: bytes, mark: bytes, coopctl: Coopctl, tmp_path: Path) -> None:
    written = {text: mark + text.encode().replace(b"\n", end) for text in (with_remark(), QUIET)}
    path = put(tmp_path, written[with_remark()])
    lint(coopctl, "--fix")
    expected = changed("  cap: 500000\n  breach: Repair\n", "  breach: Repair\n  cap: 500000\n", with_remark())
    assert path.read_bytes() == mark + expected.encode().replace(b"\n", end)


def test_mode_and_links_are_kept(coopctl: Coopctl, tmp_path: Path) -> None:
    path = put(tmp_path / "real", with_remark())
    path.rename(path.with_name("deal.yaml"))
    path.symlink_to("deal.yaml")
    os.chmod(path.with_name("deal.yaml"), 0o640)
    lint(coopctl, "real", "--fix")
    assert path.is_symlink()
    assert os.readlink(path) == "deal.yaml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert "  breach: Repair\n  cap: 500000\n" in path.read_text("utf-8")
    assert sorted(each.name for each in path.parent.iterdir()) == ["agreement.yaml", "deal.yaml"]


def test_a_file_that_cannot_be_exchanged_stays_whole(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full, or the machine stops: the old text is there, and nothing beside it."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    put(tmp_path, with_remark())
    before = content(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr("coopctl.replacing.os.replace", fail)
        ended = lint(coopctl, "--fix")
    assert ended.code == 2
    assert "STY001" in ended.out
    assert ended.err == "error: agreement.yaml: cannot be written: No space left on device\n"
    assert content(tmp_path) == before


def test_what_a_stopped_run_left_behind_is_swept_away(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, with_remark(), {".coopctl-new-abc": "half"})
    lint(coopctl, "--fix")
    assert set(content(tmp_path)) == {"agreement.yaml"}


@pytest.mark.parametrize("end", ["\n", ""], ids=["ended", "open"])
def test_a_last_line_without_an_end_is_not_lost(end: str, coopctl: Coopctl, tmp_path: Path) -> None:
    tail = "clauses:\n  faith:\n    text: In good faith\n    title: Faith  # last"
    before = QUIET + tail + end
    after = fixed(coopctl, tmp_path, before)
    assert YAML(typ="safe").load(after) == YAML(typ="safe").load(before)
    assert sorted(after.splitlines()) == sorted(before.splitlines())
    assert after.endswith("\n") == before.endswith("\n")


# Standard input


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_an_agreement_from_standard_input_goes_to_standard_output(end: bytes, mark: bytes, tmp_path: Path) -> None:
    """The findings go to standard error; what was read and what is written differ in nothing but what was mended."""
    text = changed("    source: Survey\n", "", with_remark())
    expected = changed("  cap: 500000\n  breach: Repair\n", "  breach: Repair\n  cap: 500000\n", text)
    given_bytes, expected_bytes = (mark + each.encode().replace(b"\n", end) for each in (text, expected))
    command = [sys.executable, "-m", "coopctl", "lint", "--fix", "-", "--as-of", AS_OF, "--output-format", "concise"]
    done = subprocess.run(command, input=given_bytes, capture_output=True, cwd=tmp_path, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, expected_bytes)
    assert done.stderr.decode().splitlines() == [
        "1 finding mended in 1 file",
        "agreement.yaml:13:3: KPI002 csat does not say where its figures come from",
        "1 finding in 1 agreement: 1 warning",
    ]


@pytest.mark.parametrize(
    "text", [QUIET, with_remark() + "surprise: 1\n", "coopctl: ["], ids=["quiet", "bad", "no-yaml"]
)
def test_what_cannot_be_mended_comes_back_as_it_was(text: str, process: Coopctl) -> None:
    """A pipe into the same file loses nothing."""
    ended = process(["lint", "--fix", "-", "--as-of", AS_OF], stdin=text.encode())
    assert ended.out == text
    assert ended.code == (0 if text == QUIET else 2)


# The patch


def patched(patch: str, folder: Path) -> None:
    """Apply a patch as anybody would."""
    command = ["patch", "-p1", "--binary", "--no-backup-if-mismatch", "--fuzz=0"]
    done = subprocess.run(command, input=patch.encode(), capture_output=True, cwd=folder, check=False, timeout=60)
    assert done.returncode == 0, done.stdout.decode()


PATCHED = {
    "order": with_remark(),
    "four": FOUR,
    "comment": changed("id: pact", "id: pact  # coopctl: ignore[KPI001] 理由", FOUR),
    "backslash": changed("currency: CNY", "currency: CNY  # \\x1b \\n", FOUR),
    "no-last-end": FOUR[:-1],
}


@pytest.mark.skipif(shutil.which("patch") is None, reason="no patch program here")
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("name", PATCHED)
def test_the_patch_does_what_fix_does(name: str, end: str, mark: bytes, coopctl: Coopctl, tmp_path: Path) -> None:
    text = mark + PATCHED[name].replace("\n", end).encode()
    put(tmp_path / "deal", text)
    ended = lint(coopctl, "--diff")
    assert ended.code == 1
    assert content(tmp_path / "deal") == {"agreement.yaml": text}
    shutil.copytree(tmp_path / "deal", tmp_path / "copy" / "deal")
    lint(coopctl, "deal", "--fix")
    patched(ended.out, tmp_path / "copy")
    assert content(tmp_path / "copy" / "deal") == content(tmp_path / "deal")
    assert content(tmp_path / "deal") != {"agreement.yaml": text}


@pytest.mark.parametrize(
    "hostile",
    [
        "  # \u202eevil",
        "  # \x85# here",
        "  # \u2028# there",
        "  # ##[group]x",
        "\npurpose: |\n  ::error file=x::pwned\n  ::stop-commands::x",
    ],
)
def test_a_patch_steers_neither_a_terminal_nor_a_ci_server(hostile: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """It is shown before it is applied; what is mended is mended all the same."""
    text = changed("currency: CNY", f"currency: CNY{hostile}", FOUR)
    path = put(tmp_path, text)
    ended = lint(coopctl, "--diff")
    assert ended.code == 1
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]|##\\[|(?m:^.?\\s*::[a-z-]+)", ended.out) == []
    lint(coopctl, "--fix")
    assert path.read_bytes().decode().split(hostile) == [_mended_all(part) for part in text.split(hostile)]


def _mended_all(text: str) -> str:
    turned = "  end: 2026-12-31\n  start: 2026-01-01\n"
    return _mended(text).replace(turned, "".join(reversed(turned.splitlines(keepends=True))))


@pytest.mark.skipif(shutil.which("patch") is None, reason="no patch program here")
def test_one_patch_has_all_files(coopctl: Coopctl, tmp_path: Path) -> None:
    facts = "coopctl: actuals/1\nkpis:\n  csat: {2026-01: 91}  # coopctl: ignore[LED008] early\n"
    put(tmp_path / "deals" / "one", with_remark(), {"actuals/2026.yaml": facts})
    put(tmp_path / "deals" / "two", FOUR)
    put(tmp_path / "deals" / "three")
    shutil.copytree(tmp_path / "deals", tmp_path / "copy" / "deals")
    ended = lint(coopctl, "deals", "--diff")
    assert ended.err == "6 findings would be mended in 3 files\n"
    assert [line for line in ended.out.splitlines() if line.startswith("+++")] == [
        "+++ b/deals/one/agreement.yaml",
        "+++ b/deals/one/actuals/2026.yaml",
        "+++ b/deals/two/agreement.yaml",
    ]
    lint(coopctl, "deals", "--fix")
    patched(ended.out, tmp_path / "copy")
    assert content(tmp_path / "copy" / "deals") == content(tmp_path / "deals")


# It means the same

PLACES = {"line", "column", "end_line", "end_column"}


def verdicts(coopctl: Coopctl, path: Path, as_of: str) -> Any:
    """Return what `check` says, without where it says it and without remarks about style."""
    ended = coopctl("check", path, "--as-of", as_of, "--output-format", "json")
    return without_places(json.loads(ended.out))


def without_places(data: Any) -> Any:
    """Leave out lines and columns, and what depends on them."""
    if isinstance(data, dict):
        left_out = PLACES | {"fingerprint", "lint"}
        return {key: without_places(each) for key, each in data.items() if key not in left_out}
    return [without_places(each) for each in data] if isinstance(data, list) else data


def comments_of(text: str) -> Counter[str]:
    """Count the comments of an example; none of them has a # in its text."""
    return Counter(match[1].rstrip() for match in re.finditer(r"(?m)(?:^|\s)#(.*)$", text))


def shuffled(text: str, order: random.Random) -> str:
    """Turn blocks of lines at the same depth round, with the comments above them; and put plain text in quotes."""
    lines = text.split("\n")[:-1]
    return "\n".join(_turned(lines, 0, order)) + "\n"


def _turned(lines: list[str], depth: int, order: random.Random) -> list[str]:
    blocks: list[list[str]] = []
    held: list[str] = []
    head: list[str] = []
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if not line.strip() or (line.lstrip().startswith("#") and indent <= depth):
            held.append(line)
        elif indent == depth and re.match(r"[^\s#\-{}\[\]]+:(\s|$)", line.lstrip()):
            blocks.append([*held, line])
            held = []
        elif blocks:
            blocks[-1] += [*held, line]
            held = []
        else:
            head += [*held, line]
            held = []
    if not blocks or head:
        return lines
    first, rest = (blocks[:1], blocks[1:]) if depth == 0 else ([], blocks)
    inner = [_within(block, order) for block in rest]
    if order.random() < 0.5 and _are_fields(inner):
        order.shuffle(inner)
    return [line for block in [*first, *inner] for line in block] + held


def _within(block: list[str], order: random.Random) -> list[str]:
    start = next(number for number, line in enumerate(block) if line.strip() and not line.lstrip().startswith("#"))
    body = block[start + 1 :]
    deeper = [len(line) - len(line.lstrip()) for line in body if line.strip()]
    if not deeper or block[start].rstrip().partition(":")[2].strip().partition("#")[0]:
        return block
    return [*block[: start + 1], *_turned(body, min(deeper), order)]


FIELDS = {
    "start", "end", "renewal", "unit", "name", "title", "direction", "frequency", "aggregation", "target",
    "owner", "source", "statement", "due", "party", "amount", "phasing", "thresholds", "warn", "breach", "when",
    "cure", "notice", "category", "likelihood", "impact", "phases", "milestones", "members", "escalation",
    "bodies", "triggers", "meetings", "id", "version", "kpis", "goals", "exit", "term", "parties", "law",
    "ladder", "kind", "capacity",
}  # fmt: skip


def _are_fields(blocks: list[list[str]]) -> bool:
    """Whether a mapping has fields of the language: an order of entries is the user's, and means something."""
    keys = {
        line.strip().partition(":")[0] for block in blocks for line in block[:3] if not line.strip().startswith("#")
    }
    return len(keys & FIELDS) >= 2


@pytest.fixture(scope="module")
def originals() -> dict[str, str]:
    """The examples' agreements."""
    return {name: (EXAMPLES / name / "agreement.yaml").read_text("utf-8") for name in EXAMPLE_DATES}


@pytest.mark.parametrize("example", EXAMPLE_DATES)
def test_the_examples_have_nothing_to_mend(example: str, coopctl: Coopctl) -> None:
    ended = lint(coopctl, EXAMPLES / example, "--select", "STY,SUP", "--diff", as_of=EXAMPLE_DATES[example])
    assert (ended.code, ended.out) == (0, "")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("example", EXAMPLE_DATES)
def test_a_mended_agreement_means_the_same(
    example: str, seed: int, originals: dict[str, str], coopctl: Coopctl, tmp_path: Path
) -> None:
    """Same verdicts, same comments, nothing left to mend; and the patch is what is done."""
    order = random.Random(f"{example}{seed}")
    text = shuffled(originals[example], order)
    text = re.sub(r"(?m)^(    unit|    kind|title): ([^\W\d][\w ]*)$", r'\1: "\2"', text)
    text = re.sub(r"\b(\d\d) (days|months)\b", r"0\1 \2", text) if seed % 2 else text
    folder = tmp_path / example
    shutil.copytree(EXAMPLES / example, folder)
    path = folder / "agreement.yaml"
    path.write_text(text, "utf-8")
    as_of = EXAMPLE_DATES[example]
    before = verdicts(coopctl, folder, as_of)
    assert before["agreements"][0]["status"] != "invalid", coopctl("check", folder, "--as-of", as_of).out
    assert coopctl("lint", folder, "--as-of", as_of, "--fix").code != 2
    mended = path.read_text("utf-8")
    assert verdicts(coopctl, folder, as_of) == before
    assert comments_of(mended) == comments_of(text)
    again = lint(coopctl, folder, "--diff", as_of=as_of)
    assert (again.code, again.out) == (0, "")


def test_shuffling_gives_the_linter_something_to_mend(originals: dict[str, str]) -> None:
    """Otherwise the tests above would show nothing."""
    turned = [shuffled(text, random.Random(f"{name}{seed}")) for name, text in originals.items() for seed in range(4)]
    assert sum(text not in originals.values() for text in turned) >= 8
    assert all(comments_of(text) for text in turned)


PIECES = st.sampled_from(
    [
        "# a comment of its own\n",
        "  # an indented comment\n",
        "\n",
        "      # a deep comment\n",
        "# coopctl: ignore[KPI001] agreed by both\n",
        "# coopctl: ignore[STY001] the lawyers want it so\n",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(data=st.data())
def test_comments_and_empty_lines_survive_wherever_they_stand(
    data: st.DataObject, capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines of all sorts are put into agreements whose keys are out of order."""
    lines = FOUR.replace("liability: {cap: 500000}\n", TURNED).splitlines(keepends=True)
    for _ in range(data.draw(st.integers(0, 6))):
        lines.insert(data.draw(st.integers(0, len(lines))), data.draw(PIECES))
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    text = "".join(lines).replace("\n", end)
    path = tmp_path / "agreement.yaml"
    path.write_bytes(text.encode())
    monkeypatch.setattr("sys.argv", ["coopctl", "lint", str(path), "--fix", "--as-of", AS_OF, "--select", "STY"])
    assert run() == 0
    after = path.read_bytes().decode()
    assert Counter(after.split(end)) == Counter(_mended(line) for line in text.split(end))
    assert comments_of(after.replace(end, "\n")) == comments_of(text.replace(end, "\n"))
    assert YAML(typ="safe").load(after) == YAML(typ="safe").load(_mended(text))
    assert run() == 0
    assert path.read_bytes().decode() == after
    capfd.readouterr()


def _mended(line: str) -> str:
    return line.replace('"Delivery pact"', "Delivery pact").replace("1 years", "1 year").replace("030 days", "30 days")


def test_fixable_is_what_fix_mends(coopctl: Coopctl, tmp_path: Path) -> None:
    """A remark that says it can be mended is gone afterwards; the others are still there."""
    put(tmp_path, changed("    source: Survey\n", "", FOUR))
    before = findings(coopctl)
    assert [each["code"] for each in before if each["fixable"]] == ["STY002", "STY001", "STY003", "STY003"]
    lint(coopctl, "--fix")
    assert [each["code"] for each in findings(coopctl)] == ["KPI002"]
