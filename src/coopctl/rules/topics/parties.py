"""Rules about the parties."""

from collections.abc import Iterator

from coopctl.findings import Severity
from coopctl.model.scalars import shortened
from coopctl.rules.rule import Remark, Review, rule


@rule("PTY001", Severity.WARNING)
def party_without_notice_address(review: Review) -> Iterator[Remark]:
    """A party has no address for formal notices.

    Why: Notices of breach, cure and termination count from the day they are given. Where no address is agreed, the
    first dispute is about whether a notice was given at all.

    Bad:
        parties:
          north:
            name: Northwind Example Ltd.

    Good:
        parties:
          north:
            name: Northwind Example Ltd.
            notices: {email: legal@north.example}
    """
    for party_id, party in review.agreement.parties.items():
        if party.notices is None or not (party.notices.email or party.notices.address):
            yield Remark(
                ("parties", party_id, "notices"),
                f"{shortened(party.name)} has no address for notices",
                "add notices: {email: …} or notices: {address: …}",
            )
