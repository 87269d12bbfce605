"""Rules about how the agreement ends."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from coopctl.findings import Severity
from coopctl.model.agreement import Agreement
from coopctl.model.base import Clause
from coopctl.model.governance import ExitTrigger, Failure
from coopctl.model.scalars import Duration, DurationUnit
from coopctl.model.thresholds import Level
from coopctl.places import Path
from coopctl.rules.deadlines import days_written
from coopctl.rules.listing import in_brackets
from coopctl.rules.rule import Remark, Review, rule
from coopctl.source import Source

_DATA: Final = re.compile(
    r"\bdata|document|information|\breturn|\bdestr|\bdelet|\beras|\brecords?\b|\bfiles\b|confidential"
    "|hand back|give back|samples|drawings|materials"
    "|资料|数据|信息|文件|文档|档案|归还|返还|退还|交还|销毁|删除|清除",
    re.IGNORECASE,
)
_SETTLEMENT: Final = re.compile(
    r"settle|final account|final invoice|invoice|\bpay|结算|清算|决算|结清|清偿|付款|支付|对账|款项", re.IGNORECASE
)
_FIRING: Final[Mapping[str, tuple[Level, ...]]] = {"warn": ("warn", "breach"), "breach": ("breach",)}
"""Thresholds that can bring about what a trigger waits for: that of its status, or of a worse one."""


@rule("EXT001", Severity.ERROR)
def exit_trigger_without_threshold(review: Review) -> Iterator[Remark]:
    """An exit right waits for a status of a KPI that has no threshold for it, so it can never arise.

    Why: On paper a party may leave when the other fails; in truth no figure, however bad, ever gives it the right.

    Bad:
        kpis:
          csat:
            unit: points
            direction: higher-is-better
            frequency: monthly
            aggregation: mean
            target: 92
            thresholds: {warn: {worse_than: 85}}
        exit:
          triggers:
            unhappy: {when: {kpi: csat, status: breach, consecutive: 3},
                      right_of: [north], notice: 30 days}

    Good:
        kpis:
          csat:
            unit: points
            direction: higher-is-better
            frequency: monthly
            aggregation: mean
            target: 92
            thresholds: {warn: {worse_than: 85}, breach: {worse_than: 80}}
        exit:
          triggers:
            unhappy: {when: {kpi: csat, status: breach, consecutive: 3},
                      right_of: [north], notice: 30 days}
    """
    for trigger_id, trigger in _triggers(review).items():
        when = trigger.when
        levels = _FIRING.get(when.status or "") if isinstance(when, Failure) else None
        if levels is None or not isinstance(when, Failure) or when.kpi is None:
            continue
        kpi = review.agreement.kpis.get(when.kpi)
        if kpi is None or (kpi.thresholds and any(kpi.thresholds.at(level) for level in levels)):
            continue
        yield Remark(
            ("exit", "triggers", trigger_id, "when", "status"),
            f"{trigger_id} waits for a {when.status} of {when.kpi}, which has no threshold for "
            f"{'it' if levels == ('breach',) else 'a warn or a breach'}",
            f"add {when.status}: {{off_by_more_than: 10%}} to the thresholds of {when.kpi}",
            ((("kpis", when.kpi, "thresholds"), f"thresholds of {when.kpi}"),),
        )


def _triggers(review: Review) -> Mapping[str, ExitTrigger]:
    return review.agreement.exit.triggers if review.agreement.exit else {}


@rule("EXT003", Severity.WARNING)
def exit_without_cure_or_notice(review: Review) -> Iterator[Remark]:
    """An exit right states neither a time to cure nor a notice period.

    Why: Nobody can tell on which day the agreement ends, and the other side has no chance to put things right. If
    it is meant to end at once, `notice: 0 days` says so.

    Bad:
        exit:
          triggers:
            insolvency: {when: {event: insolvency}, right_of: [north, harbor]}

    Good:
        exit:
          triggers:
            insolvency: {when: {event: insolvency}, right_of: [north, harbor],
                         notice: 0 days}
    """
    for trigger_id, trigger in _triggers(review).items():
        if trigger.cure is None and trigger.notice is None:
            yield Remark(
                ("exit", "triggers", trigger_id, "notice"),
                f"{trigger_id} states neither a time to cure nor a notice period",
                "add cure: 30 days and notice: 30 days, or notice: 0 days if it is to end at once",
            )


@rule("EXT004", Severity.INFO)
def no_exit_for_convenience(review: Review) -> Iterator[Remark]:
    """The agreement can be ended for a cause, and by nobody without one.

    Why: Strategies change. A party that may not leave with notice has to wait for the end of the term or find a
    fault in the other. Where that is meant, nothing has to be changed.

    Bad:
        exit:
          triggers:
            insolvency: {when: {event: insolvency}, right_of: [north, harbor],
                         notice: 0 days}

    Good:
        exit:
          triggers:
            insolvency: {when: {event: insolvency}, right_of: [north, harbor],
                         notice: 0 days}
            convenience: {when: anytime, right_of: [north, harbor], notice: 90 days}
    """
    review.whole("exit")
    triggers = _triggers(review)
    if triggers and not any(each.when == "anytime" for each in triggers.values()):
        yield Remark(
            ("exit", "triggers"),
            f"nobody can end the agreement before {review.term.last} without a cause",
            f"if that is not meant, add convenience: {{when: anytime, right_of: {_all(review)}, notice: 90 days}}",
        )


def _all(review: Review) -> str:
    return in_brackets(review.agreement.parties)


@rule("EXT005", Severity.WARNING)
def no_exit_for_cause(review: Review) -> Iterator[Remark]:
    """Nothing that goes wrong gives a party the right to end the agreement.

    Why: Whoever is let down for months has to go on, or pay the notice period as if it were its own wish. What the
    law gives for a serious breach is uncertain, and only a court says when it is reached.

    Bad:
        exit:
          triggers:
            convenience: {when: anytime, right_of: [north, harbor], notice: 90 days}

    Good:
        exit:
          triggers:
            convenience: {when: anytime, right_of: [north, harbor], notice: 90 days}
            insolvency: {when: {event: insolvency}, right_of: [north, harbor],
                         notice: 0 days}
    """
    review.whole("exit")
    triggers = _triggers(review)
    if any(isinstance(each.when, Failure) for each in triggers.values()):
        return
    right = f"{{when: {{event: material-breach}}, right_of: {_all(review)}, cure: 30 days, notice: 30 days}}"
    yield Remark(
        ("exit", "triggers"),
        "the agreement can be ended at any time, and for no KPI that fails and no event"
        if triggers
        else f"no party can end the agreement before {review.term.last}, whatever happens",
        f"add under exit.triggers, for example, material-breach: {right}",
    )


@rule("EXT006", Severity.WARNING)
def no_wind_down(review: Review) -> Iterator[Remark]:
    """Nothing says what is done after the agreement ends.

    Why: Every agreement ends. Running projects, data and open bills are then on the wrong side, and nobody has to
    hand anything over any more.

    Bad:
        exit:
          triggers:
            insolvency: {when: {event: insolvency}, right_of: [north, harbor],
                         notice: 0 days}

    Good:
        exit:
          wind_down:
            - {do: Return or destroy the other side's data, owner: harbor, within: 30 days}
            - {do: Final settlement, owner: north, within: 60 days}
    """
    review.whole("exit")
    if review.agreement.exit is None or not review.agreement.exit.wind_down:
        owner = next(iter(review.agreement.parties))
        yield Remark(
            ("exit", "wind_down"),
            "nothing says what is handed over, returned and settled after the end",
            f"add wind_down: [{{do: Return or destroy the other side's data, owner: {owner}, within: 30 days}}, "
            f"{{do: Final settlement, owner: {owner}, within: 60 days}}]",
        )


@rule("EXT007", Severity.WARNING)
def no_data_return(review: Review) -> Iterator[Remark]:
    """The steps after the end leave out what happens to the other side's data and documents.

    Why: Customer data on a former partner's disks is a leak that only needs time. Confidentiality alone forbids its
    use, and does not bring it back.

    Bad:
        exit:
          wind_down:
            - {do: Final settlement, owner: north, within: 60 days}

    Good:
        exit:
          wind_down:
            - {do: Final settlement, owner: north, within: 60 days}
            - {do: Return or destroy the other side's data, owner: harbor, within: 30 days}
    """
    if _leaves_out(review, _DATA):
        review.whole("confidentiality")
        confidentiality = review.agreement.confidentiality
        if confidentiality is None or confidentiality.on_exit is None:
            yield Remark(
                ("exit", "wind_down"),
                "no step after the end speaks of data or documents",
                f"add {{do: Return or destroy the other side's data, owner: {next(iter(review.agreement.parties))}, "
                "within: 30 days}, or confidentiality.on_exit: return-or-destroy",
            )


def _leaves_out(review: Review, wording: re.Pattern[str]) -> bool:
    """Whether there are steps after the end, and none has these words; in other languages nobody can tell."""
    steps = review.agreement.exit.wind_down if review.agreement.exit else ()
    known = review.agreement.language.lower().startswith(("en", "zh"))
    return known and bool(steps) and not any(wording.search(each.do) for each in steps)


@rule("EXT008", Severity.WARNING)
def no_final_settlement(review: Review) -> Iterator[Remark]:
    """The steps after the end leave out the final settlement.

    Why: Shared costs, deposits and unpaid shares outlive the cooperation. Without a date for the last account each
    side keeps what it has and waits for the other's claim.

    Bad:
        exit:
          wind_down:
            - {do: Return or destroy the other side's data, owner: harbor, within: 30 days}

    Good:
        exit:
          wind_down:
            - {do: Return or destroy the other side's data, owner: harbor, within: 30 days}
            - {do: Final settlement, owner: north, within: 60 days}
    """
    if _leaves_out(review, _SETTLEMENT):
        yield Remark(
            ("exit", "wind_down"),
            "no step after the end speaks of settlement or payment",
            f"add {{do: Final settlement, owner: {next(iter(review.agreement.parties))}, within: 60 days}}",
        )


@rule("EXT009", Severity.INFO)
def notice_beyond_term(review: Review) -> Iterator[Remark]:
    """Notice given now would run past the end of the term, so the right to leave early comes to nothing.

    Why: From here on the agreement ends by itself before the notice does. Whoever wants to be out sooner has to
    talk, not to give notice. Where the term renews itself nothing is said.

    Bad:
        exit:
          triggers:
            convenience: {when: anytime, right_of: [north, harbor],
                          notice: 12 months}

    Good:
        exit:
          triggers:
            convenience: {when: anytime, right_of: [north, harbor], notice: 90 days}
    """
    term = review.agreement.term
    if not review.in_term(review.as_of) or (term.renewal and term.renewal.mode == "automatic"):
        return
    for trigger_id, trigger in _triggers(review).items():
        runs_to = review.calendar.after(review.as_of, trigger.notice) if trigger.notice else review.as_of
        if runs_to > term.end:
            past = days_written((runs_to - term.end).days)
            yield Remark(
                ("exit", "triggers", trigger_id, "notice"),
                f"notice of {trigger.notice} given on {review.as_of} runs to {runs_to}, {past} past the end of the "
                f"term {term.end}",
                "to end it sooner, agree on a shorter notice for the rest of the term",
                ((("term", "end"), "the end of the term"),),
            )


@rule("EXT010", Severity.WARNING)
def business_days_without_calendar(review: Review) -> Iterator[Remark]:
    """Durations are counted in business days, and no calendar says which days those are.

    Why: The parties may rest on different days. Without a calendar only Saturdays and Sundays are left out, so a
    deadline over a public holiday is shorter than people believe.

    Bad:
        governance:
          escalation: [{to: working_group, within: 2 business days}]

    Good:
        calendar: {country: CN}
        governance:
          escalation: [{to: working_group, within: 2 business days}]
    """
    if "business day" not in review.source.text:
        return
    review.whole(*Agreement.model_fields)
    if "calendar" in review.agreement.model_fields_set:
        return
    found = list(_business_days(review.agreement, (), review.source))
    if found:
        path, first = min(found, key=lambda each: review.source.value_at(each[0])[1:3])
        more = len(found) - 1
        others = f" and {more} more duration{'' if more == 1 else 's'}" if more else ""
        yield Remark(
            path,
            f"no calendar says which days are business days, for {first} here{others}",
            "add calendar: {country: CN}, with the country whose public holidays count, or the days off as holidays:",
            subject="calendar",
        )


def _business_days(value: object, path: Path, source: Source) -> Iterator[tuple[Path, Duration]]:
    """Yield the durations in business days in a part of the agreement, with their paths in the file."""
    inner: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, Clause):
        inner = ((name.rstrip("_"), each) for name, each in value)  # `for` and `from` are `for_` and `from_` in Python
    elif isinstance(value, dict):
        inner = ((str(key), each) for key, each in value.items())
    elif isinstance(value, tuple):
        inner = enumerate(value)
    for step, each in inner:
        if isinstance(each, Duration):
            if each.unit is DurationUnit.BUSINESS_DAY:
                yield (*path, step), each
        elif isinstance(each, Clause | dict | tuple) and each:
            # A list of one may be written without the list.
            is_bare = isinstance(step, int) and not source.has((*path, step))
            yield from _business_days(each, path if is_bare else (*path, step), source)
