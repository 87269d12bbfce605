"""`coopctl schema`: editors and programs see what coopctl sees."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands.deals import AS_OF, EXAMPLES, kpi, ledger, only_agreement, terms, write
from tests.commands.schemas import problems_of_yaml, schema
from tests.conftest import Coopctl

SCHEMAS = ("agreement", "ledger", "check")
AGREEMENTS = sorted(EXAMPLES.glob("*/agreement.yaml"))
LEDGERS = sorted(EXAMPLES.glob("*/actuals/*.yaml"))

every_schema = pytest.mark.parametrize("name", SCHEMAS)


@every_schema
def test_a_schema_is_valid_json_schema(name: str, coopctl: Coopctl) -> None:
    found = schema(coopctl, name)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["$id"]


def properties(part: object, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every property that a schema describes."""
    if isinstance(part, dict):
        for name, each in part.get("properties", {}).items() if isinstance(part.get("properties"), dict) else ():
            yield f"{path}.{name}", each
        for name, each in part.items():
            yield from properties(each, path if name in ("properties", "$defs") else f"{path}.{name}")
    elif isinstance(part, list):
        for each in part:
            yield from properties(each, path)


@every_schema
def test_every_property_has_a_description(name: str, coopctl: Coopctl) -> None:
    found = list(properties(schema(coopctl, name)))
    assert len(found) > 30
    assert [path for path, each in found if not each.get("description")] == []


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.parent.name)
def test_the_examples_keep_to_the_schema(path: Path, coopctl: Coopctl) -> None:
    assert problems_of_yaml(coopctl, "agreement", path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.parts[-3])
def test_the_ledgers_of_the_examples_keep_to_the_schema(path: Path, coopctl: Coopctl) -> None:
    assert problems_of_yaml(coopctl, "ledger", path.read_text("utf-8")) == []


def test_there_are_examples() -> None:
    assert len(AGREEMENTS) == len(LEDGERS) == 3


GOOD = terms(kpi())

BROKEN = {
    "unknown key": GOOD + "surprise: 1\n",
    "unknown key of a kpi": terms(kpi(surprise="1")),
    "unknown key of a threshold": terms(kpi(thresholds="{warn: {worse: 12}}")),
    "two comparators in a threshold": terms(kpi(thresholds="{warn: {worse_than: 12, off_by_more_than: 1}}")),
    "no threshold in a level": terms(kpi(thresholds="{warn: {}}")),
    "missing title": GOOD.replace('title: "A sample deal"\n', ""),
    "missing parties": GOOD.replace("parties:", "x-parties:"),
    "missing end of the term": GOOD.replace(", end: 2026-12-31", ""),
    "missing target": GOOD.replace("    target: 10\n", ""),
    "missing unit": GOOD.replace("    unit: days\n", ""),
    "wrong version of the language": GOOD.replace("coopctl: 1", "coopctl: 2"),
    "wrong direction": terms(kpi(direction="sideways")),
    "wrong frequency": terms(kpi(frequency="hourly")),
    "wrong aggregation": terms(kpi(aggregation="median")),
    "wrong status": GOOD + "status: asleep\n",
    "wrong day of the week": GOOD + "calendar: {weekend: [saturday]}\n",
    "list for a mapping": GOOD.replace("{north: {name: North Ltd.}, harbor: {name: Harbor Ltd.}}", "[north, harbor]"),
    "mapping for a text": GOOD.replace('"A sample deal"', "{en: A sample deal}"),
    "text for a list": GOOD + "actuals: figures.yaml\n",
    "text for a number": terms(kpi(target="ten")),
    "number in quotes": terms(kpi(target='"10"')),
    "duration without unit": terms(kpi(report_within="10")),
    "duration of an unknown unit": terms(kpi(report_within="10 fortnights")),
    "date of another form": GOOD.replace("end: 2026-12-31", "end: 31.12.2026"),
    "step that is no period": terms(kpi(target="{2026-13-01x: 10}")),
    "one party": GOOD.replace(", harbor: {name: Harbor Ltd.}", ""),
    "text for a flag": GOOD
    + "communication: {sharing: {orders: {content: Orders, from: north, to: [harbor], confidential: maybe}}}\n",
    "weight that is no number": terms(kpi(weight="heavy")),
    "precision that is no whole number": terms(kpi(precision="1.5")),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_what_coopctl_refuses_the_schema_refuses_too(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, text)
    assert only_agreement(coopctl, tmp_path)["status"] == "invalid"
    assert problems_of_yaml(coopctl, "agreement", text) != []


GOOD_FACTS = ledger({"days": {"2026-01": "10"}})

BROKEN_FACTS = {
    "unknown section": GOOD_FACTS + "surprise: 1\n",
    "unknown key of a figure": ledger({"days": {"2026-01": "{value: 10, surprise: 1}"}}),
    "missing version": GOOD_FACTS.replace("coopctl: actuals/1\n", ""),
    "wrong version": GOOD_FACTS.replace("actuals/1", "actuals/2"),
    "wrong status": ledger({"days": {"2026-01": "{value: 10, status: guessed}"}}),
    "text for a figure": ledger({"days": {"2026-01": "ten"}}),
    "figure in quotes": ledger({"days": {"2026-01": '"10"'}}),
    "key that is no period": ledger({"days": {"January": "10"}}),
    "spend without a value": ledger({}, "spend: {travel: {2026-01: {recorded: 2026-02-01}}}\n"),
    "event without a date": ledger({}, "events: [{kind: incident}]\n"),
    "action without what is done": ledger({}, "actions: [{date: 2026-02-01, about: kpis.days}]\n"),
    "wrong cause": ledger({}, "actions: [{date: 2026-02-01, about: kpis.days, do: x, cause: weather}]\n"),
    "waiver without a date": ledger({}, "waivers: [{about: kpis.days@2026-01, approved_by: [north, harbor]}]\n"),
    "progress without per cent": ledger({}, "milestones: {pilot: {progress: 60}}\n"),
}


@pytest.mark.parametrize("text", BROKEN_FACTS.values(), ids=BROKEN_FACTS)
def test_what_coopctl_refuses_in_a_ledger_the_schema_refuses_too(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    more = "plan: {milestones: {pilot: {due: 2026-03-01}}}\nbudget: {travel: {amount: 3650}}\n"
    write(tmp_path, terms(kpi(), more=more), text)
    assert only_agreement(coopctl, tmp_path)["status"] == "invalid"
    assert problems_of_yaml(coopctl, "ledger", text) != []


OWN_KEYS = {
    "at the top": GOOD + "x-our: {anything: [1, two, {three: 4}]}\n",
    "in a kpi": terms(kpi(**{"x-colour": "blue"})),
    "among the kpis": terms(kpi("days"), kpi("x-other")),
    "in a party": GOOD.replace("{name: North Ltd.}", "{name: North Ltd., x-vat: NL123}"),
    "among the parties": GOOD.replace("parties: {", "parties: {x-broker: nobody, "),
    "in the term": GOOD.replace("end: 2026-12-31", "end: 2026-12-31, x-signed: yes"),
    "in thresholds": terms(
        kpi(thresholds="{x-why: habit, warn: {worse_than: 12, x-by: us}, breach: {worse_than: 15}}")
    ),
}


@pytest.mark.parametrize("text", OWN_KEYS.values(), ids=OWN_KEYS)
def test_own_keys_pass_in_both(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, text, GOOD_FACTS)
    found = only_agreement(coopctl, tmp_path)
    assert (found["status"], found["findings"]) == ("met", [])
    assert problems_of_yaml(coopctl, "agreement", text) == []


OWN_FACTS = {
    "at the top": GOOD_FACTS + "x-our: {anything: [1, two]}\n",
    "in a figure": ledger({"days": {"2026-01": "{value: 10, x-sheet: B7}"}}),
    "among the periods": ledger({"days": {"2026-01": "10", "x-2026-02": "nothing yet"}}),
    "in an event": GOOD_FACTS + "events: [{date: 2026-02-01, kind: incident, x-ticket: 12}]\n",
}


@pytest.mark.parametrize("text", OWN_FACTS.values(), ids=OWN_FACTS)
def test_own_keys_pass_in_a_ledger_in_both(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, GOOD, text)
    found = only_agreement(coopctl, tmp_path)
    assert (found["status"], found["findings"]) == ("met", [])
    assert problems_of_yaml(coopctl, "ledger", text) == []


PASSING = {
    "ids of any script": terms(kpi("客户满意度")),
    "steps": terms(kpi(target="{2026-01: 10, 2026-Q2: 11, 2026-H2: 12}")),
    "relative target": terms(kpi(target="-20%", baseline="{value: 20}")),
    "lists of thresholds": terms(kpi(thresholds="{warn: [{worse_than: 12}, {off_by_at_least: 10%}]}")),
    "a renewal": GOOD.replace("end: 2026-12-31", "end: 2026-12-31, renewal: {mode: automatic, for: 1 year}"),
}


@pytest.mark.parametrize("text", PASSING.values(), ids=PASSING)
def test_what_coopctl_reads_the_schema_accepts(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, text)
    assert only_agreement(coopctl, tmp_path)["status"] != "invalid"
    assert problems_of_yaml(coopctl, "agreement", text) == []


def test_an_unknown_schema_names_the_known_ones(coopctl: Coopctl) -> None:
    ended = coopctl("schema", "agrement")
    assert (ended.code, ended.out) == (2, "")
    assert all(name in ended.err for name in SCHEMAS)


def test_the_sample_of_these_tests_is_sound(coopctl: Coopctl, tmp_path: Path) -> None:
    """What is broken above is broken by the one change that its name says."""
    write(tmp_path, GOOD, GOOD_FACTS)
    assert coopctl("check", "--as-of", AS_OF).code == 0
    assert problems_of_yaml(coopctl, "agreement", GOOD) == []
    assert problems_of_yaml(coopctl, "ledger", GOOD_FACTS) == []
