"""What templates see of the agreement itself: its provisions as text, in the agreement's own words.

Lengths of time, dates, figures and conditions are written out in the report's language. Keys of the agreement language
(`monthly`, `higher-is-better`) stay keys: templates have words for them. The fields' descriptions are the reference for
people who write templates of their own.
"""

import re
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, field_validator

_LINE_BREAK: Final = re.compile(r"[ \t]*[\r\n]+[ \t\r\n]*")


class View(BaseModel):
    """A part of what templates see."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Term(View):
    """A provision. Texts of several lines, as YAML can have them, are one line, so that they fit into a table."""

    @field_validator("*", mode="before")
    @classmethod
    def _on_one_line(cls, value: object) -> object:
        if isinstance(value, tuple):
            return tuple(map(cls._on_one_line, value))
        return _LINE_BREAK.sub(" ", value.strip()) if isinstance(value, str) else value


class ActorTerm(Term):
    """Whoever can owe something: a party, a member, a body or the working group."""

    id: str = Field(description="Its id.")
    kind: str = Field(description="party, member, body or group.")
    name: str = Field(description="Registered name of a party, full name of a member, name of a body.")
    short: str = Field(description="As it is called in the agreement as a document: Party A; Bo Chen (Party A).")


class SignatureTerm(Term):
    """A party's signature."""

    by: str = Field(description="Who signed.")
    date: str = Field(description="When.")
    version: str = Field(description="Which version was signed; empty where nothing is said.")
    current: bool = Field(description="It is under the present version.")


class PartyTerm(Term):
    """What a document needs of a party besides `report.parties`."""

    actor: ActorTerm = Field(description="Its name and short name.")
    address: str = Field(description="Registered address.")
    attention: str = Field(description="Person or office that a notice is addressed to; empty where nothing is said.")
    notice_address: str = Field(description="Postal address for notices; empty where nothing is said.")
    notice_email: str = Field(description="E-mail address for notices; empty where nothing is said.")
    contributes: str = Field(description="What it brings.")
    signature: SignatureTerm | None = Field(description="Its signature; null while it has not signed.")


class ArticleTerm(Term):
    """A clause of the agreement as a document, in order; only those that the agreement has something for."""

    key: str = Field(description="What it is about: term, kpis, exit …")
    number: int = Field(description="1 for the first.")
    numeral: str = Field(description="The number as clauses are numbered in the language: 11, 十一.")
    title: str = Field(description="Its heading.")


class CalendarTerm(Term):
    """How days are counted."""

    timezone: str = Field(description="Time zone that dates are those of.")
    counts_business_days: bool = Field(description="Something in the agreement is counted in business days.")
    country: str = Field(description="Country whose public holidays count; empty for none.")
    weekend: tuple[str, ...] = Field(description="Weekly days off.")
    holidays: tuple[str, ...] = Field(description="Further days off.")
    workdays: tuple[str, ...] = Field(description="Days worked although they would be off.")
    year_starts: str = Field(description="Month in which years begin.")
    natural_years: bool = Field(description="Years begin in January.")


class RenewalTerm(Term):
    """What happens at the end of the term."""

    mode: str = Field(description="automatic, by-agreement or none.")
    length: str = Field(description="How long a renewal lasts; empty where nothing is said.")
    notice: str = Field(description="How long before the end notice is due; empty where nothing is said.")
    notice_by: str = Field(description="Last day for that notice; empty where nothing is said.")


class GoalTerm(Term):
    """A goal as it was agreed."""

    id: str = Field(description="Its id.")
    statement: str = Field(description="The goal in one sentence.")
    kpis: tuple[str, ...] = Field(description="Names of the KPIs that measure it.")
    owner: ActorTerm | None = Field(description="Who answers for it.")
    due: str = Field(description="By when.")
    priority: int | None = Field(description="1 is the most important.")


class TargetTerm(Term):
    """What a KPI should reach."""

    since: str = Field(description="Period from which it holds; empty where it holds throughout.")
    text: str = Field(description="The level: `16 days`, `75% to 90%`.")
    change: str = Field(description="The change of the baseline that it was agreed as: `−20%`; empty for a level.")


class KpiTerm(Term):
    """A KPI as it was agreed."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    unit: str = Field(description="Unit of its figures.")
    direction: str = Field(description="higher-is-better, lower-is-better or within-range.")
    frequency: str = Field(description="daily, weekly, monthly, quarterly, half-yearly or yearly.")
    aggregation: str = Field(description="sum, mean, weighted-mean, ratio, last, min or max.")
    accumulation: str = Field(description="per-period or cumulative.")
    dimension: str | None = Field(description="Which side of the cooperation it shows.")
    weight: str = Field(description="Its share in the score; empty for none.")
    baseline: str = Field(description="Where things stood before; empty where nothing is said.")
    baseline_date: str = Field(description="The day that the baseline describes.")
    baseline_source: str = Field(description="Where the baseline was taken from.")
    targets: tuple[TargetTerm, ...] = Field(description="Its target, or the steps of it.")
    warn: tuple[str, ...] = Field(description="Conditions for a warning, in words; any of them is enough.")
    breach: tuple[str, ...] = Field(description="Conditions for a breach, in words; any of them is enough.")
    owner: ActorTerm | None = Field(description="Who owes it.")
    benefits: tuple[ActorTerm, ...] = Field(description="Who benefits, where the agreement names them.")
    source: str = Field(description="Where its figures come from.")
    report_within: str = Field(description="How long after a period its figure is due.")
    missing: str = Field(description="What an overdue figure counts as: warn or breach.")


class MilestoneTerm(Term):
    """A milestone as it was agreed."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    phase: str = Field(description="Name of its phase; empty for none.")
    owner: ActorTerm | None = Field(description="Who owes it.")
    benefits: tuple[ActorTerm, ...] = Field(description="Who benefits, where the agreement names them.")
    start: str = Field(description="First day of its window; empty where nothing is said.")
    due: str = Field(description="Last day on which it is on time.")
    after: tuple[str, ...] = Field(description="Names of the milestones that come first.")
    buffer: str = Field(description="Slack planned before it; empty for none.")
    deliverable: str = Field(description="What is handed over.")
    acceptance: str = Field(description="How it is seen to be done.")
    warn: tuple[str, ...] = Field(description="Conditions for a warning, in words; any of them is enough.")
    breach: tuple[str, ...] = Field(description="Conditions for a breach, in words; any of them is enough.")


class DelayTerm(Term):
    """Conditions that several milestones have in common."""

    milestones: tuple[str, ...] = Field(description="Names of the milestones.")
    warn: tuple[str, ...] = Field(description="Conditions for a warning, in words; any of them is enough.")
    breach: tuple[str, ...] = Field(description="Conditions for a breach, in words; any of them is enough.")


class InstalmentTerm(Term):
    """What of a budget falls on a period."""

    period: str = Field(description="The period.")
    amount: str = Field(description="The amount.")


class BudgetTerm(Term):
    """A budget line as it was agreed."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    party: ActorTerm | None = Field(description="Whose budget it is.")
    owner: ActorTerm | None = Field(description="Who answers for it, where that is said.")
    amount: str = Field(description="For the whole term.")
    phasing: tuple[InstalmentTerm, ...] = Field(description="Amounts by period; none where it is spread evenly.")
    warn: tuple[str, ...] = Field(description="Conditions for a warning, in words; any of them is enough.")
    breach: tuple[str, ...] = Field(description="Conditions for a breach, in words; any of them is enough.")


class AllocationTerm(Term):
    """A resource promised to a part of the plan."""

    to: str = Field(description="Name of what it is for.")
    amount: str = Field(description="How much.")
    first: str = Field(description="First day; empty where nothing is said.")
    last: str = Field(description="Last day; empty where nothing is said.")


class ResourceTerm(Term):
    """People, equipment or data that a party brings."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    kind: str | None = Field(description="people, equipment, space, data or other.")
    party: ActorTerm | None = Field(description="Who brings it.")
    capacity: str = Field(description="How much there is at a time; empty where nothing is said.")
    allocations: tuple[AllocationTerm, ...] = Field(description="What it is promised to.")


class TriggerTerm(Term):
    """A threshold that a risk waits for."""

    name: str = Field(description="Name of what it is about.")
    level: str = Field(description="warn, breach or missing.")


class RiskTerm(Term):
    """A risk as it was agreed."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    category: str | None = Field(description="What sort of risk it is.")
    likelihood: int | None = Field(description="1 (rare) to 5 (almost certain).")
    impact: int | None = Field(description="1 (slight) to 5 (severe).")
    owner: ActorTerm | None = Field(description="Who watches it.")
    triggers: tuple[TriggerTerm, ...] = Field(description="What calls for its contingency.")
    response: str = Field(description="What is done beforehand.")
    contingency: tuple[str, ...] = Field(description="What is done when it happens.")


class TaskTerm(Term):
    """A task with who is responsible, accountable, consulted and informed."""

    id: str = Field(description="Its id.")
    task: str = Field(description="What is to be done.")
    name: str = Field(description="Its short name; empty where there is none.")
    responsible: tuple[ActorTerm, ...] = Field(description="Who do the work.")
    accountable: ActorTerm | None = Field(description="The one who answers for it.")
    consulted: tuple[ActorTerm, ...] = Field(description="Who are asked before.")
    informed: tuple[ActorTerm, ...] = Field(description="Who are told after.")
    frequency: str | None = Field(description="daily, weekly, monthly, quarterly, half-yearly or yearly.")
    due: str = Field(description="By when, for a task done once; empty where nothing is said.")
    deliverable: str = Field(description="What comes out of it.")
    standard: str = Field(description="How good, and by when in each period.")
    letters: tuple[str, ...] = Field(
        description="Its letters for each of `terms.columns`, such as R or R, A; empty for none."
    )


class AnswersTerm(Term):
    """What one party, member or body answers for."""

    actor: ActorTerm = Field(description="Who it is.")
    accountable: tuple[str, ...] = Field(description="Tasks that it answers for.")
    responsible: tuple[str, ...] = Field(description="Tasks that it does the work for.")
    kpis: tuple[str, ...] = Field(description="Names of the KPIs that it owes.")
    milestones: tuple[str, ...] = Field(description="Milestones that it owes, with their dates.")
    goals: tuple[str, ...] = Field(description="Statements of the goals that it answers for.")
    budget: tuple[str, ...] = Field(description="Names of its budget lines.")
    risks: tuple[str, ...] = Field(description="Names of the risks that it watches.")
    actions: tuple[str, ...] = Field(description="Corrective actions of its own that are open at the as-of date.")


class MemberTerm(Term):
    """A person in the working group."""

    actor: ActorTerm = Field(description="The person.")
    party: ActorTerm = Field(description="Who sends the person.")
    role: str = Field(description="Such as project-manager; empty where nothing is said.")
    backup: str = Field(description="Name of whoever stands in; empty for nobody.")
    email: str = Field(description="E-mail address; empty where nothing is said.")


class TurnTerm(Term):
    """A turn of a rotating chair."""

    actor: ActorTerm = Field(description="Who has the chair.")
    first: str = Field(description="First day.")
    last: str = Field(description="Last day.")


class ChairTerm(Term):
    """Who leads the working group."""

    mode: str = Field(description="single, joint or rotating.")
    every: str = Field(description="How long a turn lasts; empty where nothing is said.")
    order: tuple[ActorTerm, ...] = Field(description="Who has the chair, in turn.")
    turns: tuple[TurnTerm, ...] = Field(description="The turns over the term; none where there would be over sixty.")


class WorkingGroupTerm(Term):
    """The people who run the cooperation day by day."""

    members: tuple[MemberTerm, ...] = Field(description="Its people.")
    chair: ChairTerm | None = Field(description="Who leads.")
    rule: str | None = Field(description="unanimous, majority, two-thirds or consensus.")
    quorum: int | None = Field(description="How many have to be present.")


class BodyTerm(Term):
    """A committee."""

    actor: ActorTerm = Field(description="Its name.")
    members: tuple[ActorTerm, ...] = Field(description="Who sit in it.")
    meets: str | None = Field(description="How often it meets.")


class EscalationTerm(Term):
    """To whom trouble goes, and how soon."""

    to: ActorTerm = Field(description="To whom.")
    within: str = Field(description="How soon after it became known.")


class RecurringTerm(Term):
    """Something that is due after each period."""

    frequency: str = Field(description="How often.")
    within: str = Field(description="How soon after the period ends; empty where nothing is said.")


class GovernanceTerm(Term):
    """Who decides, and to whom trouble goes."""

    bodies: tuple[BodyTerm, ...] = Field(description="Committees.")
    escalation: tuple[EscalationTerm, ...] = Field(description="Steps, each counted from the same day.")
    reviews: RecurringTerm | None = Field(description="Joint reviews.")
    change_control: str | None = Field(description="Who accepts a material change: all-parties or affected-parties.")


class MeetingTerm(Term):
    """A meeting that recurs."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    frequency: str = Field(description="How often.")
    length: str = Field(description="How long; empty where nothing is said.")
    chair: ActorTerm | None = Field(description="Who leads it.")
    agenda: tuple[str, ...] = Field(description="What is talked about.")
    minutes_by: ActorTerm | None = Field(description="Who writes the minutes.")


class ChannelTerm(Term):
    """A tool for talking, tracking or keeping documents."""

    id: str = Field(description="What it is for: chat, tracker, documents …")
    tool: str = Field(description="Which one.")


class SharingTerm(Term):
    """Information that one side gives the others."""

    id: str = Field(description="Its id.")
    content: str = Field(description="What is shared.")
    giver: ActorTerm = Field(description="Who gives it.")
    to: tuple[ActorTerm, ...] = Field(description="Who receive it.")
    frequency: str | None = Field(description="How often.")
    via: str = Field(description="By which way; empty where nothing is said.")
    confidential: bool = Field(description="Whether confidentiality covers it.")


class CommunicationTerm(Term):
    """How the parties keep each other informed."""

    meetings: tuple[MeetingTerm, ...] = Field(description="Meetings.")
    channels: tuple[ChannelTerm, ...] = Field(description="Tools.")
    sharing: tuple[SharingTerm, ...] = Field(description="What is shared.")


class ShareTerm(Term):
    """A party's share."""

    party: ActorTerm = Field(description="The party.")
    share: str = Field(description="Its share: `60%`.")


class EconomicsTerm(Term):
    """How money is split."""

    costs: tuple[ShareTerm, ...] = Field(description="Shares of the costs.")
    revenue: tuple[ShareTerm, ...] = Field(description="Shares of the revenue.")
    payment: RecurringTerm | None = Field(description="When it is settled.")


class StepTerm(Term):
    """A step of a process or of the winding down."""

    do: str = Field(description="What is done.")
    owner: ActorTerm | None = Field(description="Who does it.")
    within: str = Field(description="How long it may take; empty where nothing is said.")
    output: str = Field("", description="What comes out; empty where nothing is said.")
    by: str = Field("", description="Last day, where the agreement ends with its term; empty where nothing is said.")


class ProcessTerm(Term):
    """A standard way of working."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    steps: tuple[StepTerm, ...] = Field(description="Its steps, in order.")


class ActivityTerm(Term):
    """Training, culture and alignment."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    kind: str = Field(description="training, culture, market-scan or alignment.")
    frequency: str | None = Field(description="How often.")
    owner: ActorTerm | None = Field(description="Who organises it.")


class ConfidentialityTerm(Term):
    """What stays secret, and for how long."""

    covers: tuple[str, ...] = Field(description="What is confidential.")
    survives: str = Field(description="How long after the end; empty where nothing is said.")
    on_exit: str | None = Field(description="return, destroy or return-or-destroy.")


class LiabilityTerm(Term):
    """Who pays for a breach."""

    breach: str = Field(description="What is compensated; empty where nothing is said.")
    cap: str = Field(description="Upper limit; empty for none.")


class DisputeTerm(Term):
    """One step of the way disputes are settled."""

    step: str = Field(description="negotiation, mediation, arbitration or court.")
    within: str = Field(description="How long before the next step; empty where nothing is said.")
    body: str = Field(description="Which institution; empty where nothing is said.")
    seat: str = Field(description="Where; empty where nothing is said.")


class ExitTerm(Term):
    """A right to end the agreement, as it was agreed."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    depends_on: str = Field(description="kpi, event or anytime.")
    condition: str = Field(description="On what it depends, in words.")
    right_of: tuple[ActorTerm, ...] = Field(description="Who has it.")
    cure: str = Field(description="Time to put it right, from the notice; empty where nothing is said.")
    notice: str = Field(description="Time from the notice to the end; empty where nothing is said.")


class SurvivalTerm(Term):
    """A part that goes on after the end."""

    text: str = Field(description="As the agreement calls it.")
    article: str = Field(description="Key of the clause that it is; empty where it is none of them.")


class FreeTerm(Term):
    """A clause in words."""

    id: str = Field(description="Its id.")
    title: str = Field(description="Its heading.")
    paragraphs: tuple[str, ...] = Field(description="Its wording; the first paragraph follows the heading.")


class AmendmentTerm(Term):
    """One entry of the agreement's history."""

    version: str = Field(description="The version that it led to; empty where nothing is said.")
    date: str = Field(description="When it took effect; empty where nothing is said.")
    summary: str = Field(description="What changed.")


class SheetTaskTerm(Term):
    """A line of the operating data form: a milestone, a task or a corrective action."""

    kind: str = Field(description="milestone, task or action.")
    id: str = Field(description="Id of the milestone or task; of an action where it has one.")
    name: str = Field(description="What is done.")
    owner: str = Field(description="Name of whoever does it, or answers for it; empty for nobody.")
    planned: str = Field(description="Planned finish; empty where nothing is said.")
    frequency: str | None = Field(description="How often, for a task that recurs.")
    finished: str = Field(description="Actual finish; empty while there is none.")
    state: str | None = Field(description="not-started, in-progress or done; null where nothing is recorded.")
    expected: str = Field(description="Day on which it is expected; empty where nothing is said.")
    progress: str = Field(description="How much is done; empty where nothing is said.")
    standard: str = Field(description="How good, and by when in each period; empty where nothing is said.")
    note: str = Field(description="Remark; empty for none.")


class SheetFigureTerm(Term):
    """A line of the operating data form: a figure that is recorded, or to be recorded."""

    kpi: str = Field(description="Name of the KPI.")
    unit: str = Field(description="Its unit.")
    period: str = Field(description="Period that the figure is for.")
    target: str = Field(description="What is aimed at.")
    form: str = Field(description="value, ratio (numerator and denominator) or weighted (value and weight).")
    cumulative: bool = Field(description="The figure is that of the period alone; the target is that to date.")
    due: str = Field(description="Last day on which it is on time.")
    value: str = Field(description="The figure, rolled up for a ratio; empty while there is none.")
    numerator: str = Field(description="For a ratio: what is counted.")
    denominator: str = Field(description="For a ratio: out of how many.")
    weight: str = Field(description="For a weighted mean: how much the figure counts.")
    provisional: bool | None = Field(description="Whether it may still change; null while there is none.")
    source: str = Field(description="Where it comes from; empty where nothing is said.")
    owner: str = Field(description="Name of whoever owes it; empty for nobody.")
    by: str = Field(description="Name of whoever recorded it; empty where nothing is said.")
    note: str = Field(description="Remark; empty for none.")


class SheetSpendTerm(Term):
    """A line of the operating data form: spend on a budget line."""

    name: str = Field(description="Name of the budget line.")
    party: str = Field(description="Name of the party whose budget it is.")
    planned: str = Field(description="Budget of the time of the report.")
    spent: str = Field(description="Spend in the time of the report; empty where none is recorded.")
    to_date: str = Field(description="Spend since the start of the term; empty where none is recorded.")
    by: tuple[str, ...] = Field(description="Names of those who recorded it.")
    notes: tuple[str, ...] = Field(description="Remarks.")


class SheetTerm(Term):
    """The operating data form for the time of the report."""

    tasks: tuple[SheetTaskTerm, ...] = Field(description="Milestones, tasks and corrective actions.")
    figures: tuple[SheetFigureTerm, ...] = Field(description="Figures of KPI periods that end in it.")
    spend: tuple[SheetSpendTerm, ...] = Field(description="Spend on budget lines.")


class TermsView(View):
    """What the agreement says."""

    status: str = Field(description="draft, active, suspended or ended.")
    mode: str | None = Field(description="Form of the cooperation: alliance, supply-chain, …; null for none.")
    currency: str = Field(description="ISO 4217 code of all money in it; empty where nothing is said.")
    currency_name: str = Field(description="Its name: Euro; the code where the language has none.")
    parties: tuple[PartyTerm, ...] = Field(description="The parties, in the same order as `report.parties`.")
    articles: tuple[ArticleTerm, ...] = Field(description="The clauses of the agreement as a document.")
    calendar: CalendarTerm = Field(description="How days are counted.")
    includes: tuple[str, ...] = Field(description="What it covers.")
    excludes: tuple[str, ...] = Field(description="What it does not cover.")
    territories: tuple[str, ...] = Field(description="Where it applies.")
    renewal: RenewalTerm | None = Field(description="What happens at the end of the term; null where nothing is said.")
    goals: tuple[GoalTerm, ...] = Field(description="Goals, in the agreement's order.")
    kpis: tuple[KpiTerm, ...] = Field(description="KPIs, in the agreement's order.")
    milestones: tuple[MilestoneTerm, ...] = Field(description="Milestones, by due date.")
    delays: tuple[DelayTerm, ...] = Field(description="Conditions for warnings and breaches of milestones.")
    budget: tuple[BudgetTerm, ...] = Field(description="Budget lines.")
    budget_total: str = Field(description="Sum of the budget lines; empty where there are fewer than two.")
    resources: tuple[ResourceTerm, ...] = Field(description="What the parties bring.")
    risks: tuple[RiskTerm, ...] = Field(description="Risks, in the agreement's order.")
    tasks: tuple[TaskTerm, ...] = Field(description="Tasks with who does what.")
    columns: tuple[ActorTerm, ...] = Field(description="Everyone who has a part in a task: columns of a matrix.")
    answers: tuple[AnswersTerm, ...] = Field(description="What each one answers for.")
    working_group: WorkingGroupTerm | None = Field(description="The people who run it; null where nothing is said.")
    governance: GovernanceTerm = Field(description="Who decides, and to whom trouble goes.")
    communication: CommunicationTerm = Field(description="How the parties keep each other informed.")
    economics: EconomicsTerm = Field(description="How money is split.")
    processes: tuple[ProcessTerm, ...] = Field(description="Ways of working.")
    activities: tuple[ActivityTerm, ...] = Field(description="Training and culture.")
    confidentiality: ConfidentialityTerm | None = Field(description="What stays secret; null where nothing is said.")
    liability: LiabilityTerm | None = Field(description="Who pays for a breach; null where nothing is said.")
    law: str = Field(description="Governing law; empty where nothing is said.")
    disputes: tuple[DisputeTerm, ...] = Field(description="Steps by which disputes are settled.")
    exits: tuple[ExitTerm, ...] = Field(description="Rights to end the agreement.")
    wind_down: tuple[StepTerm, ...] = Field(description="What is done after the end.")
    survival: tuple[SurvivalTerm, ...] = Field(description="What goes on after the end.")
    clauses: tuple[FreeTerm, ...] = Field(description="Clauses in words.")
    amendments: tuple[AmendmentTerm, ...] = Field(description="History of the deal, oldest first.")
    sheet: SheetTerm = Field(description="The operating data form for the time of the report.")
