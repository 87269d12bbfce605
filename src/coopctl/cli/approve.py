"""`coopctl approve`."""

import os
import re
from collections.abc import Sequence
from typing import Annotated

import typer

from coopctl.cli.options import AsOf, parse_as_of, today_in
from coopctl.errors import CoopctlError, ExitCode
from coopctl.findings import Finding

EXAMPLES = """
**Examples**

    # see what is proposed, and the fingerprint of each material change
    coopctl diff main

    # accept one change for a party
    coopctl approve main 3f2a1b9c0d4e --party north --by "Li Wei"

    # accept all that is asked of the party, between two folders
    coopctl approve old/ new/ --all --party harbor --by "Ann Lee" --note "As discussed on 12 July"

**Exit codes**

0 signed, or signed already · 2 something is unknown or cannot be read or written; nothing is signed then,
unless the message begins with "signed": the result alone could not be shown
"""

_FINGERPRINT = re.compile("[0-9a-fA-F]{8,64}")


def approve(
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[BASE] [HEAD] FINGERPRINT",
            help="The versions as for `coopctl diff`, then the changes to accept. Eight or more digits from 0-9 and "
            "a-f are the beginning of a fingerprint, unless a file is called so; for a commit write its name and ^0.",
            show_default=False,
        ),
    ] = None,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Accept every material change that waits for the party.")
    ] = False,
    party: Annotated[str, typer.Option(metavar="ID", help="The party that accepts.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who accepts for it.")],
    date: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="When it was accepted; the day of --as-of if not given.", show_default=False),
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="A remark.", show_default=False)] = None,
    as_of: AsOf = None,
) -> None:
    """Record that a party accepts material changes, in the files in `approvals/` beside the agreement."""
    from coopctl.changes.approvals.writing import save
    from coopctl.cli.approving import Signature, chosen, signing
    from coopctl.cli.proposals import proposals_of
    from coopctl.cli.remarks import one_line
    from coopctl.cli.sinks import print_result
    from coopctl.cli.streams import complain, showing_after
    from coopctl.output.terminal import clean

    versions, fingerprints = _read_arguments(arguments or [])
    if everything is bool(fingerprints):
        raise CoopctlError("name changes by their fingerprints, or all that wait for the party by --all")
    remark = None if note is None else one_line("--note", note)
    signature = Signature(one_line("--by", by), parse_as_of(date, "--date"), remark)
    found = proposals_of(versions, parse_as_of(as_of), today_in)
    if found.revision is not None:
        raise CoopctlError(
            f"{found.revision} is in git, and approvals are written into files: check it out, and leave HEAD out"
        )
    for each in found.remarks:
        complain(f"note: {clean(each)}")
    changes, problems = chosen(found.proposals, fingerprints, party)
    problems = [*map(_described, found.findings), *found.unjudged] or problems
    if problems:
        for each in problems:
            complain(f"error: {clean(each)}")
        raise typer.Exit(int(ExitCode.CANNOT_JUDGE))
    signings = [
        signing(dated, wanted, signature)
        for dated in found.proposals
        if (wanted := [asked for other, asked in changes if other is dated])
    ]
    files = [file for each in signings for file in each.files]
    save(files)
    told = [line for each in signings for line in each.told] or [f"nothing waits for {party}"]
    with showing_after("signed" if files else ""):
        print_result("".join(f"{clean(line)}\n" for line in told))


def _read_arguments(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell the versions from the fingerprints, which are given in small letters then."""
    fingerprints = [each for each in arguments if _FINGERPRINT.fullmatch(each) and not os.path.lexists(each)]
    return [each for each in arguments if each not in fingerprints], [each.lower() for each in fingerprints]


def _described(finding: Finding) -> str:
    place = finding.location
    return f"{place.path}:{place.line}:{place.column}: {finding.kind.code} {finding.message}; {finding.help}"
