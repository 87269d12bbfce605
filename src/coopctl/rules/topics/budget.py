"""Rules about the budget."""

from collections.abc import Iterator
from fractions import Fraction

from coopctl.evaluate.numbers import decimals_of, exact, shown, written
from coopctl.findings import Severity
from coopctl.rules.listing import either
from coopctl.rules.rule import Remark, Review, rule


@rule("BUD001", Severity.ERROR)
def phasing_not_amount(review: Review) -> Iterator[Remark]:
    """The phases of a budget line do not add up to its amount.

    Why: Spend is judged against the phases, and the parties believe in the amount. One of the two is wrong, and the
    difference is money that one side thinks it may spend and the other thinks it saves.

    Bad:
        budget:
          marketing: {party: north, amount: 500000,
                      phasing: {2026-H1: 250000, 2026-H2: 200000}}

    Good:
        budget:
          marketing: {party: north, amount: 500000,
                      phasing: {2026-H1: 250000, 2026-H2: 250000}}
    """
    review.whole("budget")
    for line_id, line in review.agreement.budget.items():
        if line.phasing == "even":
            continue
        phases = sum(map(exact, line.phasing.values()), Fraction(0))
        missing = exact(line.amount) - phases
        if missing:
            decimals = max(map(decimals_of, (line.amount, *line.phasing.values())))
            yield Remark(
                ("budget", line_id, "phasing"),
                f"the phases of {line_id} add up to {shown(phases, decimals)}, and its amount is "
                f"{shown(exact(line.amount), decimals)}: {shown(abs(missing), decimals)} too "
                f"{'little' if missing > 0 else 'much'}",
                f"correct a phase, or write amount: {written(phases)}",
                ((("budget", line_id, "amount"), "its amount"),),
            )


@rule("BUD002", Severity.WARNING)
def budget_line_without_owner(review: Review) -> Iterator[Remark]:
    """A budget line names neither the party whose money it is nor an owner.

    Why: Spend needs somebody who may approve it and who answers for it. Without one each side books its costs on
    the line and expects the other to pay.

    Bad:
        budget:
          travel: {amount: 73000}

    Good:
        budget:
          travel: {amount: 73000, party: harbor}
    """
    for line_id, line in review.agreement.budget.items():
        if line.party is None and line.owner is None:
            yield Remark(
                ("budget", line_id, "party"),
                f"{line_id} has an amount of {shown(exact(line.amount), decimals_of(line.amount))}, and neither a "
                "party nor an owner",
                f"add party: {either(review.agreement.parties)}",
            )


@rule("BUD003", Severity.WARNING)
def amount_without_currency(review: Review) -> Iterator[Remark]:
    """The agreement states amounts of money, and no currency.

    Why: A number is not a sum of money. Where the parties keep their books in two currencies, each reads the budget
    and the cap on liability in its own.

    Bad:
        currency:  # none
        budget:
          travel: {amount: 73000, party: harbor}

    Good:
        currency: CNY
        budget:
          travel: {amount: 73000, party: harbor}
    """
    review.whole("currency")
    if review.agreement.currency is not None:
        return
    lines = [("budget", line_id, "amount") for line_id in review.agreement.budget]
    cap = [("liability", "cap")] if review.agreement.liability and review.agreement.liability.cap is not None else []
    if not lines and not cap:
        return
    counted = [f"{len(lines)} budget line{'' if len(lines) == 1 else 's'}"] if lines else []
    yield Remark(
        ("currency",),
        f"amounts without a currency: {', '.join(counted + ['the cap on liability'] * len(cap))}",
        "add currency: CNY, or the three letters of whichever it is",
        (((*lines, *cap)[0], "the first amount"),),
    )
