"""What a report has to speak of: what fired, what is done about it, risks, rights, deadlines, events."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from coopctl.evaluate.deadlines import Deadline, deadlines
from coopctl.evaluate.periods import Days
from coopctl.evaluate.stretch import belongs
from coopctl.evaluate.verdicts import FiredTrigger, PendingTrigger, Status, Verdict
from coopctl.model.facts import Action
from coopctl.model.governance import ExitTrigger, Failure
from coopctl.model.plan import Risk
from coopctl.model.scalars import Duration, Percent, PeriodKey
from coopctl.output.figures import unit_and_decimals
from coopctl.report.building.figures import Unit
from coopctl.report.building.setting import ReportSetting, next_days
from coopctl.report.view import ActionView, DeadlineView, EventView, RightView, RiskView, WarningView

_SHARED = ("review", "payment", "renewal-notice", "renewal-answer")
"""Duties that the agreement gives to nobody, for all parties have them."""
_SERIOUS = (Status.BREACH, Status.MISSING, Status.WARN, Status.EXCUSED)


def warning_views(report: ReportSetting) -> tuple[WarningView, ...]:
    """Return what fired or is missing in the time of the report, the worst first."""
    found = [verdict for verdict in report.judgement.verdicts if _concerns(report, verdict)]
    ranked = sorted(found, key=lambda verdict: _SERIOUS.index(verdict.status))
    views = [_warning(report, verdict) for verdict in ranked]
    owed = [verdict.subject if verdict.status is Status.MISSING else None for verdict in ranked]
    idle = [None if view.actions else subject for view, subject in zip(views, owed, strict=True)]
    return tuple(
        view.model_copy(update={"missing": missing, "unanswered": unanswered})
        for view, missing, unanswered in zip(views, _on_the_first(owed), _on_the_first(idle), strict=True)
    )


def _on_the_first(keys: Iterable[str | None]) -> Iterator[int]:
    """Yield how often each key is there, where it comes first; 0 where it comes again, or there is none."""
    keys = list(keys)
    often = Counter(key for key in keys if key is not None)
    yield from (0 if key is None else often.pop(key, 0) for key in keys)


def _concerns(report: ReportSetting, verdict: Verdict) -> bool:
    return verdict.status in _SERIOUS and belongs(verdict, report.days)


def _warning(report: ReportSetting, verdict: Verdict) -> WarningView:
    unit_name, decimals = unit_and_decimals(report.agreement, verdict)
    bounds = verdict.target.bounds if verdict.target else None
    unit = Unit(report.speech, unit_name, decimals, report.agreement.currency)
    row = unit.telling(verdict.actual, bounds, _firing(verdict))
    period = report.speech.period(PeriodKey.read(verdict.period.key)) if verdict.period else ""
    name = f"{verdict.subject}@{verdict.period.key}" if verdict.period else verdict.subject
    is_milestone = verdict.kind == "milestone"
    return WarningView(
        subject=name,
        name=verdict.name,
        period=period,
        status=verdict.status.value,
        kind=verdict.kind,
        actual=_day(report, verdict) if is_milestone else row.figure(verdict.actual).text,
        target=report.speech.day(verdict.due) if is_milestone and verdict.due else row.target(bounds).text,
        condition=_condition(report, verdict, unit),
        contingency=verdict.contingency,
        escalation=tuple(
            report.speech.say("%(to)s by %(day)s", to=report.actor(each.to), day=report.speech.day(each.by))
            for each in verdict.escalation
        ),
        actions=tuple(
            _action(report, each) for each in _known_actions(report) if each.about in (name, verdict.subject)
        ),
    )


def _day(report: ReportSetting, verdict: Verdict) -> str:
    return report.speech.day(verdict.actual_date) if verdict.actual_date else ""


def _firing(verdict: Verdict) -> Fraction | None:
    """Return the figure from which on the condition that fired does so."""
    fired, bounds = verdict.fired, verdict.target.bounds if verdict.target else None
    if fired is None or fired.threshold.is_level or verdict.actual is None or bounds is None:
        return fired.limit if fired else None
    aim = bounds.nearest(verdict.actual)
    return aim + fired.limit if verdict.actual > aim else aim - fired.limit


def _condition(report: ReportSetting, verdict: Verdict, unit: Unit) -> str:
    if verdict.fired is None:
        return ""
    limit = verdict.fired.threshold.limit
    if isinstance(limit, Duration):
        size = report.duration(limit)
    elif isinstance(limit, Percent):
        size = f"{limit}"
    elif verdict.fired.threshold.is_level:
        size = unit.limit(verdict.fired.limit)
    else:
        size = unit.limit_of_distance(verdict.fired.limit)
    words = {
        "worse_than": "worse than %(size)s",
        "at_or_worse_than": "%(size)s or worse",
        "off_by_more_than": "off by more than %(size)s",
        "off_by_at_least": "off by %(size)s or more",
    }
    return report.speech.say(words[verdict.fired.threshold.comparator], size=size)


def _known_actions(report: ReportSetting) -> Iterator[Action]:
    for record in report.setting.ledger.actions:
        if record.action.date <= report.judgement.as_of:
            yield record.action


def action_views(report: ReportSetting) -> tuple[ActionView, ...]:
    """Return the corrective actions that were decided or done in the time of the report, or are open at its date."""
    as_of, days = report.judgement.as_of, report.days
    found = [
        action
        for action in _known_actions(report)
        if action.done is None
        or action.done > as_of
        or days.first <= action.done <= days.last
        or days.first <= action.date <= days.last
    ]
    return tuple(_action(report, action) for action in sorted(found, key=lambda each: (each.date, each.id or "")))


def _action(report: ReportSetting, action: Action) -> ActionView:
    as_of, speech = report.judgement.as_of, report.speech
    done = action.done if action.done is not None and action.done <= as_of else None
    overdue = done is None and action.due is not None and action.due < as_of
    return ActionView(
        id=action.id or "",
        date=speech.short_day(action.date),
        about=report.subject(action.about),
        cause=action.cause,
        do=action.do,
        owner=report.actor(action.owner),
        due=speech.short_day(action.due) if action.due else "",
        done=speech.short_day(done) if done else "",
        state="done" if done else "overdue" if overdue else "open",
    )


def risk_views(report: ReportSetting) -> tuple[RiskView, ...]:
    """Return the risks, the highest first, each with what fired in the time of the report and calls for it."""
    fired: dict[str, list[str]] = {}
    for verdict in report.judgement.verdicts:
        if _concerns(report, verdict):
            name = f"{verdict.subject}@{verdict.period.key}" if verdict.period else verdict.subject
            levels: set[str] = {crossing.level for crossing in verdict.crossings if crossing.fired}
            for level in levels or {"missing"}:
                fired.setdefault(f"{verdict.subject}.{level}", []).append(report.subject(name))
    views = [_risk(report, each, risk, fired) for each, risk in report.agreement.risks.items()]
    return tuple(sorted(views, key=lambda risk: -(risk.rating or 0)))


def _risk(report: ReportSetting, risk_id: str, risk: Risk, fired: dict[str, list[str]]) -> RiskView:
    rated = risk.likelihood is not None and risk.impact is not None
    return RiskView(
        id=risk_id,
        name=risk.name or risk_id,
        category=risk.category,
        likelihood=risk.likelihood,
        impact=risk.impact,
        rating=risk.likelihood * risk.impact if rated and risk.likelihood and risk.impact else None,
        owner=report.actor(risk.owner),
        response=risk.response or "",
        contingency=risk.contingency,
        fired=tuple(dict.fromkeys(name for each in risk.triggers for name in fired.get(each, ()))),
    )


def right_views(report: ReportSetting) -> tuple[RightView, ...]:
    """Return every right to end the agreement, and how near it is."""
    terms = report.agreement.exit
    fired = {each.id: each for each in report.judgement.fired}
    waiting = {each.id: each for each in report.judgement.waiting}
    return tuple(
        _right(report, trigger_id, trigger, fired.get(trigger_id), waiting.get(trigger_id))
        for trigger_id, trigger in (terms.triggers if terms else {}).items()
    )


def _right(
    report: ReportSetting,
    trigger_id: str,
    trigger: ExitTrigger,
    fired: FiredTrigger | None,
    waiting: PendingTrigger | None,
) -> RightView:
    speech = report.speech
    near = waiting is not None and waiting.needed > 1 and waiting.reached == waiting.needed - 1
    state = "arisen" if fired else "anytime" if waiting is None else "near" if near else "waiting"
    return RightView(
        id=trigger_id,
        name=trigger.name or trigger_id,
        condition=_when(report, trigger),
        right_of=tuple(report.actor(each) for each in trigger.right_of),
        cure=report.duration(trigger.cure),
        notice=report.duration(trigger.notice),
        state=state,
        arose=speech.short_day(fired.arose) if fired else "",
        periods=tuple(speech.period(PeriodKey.read(period.key)) for period in fired.periods) if fired else (),
        notice_given=speech.day(fired.notice_given) if fired and fired.notice_given else "",
        cure_until=speech.day(fired.cure_until) if fired and fired.cure_until else "",
        ends_on=speech.short_day(fired.ends_on) if fired and fired.ends_on else "",
        reached=waiting.reached if waiting else 0,
        needed=waiting.needed if waiting else 0,
    )


def _when(report: ReportSetting, trigger: ExitTrigger) -> str:
    speech, when = report.speech, trigger.when
    if not isinstance(when, Failure):
        return speech.say("At any time")
    if when.event == "insolvency":
        return speech.say("On the insolvency of a party")
    if when.event is not None:
        return speech.say("On the event “%(event)s”", event=when.event)
    status = {
        "off-target": speech.say("off target"),
        "warn": speech.say("in warning"),
        "breach": speech.say("in breach"),
        "missing": speech.say("without a figure"),
    }[when.status or "breach"]
    kpi = report.agreement.kpis.get(when.kpi or "")
    name = (kpi.name if kpi else None) or when.kpi or ""
    if when.consecutive is not None:
        message = "%(kpi)s is %(status)s in %(number)s periods in a row"
        return speech.say(message, kpi=name, status=status, number=when.consecutive)
    message = "%(kpi)s is %(status)s in %(number)s of %(within)s periods in a row"
    return speech.say(message, kpi=name, status=status, number=when.count, within=when.within)


def event_views(report: ReportSetting) -> tuple[EventView, ...]:
    """Return what happened in the time of the report, as far as it is known."""
    days = report.days
    found = [
        record.event
        for record in report.setting.ledger.events
        if days.first <= record.event.date <= days.last and record.event.date <= report.judgement.as_of
    ]
    return tuple(
        EventView(
            date=report.speech.day(event.date),
            kind=event.kind,
            about=report.subject(event.about) if event.about else "",
            note=event.note or "",
        )
        for event in sorted(found, key=lambda event: event.date)
    )


def deadline_views(report: ReportSetting) -> tuple[DeadlineView, ...]:
    """Return what is overdue, and what falls due until the end of the period after the reported one."""
    as_of = report.judgement.as_of
    following = next_days(report)
    last = max(following.last if following else report.days.last, as_of)
    if following is None and report.agreement.exit is not None:  # the term is over by then: what follows counts
        within = [step.within for step in report.agreement.exit.wind_down if step.within is not None]
        last = max([last, *(report.setting.calendar.after(report.setting.term.last, each) for each in within)])
    due = deadlines(report.setting, Days(report.setting.term.first, last))
    recorded = {
        (verdict.subject, verdict.period.key)
        for verdict in report.judgement.verdicts
        if verdict.period is not None and verdict.actual is not None and not verdict.running
    }
    return _together([_deadline(report, each) for each in due if _is_open(each, recorded, report)])


def _together(views: Sequence[DeadlineView]) -> tuple[DeadlineView, ...]:
    """Let the first of the figures that the same party owes for the same period by the same day name them all."""
    owed: dict[tuple[str, str, str], list[str]] = {}
    for view in views:
        if view.duty == "figure":
            owed.setdefault((view.day, view.period, view.owner), []).append(view.name)
    return tuple(
        view.model_copy(update={"names": tuple(owed.pop((view.day, view.period, view.owner), ()))})
        if view.duty == "figure"
        else view
        for view in views
    )


def _is_open(deadline: Deadline, recorded: set[tuple[str, str]], report: ReportSetting) -> bool:
    if deadline.duty == "figure":
        return (".".join(map(str, deadline.path)), deadline.period) not in recorded
    past = deadline.day < report.judgement.as_of
    return not past or deadline.duty in ("milestone", "action")


def _deadline(report: ReportSetting, deadline: Deadline) -> DeadlineView:
    dotted = ".".join(map(str, deadline.path))
    named = deadline.duty in ("figure", "milestone-start", "milestone", "action", "task", "goal")
    name = report.subject(dotted) if named else ""
    shared = report.speech.say("All parties") if deadline.duty in _SHARED else ""
    return DeadlineView(
        date=report.speech.short_day(deadline.day),
        date_in_full=report.speech.day(deadline.day),
        day=deadline.day.isoformat(),
        duty=deadline.duty,
        name=name,
        names=(name,),
        text=deadline.text,
        period=report.speech.period(PeriodKey.read(deadline.period)) if deadline.period else "",
        owner=report.actor(deadline.owner) or shared,
        overdue=deadline.day < report.judgement.as_of,
    )
