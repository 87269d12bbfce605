"""An agreement, its verdicts and a language → everything that a template sees."""

from collections import Counter

from coopctl.evaluate.periods import Days, key_of
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.stretch import belongs
from coopctl.evaluate.verdicts import Judgement, Status
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import Ledger
from coopctl.model.parties import Party
from coopctl.model.scalars import PeriodKey
from coopctl.report.building.figures import part_of_all
from coopctl.report.building.kpis import goal_views, kpi_views
from coopctl.report.building.matters import (
    action_views,
    deadline_views,
    event_views,
    right_views,
    risk_views,
    warning_views,
)
from coopctl.report.building.plan import budget_views, milestone_views, phase_views
from coopctl.report.building.setting import ReportSetting, next_days
from coopctl.report.building.terms import terms_view
from coopctl.report.kinds import ReportKind
from coopctl.report.request import Request
from coopctl.report.speech import Speech
from coopctl.report.stretches import TERM, Reported
from coopctl.report.view import CountsView, PartyView, PeriodView, PersonView, ReportView


def report_view(
    agreement: Agreement,
    ledger: Ledger,
    judgement: Judgement,
    time: Reported,
    request: Request,
    speech: Speech,
) -> ReportView:
    """Return what the templates of a report see in one language."""
    setting = Setting.of(agreement, ledger, judgement.as_of)
    report = ReportSetting.of(setting, judgement, time, speech, request.pictures)
    kpis = kpi_views(report)
    milestones = milestone_views(report)
    budget = budget_views(report)
    warnings = warning_views(report)
    return ReportView(
        kind=request.kind.name,
        language=speech.tag,
        charts=request.pictures.drawing,
        empty=request.empty,
        id=agreement.id,
        title=agreement.title,
        version=agreement.version,
        as_of=speech.day(judgement.as_of),
        as_of_date=judgement.as_of.isoformat(),
        start=speech.day(agreement.term.start),
        end=speech.day(agreement.term.end),
        start_date=agreement.term.start.isoformat(),
        end_date=agreement.term.end.isoformat(),
        ended=agreement.term.end < judgement.as_of,
        purpose=agreement.purpose or "",
        vision=agreement.vision or "",
        period=_period(report, request.kind),
        parties=tuple(_party(report, each, party) for each, party in agreement.parties.items()),
        score=part_of_all(speech, judgement.score.value),
        score_counted=judgement.score.counted,
        score_without=judgement.score.without_figure,
        counts=_counts(report),
        goals=goal_views(report, kpis),
        kpis=kpis,
        phases=phase_views(report, milestones),
        milestones=milestones,
        timetable=request.pictures.timetable(speech.tag) if milestones else "",
        budget=budget,
        budget_as_of=speech.day(time.days.last if time.is_over(judgement.as_of) else judgement.as_of),
        warnings=warnings,
        actions=action_views(report),
        risks=risk_views(report),
        rights=right_views(report),
        events=event_views(report),
        deadlines=deadline_views(report),
        notes=report.notes.notes,
        terms=terms_view(report, empty=request.empty),
        has_figures=any(kpi.actual.text for kpi in kpis)
        or any(line.spent.text for line in budget)
        or any(milestone.done and milestone.in_time for milestone in milestones),
    )


def _period(report: ReportSetting, kind: ReportKind) -> PeriodView:
    time, speech, as_of = report.time, report.speech, report.judgement.as_of
    following = next_days(report)
    title = speech.period(time.key) if time.key else speech.say("the whole term")
    return PeriodView(
        key=time.key.text if time.key else TERM,
        title=title,
        first=speech.day(time.days.first),
        last=speech.day(time.days.last),
        over=time.is_over(as_of),
        partial=time.days != time.whole,
        usual=(time.key.kind if time.key else None) is kind.length,
        before=_title(report, time.before),
        year_before=_title(report, time.year_before),
        next=speech.period(_key(report, following)) if following and time.key else "",
    )


def _title(report: ReportSetting, time: Reported | None) -> str:
    return report.speech.period(time.key) if time is not None and time.key is not None else ""


def _key(report: ReportSetting, days: Days) -> PeriodKey:
    assert report.time.key is not None
    return key_of(days.first, report.time.key.kind, report.setting.year_starts)


def _party(report: ReportSetting, party_id: str, party: Party) -> PartyView:
    person, notices = party.representative, party.notices
    signature = report.agreement.signatures.get(party_id)
    signed = ""
    if signature is not None:
        values = {"name": signature.by, "version": signature.version or "", "day": report.speech.day(signature.date)}
        signed = report.speech.say("%(name)s, version %(version)s, %(day)s", **values)
    return PartyView(
        id=party_id,
        name=party.name,
        address=party.address or "",
        business=party.business or "",
        contributes=party.contributes or "",
        representative=PersonView(
            name=person.name, title=person.title or "", email=person.email or "", phone=person.phone or ""
        )
        if person
        else None,
        notices=tuple(
            each for each in ((notices.attention, notices.address, notices.email) if notices else ()) if each
        ),
        signed=signed,
    )


def _counts(report: ReportSetting) -> CountsView:
    """Count the verdicts of the time of the report; budget lines are those of the as-of date."""
    counted = Counter(each.status for each in report.judgement.verdicts if belongs(each, report.days))
    return CountsView(
        met=counted[Status.MET],
        off_target=counted[Status.OFF_TARGET],
        warn=counted[Status.WARN],
        breach=counted[Status.BREACH],
        missing=counted[Status.MISSING],
        excused=counted[Status.EXCUSED],
        pending=counted[Status.PENDING],
    )
