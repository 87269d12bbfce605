"""What holds for the layout of any file."""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopctl.errors import CoopctlError
from coopctl.evaluate.canonical import digest
from coopctl.formatting.format import formatted
from coopctl.model.agreement import Agreement
from coopctl.model.facts import LedgerFile
from coopctl.model.names import Names
from coopctl.parsing import read_source
from coopctl.source import Source
from coopctl.validation import validated
from tests.formatting.awkward import AGREEMENT, LEDGER, ROOT, Hand

CORPUS = sorted(
    path
    for folder in ("examples", "tests")
    for path in (ROOT / folder).rglob("*.y*ml")
    if path.stat().st_size < 100_000
)


def hold(text: str) -> str:
    """Lay a text out, hold it to all that has to stay, and return the new one."""
    laid_out = formatted("file.yaml", text)
    assert isinstance(laid_out, str), laid_out.findings
    assert formatted("file.yaml", laid_out) == laid_out, "laid out twice"
    before, after = read_source("file.yaml", text), read_source("file.yaml", laid_out)
    assert after.findings == []
    assert Counter(comments(before)) == Counter(comments(after))
    assert plain(before.own) == plain(after.own)
    model: Any = LedgerFile if str(before.data["coopctl"]).startswith("actuals/") else Agreement
    names = Names.of(before.data)
    old, new = validated(model, before, names).model, validated(model, after, names).model
    assert old == new
    if old is not None and isinstance(old, Agreement) and isinstance(new, Agreement):
        assert digest(old) == digest(new)
        assert list(old.parties) == list(new.parties)
        assert list(old.kpis) == list(new.kpis)
    return laid_out


def comments(source: Source) -> list[str]:
    return [comment.rstrip() for comment in source.comments()]


def plain(own: dict[Any, Any]) -> str:
    return repr(sorted(own.items(), key=repr))


def layout_faults(text: str) -> list[str]:
    """Return lines that no file in the one layout has; only for texts in which no scalar has such lines."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    return [line for line in lines if line != line.rstrip() or "\t" in line]


@given(seed=st.integers(0, 2**32), of=st.sampled_from([AGREEMENT, LEDGER]))
@settings(max_examples=120, deadline=None)
def test_a_file_of_any_hand_is_laid_out_and_says_the_same(seed: int, of: dict[str, Any]) -> None:
    text = Hand(Random(seed)).text(of)
    before = read_source("file.yaml", text)
    assert before.findings == [], text
    laid_out = hold(text)
    assert layout_faults(laid_out) == [], laid_out
    assert laid_out.startswith("\ufeff") == text.startswith("\ufeff")
    assert ("\r\n" in laid_out) == ("\r\n" in text)


REFUSED = ("odd-line-breaks.yaml",)
"""Files with line breaks that other programs take for signs."""


@pytest.mark.parametrize("folder", sorted({path.relative_to(ROOT).parts[:3] for path in CORPUS}), ids="/".join)
def test_every_file_of_this_project_is_laid_out_and_says_the_same(folder: tuple[str, ...]) -> None:
    for path in CORPUS:
        if path.relative_to(ROOT).parts[:3] == folder:
            text = path.read_bytes().decode("utf-8", "replace")
            source = read_source("file.yaml", text)
            if path.name in REFUSED:
                with pytest.raises(CoopctlError, match="cannot be laid out; write it more simply"):
                    formatted("file.yaml", text)
            elif isinstance(formatted("file.yaml", text), str):
                assert not source.findings
                hold(text)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").rglob("*.yaml")), ids=lambda path: "/".join(path.parts[-3:])
)
def test_the_examples_are_laid_out_already(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert formatted(str(path), text) == text
