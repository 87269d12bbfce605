"""`coopctl import`."""

from typing import TYPE_CHECKING, Annotated

import typer

from coopctl.cli.options import (
    AgreementOption,
    Colour,
    ColourOption,
    OneAgreement,
    paper_for,
    parse_as_of,
    refuse_together,
    today_in,
)
from coopctl.cli.sinks import FORMATS_VARIABLE, refuse_inputs, wanted_formats
from coopctl.cli.writing import write_result

if TYPE_CHECKING:
    from coopctl.exchange.mapping import Mapping
    from coopctl.loading import Loaded

FORMATS = ("full", "json")
EXAMPLES = """
**Examples**

    # what a file would do to the ledger of the agreement in this folder
    coopctl import figures.csv --dry-run

    # a workbook of your own, with a file that says what its columns mean
    coopctl import june.xlsx --mapping import.yaml --by mei

    # what another program writes
    measure --json | coopctl import - --stdin-filename june.json

    # figures that differ from those on record
    coopctl import june.xlsx --mapping import.yaml --reason "Two late returns"

**Exit codes**

0 imported, or nothing new · 1 figures were refused · 2 something cannot be read or written; nothing is written then,
unless the message begins with "imported": the result alone could not be shown
"""


def import_figures(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A file .csv, .tsv, .xlsx or .json, or - for standard input.")
    ],
    agreement: OneAgreement = None,
    *,
    agreement_option: AgreementOption = None,
    stdin_filename: Annotated[
        str,
        typer.Option("--stdin-filename", metavar="NAME", help="What standard input would be called: figures.json."),
    ] = "figures.csv",
    mapping: Annotated[
        str | None,
        typer.Option(
            "--mapping",
            metavar="FILE",
            help="What columns, names, dates and numbers mean; none is needed for what `export` writes.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and write nothing.")] = False,
    skip_refused: Annotated[
        bool, typer.Option("--skip-refused", help="Write the other figures where some are refused.")
    ] = False,
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason",
            metavar="TEXT",
            help="Why figures are restated, or those of the same day exchanged.",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help="Who records them, where the file does not say.", show_default=False),
    ] = None,
    provisional: Annotated[
        bool, typer.Option("--provisional", help="They may still change, where the file does not say.")
    ] = False,
    recorded: Annotated[
        str | None,
        typer.Option(
            "--recorded",
            metavar="DATE",
            help="Day on which they became known, where the file does not say; today if not given.",
            show_default=False,
        ),
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
) -> None:
    """Bring figures from CSV, XLSX or JSON into the ledger; the same file twice changes nothing."""
    from coopctl.cli.agreements import STDIN
    from coopctl.cli.one_agreement import one_agreement, usable
    from coopctl.cli.remarks import one_line
    from coopctl.cli.streams import showing_after
    from coopctl.errors import ExitCode
    from coopctl.exchange.importing import import_figures as imported_into
    from coopctl.exchange.importing import read_table
    from coopctl.exchange.planning import Request
    from coopctl.output.imported.view import ImportView
    from coopctl.recording.beginning import load_begun

    refuse_together({"AGREEMENT": agreement is not None, "--agreement": agreement_option is not None})
    targets = wanted_formats(output_format, FORMATS)
    paper = paper_for(color)
    day = parse_as_of(recorded, "--recorded")
    found = one_agreement(agreement or agreement_option)
    loaded, terms = usable(load_begun(found).loaded, "nothing is imported")
    refuse_inputs(targets, [found.path], [*([file] if file != STDIN else []), *([mapping] if mapping else [])])
    read = _mapping(mapping, loaded)
    request = Request(
        day or today_in(terms.timezone),
        today_in(terms.timezone),
        None if by is None else one_line("--by", by),
        None if reason is None else one_line("--reason", reason),
    )
    name = stdin_filename if file == STDIN else file
    table = read_table(name, _content(file, name), read, is_piped=file == STDIN)
    result = imported_into(
        found, table, read, request, provisional=provisional, skip_refused=skip_refused, dry_run=dry_run
    )
    with showing_after("imported" if result.files and not dry_run else ""):
        write_result("imported", ImportView(terms.id, found.path, name, dry_run, result), targets, paper)
    raise typer.Exit(ExitCode.FOUND if result.count("refused") else ExitCode.CLEAN)


def _content(file: str, name: str) -> bytes:
    """Return what is in the file, or on standard input, which is read as a file of that name would be."""
    from coopctl.cli.agreements import STDIN, standard_input
    from coopctl.exchange.importing import most_bytes, read_content

    return standard_input(most_bytes(name)) if file == STDIN else read_content(file)


def _mapping(path: str | None, loaded: "Loaded") -> "Mapping":
    from coopctl.cli.one_agreement import complain_of
    from coopctl.errors import ExitCode
    from coopctl.exchange.mapping import Mapping, read_mapping
    from coopctl.model.names import Names

    if path is None:
        return Mapping()
    found = read_mapping(path, Names.of(loaded.source.data))
    if isinstance(found, Mapping):
        return found
    complain_of(found)
    raise typer.Exit(ExitCode.CANNOT_JUDGE)
