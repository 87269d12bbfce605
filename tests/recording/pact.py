"""One agreement with a ledger to record into, and a day on which it is done."""

import difflib
from datetime import datetime, tzinfo
from pathlib import Path

import pytest

AGREEMENT = """\
coopctl: 1
id: pact
title: Pact
version: 1.0.0
currency: CNY
parties: {north: {name: North Example Ltd.}, harbor: {name: Harbor Example Ltd.}}
term: {start: 2026-01-01, end: 2026-12-31}
kpis:
  csat:
    {name: Satisfaction, unit: "%", direction: higher-is-better, frequency: monthly, aggregation: mean, target: 90,
     thresholds: {warn: {worse_than: 88}, breach: {worse_than: 85}}, owner: north}
  on-time: {name: On time, unit: "%", direction: higher-is-better, frequency: monthly, aggregation: ratio, target: 95}
  price:
    {name: Price, unit: CNY, direction: lower-is-better, frequency: monthly, aggregation: weighted-mean, target: 10}
  客户数: {name: 客户数, unit: 家, direction: higher-is-better, frequency: quarterly, aggregation: last, target: 40}
plan:
  milestones:
    pilot: {name: Pilot live, owner: harbor, start: 2026-02-01, due: 2026-05-01}
budget:
  marketing: {name: Joint marketing, party: north, amount: 120000}
exit:
  triggers:
    chronic: {when: {kpi: csat, status: breach, consecutive: 2}, right_of: [harbor], notice: 30 days}
    insolvency: {when: {event: insolvency}, right_of: [north], notice: 0 days}
"""
LEDGER = """\
coopctl: actuals/1
# what the survey says
kpis:
  csat:
    2026-03: 91.0   # by mail
    2026-04: {value: 90, recorded: 2026-05-04, by: cy}
    2026-05: {value: 84, recorded: 2026-06-03, by: cy}

milestones:
  pilot: {started: 2026-02-03}
"""


def put(folder: Path, ledger: str | None = LEDGER, agreement: str = AGREEMENT) -> Path:
    """Write the agreement and its ledger; return the ledger's file."""
    (folder / "agreement.yaml").write_text(agreement, "utf-8")
    file = folder / "actuals" / "2026.yaml"
    if ledger is not None:
        file.parent.mkdir()
        file.write_text(ledger, "utf-8")
    return file


def set_today(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """Let the command line take a day for today."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls.fromisoformat(f"{day}T12:00:00").replace(tzinfo=tz)

    monkeypatch.setattr("coopctl.cli.options.datetime", Clock)


def changed(file: Path, before: str = LEDGER) -> list[str]:
    """Lines that went and came, in order."""
    after = file.read_text("utf-8")
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line.rstrip("\n") for line in lines if line[0] in "+-"]
