"""The Markdown of `check`, `variance` and `explain`: it renders as meant, whatever the files say."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.commands.deals import (
    AS_OF,
    EXAMPLE_DATES,
    EXAMPLES,
    deal,
    kpi,
    ledger,
    named,
    quoted,
    terms,
    write,
)
from tests.conftest import Coopctl

HOSTILE = [
    "|<script>alert(1)</script>",
    "](javascript:alert(1))",
    "@team",
    "`a` ``b`` ```c",
    "one\ntwo\n\n# three\n\n- four",
    "one\r\n| five |",
    "<!-- hidden",
    "-->",
    "![x](http://x)",
    "| --- |",
    "https://evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "www.evil.example",
    "<https://evil.example>",
    "someone@evil.example",
    "[x]: http://x",
    "[x][y] [z]",
    "**bold** _slanted_ ~~gone~~ $x$",
    "&lt;b&gt; &amp; &#60;",
    "\\| \\",
    "ends with a backslash\\",
    "#1",
    "> quoted",
    "1. listed",
    "- listed",
    "---",
    "    code",
]
COMMANDS = {
    "check": ["check"],
    "variance": ["variance"],
    "explain": ["explain", "kpi0@2026-01"],
}
ACTIVE = {
    *("html_block", "html_inline", "link_open", "image", "code_inline", "code_block", "fence"),
    *("em_open", "s_open", "blockquote_open", "hr"),
}

every_command = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
every_name = pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text, also those inside lines."""
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        yield token
        yield from token.children or ()


def rendered(text: str) -> str:
    """Return the text that a reader sees."""
    return "\n".join(token.content for token in tokens(text) if token.type == "text")


def types(text: str) -> list[str]:
    """Return the structure of a text."""
    return [token.type for token in tokens(text) if token.type not in ("text", "softbreak")]


def rows(text: str) -> list[list[str]]:
    """Return the cells of all table rows, as they stand in the text."""
    return [re.split(r"(?<!\\)\|", line)[1:-1] for line in text.splitlines() if line.startswith("|")]


def markdown(coopctl: Coopctl, *arguments: str | Path, as_of: str = AS_OF) -> str:
    """Return the Markdown that a command prints."""
    ended = coopctl(*arguments, "--as-of", as_of, "--output-format", "markdown")
    assert ended.code in (0, 1, 2), ended.err
    return ended.out


@pytest.mark.parametrize(("example", "as_of"), EXAMPLE_DATES.items(), ids=EXAMPLE_DATES)
@pytest.mark.parametrize("command", ["check", "variance"])
def test_every_row_of_a_table_has_as_many_cells_as_its_header(
    command: str, example: str, as_of: str, coopctl: Coopctl
) -> None:
    found = rows(markdown(coopctl, command, EXAMPLES / example, as_of=as_of))
    assert len(found) > 3
    assert {len(each) for each in found} == {7}


@every_name
@every_command
def test_a_name_becomes_nothing_but_text(command: list[str], name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """No HTML, no link, no image, no code, no emphasis; and the page keeps the shape it has with a harmless name."""
    named(tmp_path, ["A harmless name"], title="A harmless title")
    harmless = markdown(coopctl, *command)
    named(tmp_path, [name], title=name)
    text = markdown(coopctl, *command)
    assert set(types(text)) & ACTIVE == set()
    assert types(text) == types(harmless)
    assert [len(each) for each in rows(text)] == [len(each) for each in rows(harmless)]


@pytest.mark.parametrize(
    "name", ["|<script>alert(1)</script>", "![x](http://x)", "a | b", "&lt;b&gt;", "\\| \\", "**bold**", "客户 `x`"]
)
@every_command
def test_a_name_is_shown_as_it_is(command: list[str], name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    named(tmp_path, [name])
    assert name in rendered(markdown(coopctl, *command))


@pytest.mark.parametrize(
    "name", ["https://evil.example", "HTTPS://EVIL.EXAMPLE", "Http://evil.example", "ftp://x.example", "www.x.example"]
)
@every_command
def test_no_address_is_left_for_github_to_make_a_link_of(
    command: list[str], name: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """GitHub links addresses that stand in plain text; upper-case letters make no difference to it."""
    named(tmp_path, [name], title=name)
    text = markdown(coopctl, *command)
    assert name in rendered(text)
    assert re.search(r"(?i)\b(https?|ftp)://|\bwww\.", text) is None


@pytest.mark.parametrize("name", ["@team", "ask @org/team", "someone@evil.example", "see #1"])
@every_command
def test_nobody_is_mentioned_or_mailed(command: list[str], name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """GitHub looks for names after the text is rendered: `&#64;team` and `\\#1` are a mention and a link to it."""
    named(tmp_path, [name], title=name)
    assert re.search(r"(?<!\w)@\w|\w@[\w-]+\.\w|#\d", rendered(markdown(coopctl, *command))) is None


@every_name
def test_other_texts_of_an_agreement_become_nothing_but_text(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """Contingencies, the unit, a body that trouble goes to, the note of a figure."""
    text = quoted(name)
    more = f"risks: {{late: {{triggers: [kpis.days.breach], contingency: [{text}]}}}}\n"
    figure = f"{{value: 16, note: {text}, by: {text}}}"
    write(tmp_path, terms(kpi(unit=text), more=more), ledger({"days": {"2026-01": figure}}))
    for command in (["check"], ["variance"], ["explain", "days@2026-01"]):
        out = markdown(coopctl, *command)
        assert set(types(out)) & ACTIVE == set()
        assert types(out).count("heading_open") <= 2
        assert {len(each) for each in rows(out)} <= {7}


@every_name
def test_a_finding_becomes_nothing_but_text(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi(), more=f"{quoted(name)}: 1\nstatus: {quoted(name)}\n"))
    text = markdown(coopctl, "check")
    assert set(types(text)) & ACTIVE == set()
    assert types(text).count("heading_open") == 2
    assert types(text).count("list_item_open") == 2
    assert rows(text) == []


# Size


def many(folder: Path, agreements: int, kpis: int) -> None:
    """Write agreements whose KPIs are all in breach."""
    for number in range(agreements):
        named(folder / f"deal{number:02}", [f"{'A long name of a KPI ' * 5}{each}" for each in range(kpis)])


COMMENT = 65_536
"""Characters that GitHub takes for a comment."""


def test_many_agreements_are_cut_to_the_size_of_a_comment_with_a_note(coopctl: Coopctl, tmp_path: Path) -> None:
    many(tmp_path, 40, 12)
    text = markdown(coopctl, "check")
    shown = sum(line.startswith("### ") for line in text.splitlines())
    (left_out,) = re.findall(r"(\d+) agreements are left out", text)
    assert 50_000 < len(text) < COMMENT
    assert 0 < shown < 40
    assert shown + int(left_out) == 40
    assert "**40 agreements:** 480 breaches" in text


def test_nothing_is_cut_that_has_room(coopctl: Coopctl, tmp_path: Path) -> None:
    many(tmp_path, 40, 1)
    text = markdown(coopctl, "check")
    assert sum(line.startswith("### ") for line in text.splitlines()) == 40
    assert "left out" not in text


def test_one_agreement_too_large_for_a_comment_still_shows_its_worst(coopctl: Coopctl, tmp_path: Path) -> None:
    many(tmp_path, 1, 400)
    text = markdown(coopctl, "check")
    assert len(text) < COMMENT
    assert "A long name of a KPI" in text


def test_a_short_section_is_still_shown_after_long_ones_were_left_out(coopctl: Coopctl, tmp_path: Path) -> None:
    for number in range(40):
        named(tmp_path / f"deal{number:02}", [f"{'A long name of a KPI ' * 5}{each}" for each in range(12)], "warn")
    deal(tmp_path / "last", "breach")
    text = markdown(coopctl, "check")
    assert "left out" in text
    assert "❌ **Fails**" in text
