"""The whole agreement."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from coopctl.model.base import Clause
from coopctl.model.goals import Goal
from coopctl.model.governance import (
    Activity,
    Amendment,
    Communication,
    Confidentiality,
    Disputes,
    Economics,
    Exit,
    FreeClause,
    Governance,
    Liability,
    Process,
    Signature,
)
from coopctl.model.kpis import Kpi
from coopctl.model.names import PartyRef
from coopctl.model.parties import Party
from coopctl.model.plan import BudgetLine, Plan, Resource, Risk
from coopctl.model.responsibilities import Responsibility, WorkingGroup
from coopctl.model.scalars import Id, ReadBy, Text, Version, described, wrong
from coopctl.model.term import CalendarTerms, Scope, Term, TimeZone
from coopctl.quoted import Quoted


def _language_version(value: object) -> object:
    if isinstance(value, str) and value.startswith("actuals/"):
        raise wrong("this is a ledger file, not an agreement", "name the agreement.yaml that it belongs to")
    if isinstance(value, str) and value.startswith("approvals/"):
        raise wrong("this is a file of approvals, not an agreement", "name the agreement.yaml that it belongs to")
    if isinstance(value, Quoted) and value == "1":
        raise wrong("expected the number 1, found {found}", "write coopctl: 1, without quotes", found=described(value))
    if value not in (1, "1"):
        raise wrong(
            "expected the version of the language, found {found}; this coopctl reads version 1",
            "write coopctl: 1",
            found=described(value),
        )
    return 1


class Agreement(Clause):
    """What the parties have agreed."""

    coopctl: Annotated[int, ReadBy(_language_version, {"type": "integer", "const": 1})] = Field(
        description="Version of this language."
    )
    id: Id = Field(description="Name of the agreement, unique among those kept together.")
    title: Text = Field(description="Title shown to people.")
    version: Version = Field(description="Version of the deal, such as 1.2.0; a material change raises it.")
    status: Literal["draft", "active", "suspended", "ended"] = Field("active", description="Where it stands.")
    language: Annotated[str, StringConstraints(pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = Field(
        "en", description="BCP 47 tag; language of what is rendered."
    )
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")] | None = Field(
        None, description="ISO 4217 code of all money in it."
    )
    timezone: TimeZone = Field("UTC", description="IANA name; decides what day today is.")
    calendar: CalendarTerms = Field(CalendarTerms.model_construct(), description="Business days, and when years begin.")
    mode: Literal["alliance", "supply-chain", "technology", "joint-venture", "marketing", "service", "other"] | None = (
        Field(None, description="What sort of cooperation it is.")
    )
    purpose: Text | None = Field(None, description="Why the parties cooperate.")
    vision: Text | None = Field(None, description="What it should become.")
    scope: Scope | None = Field(None, description="What it covers.")
    actuals: tuple[Text, ...] | None = Field(
        None,
        description="Ledger files, as patterns relative to the agreement; actuals/* where nothing is said.",
    )
    parties: dict[Id, Party] = Field(description="The organisations, keyed by id; two or more.", min_length=2)
    term: Term = Field(description="How long it runs.")
    goals: dict[Id, Goal] = Field(default_factory=dict, description="Goals, keyed by id.")
    kpis: dict[Id, Kpi] = Field(default_factory=dict, description="KPIs, keyed by id.")
    responsibilities: dict[Id, Responsibility] = Field(default_factory=dict, description="Who does what, keyed by id.")
    working_group: WorkingGroup | None = Field(None, description="The people who run it.")
    plan: Plan | None = Field(None, description="Phases and milestones.")
    budget: dict[Id, BudgetLine] = Field(default_factory=dict, description="Budget lines, keyed by id.")
    resources: dict[Id, Resource] = Field(default_factory=dict, description="What each side brings, keyed by id.")
    risks: dict[Id, Risk] = Field(default_factory=dict, description="What may go wrong, keyed by id.")
    communication: Communication | None = Field(None, description="How the parties keep each other informed.")
    governance: Governance | None = Field(None, description="Who decides.")
    economics: Economics | None = Field(None, description="How money is split.")
    processes: dict[Id, Process] = Field(default_factory=dict, description="Ways of working, keyed by id.")
    activities: dict[Id, Activity] = Field(default_factory=dict, description="Training and culture, keyed by id.")
    confidentiality: Confidentiality | None = Field(None, description="What stays secret.")
    liability: Liability | None = Field(None, description="Who pays for a breach.")
    disputes: Disputes | None = Field(None, description="How disputes are settled.")
    exit: Exit | None = Field(None, description="How it ends.")
    signatures: dict[PartyRef, Signature] = Field(default_factory=dict, description="Who signed what.")
    clauses: dict[Id, FreeClause] = Field(default_factory=dict, description="Clauses in words, keyed by id.")
    amendments: tuple[Amendment, ...] = Field((), description="History of the deal, oldest first.")
