"""The agreement's own provisions."""

from pydantic import BaseModel

from coopctl.model.parties import Notices, Party
from coopctl.model.scalars import Duration, DurationUnit
from coopctl.report.building.actors import Actors
from coopctl.report.building.articles import article_of, article_terms
from coopctl.report.building.setting import ReportSetting
from coopctl.report.building.sheet import sheet_term
from coopctl.report.building.terms_conduct import (
    activity_terms,
    communication_term,
    confidentiality_term,
    dispute_terms,
    economics_term,
    exit_terms,
    governance_term,
    liability_term,
    process_terms,
    wind_down_terms,
)
from coopctl.report.building.terms_measures import (
    budget_terms,
    budget_total,
    delay_terms,
    goal_terms,
    kpi_terms,
    milestone_terms,
    resource_terms,
    risk_terms,
)
from coopctl.report.building.terms_people import answers_terms, columns, task_terms, working_group_term
from coopctl.report.terms import (
    AmendmentTerm,
    CalendarTerm,
    FreeTerm,
    PartyTerm,
    RenewalTerm,
    SignatureTerm,
    SurvivalTerm,
    TermsView,
)

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def terms_view(report: ReportSetting, *, empty: bool = False) -> TermsView:
    """Return what the agreement says; with `empty` the operating data form has nothing that is recorded."""
    agreement, actors = report.agreement, Actors(report)
    scope, ending = agreement.scope, agreement.exit
    milestones = milestone_terms(report, actors)
    return TermsView(
        status=agreement.status,
        mode=agreement.mode,
        currency=agreement.currency or "",
        currency_name=str(report.speech.locale.currencies.get(agreement.currency, agreement.currency or "")),
        parties=tuple(_party(report, actors, each, party) for each, party in agreement.parties.items()),
        articles=article_terms(report),
        calendar=_calendar(report),
        includes=scope.includes if scope else (),
        excludes=scope.excludes if scope else (),
        territories=tuple(_territory(report, each) for each in (scope.territories if scope else ())),
        renewal=_renewal(report),
        goals=goal_terms(report, actors),
        kpis=kpi_terms(report, actors),
        milestones=milestones,
        delays=delay_terms(milestones),
        budget=budget_terms(report, actors),
        budget_total=budget_total(report),
        resources=resource_terms(report, actors),
        risks=risk_terms(report, actors),
        tasks=task_terms(report, actors),
        columns=columns(report, actors),
        answers=answers_terms(report, actors),
        working_group=working_group_term(report, actors),
        governance=governance_term(report, actors),
        communication=communication_term(report, actors),
        economics=economics_term(report, actors),
        processes=process_terms(report, actors),
        activities=activity_terms(report, actors),
        confidentiality=confidentiality_term(report),
        liability=liability_term(report),
        law=(agreement.disputes.law or "") if agreement.disputes else "",
        disputes=dispute_terms(report),
        exits=exit_terms(report, actors),
        wind_down=wind_down_terms(report, actors),
        survival=tuple(
            SurvivalTerm(text=each, article=article_of(report, each)) for each in (ending.survival if ending else ())
        ),
        clauses=tuple(
            FreeTerm(id=each, title=clause.title, paragraphs=tuple(filter(str.strip, clause.text.splitlines())))
            for each, clause in agreement.clauses.items()
        ),
        amendments=_amendments(report),
        sheet=sheet_term(report, empty=empty),
    )


def _party(report: ReportSetting, actors: Actors, party_id: str, party: Party) -> PartyTerm:
    notices = party.notices or Notices()
    signature, present = report.agreement.signatures.get(party_id), report.agreement.version
    return PartyTerm(
        actor=actors(party_id),
        address=party.address or "",
        attention=notices.attention or "",
        notice_address=notices.address or "",
        notice_email=notices.email or "",
        contributes=party.contributes or "",
        signature=SignatureTerm(
            by=signature.by,
            date=report.speech.day(signature.date),
            version=signature.version or "",
            current=signature.version == present,
        )
        if signature
        else None,
    )


def _calendar(report: ReportSetting) -> CalendarTerm:
    agreement, speech = report.agreement, report.speech
    terms, locale = agreement.calendar, speech.locale
    return CalendarTerm(
        timezone=agreement.timezone,
        counts_business_days=_counts_business_days(agreement),
        country=_territory(report, terms.country) if terms.country else "",
        weekend=tuple(str(locale.days["format"]["wide"][_WEEKDAYS.index(day)]) for day in terms.weekend),
        holidays=tuple(speech.short_day(day) for day in sorted(terms.holidays)),
        workdays=tuple(speech.short_day(day) for day in sorted(terms.workdays)),
        year_starts=str(locale.months["stand-alone"]["wide"][terms.year_starts]),
        natural_years=terms.year_starts == 1,
    )


def _counts_business_days(part: object) -> bool:
    if isinstance(part, Duration):
        return part.unit is DurationUnit.BUSINESS_DAY
    if isinstance(part, BaseModel):
        return any(_counts_business_days(value) for _, value in part)
    if isinstance(part, dict):
        return any(map(_counts_business_days, part.values()))
    return isinstance(part, tuple) and any(map(_counts_business_days, part))


def _territory(report: ReportSetting, code: str) -> str:
    """Return the name of a country; what is no country's code stays as it is."""
    return str(report.speech.locale.territories.get(code, code))


def _renewal(report: ReportSetting) -> RenewalTerm | None:
    terms, setting = report.agreement.term.renewal, report.setting
    if terms is None:
        return None
    return RenewalTerm(
        mode=terms.mode,
        length=report.duration(terms.for_),
        notice=report.duration(terms.notice),
        notice_by=report.speech.day(setting.calendar.before(setting.term.last, terms.notice)) if terms.notice else "",
    )


def _amendments(report: ReportSetting) -> tuple[AmendmentTerm, ...]:
    return tuple(
        AmendmentTerm(
            version=each.version or "",
            date=report.speech.short_day(each.date) if each.date else "",
            summary=each.summary,
        )
        for each in report.agreement.amendments
    )
