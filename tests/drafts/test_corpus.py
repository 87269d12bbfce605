"""Awkwardly formatted files: each change gives exactly the lines that are meant, or is refused.

Beside each file of the corpus lies what changes in it, operation by operation. To write these anew after a change that
is wanted: `python -m tests.drafts.test_corpus`, and read the difference.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coopctl.drafts.yaml_draft import YamlDraft
from coopctl.errors import CoopctlError
from coopctl.parsing import read_source
from tests.drafts.operations import OPERATIONS, Operation, changed, difference, is_kept, said_by

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.yaml"))
CASES = [(path, operation) for path in CORPUS for operation in OPERATIONS]
NAMES = [f"{path.stem}-{operation.name}" for path, operation in CASES]


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def after(text: str, operation: Operation) -> str | None:
    """The text after an operation; None where it is refused, and then nothing has changed."""
    try:
        draft = YamlDraft("ledger.yaml", text)
    except CoopctlError:
        return None
    try:
        operation.act(draft)
    except CoopctlError:
        assert draft.text == text
        return None
    return draft.text


def comments_in(text: str) -> list[str]:
    return read_source("ledger.yaml", text).comments()


def told(path: Path) -> Iterator[str]:
    """What every operation does to a file."""
    text = text_of(path)
    for operation in OPERATIONS:
        yield f"== {operation.name}\n"
        try:
            draft = YamlDraft(path.name, text)
            operation.act(draft)
        except CoopctlError as error:
            yield f"refused: {error}\n"
        else:
            yield difference(text, draft.text)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_exactly_these_lines_change(path: Path) -> None:
    assert "".join(told(path)) == text_of(path.with_suffix(".changes"))


@pytest.mark.parametrize(("path", "operation"), CASES, ids=NAMES)
def test_the_file_says_what_it_said_and_what_was_put_into_it(path: Path, operation: Operation) -> None:
    """And not a sign of what was there is lost, comments and spellings included."""
    text = text_of(path)
    result = after(text, operation)
    if result is None:
        return
    assert said_by(result) == changed(said_by(text), operation.path, operation.meant)
    assert YamlDraft("ledger.yaml", result).text == result
    assert sorted(comments_in(result)) == sorted(comments_in(text))
    if operation.name != "put milestones.pilot.done":  # which may exchange a value
        assert is_kept(text, result)


def test_little_is_refused() -> None:
    """Only what would change something else, and what other tools could not read either."""
    refused = {path.stem for path in CORPUS if "refused: " in text_of(path.with_suffix(".changes"))}
    assert refused == {
        "aliases",
        "anchored-values-used-elsewhere",
        "anchors",
        "block-scalar-last",
        "only-comments",
        "other-forms",
        "tags",
    }


def unended(text: str) -> str:
    return text.removesuffix("\n")


VARIANTS: dict[str, Callable[[str], str]] = {
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "cr": lambda text: text.replace("\n", "\r"),
    "mark": lambda text: f"\ufeff{text}",
    "unended": unended,
    "mark-crlf-unended": lambda text: f"\ufeff{unended(text)}".replace("\n", "\r\n"),
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(
    "path", [path for path in CORPUS if path.stem != "mixed-line-ends"], ids=lambda path: path.stem
)
def test_line_ends_and_marks_make_no_difference(path: Path, variant: str) -> None:
    """What becomes of a file with other line ends is what becomes of it, with other line ends."""
    text, vary = text_of(path), VARIANTS[variant]
    if variant.endswith("unended") and re.search(r"[|>]\+.*\n(?: +.*\n|\n)+\Z", text):
        return  # the last text keeps its line ends, so that it says something else without them
    if not set("\r\n") & set(vary(text)):
        return  # nothing shows which line ends are wanted
    for operation in OPERATIONS:
        expected = after(text, operation)
        assert after(vary(text), operation) == (None if expected is None else vary(expected)), operation.name


if __name__ == "__main__":
    for each in CORPUS:
        each.with_suffix(".changes").write_bytes("".join(told(each)).encode())
