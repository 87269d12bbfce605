"""For whom a change is good or bad: who owes something, and who benefits."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from coopctl.changes.change import Direction, Effect, turned
from coopctl.changes.references import Renamings
from coopctl.model.agreement import Agreement

Effects = Mapping[str, Effect]
"""What something is for each party, by id."""


class Actors:
    """Whom the ids of one version stand for."""

    def __init__(self, agreement: Agreement, newer: Renamings) -> None:
        """Take a version whose references use the newer names; `newer` has those by the places of its entries."""
        members = agreement.working_group.members if agreement.working_group else {}
        self.parties = tuple(newer.get(("parties", each), each) for each in agreement.parties)
        self._members = {newer.get(("working_group", "members", key), key): each.party for key, each in members.items()}

    def parties_of(self, actors: Iterable[str | None]) -> set[str]:
        """Return the parties that ids of parties and members stand for; none for nobody."""
        found = set[str]()
        for actor in actors:
            if actor in self.parties:
                found.add(actor)
            elif actor in self._members:
                found.add(self._members[actor])
        return found


class Bearing:
    """The parties of two versions, and what binds them."""

    def __init__(self, before: Actors, after: Actors, formerly: Mapping[str, str]) -> None:
        """Take whom ids stand for in the older and the newer version, and the older ids of parties by the newer."""
        self.before = before
        self.after = after
        self.formerly = formerly
        self.parties = tuple(dict.fromkeys((*after.parties, *before.parties)))

    def neutral(self) -> dict[str, Effect]:
        """Return that nobody is better or worse off."""
        return dict.fromkeys(self.parties, "neutral")

    def of_obligation(
        self, direction: Direction, debtors: Collection[str], benefits: Iterable[str] | None = None
    ) -> Effects:
        """Return the effects of a duty that was tightened or loosened, by the parties that owe it.

        Those who benefit are the other parties where nothing is said. A party that both owes and benefits is neither
        better nor worse off.
        """
        if not debtors or direction == "incomparable":
            return self.neutral()
        creditors = set(benefits) if benefits is not None else set(self.parties) - set(debtors)
        effects = self.neutral()
        for party in self.parties:
            if (party in debtors) is not (party in creditors):
                effects[party] = "adverse" if party in debtors else "favourable"
        return effects if direction == "tightened" else {party: turned(each) for party, each in effects.items()}

    def of_right(self, direction: Direction, holders: Iterable[str]) -> Effects:
        """Return the effects of a right that became easier to use (tightened, for the others) or harder."""
        held = set(holders)
        return self.of_obligation(direction, set(self.parties) - held, held)

    def of_move(self, freed: Collection[str], bound: Collection[str]) -> Effects:
        """Return the effects of a duty that went from some parties to others."""
        effects = self.neutral()
        fewer, more = set(freed) - set(bound), set(bound) - set(freed)
        for party in self.parties:
            if party in fewer or party in more:
                effects[party] = "adverse" if party in more else "favourable"
            elif party not in freed and bool(fewer) is not bool(more):
                effects[party] = "favourable" if more else "adverse"  # more or fewer owe it than before
        return effects

    def of_gain(self, before: Mapping[str, object], after: Mapping[str, object]) -> Effects:
        """Return the effects of shares in something good: more is favourable."""
        effects = self.neutral()
        for party in self.parties:
            was, now = _size(before.get(party)), _size(after.get(party))
            if was != now:
                effects[party] = "favourable" if now > was else "adverse"
        return effects


def _size(share: object) -> Decimal:
    value = getattr(share, "value", share)
    return value if isinstance(value, Decimal) else Decimal(0)
