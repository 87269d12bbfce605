"""Whoever can owe something, as documents about an agreement call them."""

from collections.abc import Iterable

from coopctl.model.agreement import Agreement
from coopctl.model.responsibilities import Member
from coopctl.report.building.setting import ReportSetting
from coopctl.report.numerals import party_letter
from coopctl.report.terms import ActorTerm

GROUP = "working_group"


class Actors:
    """Parties, members and bodies of one agreement, by id."""

    def __init__(self, report: ReportSetting) -> None:
        self._report = report
        self._order = list(report.agreement.parties)

    def __call__(self, actor_id: str) -> ActorTerm:
        """Return one of them."""
        agreement, speech = self._report.agreement, self._report.speech
        name = self._report.actor(actor_id)
        if actor_id in agreement.parties:
            return ActorTerm(id=actor_id, kind="party", name=name, short=self._letter(actor_id))
        member = members_of(agreement).get(actor_id)
        if member is not None:
            short = speech.say("%(name)s (%(party)s)", name=name, party=self._letter(member.party))
            return ActorTerm(id=actor_id, kind="member", name=name, short=short)
        kind = "group" if actor_id == GROUP else "body"
        return ActorTerm(id=actor_id, kind=kind, name=name, short=name)

    def maybe(self, actor_id: str | None) -> ActorTerm | None:
        """Return one of them; nothing for nobody."""
        return None if actor_id is None else self(actor_id)

    def all(self, actor_ids: Iterable[str]) -> tuple[ActorTerm, ...]:
        """Return several of them, each once."""
        return tuple(self(each) for each in dict.fromkeys(actor_ids))

    def _letter(self, party_id: str) -> str:
        speech = self._report.speech
        return speech.say("Party %(letter)s", letter=party_letter(speech.tag, self._order.index(party_id)))


def members_of(agreement: Agreement) -> dict[str, Member]:
    """Return the members of the working group, by id."""
    return dict(agreement.working_group.members) if agreement.working_group else {}
