"""`coopctl record` without more: asks for what is due, one fact after the other."""

import typer

from coopctl.cli.facts import figure_of, milestone_news
from coopctl.cli.options import today_in
from coopctl.cli.recording import Recording
from coopctl.errors import CoopctlError
from coopctl.evaluate.judgement import judge
from coopctl.model.agreement import Agreement
from coopctl.output.recorded import due_told
from coopctl.output.terminal import clean
from coopctl.recording.due import Due, due_facts

_STOP = "q"


def ask_for_what_is_due(run: Recording, by: str | None) -> None:
    """Ask for each fact that is due; Enter skips one, q ends. What is answered is recorded at once."""
    loaded, agreement = run.readable()
    due = list(due_facts(agreement, judge(agreement, loaded.ledger, today_in(agreement.timezone))))
    if not due:
        typer.echo("nothing is due: every period that has ended has its figure", err=True)
        return
    typer.echo(f"{len(due)} to record; Enter skips one, q stops", err=True)
    for number, each in enumerate(due, 1):
        typer.echo(clean(f"\n{number}/{len(due)} {due_told(agreement, each)}"), err=True)
        if not _asked(run, agreement, each, by):
            return


def _asked(run: Recording, agreement: Agreement, due: Due, by: str | None) -> bool:
    """Ask for one fact until it is recorded or skipped; return whether to go on."""
    while True:
        answer = typer.prompt(_prompt(agreement, due), default="", show_default=False, err=True).strip()
        if not answer:
            return True
        if answer.casefold() == _STOP:
            return False
        try:
            _record(run, due, answer, by)
        except CoopctlError as error:
            typer.echo(clean(str(error)), err=True)
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


def _record(run: Recording, due: Due, answer: str, by: str | None) -> None:
    id_ = due.verdict.id
    if due.section == "milestones":
        _, agreement = run.readable()
        ahead = answer > today_in(agreement.timezone).isoformat()
        done, forecast = (None, answer) if ahead else (answer, None)
        run.record(milestone_news(run, id_, None, done, None, forecast, by, None))
        return
    run.record(figure_of(run, due.section, id_, due.period, answer, None, False, None, by, None))
