"""Rules about how costs and revenue are shared."""

from collections.abc import Iterator
from fractions import Fraction

from coopctl.evaluate.numbers import HUNDRED, exact, written
from coopctl.findings import Severity
from coopctl.rules.listing import listed
from coopctl.rules.rule import Remark, Review, rule


@rule("MNY001", Severity.ERROR)
def shares_not_100(review: Review) -> Iterator[Remark]:
    """The parties' shares of the costs or of the revenue do not add up to 100 %.

    Why: What is left over belongs to nobody, and what is given twice is owed twice. It comes to light at the first
    settlement, when there is money on the table.

    Bad:
        economics:
          revenue_sharing: {north: 50%, harbor: 45%}
          payment: {frequency: quarterly, within: 30 days}

    Good:
        economics:
          revenue_sharing: {north: 55%, harbor: 45%}
          payment: {frequency: quarterly, within: 30 days}
    """
    review.whole("economics")
    economics = review.agreement.economics
    if economics is None:
        return
    for key, noun, shares in (
        ("cost_sharing", "costs", economics.cost_sharing),
        ("revenue_sharing", "revenue", economics.revenue_sharing),
    ):
        total = sum((exact(share.value) for share in shares.values()), Fraction(0))
        if shares and total != HUNDRED:
            each = listed([f"{party_id} {share}" for party_id, share in shares.items()])
            wrong_by = f"{written(abs(HUNDRED - total))}%"
            yield Remark(
                ("economics", key),
                f"the shares of the {noun} add up to {written(total)}%: {each}",
                f"give the {wrong_by} that is left to one of them"
                if total < HUNDRED
                else f"take {wrong_by} from one of them",
            )


@rule("MNY002", Severity.WARNING)
def no_payment_terms(review: Review) -> Iterator[Remark]:
    """Costs or revenue are shared, and nothing says by when they are settled.

    Why: A share without a date is paid late by whoever owes it, and no interest or default can be counted from a
    day that was never agreed.

    Bad:
        economics:
          cost_sharing: {north: 60%, harbor: 40%}
          payment: {frequency: quarterly}

    Good:
        economics:
          cost_sharing: {north: 60%, harbor: 40%}
          payment: {frequency: quarterly, within: 30 days}
    """
    review.whole("economics")
    economics = review.agreement.economics
    if economics is None or not (economics.cost_sharing or economics.revenue_sharing):
        return
    shared = {"costs": economics.cost_sharing, "revenue": economics.revenue_sharing}
    noun = " and ".join(each for each, shares in shared.items() if shares)
    if economics.payment is None:
        yield Remark(
            ("economics", "payment"),
            f"shares of the {noun} are agreed, and nothing says when they are settled",
            "add payment: {frequency: quarterly, within: 30 days}",
        )
    elif economics.payment.within is None:
        yield Remark(
            ("economics", "payment", "within"),
            f"shares of the {noun} are settled {economics.payment.frequency}, and nothing says how soon they are paid",
            "add within: 30 days, counted from the end of each period",
        )
