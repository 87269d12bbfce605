"""`coopctl report`."""

from typing import Annotated

import typer

from coopctl.cli.options import DEFAULT_STDIN_NAME, AsOf, StdinName, parse_as_of, today_in

EXAMPLES = """
**Examples**

    # the last complete quarter, in the agreement's language
    coopctl report northstar --kind quarterly

    # a month, in Chinese, into a file
    coopctl report northstar --kind monthly --period 2026-06 --lang zh-Hans -o june.md

    # English and Chinese in one file
    coopctl report northstar --kind quarterly --lang en,zh-Hans -o q2.md

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
    context: Annotated[bool, typer.Option("--context", help="Print what a template sees, as JSON.")] = False,
    list_kinds: Annotated[bool, typer.Option("--list", help="Show the kinds of reports.")] = False,
    as_of: AsOf = None,
    stdin_filename: StdinName = DEFAULT_STDIN_NAME,
) -> None:
    """Write a report that both managements can be shown."""
    from coopctl.cli.agreements import judged_agreements
    from coopctl.cli.sinks import Target, refuse_inputs
    from coopctl.errors import CoopctlError, ExitCode
    from coopctl.report.kinds import KINDS, kind_called
    from coopctl.report.make import context_text, languages, report_text, report_views
    from coopctl.report.pictures import Pictures
    from coopctl.report.request import Request

    target = Target("markdown", output)
    if list_kinds:
        width = max(len(each.name) for each in KINDS)
        text = "".join(f"{each.name:<{width}}  {each.meaning}\n" for each in KINDS)
    else:
        wanted = kind_called(kind)
        judged, invalid = judged_agreements([path], stdin_filename, parse_as_of(as_of), today_in)
        if invalid:
            raise typer.Exit(ExitCode.CANNOT_JUDGE)
        if len(judged) > 1:
            found = ", ".join(each.loaded.path for each in judged[:5])
            raise CoopctlError(f"a report is about one agreement; name one of {found}")
        refuse_inputs([target], [judged[0].loaded.path])
        loaded, agreement, judgement = judged[0]
        request = Request(wanted, period, languages(lang, agreement.language), Pictures())
        views = report_views(agreement, loaded.ledger, judgement, request)
        text = context_text(views) if context else report_text(views)
    with target.open() as sink:
        sink.write(text)
        sink.close()
