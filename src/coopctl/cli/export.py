"""`coopctl export`."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from coopctl.cli.options import AgreementOption, AsOf, OneAgreement, parse_as_of, refuse_together, today_in

if TYPE_CHECKING:
    from coopctl.discovery import AgreementFile
    from coopctl.exchange.exported import ExportedTable

EXAMPLES = """
**Examples**

    # every figure that was ever recorded, for a spreadsheet
    coopctl export northstar -o figures.csv --bom

    # the whole ledger, a sheet for each of its sections
    coopctl export northstar -o ledger.xlsx

    # the operating data sheet of June, in Chinese
    coopctl export northstar --table data-sheet --period 2026-06 --lang zh-Hans -o june.xlsx

**Exit codes**

0 written · 2 the agreement cannot be read, or something cannot be written
"""
TableName = Literal["ledger", "spend", "milestones", "events", "actions", "waivers", "data-sheet"]
Form = Literal["csv", "xlsx", "json"]


def export(
    agreement: OneAgreement = None,
    *,
    agreement_option: AgreementOption = None,
    table: Annotated[
        TableName,
        typer.Option(
            "--table",
            help="ledger: all that is recorded, in CSV the figures of KPIs; one section of it; or the operating data "
            "sheet of a month.",
        ),
    ] = "ledger",
    output_format: Annotated[
        Form | None,
        typer.Option("--output-format", help="By the ending of FILE if not given, else csv.", show_default=False),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write it there instead of on standard output."),
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV with the mark by which Excel knows that it is UTF-8.")
    ] = False,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help="Of the data sheet: 2026-06, 2026-Q2, 2026; the last month that is over if not given.",
            show_default=False,
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="LANG",
            help="Of the data sheet: en, zh-Hans or zh-Hant; the agreement's language if not given.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Write the ledger, or the operating data sheet, as CSV, XLSX or JSON; `import` reads its figures back."""
    from coopctl.cli.one_agreement import one_agreement
    from coopctl.errors import CoopctlError

    refuse_together({"AGREEMENT": agreement is not None, "--agreement": agreement_option is not None})
    file = None if output == "-" else output
    form = output_format or _form_of(file)
    if form == "xlsx" and file is None:
        raise CoopctlError("a workbook is no text; name a file with -o")
    if bom and form != "csv":
        raise CoopctlError(f"--bom is for CSV, not for {form}")
    if table != "data-sheet" and any(each is not None for each in (period, lang, as_of)):
        raise CoopctlError("--period, --lang and --as-of are for --table data-sheet; leave them out")
    found = one_agreement(agreement or agreement_option)
    head, tables = _tables(found, table, period, lang, as_of)
    _write(form, tables, head, file, found, bom=bom)


def _form_of(file: str | None) -> Form:
    ending = (file or "").lower()
    return "xlsx" if ending.endswith(".xlsx") else "json" if ending.endswith(".json") else "csv"


def _tables(
    file: "AgreementFile", table: TableName, period: str | None, lang: str | None, as_of: str | None
) -> "tuple[dict[str, object], list[ExportedTable]]":
    """Return what the result says first, and the tables that were asked for."""
    from coopctl.cli.one_agreement import usable
    from coopctl.exchange.exported import ledger_tables
    from coopctl.output.json_document import SCHEMA_VERSION

    if table == "data-sheet":
        from coopctl.cli.agreements import judged_agreements
        from coopctl.errors import CoopctlError, ExitCode
        from coopctl.report.data_sheet import data_sheet
        from coopctl.report.make import languages

        judged, invalid = judged_agreements([file.path], file.path, parse_as_of(as_of), today_in)
        if invalid:
            raise typer.Exit(ExitCode.CANNOT_JUDGE)
        loaded, terms, judgement = judged[0]
        tags = languages(lang, terms.language)
        if len(tags) > 1:
            raise CoopctlError("--lang: a data sheet has one language; give one of them")
        made = [data_sheet(loaded, terms, judgement, period, tags[0])]
    else:
        from coopctl.loading import load

        loaded, terms = usable(load(file), "nothing is exported")
        made = ledger_tables(terms, loaded.ledger)
        if table != "ledger":
            made = [each for each in made if each.name == table]
    return {"schema_version": SCHEMA_VERSION, "agreement": {"id": terms.id, "version": terms.version}}, made


def _write(
    form: Form,
    tables: "list[ExportedTable]",
    head: dict[str, object],
    file: str | None,
    agreement: "AgreementFile",
    *,
    bom: bool,
) -> None:
    from coopctl.cli.sinks import Target, print_result, refuse_inputs, write_file
    from coopctl.cli.streams import is_read_for_commands, is_terminal
    from coopctl.exchange.writing import as_csv, as_json, as_xlsx
    from coopctl.output.json_text import harmless_json
    from coopctl.output.terminal import clean

    if file is not None:
        refuse_inputs([Target(form, file)], [agreement.path])
    if form == "xlsx":
        content = as_xlsx(tables)
    elif form == "json":
        content = harmless_json(as_json(tables, head)).encode("utf-8")
    else:
        content = as_csv(tables[0], marked=bom and file is not None).encode("utf-8")
    if file is not None:
        write_file(file, content)
        return
    text = content.decode("utf-8")
    if form == "csv" and is_terminal():  # what is shown must not steer a terminal; a file or a pipe has every character
        text = "\n".join(map(clean, text.split("\n")))
    if form == "csv" and is_read_for_commands():
        _refuse_commands(text)
    print_result(f"\ufeff{text}" if bom else text)


def _refuse_commands(text: str) -> None:
    """Refuse to print what a CI server would obey; CSV has no way to write it that a reader would not have to undo."""
    from coopctl.errors import CoopctlError

    for line in text.splitlines():
        if line.lstrip().startswith("::") or "##[" in line:
            raise CoopctlError(
                "a line of the text is one that a CI server would take for a command; write to a file with -o"
            )
