"""From the paths on a command line to agreements that were read."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from coopctl.cli.streams import complain
from coopctl.discovery import AgreementFile, find_agreements
from coopctl.errors import CoopctlError
from coopctl.evaluate.verdicts import Judgement
from coopctl.files import decoded
from coopctl.findings import Finding
from coopctl.limits import FILE_BYTES
from coopctl.loading import Loaded, load, refused
from coopctl.model.agreement import Agreement

STDIN = "-"


def agreement_files(paths: list[str] | None, stdin_name: str) -> list[tuple[AgreementFile, bool]]:
    """Return the agreements to read, each with whether it comes from standard input."""
    named = [path for path in paths or [] if path != STDIN]
    from_stdin = STDIN in (paths or [])
    files = [(file, False) for file in find_agreements(named)] if named or not from_stdin else []
    if from_stdin:
        folder = stdin_name.rpartition("/")[0]
        files.append((AgreementFile(stdin_name, folder), True))
    return files


def read_agreement(file: AgreementFile, *, from_stdin: bool) -> Loaded:
    """Read one agreement and its ledger."""
    if not from_stdin:
        return load(file)
    text = decoded(file.path, standard_input())
    return refused(file, text) if isinstance(text, Finding) else load(file, text)


def standard_input(most: int = FILE_BYTES) -> bytes:
    """Return what is piped in, one byte more than `most` at the most."""
    if sys.stdin is None:
        raise CoopctlError("standard input is closed")
    try:
        content: bytes = sys.stdin.buffer.read(most + 1)
    except OSError as error:
        raise CoopctlError(f"standard input cannot be read: {error.strerror or error}") from None
    return content


def read_agreements(paths: list[str] | None, stdin_name: str) -> Iterator[Loaded]:
    """Yield every agreement named, read."""
    for file, from_stdin in agreement_files(paths, stdin_name):
        yield read_agreement(file, from_stdin=from_stdin)


class Judged(NamedTuple):
    """An agreement that was read and judged."""

    loaded: Loaded
    agreement: Agreement
    judgement: Judgement


def judged_agreements(
    paths: list[str] | None, stdin_name: str, as_of: date | None, today_in: Callable[[str], date]
) -> tuple[list[Judged], int]:
    """Return the agreements judged, and how many could not be: their findings go to standard error."""
    from coopctl.cli.checking import CheckRun, checked
    from coopctl.gate import Gate
    from coopctl.output.check.full import Full
    from coopctl.output.terminal import Paper, clean

    judged: list[Judged] = []
    invalid = 0
    run = CheckRun(Gate(), as_of, today_in, ())
    for loaded in read_agreements(paths, stdin_name):
        result = checked(loaded, run)
        if result.judgement is None or loaded.agreement is None:
            invalid += 1
            complain(Full(Paper()).piece(result).rstrip("\n"))
        else:
            for finding in loaded.findings:
                place = finding.location
                where = f"{place.path}:{place.line}:{place.column}"
                complain(clean(f"{where}: {finding.kind.severity} {finding.kind.code} {finding.message}"))
            judged.append(Judged(loaded, loaded.agreement, result.judgement))
    return judged, invalid
