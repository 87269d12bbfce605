"""Names that one part of an agreement uses for another, and whether they stand for anything."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from coopctl.model.scalars import PeriodKey, described, shortened


def _ids(data: object, *path: str) -> frozenset[str]:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return frozenset(data) if isinstance(data, dict) else frozenset()


@dataclass(frozen=True)
class Names:
    """Every name an agreement declares, collected from its plain data before anything is checked."""

    parties: frozenset[str]
    members: frozenset[str]
    bodies: frozenset[str]
    kpis: frozenset[str]
    milestones: frozenset[str]
    phases: frozenset[str]
    budget: frozenset[str]
    subjects: frozenset[str]
    """Dotted names of all things that a figure, event, action or allocation can be about."""

    @classmethod
    def of(cls, data: object) -> "Names":
        """Collect the names from an agreement's plain data, whatever else is wrong with it."""
        sections = {
            ("kpis",): _ids(data, "kpis"),
            ("plan", "milestones"): _ids(data, "plan", "milestones"),
            ("plan", "phases"): _ids(data, "plan", "phases"),
            ("budget",): _ids(data, "budget"),
            ("goals",): _ids(data, "goals"),
        }
        others = ("resources", "risks", "responsibilities", "processes", "activities", "parties", "clauses")
        sections |= {(name,): _ids(data, name) for name in others}
        sections |= {
            ("exit", "triggers"): _ids(data, "exit", "triggers"),
            ("governance", "bodies"): _ids(data, "governance", "bodies"),
            ("communication", "meetings"): _ids(data, "communication", "meetings"),
            ("communication", "sharing"): _ids(data, "communication", "sharing"),
        }
        return cls(
            parties=_ids(data, "parties"),
            members=_ids(data, "working_group", "members"),
            bodies=_ids(data, "governance", "bodies"),
            kpis=sections[("kpis",)],
            milestones=sections[("plan", "milestones")],
            phases=sections[("plan", "phases")],
            budget=sections[("budget",)],
            subjects=frozenset(".".join((*path, name)) for path, names in sections.items() for name in names),
        )

    @cached_property
    def actors(self) -> frozenset[str]:
        """Those who can owe something: parties and members of the working group."""
        return self.parties | self.members

    @cached_property
    def deciders(self) -> frozenset[str]:
        """Those to whom something can be escalated."""
        return self.actors | self.bodies | {"working_group"}

    @cached_property
    def thresholds(self) -> frozenset[str]:
        """What a risk can wait for: a level of something that is judged."""
        judged = ("kpis.", "plan.milestones.", "budget.")
        return frozenset(
            f"{subject}.{level}"
            for subject in self.subjects
            if subject.startswith(judged)
            for level in ("warn", "breach", "missing")
        )


KINDS = {
    "parties": "party",
    "actors": "party or working-group member",
    "members": "working-group member",
    "deciders": "working group, body, party or member",
    "kpis": "KPI",
    "milestones": "milestone",
    "phases": "phase",
    "budget": "budget line",
    "subjects": "part of the agreement",
    "thresholds": "threshold",
}


_LONGEST_COMPARED = 100
_MOST_COMPARED = 300
"""Names beyond which none is suggested: comparing every wrong name with every known one would take minutes."""


def nearest(name: str, known: Collection[str]) -> list[str]:
    """Return up to three of the known names that look most like `name`, best first."""
    from difflib import get_close_matches

    if len(known) > _MOST_COMPARED or len(name) > _LONGEST_COMPARED:
        return []
    folded = {each.casefold(): each for each in sorted(known)}
    return [folded[each] for each in get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)]


def did_you_mean(name: str, known: Collection[str]) -> str:
    """Return the remedy for a name that was not found: the nearest ones, or some of all there are."""
    close = nearest(name, known)
    if close:
        return "did you mean " + " or ".join(f"`{each}`" for each in close) + "?"
    if not known:
        return "the agreement declares none"
    shown = ", ".join(f"`{each}`" for each in nsmallest(8, known))
    return f"known here: {shown}" + (" …" if len(known) > 8 else "")


def unknown_reference(kind: str, found: str, known: Collection[str]) -> PydanticCustomError:
    """Build the error for a name that stands for nothing; who shows it looks for the nearest of `known`."""
    context = {"kind": kind, "found": shortened(found), "known_names": known}
    return PydanticCustomError("unknown-reference", "no {kind} is called `{found}`", context)


@dataclass(frozen=True)
class Reference:
    """Marks text that must be the name of something; `among` is the attribute of `Names` that lists it.

    With `with_period`, a period may follow: `kpis.csat@2026-05`.
    """

    among: str
    with_period: bool = False

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._resolve)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "description": f"Name of a {KINDS[self.among]}."}

    def _resolve(self, value: object, info: core_schema.ValidationInfo) -> str:
        kind = KINDS[self.among]
        if not isinstance(value, str):
            raise PydanticCustomError(
                "wrong-value",
                "expected the name of a {kind}, found {found}",
                {"kind": kind, "found": described(value), "help": f"write the id of a {kind}"},
            )
        name = value if value.isascii() else unicodedata.normalize("NFC", value)
        target, at, period = name.partition("@") if self.with_period else (name, "", "")
        if at:
            PeriodKey.read(period)
        names = info.context
        if isinstance(names, Names):
            known: frozenset[str] = getattr(names, self.among)
            if target not in known:
                raise unknown_reference(kind, target, known)
        return str(name)


PartyRef = Annotated[str, Reference("parties")]
ActorRef = Annotated[str, Reference("actors")]
MemberRef = Annotated[str, Reference("members")]
DeciderRef = Annotated[str, Reference("deciders")]
KpiRef = Annotated[str, Reference("kpis")]
MilestoneRef = Annotated[str, Reference("milestones")]
BudgetRef = Annotated[str, Reference("budget")]
PhaseRef = Annotated[str, Reference("phases")]
SubjectRef = Annotated[str, Reference("subjects")]
ThresholdRef = Annotated[str, Reference("thresholds")]
SubjectAtPeriodRef = Annotated[str, Reference("subjects", with_period=True)]
