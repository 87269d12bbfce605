"""What the page about writing shows is what happens."""

import re
from pathlib import Path

from coopctl.drafts.values import Entry, Plain
from coopctl.drafts.yaml_draft import YamlDraft
from coopctl.locking import LONGEST_WAIT

PAGE = (Path(__file__).parents[2] / "docs" / "writing.md").read_text("utf-8")


def test_the_change_that_the_page_shows() -> None:
    found = re.search("```diff\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    lines = found[1].splitlines(keepends=True)
    draft = YamlDraft("ledger.yaml", "".join(each[1:] for each in lines if each[0] != "+"))
    draft.append(("kpis", "csat", "2026-05"), Entry(value=Plain("91.5"), recorded=Plain("2026-07-03"), by="Ann Lee"))
    draft.put(("kpis", "csat", "2026-06"), Entry(value=Plain("92")))
    assert draft.text == "".join(each[1:] for each in lines if each[0] != "-")


def test_how_long_a_run_waits() -> None:
    assert f"up to {LONGEST_WAIT:g} seconds" in PAGE
