"""How the parties work together, settle and end, as it was agreed."""

from coopctl.model.governance import Failure
from coopctl.model.scalars import Duration, PeriodKind
from coopctl.report.building.actors import Actors
from coopctl.report.building.conditions import agreed
from coopctl.report.building.matters import right_views
from coopctl.report.building.setting import ReportSetting
from coopctl.report.terms import (
    ActivityTerm,
    BodyTerm,
    ChannelTerm,
    CommunicationTerm,
    ConfidentialityTerm,
    DisputeTerm,
    EconomicsTerm,
    EscalationTerm,
    ExitTerm,
    GovernanceTerm,
    LiabilityTerm,
    MeetingTerm,
    ProcessTerm,
    RecurringTerm,
    ShareTerm,
    SharingTerm,
    StepTerm,
)


def governance_term(report: ReportSetting, actors: Actors) -> GovernanceTerm:
    """Return who decides."""
    terms = report.agreement.governance
    if terms is None:
        return GovernanceTerm(bodies=(), escalation=(), reviews=None, change_control=None)
    return GovernanceTerm(
        bodies=tuple(
            BodyTerm(
                actor=actors(body_id), members=actors.all(body.members), meets=body.meets.value if body.meets else None
            )
            for body_id, body in terms.bodies.items()
        ),
        escalation=tuple(
            EscalationTerm(to=actors(step.to), within=report.duration(step.within)) for step in terms.escalation
        ),
        reviews=_recurring(report, terms.reviews.frequency, terms.reviews.within) if terms.reviews else None,
        change_control=terms.change_control.material if terms.change_control else None,
    )


def _recurring(report: ReportSetting, frequency: PeriodKind, within: Duration | None) -> RecurringTerm:
    return RecurringTerm(frequency=frequency.value, within=report.duration(within))


def communication_term(report: ReportSetting, actors: Actors) -> CommunicationTerm:
    """Return how the parties keep each other informed."""
    terms = report.agreement.communication
    if terms is None:
        return CommunicationTerm(meetings=(), channels=(), sharing=())
    return CommunicationTerm(
        meetings=tuple(
            MeetingTerm(
                id=meeting_id,
                name=meeting.name or meeting_id,
                frequency=meeting.frequency.value,
                length=report.duration(meeting.length),
                chair=actors.maybe(meeting.chair),
                agenda=meeting.agenda,
                minutes_by=actors.maybe(meeting.minutes_by),
            )
            for meeting_id, meeting in terms.meetings.items()
        ),
        channels=tuple(ChannelTerm(id=channel_id, tool=tool) for channel_id, tool in terms.channels.items()),
        sharing=tuple(
            SharingTerm(
                id=sharing_id,
                content=sharing.content,
                giver=actors(sharing.from_),
                to=actors.all(sharing.to),
                frequency=sharing.frequency.value if sharing.frequency else None,
                via=sharing.via or "",
                confidential=sharing.confidential,
            )
            for sharing_id, sharing in terms.sharing.items()
        ),
    )


def economics_term(report: ReportSetting, actors: Actors) -> EconomicsTerm:
    """Return how money is split."""
    terms = report.agreement.economics
    if terms is None:
        return EconomicsTerm(costs=(), revenue=(), payment=None)
    costs, revenue = (
        tuple(ShareTerm(party=actors(party), share=str(share)) for party, share in shares.items())
        for shares in (terms.cost_sharing, terms.revenue_sharing)
    )
    payment = terms.payment
    return EconomicsTerm(
        costs=costs,
        revenue=revenue,
        payment=_recurring(report, payment.frequency, payment.within) if payment else None,
    )


def process_terms(report: ReportSetting, actors: Actors) -> tuple[ProcessTerm, ...]:
    """Return the standard ways of working."""
    return tuple(
        ProcessTerm(
            id=process_id,
            name=process.name or process_id,
            steps=tuple(
                StepTerm(
                    do=step.do,
                    owner=actors.maybe(step.owner),
                    within=report.duration(step.within),
                    output=step.output or "",
                )
                for step in process.steps
            ),
        )
        for process_id, process in report.agreement.processes.items()
    )


def activity_terms(report: ReportSetting, actors: Actors) -> tuple[ActivityTerm, ...]:
    """Return training, culture and alignment."""
    return tuple(
        ActivityTerm(
            id=activity_id,
            name=activity.name or activity_id,
            kind=activity.kind,
            frequency=activity.frequency.value if activity.frequency else None,
            owner=actors.maybe(activity.owner),
        )
        for activity_id, activity in report.agreement.activities.items()
    )


def confidentiality_term(report: ReportSetting) -> ConfidentialityTerm | None:
    """Return what stays secret."""
    terms = report.agreement.confidentiality
    if terms is None:
        return None
    return ConfidentialityTerm(covers=terms.covers, survives=report.duration(terms.survives), on_exit=terms.on_exit)


def liability_term(report: ReportSetting) -> LiabilityTerm | None:
    """Return who pays for a breach; nothing where nothing is said."""
    terms = report.agreement.liability
    if terms is None or (terms.breach is None and terms.cap is None):
        return None
    cap = agreed(report, terms.cap, report.agreement.currency or "") if terms.cap is not None else ""
    return LiabilityTerm(breach=terms.breach or "", cap=cap)


def dispute_terms(report: ReportSetting) -> tuple[DisputeTerm, ...]:
    """Return the steps by which disputes are settled."""
    terms = report.agreement.disputes
    return tuple(
        DisputeTerm(step=step.step, within=report.duration(step.within), body=step.body or "", seat=step.seat or "")
        for step in (terms.ladder if terms else ())
    )


def exit_terms(report: ReportSetting, actors: Actors) -> tuple[ExitTerm, ...]:
    """Return the rights to end the agreement."""
    terms = report.agreement.exit
    triggers = terms.triggers if terms else {}
    return tuple(
        ExitTerm(
            id=right.id,
            name=right.name,
            depends_on=_depends_on(triggers[right.id].when),
            condition=right.condition,
            right_of=actors.all(triggers[right.id].right_of),
            cure=right.cure,
            notice=right.notice,
        )
        for right in right_views(report)
    )


def _depends_on(when: str | Failure) -> str:
    if isinstance(when, str):
        return "anytime"
    return "event" if when.event is not None else "kpi"


def wind_down_terms(report: ReportSetting, actors: Actors) -> tuple[StepTerm, ...]:
    """Return what is done after the end, and by when if the agreement ends with its term."""
    terms, setting = report.agreement.exit, report.setting
    return tuple(
        StepTerm(
            do=step.do,
            owner=actors.maybe(step.owner),
            within=report.duration(step.within),
            by=report.speech.short_day(setting.calendar.after(setting.term.last, step.within)) if step.within else "",
        )
        for step in (terms.wind_down if terms else ())
    )
