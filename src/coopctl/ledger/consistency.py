"""Whether the facts of all ledger files together can be evaluated under the agreement."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from coopctl import faults
from coopctl.evaluate.periods import Days, days_of, period_holding, periods_of
from coopctl.evaluate.targets import Aims
from coopctl.findings import Finding, Kind, Location, Related
from coopctl.ledger.entries import Positions
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import ActionRecord, Ledger, Observation, WaiverRecord
from coopctl.model.scalars import PeriodKey
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
        yield from _waiver(agreement, record, locate)
    yield from _doubled_actions(ledger.actions, locate)


def _about_period(kind: Kind, figure: Observation, locate: Locate, message: str, remedy: str) -> Finding:
    return Finding(kind, locate.period_of(figure), message, remedy, f"{figure.subject}@{figure.key}")


def _figures(agreement: Agreement, kpi_id: str, figures: Sequence[Observation], locate: Locate) -> Iterator[Finding]:
    kpi = agreement.kpis[kpi_id]
    year_starts = agreement.calendar.year_starts
    periods = periods_of(kpi.frequency, Days(agreement.term.start, agreement.term.end), year_starts)
    aims = Aims(kpi, ("kpis", kpi_id), year_starts)
    usable: list[Observation] = []
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
        if aims.at(periods[index]) is None:
            yield _about_period(
                faults.OUTSIDE_TERM,
                figure,
                locate,
                f"{figure.key} lies before the first step of {kpi_id}'s target; it is not judged",
                "add a step for it to the target, or leave the figure out",
            )
        usable.append(figure)
    yield from _unordered(figures, locate)
    yield from _overlapping(usable, year_starts, locate)


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
        if len(set(dates)) == len(dates):  # one without a date was there before those that have one
            continue
        ordered = sorted(group, key=lambda figure: (figure.recorded or date.min, locate(figure.place)))
        first, second = next((one, other) for one, other in pairwise(ordered) if one.recorded == other.recorded)
        yield Finding(
            faults.UNORDERED,
            locate(second.place),
            f"two figures for {second.subject} in {second.key}, and nothing says which came later",
            "give each its own `recorded:` date; the later one counts, the earlier stays on record",
            f"{second.subject}@{second.key}",
            (Related(locate(first.place), "the other figure"),),
        )


def _overlapping(figures: Iterable[Observation], year_starts: int, locate: Locate) -> Iterator[Finding]:
    """Report keys that share days, each with the one before it that reaches furthest."""
    keys = {figure.key: figure for figure in figures}
    furthest: Observation | None = None
    for figure in sorted(keys.values(), key=lambda each: days_of(each.key, year_starts)):
        days = days_of(figure.key, year_starts)
        if furthest is not None and days.first <= days_of(furthest.key, year_starts).last:
            yield Finding(
                faults.OVERLAPPING,
                locate.period_of(figure),
                f"{figure.subject}: {furthest.key} and {figure.key} share days and would count twice",
                "keep the figure of the whole period or the finer ones, not both",
                f"{figure.subject}@{figure.key}",
                (Related(locate.period_of(furthest), "the other figure"),),
            )
        if furthest is None or days.last > days_of(furthest.key, year_starts).last:
            furthest = figure


def _spend(agreement: Agreement, spent: Sequence[Observation], locate: Locate) -> Iterator[Finding]:
    year_starts = agreement.calendar.year_starts
    term = Days(agreement.term.start, agreement.term.end)
    yield from _unordered(spent, locate)
    yield from _overlapping(spent, year_starts, locate)
    for each in spent:
        if not days_of(each.key, year_starts).overlaps(term):
            yield _about_period(
                faults.OUTSIDE_TERM,
                each,
                locate,
                f"{each.key} lies outside the term {term.first} to {term.last}; it is counted all the same",
                "correct the period if it is wrong",
            )


def _doubled_actions(actions: Iterable[ActionRecord], locate: Locate) -> Iterator[Finding]:
    first: dict[str, ActionRecord] = {}
    for each in actions:
        id_ = each.action.id
        if id_ is not None and first.setdefault(id_, each) is not each:
            yield Finding(
                faults.ACTION_DOUBLED,
                locate(each.place.within("id")),
                f"another action is called {id_} too",
                "give each an id of its own, so that one can be told from the other when it is done",
                each.action.about,
                (Related(locate(first[id_].place.within("id")), "the other action"),),
            )


def _waiver(agreement: Agreement, record: WaiverRecord, locate: Locate) -> Iterator[Finding]:
    about = record.waiver.about
    place = locate(record.place.within("about"))
    subject, _, period = about.partition("@")
    if subject.startswith("kpis."):
        if not period:
            message = f"the waiver for {about} does not say for which period"
            remedy = f"write about: {about}@ and the period, such as {about}@2026-05"
            yield Finding(faults.WAIVER_WITHOUT_PERIOD, place, message, remedy, about)
        elif not _covers_a_period(agreement, subject.removeprefix("kpis."), PeriodKey.read(period)):
            message = f"{period} holds no whole period of {subject}; the waiver excuses nothing"
            yield Finding(faults.WAIVER_WITHOUT_EFFECT, place, message, "name a period that is judged", about)
    elif not subject.startswith(("plan.milestones.", "budget.")):
        message = f"{subject} is not judged; the waiver excuses nothing"
        yield Finding(faults.WAIVER_WITHOUT_EFFECT, place, message, "name a KPI, a milestone or a budget line", about)
    elif period:
        message = f"the waiver names {period}, and {subject} is judged as a whole"
        yield Finding(faults.WAIVER_WITH_PERIOD, place, message, f"write about: {subject}", about)


def _covers_a_period(agreement: Agreement, kpi_id: str, key: PeriodKey) -> bool:
    year_starts = agreement.calendar.year_starts
    term = Days(agreement.term.start, agreement.term.end)
    days = days_of(key, year_starts)
    periods = periods_of(agreement.kpis[kpi_id].frequency, term, year_starts)
    first = bisect_left(periods, days.first, key=lambda period: period.whole.first)
    return first < len(periods) and days.contains(periods[first].whole)
