"""`coopctl report`."""

import os
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from coopctl.cli.options import (
    DEFAULT_STDIN_NAME,
    AsOf,
    Config,
    NoConfig,
    StdinName,
    parse_as_of,
    refuse_together,
    today_in,
)

if TYPE_CHECKING:
    from coopctl.cli.agreements import Judged
    from coopctl.report.documents import Document
    from coopctl.report.templating.own import OwnTemplates

EXAMPLES = """
**Examples**

    # the last complete quarter, in the agreement's language
    coopctl report northstar --kind quarterly

    # a month, in Chinese, as a web page with its charts inside
    coopctl report northstar --kind monthly --period 2026-06 --lang zh-Hans -o june.html

    # English and Chinese in one Word file
    coopctl report northstar --kind quarterly --lang en,zh-Hans -o q2.docx

    # the agreement as a document for signature
    coopctl report northstar --kind agreement -o agreement.pdf

    # which reports there are; what a template sees
    coopctl report --list
    coopctl report northstar --kind quarterly --context

**Exit codes**

0 written · 2 the agreement could not be judged, or an option cannot be used
"""


def report(
    path: Annotated[
        str,
        typer.Argument(metavar="[PATH]", help="An agreement file, a folder with one, or - for standard input."),
    ] = ".",
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Which report; --list shows them.")] = "quarterly",
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help="2026-06, 2026-Q2, 2026-H1, 2026 or term; the last complete one that fits if not given.",
            show_default=False,
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="LANG",
            help="en, zh-Hans or zh-Hant, or several with commas between; the agreement's language if not given.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write it there instead of on standard output."),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="markdown, html, pdf or docx; by the ending of FILE if not given, else markdown.",
            show_default=False,
        ),
    ] = None,
    charts: Annotated[
        str | None,
        typer.Option(
            "--charts",
            metavar="CHARTS",
            help="mermaid, svg or none; if not given, mermaid in Markdown and svg elsewhere.",
            show_default=False,
        ),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(
            "--template", metavar="FILE", help="Use this template instead of that of the kind.", show_default=False
        ),
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="A data sheet to be filled in by hand.")] = False,
    for_comment: Annotated[
        bool, typer.Option("--for-comment", help="Cut the Markdown to what a pull request's comment takes.")
    ] = False,
    context: Annotated[bool, typer.Option("--context", help="Print what a template sees, as JSON.")] = False,
    list_kinds: Annotated[bool, typer.Option("--list", help="Show the kinds of reports.")] = False,
    as_of: AsOf = None,
    config: Config = None,
    no_config: NoConfig = False,
    stdin_filename: StdinName = DEFAULT_STDIN_NAME,
) -> None:
    """Write a report or document that both managements can be shown."""
    from coopctl.cli.sinks import print_result
    from coopctl.cli.streams import complain
    from coopctl.errors import CoopctlError
    from coopctl.report.kinds import kind_called, listed_kinds

    refuse_together({"--config": config is not None, "--no-config": no_config})
    refuse_together({"--list": list_kinds, "--context": context, "--template": template is not None})
    refuse_together({"--list": list_kinds, "--context": context, "--for-comment": for_comment})
    if list_kinds:
        print_result(listed_kinds())
        return
    from coopctl.report.documents import Document, document, format_of, pictures_of
    from coopctl.report.make import context_text, language_without_reports, languages, renderings, report_views
    from coopctl.report.request import Request

    file = None if output == "-" else output
    wanted = kind_called(kind)
    wanted_form = format_of(form, None if context else file)
    if empty and wanted.name != "data-sheet":
        raise CoopctlError(f"--empty: only the data-sheet is a form to fill in, not {wanted.name}")
    if for_comment and wanted_form != "markdown":
        raise CoopctlError(f"--for-comment: a comment is Markdown, not {wanted_form}")
    if wanted_form in ("pdf", "docx") and file is None and not context:
        raise CoopctlError(f"--format {wanted_form} is no text; name a file with -o")
    judged = _judged(path, stdin_filename, as_of)
    tags = languages(lang, judged.agreement.language)
    foreign = language_without_reports(lang, judged.agreement.language)
    if foreign is not None:
        complain(f"note: there are no reports in {foreign}, so this one is in English; --lang takes another language")
    request = Request(wanted, period, tags, pictures_of(charts, wanted_form, file), empty)
    views = report_views(judged.agreement, judged.loaded.ledger, judged.judgement, request)
    if context:
        _write(Document(context_text(views).encode("utf-8"), {}), file, judged, [])
        return
    settings = None if no_config else config or _nearest_configuration(judged)
    own = _own_templates(template, settings)
    made = renderings(views, own, for_comment=for_comment)
    sources = [*([settings] if settings else []), *(own.paths.values() if own else [])]
    _write(document(wanted_form, made, views), file, judged, sources)


def _judged(path: str, stdin_filename: str, as_of: str | None) -> "Judged":
    from coopctl.cli.agreements import judged_agreements
    from coopctl.errors import CoopctlError, ExitCode

    judged, invalid = judged_agreements([path], stdin_filename, parse_as_of(as_of), today_in)
    if invalid:
        raise typer.Exit(ExitCode.CANNOT_JUDGE)
    if len(judged) > 1:
        found = ", ".join(each.loaded.path for each in judged[:5])
        raise CoopctlError(f"a report is about one agreement; name one of {found}")
    return judged[0]


def _nearest_configuration(judged: "Judged") -> str | None:
    from coopctl.configuration import nearest_configuration

    return nearest_configuration(str(PurePath(judged.loaded.path).parent))


def _own_templates(template: str | None, settings: str | None) -> "OwnTemplates | None":
    from coopctl.configuration import read_configuration
    from coopctl.report.templating.own import read_own_templates

    return read_own_templates(template, read_configuration(settings).templates if settings else None)


def _write(document: "Document", output: str | None, judged: "Judged", sources: Sequence[str]) -> None:
    from coopctl.cli.sinks import Target, is_special, print_result, refuse_inputs, write_beside, write_file
    from coopctl.cli.streams import complain
    from coopctl.errors import CoopctlError

    if output is None:
        print_result(document.content.decode("utf-8"))
        return
    if os.path.islink(output) and not is_special(output):
        raise CoopctlError(f"-o {output}: is a link; name the file that it leads to")
    refuse_inputs([Target("report", output)], [judged.loaded.path], sources)
    write_beside(output, document.beside)
    write_file(output, document.content)
    if document.unshown:
        complain(
            f"note: no font here has all the letters of {document.unshown!r}; the charts show boxes instead. "
            "Install a font with Chinese characters, such as Noto Sans CJK, and write the report again"
        )
