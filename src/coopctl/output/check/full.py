"""For people at a terminal: what is not well, worst first, with the clause and the figure it rests on."""

from collections.abc import Iterator

from coopctl.evaluate.verdicts import FiredTrigger, Judgement, Status, Verdict, gravity
from coopctl.gate import Checked, Summary, count
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.output.blocks import Blocks
from coopctl.output.check.format import CheckFormat
from coopctl.output.sentences import (
    clause_of,
    condition,
    counts,
    is_near,
    name_of,
    near_statement,
    reason,
    remarks,
    remedy,
    score_statement,
    signed_statement,
    statement,
    title_of,
    trigger_dates,
    trigger_statement,
)
from coopctl.output.terminal import Style, Word, packed, wrapped
from coopctl.output.weights import lint_line

_SHOWN = (Status.BREACH, Status.MISSING, Status.WARN)
_LABELS = {Status.BREACH: "breach", Status.MISSING: "missing", Status.WARN: "warning"}


class Full(CheckFormat):
    """Blocks with source snippets, then a summary line per agreement."""

    def piece(self, checked: Checked, /) -> str:
        lines = list(self._lines(checked))
        return "\n".join(lines) + "\n"

    def summary(self, checked: Checked) -> str:
        """Return only how an agreement stands as a whole; all of it where it cannot be judged."""
        judgement, agreement = checked.judgement, checked.loaded.agreement
        if judgement is None or agreement is None:
            return self.piece(checked)
        return "\n".join(self._summary(checked, agreement, judgement)) + "\n"

    def end(self, summary: Summary) -> str:
        if summary.agreements < 2:
            return ""
        words = [Word(f"{summary.agreements} agreements", "bold"), Word(": ")]
        words.append(Word(f"{summary.failing} failing" if summary.failing else "none failing"))
        if summary.invalid:
            words += [Word(", "), Word(f"{summary.invalid} not judged", "breach")]
        words += [Word(" · "), *_counted(counts(summary.statuses, summary.triggered))]
        told = "\n".join(packed(words, self.paper, "  "))
        return f"\n{told}\n" + (f"  {lint_line(summary.lint)}\n" if summary.lint else "")

    def _lines(self, checked: Checked) -> Iterator[str]:
        blocks = Blocks(self.paper, checked.loaded.files)
        for finding in (*checked.loaded.findings, *checked.lint_errors):
            yield from blocks.finding(finding)
            yield ""
        judgement, agreement = checked.judgement, checked.loaded.agreement
        if judgement is None or agreement is None:
            errors = sum(finding.is_error for finding in checked.findings)
            problems = f"{errors} problem{'' if errors == 1 else 's'}"
            yield f"{self.paper.paint(checked.path, 'place')}: {self.paper.paint('not judged', 'breach')}, {problems}"
            return
        for fired in judgement.fired:
            yield from self._trigger(blocks, checked.loaded, fired)
            yield ""
        for verdict in sorted(judgement.verdicts, key=_worst_latest_first):
            if verdict.status in _SHOWN:
                yield from self._verdict(blocks, checked, agreement, verdict)
                yield ""
        yield from self._brief(blocks, checked, agreement, judgement)
        yield from self._summary(checked, agreement, judgement)

    def _verdict(self, blocks: Blocks, checked: Checked, agreement: Agreement, verdict: Verdict) -> Iterator[str]:
        loaded = checked.loaded
        style = _style(verdict.status)
        says = f"{title_of(verdict)}: {statement(agreement, verdict)}"
        yield from blocks.headline(f"{_LABELS[verdict.status]}[{verdict.subject}]", style, says)
        clause = loaded.clause(clause_of(verdict))
        figure = loaded.locate(verdict.evidence) if verdict.evidence else None
        gutter = len(str(max(clause.line, figure.line if figure else 0)))
        yield from blocks.place(clause, reason(agreement, verdict, checked.gate), style, gutter)
        if figure is not None:
            more = len(verdict.figures) - 1
            label = "the record" if more < 0 else "the figure" if not more else f"the latest of {more + 1} figures"
            yield from blocks.place(figure, label, "dim", gutter)
        for crossing in verdict.crossings:
            if crossing.fired and crossing is not verdict.fired and crossing.level == verdict.status:
                yield from blocks.note(gutter, "also", condition(agreement, verdict, crossing))
        for remark in remarks(verdict):
            yield from blocks.note(gutter, "note", remark)
        yield from blocks.note(gutter, "help", remedy(verdict))
        for action in verdict.contingency:
            yield from blocks.note(gutter, "contingency", action)
        if verdict.escalation:
            steps = ", then ".join(f"{each.to} by {each.by}" for each in verdict.escalation)
            yield from blocks.note(gutter, "escalate", f"to {steps}")

    def _trigger(self, blocks: Blocks, loaded: Loaded, fired: FiredTrigger) -> Iterator[str]:
        yield from blocks.headline(f"exit right[{'.'.join(map(str, fired.path))}]", "breach", trigger_statement(fired))
        clause = loaded.clause((*fired.path, "when"))
        gutter = len(str(clause.line))
        yield from blocks.place(clause, "this condition holds", "breach", gutter)
        for text in trigger_dates(fired):
            yield from blocks.note(gutter, "dates", text)

    def _brief(self, blocks: Blocks, checked: Checked, agreement: Agreement, judgement: Judgement) -> Iterator[str]:
        """One line each for misses, overdue spend, exit rights one step away, and terms that somebody did not sign."""
        off: dict[str, list[str]] = {}
        for verdict in judgement.verdicts:
            if verdict.status is Status.OFF_TARGET:
                off.setdefault(verdict.subject, []).append(verdict.period.key if verdict.period else "")
        for subject, periods in off.items():
            when = f" in {', '.join(periods)}" if any(periods) else ""
            yield from blocks.headline("off target", "off-target", f"{subject}{when}; no threshold crossed")
        stale = [
            verdict
            for verdict in judgement.verdicts
            if (verdict.stale or verdict.incomplete) and verdict.status not in _SHOWN
        ]
        for verdict in stale:
            label = "stale" if verdict.stale else "incomplete"
            yield from blocks.headline(label, "warn", f"{name_of(verdict)}: {'; '.join(remarks(verdict))}")
        near = [waiting for waiting in judgement.waiting if is_near(waiting)]
        for waiting in near:
            said = f"{'.'.join(map(str, waiting.path))}: {near_statement(waiting)}"
            yield from blocks.headline("near exit", "warn", said)
        if checked.signed_otherwise:
            yield from blocks.headline(
                "signed otherwise", "warn", signed_statement(agreement, checked.signed_otherwise)
            )
        if off or stale or near or checked.signed_otherwise:
            yield ""

    def _summary(self, checked: Checked, agreement: Agreement, judgement: Judgement) -> Iterator[str]:
        title = f"{agreement.title} {agreement.version}"
        yield from packed([Word(f"{checked.path}  ", "place"), Word(title, "bold")], self.paper, "  ")
        outcome = Word("  fails", "breach") if checked.fails else Word("  passes", "met")
        if not judgement.verdicts and not checked.fails:
            outcome = Word("  judges nothing", "warn")
        found = _counted(counts(count(judgement.verdicts), len(judgement.fired)))
        about = Word(f" as of {judgement.as_of}: ")
        yield from packed([outcome, about, *(found or [Word("no KPI, milestone or budget line")])], self.paper, "  ")
        facts = [score_statement(judgement.score)]
        if judgement.renewal_notice_by and judgement.renewal_notice_by >= judgement.as_of:
            facts.append(f"renews by itself unless notice is given by {judgement.renewal_notice_by}")
        told = " · ".join(fact for fact in facts if fact)
        for line in wrapped(f"  {told}", self.paper.width, "  ") if told else ():
            yield self.paper.paint(line, "dim")
        if checked.lint is not None:
            yield self.paper.paint(f"  {lint_line(checked.lint)}", "dim")


def _style(status: Status) -> Style:
    return status.value


def _worst_latest_first(verdict: Verdict) -> tuple[int, int]:
    when = verdict.period.days.first if verdict.period else verdict.actual_date
    return gravity(verdict.status), -(when.toordinal() if when else 0)


def _counted(found: list[tuple[Status, str]]) -> list[Word]:
    words: list[Word] = []
    for number, (status, text) in enumerate(found, 1):
        words.append(Word(f"{text}{', ' if number < len(found) else ''}", _style(status)))
    return words
