"""`coopctl fmt`."""

from typing import Annotated

import typer

from coopctl.cli.options import DEFAULT_STDIN_NAME, Paths, StdinName, refuse_together

EXAMPLES = """
**Examples**

    # every agreement below the current folder, with its ledger
    coopctl fmt

    # see what would change, and change nothing
    coopctl fmt northstar --diff

    # in CI: fail if a file is not laid out so
    coopctl fmt --check

    # from an editor
    coopctl fmt - --stdin-filename northstar/agreement.yaml < agreement.yaml

**Exit codes**

0 all files are laid out so, now or already · 1 with `--check` or `--diff`: a file would change ·
2 a file could not be read or written, or there is no agreement
"""


def fmt(
    paths: Paths = None,
    check: Annotated[
        bool, typer.Option("--check", help="Name the files that would change, and change nothing.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, and change nothing.")] = False,
    stdin_filename: StdinName = DEFAULT_STDIN_NAME,
) -> None:
    """Lay out agreements and their YAML ledgers in one way; comments stay, and what they say stays the same."""
    from coopctl.cli.rewriting import Mode, Words, rewrite
    from coopctl.formatting.format import formatted

    refuse_together({"--check": check, "--diff": diff})
    words = Words("laid out anew", "would be laid out anew", "laid out well already")
    code = rewrite(paths, stdin_filename, formatted, Mode.of(check=check, diff=diff), words)
    raise typer.Exit(int(code))
