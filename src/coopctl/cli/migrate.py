"""`coopctl migrate`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from coopctl.cli.options import DEFAULT_STDIN_NAME, Paths, StdinName, refuse_together

if TYPE_CHECKING:
    from coopctl.discovery import AgreementFile
    from coopctl.findings import Finding
    from coopctl.output.blocks import Lines

EXAMPLES = """
**Examples**

    # every agreement below the current folder, with its ledger and its approvals
    coopctl migrate

    # see what would change, and change nothing
    coopctl migrate northstar --diff

**Exit codes**

0 all files are of the newest version, now or already · 1 with `--check` or `--diff`: a file is to be migrated ·
2 a file could not be migrated, read or written, or there is no agreement
"""


def migrate(
    paths: Paths = None,
    check: Annotated[
        bool, typer.Option("--check", help="Name the files that are to be migrated, and change nothing.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, and change nothing.")] = False,
    stdin_filename: StdinName = DEFAULT_STDIN_NAME,
) -> None:
    """Bring files from older versions of the language to the newest; comments and layout stay."""
    from coopctl.changes.approvals.reading import approval_files
    from coopctl.cli.rewriting import Mode, Together, Words, rewrite
    from coopctl.migration.chain import migrated
    from coopctl.versions import NEWEST

    refuse_together({"--check": check, "--diff": diff})
    words = Words(
        f"migrated to version {NEWEST}", f"would be migrated to version {NEWEST}", f"of version {NEWEST} already"
    )
    mode = Mode.of(check=check, diff=diff)
    code = rewrite(paths, stdin_filename, migrated, mode, words, Together(approval_files, _wrong_once_migrated))
    raise typer.Exit(int(code))


def _wrong_once_migrated(file: "AgreementFile", text: str) -> "tuple[list[Finding], Mapping[str, Lines]]":
    """Return the errors that an agreement and its ledger will have, each at its place in the files as they stand."""
    from coopctl.loading import load
    from coopctl.migration.chain import once_migrated, read_as_newest

    loaded = load(file, text, read=read_as_newest)
    return once_migrated(loaded.findings), loaded.files
