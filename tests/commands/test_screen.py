"""What people see in a terminal: colour, width, source snippets, and nothing that steers the terminal or a CI log."""

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.commands.deals import (
    AS_OF,
    EXAMPLE_DATES,
    ROOT,
    cells,
    deal,
    kpi,
    ledger,
    named,
    only_agreement,
    quoted,
    terms,
    text_at,
    write,
)
from tests.conftest import Coopctl

ESCAPE = "\x1b["
every_command = pytest.mark.parametrize("command", [["check"], ["variance"], ["explain", "days"]], ids=" ".join)


# Colour


@pytest.mark.parametrize(
    ("option", "no_color", "force_color", "coloured"),
    [
        (None, None, None, False),
        (None, None, "1", True),
        (None, "", "1", True),
        (None, "1", None, False),
        (None, "1", "1", False),
        (None, None, "", False),
        ("auto", None, None, False),
        ("auto", None, "1", True),
        ("auto", "1", "1", False),
        ("always", None, None, True),
        ("always", "1", None, True),
        ("never", None, "1", False),
    ],
)
@every_command
def test_colour_is_decided_by_option_then_no_color_then_force_color(
    command: list[str],
    option: str | None,
    no_color: str | None,
    force_color: str | None,
    coloured: bool,
    coopctl: Coopctl,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deal(tmp_path, "breach")
    for name, value in (("NO_COLOR", no_color), ("FORCE_COLOR", force_color)):
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
    options = ["--color", option] if option else []
    assert (ESCAPE in coopctl(*command, "--as-of", AS_OF, *options).out) is coloured


@every_command
def test_colour_adds_nothing_but_colour(command: list[str], coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    plain = coopctl(*command, "--as-of", AS_OF, "--color", "never").out
    coloured = coopctl(*command, "--as-of", AS_OF, "--color", "always").out
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


@pytest.mark.parametrize("format_", ["json", "github", "junit", "markdown"])
def test_formats_for_programs_are_never_coloured(format_: str, coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    assert ESCAPE not in coopctl("check", "--as-of", AS_OF, "--color", "always", "--output-format", format_).out


def test_files_are_never_coloured(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    for command in (["check"], ["variance"], ["explain", "days"]):
        coopctl(*command, "--as-of", AS_OF, "--color", "always", "--output-format", "full=report.txt")
        assert ESCAPE not in (tmp_path / "report.txt").read_text("utf-8"), command


def on_a_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """Return what a command shows on a terminal of 80 columns."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    command = [sys.executable, "-m", "coopctl", *arguments, "--as-of", AS_OF]
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env={**kept, **environment}
    ) as running:
        os.close(theirs)
        shown = b"".join(received(ours))
        assert running.wait(60) == 1
    os.close(ours)
    return shown.decode()


def received(descriptor: int) -> Iterator[bytes]:
    """Yield what arrives at a terminal until the other side closes it."""
    while True:
        try:
            part = os.read(descriptor, 65_536)
        except OSError:
            return
        if not part:
            return
        yield part


def test_a_terminal_is_coloured_unless_no_color_says_otherwise(tmp_path: Path) -> None:
    deal(tmp_path, "breach")
    assert ESCAPE in on_a_terminal(tmp_path, "check")
    assert ESCAPE not in on_a_terminal(tmp_path, "check", NO_COLOR="1")
    assert ESCAPE not in on_a_terminal(tmp_path, "check", "--color", "never")


# Width

SOURCE = re.compile(r" *\d* \|( .*)?")
PLACE = re.compile(r" *(-->|:::) \S+:\d+:\d+")


def too_wide(text: str, width: int) -> list[str]:
    """Return the lines that are wider than the terminal, except source snippets and the places they come from."""
    lines = (line for line in text.splitlines() if not SOURCE.fullmatch(line) and not PLACE.fullmatch(line))
    return [line for line in lines if cells(line) > width]


@pytest.fixture
def at_80(coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch) -> Coopctl:
    """Run commands in the repository, 80 columns wide."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    return coopctl


@pytest.mark.parametrize(("example", "as_of"), EXAMPLE_DATES.items(), ids=EXAMPLE_DATES)
def test_check_fits_80_columns(example: str, as_of: str, at_80: Coopctl) -> None:
    out = at_80("check", f"examples/{example}", "--as-of", as_of).out
    assert "breach" in out or "warning" in out
    assert too_wide(out, 80) == []


def test_check_of_several_agreements_fits_80_columns(at_80: Coopctl) -> None:
    assert too_wide(at_80("check", "examples", "--as-of", "2026-07-15").out, 80) == []


@pytest.mark.parametrize(
    "name",
    ["客户满意度评分与服务质量" * 8, "wide 全角 words " * 12, "ﾊﾝｶｸ 가나다 ＡＢＣ " * 8],
    ids=["chinese", "mixed", "half-and-full-width"],
)
def test_wide_names_fit_80_columns(name: str, at_80: Coopctl, tmp_path: Path) -> None:
    """A long text without spaces is broken between wide characters."""
    named(tmp_path, [name], title=name)
    for command in (["check"], ["variance"], ["explain", "kpi0@2026-01"]):
        out = at_80(*command, tmp_path, "--as-of", AS_OF).out.replace(f"{tmp_path}/", "")
        assert too_wide(out, 80) == [], command


@pytest.mark.parametrize(("example", "as_of"), EXAMPLE_DATES.items(), ids=EXAMPLE_DATES)
def test_variance_fits_80_columns(example: str, as_of: str, at_80: Coopctl) -> None:
    assert too_wide(at_80("variance", f"examples/{example}", "--as-of", as_of).out, 80) == []


def test_problems_of_a_file_fit_80_columns(at_80: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi(target='"10"'), more=f"status: {'long ' * 8}\n{'key' * 20}: 1\n"))
    assert too_wide(at_80("check", tmp_path).out.replace(f"{tmp_path}/", ""), 80) == []


# Snippets


class Shown(NamedTuple):
    """A place in a snippet: the line, and where the carets stand, in cells."""

    line: str
    start: int
    width: int


def snippets(text: str) -> list[Shown]:
    """Return all places that a text shows with carets."""
    lines = text.splitlines()
    found = []
    for above, below in pairwise(lines):
        source, carets = re.fullmatch(r" *\d+ \| (.*)", above), re.fullmatch(r" *\| ( *)(\^+)( .*)?", below)
        if source and carets:
            found.append(Shown(source[1], len(carets[1]), len(carets[2])))
    return found


def marked(shown: Shown) -> str:
    """Return the characters above the carets."""
    column, text = 0, ""
    for each in shown.line:
        if shown.start <= column < shown.start + shown.width:
            text += each
        column += cells(each)
    assert cells(text) == shown.width
    return text


@pytest.mark.parametrize(("example", "as_of"), EXAMPLE_DATES.items(), ids=EXAMPLE_DATES)
def test_carets_stand_under_the_clause_and_the_figure(example: str, as_of: str, at_80: Coopctl) -> None:
    agreement = only_agreement(at_80, f"examples/{example}", as_of=as_of)
    bad = [each for each in agreement["verdicts"] if each["status"] in ("breach", "warn", "missing")]
    places = [each["location"] for each in [*agreement["triggers"], *bad]]
    places += [each["evidence"] for each in bad if each["evidence"]]
    found = [marked(each) for each in snippets(at_80("check", f"examples/{example}", "--as-of", as_of).out)]
    assert sorted(found) == sorted(text_at(place, ROOT) for place in places)


CHINESE = """\
  客户满意度: {name: 满意度，按回访计（全角）, unit: 分, direction: lower-is-better, frequency: monthly,
    aggregation: mean, note: 组合é 全角ＡＢＣ ｶﾅ 한글 😀, target: 10, thresholds: {breach: {worse_than: 15}}}
  月度报告周期: {name: 周期, unit: 天, direction: lower-is-better, frequency: monthly, aggregation: mean, target: 10}
"""


def test_carets_stand_under_the_marked_text_after_wide_characters(coopctl: Coopctl, tmp_path: Path) -> None:
    facts = "coopctl: actuals/1\nkpis: {客户满意度: {2026-01: {note: 春节假期前后，排期集中, value: 16}}}\n"
    write(tmp_path, terms(CHINESE), facts)
    found = [marked(each) for each in snippets(coopctl("check", "--as-of", AS_OF).out)]
    assert found == ["{worse_than: 15}", "16", "月度报告周期"]


def test_carets_stand_under_the_marked_text_after_a_tab(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi()), 'coopctl: actuals/1\nkpis: {days: {2026-01: {note: "a\tb", value:\t16}}}\n')
    (figure,) = [shown for shown in snippets(coopctl("check", "--as-of", AS_OF).out) if "note" in shown.line]
    assert marked(figure) == "16"


def test_a_second_place_that_matters_is_shown_in_the_same_snippet(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi("days"), kpi("days")))
    out = coopctl("check", "--as-of", AS_OF).out
    assert "duplicate-key" in out
    assert [shown.line.strip() for shown in snippets(out)] == ["days:", "days:"]
    assert "first" in out


# Nothing from a file steers the terminal or the log

NASTY = "\x1b[31mred\x1b]0;title\x07\x9b31m\x08\x7f\u202eback\u2066\u200bzero"
PRINTED = {
    **{f"check-{name}": ["check", name] for name in ("full", "concise", "json", "github", "junit", "markdown")},
    **{f"variance-{name}": ["variance", name] for name in ("full", "json", "csv", "markdown")},
    **{f"explain-{name}": ["explain", name, "days@2026-01"] for name in ("full", "json", "markdown")},
}
every_output = pytest.mark.parametrize("asked", PRINTED.values(), ids=PRINTED)


def printed(coopctl: Coopctl, asked: list[str]) -> str:
    """Return all that a command prints in a format."""
    command, format_, *arguments = asked
    ended = coopctl(command, *arguments, "--as-of", AS_OF, "--output-format", format_)
    assert ended.code in (0, 1)
    return ended.out + ended.err


def full_of(folder: Path, name: str) -> None:
    """Write an agreement in which every free text is this one."""
    text = quoted(name)
    more = f"risks: {{late: {{triggers: [kpis.days.breach], contingency: [{text}]}}}}\n"
    figure = f"{{value: 16, note: {text}, by: {text}}}"
    agreement = terms(kpi(name=name, unit=text), title=name, more=more)
    write(folder, agreement, ledger({"days": {"2026-01": figure}}))


@every_output
def test_no_text_from_a_file_reaches_a_terminal_as_a_control_character(
    asked: list[str], coopctl: Coopctl, tmp_path: Path
) -> None:
    full_of(tmp_path, NASTY)
    found = {each for each in printed(coopctl, asked) if unicodedata.category(each) in ("Cc", "Cf")}
    own = {"\n", "\u200b"} if "markdown" in asked else {"\n"}  # a space without width keeps names from being mentions
    assert found <= own


def commands(text: str) -> list[str]:
    """Return the lines that GitHub's runner takes for commands: it skips spaces before `::`."""
    lines = re.split(r"[\r\n]+", text)
    return [line for line in lines if re.match(r"\s*::stop-commands( .*)?::", line)]


INJECTIONS = [
    "one\n::stop-commands::x",
    "::stop-commands::x",
    "one\r::stop-commands::x",
    "one\u2028::stop-commands::x",
    *(f"{'word ' * number}::stop-commands::x" for number in range(10, 22, 2)),
    *(f"{'字' * number}::stop-commands::x" for number in range(20, 32, 3)),
]


@every_output
def test_no_text_from_a_file_is_a_command_to_a_ci_server(asked: list[str], coopctl: Coopctl, tmp_path: Path) -> None:
    for injection in INJECTIONS:
        full_of(tmp_path, injection)
        assert commands(printed(coopctl, asked)) == [], injection


@pytest.mark.parametrize(
    "asked", [each for name, each in PRINTED.items() if re.search("full|concise", name)], ids="-".join
)
def test_no_text_from_a_file_is_an_old_style_command(asked: list[str], coopctl: Coopctl, tmp_path: Path) -> None:
    """GitHub's runner finds `##[command]` anywhere in a line."""
    full_of(tmp_path, "an ##[add-mask]old one")
    assert "##[" not in printed(coopctl, asked)


def test_no_name_of_a_folder_is_a_command_to_a_ci_server(coopctl: Coopctl, tmp_path: Path) -> None:
    deal(tmp_path / "::stop-commands::x", "breach")
    for format_ in ("full", "concise"):
        out = coopctl("check", "--as-of", AS_OF, "--output-format", format_).out
        assert "stop-commands" in out
        assert commands(out) == []
