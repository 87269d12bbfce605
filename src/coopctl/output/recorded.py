"""What a recorded fact means, for the one who recorded it."""

from collections.abc import Iterator

from coopctl.evaluate.numbers import shown
from coopctl.evaluate.verdicts import Score, Status, Verdict
from coopctl.gate import Gate
from coopctl.model.agreement import Agreement
from coopctl.output.figures import shown_target, unit_and_decimals, with_unit
from coopctl.output.sentences import reason, remarks, statement, title_of, trigger_dates, trigger_statement
from coopctl.output.terminal import Paper, Word, packed, wrapped
from coopctl.recording.due import Due
from coopctl.recording.effect import Effect

_LABELS = {Status.OFF_TARGET: "off target", Status.WARN: "warning"}


def effect_told(agreement: Agreement, effect: Effect, paper: Paper) -> Iterator[str]:
    """Yield the lines that say how things stand now: verdicts as they are judged, then rights, then the score."""
    for before, verdict in effect.verdicts:
        yield from _verdict(agreement, before, verdict, paper)
    for fired in effect.arisen:
        yield from packed([Word("exit right: ", "breach"), *_words(trigger_statement(fired))], paper, "  ")
        yield from _notes(trigger_dates(fired), paper)
    for fired in effect.vanished:
        yield from packed([Word("exit right gone: ", "met"), *_words(trigger_statement(fired))], paper, "  ")
    old, new = map(_score, effect.score)
    if old != new:
        yield f"score {old} → {new} of 100"


def _verdict(agreement: Agreement, before: Verdict | None, verdict: Verdict, paper: Paper) -> Iterator[str]:
    label = _LABELS.get(verdict.status, str(verdict.status))
    told = f"{title_of(verdict)}: {statement(agreement, verdict)}"
    was = f" (was {_LABELS.get(before.status, str(before.status))})" if _turned(before, verdict) and before else ""
    yield from packed([Word(f"{label}: ", verdict.status.value), *_words(told + was)], paper, "  ")
    fired = reason(agreement, verdict, Gate()) if verdict.fired is not None else ""
    steps = ", then ".join(f"{each.to} by {each.by}" for each in verdict.escalation)
    notes = [fired, *remarks(verdict), *(f"contingency: {each}" for each in verdict.contingency)]
    yield from _notes([*notes, f"escalate: to {steps}" if steps else ""], paper)


def _turned(before: Verdict | None, verdict: Verdict) -> bool:
    return before is not None and before.status not in (verdict.status, Status.PENDING)


def _words(text: str) -> list[Word]:
    return [Word(f"{word} ") for word in text.split(" ")]


def _notes(told: list[str], paper: Paper) -> Iterator[str]:
    for text in told:
        if text:
            yield from wrapped(f"  = {text}", paper.width, "    ")


def _score(score: Score) -> str:
    return shown(score.value, 1) if score.value is not None else "none"


def due_told(agreement: Agreement, due: Due) -> str:
    """Say what is asked for, with what it is held against and what it was last."""
    verdict = due.verdict
    if due.section == "milestones":
        return f"{verdict.name} · due {verdict.due}"
    unit, decimals = unit_and_decimals(agreement, due.last or verdict)
    told = [f"{verdict.name} in {due.period}"]
    if due.section == "spend":
        told += (
            [f"{with_unit(shown(verdict.actual, decimals), unit)} spent so far"] if verdict.actual is not None else []
        )
        return " · ".join(told)
    if verdict.target is not None:
        told.append(f"target {with_unit(shown_target(verdict.target, decimals), unit)}")
    if due.last is not None and due.last.actual is not None and due.last.period is not None:
        told.append(f"last {with_unit(shown(due.last.actual, decimals), unit)} in {due.last.period.key}")
    return " · ".join(told)
