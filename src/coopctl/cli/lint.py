"""`coopctl lint`."""

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
from coopctl.output.lint.formats import LINT_FORMATS

EXAMPLES = """
**Examples**

    # every agreement below the current folder
    coopctl lint

    # only what concerns exits and the law, failing on warnings too
    coopctl lint northstar --select EXT,LAW --fail-on warning

    # see what can be mended, then mend it
    coopctl lint --diff
    coopctl lint --fix

    # take it up on an old agreement: accept what is there, hear of what comes
    coopctl lint --baseline coopctl-baseline.json --write-baseline
    coopctl lint --baseline coopctl-baseline.json

**Exit codes**

0 nothing at or above `--fail-on` · 1 findings at or above it, or with `--diff` something to mend ·
2 a file could not be read whole, a setting cannot be used, or no agreement was found
"""


Select = Annotated[
    list[str] | None,
    typer.Option(metavar="RULES", help="Only these: codes, names or prefixes, with commas between, or ALL."),
]
ExtendSelect = Annotated[
    list[str] | None, typer.Option(metavar="RULES", help="These as well as what the configuration selects.")
]
Ignore = Annotated[
    list[str] | None, typer.Option(metavar="RULES", help="Not these; the more specific of two settings decides.")
]
FailOn = Annotated[
    Literal["error", "warning", "info"] | None,
    typer.Option(help="The least that fails; error if the configuration says nothing.", show_default=False),
]
Fix = Annotated[bool, typer.Option("--fix", help="Mend what can be mended without changing what the agreement means.")]
Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")]
BaselineFile = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Findings accepted earlier; they are not reported.", show_default=False),
]
WriteBaseline = Annotated[
    bool, typer.Option("--write-baseline", help="Accept all that is found now: write it into the baseline.")
]
Statistics = Annotated[bool, typer.Option("--statistics", help="Count the findings by rule instead of showing them.")]
OutputFormat = Annotated[
    list[str] | None,
    typer.Option(
        "--output-format",
        metavar="FORMAT[=PATH]",
        help=f"{', '.join(LINT_FORMATS)}; full if not given. Repeat it as FORMAT=PATH to write files as well. "
        f"Also ${FORMATS_VARIABLE}.",
        show_default=False,
    ),
]
ExitZero = Annotated[
    bool, typer.Option("--exit-zero", help="Report findings and exit with 0; what cannot be read stays 2.")
]


def lint(
    paths: Paths = None,
    as_of: AsOf = None,
    select: Select = None,
    extend_select: ExtendSelect = None,
    ignore: Ignore = None,
    fail_on: FailOn = None,
    fix: Fix = False,
    diff: Diff = False,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = False,
    statistics: Statistics = False,
    output_format: OutputFormat = None,
    exit_zero: ExitZero = False,
    config: Config = None,
    no_config: NoConfig = False,
    color: ColourOption = Colour.AUTO,
    stdin_filename: StdinName = DEFAULT_STDIN_NAME,
) -> None:
    """Look at agreements with a contract manager's eye: what will hurt later, where, and what to write instead."""
    from coopctl.cli.agreements import agreement_files
    from coopctl.cli.lint_run import counting, show_findings, write_baselines
    from coopctl.cli.linting import LintRun
    from coopctl.cli.mending import mend, show_diff
    from coopctl.cli.rule_names import read_selectors
    from coopctl.errors import ExitCode
    from coopctl.findings import Severity
    from coopctl.lint.settings import LintOptions
    from coopctl.output.terminal import Paper

    refuse_together({"--fix": fix, "--diff": diff, "--write-baseline": write_baseline})
    refuse_together({"--statistics": statistics, "--diff": diff, "--write-baseline": write_baseline})
    refuse_together({"--config": config is not None, "--no-config": no_config})
    options = LintOptions(
        select=read_selectors("--select", select) if select else None,
        extend_select=read_selectors("--extend-select", extend_select),
        ignore=read_selectors("--ignore", ignore),
        fail_on=Severity(fail_on) if fail_on else None,
        baseline=baseline,
        config=config,
        without_config=no_config,
        without_baseline=write_baseline,
    )
    paper = paper_for(color)
    wanted = wanted_formats(output_format, LINT_FORMATS)
    targets = wanted if statistics else [*wanted, *github_targets(wanted)]
    formats = tuple((target.format, paper if target.path is None else Paper()) for target in targets)
    run = LintRun(options, parse_as_of(as_of), today_in, counting(formats) if statistics else formats)
    files = agreement_files(paths, stdin_filename)
    refuse_inputs(targets, [file.path for file, _ in files])
    options.refuse_unusable(file.path for file, _ in files)
    if diff:
        code = show_diff(files, run)
    elif write_baseline:
        code = write_baselines(files, run)
    else:
        mended = mend(files, run) if fix else None
        code = show_findings(files, run, targets, mended)
        if mended is not None and not mended.complete:
            code = ExitCode.CANNOT_JUDGE
    raise typer.Exit(0 if exit_zero and code is ExitCode.FOUND else int(code))
