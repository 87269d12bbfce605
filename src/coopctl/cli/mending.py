"""`lint --fix` and `lint --diff`."""

from collections.abc import Sequence
from typing import NamedTuple

from coopctl.cli.agreements import read_agreement
from coopctl.cli.linting import LintRun, linted
from coopctl.cli.sinks import print_result
from coopctl.cli.streams import complain
from coopctl.discovery import AgreementFile
from coopctl.errors import CoopctlError, ExitCode
from coopctl.lint.fixing import Mended, mended
from coopctl.loading import Loaded, load
from coopctl.output.patch import patch
from coopctl.output.terminal import clean
from coopctl.output.weights import numbered
from coopctl.replacing import replace_text

_MOST_ROUNDS = 10
"""Mending one thing can make room for another; no agreement needs more rounds than this."""


class Mending(NamedTuple):
    """What came of mending some agreements."""

    piped: Loaded | None
    """The agreement from standard input as it is now."""
    complete: bool
    """Whether every file that was to be changed could be written."""


def mend(files: Sequence[tuple[AgreementFile, bool]], run: LintRun) -> Mending:
    """Mend all agreements in their files; the one from standard input is written to standard output."""
    findings = changed = 0
    piped, complete = None, True
    for file, from_stdin in files:
        result, loaded = _mended(file, run, from_stdin=from_stdin)
        if from_stdin:
            piped = loaded
        for each in result:
            try:
                if not from_stdin or each.path != file.path:
                    replace_text(each.path, each.before, each.after)
            except CoopctlError as error:
                complain(f"error: {clean(str(error))}")
                complete = False
                continue
            findings += each.findings
            changed += 1
    if findings:
        complain(f"{numbered(findings, 'finding')} mended in {numbered(changed, 'file')}")
    if piped is not None:
        print_result(piped.source.whole_text)
    return Mending(piped, complete)


def show_diff(files: Sequence[tuple[AgreementFile, bool]], run: LintRun) -> ExitCode:
    """Show as a patch what would be mended."""
    findings = changed = invalid = 0
    for file, from_stdin in files:
        result, loaded = _mended(file, run, from_stdin=from_stdin)
        invalid += linted(loaded, run).is_invalid
        print_result("".join(patch(each.path, each.before, each.after) for each in result))
        findings += sum(each.findings for each in result)
        changed += len(result)
    if invalid:
        complain(f"error: {numbered(invalid, 'agreement')} could not be read whole; `coopctl lint` shows why")
        return ExitCode.CANNOT_JUDGE
    would = f"{numbered(findings, 'finding')} would be mended in {numbered(changed, 'file')}"
    complain(would if changed else "nothing to mend")
    return ExitCode.FOUND if changed else ExitCode.CLEAN


def _mended(file: AgreementFile, run: LintRun, *, from_stdin: bool) -> tuple[list[Mended], Loaded]:
    """Return an agreement's files with everything mended that can be, and the agreement as it is then."""
    loaded = read_agreement(file, from_stdin=from_stdin)
    files: dict[str, Mended] = {}
    for _ in range(_MOST_ROUNDS):
        results = [each for each in mended(linted(loaded, run)) if each.path == loaded.path or each.path not in files]
        for each in results:
            earlier = files.get(each.path)
            files[each.path] = each.after_another(earlier) if earlier else each
        if not any(each.path == loaded.path for each in results):
            break
        loaded = load(file, files[loaded.path].after)
    return list(files.values()), loaded
