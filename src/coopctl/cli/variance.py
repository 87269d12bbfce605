"""`coopctl variance`."""

from typing import Annotated

import typer

from coopctl.cli.options import (
    DEFAULT_STDIN_NAME,
    AsOf,
    Colour,
    ColourOption,
    Paths,
    StdinName,
    paper_for,
    parse_as_of,
    today_in,
)
from coopctl.cli.sinks import FORMATS_VARIABLE, refuse_inputs, wanted_formats
from coopctl.cli.writing import write_result

FORMATS = ("full", "json", "csv", "markdown")
EXAMPLES = """
**Examples**

    # every figure of every agreement below the current folder
    coopctl variance

    # one KPI, the periods of one quarter
    coopctl variance northstar --kpi csat --period 2026-Q2

    # a file for the spreadsheet
    coopctl variance --output-format csv=figures.csv

**Exit codes**

0 shown · 2 something could not be judged, or nothing matches
"""


def variance(
    paths: Paths = None,
    as_of: AsOf = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help="Only KPI periods and milestones in it: 2026-03, 2026-Q2, 2026-H1, 2026.",
            show_default=False,
        ),
    ] = None,
    kpi: Annotated[
        list[str] | None,
        typer.Option("--kpi", metavar="ID", help="Only this KPI; may be repeated.", show_default=False),
    ] = None,
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
    """Show target, actual, variance, attainment, trend and forecast of every KPI, milestone and budget line."""
    from coopctl.cli.agreements import judged_agreements
    from coopctl.cli.selection import selection_from
    from coopctl.errors import CoopctlError, ExitCode
    from coopctl.output.variance.view import variance_of

    targets = wanted_formats(output_format, FORMATS)
    paper = paper_for(color)
    judged, invalid = judged_agreements(paths, stdin_filename, parse_as_of(as_of), today_in)
    refuse_inputs(targets, [each.loaded.path for each in judged])
    selection = selection_from(kpi, period, [loaded for loaded, _, _ in judged])
    variances = [variance_of(loaded, agreement, judgement, selection) for loaded, agreement, judgement in judged]
    variances = [each for each in variances if each.lines]
    if not variances and not invalid:
        raise CoopctlError("nothing to show: no KPI, milestone or budget line matches")
    write_result("variance", variances, targets, paper)
    raise typer.Exit(ExitCode.CANNOT_JUDGE if invalid else ExitCode.CLEAN)
