"""Reads, judges and summarises one agreement."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from coopctl.discovery import AgreementFile
from coopctl.evaluate.calendar import CalendarError
from coopctl.evaluate.judgement import judge
from coopctl.faults import UNUSABLE_CALENDAR
from coopctl.findings import Finding
from coopctl.gate import Checked, Gate, Summary, summary_of
from coopctl.lint.settings import LintOptions, added_by_rules, lint_by, lint_counts_by
from coopctl.loading import Loaded, load
from coopctl.output.check.formats import check_format
from coopctl.output.terminal import Paper
from coopctl.rules.topics.signatures import SIGNED_OTHERWISE, signed_otherwise


@dataclass(frozen=True)
class CheckRun:
    """What is to be done with each agreement of a run; travels to other processes as it is."""

    gate: Gate
    as_of: date | None
    today_in: Callable[[str], date]
    """Tells the date in a time zone, where no date was given."""
    formats: tuple[tuple[str, Paper], ...]
    lint: LintOptions | None = None
    """How to lint; None for not at all."""


@dataclass(frozen=True)
class Outcome:
    """What is left of an agreement once it has been judged and written."""

    pieces: tuple[str, ...]
    summary: Summary


def checked(loaded: Loaded, run: CheckRun) -> Checked:
    """Judge an agreement that was read; one with errors is not judged."""
    if not loaded.is_judgeable or loaded.agreement is None:
        return Checked(loaded, None, run.gate)
    as_of = run.as_of or run.today_in(loaded.agreement.timezone)
    try:
        judgement = judge(loaded.agreement, loaded.ledger, as_of)
    except CalendarError as error:
        return Checked(without_calendar(loaded, error), None, run.gate)
    if run.lint is None:
        return Checked(loaded, judgement, run.gate)
    settings = run.lint.settings_for(loaded.path)
    if not run.gate.strict and not signed_otherwise(loaded.agreement):
        return Checked(loaded, judgement, run.gate, lint_counts_by(settings, loaded, as_of, judgement))
    linted = lint_by(settings, loaded, as_of, judgement)
    errors = tuple(each for each in linted.findings if each.is_error and run.gate.strict)
    otherwise = tuple(each for each in linted.findings if each.kind.code == SIGNED_OTHERWISE)
    return Checked(loaded, judgement, run.gate, added_by_rules(linted), errors, otherwise)


def without_calendar(loaded: Loaded, error: CalendarError) -> Loaded:
    """Return the agreement with a finding about its calendar added."""
    finding = Finding(
        UNUSABLE_CALENDAR,
        loaded.clause(("calendar", "country")),
        str(error),
        "leave country out and list the days off under calendar.holidays",
        "calendar.country",
    )
    return replace(loaded, agreement=None, findings=(*loaded.findings, finding))


def outcome_of(loaded: Loaded, run: CheckRun) -> Outcome:
    """Judge an agreement and write it in every format of the run."""
    result = checked(loaded, run)
    pieces = tuple(check_format(name, paper).piece(result) for name, paper in run.formats)
    return Outcome(pieces, summary_of(result))


def outcome_of_file(file: AgreementFile, run: CheckRun) -> Outcome:
    """Read, judge and write one agreement."""
    return outcome_of(load(file), run)
