"""What templates see: plain data, every text in the report's language, every figure written out.

The fields' descriptions are the reference for people who write templates of their own.
"""

from pydantic import Field

from coopctl.report.terms import TermsView, View


class FigureView(View):
    """A figure."""

    text: str = Field(description="As people read it: `18.6 days`; empty where there is none.")
    exact: str | None = Field(None, description="The exact decimal, up to 12 places; null where there is none.")


class PointView(View):
    """A KPI in one of its own periods."""

    key: str = Field(description="The period as it is written in the files: 2026-03.")
    period: str = Field(description="The period for people: March 2026.")
    target: FigureView = Field(description="What was aimed at; a range has a text and no exact figure.")
    low: str | None = Field(None, description="Exact lower end of a range that was aimed at; null without one.")
    high: str | None = Field(None, description="Exact upper end of a range that was aimed at; null without one.")
    actual: FigureView = Field(description="What was reached.")
    variance: FigureView = Field(description="Actual minus target, with its sign.")
    status: str = Field(description="met, off-target, warn, breach, missing, pending or excused.")
    provisional: bool = Field(False, description="The figure is not final yet.")
    warn: tuple[str, ...] = Field((), description="Exact levels at which a warning fires: two for a range, else one.")
    breach: tuple[str, ...] = Field((), description="Exact levels at which a breach fires: two for a range, else one.")
    notes: tuple[int, ...] = Field((), description="Numbers of its footnotes.")


class ForecastView(View):
    """Where a figure is heading by the end of the term."""

    value: FigureView = Field(description="The forecast.")
    target: FigureView = Field(description="The target at the end of the term.")
    method: str = Field(description="run-rate or mean-of-last-periods.")
    basis: int = Field(description="How many days a run rate rests on, or how many periods a mean.")
    needed: FigureView | None = Field(
        None, description="What each remaining period (each day, for a budget line) needs on average to end on target."
    )
    average: FigureView | None = Field(
        None, description="Mean of the targets of all periods, each counting the same: what is needed leads to it."
    )
    per_period: bool = Field(False, description="It is for one period of the KPI; those of the term add up.")
    possible: bool = Field(True, description="A figure can be what is needed: a share cannot be more than 100%.")
    remaining: int = Field(description="How many periods (days, for a budget line) remain.")
    on_target: bool | None = Field(None, description="Whether the forecast reaches the target at the end of the term.")


class KpiView(View):
    """A KPI over the time of the report."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    unit: str = Field(description="Unit of its figures.")
    direction: str = Field(description="higher-is-better, lower-is-better or within-range.")
    frequency: str = Field(description="How often it is recorded.")
    dimension: str | None = Field(description="Which side of the cooperation it shows.")
    owner: str = Field(description="Name of whoever owes it; empty where nobody is named.")
    source: str = Field(description="Where its figures come from.")
    weight: str = Field(description="Its share in the score; empty for none.")
    goals: tuple[str, ...] = Field(description="Statements of the goals that it measures.")
    baseline: FigureView = Field(description="Where things stood before.")
    target: FigureView = Field(description="Its target over the time of the report.")
    actual: FigureView = Field(description="Its figure over the time of the report, rolled up by its own aggregation.")
    variance: FigureView = Field(description="Actual minus target, with its sign.")
    variance_percent: FigureView = Field(description="The same in percent of the target.")
    attainment: FigureView = Field(description="How much of the target is reached, in percent.")
    on_target: bool | None = Field(
        description="Whether the figure reaches the target; null without a figure or target, and where figures are "
        "missing from one that would reach it."
    )
    lacks_figures: bool = Field(description="Figures are missing for periods within the time of the report.")
    status: str = Field(description="The worst status of its own periods.")
    rolled_up: bool = Field(description="The figure is made of several of its own periods.")
    points: tuple[PointView, ...] = Field(description="Its own periods within the time of the report.")
    history: tuple[PointView, ...] = Field(description="All of its periods so far.")
    trend: tuple[PointView, ...] = Field(
        description="The latest two dozen of them with a figure that is no longer running; empty for fewer than three."
    )
    axis_low: str | None = Field(
        description="Lower end of an axis for the trend and its targets, exact; null where there is no trend."
    )
    axis_high: str | None = Field(description="Upper end of that axis, exact; null where there is no trend.")
    picture: str = Field(
        description="Its trend as a file beside the report; empty where there is no trend, or charts are no files."
    )
    before: FigureView = Field(description="Its figure in the period before.")
    change: str | None = Field(description="Against the period before: better, worse or same; null without one.")
    year_before: FigureView = Field(description="Its figure a year earlier.")
    year_change: str | None = Field(description="Against a year earlier: better, worse or same; null without one.")
    cumulative: bool = Field(description="Its figures count from the start of the term, whatever the report's time.")
    forecast: ForecastView | None = Field(
        description="Where it is heading; null when the term, or another period after that of the report, is over."
    )
    notes: tuple[int, ...] = Field(description="Numbers of its footnotes.")


class NoteView(View):
    """A footnote of a figure."""

    number: int = Field(description="Its number.")
    kind: str = Field(description="provisional, restated, partial, incomplete, excused, missing or running.")
    subject: str = Field(description="Name of what it is about.")
    period: str = Field(description="Period that it is about.")
    detail: str = Field("", description="What was said before a restatement, or why a figure is excused.")
    shown: bool = Field(True, description="It is written out; where many figures are missing, a list says so better.")


class MilestoneView(View):
    """A milestone."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    phase: str = Field(description="Name of its phase; empty for none.")
    owner: str = Field(description="Name of whoever owes it.")
    start: str = Field(description="First day of its window, for people.")
    due: str = Field(description="Last day on which it is on time.")
    due_in_full: str = Field(description="The same for a sentence: 30 June 2026.")
    done: str = Field(description="Day on which it was done; empty while it is not.")
    done_in_full: str = Field(description="The same for a sentence.")
    forecast: str = Field(description="Day on which it is expected; empty where nothing is said.")
    forecast_in_full: str = Field(description="The same for a sentence.")
    progress: str = Field(description="How much is done; empty where nothing is said.")
    status: str = Field(description="met, off-target, warn, breach, pending or excused.")
    days_late: int | None = Field(description="Days after the due date; negative before it; null while it is pending.")
    deliverable: str = Field(description="What is handed over.")
    acceptance: str = Field(description="How it is seen to be done.")
    after: tuple[str, ...] = Field(description="Names of the milestones that come first.")
    start_date: str = Field(description="First day as 2026-01-31; the due date where no start is planned.")
    due_date: str = Field(description="Due date as 2026-01-31.")
    end_date: str = Field(description="Day on which it was done or is expected, as 2026-01-31.")
    in_time: bool = Field(description="It was due, done or late in the time of the report.")


class PhaseView(View):
    """A stretch of the plan."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    start: str = Field(description="First day.")
    end: str = Field(description="Last day.")
    start_date: str = Field(description="First day as 2026-01-31.")
    end_date: str = Field(description="Last day as 2026-01-31.")
    deliverables: tuple[str, ...] = Field(description="What has to exist at its end.")
    milestones: tuple[MilestoneView, ...] = Field(description="Its milestones.")


class BudgetView(View):
    """A budget line at the end of the period, or at the as-of date where that comes first."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    party: str = Field(description="Name of the party whose budget it is.")
    amount: FigureView = Field(description="For the whole term.")
    phased: FigureView = Field(description="What of it falls on the days that have ended.")
    spent: FigureView = Field(description="Spend so far.")
    variance: FigureView = Field(description="Spend minus phased budget, with its sign.")
    variance_percent: FigureView = Field(description="The same in percent of the phased budget.")
    status: str = Field(description="met, off-target, warn, breach, missing, pending or excused.")
    stale: bool = Field(description="Spend of past months is not recorded.")
    recorded_through: str = Field(description="Last day that the recorded spend covers; empty for none.")
    forecast: ForecastView | None = Field(description="Spend by the end of the term at the rate so far.")


class WarningView(View):
    """A warning, breach or missing figure in the time of the report."""

    subject: str = Field(description="Dotted name: kpis.csat@2026-05.")
    name: str = Field(description="Name of what it is about.")
    period: str = Field(description="Period for people; empty for milestones and budget lines.")
    status: str = Field(description="warn, breach, missing or excused.")
    kind: str = Field(description="kpi, milestone or budget.")
    actual: str = Field(description="The figure.")
    target: str = Field(description="The target.")
    condition: str = Field(description="The condition that fired, in words; empty for a missing figure.")
    contingency: tuple[str, ...] = Field(description="What the risks plan for it.")
    escalation: tuple[str, ...] = Field(description="To whom it goes by when, one sentence each.")
    actions: tuple["ActionView", ...] = Field(description="Corrective actions about it.")
    missing: int = Field(0, description="On the first missing figure of a KPI: how many of its figures are; else 0.")
    unanswered: int = Field(
        0, description="On the first of those without a corrective action: how many have none; else 0."
    )


class ActionView(View):
    """A corrective action."""

    id: str = Field(description="Its id; empty for none.")
    date: str = Field(description="When it was decided.")
    about: str = Field(description="Name of what slipped, with its period.")
    cause: str | None = Field(description="resource, technical, external, communication or other.")
    do: str = Field(description="What is done.")
    owner: str = Field(description="Name of whoever does it.")
    due: str = Field(description="By when.")
    done: str = Field(description="When it was done; empty while it is not.")
    state: str = Field(description="done, open or overdue.")


class RiskView(View):
    """A risk."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    category: str | None = Field(description="What sort of risk it is.")
    likelihood: int | None = Field(description="1 (rare) to 5 (almost certain).")
    impact: int | None = Field(description="1 (slight) to 5 (severe).")
    rating: int | None = Field(description="Likelihood times impact.")
    owner: str = Field(description="Name of whoever watches it.")
    response: str = Field(description="What is done beforehand.")
    contingency: tuple[str, ...] = Field(description="What is done when it happens.")
    fired: tuple[str, ...] = Field(description="Names of what fired in the time of the report and calls for it.")


class RightView(View):
    """A right to end the agreement."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    condition: str = Field(description="On what it depends, in words.")
    right_of: tuple[str, ...] = Field(description="Names of the parties that have it.")
    cure: str = Field(description="Time to put it right, from the notice.")
    notice: str = Field(description="Time from the notice to the end.")
    state: str = Field(description="arisen, near, waiting or anytime.")
    arose: str = Field("", description="Day on which it arose.")
    periods: tuple[str, ...] = Field((), description="Periods that count.")
    notice_given: str = Field("", description="Day on which notice was given.")
    cure_until: str = Field("", description="Last day of the cure.")
    ends_on: str = Field("", description="Earliest day on which the agreement can end.")
    reached: int = Field(0, description="How many periods count now.")
    needed: int = Field(0, description="How many it takes.")


class DeadlineView(View):
    """Something that falls due."""

    date: str = Field(description="Last day.")
    date_in_full: str = Field(description="The same for a sentence: 30 June 2026.")
    day: str = Field(description="The same as 2026-01-31.")
    duty: str = Field(
        description="figure, milestone-start, milestone, action, task, goal, review, payment, renewal-notice, "
        "renewal-answer, term-end or wind-down."
    )
    name: str = Field(description="Name of what it is about.")
    names: tuple[str, ...] = Field(
        description="The same, with the other figures that the same party owes for the same period by the same day; "
        "empty on those others."
    )
    text: str = Field(description="What is to be done, in the agreement's words; empty where the duty says it all.")
    period: str = Field(description="Period that it is for; empty for none.")
    owner: str = Field(description="Name of whoever owes it; empty for nobody.")
    overdue: bool = Field(description="Its day has passed.")


class EventView(View):
    """Something that happened."""

    date: str = Field(description="When.")
    kind: str = Field(description="What sort.")
    about: str = Field(description="Name of what it concerns; empty for nothing.")
    note: str = Field(description="Remark.")


class GoalView(View):
    """A goal and how far it is reached."""

    id: str = Field(description="Its id.")
    statement: str = Field(description="The goal in one sentence.")
    owner: str = Field(description="Name of whoever answers for it.")
    due: str = Field(description="By when, for a sentence: 30 June 2026.")
    due_in_short: str = Field(description="The same for a table.")
    due_date: str = Field(description="The same as 2026-01-31; empty where nothing is said.")
    priority: int | None = Field(description="1 is the most important.")
    kpis: tuple[KpiView, ...] = Field(description="KPIs that measure it.")
    on_target: bool | None = Field(
        description="All of its KPIs with a figure are on target; null without a figure, or where figures are missing."
    )
    lacks_figures: bool = Field(description="Figures of its KPIs are missing for periods of the time of the report.")
    reached: bool | None = Field(
        description="All of its KPIs have a figure and are on target; null where figures are still to come."
    )


class PersonView(View):
    """Whoever represents a party."""

    name: str = Field(description="Full name.")
    title: str = Field(description="Office held.")
    email: str = Field(description="E-mail address.")
    phone: str = Field(description="Telephone number.")


class PartyView(View):
    """One of the organisations."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Registered name.")
    address: str = Field(description="Registered address.")
    business: str = Field(description="What it does.")
    contributes: str = Field(description="What it brings.")
    representative: PersonView | None = Field(description="Who signs for it.")
    notices: tuple[str, ...] = Field(description="Where formal notices go.")
    signed: str = Field(description="Who signed which version, and when; empty for nobody.")


class PeriodView(View):
    """The time that a report is about."""

    key: str = Field(description="As it is written: 2026-Q2; term for the whole term.")
    title: str = Field(description="For people: Q2 2026.")
    first: str = Field(description="First day, in the term.")
    last: str = Field(description="Last day, in the term.")
    over: bool = Field(description="Its last day has passed.")
    partial: bool = Field(description="The term covers only a part of it.")
    usual: bool = Field(description="It is as long as what the kind of report is usually about: monthly, a month.")
    before: str = Field(description="The period before, for people; empty where there is none in the term.")
    year_before: str = Field(description="The period a year earlier; empty where there is none in the term.")
    next: str = Field(description="The period after; empty where the term has none.")


class CountsView(View):
    """How many verdicts of each status there are in the time of the report."""

    met: int = Field(description="Target reached.")
    off_target: int = Field(description="Target missed, no threshold fired.")
    warn: int = Field(description="A warning fired.")
    breach: int = Field(description="A breach fired.")
    missing: int = Field(description="Figure overdue.")
    excused: int = Field(description="Covered by a waiver.")
    pending: int = Field(description="Not due yet.")


class ReportView(View):
    """Everything that a template sees."""

    kind: str = Field(description="Kind of the report: quarterly.")
    language: str = Field(description="Language tag of this rendering: zh-Hans.")
    charts: str = Field(description="How charts are drawn: mermaid, svg (as files) or none.")
    empty: bool = Field(description="A form is to be filled in by hand: recorded figures are left out.")
    id: str = Field(description="Id of the agreement.")
    title: str = Field(description="Title of the agreement.")
    version: str = Field(description="Version of the agreement.")
    as_of: str = Field(description="Date of the verdicts, for people.")
    as_of_date: str = Field(description="Date of the verdicts as 2026-07-15.")
    start: str = Field(description="First day of the term.")
    end: str = Field(description="Last day of the term.")
    start_date: str = Field(description="First day of the term as 2026-01-31.")
    end_date: str = Field(description="Last day of the term as 2026-01-31.")
    ended: bool = Field(description="The term is over at the date of the verdicts.")
    purpose: str = Field(description="Why the parties cooperate; empty where nothing is said.")
    vision: str = Field(description="What it should become; empty where nothing is said.")
    period: PeriodView = Field(description="The time that the report is about.")
    parties: tuple[PartyView, ...] = Field(description="The organisations, in the agreement's order.")
    score: FigureView = Field(description="Weighted mean of the latest attainments, 0 to 100.")
    score_counted: int = Field(description="KPIs that the score rests on.")
    score_without: int = Field(description="KPIs that have no figure yet.")
    counts: CountsView = Field(description="How KPI periods, milestones and budget lines stand.")
    goals: tuple[GoalView, ...] = Field(description="Goals, the most important first.")
    kpis: tuple[KpiView, ...] = Field(description="KPIs, in the agreement's order.")
    phases: tuple[PhaseView, ...] = Field(description="Phases with their milestones.")
    milestones: tuple[MilestoneView, ...] = Field(description="All milestones, by due date.")
    timetable: str = Field(
        description="The plan as a file beside the report; empty where there is no milestone, or charts are no files."
    )
    budget: tuple[BudgetView, ...] = Field(description="Budget lines.")
    budget_as_of: str = Field(
        description="Day for which they are judged: the last of the period where it is over, else the as-of date."
    )
    warnings: tuple[WarningView, ...] = Field(description="What fired or is missing in the time of the report.")
    actions: tuple[ActionView, ...] = Field(description="Corrective actions of the time of the report, and open ones.")
    risks: tuple[RiskView, ...] = Field(description="Risks, the highest first.")
    rights: tuple[RightView, ...] = Field(description="Rights to end the agreement.")
    events: tuple[EventView, ...] = Field(description="What happened in the time of the report.")
    deadlines: tuple[DeadlineView, ...] = Field(description="What falls due in the period after, and what is overdue.")
    notes: tuple[NoteView, ...] = Field(description="Footnotes.")
    terms: TermsView = Field(description="What the agreement itself says, for documents about it.")
    has_figures: bool = Field(description="Whether anything at all is recorded for the time of the report.")
