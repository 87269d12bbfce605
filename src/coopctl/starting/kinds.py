"""The kinds of cooperation that an agreement can be begun from; what each contains stands in `templates/init/kinds`."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, get_args

from coopctl.output.templates import templates_folder
from coopctl.parsing import read_source
from coopctl.starting.wishes import KindName

KINDS: Final[tuple[KindName, ...]] = get_args(KindName)

Content = Mapping[str, Any]
"""A kind's texts in English and its figures; every scalar is text."""


@cache
def content(kind: KindName) -> Content:
    """Return what an agreement of a kind contains."""
    return _read(f"kinds/{kind}.yaml")


@cache
def common() -> Content:
    """Return what an agreement of any kind contains."""
    return _read("common.yaml")


def _read(name: str) -> Content:
    path = templates_folder() / "init" / name
    source = read_source(name, path.read_text("utf-8"))
    assert not source.findings, source.findings
    data: Content = source.data
    return data
