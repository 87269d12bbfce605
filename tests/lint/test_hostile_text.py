"""Text from files that would steer a terminal, a log or a page, in every format of the linter."""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from coopctl.cli import app
from tests.bad_input.test_hostile_text import HOSTILE_PATHS, NAMES, _commands, _is_own, _raw, _tokens
from tests.conftest import Coopctl
from tests.lint.samples import AS_OF, FORMATS, QUIET, lint, put


def _valid(name: str) -> str:
    """An agreement that is read, with a name in titles, units, notes and clauses, and with faults of many rules."""
    text = json.dumps(name)
    return f"""\
coopctl: 1
id: pact
title: {text}
version: {json.dumps(name[:30])}
parties:
  north: {{name: {text}}}
  harbor: {{name: {text}}}
  x-ours: {text}
term: {{start: 2026-01-01, end: 2026-12-31}}
working_group:
  members:
    bo: {{name: {text}, party: north, role: {text}}}
goals:
  growth: {{statement: {text}}}
kpis:
  csat: {{name: {text}, unit: {text}, direction: higher-is-better, frequency: monthly, aggregation: sum, target: 90}}
plan:
  milestones:
    pilot: {{name: {text}, due: 2027-05-01, deliverable: {text}}}
budget:
  travel: {{name: {text}, amount: 10}}
risks:
  strike: {{category: cost, likelihood: 5, impact: 5, response: {text}}}
economics: {{cost_sharing: {{north: 60%, harbor: 50%}}}}
liability:
  cap: 5
  breach: {text}
confidentiality: {{covers: [{text}]}}
disputes: {{ladder: [{{step: negotiation}}, {{step: arbitration, body: {text}}}, {{step: court, body: {text}}}]}}
exit:
  triggers:
    chronic: {{name: {text}, when: {{event: {text}}}, right_of: [north]}}
  wind_down: [{{do: {text}, owner: north}}]
"""


def _refused(name: str) -> str:
    """An agreement with a name as key, id, value and reference."""
    text = json.dumps(name)
    return (
        QUIET
        + f"? {text}\n: 1\nstatus: {text}\nrisks: {{? {text} : {{}}, strike: {{owner: {text}}}}}\nactuals: [{text}]\n"
    )


def _commented(name: str) -> str:
    """An agreement with a name in comments that suppress, read and unreadable."""
    safe = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\n\r]", " ", name)
    return QUIET.replace(
        "  csat:\n", f"  csat:  # coopctl: ignore[{safe.replace('[', '(').replace(']', ')')}] {safe}\n"
    ).replace(
        "  delay:\n", f"  # coopctl: ignore {safe}\n  delay:  # coopctl: ignore[KPI001] {safe}, until={safe[:5]}\n"
    )


KINDS = {"valid": _valid, "refused": _refused, "commented": _commented}


@pytest.fixture(scope="module", params=[(kind, each) for kind in KINDS for each in NAMES], ids="-".join)
def outputs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one run prints about an agreement with a hostile name, in every format."""
    kind, name = request.param
    folder = tmp_path_factory.mktemp("hostile")
    put(folder / "pact", KINDS[kind](NAMES[name]))
    formats = [each for form in FORMATS for each in ("--output-format", f"{form}={form}.txt")]
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.setattr(sys, "argv", ["coopctl", "lint", "pact", "--no-config", "--as-of", AS_OF, *formats])
        assert app.run() == (1 if kind == "valid" else 2)
    return {form: (folder / f"{form}.txt").read_bytes().decode("utf-8") for form in FORMATS}


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_steers_the_terminal(form: str, outputs: dict[str, str]) -> None:
    assert _raw(form, outputs[form]) == []
    assert outputs[form].endswith("\n")


@pytest.mark.parametrize("form", sorted({*FORMATS} - {"github"}))
def test_nothing_becomes_a_workflow_command(form: str, outputs: dict[str, str]) -> None:
    assert _commands(outputs[form]) == []


def test_annotations_are_the_only_workflow_commands(outputs: dict[str, str]) -> None:
    annotations = [line for line in outputs["github"].split("\n") if line and not line.startswith("coopctl: ")]
    assert annotations
    assert [line for line in annotations if not _is_own(line)] == []


def test_programs_can_read_it(outputs: dict[str, str]) -> None:
    """All see the same findings."""
    found = [each for agreement in json.loads(outputs["json"])["agreements"] for each in agreement["findings"]]
    assert len(json.loads(outputs["sarif"])["runs"][0]["results"]) == len(found) > 1
    issues = json.loads(outputs["gitlab"])
    assert len(issues) == len({issue["fingerprint"] for issue in issues}) == len(found)
    assert outputs["concise"].count("\n") == len(found) + 1
    root = ElementTree.fromstring(outputs["junit"])
    names = [case.attrib["name"] for case in root.iter("testcase")]
    assert len(names) == len(set(names)) == len(found)
    assert {element.tag for element in root.iter()} <= {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "error",
        "system-out",
    }


def test_markdown_is_one_table_and_nothing_of_a_name(outputs: dict[str, str]) -> None:
    tokens = _tokens(outputs["markdown"])
    kinds = {token.type for token in tokens}
    assert kinds & {"link_open", "image", "html_block", "html_inline", "code_inline", "code_block", "fence"} == set()
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h2", "h3"]
    assert [token.type for token in tokens].count("table_open") == 1
    cells = 0
    for token in tokens:
        if token.type == "tr_open":
            cells = 0
        cells += token.type in ("td_open", "th_open")
        assert token.type != "tr_close" or cells == 5
    assert re.findall(r"(?<![\w\\])@\w|https?://|www\.", outputs["markdown"]) == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("folder", HOSTILE_PATHS.values(), ids=HOSTILE_PATHS)
def test_paths_are_shown_harmless(folder: str, form: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / "all" / folder, QUIET.replace("    source: Survey\n", ""))
    ended = lint(coopctl, "all", form=form)
    assert (ended.code, ended.err) == (0, "")
    assert _raw(form, ended.out) == []
    assert [line for line in _commands(ended.out) if form != "github" or not _is_own(line)] == []


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_statistics_and_the_baseline_are_harmless_too(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, _valid(name))
    assert _raw("full", lint(coopctl, "--statistics", form="full").out) == []
    lint(coopctl, "--baseline", "accepted.json", "--write-baseline")
    assert json.loads((tmp_path / "accepted.json").read_text("utf-8"))["findings"]
    assert lint(coopctl, "--baseline", "accepted.json", "--fail-on", "info").code == 0
    put(tmp_path, QUIET)
    for form in FORMATS:
        out = lint(coopctl, "--baseline", "accepted.json", form=form).out
        assert "SUP006" in out
        assert _raw(form, out) == []
        assert [line for line in _commands(out) if form != "github" or not _is_own(line)] == []
