"""An agreement that says something of everything, and small edits of it."""

import json
from pathlib import Path
from typing import Any, Final

from tests.conftest import Coopctl, Ended

AS_OF: Final = "2026-07-15"

DEAL: Final = """\
coopctl: 1
id: quay-and-crane
title: Quay and Crane alliance
version: 1.0.0
status: active
currency: EUR
parties:
  quay: {name: Quay Example Ports Ltd.}
  crane: {name: Crane Example Handling Ltd.}
term:
  start: 2026-09-01
  end: 2027-08-31
  renewal: {mode: automatic, for: 12 months, notice: 60 days}
goals:
  sooner: {statement: Turn ships round sooner, kpis: [turnaround], owner: crane, due: 2027-03-31}
kpis:
  turnaround:
    name: Hours in port
    unit: hours
    direction: lower-is-better
    frequency: monthly
    aggregation: mean
    baseline: {value: 20}
    target: -20%
    thresholds: {warn: {worse_than: 17}, breach: {worse_than: 18}}
    owner: crane
    benefits: [quay]
    report_within: 10 days
    missing: warn
    weight: 2
  load:
    unit: "%"
    direction: within-range
    frequency: monthly
    aggregation: mean
    target: {min: 75, max: 90}
    owner: quay
working_group:
  members:
    bo: {name: Bo Example, party: quay, role: project-manager}
    cy: {name: Cy Example, party: crane, role: finance-contact}
responsibilities:
  books: {task: Keep the books, responsible: [bo], accountable: quay, due: 2026-12-01}
plan:
  milestones:
    berth: {name: Second berth open, owner: quay, start: 2026-10-01, due: 2026-12-01, acceptance: First ship served,
            thresholds: {warn: {off_by_more_than: 5 days}}}
budget:
  dredging: {name: Dredging, party: quay, amount: 1200000}
resources:
  crew: {kind: people, party: crane, capacity: 1200, unit: fte}
risks:
  storm: {name: Storm, category: external, likelihood: 2, impact: 4, owner: bo, triggers: [kpis.turnaround.warn]}
communication:
  meetings:
    weekly: {name: Weekly review, frequency: weekly, chair: bo}
governance:
  bodies:
    board: {name: Joint board, members: [quay, crane]}
  escalation: [{to: working_group, within: 2 days}, {to: board, within: 5 days}]
  reviews: {frequency: quarterly, within: 15 days}
  change_control: {material: all-parties}
economics:
  cost_sharing: {quay: 60%, crane: 40%}
  revenue_sharing: {quay: 50%, crane: 50%}
  payment: {frequency: quarterly, within: 30 days}
confidentiality: {covers: [prices], survives: 3 years, on_exit: return}
liability: {breach: Compensate direct loss, cap: 500000}
disputes: {law: Law of Exampleland}
exit:
  triggers:
    slow: {name: Slow for long, when: {kpi: turnaround, status: breach, consecutive: 3}, right_of: [quay],
           cure: 30 days, notice: 60 days}
    often: {name: Slow too often, when: {kpi: turnaround, status: warn, count: 3, within: 6}, right_of: [quay]}
clauses:
  audit: {title: Open books, text: Either party may look.}
"""


def put(folder: Path, base: str, head: str) -> None:
    """Write two versions."""
    for name, text in (("base", base), ("head", head)):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "agreement.yaml").write_text(text, "utf-8")


def edited(*edits: tuple[str, str], text: str = DEAL) -> str:
    """Return an agreement with some of its text exchanged; each stands there once."""
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        text = text.replace(old, new)
    return text


def diff(coopctl: Coopctl, *options: str) -> Ended:
    """Compare the two versions in the current folder."""
    return coopctl("diff", "base", "head", "--as-of", AS_OF, *options)


def compared(coopctl: Coopctl, *options: str) -> dict[str, Any]:
    """Return what the JSON says about the only agreement."""
    (found,) = json.loads(diff(coopctl, "--output-format", "json", *options).out)["agreements"]
    assert isinstance(found, dict)
    return found
