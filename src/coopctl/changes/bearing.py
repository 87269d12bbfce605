"""For whom a change is good or bad: who owes something, and who benefits."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from coopctl.changes.change import Direction, Effect, turned
from coopctl.model.agreement import Agreement


class Bearing:
    """The parties of two versions, and what binds them."""

    def __init__(self, base: Agreement, head: Agreement, formerly: Mapping[str, str]) -> None:
        """Take two versions of which the older uses the newer names; `formerly` has the older ids by the newer."""
        self._base = base
        self._head = head
        self.formerly = formerly
        known = (*head.parties, *(each for each in base.parties if each not in formerly.values()))
        self.parties = tuple(dict.fromkeys(known))

    def neutral(self) -> dict[str, Effect]:
        """Return that nobody is better or worse off."""
        return dict.fromkeys(self.parties, "neutral")

    def of_obligation(
        self, direction: Direction, owes: Iterable[str | None], benefits: Iterable[str] | None = None
    ) -> dict[str, Effect]:
        """Return the effects of a duty that was tightened or loosened.

        `owes` are ids of parties, members or bodies; those who benefit are the other parties where nothing is said.
        A party that both owes and benefits is neither better nor worse off.
        """
        debtors = {party for each in owes for party in self.parties_of(each)}
        if not debtors or direction == "incomparable":
            return self.neutral()
        creditors = set(benefits) if benefits is not None else set(self.parties) - debtors
        effects = self.neutral()
        for party in self.parties:
            if (party in debtors) is not (party in creditors):
                effects[party] = "adverse" if party in debtors else "favourable"
        return effects if direction == "tightened" else {party: turned(each) for party, each in effects.items()}

    def of_right(self, direction: Direction, holders: Iterable[str]) -> dict[str, Effect]:
        """Return the effects of a right that became easier to use (tightened, for the others) or harder."""
        held = set(holders)
        return self.of_obligation(direction, set(self.parties) - held, held)

    def of_move(self, before: Iterable[str | None], after: Iterable[str | None]) -> dict[str, Effect]:
        """Return the effects of a duty that went from some to others."""
        freed = {party for each in before for party in self.parties_of(each)}
        bound = {party for each in after for party in self.parties_of(each)}
        effects = self.neutral()
        for party in self.parties:
            if (party in freed) is not (party in bound):
                effects[party] = "adverse" if party in bound else "favourable"
            elif party not in freed and bool(freed - bound) is not bool(bound - freed):
                effects[party] = "favourable" if bound - freed else "adverse"  # more or fewer owe it than before
        return effects

    def of_gain(self, before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, Effect]:
        """Return the effects of shares in something good: more is favourable."""
        effects = self.neutral()
        for party in self.parties:
            was, now = _size(before.get(party)), _size(after.get(party))
            if was != now:
                effects[party] = "favourable" if now > was else "adverse"
        return effects

    def parties_of(self, actor: str | None) -> set[str]:
        """Return the party or parties that an id stands for; none for nobody and for the working group as a whole."""
        if actor is None:
            return set()
        if actor in self.parties:
            return {actor}
        for agreement in (self._head, self._base):
            members = agreement.working_group.members if agreement.working_group else {}
            if actor in members:
                return {members[actor].party}
            bodies = agreement.governance.bodies if agreement.governance else {}
            if actor in bodies and bodies[actor].members:
                found = [self.parties_of(each) for each in bodies[actor].members if each not in bodies]
                return set().union(*found)
        return set()


def _size(share: object) -> Decimal:
    value = getattr(share, "value", share)
    return value if isinstance(value, Decimal) else Decimal(0)
