"""What is measured, planned and paid for, as it was agreed: goals, KPIs, plan, budget, resources, risks."""

from collections.abc import Iterable
from fractions import Fraction

from coopctl.evaluate.numbers import HUNDRED, exact
from coopctl.evaluate.periods import days_of
from coopctl.model.kpis import Kpi, Range
from coopctl.model.plan import Allocation, BudgetLine, Milestone, Resource, Risk
from coopctl.model.scalars import PeriodKey, SignedPercent
from coopctl.report.building.actors import Actors
from coopctl.report.building.conditions import agreed, budget_conditions, kpi_conditions, milestone_conditions
from coopctl.report.building.setting import ReportSetting
from coopctl.report.terms import (
    AllocationTerm,
    BudgetTerm,
    DelayTerm,
    GoalTerm,
    InstalmentTerm,
    KpiTerm,
    MilestoneTerm,
    ResourceTerm,
    RiskTerm,
    TargetTerm,
    TriggerTerm,
)


def goal_terms(report: ReportSetting, actors: Actors) -> tuple[GoalTerm, ...]:
    """Return the goals."""
    kpis = report.agreement.kpis
    return tuple(
        GoalTerm(
            id=goal_id,
            statement=goal.statement,
            kpis=tuple(kpis[each].name or each for each in goal.kpis),
            owner=actors.maybe(goal.owner),
            due=report.speech.short_day(goal.due) if goal.due else "",
            priority=goal.priority,
        )
        for goal_id, goal in report.agreement.goals.items()
    )


def kpi_terms(report: ReportSetting, actors: Actors) -> tuple[KpiTerm, ...]:
    """Return the KPIs."""
    return tuple(_kpi(report, actors, kpi_id, kpi) for kpi_id, kpi in report.agreement.kpis.items())


def _kpi(report: ReportSetting, actors: Actors, kpi_id: str, kpi: Kpi) -> KpiTerm:
    baseline, speech = kpi.baseline, report.speech
    return KpiTerm(
        id=kpi_id,
        name=kpi.name or kpi_id,
        unit=kpi.unit,
        direction=kpi.direction,
        frequency=kpi.frequency.value,
        aggregation=kpi.aggregation,
        accumulation=kpi.accumulation,
        dimension=kpi.dimension,
        weight=str(kpi.weight) if kpi.weight is not None else "",
        baseline=agreed(report, baseline.value, kpi.unit) if baseline else "",
        baseline_date=speech.short_day(baseline.as_of) if baseline and baseline.as_of else "",
        baseline_source=(baseline.source or "") if baseline else "",
        targets=_targets(report, kpi),
        warn=kpi_conditions(report, kpi, "warn"),
        breach=kpi_conditions(report, kpi, "breach"),
        owner=actors.maybe(kpi.owner),
        benefits=actors.all(kpi.benefits or ()),
        source=kpi.source or "",
        report_within=report.duration(kpi.report_within),
        missing=kpi.missing,
    )


def _targets(report: ReportSetting, kpi: Kpi) -> tuple[TargetTerm, ...]:
    if not isinstance(kpi.target, dict):
        return (_target(report, kpi, None, kpi.target),)
    starts = report.setting.year_starts
    steps = sorted(kpi.target.items(), key=lambda step: days_of(step[0], starts).first)
    return tuple(_target(report, kpi, key, aim) for key, aim in steps)


def _target(report: ReportSetting, kpi: Kpi, since: PeriodKey | None, aim: object) -> TargetTerm:
    speech, change = report.speech, ""
    if isinstance(aim, Range):
        low, high = (agreed(report, end, kpi.unit) for end in (aim.min, aim.max))
        text = speech.say("%(low)s to %(high)s", low=low, high=high)
    elif isinstance(aim, SignedPercent):
        assert kpi.baseline is not None, "the model refuses a relative target without a baseline"
        text = agreed(report, exact(kpi.baseline.value) * (1 + exact(aim.value) / HUNDRED), kpi.unit)
        change = str(aim).replace("-", "−")
    else:
        text = agreed(report, Fraction(str(aim)), kpi.unit)
    return TargetTerm(since=speech.period(since) if since else "", text=text, change=change)


def milestone_terms(report: ReportSetting, actors: Actors) -> tuple[MilestoneTerm, ...]:
    """Return the milestones by due date."""
    plan = report.agreement.plan
    milestones = (plan.milestones if plan else {}).items()
    found = sorted(milestones, key=lambda item: (item[1].due, item[1].start or item[1].due))
    return tuple(_milestone(report, actors, each, milestone) for each, milestone in found)


def _milestone(report: ReportSetting, actors: Actors, milestone_id: str, milestone: Milestone) -> MilestoneTerm:
    speech, plan = report.speech, report.agreement.plan
    assert plan is not None
    phase = plan.phases[milestone.phase] if milestone.phase else None
    return MilestoneTerm(
        id=milestone_id,
        name=milestone.name or milestone_id,
        phase=(phase.name or milestone.phase or "") if phase else "",
        owner=actors.maybe(milestone.owner),
        benefits=actors.all(milestone.benefits or ()),
        start=speech.short_day(milestone.start) if milestone.start else "",
        due=speech.short_day(milestone.due),
        after=tuple(plan.milestones[each].name or each for each in milestone.after),
        buffer=report.duration(milestone.buffer),
        deliverable=milestone.deliverable or "",
        acceptance=milestone.acceptance or "",
        warn=milestone_conditions(report, milestone, "warn"),
        breach=milestone_conditions(report, milestone, "breach"),
    )


def delay_terms(milestones: Iterable[MilestoneTerm]) -> tuple[DelayTerm, ...]:
    """Return the conditions of milestones, each set of them once, with those that have it."""
    names: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for each in milestones:
        if each.warn or each.breach:
            names.setdefault((each.warn, each.breach), []).append(each.name)
    return tuple(
        DelayTerm(milestones=tuple(found), warn=warn, breach=breach) for (warn, breach), found in names.items()
    )


def budget_terms(report: ReportSetting, actors: Actors) -> tuple[BudgetTerm, ...]:
    """Return the budget lines."""
    return tuple(_line(report, actors, line_id, line) for line_id, line in report.agreement.budget.items())


def _line(report: ReportSetting, actors: Actors, line_id: str, line: BudgetLine) -> BudgetTerm:
    starts, phasing = report.setting.year_starts, line.phasing
    parts = () if phasing == "even" else sorted(phasing.items(), key=lambda part: days_of(part[0], starts).first)
    return BudgetTerm(
        id=line_id,
        name=line.name or line_id,
        party=actors.maybe(line.party),
        owner=actors.maybe(line.owner),
        amount=agreed(report, line.amount, report.agreement.currency or ""),
        phasing=tuple(
            InstalmentTerm(period=report.speech.period(key), amount=agreed(report, amount, _currency(report)))
            for key, amount in parts
        ),
        warn=budget_conditions(report, line.thresholds, "warn"),
        breach=budget_conditions(report, line.thresholds, "breach"),
    )


def _currency(report: ReportSetting) -> str:
    return report.agreement.currency or ""


def budget_total(report: ReportSetting) -> str:
    """Return the sum of the budget lines; nothing for fewer than two."""
    amounts = [exact(line.amount) for line in report.agreement.budget.values()]
    return agreed(report, sum(amounts, Fraction(0)), _currency(report)) if len(amounts) > 1 else ""


def resource_terms(report: ReportSetting, actors: Actors) -> tuple[ResourceTerm, ...]:
    """Return what the parties bring."""
    return tuple(_resource(report, actors, each, resource) for each, resource in report.agreement.resources.items())


def _resource(report: ReportSetting, actors: Actors, resource_id: str, resource: Resource) -> ResourceTerm:
    unit = resource.unit or ""
    return ResourceTerm(
        id=resource_id,
        name=resource.name or resource_id,
        kind=resource.kind,
        party=actors.maybe(resource.party),
        capacity=agreed(report, resource.capacity, unit) if resource.capacity is not None else "",
        allocations=tuple(_allocation(report, each, unit) for each in resource.allocations),
    )


def _allocation(report: ReportSetting, allocation: Allocation, unit: str) -> AllocationTerm:
    speech = report.speech
    return AllocationTerm(
        to=report.subject(allocation.to),
        amount=agreed(report, allocation.amount, unit),
        first=speech.short_day(allocation.from_) if allocation.from_ else "",
        last=speech.short_day(allocation.until) if allocation.until else "",
    )


def risk_terms(report: ReportSetting, actors: Actors) -> tuple[RiskTerm, ...]:
    """Return the risks."""
    return tuple(_risk(report, actors, risk_id, risk) for risk_id, risk in report.agreement.risks.items())


def _risk(report: ReportSetting, actors: Actors, risk_id: str, risk: Risk) -> RiskTerm:
    triggers = (each.rpartition(".") for each in dict.fromkeys(risk.triggers))
    return RiskTerm(
        id=risk_id,
        name=risk.name or risk_id,
        category=risk.category,
        likelihood=risk.likelihood,
        impact=risk.impact,
        owner=actors.maybe(risk.owner),
        triggers=tuple(TriggerTerm(name=report.subject(subject), level=level) for subject, _, level in triggers),
        response=risk.response or "",
        contingency=risk.contingency,
    )
