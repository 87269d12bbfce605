"""The one layout, by examples: each folder in cases/ has a file before and after."""

from pathlib import Path

import pytest

from coopctl.errors import CoopctlError
from coopctl.formatting.format import formatted

CASES = sorted((Path(__file__).parent / "cases").iterdir())
TOP = "coopctl: 1\n"


def laid_out(text: str) -> str:
    result = formatted("file.yaml", text)
    assert isinstance(result, str), result.findings
    assert formatted("file.yaml", result) == result
    return result


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_laid_out_as_its_case_says(case: Path) -> None:
    assert laid_out((case / "before.yaml").read_text("utf-8")) == (case / "after.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("coopctl: 1\r\nid:  x\r\n", "coopctl: 1\r\nid: x\r\n"),
        ("coopctl: 1\r\nid:  x\n", "coopctl: 1\nid: x\n"),
        ("coopctl: 1\rid:  x\r", "coopctl: 1\nid: x\n"),
        ("coopctl: 1\nid: x", "coopctl: 1\nid: x\n"),
        ("coopctl: 1\r\nid: x", "coopctl: 1\r\nid: x\r\n"),
        ("coopctl: 1\nid: x\n\n\n", "coopctl: 1\nid: x\n"),
        ("\n\n# top\ncoopctl: 1\n", "# top\ncoopctl: 1\n"),
        ("\ufeffcoopctl:  1\n", "\ufeffcoopctl: 1\n"),
    ],
)
def test_line_ends_and_mark(before: str, after: str) -> None:
    assert laid_out(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x-a: |\n   text", "x-a: |-\n  text\n"),
        ("x-a: |+\n   text", "x-a: |-\n  text\n"),
        ("x-a: |-\n   text", "x-a: |-\n  text\n"),
        ("x-a: |\n   text\n", "x-a: |\n  text\n"),
        ("x-a: |+\n   text\n\n", "x-a: |+\n  text\n\n"),
        ("x-a: |\n", "x-a: |\n"),
        ("x-a: |1\n  text\n", "x-a: |1\n  text\n"),
    ],
)
def test_what_a_text_at_the_end_of_a_file_says_stays(before: str, after: str) -> None:
    assert laid_out(TOP + before) == TOP + after


@pytest.mark.parametrize(
    ("gap", "comment"), [(" ", " # c"), ("   ", "   # c"), ("    ", "     # c"), ("          ", "           # c")]
)
def test_a_comment_keeps_its_distance_or_the_column_that_it_was_put_in(gap: str, comment: str) -> None:
    assert laid_out(f"{TOP}id:  x{gap}# c\n") == f"{TOP}id: x{comment}\n"


@pytest.mark.parametrize("gap", [" ", "   ", "          "])
def test_a_comment_beside_a_mark_stays_where_it_stands(gap: str) -> None:
    text = f"%YAML 1.2{gap}# the language\n---{gap}# doc\n{TOP}...{gap}# end\n"
    assert laid_out(text.replace(TOP, "coopctl:  1  \n")) == text


@pytest.mark.parametrize("words", [111, 112])
def test_a_value_goes_beside_its_key_if_the_line_is_not_too_long_then(words: int) -> None:
    value = "w" * words
    between = " " if words == 111 else "\n  "
    assert laid_out(f"{TOP}purpose:\n      {value}\n") == f"{TOP}purpose:{between}{value}\n"


def test_a_key_is_left_where_an_alias_would_come_before_its_anchor() -> None:
    text = f"{TOP}x-a: &a {{name: North}}\nparties: {{north: *a}}\nid: x\n"
    assert laid_out(text) == text
    free = f"{TOP}x-a: {{name: North}}\nparties: {{north: N}}\nid: x\n"
    assert laid_out(free) == f"{TOP}id: x\nparties: {{north: N}}\nx-a: {{name: North}}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: [\n", "YML001"),
        ("", "FIL006"),
        ("- a\n", "YML012"),
        ("id: x\n", "SCH002"),
        ("coopctl: one\n", "SCH003"),
        ('coopctl: "1"\n', "SCH003"),
        ("coopctl: 0\n", "SCH009"),
        ("coopctl: 2\n", "SCH010"),
        ("coopctl: actuals/2\n", "SCH010"),
        ("coopctl: 1\nid: a\nid: b\n", "YML002"),
    ],
)
def test_what_cannot_be_read_is_not_laid_out(text: str, code: str) -> None:
    result = formatted("file.yaml", text)
    assert not isinstance(result, str)
    assert [finding.kind.code for finding in result.findings] == [code]


def test_what_cannot_be_taken_apart_is_told_with_its_line() -> None:
    with pytest.raises(CoopctlError, match=r"^file\.yaml:3: is written in a way that cannot be laid out"):
        formatted("file.yaml", f'{TOP}# c\n? "a\n  key"\n: 1\n')
