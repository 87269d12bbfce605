"""`coopctl digest`."""

from typing import Annotated

import typer

from coopctl.cli.options import DEFAULT_STDIN_NAME, Paths, StdinName
from coopctl.cli.sinks import FORMATS_VARIABLE, refuse_inputs, wanted_formats
from coopctl.cli.writing import write_result

FORMATS = ("full", "json")
EXAMPLES = """
**Examples**

    # what a signature under these terms carries
    coopctl digest northstar

    # every agreement below the current folder, for programs
    coopctl digest --output-format json

**Exit codes**

0 printed · 2 an agreement cannot be read, or there is none
"""


def digest(
    paths: Paths = None,
    output_format: Annotated[
        list[str] | None,
        typer.Option(
            "--output-format",
            metavar="FORMAT[=PATH]",
            help=f"{', '.join(FORMATS)}; full if not given. Repeat it as FORMAT=PATH to write files as well. "
            f"Also ${FORMATS_VARIABLE}.",
            show_default=False,
        ),
    ] = None,
    stdin_filename: StdinName = DEFAULT_STDIN_NAME,
) -> None:
    """Print the SHA-256 of what was agreed; comments, order, layout and history are no part of it."""
    from coopctl.cli.agreements import agreement_files, read_agreement
    from coopctl.cli.one_agreement import complain_with_place
    from coopctl.errors import ExitCode
    from coopctl.output.digest.view import DigestedAgreement
    from coopctl.output.terminal import Paper

    targets = wanted_formats(output_format, FORMATS)
    files = agreement_files(paths, stdin_filename)
    refuse_inputs(targets, [file.path for file, _ in files])
    digested = []
    for file, piped in files:
        loaded = read_agreement(file, from_stdin=piped)
        if loaded.agreement is not None:
            digested.append(DigestedAgreement.of(loaded.path, loaded.agreement))
            continue
        for finding in loaded.findings:
            complain_with_place(finding, loaded.files)
    write_result("digest", digested, targets, Paper())
    raise typer.Exit(int(ExitCode.CANNOT_JUDGE) if len(digested) < len(files) else 0)
