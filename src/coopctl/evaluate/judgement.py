"""The whole evaluation of one agreement at one date."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from coopctl.evaluate.budget import budget_verdict
from coopctl.evaluate.kpis import kpi_verdicts
from coopctl.evaluate.milestones import milestone_verdict
from coopctl.evaluate.numbers import exact
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.triggers import exit_triggers
from coopctl.evaluate.verdicts import Judgement, Score, Status, Verdict
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Ledger


def judge(agreement: Agreement, ledger: Ledger, as_of: date) -> Judgement:
    """Judge everything an agreement measures, as it was known at `as_of`.

    Raises `CalendarError` where business days are needed and the agreement's country is not known.
    """
    setting = Setting.of(agreement, ledger, as_of)
    by_kpi = {kpi_id: kpi_verdicts(setting, kpi_id) for kpi_id in agreement.kpis}
    verdicts = [verdict for each in by_kpi.values() for verdict in each]
    milestones = agreement.plan.milestones if agreement.plan else {}
    verdicts += [milestone_verdict(setting, each, milestone) for each, milestone in milestones.items()]
    verdicts += [budget_verdict(setting, each, line) for each, line in agreement.budget.items()]
    fired, waiting = exit_triggers(setting, by_kpi)
    return Judgement(
        as_of=as_of,
        term=setting.term,
        verdicts=tuple(verdicts),
        fired=fired,
        waiting=waiting,
        score=score(agreement.kpis, by_kpi),
        renewal_notice_by=_renewal_notice_by(setting),
    )


def score(kpis: Mapping[str, Kpi], verdicts: Mapping[str, Sequence[Verdict]]) -> Score:
    """Weighted mean of each KPI's latest attainment; excused and unfinished periods are passed over.

    Where no KPI has a weight all weigh the same; where some have, the others do not count.
    """
    weighted = any(kpi.weight is not None for kpi in kpis.values())
    total, weights, counted, without = Fraction(0), Fraction(0), 0, 0
    for kpi_id, kpi in kpis.items():
        weight = exact(kpi.weight) if kpi.weight is not None else Fraction(0 if weighted else 1)
        if not weight:
            continue
        latest = latest_judged(verdicts[kpi_id])
        if latest is None or latest.attainment is None:
            without += 1
            continue
        counted += 1
        weights += weight
        total += weight * latest.attainment
    return Score(total / weights if weights else None, counted, without)


def latest_judged(verdicts: Iterable[Verdict]) -> Verdict | None:
    """Return the last verdict that a figure led to and nobody excused."""
    found = None
    for verdict in verdicts:
        if verdict.is_judged and verdict.status is not Status.EXCUSED:
            found = verdict
    return found


def _renewal_notice_by(setting: Setting) -> date | None:
    renewal = setting.agreement.term.renewal
    if renewal is None or renewal.mode != "automatic" or renewal.notice is None:
        return None
    return setting.calendar.before(setting.term.last, renewal.notice)
