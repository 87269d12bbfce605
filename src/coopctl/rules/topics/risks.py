"""Rules about risks."""

from collections.abc import Iterator
from typing import Final

from coopctl.findings import Severity
from coopctl.model.agreement import Agreement
from coopctl.model.plan import Risk
from coopctl.model.thresholds import DelayThresholds, Level, Thresholds
from coopctl.places import Path
from coopctl.rules.rule import Remark, Review, rule

_HIGH: Final = 12
"""Likelihood × impact from which on a risk is high: 3 × 4, 4 × 3 and above."""


def _high_risks(review: Review) -> Iterator[tuple[str, Risk, str]]:
    """Yield the high risks, each with how its score comes about."""
    for risk_id, risk in review.agreement.risks.items():
        likelihood, impact = risk.likelihood or 0, risk.impact or 0
        if likelihood * impact >= _HIGH:
            yield risk_id, risk, f"likelihood {likelihood} × impact {impact} = {likelihood * impact}"


@rule("RSK001", Severity.WARNING)
def high_risk_without_contingency(review: Review) -> Iterator[Remark]:
    """A high risk has no contingency.

    Why: A risk is high from likelihood × impact = 12 on. When it comes true, there is no time to agree what is done
    and who pays for it; that has to be written down before.

    Bad:
        risks: {strike: {likelihood: 3, impact: 4, owner: north}}

    Good:
        risks: {strike: {likelihood: 3, impact: 4, owner: north,
                         contingency: Book the second carrier within 2 days}}
    """
    for risk_id, risk, score in _high_risks(review):
        if not risk.contingency:
            yield Remark(
                ("risks", risk_id, "contingency"),
                f"{risk_id} is high ({score}) and has no contingency",
                "add contingency: [what is done, by whom, within how many days]",
            )


@rule("RSK002", Severity.WARNING)
def high_risk_without_owner(review: Review) -> Iterator[Remark]:
    """A high risk has nobody who watches it.

    Why: A risk is high from likelihood × impact = 12 on. One that nobody watches is noticed when it has come true
    (ISO 31000 asks for a risk owner).

    Bad:
        risks: {strike: {likelihood: 4, impact: 3,
                         contingency: Book the second carrier}}

    Good:
        risks: {strike: {likelihood: 4, impact: 3, owner: north,
                         contingency: Book the second carrier}}
    """
    for risk_id, risk, score in _high_risks(review):
        if risk.owner is None:
            yield Remark(
                ("risks", risk_id, "owner"),
                f"{risk_id} is high ({score}) and has no owner",
                f"add owner: {next(iter(review.agreement.parties))}, or the party or person who watches it",
            )


@rule("RSK003", Severity.ERROR)
def trigger_without_threshold(review: Review) -> Iterator[Remark]:
    """A risk waits for a threshold that does not exist, so its contingency is never called for.

    Why: The plan for the worst case looks complete and can never start. Nobody notices before the day on which it is
    needed.

    Bad:
        kpis:
          csat:
            unit: points
            direction: higher-is-better
            frequency: monthly
            aggregation: mean
            target: 92
            thresholds: {breach: {worse_than: 80}}
        risks: {unhappy: {triggers: [kpis.csat.warn],
                          contingency: Call every customer within 5 days}}

    Good:
        kpis:
          csat:
            unit: points
            direction: higher-is-better
            frequency: monthly
            aggregation: mean
            target: 92
            thresholds: {warn: {worse_than: 85}, breach: {worse_than: 80}}
        risks: {unhappy: {triggers: [kpis.csat.warn],
                          contingency: Call every customer within 5 days}}
    """
    for risk_id, risk in review.agreement.risks.items():
        places: dict[str, int] = {}
        for index, trigger in enumerate(risk.triggers):
            if places.setdefault(trigger, index) == index:
                yield from _idle_trigger(review, ("risks", risk_id, "triggers", index), trigger)


def _idle_trigger(review: Review, at: Path, trigger: str) -> Iterator[Remark]:
    """Yield what there is to say about one trigger: that its level does not exist, if so."""
    subject, _, level = trigger.rpartition(".")
    path = tuple(subject.split("."))
    known, thresholds = _thresholds_of(review.agreement, path)
    levels: tuple[Level, ...] = ("warn", "breach")
    stated = [each for each in levels if thresholds and thresholds.at(each)]
    if not known or level in stated or (level == "missing" and path[0] != "plan"):
        return
    others = " or ".join(f"{subject}.{each}" for each in stated)
    if level == "missing":
        message, label = f"{trigger} never happens: a milestone has a date and is late, not missing", "a milestone"
        remedy = f"write {others}" if others else f"write {subject}.warn, and add that threshold to the milestone"
    else:
        message, label = f"{subject} has no {level} threshold, so {trigger} never happens", f"without {level}:"
        remedy = f"add {level}: to its thresholds" + (f", or write {others}" if others else "")
    yield Remark(at, message, remedy, (((*path, "thresholds"), label),), f"risks.{at[1]}.triggers[{trigger}]")


def _thresholds_of(agreement: Agreement, path: tuple[str, ...]) -> tuple[bool, Thresholds | DelayThresholds | None]:
    """Return whether what is judged at a path is known, and its thresholds."""
    entry_id = path[-1]
    if path[0] == "kpis":
        kpi = agreement.kpis.get(entry_id)
        return kpi is not None, kpi.thresholds if kpi else None
    if path[0] == "budget":
        line = agreement.budget.get(entry_id)
        return line is not None, line.thresholds if line else None
    milestone = agreement.plan.milestones.get(entry_id) if agreement.plan else None
    return milestone is not None, milestone.thresholds if milestone else None
