"""Does the same with many agreements, one by one or on all cores; the results come in order."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

from coopctl.discovery import AgreementFile

Run = TypeVar("Run")
Outcome = TypeVar("Outcome")

WORTH_SHARING: Final = 16
"""Agreements from which on a second process costs less than it saves."""


def over_all(
    files: Sequence[AgreementFile], work: Callable[[AgreementFile, Run], Outcome], run: Run
) -> Iterator[Outcome]:
    """Yield what `work` makes of every agreement; it and `run` travel to other processes where there are many."""
    cores = _cores()
    if len(files) < WORTH_SHARING or cores < 2:
        for file in files:
            yield work(file, run)
        return
    yield from _shared(files, work, run, cores)


def _shared(
    files: Sequence[AgreementFile], work: Callable[[AgreementFile, Run], Outcome], run: Run, cores: int
) -> Iterator[Outcome]:
    import gc
    from concurrent.futures import ProcessPoolExecutor

    gc.freeze()
    batch = max(1, min(25, len(files) // (cores * 4)))
    with ProcessPoolExecutor(cores, initializer=_prepare_worker, initargs=(work, run)) as pool:
        yield from pool.map(_in_worker, files, chunksize=batch)


_of_this_worker: tuple[Callable[[AgreementFile, Any], Any], Any] | None = None


def _prepare_worker(work: Callable[[AgreementFile, Any], Any], run: object) -> None:
    import signal

    global _of_this_worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted and ends the workers
    _of_this_worker = (work, run)


def _in_worker(file: AgreementFile) -> Any:
    assert _of_this_worker is not None
    work, run = _of_this_worker
    return work(file, run)


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
