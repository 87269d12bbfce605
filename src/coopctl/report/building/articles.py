"""Which clauses the agreement as a document has, in order, with their numbers and headings."""

from typing import Final

from pydantic import BaseModel

from coopctl.model.agreement import Agreement
from coopctl.model.governance import Communication, Economics, Governance
from coopctl.model.plan import Plan
from coopctl.report.building.setting import ReportSetting
from coopctl.report.numerals import clause_numeral
from coopctl.report.terms import ArticleTerm

_OF_SECTION: Final = {
    "scope": "scope",
    "term": "term",
    "goals": "goals",
    "kpis": "kpis",
    "responsibilities": "responsibilities",
    "working_group": "working-group",
    "governance": "governance",
    "plan": "timetable",
    "budget": "budget",
    "resources": "resources",
    "economics": "economics",
    "risks": "risks",
    "communication": "communication",
    "processes": "processes",
    "activities": "activities",
    "confidentiality": "confidentiality",
    "liability": "liability",
    "disputes": "disputes",
    "clauses": "clauses",
    "exit": "exit",
    "notices": "notices",
    "amendments": "changes",
}
"""The clause that a section of the agreement file becomes."""


def article_terms(report: ReportSetting) -> tuple[ArticleTerm, ...]:
    """Return the clauses that the agreement has something for."""
    has = _has(report.agreement)
    present = [(key, title) for key, title in _titles(report).items() if has[key]]
    return tuple(
        ArticleTerm(key=key, number=number, numeral=clause_numeral(report.speech.tag, number), title=title)
        for number, (key, title) in enumerate(present, 1)
    )


def article_of(report: ReportSetting, section: str) -> str:
    """Return the key of the clause that a section becomes; empty where there is none."""
    key = _OF_SECTION.get(section.partition(".")[0], "")
    if section == "exit.wind_down" or section == "wind_down":
        key = "wind-down"
    return key if key and _has(report.agreement)[key] else ""


def _titles(report: ReportSetting) -> dict[str, str]:
    speech = report.speech
    return {
        "interpretation": speech.say("Definitions and interpretation"),
        "scope": speech.say("Form and scope of the cooperation"),
        "term": speech.say("Term and renewal"),
        "goals": speech.say("Goals of the cooperation"),
        "kpis": speech.say("Key performance indicators"),
        "warnings": speech.say("Warnings, breaches and escalation"),
        "responsibilities": speech.say("Tasks and responsibilities"),
        "working-group": speech.say("Working group"),
        "governance": speech.say("Bodies and reviews"),
        "timetable": speech.say("Timetable and acceptance"),
        "budget": speech.say("Budget"),
        "resources": speech.say("Contributions and resources"),
        "economics": speech.say("Sharing of costs and revenue"),
        "risks": speech.say("Risks and contingency"),
        "communication": speech.say("Communication and sharing of information"),
        "processes": speech.say("Processes"),
        "activities": speech.say("Training and joint activities"),
        "confidentiality": speech.say("Confidentiality"),
        "liability": speech.say("Liability"),
        "disputes": speech.say("Governing law and disputes"),
        "exit": speech.say("Rights to end the agreement"),
        "wind-down": speech.say("Winding down and survival"),
        "clauses": speech.say("Further provisions"),
        "notices": speech.say("Notices"),
        "changes": speech.say("Versions and changes"),
    }


def _has(agreement: Agreement) -> dict[str, bool]:
    governance = agreement.governance or Governance()
    communication = agreement.communication or Communication()
    economics = agreement.economics or Economics()
    plan = agreement.plan or Plan()
    disputes, ending, secret = agreement.disputes, agreement.exit, agreement.confidentiality
    parties = agreement.parties.values()
    group = agreement.working_group
    thresholds = [each.thresholds for each in plan.milestones.values()]
    of_budget = [each.thresholds for each in agreement.budget.values()]
    return {
        "interpretation": True,
        "scope": agreement.mode is not None or _says(agreement.scope),
        "term": True,
        "goals": bool(agreement.goals),
        "kpis": bool(agreement.kpis),
        "warnings": bool(agreement.kpis or governance.escalation or any(thresholds) or any(of_budget)),
        "responsibilities": bool(agreement.responsibilities),
        "working-group": _says(group),
        "governance": bool(governance.bodies or governance.reviews),
        "timetable": bool(plan.phases or plan.milestones),
        "budget": bool(agreement.budget),
        "resources": bool(agreement.resources) or any(party.contributes for party in parties),
        "economics": bool(economics.cost_sharing or economics.revenue_sharing or economics.payment),
        "risks": bool(agreement.risks),
        "communication": bool(communication.meetings or communication.channels or communication.sharing),
        "processes": bool(agreement.processes),
        "activities": bool(agreement.activities),
        "confidentiality": _says(secret),
        "liability": _says(agreement.liability),
        "disputes": _says(disputes),
        "exit": bool(ending and ending.triggers),
        "wind-down": bool(ending and (ending.wind_down or ending.survival)),
        "clauses": bool(agreement.clauses),
        "notices": any(_says(party.notices) for party in parties),
        "changes": bool(agreement.amendments or governance.change_control),
    }


def _says(section: BaseModel | None) -> bool:
    """Whether a section is there and says anything."""
    return section is not None and any(value not in (None, (), {}) for _, value in section)
