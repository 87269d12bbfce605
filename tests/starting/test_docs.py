"""What docs/starting.md shows is what happens."""

import re
import shlex
from pathlib import Path

import pytest

from coopctl.starting.kinds import KINDS, content
from tests.conftest import Coopctl, Ended
from tests.recording.pact import set_today

PAGE = (Path(__file__).parent.parent.parent / "docs" / "starting.md").read_text("utf-8")
SCREENS = re.findall(r"^```\n\$ coopctl (.*?)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
RECORDED = re.findall(r"^coopctl (record kpi .*)$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("today", ["2026-08-03", "2029-01-31"])
def test_the_page_leads_to_a_verdict(today: str, coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [command.split()[0] for command, _ in SCREENS] == ["init", "check"]
    (init, written), (check, verdict) = SCREENS
    assert coopctl(*shlex.split(init)).out == written
    monkeypatch.chdir("northstar")
    set_today(monkeypatch, today)
    assert [coopctl(*shlex.split(each)).code for each in RECORDED] == [0, 0]
    assert coopctl(*shlex.split(check)) == Ended(1, verdict, "")


def test_the_command_for_scripts_works(coopctl: Coopctl) -> None:
    (command,) = re.findall(r"^coopctl (init deals.*)$", PAGE, re.MULTILINE)
    assert coopctl(*shlex.split(command)).code == 0


@pytest.mark.parametrize("kind", KINDS)
def test_the_kpis_of_each_kind_are_listed(kind: str) -> None:
    (row,) = re.findall(rf"^\| `{kind}` \|.*$", PAGE, re.MULTILINE)
    listed = ", ".join(f"`{id_}`" for id_ in content(kind)["kpis"])
    assert f"| {listed} |" in row


def test_the_event_of_a_party_gives_the_other_the_right(coopctl: Coopctl) -> None:
    (command,) = re.findall(r"^coopctl (record event .*)$", PAGE, re.MULTILINE)
    assert coopctl("init", "--yes", "--from", "service").code == 0
    recorded = coopctl(*shlex.split(command))
    assert (recorded.code, recorded.err) == (0, "")
    assert "\nexit right: client may end the agreement: " in recorded.out
