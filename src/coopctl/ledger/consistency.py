"""Whether the facts of all ledger files together can be evaluated under the agreement."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from coopctl import faults
from coopctl.evaluate.periods import Days, Period, days_of, period_holding, periods_of
from coopctl.evaluate.targets import aim_in_force
from coopctl.findings import Finding, Kind, Location, Related
from coopctl.ledger.entries import Positions
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Ledger, Observation, WaiverRecord
from coopctl.places import Place


class Locate:
    """Knows where facts stand in the ledger's files."""

    def __init__(self, files: Mapping[str, Positions]) -> None:
        self._files = files

    def __call__(self, place: Place) -> Location:
        """Where a value stands."""
        return self._files[place.file].value_at(place.path)

    def period_of(self, figure: Observation) -> Location:
        """Where a figure's period is written."""
        place = figure.period_place
        return self._files[place.file].key_at(place.path)


def inconsistencies(agreement: Agreement, ledger: Ledger, locate: Locate) -> Iterator[Finding]:
    """Yield what in the ledger has no one meaning, in order of KPIs and periods."""
    for kpi_id, figures in ledger.figures.items():
        yield from _figures(agreement, kpi_id, figures, locate)
    for spent in ledger.spend.values():
        yield from _spend(agreement, spent, locate)
    for record in ledger.waivers:
        yield from _waiver(record, locate)


def _about_period(kind: Kind, figure: Observation, locate: Locate, message: str, remedy: str) -> Finding:
    return Finding(kind, locate.period_of(figure), message, remedy, f"{figure.subject}@{figure.key}")


def _figures(agreement: Agreement, kpi_id: str, figures: Sequence[Observation], locate: Locate) -> Iterator[Finding]:
    kpi = agreement.kpis[kpi_id]
    year_starts = agreement.calendar.year_starts
    periods = periods_of(kpi.frequency, Days(agreement.term.start, agreement.term.end), year_starts)
    usable: list[tuple[int, Observation]] = []
    for figure in figures:
        fault = _wrong_form(kpi, figure)
        if fault is not None:
            yield Finding(faults.WRONG_FIGURE, locate(figure.place), *fault, f"{figure.subject}@{figure.key}")
        if figure.key.kind is not kpi.frequency and not figure.key.finer_than(kpi.frequency):
            yield _about_period(
                faults.WRONG_PERIOD,
                figure,
                locate,
                f"{figure.key} is a {figure.key.kind} period, and {kpi_id} is judged {kpi.frequency}",
                f"record {kpi.frequency} figures or finer ones",
            )
            continue
        index = period_holding(figure.key, kpi.frequency, periods, year_starts)
        if index is None:
            yield _about_period(
                faults.OUTSIDE_TERM,
                figure,
                locate,
                f"{figure.key} lies outside the term {agreement.term.start} to {agreement.term.end}; it is not judged",
                "correct the period, or leave the figure out",
            )
            continue
        if aim_in_force(kpi, ("kpis", kpi_id), periods[index], year_starts) is None:
            yield _about_period(
                faults.OUTSIDE_TERM,
                figure,
                locate,
                f"{figure.key} lies before the first step of {kpi_id}'s target; it is not judged",
                "add a step for it to the target, or leave the figure out",
            )
        usable.append((index, figure))
    yield from _unordered(figures, locate)
    usable.sort(key=lambda each: each[0])
    for index, group in groupby(usable, key=lambda each: each[0]):
        yield from _overlapping([figure for _, figure in group], year_starts, locate, periods[index])


def _wrong_form(kpi: Kpi, figure: Observation) -> tuple[str, str] | None:
    if kpi.aggregation == "ratio":
        if figure.numerator is None:
            return (
                f"{figure.subject} is a ratio of sums, and this figure has only a value",
                "record {numerator: …, denominator: …}",
            )
    elif figure.value is None:
        return f"{figure.subject} is a {kpi.aggregation}, and this figure has no value", "record {value: …}"
    if kpi.aggregation == "weighted-mean" and figure.weight is None:
        return (
            f"{figure.subject} is a weighted mean, and this figure has no weight",
            "record {value: …, weight: …}",
        )
    return None


def _unordered(figures: Iterable[Observation], locate: Locate) -> Iterator[Finding]:
    same_key: dict[str, list[Observation]] = {}
    for figure in figures:
        same_key.setdefault(figure.key.text, []).append(figure)
    for group in same_key.values():
        dates = [figure.recorded for figure in group]
        if len(group) == 1 or (None not in dates and len(set(dates)) == len(dates)):
            continue
        ordered = sorted(group, key=lambda figure: locate(figure.place))
        first, second = next(
            (
                (one, other)
                for one, other in pairwise(sorted(ordered, key=lambda figure: str(figure.recorded or "")))
                if one.recorded == other.recorded or one.recorded is None
            ),
            (ordered[0], ordered[1]),
        )
        yield Finding(
            faults.UNORDERED,
            locate(second.place),
            f"two figures for {second.subject} in {second.key}, and nothing says which came later",
            "give each its own `recorded:` date; the later one counts, the earlier stays on record",
            f"{second.subject}@{second.key}",
            (Related(locate(first.place), "the other figure"),),
        )


def _overlapping(figures: Sequence[Observation], year_starts: int, locate: Locate, period: Period) -> Iterator[Finding]:
    """Report keys of one period that share days. Sorted by first day, only neighbours need comparing."""
    keys = {figure.key: figure for figure in figures}
    ordered = sorted(keys.values(), key=lambda figure: days_of(figure.key, year_starts))
    for one, other in pairwise(ordered):
        if days_of(one.key, year_starts).overlaps(days_of(other.key, year_starts)):
            yield Finding(
                faults.OVERLAPPING,
                locate(other.place),
                f"{other.subject} in {period.key}: {one.key} and {other.key} share days and would count twice",
                "keep the figure of the whole period or the finer ones, not both",
                f"{other.subject}@{other.key}",
                (Related(locate(one.place), "the other figure"),),
            )


def _spend(agreement: Agreement, spent: Sequence[Observation], locate: Locate) -> Iterator[Finding]:
    year_starts = agreement.calendar.year_starts
    term = Days(agreement.term.start, agreement.term.end)
    yield from _unordered(spent, locate)
    whole_term = Period("the term", term, term)
    yield from _overlapping(spent, year_starts, locate, whole_term)
    for each in spent:
        if not days_of(each.key, year_starts).overlaps(term):
            yield _about_period(
                faults.OUTSIDE_TERM,
                each,
                locate,
                f"{each.key} lies outside the term {term.first} to {term.last}; it is counted all the same",
                "correct the period if it is wrong",
            )


def _waiver(record: WaiverRecord, locate: Locate) -> Iterator[Finding]:
    about = record.waiver.about
    if about.startswith("kpis.") and "@" not in about:
        yield Finding(
            faults.WAIVER_WITHOUT_PERIOD,
            locate(record.place.within("about")),
            f"the waiver for {about} does not say for which period",
            f"write about: {about}@ and the period, such as {about}@2026-05",
            about,
        )
    elif "@" in about and about.startswith(("plan.", "budget.")):
        subject, _, period = about.partition("@")
        yield Finding(
            faults.WAIVER_WITH_PERIOD,
            locate(record.place.within("about")),
            f"the waiver names {period}, and {subject} is judged as a whole",
            f"write about: {subject}",
            about,
        )
