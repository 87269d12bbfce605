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
from coopctl.model.scalars import shortened
from coopctl.places import Path, Place
from coopctl.recording.again import (
    exchange_told,
    is_note_of,
    needs_reason,
    news_about,
    note_with_reason,
    taken_away,
)
from coopctl.recording.doubts import doubts_about_days, doubts_about_size
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
    today: date
    by: str | None = None
    reason: str | None = None
    """Why figures are restated, or exchanged."""


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

    observation: Observation
    row: int | None
    """Row of the imported file; None for what the ledger has."""
    named_in: int | None = None
    """Row that says this figure; the next one that names the same has no better claim, in this run or another."""

    @property
    def figure(self) -> tuple[Decimal | None, ...]:
        """What is recorded, without who said it and when."""
        each = self.observation
        return each.value, each.numerator, each.denominator, each.weight

    @property
    def provisional(self) -> bool:
        """Whether it may still change."""
        return self.observation.provisional

    @property
    def recorded(self) -> date | None:
        """The day on which it became known."""
        return self.observation.recorded

    @property
    def shown(self) -> str:
        """The figure as people read it."""
        return written_figure(self.figure, self.observation.provisional)


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
        before = latest.shown if latest is not None else ""
        if outcome in ("unchanged", "refused"):
            return self._step(given, outcome, before, str(detail or ""), None)
        place = Place(_IMPORTED, (index, "value" if given.value is not None else "numerator"))
        recorded = detail if isinstance(detail, date) else None
        note = given.note
        if outcome in ("restated", "exchanged") and latest is not None:
            earlier = latest.observation.note if outcome == "restated" else None
            note = note_with_reason(given.note, earlier, self.request.reason)
        by = given.by or self.request.by
        numbers = (given.value, given.numerator, given.denominator, given.weight)
        new = Observation(given.kpi, given.key, place, *numbers, recorded, given.provisional, by, note)
        told = [*self._changes(new, outcome, latest), *given.remarks, *self._doubts_about(given, recorded)]
        replaced = None
        if outcome == "exchanged" and latest is not None:
            known.remove(latest)
            replaced = latest.observation
        known.append(_Known(new, given.row, given.row))
        return self._step(given, outcome, before, "; ".join(told), new)._replace(replaced=replaced)

    @staticmethod
    def _changes(new: Observation, outcome: Outcome, latest: _Known | None) -> Iterator[str]:
        """Yield what becomes of the figure that is on record, where the outcome does not say so."""
        if outcome == "exchanged" and latest is not None:
            yield exchange_told(latest.shown, new.key)
            yield from filter(None, [taken_away(latest.observation, new)])
        elif outcome == "added" and latest is not None:
            yield f"added to the history; {latest.shown} still counts"
        elif outcome == "restated" and latest is not None and _is_same(_Known(new, None), latest):
            yield "the same figure, confirmed on a later day"

    def _doubts_about(self, given: Incoming, recorded: date | None) -> Iterator[str]:
        """Yield what is odd about a figure, beside those that the ledger had before."""
        kpi = self.agreement.kpis[given.kpi]
        if given.kpi not in self._sizes:
            self._sizes[given.kpi] = Sizes(self.agreement, kpi, self.ledger.figures.get(given.kpi, ()))
        yield from doubts_about_days(
            self.agreement, given.key, recorded, self.request.today, provisional=given.provisional
        )
        size = amount(kpi, given.value, given.numerator, given.denominator)
        yield from doubts_about_size(self._sizes[given.kpi], given.key, size)

    def _known_for(self, given: Incoming) -> list[_Known]:
        key = (given.kpi, given.key.text)
        if key not in self._known:
            recorded = self.ledger.figures.get(given.kpi, ())
            self._known[key] = [_Known(each, None) for each in recorded if each.key.text == given.key.text]
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
            if twin is not None and twin.named_in is not None:
                return "refused", f"row {twin.named_in} has a figure for it already"
            if twin is not None and _is_same(given, twin):
                return self._recorded_already(given, twin, known)
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
        if latest.named_in is not None:
            return "refused", f"row {latest.named_in} has a figure for it already"
        if _is_same(given, latest):
            return self._recorded_already(given, latest, known)
        day = self.request.recorded
        if latest.recorded == day:
            return self._exchanged(given, latest, day)
        if latest.recorded is not None and latest.recorded > day:
            return "refused", f"a figure was recorded on {latest.recorded}; a restatement needs a later day: --recorded"
        return self._restated(given, known, latest, day)

    def _recorded_already(self, given: Incoming, twin: _Known, known: Sequence[_Known]) -> tuple[Outcome, str | None]:
        outcome, detail = _said_again(given, twin, known)
        if outcome == "unchanged":
            twin.named_in = given.row
        return outcome, detail

    def _restated(
        self, given: Incoming, known: Sequence[_Known], latest: _Known, day: date
    ) -> tuple[Outcome, date | str]:
        in_ledger = any(each.row is None for each in known)
        own = given.note is not None and not is_note_of(given.note, latest.observation.note)
        if in_ledger and _needs_reason(given, latest) and not (own or self.request.reason):
            return "refused", "differs from what is recorded, and a restatement needs a reason: --reason TEXT"
        return "restated", day

    def _exchanged(self, given: Incoming, known: _Known, day: date) -> tuple[Outcome, date | str]:
        """Decide about another figure of the same day: one that is not kept needs a reason of this import's own."""
        if _needs_reason(given, known) and not self.request.reason:
            return "refused", f"{exchange_told(known.shown, given.key)}, where --reason TEXT says why"
        if (known.figure[0] is None) is not (given.value is None):
            return "refused", f"{known.shown} was recorded on {day} in another form; correct it by hand"
        file = known.observation.place.file
        if file.endswith(".csv"):
            return "refused", f"{file}: a row of a CSV file is not exchanged; correct it by hand"
        return "exchanged", day


def _is_same(given: Incoming | _Known, known: _Known) -> bool:
    return given.figure == known.figure and given.provisional == known.provisional


def _needs_reason(given: Incoming, known: _Known) -> bool:
    return needs_reason(
        is_same=given.figure == known.figure,
        was_provisional=known.provisional,
        is_provisional=given.provisional,
    )


def _said_again(given: Incoming, twin: _Known, known: Sequence[_Known]) -> tuple[Outcome, str | None]:
    """Let a figure be as it is recorded, and refuse what a row says of it beyond that: nobody is there to be asked.

    A note that was said of an earlier figure of the period is on record as well.
    """
    is_noted = given.note is None or any(is_note_of(given.note, each.observation.note) for each in known)
    news = news_about(twin.observation, by=given.by, note=None if is_noted else given.note)
    if not news:
        return "unchanged", None
    told = ", and ".join(
        f"{name} is {f'“{shortened(was)}”' if was else 'empty'}, not “{shortened(now)}”" for name, was, now in news
    )
    is_by_hand = twin is not recorded_last(known) or twin.observation.place.file.endswith(".csv")
    how = "by hand" if is_by_hand else f"with `{_command(given)} {' '.join(f'--{each.name} …' for each in news)}`"
    return "refused", f"recorded already, but there {told}; write that {how}, or leave it out of the row"


def _command(given: Incoming) -> str:
    """Return how a figure is recorded from the command line."""
    value, numerator, denominator, weight = given.figure
    text = f"{numerator:f}/{denominator:f}" if value is None else f"{value:f}"
    text += f" --weight {weight:f}" if weight is not None else ""
    return f"coopctl record kpi {given.kpi} {given.key} {text}{' --provisional' if given.provisional else ''}"


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
