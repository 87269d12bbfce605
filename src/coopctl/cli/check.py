"""`coopctl check`."""

from itertools import chain
from typing import Annotated, Literal

import typer

from coopctl.cli.options import (
    DEFAULT_STDIN_NAME,
    AsOf,
    Colour,
    ColourOption,
    Config,
    NoConfig,
    Paths,
    StdinName,
    paper_for,
    parse_as_of,
    refuse_together,
    today_in,
)
from coopctl.cli.sinks import FORMATS_VARIABLE, github_targets, refuse_inputs, wanted_formats
from coopctl.cli.streams import complain
from coopctl.output.check.formats import CHECK_FORMATS
from coopctl.output.terminal import Paper

EXAMPLES = """
**Examples**

    # every agreement below the current folder
    coopctl check

    # one agreement, as it stood on a date, failing on warnings too
    coopctl check northstar --as-of 2026-06-30 --fail-on warn

    # the log for people, a file for the CI server
    coopctl check --output-format junit=report.xml

**Exit codes**

0 nothing to fail on · 1 a breach, a fired exit right, with `--fail-on warn` a warning, with `--strict` a lint error ·
2 something could not be judged, or there was nothing to judge
"""


def check(
    paths: Paths = None,
    as_of: AsOf = None,
    fail_on: Annotated[
        Literal["warn", "breach"],
        typer.Option(help="The least that fails; a fired exit right counts as a breach."),
    ] = "breach",
    on_missing: Annotated[
        Literal["warn", "breach", "ignore"] | None,
        typer.Option(help="What an overdue figure counts as; what its KPI says if not given.", show_default=False),
    ] = None,
    output_format: Annotated[
        list[str] | None,
        typer.Option(
            "--output-format",
            metavar="FORMAT[=PATH]",
            help=f"{', '.join(CHECK_FORMATS)}; full if not given. Repeat it as FORMAT=PATH to write files as well. "
            f"Also ${FORMATS_VARIABLE}.",
            show_default=False,
        ),
    ] = None,
    exit_zero: Annotated[
        bool,
        typer.Option("--exit-zero", help="Report a breach and exit with 0; what cannot be judged stays 2."),
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on the linter's errors too.")] = False,
    config: Config = None,
    no_config: NoConfig = False,
    color: ColourOption = Colour.AUTO,
    stdin_filename: StdinName = DEFAULT_STDIN_NAME,
) -> None:
    """Judge agreements against their recorded figures, and fail on a breach."""
    from coopctl.cli.agreements import agreement_files, read_agreement
    from coopctl.cli.checking import CheckRun, outcome_of, outcome_of_file
    from coopctl.cli.cores import over_all
    from coopctl.cli.writing import write_pieces
    from coopctl.errors import ExitCode
    from coopctl.gate import Gate, Summary
    from coopctl.lint.settings import LintOptions
    from coopctl.output.check.formats import check_format

    wanted = wanted_formats(output_format, CHECK_FORMATS)
    targets = [*wanted, *github_targets(wanted)]
    paper = paper_for(color)
    formats = tuple((target.format, paper if target.path is None else Paper()) for target in targets)
    refuse_together({"--config": config is not None, "--no-config": no_config})
    linting = LintOptions(config=config, without_config=no_config, may_lack_baseline=True)
    run = CheckRun(Gate(fail_on, on_missing, strict), parse_as_of(as_of), today_in, formats, linting)
    files = agreement_files(paths, stdin_filename)
    refuse_inputs(targets, [file.path for file, _ in files])
    linting.refuse_unusable(file.path for file, _ in files)
    from_files = [file for file, piped in files if not piped]
    from_stdin = (outcome_of(read_agreement(file, from_stdin=True), run) for file, piped in files if piped)
    writers = [check_format(name, paper) for name, paper in formats]
    summary = Summary()
    write_pieces(chain(over_all(from_files, outcome_of_file, run), from_stdin), summary, writers, targets)
    if not summary.judged and not summary.invalid:
        complain("error: nothing was judged: no agreement here has KPIs, milestones or budget lines")
    excused = exit_zero and summary.exit_code is ExitCode.FOUND
    raise typer.Exit(0 if excused else int(summary.exit_code))
