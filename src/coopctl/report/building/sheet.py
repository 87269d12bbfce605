"""The operating data form: tasks, figures and spend of a month, as far as they are recorded."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from coopctl.evaluate.budget import phased_parts
from coopctl.evaluate.numbers import HUNDRED, decimals_of, exact
from coopctl.evaluate.periods import Days, Period, days_of, periods_of
from coopctl.evaluate.stretch import period_belongs
from coopctl.evaluate.targets import Aims, share_of, target_figure
from coopctl.evaluate.verdicts import Bounds, Verdict
from coopctl.model.facts import MilestoneFacts
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Observation
from coopctl.model.plan import Milestone
from coopctl.model.scalars import PeriodKey
from coopctl.output.figures import kpi_decimals
from coopctl.report.building.conditions import agreed
from coopctl.report.building.figures import Unit
from coopctl.report.building.setting import ReportSetting
from coopctl.report.terms import SheetFigureTerm, SheetSpendTerm, SheetTaskTerm, SheetTerm

_FORMS = {"ratio": "ratio", "weighted-mean": "weighted"}


def sheet_term(report: ReportSetting, *, empty: bool) -> SheetTerm:
    """Return the form for the time of the report; with `empty` without anything that is recorded."""
    return SheetTerm(
        tasks=(*_milestones(report, empty), *_tasks(report), *(() if empty else _actions(report))),
        figures=tuple(
            row for kpi_id, kpi in report.agreement.kpis.items() for row in _figures(report, kpi_id, kpi, empty)
        ),
        spend=tuple(
            _spend(report, verdict, empty) for verdict in report.judgement.verdicts if verdict.kind == "budget"
        ),
    )


def _known_until(report: ReportSetting) -> date:
    """A form shows how things stood at the end of its time, or stand now where that is earlier."""
    return min(report.judgement.as_of, report.days.last)


def _milestones(report: ReportSetting, empty: bool) -> Iterator[SheetTaskTerm]:
    """Yield the milestones that are worked on in the time of the report: begun by its end, not done before it."""
    plan = report.agreement.plan
    milestones = (plan.milestones if plan else {}).items()
    for milestone_id, milestone in sorted(milestones, key=lambda item: (item[1].due, item[1].start or item[1].due)):
        facts = _known_facts(report, milestone_id, milestone.start)
        begun = min(milestone.start or milestone.due, facts.started or date.max) <= report.days.last
        if begun and (facts.done is None or facts.done >= report.days.first):
            yield _milestone(report, milestone_id, milestone, MilestoneFacts() if empty else facts, empty)


def _known_facts(report: ReportSetting, milestone_id: str, start: date | None) -> MilestoneFacts:
    """Return what is recorded about a milestone, without what had not come yet when the form was as it is."""
    record = report.setting.ledger.milestones.get(milestone_id)
    facts, until = record.facts if record else MilestoneFacts(), _known_until(report)
    later = [name for name in ("started", "done") if (day := getattr(facts, name)) is not None and day > until]
    if (facts.started or start or until) > until:
        later += ["progress", "forecast"]
    return facts.model_copy(update=dict.fromkeys(later))


def _milestone(
    report: ReportSetting, milestone_id: str, milestone: Milestone, facts: MilestoneFacts, empty: bool
) -> SheetTaskTerm:
    speech, done = report.speech, facts.done is not None
    started = facts.started is not None or bool(facts.progress and facts.progress.value)
    return SheetTaskTerm(
        kind="milestone",
        id=milestone_id,
        name=milestone.name or milestone_id,
        owner=report.actor(milestone.owner),
        planned=speech.short_day(milestone.due),
        frequency=None,
        finished=speech.short_day(facts.done) if facts.done else "",
        state=None if empty else "done" if done else "in-progress" if started else "not-started",
        expected=speech.short_day(facts.forecast) if facts.forecast and not done else "",
        progress=f"{facts.progress}" if facts.progress and not done else "",
        standard="",
        note=facts.note or "",
    )


def _tasks(report: ReportSetting) -> Iterator[SheetTaskTerm]:
    """Yield the tasks of the time: those that recur or have no date, and those that are due in it."""
    for task_id, task in report.agreement.responsibilities.items():
        if task.due is not None and not report.days.first <= task.due <= report.days.last:
            continue
        yield SheetTaskTerm(
            kind="task",
            id=task_id,
            name=task.task,
            owner=report.actor(task.accountable or next(iter(task.responsible), None)),
            planned=report.speech.short_day(task.due) if task.due else "",
            frequency=task.frequency.value if task.frequency else None,
            finished="",
            state=None,
            expected="",
            progress="",
            standard=task.standard or "",
            note="",
        )


def _actions(report: ReportSetting) -> Iterator[SheetTaskTerm]:
    """Yield the corrective actions that were open at some time of the report."""
    until, speech = _known_until(report), report.speech
    for action in sorted((each.action for each in report.setting.ledger.actions), key=lambda each: each.date):
        if action.date > until or (action.done is not None and action.done < report.days.first):
            continue
        done = action.done if action.done is not None and action.done <= until else None
        yield SheetTaskTerm(
            kind="action",
            id=action.id or "",
            name=action.do,
            owner=report.actor(action.owner),
            planned=speech.short_day(action.due) if action.due else "",
            frequency=None,
            finished=speech.short_day(done) if done else "",
            state="done" if done else "in-progress",
            expected="",
            progress="",
            standard="",
            note=action.note or "",
        )


def _figures(report: ReportSetting, kpi_id: str, kpi: Kpi, empty: bool) -> Iterator[SheetFigureTerm]:
    """Yield a line for every figure of the periods of the time of the report, or one to be filled in."""
    setting = report.setting
    verdicts = report.by_subject.get(f"kpis.{kpi_id}", [])
    by_period = {verdict.period.key: verdict for verdict in verdicts if verdict.period is not None}
    for period in periods_of(kpi.frequency, setting.term, setting.year_starts):
        if not period_belongs(period, report.days):
            continue
        in_force = Aims(kpi, ("kpis", kpi_id), setting.year_starts).at(period)
        if in_force is None:  # before its first step a KPI is not judged
            continue
        bounds = target_figure(kpi, in_force, share_of(kpi, period, setting.term)).bounds
        verdict = by_period.get(period.key)
        recorded = verdict.figures if verdict and not empty else ()
        for figure in recorded or (None,):
            yield _figure(report, kpi.name or kpi_id, kpi, period, bounds, verdicts, figure)


def _figure(
    report: ReportSetting,
    kpi_name: str,
    kpi: Kpi,
    period: Period,
    bounds: Bounds,
    verdicts: list[Verdict],
    figure: Observation | None,
) -> SheetFigureTerm:
    unit = Unit(report.speech, kpi.unit, kpi_decimals(kpi, verdicts), report.agreement.currency)
    key = figure.key if figure else PeriodKey.read(period.key)
    return SheetFigureTerm(
        kpi=kpi_name,
        unit=kpi.unit,
        period=report.speech.period(key),
        target=unit.target(bounds).text,
        form=_FORMS.get(kpi.aggregation, "value"),
        cumulative=kpi.accumulation == "cumulative",
        due=report.speech.short_day(report.setting.calendar.after(period.days.last, kpi.report_within)),
        value=_value(report, kpi, unit, figure) if figure else "",
        numerator=_plain(report, figure.numerator) if figure else "",
        denominator=_plain(report, figure.denominator) if figure else "",
        weight=_plain(report, figure.weight) if figure else "",
        provisional=figure.provisional if figure else None,
        source=kpi.source or "",
        owner=report.actor(kpi.owner),
        by=report.actor(figure.by) if figure else "",
        note=(figure.note or "") if figure else "",
    )


def _value(report: ReportSetting, kpi: Kpi, unit: Unit, figure: Observation) -> str:
    if figure.value is not None:
        return agreed(report, figure.value, kpi.unit)
    assert figure.numerator is not None and figure.denominator is not None
    return unit.figure(exact(figure.numerator) / exact(figure.denominator) * (HUNDRED if kpi.unit == "%" else 1)).text


def _plain(report: ReportSetting, number: Decimal | None) -> str:
    return "" if number is None else report.speech.number(number, decimals_of(number))


def _spend(report: ReportSetting, verdict: Verdict, empty: bool) -> SheetSpendTerm:
    setting, days = report.setting, report.days
    line = report.agreement.budget[verdict.id]
    recorded = () if empty else verdict.figures
    within = [each for each in recorded if days.contains(days_of(each.key, setting.year_starts))]
    until = [each for each in recorded if days_of(each.key, setting.year_starts).last <= days.last]
    decimals = max(decimals_of(each) for each in (line.amount, *(each.value for each in recorded if each.value)))
    unit = Unit(report.speech, report.agreement.currency or "", decimals, report.agreement.currency)
    planned = sum((_share(part.amount, part.days, days) for part in phased_parts(setting, line)), Fraction(0))
    return SheetSpendTerm(
        name=verdict.name,
        party=report.actor(line.party or line.owner),
        planned=unit.figure(planned).text,
        spent=unit.figure(_sum(within)).text if within else "",
        to_date=unit.figure(_sum(until)).text if until else "",
        by=tuple(dict.fromkeys(report.actor(each.by) for each in within if each.by)),
        notes=tuple(dict.fromkeys(each.note for each in within if each.note)),
    )


def _share(amount: Fraction, part: Days, days: Days) -> Fraction:
    """Return what of an amount falls on some days, spread evenly."""
    return amount * part.within(days).length / part.length if part.overlaps(days) else Fraction(0)


def _sum(figures: list[Observation]) -> Fraction:
    return sum((exact(each.value) for each in figures if each.value is not None), Fraction(0))
