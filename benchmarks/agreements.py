"""Makes agreements of about 270 lines with 240 figures each; the same ones every time."""

from decimal import Decimal
from pathlib import Path

KPIS = 20
MONTHS = 12

_HEAD = """\
coopctl: 1
id: bench-{number}
title: Benchmark alliance {number}
version: 1.0.{number}
status: active
language: en
currency: CNY
timezone: Asia/Shanghai
calendar: {{weekend: [sat, sun], holidays: [2026-02-16, 2026-10-01], year_starts: 1}}
mode: alliance
purpose: Deliver customer projects faster and cheaper together.
scope: {{includes: [project delivery], excludes: [hardware], territories: [CN]}}
parties:
  north:
    name: Northwind Example Software Co., Ltd.
    address: "1 Example Road, Example City"
    business: Software development
    representative: {{name: Example Person, title: COO, email: coo@north.example}}
    notices: {{email: legal@north.example}}
  harbor:
    name: Harborline Example Logistics Ltd.
    business: Warehousing and delivery
    notices: {{email: legal@harbor.example}}
term:
  start: 2026-01-01
  end: 2026-12-31
  renewal: {{mode: automatic, for: 12 months, notice: 60 days}}
goals:
  faster-delivery:
    statement: Deliver projects 20 % faster within the term
    kpis: [kpi-01, kpi-02, kpi-03]
    owner: north
    due: 2026-12-31
    priority: 1
kpis:
"""

_KPI = """\
  kpi-{index:02}:
    name: Measured quantity {index}
    unit: {unit}
    direction: {direction}
    frequency: monthly
    aggregation: {aggregation}
    baseline: {{value: {baseline}, as_of: 2025-12-31, source: Log of 2025}}
    target: {target}
    thresholds: {{warn: {{off_by_more_than: 6%}}, breach: {{off_by_more_than: 10%}}}}
    owner: {owner}
    source: Monthly export
"""

_TAIL = """\
responsibilities:
  operating-data:
    task: Collect and publish operating data
    responsible: [north]
    accountable: harbor
    informed: [north]
    frequency: monthly
    standard: Complete by the tenth of the month
plan:
  milestones:
    kickoff: {name: Kick-off, owner: north, start: 2026-01-05, due: 2026-01-20}
    pilot:
      name: Pilot live
      owner: harbor
      start: 2026-02-01
      due: 2026-05-01
      after: [kickoff]
      thresholds: {warn: [{off_by_more_than: 5 days}, {off_by_more_than: 10%}]}
budget:
  marketing:
    name: Joint marketing
    party: north
    amount: 500000
    phasing: {2026-Q1: 100000, 2026-Q2: 150000, 2026-Q3: 150000, 2026-Q4: 100000}
    thresholds: {warn: {off_by_more_than: 10%}, breach: {off_by_more_than: 15%}}
risks:
  slow-delivery:
    likelihood: 2
    impact: 4
    owner: north
    triggers: [kpis.kpi-01.breach]
    contingency: [Ask the committee for a second team]
governance:
  bodies:
    committee: {name: Steering committee, members: [north, harbor], meets: monthly}
  escalation: [{to: north, within: 2 days}, {to: committee, within: 5 business days}]
exit:
  triggers:
    chronic-failure:
      when: {kpi: kpi-01, status: breach, consecutive: 3}
      right_of: [harbor]
      cure: 30 days
      notice: 30 days
"""


def write(folder: Path, count: int) -> tuple[int, int]:
    """Write so many agreements with their ledgers; return the lines and figures of one."""
    lines = figures = 0
    for number in range(1, count + 1):
        place = folder / f"agreement-{number:04}"
        (place / "actuals").mkdir(parents=True)
        text, ledger, figures = _agreement(number)
        (place / "agreement.yaml").write_text(text, "utf-8")
        (place / "actuals" / "2026.yaml").write_text(ledger, "utf-8")
        lines = text.count("\n")
    return lines, figures


def _agreement(number: int) -> tuple[str, str, int]:
    text = _HEAD.format(number=number)
    ledger = ["coopctl: actuals/1", "kpis:"]
    figures = 0
    for index in range(1, KPIS + 1):
        higher = index % 2 == 0
        text += _KPI.format(
            index=index,
            unit=("days", "points", "orders", "CNY")[index % 4],
            direction="higher-is-better" if higher else "lower-is-better",
            aggregation=("mean", "sum", "last")[index % 3],
            baseline=100,
            target="+10%" if higher else "-10%",
            owner="north" if higher else "harbor",
        )
        target = Decimal(110 if higher else 90)
        ledger.append(f"  kpi-{index:02}:")
        for month in range(1, MONTHS + 1):
            step = (number * 7 + index * 11 + month * 13) % 41
            off = Decimal(step - 32) / 2 if higher else Decimal(8 - step) / 2
            ledger.append(
                f"    2026-{month:02}: {{value: {target - off if higher else target + off}, "
                f"recorded: {_month_after(month)}-0{1 + step % 9}, by: north}}"
            )
            figures += 1
    ledger.append("milestones:\n  kickoff: {started: 2026-01-05, done: 2026-01-19}")
    ledger.append("  pilot: {started: 2026-02-02, done: 2026-05-0" + f"{1 + number % 9}}}")
    ledger.append("spend:\n  marketing: {2026-Q1: 98000, 2026-Q2: 151000, 2026-Q3: 149500, 2026-Q4: 104000}")
    return text + _TAIL, "\n".join(ledger) + "\n", figures


def _month_after(month: int) -> str:
    return f"2026-{month + 1:02}" if month < 12 else "2027-01"
