"""`coopctl rule`."""

from typing import Annotated, Literal

import typer

from coopctl.cli.options import Colour, ColourOption, paper_for

EXAMPLES = """
**Examples**

    # what a code in a finding means
    coopctl rule KPI003

    # by its name
    coopctl rule vague-wording

    # all of them, as data
    coopctl rule --all --output-format json
"""


def rule(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE|NAME]", help="Code or name of a rule, or a topic such as KPI.", show_default=False
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every rule.")] = False,
    output_format: Annotated[
        Literal["full", "json", "markdown"], typer.Option("--output-format", help="How to write it.")
    ] = "full",
    color: ColourOption = Colour.AUTO,
) -> None:
    """Explain a rule: what it finds, why that hurts, and how it is written better."""
    from coopctl.changes.pages import kind_called
    from coopctl.changes.pages import pages as all_pages
    from coopctl.cli.sinks import print_result
    from coopctl.errors import CoopctlError
    from coopctl.lint.pages import pages, pages_called
    from coopctl.output.change_page import change_page
    from coopctl.output.rule_page import pages_text

    if everything == (name is not None):
        raise CoopctlError("name one rule, as in `coopctl rule KPI003`, or give --all")
    change = kind_called(name) if name is not None and output_format == "full" else None
    if change is not None:
        print_result(change_page(change))
        return
    wanted = list(pages()) if name is None else pages_called(name, all_pages())
    print_result(pages_text(wanted, output_format, paper_for(color), single=name is not None and len(wanted) == 1))
