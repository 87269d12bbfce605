"""Where no C extension is installed the pure-Python parser reads files: it has to refuse the same ones."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coopctl import parsing
from tests.bad_input.samples import AGREEMENT, CASES, NAMES, as_json, changed, findings, places, put
from tests.conftest import Coopctl

READ_FURTHER = {
    "yaml-key-left-out": "YML007",
    "yaml-text-after-the-end": "YML005",
}
"""What libyaml calls broken and the pure parser can read, so that the fault itself is found."""

COLON = "x-link: {digest: sha256:1f}\n"
"""libyaml refuses the colon, YAML 1.2 does not: a file with this line is read by the pure parser, installed or not."""


@pytest.fixture
def pure(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have the pure parser read everything from now on; what it was given is in the list."""
    read: list[str] = []

    def events(text: str) -> Iterator[Any]:
        read.append(text)
        return parsing._pure_events(text)

    monkeypatch.setattr(parsing, "_c_events", events)
    return read


def _codes(report: dict[str, Any]) -> list[str]:
    return [finding["code"] for finding in findings(report)]


@pytest.mark.parametrize("name", NAMES)
def test_both_parsers_find_the_same_faults(
    name: str, coopctl: Coopctl, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The same codes in the same order, and exit code 2, whichever parser reads the cases."""
    shutil.copytree(CASES / name, tmp_path / name)
    _, by_c = as_json(coopctl, name)
    read = request.getfixturevalue("pure")
    code, by_pure = as_json(coopctl, name)
    assert read or name.startswith("directive-"), "the pure parser was not asked"
    assert code == 2
    assert _codes(by_pure) == ([READ_FURTHER[name]] if name in READ_FURTHER else _codes(by_c))


@pytest.mark.parametrize("body", ["[" * 10_000, "{a: " * 10_000, "[" * 10_000 + "]" * 10_000])
@pytest.mark.usefixtures("pure")
def test_the_pure_parser_stops_at_64_levels(body: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """No recursion error comes of ten thousand levels: the walk stops at the 65th."""
    put(tmp_path / "pact", f"{AGREEMENT}x-deep: {body}\n")
    code, report = as_json(coopctl, "pact")
    width = 63 if body.startswith("[") else 63 * 4
    assert (code, places(report)) == (2, [("YML009", "pact/agreement.yaml", 16, 9 + width)])


@pytest.mark.parametrize(
    ("title", "column"),
    [
        pytest.param('"\\ud800"', 8, id="lone-surrogate"),
        pytest.param('"\\udc00\\ud800"', 8, id="surrogates-the-wrong-way-round"),
        pytest.param('"\\U00110000"', 8, id="beyond-unicode"),
        pytest.param('"a\\qb"', 8, id="unknown-escape"),
    ],
)
def test_escapes_that_stand_for_nothing_are_refused_where_they_stand(
    title: str, column: int, coopctl: Coopctl, tmp_path: Path
) -> None:
    """The pure parser accepts surrogates and fails without a place on others; the finding is about the YAML."""
    put(tmp_path / "pact", COLON + changed("title: Delivery pact", f"title: {title}"))
    code, report = as_json(coopctl, "pact")
    (found,) = places(report)
    assert (code, found[:3]) == (2, ("YML001", "pact/agreement.yaml", 4))
    assert column <= found[3] < column + len(title)


@pytest.mark.parametrize("version", ["1.3", "2.0", "9.9"])
@pytest.mark.usefixtures("pure")
def test_another_yaml_version_is_refused_by_the_pure_parser_too(version: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """ruamel.yaml asserts on versions it does not know; users get the finding that libyaml's users get."""
    put(tmp_path / "pact", f"%YAML {version}\n---\n{AGREEMENT}")
    code, report = as_json(coopctl, "pact")
    assert (code, places(report)) == (2, [("YML006", "pact/agreement.yaml", 1, 1)])


def test_a_directive_after_the_colon_is_refused(coopctl: Coopctl, tmp_path: Path) -> None:
    """A %YAML line in the middle of a file that the pure parser took over is a finding, not a bug."""
    put(tmp_path / "pact", f"{COLON}%YAML 1.3\n---\n{AGREEMENT}")
    code, report = as_json(coopctl, "pact")
    assert code == 2
    assert [place[1] for place in places(report)] == ["pact/agreement.yaml"]
