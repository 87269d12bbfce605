"""Rules about the term, its renewal, and the versions of the deal."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from coopctl.findings import Severity
from coopctl.model.scalars import shortened
from coopctl.model.term import Renewal
from coopctl.rules.deadlines import days_written
from coopctl.rules.rule import Remark, Review, rule
from coopctl.rules.versions import Precedence, precedence, semantic_form

_FIRST_ISSUE: Final = precedence("1.0.0") or ()
_NEAR: Final = 30
"""Days before the last day for notice from which on it is spoken of."""


def _automatic(review: Review) -> Renewal | None:
    renewal = review.agreement.term.renewal
    return renewal if renewal is not None and renewal.mode == "automatic" else None


@rule("TRM002", Severity.WARNING)
def renewal_without_notice(review: Review) -> Iterator[Remark]:
    """The term renews automatically, and no time for a notice of non-renewal is agreed.

    Why: Without a last day for notice nobody knows until when the renewal can still be stopped. One side plans for
    another term, the other believes that it has left.

    Bad:
        term: {renewal: {mode: automatic, for: 12 months}}

    Good:
        term: {renewal: {mode: automatic, for: 12 months, notice: 60 days}}
    """
    renewal = _automatic(review)
    if renewal is not None and renewal.notice is None:
        end = review.agreement.term.end
        yield Remark(
            ("term", "renewal", "notice"),
            f"the term renews automatically after {end}, and no time for notice is agreed",
            f"add notice: 60 days, counted back from {end}",
        )


@rule("TRM003", Severity.WARNING)
def renewal_notice_due(review: Review) -> Iterator[Remark]:
    """The last day for a notice of non-renewal has passed or is at most 30 days away.

    Why: Who lets this day pass has agreed to another term. It is the date that is missed most often in contracts that
    renew by themselves, and nothing else reminds anybody of it.

    Bad:
        term:
          end: 2026-08-15
          renewal: {mode: automatic, for: 12 months, notice: 60 days}

    Good:
        term:
          end: 2026-12-31
          renewal: {mode: automatic, for: 12 months, notice: 60 days}
    """
    renewal, end = _automatic(review), review.agreement.term.end
    if renewal is None or renewal.notice is None or review.as_of > end or review.agreement.status == "ended":
        return
    last_day = review.calendar.before(end, renewal.notice)
    if (last_day - review.as_of).days <= _NEAR:
        again = f" for {renewal.for_}" if renewal.for_ else ""
        is_past = last_day < review.as_of
        yield Remark(
            ("term", "renewal", "notice"),
            f"{_last_day(last_day, review.as_of)}; the term ends on {end} and renews automatically{again}",
            "agree now how it goes on, and write down the new end of the term once it has renewed"
            if is_past
            else f"decide now whether to go on; who wants to stop gives notice by {last_day}",
            ((("term", "end"), "notice is counted back from here"),),
        )


def _last_day(day: date, as_of: date) -> str:
    if day == as_of:
        return f"the last day to give notice is {day}, today"
    if day < as_of:
        return f"the last day to give notice was {day}, {days_written((as_of - day).days)} ago"
    return f"the last day to give notice is {day}, in {days_written((day - as_of).days)}"


@rule("TRM004", Severity.WARNING)
def amendment_without_date(review: Review) -> Iterator[Remark]:
    """An amendment does not say when it took effect.

    Why: Which targets held in which month is decided by the dates of the amendments. Without one, both sides will
    judge the same figure by different terms.

    Bad:
        version: 1.1.0
        amendments: [{version: 1.1.0, summary: Second region}]

    Good:
        version: 1.1.0
        amendments: [{version: 1.1.0, date: 2026-03-01, summary: Second region}]
    """
    for index, amendment in enumerate(review.agreement.amendments):
        if amendment.date is None:
            yield Remark(
                ("amendments", index, "date"),
                f"the amendment “{shortened(amendment.summary)}” has no date",
                f"add date: {review.as_of}, or the day on which it took effect",
            )


@rule("TRM005", Severity.WARNING)
def amendment_without_version(review: Review) -> Iterator[Remark]:
    """An amendment does not say to which version of the agreement it led.

    Why: Signatures, waivers and letters name a version. Where an amendment has none, nobody can show what a party had
    agreed to when it signed.

    Bad:
        version: 1.1.0
        amendments: [{date: 2026-03-01, summary: Second region}]

    Good:
        version: 1.1.0
        amendments: [{version: 1.1.0, date: 2026-03-01, summary: Second region}]
    """
    amendments = review.agreement.amendments
    for index, amendment in enumerate(amendments):
        if amendment.version is None:
            is_last = index == len(amendments) - 1
            example = f", such as version: {review.agreement.version}" if is_last else ""
            yield Remark(
                ("amendments", index, "version"),
                f"the amendment “{shortened(amendment.summary)}” has no version",
                f"add version: with the version it led to{example}",
            )


@rule("TRM006", Severity.WARNING)
def version_not_semantic(review: Review) -> Iterator[Remark]:
    """A version is not written as MAJOR.MINOR.PATCH.

    Why: Three numbers tell people and programs which of two versions is newer and whether the deal itself changed
    (Semantic Versioning). “2.1-final-new” tells neither.

    Bad:
        version: v1.2

    Good:
        version: 1.2.0
    """
    agreement = review.agreement
    amended = ((("amendments", index, "version"), each.version) for index, each in enumerate(agreement.amendments))
    for path, version in ((("version",), agreement.version), *amended):
        if version is not None and precedence(version) is None:
            yield Remark(
                path,
                f"version “{version}” is not MAJOR.MINOR.PATCH",
                f"write version: {semantic_form(version) or 'three numbers, such as 1.0.0'}",
            )


@rule("TRM007", Severity.WARNING)
def version_without_amendment(review: Review) -> Iterator[Remark]:
    """The version and the list of amendments disagree.

    Why: The list is the history of the deal. A version that it does not explain is a change that nobody can show to
    have been agreed.

    Bad:
        version: 1.2.0
        amendments: [{version: 1.1.0, date: 2026-03-01, summary: Second region}]

    Good:
        version: 1.2.0
        amendments:
          - {version: 1.1.0, date: 2026-03-01, summary: Second region}
          - {version: 1.2.0, date: 2026-05-01, summary: New target for deliveries}
    """
    orders = [(precedence(each.version), index) for index, each in enumerate(review.agreement.amendments)]
    known = [(order, index) for order, index in orders if order is not None]
    version = precedence(review.agreement.version)
    if version is not None:
        if not orders:
            yield from _unexplained(review, version)
        elif orders[-1][0] is not None:
            yield from _differing(review, version, *max(known))
    for (earlier, above), (later, index) in pairwise(known):
        if later <= earlier:
            yield _disordered(review, above, index)


def _unexplained(review: Review, version: Precedence) -> Iterator[Remark]:
    text = review.agreement.version
    if version > _FIRST_ISSUE:
        yield Remark(
            ("version",),
            f"version {text} is later than 1.0.0, and no amendment led to it",
            f"add amendments: [{{version: {text}, date: {review.as_of}, summary: …}}] with what changed, and when",
        )


def _differing(review: Review, version: Precedence, newest: Precedence, index: int) -> Iterator[Remark]:
    text, amended = review.agreement.version, review.agreement.amendments[index].version
    if newest != version:
        yield Remark(
            ("version",),
            f"version is {text}, and the latest amendment led to {amended}",
            f"write version: {amended}"
            if newest > version
            else f"add the amendment that led to {text}: {{version: {text}, date: {review.as_of}, summary: …}}",
            ((("amendments", index, "version"), "the latest amendment"),),
        )


def _disordered(review: Review, above: int, index: int) -> Remark:
    amendments = review.agreement.amendments
    return Remark(
        ("amendments", index, "version"),
        f"the amendment to {amendments[index].version} stands after that to {amendments[above].version}",
        "list each version once, the oldest first",
        ((("amendments", above, "version"), "the amendment above it"),),
    )


@rule("TRM008", Severity.INFO)
def renewal_without_length(review: Review) -> Iterator[Remark]:
    """The term renews automatically, and nothing says for how long.

    Why: A renewal of open length may be read as one more term of the same length or as an agreement without an end,
    which can then be ended at short notice.

    Bad:
        term: {renewal: {mode: automatic, notice: 60 days}}

    Good:
        term: {renewal: {mode: automatic, for: 12 months, notice: 60 days}}
    """
    renewal = _automatic(review)
    if renewal is not None and renewal.for_ is None:
        yield Remark(
            ("term", "renewal", "for"),
            f"the term renews automatically after {review.agreement.term.end}, and nothing says for how long",
            "add for: 12 months",
        )
