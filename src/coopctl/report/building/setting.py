"""What all parts of one report have in common."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from coopctl.evaluate.budget import budget_verdict
from coopctl.evaluate.periods import ONE_DAY, Days, days_of, key_of
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.verdicts import Judgement, Verdict
from coopctl.model.agreement import Agreement
from coopctl.model.scalars import Duration, PeriodKey
from coopctl.report.building.footnotes import Footnotes
from coopctl.report.pictures import Pictures
from coopctl.report.speech import Speech
from coopctl.report.stretches import Reported


@dataclass(frozen=True)
class ReportSetting:
    """An agreement, how it stands, the time of the report, and its language."""

    setting: Setting
    judgement: Judgement
    """At the as-of date, but that budget lines are judged for the end of a time that is over."""
    time: Reported
    speech: Speech
    notes: Footnotes
    pictures: Pictures

    @classmethod
    def of(
        cls, setting: Setting, judgement: Judgement, time: Reported, speech: Speech, pictures: Pictures
    ) -> "ReportSetting":
        """Prepare what the parts of a report share."""
        report = cls(setting, judgement, time, speech, Footnotes(), pictures)
        budget = setting.agreement.budget
        verdicts = tuple(
            budget_verdict(setting, each.id, budget[each.id], report.day_of_budget) if each.kind == "budget" else each
            for each in judgement.verdicts
        )
        return replace(report, judgement=replace(judgement, verdicts=verdicts))

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.setting.agreement

    @cached_property
    def by_subject(self) -> dict[str, list[Verdict]]:
        """All verdicts of each KPI, milestone and budget line, in order of time."""
        found: dict[str, list[Verdict]] = {}
        for verdict in self.judgement.verdicts:
            found.setdefault(verdict.subject, []).append(verdict)
        return found

    def actor(self, actor_id: str | None) -> str:
        """Return the name of a party, a member or a body; empty for nobody."""
        if actor_id is None:
            return ""
        agreement = self.agreement
        if actor_id in agreement.parties:
            return agreement.parties[actor_id].name
        members = agreement.working_group.members if agreement.working_group else {}
        if actor_id in members:
            return members[actor_id].name
        bodies = agreement.governance.bodies if agreement.governance else {}
        if actor_id in bodies:
            return bodies[actor_id].name or actor_id
        return self.speech.say("Working group") if actor_id == "working_group" else actor_id

    def subject(self, dotted: str) -> str:
        """Return the name of a part of the agreement, with its period: `Delivery time, March 2026`."""
        path, _, period = dotted.partition("@")
        name = self._name(path.split("."))
        if not period:
            return name
        return self.speech.say("%(name)s, %(period)s", name=name, period=self.speech.period(PeriodKey.read(period)))

    def _name(self, path: list[str]) -> str:
        here: object = self.agreement
        for step in path:
            here = here.get(step) if isinstance(here, dict) else getattr(here, step, None)
        for field in ("name", "title", "statement", "task", "content"):
            name = getattr(here, field, None)
            if isinstance(name, str):
                return name
        return path[-1]

    def waiver_reason(self, verdict: Verdict) -> str:
        """Return why a verdict is excused; empty where it is not, or nobody says why."""
        for record in self.setting.ledger.waivers:
            if verdict.waiver is not None and record.place == verdict.waiver:
                return record.waiver.reason or ""
        return ""

    def duration(self, duration: Duration | None) -> str:
        """Write a length of time; empty for none."""
        if duration is None:
            return ""
        unit = str(duration.unit)
        word = f"%(amount)s {unit}" if duration.amount == 1 else f"%(amount)s {unit}s"
        return self.speech.say(word, amount=duration.amount)

    @property
    def day_of_budget(self) -> date:
        """The day for which budget lines are judged: the one after a time that is over, else the as-of date."""
        return self.time.days.last + ONE_DAY if self.time.is_over(self.judgement.as_of) else self.judgement.as_of

    @property
    def days(self) -> Days:
        """The days that the report is about."""
        return self.time.days


def next_days(report: ReportSetting) -> Days | None:
    """Return the days of the period after the reported one; None where the term has none."""
    key = report.time.key
    first = report.time.whole.last + ONE_DAY
    if key is None or first > report.setting.term.last:
        return None
    return days_of(key_of(first, key.kind, report.setting.year_starts), report.setting.year_starts)
