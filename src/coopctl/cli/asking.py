"""`coopctl record` without more: asks for what is due, one fact after the other."""

from coopctl.cli.facts import Progress, Told, figure_of, milestone_news
from coopctl.cli.options import is_date, today_in
from coopctl.cli.prompts import Terminal, typed_date
from coopctl.cli.recording import Recording
from coopctl.cli.streams import NotShownError
from coopctl.errors import CoopctlError
from coopctl.evaluate.judgement import judge
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.output.recorded import due_told
from coopctl.recording.due import Due, due_facts
from coopctl.recording.facts.recorded import Recorded

_STOP = "q"


def ask_for_what_is_due(run: Recording, terminal: Terminal, by: str | None) -> None:
    """Ask for each fact that is due; Enter skips one, q ends. What is answered is recorded at once."""
    seen: set[tuple[str, str, str]] = set()
    total = 0
    while True:
        loaded, agreement = run.readable()
        judgement = judge(agreement, loaded.ledger, today_in(agreement.timezone))
        due = [each for each in due_facts(agreement, judgement) if each.key not in seen]
        if not seen:
            total = len(due)
            terminal.tell(f"{total} to record; Enter skips one, q stops" if due else _NOTHING)
        if not due:
            return
        seen.add(due[0].key)
        terminal.tell("")
        terminal.tell(f"{min(len(seen), total)}/{total} {due_told(agreement, due[0])}")
        if not _asked(run, terminal, loaded, agreement, due[0], by):
            return


_NOTHING = "nothing is due: every period that has ended has its figure"


def _asked(run: Recording, terminal: Terminal, loaded: Loaded, agreement: Agreement, due: Due, by: str | None) -> bool:
    """Ask for one fact until it is recorded or skipped; return whether to go on."""
    while True:
        answer = terminal.ask(_prompt(agreement, due))
        if not answer:
            return True
        if answer.casefold() == _STOP:
            return False
        try:
            weight = terminal.ask("  its weight") if _is_weighted(agreement, due) else None
            if weight == "":
                raise CoopctlError("each figure of a weighted mean needs its weight")
            run.record(_fact(loaded, agreement, due, answer, weight, by))
        except NotShownError:
            raise
        except CoopctlError as error:
            terminal.tell(str(error))
            continue
        return True


def _prompt(agreement: Agreement, due: Due) -> str:
    if due.section == "milestones":
        return "  done on, or forecast for (a date)"
    if due.section == "spend":
        return f"  spent{f' in {agreement.currency}' if agreement.currency else ''}"
    kpi = agreement.kpis[due.verdict.id]
    if kpi.aggregation == "ratio":
        return "  numerator/denominator"
    return f"  figure{f' in {kpi.unit}' if kpi.unit else ''}"


def _is_weighted(agreement: Agreement, due: Due) -> bool:
    return due.section == "kpis" and agreement.kpis[due.verdict.id].aggregation == "weighted-mean"


def _fact(loaded: Loaded, agreement: Agreement, due: Due, answer: str, weight: str | None, by: str | None) -> Recorded:
    id_ = due.verdict.id
    if due.section == "milestones":
        today = today_in(agreement.timezone).isoformat()
        answer = typed_date(answer)
        if not is_date(answer):
            raise CoopctlError(f"that is no date: write {today}")
        ahead = answer > today
        done, forecast = (None, answer) if ahead else (answer, None)
        return milestone_news(loaded, id_, Progress(done=done, forecast=forecast, by=by))
    return figure_of(loaded, agreement, due.section, id_, due.period, Told(answer, weight, by=by, by_is_usual=True))
