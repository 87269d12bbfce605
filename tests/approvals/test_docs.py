"""What docs/approvals.md shows works as it is shown."""

import re
from pathlib import Path

from markdown_it import MarkdownIt
from pathspec import GitIgnoreSpec
from ruamel.yaml import YAML

from coopctl.changes.approvals.kinds import APPROVAL_KINDS, APPROVAL_PAGES
from coopctl.changes.approvals.reading import read_approvals
from coopctl.rules.manual import manual_of
from tests.approvals.samples import put
from tests.commands.deals import ROOT
from tests.conftest import Coopctl

PAGE = (ROOT / "docs" / "approvals.md").read_text("utf-8")
BLOCKS = [each.content for each in MarkdownIt().parse(PAGE) if each.type == "fence"]


def block(beginning: str) -> str:
    """Return the one block that begins so."""
    (found,) = [each for each in BLOCKS if each.startswith(beginning)]
    return found


def test_the_file_of_approvals_is_one(tmp_path: Path) -> None:
    put(tmp_path, {"approvals/1.3.0.harbor.yaml": block("coopctl: approvals/1")})
    read = read_approvals("agreement.yaml")
    assert read.findings == ()
    assert [each.approval.by for each in read.entries] == ["Ann Example"]


def test_every_kind_of_finding_is_listed() -> None:
    rows = re.findall(r"^\| (APR\d{3}) \| (\S+) \| (\S+) \|", PAGE, re.MULTILINE)
    assert rows == [(each.code, each.name, each.severity.value) for each in APPROVAL_KINDS]


def test_every_kind_of_finding_has_a_page() -> None:
    assert set(APPROVAL_PAGES) == {each.code for each in APPROVAL_KINDS}
    pages = [manual_of(each) for each in APPROVAL_PAGES.values()]
    assert all(page.why.endswith(".") and page.remedy.endswith(".") for page in pages)


def test_the_digest_is_that_of_the_example(coopctl: Coopctl) -> None:
    digest = coopctl("digest", ROOT / "examples" / "delivery-alliance").out.split()[0]
    assert PAGE.count(digest) == 2


def test_code_owners_are_asked_for_their_own_files() -> None:
    lines = [line.split() for line in block("# The agreement").splitlines() if line.startswith("/")]

    def owner(path: str) -> str:
        return [team for pattern, team in lines if GitIgnoreSpec.from_lines([pattern]).match_file(path)][-1]

    assert owner("northstar/agreement.yaml") == "@example/contracts-office"
    assert owner("northstar/approvals/1.3.0.yaml") == "@example/contracts-office"
    assert owner(".github/CODEOWNERS") == "@example/contracts-office"
    assert owner("northstar/approvals/1.3.0.north.yaml") == "@example/north-signatories"
    assert owner("northstar/approvals/1.3.0.harbor.yaml") == "@example/harbor-signatories"
    assert owner("northstar/approvals/1.3.0.north.yml") == "@example/north-signatories"
    assert owner("northstar/approvals/1.3.0.harbor.yml") == "@example/harbor-signatories"


def test_the_workflow_is_yaml_and_fetches_the_history() -> None:
    (job,) = YAML(typ="safe").load(block("name: changes"))["jobs"].values()
    assert job["steps"][0]["with"]["fetch-depth"] == 0
    assert "--fail-on material" in job["steps"][-1]["run"]
