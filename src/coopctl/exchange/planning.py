"""What an import does to the ledger, figure by figure, before anything is written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from coopctl.exchange.incoming import Incoming, Unusable
from coopctl.findings import Finding, Location
from coopctl.ledger.consistency import Locate, inconsistencies
from coopctl.ledger.entries import Positions
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import Ledger, Observation
from coopctl.places import Path, Place
from coopctl.recording.doubts import doubts_about_period, doubts_about_size
from coopctl.recording.figures import amount, recorded_last
from coopctl.recording.sizes import Sizes

Outcome = Literal["added", "restated", "exchanged", "unchanged", "refused"]
OUTCOMES: Final = ("added", "restated", "exchanged", "unchanged", "refused")
_IMPORTED: Final = "\0"
"""Stands for the imported file among the ledger's files; no file can be called so."""


class Request(NamedTuple):
    """What the user asks for beside the file."""

    recorded: date
    """Day that is written where the file does not say on which day a figure became known."""
    by: str | None = None
    reason: str | None = None
    """Why figures are restated, or exchanged."""
    today: date | None = None
    """None where no day lies ahead."""


class Step(NamedTuple):
    """What becomes of one figure."""

    row: int
    column: str
    outcome: Outcome
    kpi: str
    period: str
    figure: str
    before: str
    """The figure that counts so far; empty for none."""
    message: str
    """Why it is refused, what is odd about it, or that a later figure still counts."""
    observation: Observation | None
    """What is recorded; None where nothing is."""
    replaced: Observation | None = None
    """The figure of the same day that is exchanged, and not kept."""


def planned(
    figures: Iterable[Incoming | Unusable], loaded: Loaded, agreement: Agreement, request: Request
) -> list[Step]:
    """Decide about every figure; those that the ledger could not hold are refused."""
    plan = _Plan(loaded.ledger, agreement, request)
    steps = [plan.step(index, each) for index, each in enumerate(figures)]
    files = {**loaded.files, _IMPORTED: _ImportedPlaces()}
    while True:
        objections = _objections(steps, loaded.ledger, agreement, files)
        refused = [index for index, each in objections.items() if any(finding.is_error for finding in each)]
        if not refused:
            return _remarked(steps, objections)
        for index in refused:
            steps[index] = _refused(steps[index], objections[index])


@dataclass
class _Known:
    """A figure that is on record, or will be."""

    figure: tuple[Decimal | None, ...]
    provisional: bool
    recorded: date | None
    row: int | None
    """Row of the imported file; None for what the ledger has."""
    observation: Observation | None = None
    """What the ledger has; None for a row of the imported file."""


@dataclass
class _Plan:
    """Decides about one figure after the other."""

    ledger: Ledger
    agreement: Agreement
    request: Request
    _sizes: dict[str, Sizes] = field(default_factory=dict)
    _known: dict[tuple[str, str], list[_Known]] = field(default_factory=dict)

    def step(self, index: int, given: Incoming | Unusable) -> Step:
        """Decide about the next figure."""
        if isinstance(given, Unusable):
            return Step(given.row, given.column, "refused", given.kpi, given.period, given.figure, "", given.why, None)
        known = self._known_for(given)
        latest = recorded_last(known)
        outcome, detail = self._decided(given, known, latest)
        before = written_figure(latest.figure, latest.provisional) if latest is not None else ""
        if outcome in ("unchanged", "refused"):
            return self._step(given, outcome, before, str(detail or ""), None)
        recorded = detail if isinstance(detail, date) else None
        told = [*self._changes(given, outcome, before), *given.remarks, *self._doubts_about(given, recorded)]
        note = given.note or (self.request.reason if outcome in ("restated", "exchanged") else None)
        place = Place(_IMPORTED, (index, "value" if given.value is not None else "numerator"))
        by = given.by or self.request.by
        numbers = (given.value, given.numerator, given.denominator, given.weight)
        observation = Observation(given.kpi, given.key, place, *numbers, recorded, given.provisional, by, note)
        replaced = None
        if outcome == "exchanged" and latest is not None:
            known.remove(latest)
            replaced = latest.observation
        known.append(_Known(given.figure, given.provisional, recorded, given.row))
        return self._step(given, outcome, before, "; ".join(told), observation)._replace(replaced=replaced)

    @staticmethod
    def _changes(given: Incoming, outcome: Outcome, before: str) -> Iterator[str]:
        """Yield what becomes of the figure that is on record, where the outcome does not say so."""
        if outcome == "exchanged":
            yield f"{before} was recorded for {given.key} on the same day; it is exchanged, not kept"
        elif outcome == "added" and before:
            yield f"added to the history; {before} still counts"

    def _doubts_about(self, given: Incoming, recorded: date | None) -> Iterator[str]:
        """Yield what is odd about a figure, beside those that the ledger had before."""
        kpi = self.agreement.kpis[given.kpi]
        if given.kpi not in self._sizes:
            self._sizes[given.kpi] = Sizes(self.agreement, kpi, self.ledger.figures.get(given.kpi, ()))
        known_on = recorded or self.request.recorded
        if recorded is not None and self.request.today is not None and recorded > self.request.today:
            yield f"recorded {recorded} lies ahead; it is the day on which the figure became known"
        yield from doubts_about_period(self.agreement, given.key, known_on, provisional=given.provisional)
        size = amount(kpi, given.value, given.numerator, given.denominator)
        yield from doubts_about_size(self._sizes[given.kpi], given.key, size)

    def _known_for(self, given: Incoming) -> list[_Known]:
        key = (given.kpi, given.key.text)
        if key not in self._known:
            self._known[key] = [
                _Known(
                    (each.value, each.numerator, each.denominator, each.weight),
                    each.provisional,
                    each.recorded,
                    None,
                    each,
                )
                for each in self.ledger.figures.get(given.kpi, ())
                if each.key.text == given.key.text
            ]
        return self._known[key]

    @staticmethod
    def _step(given: Incoming, outcome: Outcome, before: str, message: str, observation: Observation | None) -> Step:
        shown = written_figure(given.figure, given.provisional)
        return Step(given.row, given.column, outcome, given.kpi, given.key.text, shown, before, message, observation)

    def _decided(
        self, given: Incoming, known: Sequence[_Known], latest: _Known | None
    ) -> tuple[Outcome, date | str | None]:
        """Return what becomes of a figure, and the day to be recorded or why it is refused."""
        if latest is None:
            return "added", given.recorded if given.says_recorded else self.request.recorded
        if given.says_recorded:
            twin = next((each for each in known if each.recorded == given.recorded), None)
            if twin is not None and twin.row is not None:
                return "refused", f"row {twin.row} has a figure for it already"
            if twin is not None and _is_same(given, twin):
                return "unchanged", None
            if twin is not None and twin is latest and given.recorded is not None:
                return self._exchanged(given, twin, given.recorded)
            if twin is not None and given.recorded is not None:
                return (
                    "refused",
                    f"another figure was recorded on {given.recorded} already; each needs a day of its own",
                )
            if given.recorded is not None and latest.recorded is not None and given.recorded < latest.recorded:
                return "added", given.recorded
            if given.recorded is not None:
                return self._restated(given, known, latest, given.recorded)
            if twin is None and all(each.row is not None for each in known):
                return "added", None
        if latest.row is not None:
            return "refused", f"row {latest.row} has a figure for it already"
        if _is_same(given, latest):
            return "unchanged", None
        day = self.request.recorded
        if latest.recorded == day:
            return self._exchanged(given, latest, day)
        if latest.recorded is not None and latest.recorded > day:
            return "refused", f"a figure was recorded on {latest.recorded}; a restatement needs a later day: --recorded"
        return self._restated(given, known, latest, day)

    def _restated(
        self, given: Incoming, known: Sequence[_Known], latest: _Known, day: date
    ) -> tuple[Outcome, date | str]:
        in_ledger = [each for each in known if each.row is None]
        if in_ledger and given.figure != latest.figure and not (given.note or self.request.reason):
            return "refused", "differs from what is recorded, and a restatement needs a reason: --reason TEXT"
        return "restated", day

    def _exchanged(self, given: Incoming, known: _Known, day: date) -> tuple[Outcome, date | str]:
        """Decide about another figure of the same day: one that is not kept needs a reason of this import's own."""
        was = known.observation
        assert was is not None, "a row of the imported file is not exchanged"
        shown = written_figure(known.figure, known.provisional)
        if not self.request.reason:
            return "refused", (
                f"{shown} was recorded for {given.key} on the same day; it is exchanged, not kept, where --reason TEXT "
                "says why"
            )
        if (known.figure[0] is None) is not (given.value is None):
            return "refused", f"{shown} was recorded on {day} in another form; correct it by hand"
        if was.place.file.endswith(".csv"):
            return "refused", f"{was.place.file}: a row of a CSV file is not exchanged; correct it by hand"
        return "exchanged", day


def _is_same(given: Incoming, known: _Known) -> bool:
    return given.figure == known.figure and given.provisional == known.provisional


def written_figure(figure: Sequence[Decimal | None], provisional: bool) -> str:
    """Write a figure as people read it: 91.5, 930/1000, 4.5 × 20."""
    value, numerator, denominator, weight = figure
    text = f"{numerator:f}/{denominator:f}" if value is None else f"{value:f}"
    text += f" × {weight:f}" if weight is not None else ""
    return f"{text} (provisional)" if provisional else text


# --- what the ledger cannot hold ------------------------------------------------------------------------------------


class _ImportedPlaces:
    """Places in the imported file: the line is the index of a step, from 1."""

    path = _IMPORTED
    lines: list[str] = []  # noqa: RUF012

    def value_at(self, path: Path) -> Location:
        """Place of a figure."""
        line = int(path[0]) + 1
        return Location(_IMPORTED, line, 1, line, 1)

    def key_at(self, path: Path) -> Location:
        """Place of a figure's period."""
        return self.value_at(path)


def _objections(
    steps: Sequence[Step], ledger: Ledger, agreement: Agreement, files: Mapping[str, Positions]
) -> dict[int, list[Finding]]:
    """Return what would be wrong with the ledger for each step that adds to it, by the step's index."""
    figures: dict[str, list[Observation]] = {}
    replaced = {each.replaced.place for each in steps if each.replaced is not None}
    for each in steps:
        if each.observation is not None:
            if each.kpi not in figures:
                figures[each.kpi] = [known for known in ledger.figures.get(each.kpi, ()) if known.place not in replaced]
            figures[each.kpi].append(each.observation)
    combined = Ledger(figures={kpi: tuple(each) for kpi, each in figures.items()})
    found: dict[int, list[Finding]] = {}
    for finding in inconsistencies(agreement, combined, Locate(files)):
        places = [finding.location, *(each.location for each in finding.related)]
        imported = [place.line - 1 for place in places if place.path == _IMPORTED]
        if imported:
            found.setdefault(imported[0], []).append(finding)
    return found


def _refused(step: Step, findings: Sequence[Finding]) -> Step:
    first = next(each for each in findings if each.is_error)
    return step._replace(outcome="refused", message=f"{first.message}; {first.help}", observation=None, replaced=None)


def _remarked(steps: Sequence[Step], objections: Mapping[int, Sequence[Finding]]) -> list[Step]:
    return [
        step._replace(message="; ".join(filter(None, [step.message, objections[index][0].message])))
        if index in objections
        else step
        for index, step in enumerate(steps)
    ]
