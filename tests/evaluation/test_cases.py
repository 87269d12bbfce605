"""Small agreements, and the verdicts worked out by hand from the rules of the language.

Each folder below `cases/` is one agreement with its ledger. Its `expected.yaml` holds one expectation, or a list of
them for several as-of dates or options:

    as_of: the date of the verdicts
    exit_code: what the command returns
    args: further options of `coopctl check`
    verdicts: every verdict, in order; `subject`, `period`, `status` and whichever other keys the case is about
    triggers: every exit trigger that has fired, in order; none where nothing is said
    score, agreement: keys of the agreement's score, and of the agreement itself
    forecasts: every forecast of `coopctl variance`, in order, with the keys the case is about
    findings: codes that have to be reported, each as often as it is listed

All values are compared as text, so that no figure passes through binary floating point: `99.950` is not `99.95`.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ruamel.yaml import YAML

from tests.conftest import Coopctl

CASES = Path(__file__).parent / "cases"

_TOP_KEYS = {"as_of", "exit_code", "args", "verdicts", "triggers", "score", "agreement", "forecasts", "findings"}
_FIGURES = ("actual", "variance", "variance_percent", "attainment")


class Case(NamedTuple):
    """One agreement at one date."""

    folder: Path
    expected: dict[str, Any]


def _read(path: Path) -> Any:
    """Read YAML with every scalar as its text."""
    return YAML(typ="base").load(path.read_text("utf-8"))


def _discovered() -> Iterator[Any]:
    for folder in sorted(CASES.iterdir()):
        content = _read(folder / "expected.yaml")
        expectations = content if isinstance(content, list) else [content]
        for number, expected in enumerate(expectations, 1):
            yield pytest.param(Case(folder, expected), id=f"{folder.name}-{number}-{expected['as_of']}")


def as_text(value: object) -> object:
    """Return a JSON value as `expected.yaml` is read: every scalar as its text."""
    if isinstance(value, dict):
        return {key: as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_text(each) for each in value]
    return value if isinstance(value, str) else json.dumps(value)


def _triples(rows: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    return [tuple(as_text(row[key]) for key in ("subject", "period", "status")) for row in rows]


def _subjects(rows: list[dict[str, Any]]) -> list[object]:
    return [row["subject"] for row in rows]


def _compare(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Compare the keys that an expectation is about."""
    assert as_text({key: found.get(key, "(no such key)") for key in wanted}) == wanted


def _compare_rows(found: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    """Compare lists row by row; none may be missing or too many."""
    assert _subjects(found) == _subjects(wanted)
    for found_row, wanted_row in zip(found, wanted, strict=True):
        _compare(found_row, wanted_row)


def _agreement(out: str) -> dict[str, Any]:
    (agreement,) = json.loads(out)["agreements"]
    assert isinstance(agreement, dict)
    return agreement


@pytest.mark.parametrize("case", list(_discovered()))
def test_case(case: Case, coopctl: Coopctl) -> None:
    """`coopctl check` gives exactly the verdicts, triggers and exit code that the rules give by hand."""
    expected = case.expected
    assert set(expected) <= _TOP_KEYS
    options = ["--as-of", expected["as_of"], "--output-format", "json"]
    ended = coopctl("check", case.folder, *options, *expected.get("args", []))
    found = _agreement(ended.out)

    assert _triples(found["verdicts"]) == _triples(expected["verdicts"])
    _compare_rows(found["verdicts"], expected["verdicts"])
    assert all(isinstance(row[key], str | None) for row in found["verdicts"] for key in _FIGURES)
    _compare_rows(found["triggers"], expected.get("triggers", []))
    _compare(found.get("score") or {}, expected.get("score", {}))
    _compare(found, expected.get("agreement", {}))
    assert Counter(each["code"] for each in found["findings"]) >= Counter(expected.get("findings", []))
    assert ended.code == int(expected["exit_code"])
    if "forecasts" in expected:
        variance = _agreement(coopctl("variance", case.folder, *options).out)
        assert variance["verdicts"] == found["verdicts"]
        _compare_rows(variance["forecasts"], expected["forecasts"])


def test_cases_are_found() -> None:
    """Every folder is a case; an empty collection would pass in silence."""
    folders = [folder for folder in CASES.iterdir() if folder.is_dir()]
    assert len(folders) >= 90
    assert all((folder / "agreement.yaml").is_file() and (folder / "expected.yaml").is_file() for folder in folders)
