"""What every format says about the pairs of versions in `pairs/`, byte for byte."""

import json
import re
from pathlib import Path
from shutil import copytree

import pytest
from ruamel.yaml import YAML

from tests.commands.deals import cells
from tests.commands.schemas import problems
from tests.conftest import Coopctl
from tests.diff.golden import AS_OF, Golden, goldens, pairs

ENDS = {
    "nothing-changed": 0,
    "new-parts": 1,
    "old-version-broken": 2,
    "targets-reset": 1,
    "三方联运": 1,
}
every_pair = pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.name)


@pytest.mark.parametrize("golden", list(goldens()), ids=str)
def test_what_is_said(golden: Golden, coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copytree(golden.pair, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("COLUMNS", golden.columns)
    ended = coopctl(*golden.arguments)
    assert ended.out == golden.expected.read_text("utf-8")
    assert (ended.code, ended.err) == (ENDS[golden.pair.name], "")


@every_pair
@pytest.mark.parametrize("columns", [40, 71, 72, 80, 120])
def test_no_line_is_wider_than_the_paper(
    pair: Path, columns: int, coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copytree(pair, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = coopctl("diff", "base", "head", "--as-of", AS_OF, "--replay").out.splitlines()
    assert [line for line in lines if cells(line) > columns] == []


@every_pair
def test_the_columns_stand_below_each_other(
    pair: Path, coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copytree(pair, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("COLUMNS", "80")
    lines = coopctl("diff", "base", "head", "--as-of", AS_OF).out.splitlines()
    beside = [line.split(" | ")[0] for line in lines if " | " in line and line.startswith("  ")]
    of_findings = {"", *(str(number) for number in range(1000))}
    assert {cells(each) for each in beside if each.strip() not in of_findings} <= {39}


@every_pair
def test_the_document_keeps_to_its_schema(pair: Path, coopctl: Coopctl) -> None:
    document = json.loads((pair / "expected" / "document.json").read_text("utf-8"))
    assert problems(coopctl, "diff", document) == []


@every_pair
def test_the_entry_for_the_history_can_be_put_into_the_agreement(pair: Path, coopctl: Coopctl, tmp_path: Path) -> None:
    copytree(pair, tmp_path, dirs_exist_ok=True)
    entry = (pair / "expected" / "amendments.yaml").read_text("utf-8")
    if not entry:
        assert pair.name in ("nothing-changed", "old-version-broken")
        return
    agreement = tmp_path / "head" / "agreement.yaml"
    comment, pasted = entry.split("\n", 1)
    text = agreement.read_text("utf-8")
    before, after = (text, "") if "brackets" not in comment else (text[: text.rindex("]")], text[text.rindex("]") :])
    agreement.write_text(before + pasted + after, "utf-8")
    version = str(YAML(typ="safe", pure=True).load(agreement)["amendments"][-1]["version"])
    raised = re.sub("^version: .*", f"version: {version}", before, flags=re.MULTILINE)
    agreement.write_text(raised + pasted + after, "utf-8")
    (found,) = json.loads(coopctl("diff", "base", "head", "--as-of", AS_OF, "--output-format", "json").out)[
        "agreements"
    ]
    assert [each["code"] for each in found["findings"] if each["code"].startswith("VER")] == []
    assert found["head"]["version"] == version


def test_every_pair_is_known() -> None:
    assert sorted(ENDS) == [pair.name for pair in pairs()]
