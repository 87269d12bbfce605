"""The one agreement that a command is about."""

import os
from collections.abc import Iterable, Mapping

from coopctl.cli.streams import complain
from coopctl.discovery import AgreementFile, find_agreements
from coopctl.errors import CoopctlError
from coopctl.findings import Finding
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.output.blocks import Blocks, Lines
from coopctl.output.terminal import Paper, clean


def one_agreement(path: str | None) -> AgreementFile:
    """Return the agreement at a path, or in the current folder; raises `CoopctlError` where there are several.

    Those in folders below count only where the folder itself has none.
    """
    files = find_agreements([path or "."])
    folder = os.path.realpath(path or ".")
    files = [each for each in files if os.path.realpath(os.path.dirname(each.path)) == folder] or files
    if len(files) > 1:
        found = ", ".join(each.path for each in files[:5])
        raise CoopctlError(f"there are {len(files)} agreements here; name one with --agreement: {found}")
    return files[0]


def usable(loaded: Loaded, otherwise: str) -> tuple[Loaded, Agreement]:
    """Return an agreement whose ledger can be used too.

    Else the first thing that is wrong is told with its place, and `CoopctlError` says what is not done therefore, such
    as "nothing is recorded".
    """
    if loaded.agreement is not None and loaded.is_judgeable:
        return loaded, loaded.agreement
    first, *others = [each for each in loaded.findings if each.is_error]
    complain_with_place(first, loaded.files)
    more = f"; for {len(others)} more, see `coopctl check`" if others else ""
    raise CoopctlError(f"{otherwise} until that is mended{more}")


def complain_of(findings: Iterable[Finding]) -> None:
    """Say on standard error what is wrong, one line each."""
    for each in findings:
        place = each.location
        where = f"{place.path}:{place.line}:{place.column}: {each.kind.severity} {each.kind.code}"
        complain(clean(f"{where} {each.message}; {each.help}"))


def complain_with_place(finding: Finding, files: Mapping[str, Lines]) -> None:
    """Say on standard error what is wrong, with the lines where it stands, as `check` does."""
    complain("\n".join(Blocks(Paper(), files).finding(finding)))
