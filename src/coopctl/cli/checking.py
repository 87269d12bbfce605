"""Reads, judges and summarises agreements, one by one or on all cores."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coopctl.discovery import AgreementFile
from coopctl.evaluate.calendar import CalendarError
from coopctl.evaluate.judgement import judge
from coopctl.faults import UNUSABLE_CALENDAR
from coopctl.findings import Finding
from coopctl.gate import Checked, Gate, Summary, summary_of
from coopctl.loading import Loaded, load
from coopctl.output.check.formats import check_format
from coopctl.output.terminal import Paper

WORTH_SHARING = 16
"""Agreements from which on a second process costs less than it saves."""


@dataclass(frozen=True)
class CheckRun:
    """What is to be done with each agreement of a run; travels to other processes as it is."""

    gate: Gate
    as_of: date | None
    today_in: Callable[[str], date]
    """Tells the date in a time zone, where no date was given."""
    formats: tuple[tuple[str, Paper], ...]


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
        return Checked(loaded, judge(loaded.agreement, loaded.ledger, as_of), run.gate)
    except CalendarError as error:
        return Checked(without_calendar(loaded, error), None, run.gate)


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


def outcomes(files: Sequence[AgreementFile], run: CheckRun) -> Iterator[Outcome]:
    """Yield the outcome of every agreement in order, using all cores where there are many."""
    cores = _cores()
    if len(files) < WORTH_SHARING or cores < 2:
        for file in files:
            yield outcome_of(load(file), run)
        return
    yield from _shared(files, run, cores)


def _shared(files: Sequence[AgreementFile], run: CheckRun, cores: int) -> Iterator[Outcome]:
    import gc
    from concurrent.futures import ProcessPoolExecutor

    gc.freeze()
    batch = max(1, min(25, len(files) // (cores * 4)))
    with ProcessPoolExecutor(cores, initializer=_prepare_worker, initargs=(run,)) as pool:
        yield from pool.map(_outcome_in_worker, files, chunksize=batch)


_run_of_this_worker: CheckRun | None = None


def _prepare_worker(run: CheckRun) -> None:
    import signal

    global _run_of_this_worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted and ends the workers
    _run_of_this_worker = run


def _outcome_in_worker(file: AgreementFile) -> Outcome:
    assert _run_of_this_worker is not None
    return outcome_of(load(file), _run_of_this_worker)


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
