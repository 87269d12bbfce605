"""What a verdict says, in sentences for the manager who has to act."""

from collections import Counter
from collections.abc import Iterable

from coopctl.evaluate.numbers import shown
from coopctl.evaluate.verdicts import Crossing, FiredTrigger, PendingTrigger, Score, Status, Verdict
from coopctl.findings import Finding
from coopctl.gate import Gate
from coopctl.model.agreement import Agreement
from coopctl.model.scalars import Duration, Percent
from coopctl.output.figures import (
    difference,
    shown_percent,
    shown_target,
    unit_and_decimals,
    with_unit,
)
from coopctl.places import Path
from coopctl.rules.topics.signatures import signing

_CONSEQUENCE = {"breach": "a breach", "warn": "a warning"}


def title_of(verdict: Verdict) -> str:
    """Name what was judged: `Average delivery cycle in 2026-03`."""
    return f"{verdict.name} in {verdict.period.key}" if verdict.period else verdict.name


def name_of(verdict: Verdict) -> str:
    """Dotted name with its period, as `explain` takes it: `kpis.csat@2026-03`."""
    return f"{verdict.subject}@{verdict.period.key}" if verdict.period else verdict.subject


def statement(agreement: Agreement, verdict: Verdict) -> str:
    """Say how a thing stands, with its figures."""
    if verdict.kind == "milestone":
        return _milestone(verdict)
    if verdict.actual is None:
        return _without_figure(verdict)
    unit, decimals = unit_and_decimals(agreement, verdict)
    assert verdict.target is not None and verdict.variance is not None
    actual = with_unit(shown(verdict.actual, decimals), unit)
    size = difference(shown(abs(verdict.variance), decimals), unit)
    percent = f" ({shown_percent(abs(verdict.variance_percent))})" if verdict.variance_percent else ""
    target = with_unit(shown_target(verdict.target, decimals), unit)
    if verdict.kind == "budget":
        over = "over" if verdict.variance > 0 else "under"
        return f"{actual} spent, {size} {over} the budget to date of {target}{percent}"
    if verdict.favourable:
        return f"{actual} reaches the target of {target}"
    return f"{actual} misses the target of {target} by {size}{percent}"


def _milestone(verdict: Verdict) -> str:
    if verdict.variance is None or verdict.actual_date is None:
        return f"due {verdict.due}"
    late = int(verdict.variance)
    if late <= 0:
        early = f", {-late} day{'' if late == -1 else 's'} before {verdict.due}" if late else ", on its due date"
        return f"done {verdict.actual_date}{early}"
    percent = f", {shown_percent(verdict.variance_percent)} of its window" if verdict.variance_percent else ""
    days = f"{late} day{'' if late == 1 else 's'} late{percent}"
    if verdict.forecasted:
        return f"forecast for {verdict.actual_date}: {days} (due {verdict.due})"
    return f"{days}: due {verdict.due}, " + (
        f"done {verdict.actual_date}" if verdict.done else f"not done by {verdict.actual_date}"
    )


def _without_figure(verdict: Verdict) -> str:
    if verdict.kind == "budget":
        return f"no spend recorded; the first was due by {verdict.due}" if verdict.due else "nothing budgeted yet"
    if verdict.running:
        return "no figure yet; the period is still running"
    if Status.MISSING in (verdict.status, verdict.excused_from):
        return f"no figure; it was due by {verdict.due}"
    return f"no figure yet; it is due by {verdict.due}"


def reason(agreement: Agreement, verdict: Verdict, gate: Gate) -> str:
    """Say which condition fired, as the agreement states it, or what a missing figure counts as in this run."""
    if verdict.status is Status.MISSING:
        weight = gate.weight_of(verdict)
        return (
            f"a missing figure counts as {_CONSEQUENCE[weight]} here" if weight else "missing figures are ignored here"
        )
    return condition(agreement, verdict, verdict.fired) if verdict.fired else ""


def condition(agreement: Agreement, verdict: Verdict, crossing: Crossing) -> str:
    """Put a threshold into words: `worse than 18 days is a breach`."""
    unit, decimals = unit_and_decimals(agreement, verdict)
    words = crossing.threshold.comparator.replace("_", " ")
    limit = crossing.threshold.limit
    if isinstance(limit, Duration):
        amount = str(limit)
    elif isinstance(limit, Percent):
        amount = f"{limit} ({difference(_limit(crossing, decimals), unit)})"
    elif crossing.threshold.is_level:
        amount = with_unit(_limit(crossing, decimals), unit)
    else:
        amount = difference(_limit(crossing, decimals), unit)
    return f"{words} {amount} is {_CONSEQUENCE[crossing.level]}"


def _limit(crossing: Crossing, decimals: int) -> str:
    """Write a limit with as many more decimals, up to six, as it takes to write it out."""
    while decimals < 6 and (crossing.limit * 10**decimals).denominator != 1:
        decimals += 1
    return shown(crossing.limit, decimals)


def remedy(verdict: Verdict) -> str:
    """Say what to do about a figure that is not there."""
    if verdict.status is not Status.MISSING:
        return ""
    if verdict.kind == "budget":
        return "record what was spent under spend: in actuals/; 0 if nothing was"
    assert verdict.period is not None
    return f"record {verdict.id} for {verdict.period.key} in actuals/, or agree on a waiver for the period"


def remarks(verdict: Verdict) -> list[str]:
    """Say what a reader has to know about a figure besides its size."""
    found = []
    if verdict.provisional:
        found.append("provisional: it fires no exit right")
    if verdict.restated:
        found.append(f"restated: {len(verdict.superseded)} earlier figure{_s(len(verdict.superseded))} replaced")
    if verdict.incomplete:
        found.append("incomplete: it counts from the term's start, and an earlier period has no figure")
    if verdict.stale:
        found.append(
            f"spend is recorded only through {verdict.recorded_through}: record what was spent since, 0 if nothing was"
        )
    if verdict.partial and verdict.period is not None:
        found.append(
            f"partial period: {verdict.period.days.length} of {verdict.period.whole.length} days are in the term"
        )
    return found


def clause_of(verdict: Verdict) -> Path:
    """Where the clause stands that decided a verdict: the threshold that fired, else the target."""
    if verdict.fired is not None:
        return (*verdict.path, "thresholds", verdict.fired.level, verdict.fired.position)
    if verdict.status is Status.MISSING or verdict.excused_from is Status.MISSING:
        return (*verdict.path, "report_within")
    if verdict.kind == "milestone":
        return (*verdict.path, "due")
    return verdict.target.path if verdict.target else verdict.path


def fired_name(verdict: Verdict) -> str | None:
    """Dotted name of the threshold that fired."""
    return f"{verdict.subject}.thresholds.{verdict.fired.level}" if verdict.fired else None


def trigger_statement(fired: FiredTrigger) -> str:
    """Say what happened, whose right it is and which dates follow."""
    who = " and ".join(fired.right_of)
    because = f"after {', '.join(period.key for period in fired.periods)}" if fired.periods else "by a recorded event"
    return f"{who} may end the agreement: the right arose on {fired.arose}, {because}"


def trigger_dates(fired: FiredTrigger) -> list[str]:
    """Say until when things can be cured and when the agreement can end."""
    start = (
        f"notice was given on {fired.notice_given}"
        if fired.notice_given
        else f"if notice is given on {fired.counted_from}"
    )
    dates = []
    if fired.cure is not None:
        dates.append(f"cure within {fired.cure}: by {fired.cure_until}")
    if fired.notice is not None:
        dates.append(f"notice of {fired.notice}: until {fired.notice_until}")
    dates.append(f"the agreement can end on {fired.ends_on}")
    return [f"{start}: {'; '.join(dates)}"] if fired.ends_on else []


def is_near(waiting: PendingTrigger) -> bool:
    """Whether a right is one step away, or would be but for a figure that is not there."""
    return bool(waiting.broken) or (waiting.reached > 0 and waiting.reached >= waiting.needed - 1)


def near_statement(waiting: PendingTrigger) -> str:
    """Say how near a right to end the agreement is."""
    gaps = ", ".join(period.key for period in waiting.unrecorded)
    if waiting.broken:
        counted = f"{waiting.broken} of the {waiting.needed} periods in a row"
        return f"{counted} that give a right to end the agreement, then no figure for {gaps}, which breaks the run"
    text = f"{waiting.reached} of the {waiting.needed} periods that give a right to end the agreement"
    return f"{text}; no figure for {gaps}" if gaps else text


_COUNTED = (
    (Status.BREACH, "breach", "breaches"),
    (Status.MISSING, "missing", "missing"),
    (Status.WARN, "warning", "warnings"),
    (Status.OFF_TARGET, "off target", "off target"),
    (Status.MET, "met", "met"),
    (Status.EXCUSED, "excused", "excused"),
    (Status.PENDING, "pending", "pending"),
)


def counts(statuses: Counter[Status], triggered: int) -> list[tuple[Status, str]]:
    """Say how many verdicts there are of each status, worst first, leaving out what there is none of."""
    found = [
        (status, f"{statuses[status]} {one if statuses[status] == 1 else many}")
        for status, one, many in _COUNTED
        if statuses[status]
    ]
    if triggered:
        found.insert(0, (Status.BREACH, f"{triggered} exit right{_s(triggered)}"))
    return found


def score_statement(score: Score) -> str:
    """Say the score and what it leaves out."""
    if score.value is None:
        return ""
    without = f", {score.without_figure} without a figure" if score.without_figure else ""
    return f"score {shown(score.value, 1)} of 100 over {score.counted} KPI{_s(score.counted)}{without}"


def signed_statement(agreement: Agreement, findings: Iterable[Finding]) -> str:
    """Say in one line which of the parties signed other terms, what and when, by the findings that say so."""
    found = {each.subject for each in findings}
    signed = agreement.signatures.items()
    told = [signing(party, each) for party, each in signed if f"signatures.{party}.digest" in found]
    return f"the terms have changed since {' and '.join(told)}"


def _s(number: int) -> str:
    return "" if number == 1 else "s"
