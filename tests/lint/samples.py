"""An agreement in which nothing is found, ways to put faults into it, and looks into what the linter says."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.bad_input.samples import changed, content
from tests.commands.deals import EXAMPLE_DATES, EXAMPLES, text_at
from tests.conftest import Coopctl, Ended

__all__ = ["EXAMPLES", "EXAMPLE_DATES", "changed", "content", "text_at"]

AS_OF = "2026-01-15"
"""The first month is running, so that no figure is due."""

FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown")

QUIET = """\
coopctl: 1
id: pact
title: Delivery pact
version: 1.0.0
currency: CNY
parties:
  north: {name: Northstar Example Ltd., notices: {email: legal@north.example}}
  harbor: {name: Harbor Example Ltd., notices: {email: legal@harbor.example}}
term: {start: 2026-01-01, end: 2026-12-31}
goals:
  service: {statement: Raise the score from 85 to 90, kpis: [csat, delay], owner: north, due: 2026-12-31}
kpis:
  csat:
    unit: points
    direction: higher-is-better
    frequency: monthly
    aggregation: mean
    target: 90
    thresholds: {breach: {worse_than: 80}}
    owner: north
    source: Survey
  delay:
    unit: days
    direction: lower-is-better
    frequency: monthly
    aggregation: mean
    target: 10
    thresholds: {breach: {worse_than: 15}}
    owner: harbor
    source: Tracker
governance:
  bodies:
    board: {name: Board, members: [north, harbor]}
  escalation: [{to: board, within: 5 days}]
  reviews: {frequency: monthly}
liability: {cap: 500000}
disputes: {law: PRC, ladder: [{step: negotiation, within: 30 days}, {step: court, body: Example court}]}
exit:
  triggers:
    convenience: {when: anytime, right_of: [north, harbor], notice: 60 days}
    ruin: {when: {event: insolvency}, right_of: [north, harbor], notice: 0 days}
  wind_down:
    - {do: Return or destroy the other side's data, owner: north, within: 30 days}
    - {do: Final settlement, owner: harbor, within: 60 days}
"""
"""Nothing is found in it at `AS_OF`."""

SOURCE = "    source: Survey\n"
GOAL_DUE = ", due: 2026-12-31}"
FACTS = "coopctl: actuals/1\nkpis:\n  csat: {2026-01: 91}\n"


def without_source(text: str = QUIET) -> str:
    """Take a line away: one warning, KPI002, at `csat` in line 13."""
    return changed(SOURCE, "", text)


def with_error(text: str = QUIET) -> str:
    """Let a share be wrong: one error, MNY001."""
    shares = "economics: {cost_sharing: {north: 60%, harbor: 50%}, payment: {frequency: monthly, within: 30 days}}\n"
    return changed("\nliability:", f"\n{shares}liability:", text)


def with_remark(text: str = QUIET) -> str:
    """Turn keys round: one remark, STY001, which can be mended."""
    return changed("liability: {cap: 500000}\n", "liability:\n  cap: 500000\n  breach: Repair\n", text)


def put(folder: Path, agreement: str | bytes = QUIET, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write an agreement and files beside it, byte for byte; return the agreement's file."""
    for name, text in {"agreement.yaml": agreement, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder / "agreement.yaml"


def lint(coopctl: Coopctl, *arguments: str | Path, form: str = "concise", as_of: str = AS_OF) -> Ended:
    """Lint in this process."""
    ended: Ended = coopctl("lint", *arguments, "--as-of", as_of, "--output-format", form)
    return ended


def lines(coopctl: Coopctl, *arguments: str | Path) -> list[str]:
    """Return what is found, one line each, without the summary; nothing goes to standard error."""
    ended = lint(coopctl, *arguments)
    assert ended.err == ""
    return ended.out.splitlines()[:-1]


def codes(coopctl: Coopctl, *arguments: str | Path) -> list[str]:
    """Return the codes of what is found, in order."""
    return [line.split(": ", 1)[1].split(" ", 1)[0] for line in lines(coopctl, *arguments)]


def places(coopctl: Coopctl, *arguments: str | Path) -> list[str]:
    """Return `file:line:column CODE` of what is found, in order."""
    return [
        f"{place} {rest.split(' ', 1)[0]}"
        for place, rest in (each.split(": ", 1) for each in lines(coopctl, *arguments))
    ]


def document(coopctl: Coopctl, *arguments: str | Path, as_of: str = AS_OF) -> dict[str, Any]:
    """Return the JSON that the linter prints."""
    found = json.loads(lint(coopctl, *arguments, form="json", as_of=as_of).out)
    assert isinstance(found, dict)
    return found


def findings(coopctl: Coopctl, *arguments: str | Path, as_of: str = AS_OF) -> list[dict[str, Any]]:
    """Return the findings of all agreements."""
    found = document(coopctl, *arguments, as_of=as_of)
    return [each for agreement in found["agreements"] for each in agreement["findings"]]


def summary(coopctl: Coopctl, *arguments: str | Path) -> str:
    """Return the last line for people."""
    return lint(coopctl, *arguments).out.splitlines()[-1]
