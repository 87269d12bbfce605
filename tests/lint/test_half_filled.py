"""Agreements that are not finished or not right: what is wrong is told, and the rules that can run still do."""

import json
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from coopctl.cli.app import run
from tests.conftest import Coopctl
from tests.lint.samples import EXAMPLE_DATES, EXAMPLES, QUIET, changed, codes, findings, lines, lint, put

BROKEN_CSAT = changed("target: 90", "target: ninety", QUIET)
"""One of two KPIs cannot be read."""


def test_what_can_be_read_is_still_looked_at(coopctl: Coopctl, tmp_path: Path) -> None:
    """The broken KPI is told of, the other one still is, and nothing is missed that only could not be read."""
    text = changed("    source: Survey\n", "", changed("    source: Tracker\n", "", BROKEN_CSAT))
    put(tmp_path, text)
    assert codes(coopctl) == ["SCH003", "KPI002"]
    assert lines(coopctl)[1].startswith("agreement.yaml:21:3: KPI002 delay ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("target: 90", "target: ninety"),
        ("    unit: points\n", ""),
        ("    unit: points\n", "    unit: points\n    surprise: 1\n"),
        ("aggregation: mean\n    target: 90", "aggregation: median\n    target: 90"),
        ("{breach: {worse_than: 80}}", "{breach: 80}"),
        ("    owner: north\n", "    owner: nobody\n"),
        ("  csat:\n", "  csat: later\n  draft:\n"),
    ],
)
def test_a_broken_kpi_is_not_called_missing(old: str, new: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """Goals, weights and thresholds that need it are left alone."""
    put(tmp_path, changed(old, new, QUIET))
    assert [code for code in codes(coopctl) if code[:3] != "SCH"] in ([], ["KPI011"] if "draft" in new else [])
    assert lint(coopctl).code == 2


SECTIONS = ("parties", "term", "goals", "kpis", "governance", "liability", "disputes", "exit", "currency")


@pytest.mark.parametrize("value", ["later", "3", "[]", "[1, 2]", "null", "{}", "{surprise: 1}", "{a: {b: {c: 1}}}"])
@pytest.mark.parametrize("section", SECTIONS)
def test_a_broken_section_is_not_called_missing(section: str, value: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """What would be said only because it could not be read is not said."""
    data = YAML(typ="safe").load(QUIET)
    assert section in data
    lines_of = QUIET.split("\n")
    start = next(number for number, line in enumerate(lines_of) if line.startswith(f"{section}:"))
    end = next(number for number in range(start + 1, len(lines_of)) if not lines_of[number].startswith(" "))
    put(tmp_path, "\n".join([*lines_of[:start], f"{section}: {value}", *lines_of[end:]]))
    ended = lint(coopctl, form="json")
    assert ended.err == ""
    found = json.loads(ended.out)["agreements"][0]["findings"]
    refused = {each["code"] for each in found if each["code"].startswith("SCH")}
    others = [each for each in found if not each["code"].startswith(("SCH", "FIL"))]
    assert ended.code == (2 if refused else ended.code)
    about = {
        "parties": "PTY",
        "goals": "GOL",
        "kpis": "KPI",
        "governance": "GOV",
        "liability": "LAW",
        "disputes": "LAW",
    }
    if refused:
        assert [each["code"] for each in others if each["code"].startswith(about.get(section, "EXT"))] == []


def test_a_misspelt_section_is_not_called_missing(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, changed("disputes: {", "dispute: {", changed("liability: {", "liablity: {", QUIET)))
    assert codes(coopctl) == ["SCH001", "SCH001"]


def test_several_faults_of_reading_do_not_hide_each_other(coopctl: Coopctl, tmp_path: Path) -> None:
    text = changed("    source: Tracker\n", "", BROKEN_CSAT)
    text = changed("version: 1.0.0\n", "", changed("frequency: monthly}", "frequency: never}", text))
    put(tmp_path, text + "surprise: 1\n")
    found = codes(coopctl)
    assert sorted(code for code in found if code.startswith("SCH")) == ["SCH001", "SCH002", "SCH003", "SCH003"]
    assert "KPI002" in found


def test_a_ledger_that_cannot_be_read_leaves_the_agreement_to_the_rules(coopctl: Coopctl, tmp_path: Path) -> None:
    text = changed("    source: Survey\n", "", QUIET)
    put(tmp_path, text, {"actuals/2026.yaml": "coopctl: actuals/1\nkpis:\n  csat: {2026-01: many}\n"})
    ended = lint(coopctl, as_of="2026-06-01")
    assert [line.split(" ")[1] for line in ended.out.splitlines()[:-1]] == ["KPI002", "SCH003"]


def test_facts_of_other_ledgers_are_still_looked_at(coopctl: Coopctl, tmp_path: Path) -> None:
    """An impossible figure is one, whatever else could not be read."""
    facts = "coopctl: actuals/1\nkpis:\n  share: {2026-01: {numerator: 12, denominator: 10}}\n"
    share = (
        "  share:\n    unit: '%'\n    direction: higher-is-better\n    frequency: monthly\n    aggregation: ratio\n"
        "    target: 90\n    thresholds: {breach: {worse_than: 80}}\n    owner: north\n    source: Survey\n"
    )
    text = changed("governance:\n", share + "governance:\n", changed("[csat,", "[share, csat,", QUIET))
    put(tmp_path, text, {"actuals/a.yaml": facts, "actuals/b.yaml": "coopctl: actuals/1\nkpis: none\n"})
    assert "LED014" in codes(coopctl)


@pytest.mark.parametrize(
    "text", ["", "\n", "# later\n", "null\n", "- a\n", "draft\n", "coopctl: 1\n", "id: pact\n", "{}\n"]
)
def test_the_very_beginning_of_an_agreement_does_no_harm(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, text)
    assert lint(coopctl).code == 2
    assert findings(coopctl)


# Anything missing, anything else in its place

JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        "",
        "x",
        "north",
        "kpis.csat",
        -1,
        0,
        10**20,
        1.5,
        True,
        [],
        {},
        [[]],
        {"a": 1},
        ["x", "x"],
        "2026-13-01",
        "-5%",
    ]
)


@cache
def example(name: str) -> dict[str, Any]:
    """Return the data of every YAML file of an example, by its path in the folder."""
    files = sorted((EXAMPLES / name).rglob("*.yaml"))
    return {str(path.relative_to(EXAMPLES / name)): YAML(typ="safe", pure=False).load(path) for path in files}


def _paths(data: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [*([here] if here else []), *(path for key, value in items for path in _paths(value, (*here, key)))]


@cache
def paths_of(name: str, file: str) -> list[tuple[Any, ...]]:
    """Return the path of every node of a file."""
    return _paths(example(name)[file])


def _changed(data: Any, path: tuple[Any, ...], junk: Any, *, delete: bool) -> None:
    """Take a node away, or put something else in its place; one that is gone already stays so."""
    here = data
    for step in path[:-1]:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return
    try:
        if delete:
            del here[path[-1]]
        else:
            here[path[-1]] = junk
    except (KeyError, IndexError, TypeError):
        return


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, default=str)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_rule_crashes_whatever_is_missing_or_wrong(
    data: st.DataObject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The examples with nodes taken away or exchanged, in the agreement and in the ledger."""
    name = data.draw(st.sampled_from(sorted(EXAMPLE_DATES)))
    files = json.loads(_text(example(name)))
    for _ in range(data.draw(st.integers(1, 4))):
        file = data.draw(st.sampled_from([*files, "agreement.yaml"]))
        path = tuple(map(_as_key, data.draw(st.sampled_from(paths_of(name, file)))))
        _changed(files[file], path, data.draw(JUNK), delete=data.draw(st.booleans()))
    folder = tmp_path / name
    shutil.rmtree(folder, ignore_errors=True)
    for file, content in files.items():
        put(folder, _text(content), {file: _text(content)})
    (folder / "agreement.yaml").write_text(_text(files["agreement.yaml"]), "utf-8")
    as_of = data.draw(st.sampled_from([EXAMPLE_DATES[name], "2020-01-01", "2030-01-01"]))
    arguments = ["lint", str(folder), "--as-of", as_of, "--output-format", "json", "--no-config"]
    monkeypatch.setattr("sys.argv", ["coopctl", *arguments])
    code = run()
    out, err = capfd.readouterr()
    assert (code in (0, 1, 2), err) == (True, "")
    (agreement,) = json.loads(out)["agreements"]
    assert code != 2 or any(each["severity"] == "error" for each in agreement["findings"])
    fingerprints = [each["fingerprint"] for each in agreement["findings"]]
    assert len(fingerprints) == len(set(fingerprints))


def _as_key(step: Any) -> Any:
    return step if isinstance(step, int) and not isinstance(step, bool) else str(step)


@pytest.mark.parametrize("name", EXAMPLE_DATES)
def test_the_examples_as_data_are_what_they_are_as_text(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """Otherwise the test above would only show that nonsense is refused."""
    folder = tmp_path / name
    shutil.copytree(EXAMPLES / name, folder)
    before = codes(coopctl, folder, "--ignore", "STY")
    for file, content in example(name).items():
        (folder / file).write_text(_text(content), "utf-8")
    assert os.path.exists(folder / "agreement.yaml")
    assert sorted(codes(coopctl, folder, "--ignore", "STY")) == sorted(before)
