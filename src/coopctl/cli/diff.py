"""`coopctl diff`."""

from typing import Annotated, Literal

import typer

from coopctl.cli.options import AsOf, Colour, ColourOption, paper_for, parse_as_of, refuse_together, today_in
from coopctl.cli.sinks import FORMATS_VARIABLE, Target, github_targets, refuse_inputs, wanted_formats
from coopctl.output.diff.formats import CHANGELOG, DIFF_FORMATS
from coopctl.output.terminal import Paper

EXAMPLES = """
**Examples**

    # what the work tree changes since it left the default branch
    coopctl diff

    # between two versions in git, or between two files
    coopctl diff v1.1..v1.2
    coopctl diff old/agreement.yaml new/agreement.yaml

    # what it would have done to the figures already recorded, seen by one party
    coopctl diff main --replay --perspective harbor

    # the log for people, a comment for the pull request
    coopctl diff main --replay --output-format markdown=comment.md

    # the entry for the agreement's history; the approvals that are to be signed
    coopctl diff main --changelog
    coopctl diff main --write-approvals

**Exit codes**

0 nothing at or above `--fail-on`, or all of it accepted · 1 a change at or above it that is not accepted, or a change
that the version or the history does not show · 2 something could not be compared
"""


def diff(
    versions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[BASE] [HEAD]",
            help="Files, folders, git revisions, REV:PATH or BASE..HEAD; HEAD is the work tree, and BASE where it left "
            "the default branch, if not given.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    fail_on: Annotated[
        Literal["material", "review", "editorial", "none"],
        typer.Option(help="The least that fails."),
    ] = "material",
    replay: Annotated[
        bool, typer.Option("--replay", help="Judge the recorded figures under both versions as well.")
    ] = False,
    perspective: Annotated[
        str | None,
        typer.Option(
            "--perspective",
            metavar="PARTY",
            help="Look at it from the side of this party: what is worse for it comes first.",
            show_default=False,
        ),
    ] = None,
    changelog: Annotated[
        bool, typer.Option("--changelog", help="Write the entry for the agreement's history, and nothing else.")
    ] = False,
    write_approvals: Annotated[
        bool,
        typer.Option(
            "--write-approvals",
            help="Write the approvals that are asked for into approvals/, to be signed; take out those for what is no "
            "longer proposed that nobody has signed or commented on.",
        ),
    ] = False,
    output_format: Annotated[
        list[str] | None,
        typer.Option(
            "--output-format",
            metavar="FORMAT[=PATH]",
            help=f"{', '.join(DIFF_FORMATS)}; full if not given. Repeat it as FORMAT=PATH to write files as well. "
            f"Also ${FORMATS_VARIABLE}.",
            show_default=False,
        ),
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Report changes and exit with 0; what cannot be compared stays 2.")
    ] = False,
    color: ColourOption = Colour.AUTO,
) -> None:
    """Say what a new version of an agreement means, whether it matters, and for whom it is better or worse."""
    from coopctl.changes.approvals.writing import save
    from coopctl.changes.report import DiffSummary, Gate, summary_of
    from coopctl.cli.comparing import Outcome, compared_versions, refuse_unknown_party
    from coopctl.cli.streams import complain
    from coopctl.cli.writing import write_pieces
    from coopctl.errors import ExitCode
    from coopctl.output.diff.formats import diff_format
    from coopctl.output.terminal import clean

    refuse_together({"--changelog": changelog, "--output-format": output_format is not None})
    wanted = [Target(CHANGELOG)] if changelog else wanted_formats(output_format, DIFF_FORMATS)
    targets = wanted if changelog else [*wanted, *github_targets(wanted)]
    paper = paper_for(color)
    gate = Gate(fail_on, perspective)
    day = parse_as_of(as_of)
    comparisons = compared_versions(
        versions or [], day, today_in, gate, replayed=replay, with_approvals=write_approvals
    )
    found = comparisons.found
    for remark in (*comparisons.unpaired.passed_over, *comparisons.remarks):
        complain(f"note: {clean(remark)}")
    for reason in comparisons.unpaired.unjudged:
        complain(f"error: {clean(reason)}")
    refuse_inputs(targets, [each.loaded.path for one in found for each in (one.base, one.head) if each])
    refuse_unknown_party(perspective, found)
    writers = [diff_format(target.format, paper if target.path is None else Paper()) for target in targets]
    total = DiffSummary(comparisons.base, comparisons.head, incomplete=len(comparisons.unpaired.unjudged))
    outcomes = (Outcome(tuple(writer.piece(each) for writer in writers), summary_of(each)) for each in found)
    write_pieces(outcomes, total, writers, targets)
    save(comparisons.stubs)
    for file in comparisons.stubs:
        if file.added:
            complain(f"written, to be signed: {clean(file.path)}")
        if file.removed:
            complain(f"taken out, unsigned and no longer proposed: {file.removed} of {clean(file.path)}")
        for kept in file.kept:
            complain(
                f"kept because of {clean(kept.reason)}, though unsigned and no longer proposed; take it out by hand: "
                f"{clean(file.path)}:{kept.line}"
            )
    raise typer.Exit(0 if exit_zero and total.exit_code is ExitCode.FOUND else int(total.exit_code))
