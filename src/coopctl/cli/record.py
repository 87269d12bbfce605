"""`coopctl record`: one command for each sort of fact; without any it asks for what is due."""

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Literal

import typer

from coopctl.cli.options import Colour, ColourOption, paper_for
from coopctl.errors import CoopctlError

EXAMPLES = """
**Examples**

    # a figure; a ratio of sums
    coopctl record kpi csat 2026-06 91.5 --by "Li Wei"
    coopctl record kpi on-time-rate 2026-06 930/1000

    # another figure for the same month: a restatement
    coopctl record kpi csat 2026-06 90.8 --note "Two answers came in late"

    # a milestone; money spent; what is done about a slip
    coopctl record milestone pilot --progress 60% --forecast 2026-05-20
    coopctl record spend marketing 2026-06 41000
    coopctl record action "Second carrier" --about kpis.csat@2026-05 --cause external --owner harbor --due 2026-07-01

    # be asked, one due figure after the other
    coopctl record

**Exit codes**

0 recorded, or recorded already · 2 something is unknown, odd without --yes, or cannot be written; nothing is
recorded then, unless the message begins with "recorded": the result alone could not be shown
"""


def _known(among: str) -> Callable[[str], list[str]]:
    """Return what completes names of one sort in the shell, out of the agreement of the current folder."""

    def complete(incomplete: str) -> list[str]:
        from coopctl.discovery import find_agreements
        from coopctl.loading import load
        from coopctl.model.names import Names

        with suppress(CoopctlError, OSError):
            names: frozenset[str] = getattr(Names.of(load(find_agreements([])[0]).source.data), among)
            return sorted(name for name in names if name.startswith(incomplete))
        return []

    return complete


Agreement = Annotated[
    str | None,
    typer.Option(
        "--agreement",
        metavar="PATH",
        help="The agreement, or its folder; the one of the current folder if not given.",
        show_default=False,
    ),
]
Into = Annotated[
    str | None,
    typer.Option(
        "--file",
        metavar="PATH",
        help="Ledger file to write to; if not given, the one that has the latest figure of the same kind.",
        show_default=False,
    ),
]
_BY = "COOPCTL_BY"


def _checked(context: typer.Context, option: typer.CallbackParam, name: str | None) -> str | None:
    """Blame the environment for a name that is none, where it comes from there."""
    from coopctl.cli.remarks import one_line

    source = context.get_parameter_source(option.name or "")
    return one_line(_BY, name) if name is not None and source is not None and source.name == "ENVIRONMENT" else name


By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", envvar=_BY, help="Who records it.", show_default=False, callback=_checked),
]
ByAsked = Annotated[
    str | None, typer.Option("--by", metavar="NAME", envvar=_BY, help="Who records it.", show_default=False)
]
"""Read for commands with a `--by` of their own too, so nothing is held against it here."""
NoBy = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        help="The ledger has no such field here: refused, with what to say instead.",
        hidden=True,
        show_default=False,
    ),
]
"""For facts that have no such field: refused with what to say instead."""
Note = Annotated[
    str | None,
    typer.Option("--note", metavar="TEXT", help="A remark; the reason, for a restatement.", show_default=False),
]
On = Annotated[
    str | None,
    typer.Option(
        "--recorded", metavar="DATE", help="Day on which it became known; today if not given.", show_default=False
    ),
]
Date = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="When it was agreed or happened; today if not given.", show_default=False),
]
Sure = Annotated[bool, typer.Option("--yes", "-y", help="Record what looks odd without asking.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]
Provisional = Annotated[bool, typer.Option("--provisional", help="It may still change, and fires no exit right.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="Id of the KPI.", autocompletion=_known("kpis"))]
LineId = Annotated[str, typer.Argument(metavar="ID", help="Id of the budget line.", autocompletion=_known("budget"))]
MilestoneId = Annotated[
    str, typer.Argument(metavar="ID", help="Id of the milestone.", autocompletion=_known("milestones"))
]
PeriodArgument = Annotated[str, typer.Argument(metavar="PERIOD", help="2026-06, 2026-Q2, 2026-W23, 2026, or a date.")]

app = typer.Typer(
    name="record",
    help="Record figures and other facts in the ledger; without a command, ask for what is due.",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_NEGATIVE_FIGURES = {"ignore_unknown_options": True}
"""A figure below 0 is no option."""


_NOBODY = "say what to record, such as `record kpi csat 2026-06 91.5`; without more it asks, in a terminal only"


@app.callback(invoke_without_command=True)
def record(
    context: typer.Context,
    agreement: Agreement = None,
    into: Into = None,
    by: ByAsked = None,
    color: ColourOption = Colour.AUTO,
) -> None:
    """Record figures and other facts in the ledger; without a command, ask for what is due."""
    if context.invoked_subcommand is not None:
        _refuse_options_before(context)
        return
    from coopctl.cli.asking import ask_for_what_is_due
    from coopctl.cli.prompts import Terminal
    from coopctl.cli.recording import recording

    terminal = Terminal.standard(_NOBODY)
    ask_for_what_is_due(recording(agreement, into, sure=False, dry=False, paper=paper_for(color)), terminal, by)


def _refuse_options_before(context: typer.Context) -> None:
    """Refuse options that were written before a command: they would mean nothing there."""
    given = [each.opts[0] for each in context.command.params if _is_given(context, each.name or "")]
    if given:
        raise CoopctlError(f"write {' and '.join(given)} after `record {context.invoked_subcommand}`")


def _is_given(context: typer.Context, name: str) -> bool:
    """Whether a parameter was given with the command, not by the environment."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


@app.command(context_settings=_NEGATIVE_FIGURES)
def kpi(
    context: typer.Context,
    id_: Id,
    period: PeriodArgument,
    figure: Annotated[str, typer.Argument(metavar="FIGURE", help="91.5, or 930/1000 for a ratio of sums.")],
    weight: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="What it counts in a weighted mean.", show_default=False)
    ] = None,
    provisional: Provisional = False,
    note: Note = None,
    by: By = None,
    recorded: On = None,
    agreement: Agreement = None,
    into: Into = None,
    sure: Sure = False,
    dry: Dry = False,
    color: ColourOption = Colour.AUTO,
) -> None:
    """Record a KPI's figure for a period; another one for the same period is a restatement, with its reason."""
    from coopctl.cli.facts import Told, figure_of
    from coopctl.cli.recording import recording

    run = recording(agreement, into, sure, dry, paper_for(color))
    told = Told(figure, weight, provisional, recorded, by, note, not _is_given(context, "by"))
    run.record(figure_of(*run.readable(), "kpis", id_, period, told))


@app.command(context_settings=_NEGATIVE_FIGURES)
def spend(
    context: typer.Context,
    id_: LineId,
    period: PeriodArgument,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="In the agreement's currency.")],
    provisional: Provisional = False,
    note: Note = None,
    by: By = None,
    recorded: On = None,
    agreement: Agreement = None,
    into: Into = None,
    sure: Sure = False,
    dry: Dry = False,
    color: ColourOption = Colour.AUTO,
) -> None:
    """Record what was spent on a budget line in a period."""
    from coopctl.cli.facts import Told, figure_of
    from coopctl.cli.recording import recording

    run = recording(agreement, into, sure, dry, paper_for(color))
    told = Told(amount, None, provisional, recorded, by, note, not _is_given(context, "by"))
    run.record(figure_of(*run.readable(), "spend", id_, period, told))


@app.command()
def milestone(
    id_: MilestoneId,
    started: Annotated[str | None, typer.Option(metavar="DATE", help="Day work began.", show_default=False)] = None,
    done: Annotated[str | None, typer.Option(metavar="DATE", help="Day it was done.", show_default=False)] = None,
    progress: Annotated[str | None, typer.Option(metavar="PERCENT", help="60%.", show_default=False)] = None,
    forecast: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day it is expected to be done.", show_default=False)
    ] = None,
    note: Note = None,
    by: By = None,
    agreement: Agreement = None,
    into: Into = None,
    sure: Sure = False,
    dry: Dry = False,
    color: ColourOption = Colour.AUTO,
) -> None:
    """Record how far a milestone has come."""
    from coopctl.cli.facts import Progress, milestone_news
    from coopctl.cli.recording import recording

    run = recording(agreement, into, sure, dry, paper_for(color))
    run.record(milestone_news(run.readable()[0], id_, Progress(started, done, progress, forecast, by, note)))


@app.command()
def action(
    what: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="What is done about it.", show_default=False)
    ] = None,
    about: Annotated[
        str | None,
        typer.Option(
            metavar="SUBJECT[@PERIOD]",
            help="What slipped: kpis.csat@2026-05.",
            autocompletion=_known("subjects"),
            show_default=False,
        ),
    ] = None,
    cause: Annotated[
        Literal["resource", "technical", "external", "communication", "other"] | None,
        typer.Option(help="Why it slipped.", show_default=False),
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Who does it.", autocompletion=_known("actors"), show_default=False),
    ] = None,
    due: Annotated[str | None, typer.Option(metavar="DATE", help="By when.", show_default=False)] = None,
    done: Annotated[str | None, typer.Option(metavar="DATE", help="When it was done.", show_default=False)] = None,
    id_: Annotated[
        str | None,
        typer.Option(
            "--id", metavar="ID", help="Name of the action; the next number if not given.", show_default=False
        ),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it was decided; today if not given.", show_default=False)
    ] = None,
    note: Note = None,
    by: NoBy = None,
    agreement: Agreement = None,
    into: Into = None,
    sure: Sure = False,
    dry: Dry = False,
    color: ColourOption = Colour.AUTO,
) -> None:
    """Record why something slipped and what is done about it; with --id and --done alone, that it is done."""
    from coopctl.cli.facts import Deed, action_done, new_action, refuse_by
    from coopctl.cli.recording import recording

    refuse_by(by, "an action", "who does it is --owner")
    run = recording(agreement, into, sure, dry, paper_for(color))
    told = Deed(what, about, cause, owner, due, done, id_, date, note)
    run.record(action_done(told) if what is None else new_action(*run.readable(), told))


@app.command()
def waiver(
    about: Annotated[
        str,
        typer.Argument(
            metavar="SUBJECT[@PERIOD]", help="What is excused: kpis.csat@2026-05.", autocompletion=_known("subjects")
        ),
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
    approved_by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PARTY",
            help="Who agreed; once for each party.",
            autocompletion=_known("parties"),
            show_default=False,
        ),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it was agreed; today if not given.", show_default=False)
    ] = None,
    note: Note = None,
    by: NoBy = None,
    agreement: Agreement = None,
    into: Into = None,
    sure: Sure = False,
    dry: Dry = False,
    color: ColourOption = Colour.AUTO,
) -> None:
    """Record that the parties agreed not to count a period, a milestone or a budget line."""
    from coopctl.cli.facts import Excuse, new_waiver, refuse_by
    from coopctl.cli.recording import recording

    refuse_by(by, "a waiver", "who agreed is --approved-by")
    run = recording(agreement, into, sure, dry, paper_for(color))
    run.record(new_waiver(*run.readable(), Excuse(about, reason, approved_by or [], date, note)))


@app.command()
def event(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="incident, notice, insolvency, or another word.")],
    about: Annotated[
        str | None,
        typer.Option(
            metavar="SUBJECT[@PERIOD]", help="What it concerns.", autocompletion=_known("subjects"), show_default=False
        ),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it happened; today if not given.", show_default=False)
    ] = None,
    note: Note = None,
    by: By = None,
    agreement: Agreement = None,
    into: Into = None,
    sure: Sure = False,
    dry: Dry = False,
    color: ColourOption = Colour.AUTO,
) -> None:
    """Record something that happened, such as an incident, or a notice that was given."""
    from coopctl.cli.facts import Happening, new_event
    from coopctl.cli.recording import recording

    run = recording(agreement, into, sure, dry, paper_for(color))
    run.record(new_event(*run.readable(), Happening(kind, about, date, by, note)))
