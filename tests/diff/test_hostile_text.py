"""Text from files that would steer a terminal, a log or a page, in every format of the comparison."""

import json
import re
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from coopctl.cli import app
from tests.bad_input.test_hostile_text import HOSTILE_PATHS, NAMES, _commands, _is_own, _raw, _tokens
from tests.conftest import Coopctl
from tests.diff.samples import AS_OF, DEAL, diff, edited, put

FORMATS = ("full", "concise", "json", "sarif", "github", "markdown")


def _deal(name: str, number: int) -> str:
    """An agreement with a name in every text; another number makes each of them another one."""
    text = json.dumps(f"{name}{number}")
    extra = json.dumps(name)
    return f"""\
coopctl: 1
id: pact
title: {text}
version: {json.dumps(f"{number}{name[:30]}")}
purpose: {text}
parties:
  north: {{name: {text}, address: {text}}}
  harbor: {{name: {text}}}
  joins{number}: {{name: {text}}}
term: {{start: 2026-01-01, end: 2026-12-31}}
goals:
  growth: {{statement: {text}}}
kpis:
  csat: {{name: {extra}, unit: {text}, direction: higher-is-better, frequency: monthly, aggregation: mean,
         target: 9{number}, thresholds: {{breach: {{worse_than: 8{number}}}}}, owner: bo, source: {text}}}
  gone{number}: {{name: {text}, unit: {text}, direction: higher-is-better, frequency: monthly, aggregation: mean,
         target: 90, owner: north}}
working_group:
  members:
    bo: {{name: {extra}, party: north, role: {text}}}
    cy: {{name: {extra}, party: harbor}}
responsibilities:
  books: {{task: {text}, accountable: {"bo" if number == 1 else "cy"}}}
risks:
  strike: {{owner: {"bo" if number == 1 else "cy"}, contingency: [{text}], response: {text}}}
confidentiality: {{covers: [{text}]}}
disputes: {{law: {text}}}
exit:
  triggers:
    chronic: {{name: {extra}, when: {{event: {text}}}, right_of: [{"north" if number == 1 else "harbor"}]}}
    failing: {{name: {extra}, when: {{kpi: csat, status: breach, consecutive: {number}}}, right_of: [harbor]}}
    other{number}: {{name: {text}, when: anytime, right_of: [north]}}
clauses:
  faith: {{title: {text}, text: {text}}}
amendments: [{{version: {text if len(text) < 40 else '"1"'}, date: 2026-02-01, summary: {text}}}]
"""


def _facts(name: str, number: int) -> str:
    text = json.dumps(f"{name}{number}")
    return f"""\
coopctl: actuals/1
kpis:
  csat: {{2026-01: {{value: 8{number}, note: {text}}}, 2026-02: 81, 2026-03: 80}}
events:
  - {{date: 2026-03-0{number}, kind: {text}, note: {text}}}
"""


def _put(folder: Path, name: str) -> None:
    for number, version in ((1, "base"), (2, "head")):
        place = folder / version
        (place / "actuals").mkdir(parents=True)
        (place / "agreement.yaml").write_text(_deal(name, number), "utf-8")
        (place / "actuals" / "2026.yaml").write_text(_facts(name, number), "utf-8")


@pytest.fixture(scope="module", params=NAMES)
def outputs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one run prints about two versions with a hostile name, in every format."""
    folder = tmp_path_factory.mktemp("hostile")
    _put(folder, NAMES[request.param])
    formats = [each for form in FORMATS for each in ("--output-format", f"{form}={form}.txt")]
    arguments = ["coopctl", "diff", "base", "head", "--as-of", AS_OF, "--replay", *formats]
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.setattr(sys, "argv", arguments)
        assert app.run() == 1
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
    """All see the same changes and findings."""
    (found,) = json.loads(outputs["json"])["agreements"]
    results = json.loads(outputs["sarif"])["runs"][0]["results"]
    assert len(results) == len(found["changes"]) + len(found["findings"]) > 20
    told = outputs["concise"].count("\n") - outputs["concise"].count(": replay: ")
    told -= outputs["concise"].count(": changed records: ")
    assert told == len(results) + 1


def test_markdown_is_two_tables_and_nothing_of_a_name(outputs: dict[str, str]) -> None:
    tokens = _tokens(outputs["markdown"])
    kinds = {token.type for token in tokens}
    assert kinds & {"link_open", "image", "html_block", "html_inline", "code_block", "fence"} == set()
    code = [each.content for each in tokens if each.type == "code_inline"]
    assert [each for each in code if not re.fullmatch("[0-9a-f]{12}", each)] == []
    is_cut = "left out here to keep within the size of a comment" in outputs["markdown"]
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert headings == ["h2", "h3", "h4", "h4"][: len(headings) if is_cut and len(headings) > 1 else 4]
    assert [token.type for token in tokens].count("table_open") == len(headings) - 1
    widths = set()
    cells = 0
    for token in tokens:
        cells = 0 if token.type == "tr_open" else cells + (token.type in ("td_open", "th_open"))
        if token.type == "tr_close":
            widths.add(cells)
    assert widths == ({8} if len(headings) == 2 else {8, 4})
    assert re.findall(r"(?<![\w\\])@\w|https?://|www\.", outputs["markdown"]) == []


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_the_entry_for_the_history_says_what_was_meant(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    _put(tmp_path, name)
    ended = diff(coopctl, "--changelog")
    assert ended.code == 1
    assert _raw("full", ended.out) == []
    assert _commands(ended.out) == []
    comment, text = ended.out.split("\n", 1)
    assert comment == "# head/agreement.yaml: into the brackets of amendments:, as the last entry"
    (entry,) = YAML(typ="safe", pure=True).load(f"[{text.removeprefix(', ')}]")
    assert set(entry) == {"version", "date", "summary"}
    told = " ".join(entry["summary"].split())
    changes = json.loads(diff(coopctl, "--output-format", "json").out)["agreements"][0]["changes"]
    terms = [each["message"] for each in changes if each["level"] == "material" and not each["code"].startswith("CHG9")]
    meant = " ".join("; ".join(terms).split())
    assert told == meant or (told.endswith("…") and len(entry["summary"]) == 20_000 and meant.startswith(told[:-1]))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("folder", HOSTILE_PATHS.values(), ids=HOSTILE_PATHS)
def test_paths_are_shown_harmless(folder: str, form: str, coopctl: Coopctl, tmp_path: Path) -> None:
    for version, text in (("base", DEAL), ("head", edited(("cap: 500000", "cap: 600000")))):
        place = tmp_path / version / folder
        place.mkdir(parents=True)
        (place / "agreement.yaml").write_text(text, "utf-8")
    ended = diff(coopctl, "--output-format", form)
    assert (ended.code, ended.err) == (1, "")
    assert _raw(form, ended.out) == []
    assert [line for line in _commands(ended.out) if form != "github" or not _is_own(line)] == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_version_that_cannot_be_read_is_harmless_too(form: str, name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, DEAL + f"? {json.dumps(name)}\n: 1\n", DEAL)
    ended = diff(coopctl, "--output-format", form)
    assert (ended.code, ended.err) == (2, "")
    assert _raw(form, ended.out) == []
    assert [line for line in _commands(ended.out) if form != "github" or not _is_own(line)] == []
