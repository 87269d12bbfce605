"""Reads, judges and lints one agreement."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from coopctl.cli.checking import without_calendar
from coopctl.discovery import AgreementFile
from coopctl.evaluate.calendar import CalendarError
from coopctl.evaluate.judgement import judge
from coopctl.lint.baseline import Entry, entries_for
from coopctl.lint.engine import Linted
from coopctl.lint.settings import LintOptions, lint_by
from coopctl.lint.summary import LintSummary, summary_of
from coopctl.loading import Loaded, load
from coopctl.output.lint.formats import lint_format
from coopctl.output.terminal import Paper


@dataclass(frozen=True)
class LintRun:
    """What is to be done with each agreement of a run; travels to other processes as it is."""

    options: LintOptions
    as_of: date | None
    today_in: Callable[[str], date]
    """Tells the date in a time zone, where no date was given."""
    formats: tuple[tuple[str, Paper], ...]


@dataclass(frozen=True)
class LintOutcome:
    """What is left of an agreement once it has been linted and written."""

    path: str
    pieces: tuple[str, ...]
    summary: LintSummary
    entries: tuple[Entry, ...]
    """What is to be written into its baseline, where one is written."""


def linted(loaded: Loaded, run: LintRun) -> Linted:
    """Lint an agreement that was read."""
    as_of = run.as_of or run.today_in(loaded.agreement.timezone if loaded.agreement else "UTC")
    judgement = None
    if loaded.is_judgeable and loaded.agreement is not None:
        try:
            judgement = judge(loaded.agreement, loaded.ledger, as_of)
        except CalendarError as error:
            loaded = without_calendar(loaded, error)
    return lint_by(run.options.settings_for(loaded.path), loaded, as_of, judgement)


def lint_outcome(loaded: Loaded, run: LintRun) -> LintOutcome:
    """Lint an agreement and write it in every format of the run."""
    result = linted(loaded, run)
    pieces = tuple(lint_format(name, paper).piece(result) for name, paper in run.formats)
    baseline = run.options.settings_for(loaded.path).baseline_path if run.options.without_baseline else None
    entries = tuple(entries_for(baseline, result.path, result.fresh)) if baseline else ()
    return LintOutcome(loaded.path, pieces, summary_of(result), entries)


def lint_outcome_of_file(file: AgreementFile, run: LintRun) -> LintOutcome:
    """Read, lint and write one agreement."""
    return lint_outcome(load(file), run)
