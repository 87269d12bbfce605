"""Milestones, phases and budget lines of a report."""

from datetime import date

from coopctl.evaluate.forecast import budget_forecast
from coopctl.evaluate.numbers import decimals_of, exact
from coopctl.evaluate.stretch import belongs
from coopctl.evaluate.verdicts import Verdict
from coopctl.model.facts import MilestoneFacts
from coopctl.model.plan import Milestone
from coopctl.report.building.figures import Unit, forecast_view, percentage
from coopctl.report.building.setting import ReportSetting
from coopctl.report.view import BudgetView, MilestoneView, PhaseView


def milestone_views(report: ReportSetting) -> tuple[MilestoneView, ...]:
    """Return all milestones by due date."""
    plan = report.agreement.plan
    found = [_milestone(report, each, milestone) for each, milestone in (plan.milestones if plan else {}).items()]
    return tuple(sorted(found, key=lambda milestone: (milestone.due_date, milestone.start_date)))


def _milestone(report: ReportSetting, milestone_id: str, milestone: Milestone) -> MilestoneView:
    speech, plan = report.speech, report.agreement.plan
    assert plan is not None
    (verdict,) = report.by_subject[f"plan.milestones.{milestone_id}"]
    record = report.setting.ledger.milestones.get(milestone_id)
    facts = _known(record.facts if record else MilestoneFacts(), milestone, verdict, report.judgement.as_of)
    done = facts.done if verdict.done else None
    end = done or facts.forecast or milestone.due
    phase = plan.phases.get(milestone.phase) if milestone.phase else None
    return MilestoneView(
        id=milestone_id,
        name=milestone.name or milestone_id,
        phase=(phase.name or milestone.phase or "") if phase else "",
        owner=report.actor(milestone.owner),
        start=speech.short_day(milestone.start) if milestone.start else "",
        due=speech.short_day(milestone.due),
        due_in_full=speech.day(milestone.due),
        done=speech.short_day(done) if done else "",
        done_in_full=speech.day(done) if done else "",
        forecast=speech.short_day(facts.forecast) if facts.forecast and not done else "",
        forecast_in_full=speech.day(facts.forecast) if facts.forecast and not done else "",
        progress=f"{facts.progress.value}%" if facts.progress is not None and not done else "",
        status=verdict.status.value,
        days_late=int(verdict.variance) if verdict.variance is not None else None,
        deliverable=milestone.deliverable or "",
        acceptance=milestone.acceptance or "",
        after=tuple(plan.milestones[each].name or each for each in milestone.after),
        start_date=(milestone.start or milestone.due).isoformat(),
        due_date=milestone.due.isoformat(),
        end_date=max(end, milestone.start or end).isoformat(),
        in_time=belongs(verdict, report.days),
    )


def _known(facts: MilestoneFacts, milestone: Milestone, verdict: Verdict, as_of: date) -> MilestoneFacts:
    """Return what is recorded, without what nobody can have known yet: how far work is that begins later."""
    begins = facts.started or milestone.start
    if begins is None or begins <= as_of or verdict.forecasted:
        return facts
    return facts.model_copy(update={"progress": None, "forecast": None})


def phase_views(report: ReportSetting, milestones: tuple[MilestoneView, ...]) -> tuple[PhaseView, ...]:
    """Return the phases in order of time, each with its milestones."""
    plan = report.agreement.plan
    phases = sorted((plan.phases if plan else {}).items(), key=lambda item: (item[1].start, item[1].end))
    return tuple(
        PhaseView(
            id=phase_id,
            name=phase.name or phase_id,
            start=report.speech.short_day(phase.start),
            end=report.speech.short_day(phase.end),
            start_date=phase.start.isoformat(),
            end_date=phase.end.isoformat(),
            deliverables=phase.deliverables,
            milestones=tuple(each for each in milestones if plan and plan.milestones[each.id].phase == phase_id),
        )
        for phase_id, phase in phases
    )


def budget_views(report: ReportSetting) -> tuple[BudgetView, ...]:
    """Return every budget line as it stands at the end of the time of the report, or at the as-of date."""
    return tuple(_line(report, verdict) for verdict in report.judgement.verdicts if verdict.kind == "budget")


def _line(report: ReportSetting, verdict: Verdict) -> BudgetView:
    agreement, line = report.agreement, report.agreement.budget[verdict.id]
    currency = agreement.currency or ""
    figures = [figure.value for figure in verdict.figures if figure.value is not None]
    decimals = max(decimals_of(each) for each in (line.amount, *figures))
    unit = Unit(report.speech, currency, decimals, agreement.currency)
    bounds = verdict.target.bounds if verdict.target else None
    row = unit.telling(verdict.actual, bounds)
    forecast = budget_forecast(report.setting, verdict, report.day_of_budget)
    return BudgetView(
        id=verdict.id,
        name=verdict.name,
        party=report.actor(line.party or line.owner),
        amount=unit.figure(exact(line.amount)),
        phased=row.target(bounds),
        spent=row.figure(verdict.actual),
        variance=row.difference(verdict.variance),
        variance_percent=percentage(report.speech, verdict.variance_percent),
        status=verdict.status.value,
        stale=verdict.stale,
        recorded_through=report.speech.day(verdict.recorded_through) if verdict.recorded_through else "",
        forecast=forecast_view(forecast, unit) if forecast else None,
    )
