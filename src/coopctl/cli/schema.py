"""`coopctl schema`."""

from typing import Annotated, Literal

import typer

from coopctl.cli.sinks import sink_for

EXAMPLES = """
**Examples**

    coopctl schema agreement > agreement-v1.schema.json   for the editor: completion, checks while typing
    coopctl schema check                                  for programs that read `check --output-format json`

The first line of an agreement tells editors where its schema is:
`# yaml-language-server: $schema=agreement-v1.schema.json`
"""


def schema(
    name: Annotated[
        Literal["agreement", "ledger", "check"],
        typer.Argument(help="agreement and ledger: the files; check: its JSON output."),
    ],
) -> None:
    """Print a JSON Schema, for editors and for programs."""
    from coopctl.output.schema import schema_text

    with sink_for(None) as sink:
        sink.write(schema_text(name))
        sink.close()
