"""Rules about liability, confidentiality and disputes."""

import re
from collections.abc import Iterator
from typing import Final

from coopctl.findings import Severity
from coopctl.model.scalars import shortened
from coopctl.rules.rule import Remark, Review, rule

_CONFIDENTIALITY: Final = re.compile("confidential|secre|保密|机密", re.IGNORECASE)
_FINAL: Final = ("arbitration", "court")


@rule("LAW001", Severity.WARNING)
def uncapped_liability(review: Review) -> Iterator[Remark]:
    """Nothing limits what a party owes for a breach.

    Why: Without a cap one failed milestone can cost more than the whole cooperation was ever worth. Whoever insures
    or audits a party asks for the figure first.

    Bad:
        liability: {breach: Compensate direct loss}

    Good:
        liability: {breach: Compensate direct loss, cap: 500000}
    """
    review.whole("liability")
    liability = review.agreement.liability
    if liability is None:
        yield Remark(
            ("liability",),
            "nothing says who pays for a breach, and how much at the most",
            "add liability: {breach: Compensate direct loss, cap: 500000}, with a sum that each party can bear",
        )
    elif liability.cap is None:
        yield Remark(
            ("liability", "cap"),
            "liability for a breach has no upper limit",
            "add cap: 500000, with a sum that each party can bear",
        )


@rule("LAW002", Severity.WARNING)
def confidentiality_without_survival(review: Review) -> Iterator[Remark]:
    """The agreement keeps information secret, and does not say for how long after its end.

    Why: Secrets are worth most to a former partner. If nothing survives the end, the other side may use the
    customer list on the next day. Naming confidentiality under `exit.survival` is enough.

    Bad:
        confidentiality: {covers: [customer lists, prices]}

    Good:
        confidentiality: {covers: [customer lists, prices], survives: 3 years}
    """
    confidentiality = review.agreement.confidentiality
    if confidentiality is None or confidentiality.survives is not None:
        return
    review.whole("confidentiality", "exit")
    surviving = review.agreement.exit.survival if review.agreement.exit else ()
    if not any(map(_CONFIDENTIALITY.search, surviving)):
        yield Remark(
            ("confidentiality", "survives"),
            "confidentiality is agreed for the term, and nothing says that it goes on after the end",
            "add survives: 3 years",
        )


@rule("LAW003", Severity.WARNING)
def confidential_sharing_without_clause(review: Review) -> Iterator[Remark]:
    """Information is shared as confidential, and the agreement has no confidentiality clause.

    Why: “Confidential” is a label until a clause says what the other side may do with it, how long, and what
    happens to it at the end.

    Bad:
        communication:
          sharing: {orders: {content: Order data, from: harbor, to: [north],
                             confidential: true}}

    Good:
        communication:
          sharing: {orders: {content: Order data, from: harbor, to: [north],
                             confidential: true}}
        confidentiality: {covers: [order data], survives: 3 years,
                          on_exit: return-or-destroy}
    """
    communication = review.agreement.communication
    if communication is None or not communication.sharing:
        return
    review.whole("confidentiality")
    if review.agreement.confidentiality is not None:
        return
    for sharing_id, sharing in communication.sharing.items():
        if sharing.confidential:
            yield Remark(
                ("communication", "sharing", sharing_id, "confidential"),
                f"{sharing_id} is shared as confidential, and there is no confidentiality clause",
                f"add confidentiality: {{covers: [{sharing_id}], survives: 3 years, on_exit: return-or-destroy}}",
            )


@rule("LAW004", Severity.WARNING)
def dispute_step_without_time(review: Review) -> Iterator[Remark]:
    """A step of the dispute ladder does not say after how long the next one is open.

    Why: A side that gains by waiting negotiates for ever, and the other is told that it went to arbitration too
    early. Whether a step was exhausted then has to be argued before the dispute itself is.

    Bad:
        disputes:
          ladder: [{step: negotiation}, {step: court, seat: Ningbo}]

    Good:
        disputes:
          ladder: [{step: negotiation, within: 30 days},
                   {step: court, seat: Ningbo}]
    """
    disputes = review.agreement.disputes
    ladder = disputes.ladder if disputes else ()
    for index, step in enumerate(ladder[:-1]):
        if step.within is None and step.step not in _FINAL:
            yield Remark(
                ("disputes", "ladder", index, "within"),
                f"{step.step} has no time limit, and {ladder[index + 1].step} comes after it",
                "add within: 30 days",
            )


@rule("LAW005", Severity.WARNING)
def no_final_forum(review: Review) -> Iterator[Remark]:
    """The way to settle a dispute does not end before arbitrators or a court.

    Why: Negotiation and mediation end only if both sides want them to. Where no forum is agreed each side sues at
    home, and the first months go into the question of which court may decide.

    Bad:
        disputes:
          ladder: [{step: negotiation, within: 30 days},
                   {step: mediation, within: 30 days}]

    Good:
        disputes:
          ladder: [{step: negotiation, within: 30 days},
                   {step: court, seat: Ningbo}]
    """
    review.whole("disputes")
    ladder = review.agreement.disputes.ladder if review.agreement.disputes else ()
    forum = "{step: arbitration, body: …, seat: …} or {step: court, seat: …}"
    if not ladder:
        yield Remark(
            ("disputes", "ladder"),
            "nothing says who decides a dispute",
            f"add disputes: with a ladder:, and {forum} as its last step",
        )
    elif ladder[-1].step not in _FINAL:
        yield Remark(
            ("disputes", "ladder", len(ladder) - 1, "step"),
            f"the last step is {ladder[-1].step}, which nobody can be made to agree to",
            f"add a last step: {forum}",
            subject="disputes.ladder",
        )


@rule("LAW006", Severity.ERROR)
def arbitration_and_court(review: Review) -> Iterator[Remark]:
    """The dispute ladder names both arbitration and a court.

    Why: It is one or the other (或裁或审): an agreement to arbitrate shuts out the courts, and an award is final. A
    clause that names both is open to challenge; under the PRC Arbitration Law it is likely to be held invalid.

    Bad:
        disputes:
          ladder:
            - {step: arbitration, body: Example Arbitration Commission,
               seat: Shenzhen}
            - {step: court, seat: Shenzhen}

    Good:
        disputes:
          ladder:
            - {step: arbitration, body: Example Arbitration Commission,
               seat: Shenzhen}
    """
    disputes = review.agreement.disputes
    steps = [step.step for step in disputes.ladder] if disputes else []
    if "arbitration" not in steps or "court" not in steps:
        return
    first, second = sorted((steps.index("arbitration"), steps.index("court")))
    yield Remark(
        ("disputes", "ladder", second, "step"),
        f"the ladder names {steps[first]} and {steps[second]}: an agreement to arbitrate shuts out the courts",
        "keep arbitration or court, and take the other out of the ladder",
        ((("disputes", "ladder", first, "step"), "the other forum"),),
        subject="disputes.ladder",
    )


@rule("LAW007", Severity.WARNING)
def no_governing_law(review: Review) -> Iterator[Remark]:
    """The agreement does not say which law governs it.

    Why: Limitation, default interest and the right to end a contract differ from law to law. Without a choice the
    first question of every dispute is which one applies.

    Bad:
        disputes:
          ladder: [{step: court, seat: Ningbo}]

    Good:
        disputes:
          law: People's Republic of China
          ladder: [{step: court, seat: Ningbo}]
    """
    review.whole("disputes")
    disputes = review.agreement.disputes
    if disputes is None or disputes.law is None:
        yield Remark(
            ("disputes", "law"),
            "no law is named that governs the agreement",
            "add under disputes, for example, law: People's Republic of China",
        )


@rule("LAW008", Severity.WARNING)
def arbitration_without_institution(review: Review) -> Iterator[Remark]:
    """Arbitration is agreed, and no institution is named.

    Why: The PRC Arbitration Law asks for a chosen institution, and an agreement without one may be void. Elsewhere
    it means ad-hoc arbitration, where the parties first quarrel about who appoints whom.

    Bad:
        disputes:
          ladder: [{step: arbitration, seat: Shenzhen}]

    Good:
        disputes:
          ladder: [{step: arbitration, body: Example Arbitration Commission,
                    seat: Shenzhen}]
    """
    disputes = review.agreement.disputes
    for index, step in enumerate(disputes.ladder if disputes else ()):
        if step.step == "arbitration" and step.body is None:
            seat = "" if step.seat else ", and seat: with the city where the arbitration sits"
            yield Remark(
                ("disputes", "ladder", index, "body"),
                f"arbitration{f' in {shortened(step.seat)}' if step.seat else ''} names no institution",
                f"add body: with the institution's full name{seat}",
            )
