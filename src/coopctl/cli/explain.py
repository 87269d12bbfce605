"""`coopctl explain`."""

from typing import Annotated

import typer

from coopctl.cli.options import (
    DEFAULT_STDIN_NAME,
    AsOf,
    Colour,
    ColourOption,
    StdinName,
    paper_for,
    parse_as_of,
    today_in,
)
from coopctl.cli.sinks import FORMATS_VARIABLE, refuse_inputs, wanted_formats
from coopctl.cli.writing import write_result

FORMATS = ("full", "json", "markdown")
EXAMPLES = """
**Examples**

    # one KPI in one period
    coopctl explain kpis.csat@2026-05

    # its latest judged period; the id alone will do
    coopctl explain csat northstar

    # a milestone; what a right to end the agreement rests on
    coopctl explain plan.milestones.pilot
    coopctl explain exit.triggers.chronic-failure

**Exit codes**

0 explained · 2 not found, or it could not be judged
"""


def explain(
    subject: Annotated[
        str,
        typer.Argument(
            metavar="SUBJECT[@PERIOD]",
            help="What to explain: kpis.ID, plan.milestones.ID, budget.ID, exit.triggers.ID.",
        ),
    ],
    path: Annotated[
        str | None,
        typer.Argument(metavar="[PATH]", help="The agreement; searched in the current folder if not given."),
    ] = None,
    as_of: AsOf = None,
    output_format: Annotated[
        list[str] | None,
        typer.Option(
            "--output-format",
            metavar="FORMAT[=PATH]",
            help=f"{', '.join(FORMATS)}; full if not given. Also ${FORMATS_VARIABLE}.",
            show_default=False,
        ),
    ] = None,
    color: ColourOption = Colour.AUTO,
    stdin_filename: StdinName = DEFAULT_STDIN_NAME,
) -> None:
    """Show how one verdict comes about, step by step, so that both parties can redo it by hand."""
    from coopctl.cli.agreements import judged_agreements
    from coopctl.cli.selection import parse_period
    from coopctl.errors import CoopctlError, ExitCode
    from coopctl.explain.subject import explanation

    targets = wanted_formats(output_format, FORMATS)
    name, at, key = subject.partition("@")
    if at and not key:
        raise CoopctlError(f"{subject}: write the period after the @, or leave it out")
    period = parse_period(key, "SUBJECT@PERIOD") if key else None
    judged, invalid = judged_agreements([path] if path else None, stdin_filename, parse_as_of(as_of), today_in)
    refuse_inputs(targets, [each.loaded.path for each in judged])
    if invalid:
        raise typer.Exit(ExitCode.CANNOT_JUDGE)
    if len(judged) > 1:
        named = ", ".join(each.loaded.path for each in judged[:5])
        raise CoopctlError(f"there are {len(judged)} agreements here; name the one that is meant: {named}")
    explained = explanation(*judged[0], name, period)
    write_result("explain", explained, targets, paper_for(color))
