"""A whole run of `lint`: many agreements, and what becomes of their findings."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from coopctl import limits
from coopctl.cli.agreements import read_agreement
from coopctl.cli.cores import over_all
from coopctl.cli.linting import LintOutcome, LintRun, lint_outcome, lint_outcome_of_file
from coopctl.cli.mending import Mending
from coopctl.cli.sinks import FileSink, Target, refuse_inputs
from coopctl.cli.streams import complain
from coopctl.cli.writing import write_pieces
from coopctl.discovery import AgreementFile
from coopctl.errors import CoopctlError, ExitCode
from coopctl.lint.baseline import Entry, baseline_text, name_in, read_baseline
from coopctl.lint.summary import LintSummary
from coopctl.output.lint.formats import lint_format
from coopctl.output.lint.statistics import STATISTICS
from coopctl.output.terminal import Paper
from coopctl.output.weights import numbered

Files = Sequence[tuple[AgreementFile, bool]]
"""Agreements to read, each with whether it comes from standard input."""
Formats = tuple[tuple[str, Paper], ...]


def _outcomes(files: Files, run: LintRun, mended: Mending | None = None) -> Iterator[LintOutcome]:
    """Yield what becomes of every agreement; what was mended is not read from standard input a second time."""
    yield from over_all([file for file, piped in files if not piped], lint_outcome_of_file, run)
    for file, piped in files:
        if piped:
            yield lint_outcome(mended.piped if mended and mended.piped else read_agreement(file, from_stdin=True), run)


def show_findings(files: Files, run: LintRun, targets: Sequence[Target], mended: Mending | None) -> ExitCode:
    """Write the findings of all agreements; return how it ended."""
    if mended is not None and mended.piped is not None:  # standard output has the mended text
        targets = [each if each.path else each._replace(on_standard_error=True) for each in targets]
    total = LintSummary()
    writers = [lint_format(name, paper) for name, paper in run.formats]
    write_pieces(_outcomes(files, run, mended), total, writers, targets)
    return total.exit_code


def counting(formats: Formats) -> Formats:
    """Return the formats that count findings where others were asked for; raises `CoopctlError` for one that cannot."""
    unfit = [name for name, _ in formats if name not in STATISTICS]
    if unfit:
        raise CoopctlError(f"--statistics: {unfit[0]} lists findings; write the counts as {', '.join(STATISTICS)}")
    return tuple((STATISTICS[name], paper) for name, paper in formats)


def write_baselines(files: Files, run: LintRun) -> ExitCode:
    """Accept all that is found: write it into the baseline of each agreement."""
    options = run.options
    baselines = {file.path: options.settings_for(file.path).baseline_path for file, _ in files}
    without = next((path for path, baseline in baselines.items() if baseline is None), None)
    if without is not None:
        raise CoopctlError("--write-baseline: name the file with --baseline FILE, or as `baseline` in coopctl.toml")
    refuse_inputs([Target("json", path) for path in baselines.values()], list(baselines))
    run = replace(run, formats=())
    total = LintSummary()
    entries: dict[str, list[Entry]] = {path: [] for path in baselines.values() if path}
    looked_at: dict[str, set[str]] = {path: set() for path in entries}
    for outcome in _outcomes(files, run):
        total.add(outcome.summary)
        path = baselines[outcome.path]
        if path is not None and not outcome.summary.invalid:
            looked_at[path].add(name_in(path, outcome.path))
            entries[path] += outcome.entries
    for path, found in entries.items():
        _write_baseline(path, [*_of_others(path, looked_at[path]), *found])
        complain(f"{path}: {numbered(len(found), 'finding')} accepted")
    if total.invalid:
        complain("error: what keeps an agreement from being read cannot be accepted; `coopctl lint` shows it")
        return ExitCode.CANNOT_JUDGE
    return ExitCode.CLEAN


def _of_others(path: str, agreements: Iterable[str]) -> list[Entry]:
    """Return what a baseline has of agreements that are there, and that this run could not, or did not, look at."""
    if not os.path.lexists(path):
        return []
    known = set(agreements)
    folder = os.path.dirname(path)
    entries = [entry for entry in read_baseline(path).entries if entry.agreement not in known]
    there = {each for each in {entry.agreement for entry in entries} if os.path.lexists(os.path.join(folder, each))}
    return [entry for entry in entries if entry.agreement in there]


def _write_baseline(path: str, entries: Iterable[Entry]) -> None:
    text = baseline_text(entries)
    if len(text.encode("utf-8", "backslashreplace")) > limits.FILE_BYTES:
        raise CoopctlError(f"{path}: too many findings for a baseline; select fewer rules, or write one per folder")
    with FileSink(path) as sink:
        sink.write(text)
        sink.close()
