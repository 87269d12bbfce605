"""Which YAML parser reads files, and that there is one without the C extension."""

import sys

import pytest

from coopctl import limits
from coopctl.parsing import parser_in_use, read_source

TEXT = "title: 合作\nparties: {north: {name: North Ltd.}}\n"


def test_the_c_parser_is_in_use() -> None:
    """The dependency that brings it is installed with the project, and found."""
    assert parser_in_use() == "C"


def test_files_are_read_without_the_c_extension(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extension cannot be had the pure parser gives the same data and places."""
    with_c = read_source("agreement.yaml", TEXT)
    monkeypatch.setitem(sys.modules, "ruamel.yaml.cyaml", None)
    assert parser_in_use() == "pure Python"
    without = read_source("agreement.yaml", TEXT)
    assert without.data == with_c.data == {"title": "合作", "parties": {"north": {"name": "North Ltd."}}}
    path = ("parties", "north", "name")
    assert without.value_at(path) == with_c.value_at(path)
    assert without.key_at(path) == with_c.key_at(path)


@pytest.mark.parametrize(("limit", "codes"), [(8, []), (7, ["YML010"])])
def test_text_behind_an_alias_counts_each_time(limit: int, codes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two keys of one character, a text of three, and the same once more: eight."""
    monkeypatch.setattr(limits, "EXPANDED_CHARACTERS", limit)
    assert [finding.kind.code for finding in read_source("a.yaml", "a: &t bcd\ne: *t\n").findings] == codes
