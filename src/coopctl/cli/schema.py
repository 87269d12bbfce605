"""`coopctl schema`."""

from typing import Annotated, Literal

import typer

from coopctl.cli.sinks import print_result

EXAMPLES = """
**Examples**

    # for the editor: completion, and checks while typing
    coopctl schema agreement > agreement-v1.schema.json

    # for programs that read `check --output-format json`
    coopctl schema check

The first line of an agreement tells editors where its schema is:
`# yaml-language-server: $schema=agreement-v1.schema.json`
"""


def schema(
    name: Annotated[
        Literal["agreement", "ledger", "approvals", "mapping", "check", "lint", "diff", "digest", "import"],
        typer.Argument(
            help="agreement, ledger, approvals and mapping (of an import): the files; check, lint, diff, digest and "
            "import: their JSON output."
        ),
    ],
) -> None:
    """Print a JSON Schema, for editors and for programs."""
    from coopctl.output.schema import schema_text

    print_result(schema_text(name))
