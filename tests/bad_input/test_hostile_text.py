"""Names that carry control characters, bidirectional overrides, markup or workflow commands, in every format."""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from coopctl.cli import app
from tests.bad_input.samples import AGREEMENT, AS_OF, FORMATS, changed, put
from tests.conftest import Coopctl, Ended

CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
BIDI = "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\u200b\u2060\ufeff\ufff9\ufffa\ufffb"
RAW = re.compile(f"[{re.escape(CONTROLS.replace(chr(10), ''))}{BIDI}{INVISIBLE}]")
"""What must never be printed as it is; line feeds are, but they are coopctl's own."""

COMMAND = "::error file=x::pwned"
MARKUP = (
    "[bold]x[/] <b>y</b> | `z` [a](http://evil.example) ![i](http://evil.example/i.png) @someone https://evil.example"
)
NAMES = {
    "controls": CONTROLS,
    "bidi": f"a{BIDI}b{INVISIBLE}c",
    "escape-sequences": "\x1b[31mred\x1b]8;;http://evil.example\x07link\x1b]8;;\x07 \x9b31mred",
    "command-on-a-line-of-its-own": f"x\n{COMMAND}\r\n{COMMAND}\r{COMMAND}\u2028{COMMAND}\x85{COMMAND}",
    "commands-at-every-break": " ".join(["::error::pwned"] * 30),
    "old-commands": "##[stop-commands]x ##[add-mask]breach",
    "encoded-line-breaks": f"%0A{COMMAND}%0D%0a{COMMAND}",
    "markup": MARKUP,
    "backslashes": "\\[a\\](http://evil.example) \\| \\\\x",
    "entities": "&lt;b&gt; &#124; ]]> <!-- -->",
}


def _judged(name: str) -> str:
    """An agreement that is judged, with a name wherever free text is printed."""
    text = json.dumps(name)
    return f"""\
coopctl: 1
id: pact
title: {text}
version: {json.dumps(name[:30])}
currency: EUR
parties:
  north: {{name: {text}}}
  harbor: {{name: {text}}}
term: {{start: 2026-01-01, end: 2026-12-31}}
kpis:
  csat:
    name: {text}
    unit: {text}
    direction: higher-is-better
    frequency: monthly
    aggregation: mean
    target: 90
    thresholds: {{breach: {{worse_than: 80}}}}
    owner: north
  late: {{name: {text}, unit: {text}, direction: higher-is-better, frequency: yearly, aggregation: mean, target: 90}}
plan:
  milestones:
    pilot: {{name: {text}, due: 2026-05-01, thresholds: {{breach: {{off_by_more_than: 1 days}}}}}}
budget:
  travel: {{name: {text}, amount: 10, thresholds: {{warn: {{off_by_more_than: 1%}}}}}}
risks:
  strike: {{triggers: [kpis.csat.breach], contingency: [{text}], response: {text}}}
exit:
  triggers:
    chronic: {{name: {text}, when: {{event: {text}}}, right_of: [north]}}
"""


def _facts(name: str) -> str:
    text = json.dumps(name)
    return f"""\
coopctl: actuals/1
kpis:
  csat: {{2026-01: {{value: 70, note: {text}, by: {text}}}, 2026-02: 71}}
spend:
  travel: {{2026-01: 50}}
events:
  - {{date: 2026-03-01, kind: {text}, note: {text}}}
"""


def _refused(name: str) -> str:
    """An agreement with a name in every sort of finding: key, id, value, reference, date, period, choice, tag."""
    text = json.dumps(name)
    return (
        changed("    target: 90", f"    target: {text}\n    owner: {text}\n    frequency: {text}")
        + f"? {text}\n: 1\n"
        + f"timezone: {text}\nstatus: {text}\ncurrency: {text}\n"
        + f"calendar: {{holidays: [{text}], country: {text}}}\n"
        + f"actuals: [{json.dumps('../' + name)}, {json.dumps(name[:100])}]\n"
        + f"goals:\n  ? {text}\n  : {{statement: x}}\n  growth: {{statement: x, kpis: [{text}]}}\n"
        + f"plan: {{milestones: {{pilot: {{due: {text}, buffer: {text}}}}}}}\n"
        + f"economics: {{cost_sharing: {{? {text} : 60%, north: {text}}}}}\n"
    )


def _rows(name: str) -> str:
    cell = '"' + name.replace('"', '""') + '"'
    return (
        f"kpi,period,value,recorded,status\n{cell},2026-01,1,,\ncsat,{cell},1,,\ncsat,2026-02,{cell},,\n"
        f"csat,2026-03,1,{cell},\ncsat,2026-04,1,,{cell}\n"
    )


def _header(name: str) -> str:
    return 'kpi,period,value,"' + name.replace('"', '""') + '"\n'


def _written(folder: Path, kind: str, name: str) -> None:
    """Write an agreement with a hostile name all over it; what is read is judged or refused."""
    if kind == "judged":
        put(folder, _judged(name), {"actuals/2026.yaml": _facts(name)})
    elif kind == "refused":
        put(folder, _refused(name))
    else:
        put(folder, AGREEMENT, {"actuals/2026.csv": _rows(name) if kind == "refused-cells" else _header(name)})


KINDS = ("judged", "refused", "refused-cells", "refused-header")


@pytest.fixture(scope="module", params=[(kind, each) for kind in KINDS for each in NAMES], ids="-".join)
def outputs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one run prints about an agreement with a hostile name, in every format."""
    kind, name = request.param
    folder = tmp_path_factory.mktemp("hostile")
    _written(folder / "pact", kind, NAMES[name])
    formats = [each for form in FORMATS for each in ("--output-format", f"{form}={form}.txt")]
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.setattr(sys, "argv", ["coopctl", "check", "pact", *formats, *AS_OF])
        assert app.run() == (1 if kind == "judged" else 2)
    return {form: (folder / f"{form}.txt").read_bytes().decode("utf-8") for form in FORMATS}


def _commands(out: str) -> list[str]:
    """Lines that GitHub's runner takes for a command: `::name` first, blanks aside, or `##[name]` anywhere."""
    new, old = re.compile(r"\s*::[A-Za-z-]+( .*?)?::"), re.compile(r"##\[[A-Za-z-]+[^]]*\]")
    return [line for line in out.split("\n") if new.match(line) or old.search(line)]


def _is_own(command: str) -> bool:
    """Whether a command is one that coopctl itself writes."""
    own = r"::(error|warning|notice) file=[^:,]+,line=\d+,[A-Za-z0-9=,]*title=[^:,]*::.+"
    return re.fullmatch(own, command) is not None


def _raw(form: str, out: str) -> list[str]:
    """Return the characters that steer a terminal; in Markdown coopctl itself breaks up @mentions and #numbers."""
    return RAW.findall(re.sub("(?<=[@#])\u200b", "", out) if form == "markdown" else out)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_steers_the_terminal(form: str, outputs: dict[str, str]) -> None:
    """No control, escape or bidirectional character of a file is printed as it is."""
    assert _raw(form, outputs[form]) == []
    assert outputs[form].endswith("\n")


@pytest.mark.parametrize("form", sorted({*FORMATS} - {"github"}))
def test_nothing_becomes_a_workflow_command(form: str, outputs: dict[str, str]) -> None:
    """Whatever the format, a CI server that reads the log finds no command in it."""
    assert _commands(outputs[form]) == []


def test_annotations_are_the_only_workflow_commands(outputs: dict[str, str]) -> None:
    """In the format for GitHub every line is a command of coopctl's own, or says how many were left out."""
    annotations = [line for line in outputs["github"].split("\n") if line and not line.startswith("coopctl: ")]
    assert annotations
    assert [line for line in annotations if not _is_own(line)] == []


def _checked(coopctl: Coopctl, form: str, code: int) -> str:
    ended: Ended = coopctl("check", "pact", "--output-format", form, *AS_OF)
    assert (ended.code, ended.err) == (code, "")
    return ended.out


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_json_gives_names_back_as_they_are(name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """Escaped for the log, the same text for a program."""
    _written(tmp_path / "pact", "judged", name)
    (agreement,) = json.loads(_checked(coopctl, "json", 1))["agreements"]
    assert agreement["title"] == name
    assert agreement["verdicts"][0]["contingency"] == [name]


def test_junit_is_well_formed(outputs: dict[str, str]) -> None:
    """An XML parser reads it, and every case keeps a name of its own."""
    root = ElementTree.fromstring(outputs["junit"])
    names = [case.attrib["name"] for case in root.iter("testcase")]
    assert len(names) == len(set(names)) == int(root[0].attrib["tests"])
    assert {element.tag for element in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out",
    }  # fmt: skip


@pytest.mark.parametrize("character", ["\ufffe", "\uffff", "\x00", "\x0b", "\x1f"])
def test_junit_holds_no_character_that_xml_forbids(character: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """Some characters cannot stand in XML even as references."""
    _written(tmp_path / "pact", "judged", f"a{character}b")
    assert ElementTree.fromstring(_checked(coopctl, "junit", 1)).tag == "testsuites"


def _tokens(text: str) -> list[Token]:
    """All tokens of a Markdown text, those of paragraphs and cells too."""
    found = MarkdownIt("commonmark").enable("table").parse(text)
    return [*found, *(child for token in found for child in token.children or ())]


def test_markdown_keeps_its_shape(outputs: dict[str, str]) -> None:
    """No link, picture, element, heading or cell comes of a name: only what coopctl itself writes."""
    tokens = _tokens(outputs["markdown"])
    kinds = {token.type for token in tokens}
    assert kinds & {"link_open", "image", "html_block", "html_inline", "code_inline", "code_block", "fence"} == set()
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h2", "h3"]
    cells = 0
    for token in tokens:
        if token.type == "tr_open":
            cells = 0
        cells += token.type in ("td_open", "th_open")
        assert token.type != "tr_close" or cells == 7


def test_markdown_mentions_nobody_and_links_nowhere(coopctl: Coopctl, tmp_path: Path) -> None:
    """GitHub makes links of addresses and mentions without any markup; neither is left as it is."""
    _written(tmp_path / "pact", "judged", MARKUP)
    out = _checked(coopctl, "markdown", 1)
    assert re.findall(r"(?<![\w\\])@\w|https?://|www\.", out) == []


HOSTILE_PATHS = {
    "escape": "a\x1b[31mb",
    "command": f"a\n{COMMAND}",
    "bidi": "a\u202eb",
    "markup": "a|<b>[x](y)`z`@me",
    "percent": "a%0A::error::b,line=3:",
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("folder", HOSTILE_PATHS.values(), ids=HOSTILE_PATHS)
@pytest.mark.parametrize("target", ["90", "ninety"])
def test_paths_are_shown_harmless(target: str, folder: str, form: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """The names of folders come from pull requests too."""
    put(tmp_path / "all" / folder, changed("target: 90", f"target: {target}"))
    ended = coopctl("check", "all", "--output-format", form, *AS_OF)
    assert (ended.code, ended.err) == (0 if target == "90" else 2, "")
    assert _raw(form, ended.out) == []
    assert [line for line in _commands(ended.out) if form != "github" or not _is_own(line)] == []
    if form == "json":
        assert json.loads(ended.out)["agreements"][0]["path"] == f"all/{folder}/agreement.yaml"
    if form == "junit":
        assert ElementTree.fromstring(ended.out).tag == "testsuites"


def test_bidirectional_characters_that_stand_in_the_file_itself_are_shown(coopctl: Coopctl, tmp_path: Path) -> None:
    """The snippet shows the line with the override visible, and carets under the value."""
    put(tmp_path / "pact", changed("title: Delivery pact", "title: [Delivery \u202etcap]"))
    out = _checked(coopctl, "full", 2)
    shown = "[Delivery \\u202etcap]"
    assert f"3 | title: {shown}\n  |        {'^' * len(shown)}\n" in out
