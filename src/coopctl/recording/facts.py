"""Facts as somebody gives them: how each goes into a ledger, and what is asked about it first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple, Protocol

from coopctl.drafts.values import Entry, Plain
from coopctl.errors import CoopctlError
from coopctl.evaluate.periods import Days, days_of
from coopctl.findings import Location
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.model.facts import MilestoneFacts
from coopctl.model.ledger import Observation
from coopctl.model.scalars import Percent, PeriodKey
from coopctl.recording.again import News, exchange_told, needs_reason, news_about, taken_away
from coopctl.recording.doubts import doubts_about
from coopctl.recording.figures import Figure, NewFigure, in_force
from coopctl.recording.ledger_draft import LedgerDraft
from coopctl.source import Source


class ReasonMissingError(CoopctlError):
    """What cannot be recorded without a reason; `with_reason` makes of one what can."""

    def __init__(self, message: str, with_reason: Callable[[str], "Recorded"]) -> None:
        super().__init__(f"{message} needs a reason: --note")
        self.told = f"{message} needs a reason"
        self.with_reason = with_reason


class Recorded(Protocol):
    """Something to be recorded."""

    @property
    def subject(self) -> str:
        """Dotted name of what it is about."""

    @property
    def period(self) -> str:
        """The period's key; empty where there is none."""

    def doubts(self, loaded: Loaded, agreement: Agreement, today: date) -> Iterator[str]:
        """Yield what is to be confirmed before it is recorded."""

    def put_into(self, draft: LedgerDraft, loaded: Loaded) -> str:
        """Put it into the ledger, and say what was done; empty where the ledger says so already.

        Raises `CoopctlError` where it cannot be recorded so.
        """


class Said(NamedTuple):
    """What was said of one figure, and not of all that somebody records."""

    by: str | None = None
    recorded: date | None = None


@dataclass(frozen=True)
class FigureOf:
    """A KPI's figure, or what was spent on a budget line."""

    section: Literal["kpis", "spend"]
    new: NewFigure
    said: Said
    """What is news where the figure itself is recorded already."""

    @property
    def subject(self) -> str:
        """Dotted name of the KPI or budget line."""
        return f"{'kpis' if self.section == 'kpis' else 'budget'}.{self.new.subject}"

    @property
    def period(self) -> str:
        """The period's key."""
        return self.new.period.text

    def _recorded(self, loaded: Loaded) -> tuple[Observation, ...]:
        ledger = loaded.ledger
        return (ledger.figures if self.section == "kpis" else ledger.spend).get(self.new.subject, ())

    def doubts(self, loaded: Loaded, agreement: Agreement, today: date) -> Iterator[str]:
        """Yield what is odd about the figure, and what it would take the place of."""
        kpi = agreement.kpis[self.new.subject] if self.section == "kpis" else None
        recorded = self._recorded(loaded)
        known = in_force(recorded, self.new.period)
        if known is not None and self._says_so(known):
            for name, was, now in self._news(known):
                if was:
                    yield f"{name} “{was}” is recorded already; “{now}” takes its place"
            return
        if known is not None and known.recorded == self.new.recorded:
            yield exchange_told(_shown(known), self.new.period)
            yield from filter(None, [taken_away(known, self.new)])
        yield from doubts_about(agreement, kpi, recorded, self.new, today)

    def _says_so(self, known: Observation) -> bool:
        return self.new.figure.is_that_of(known) and known.provisional is self.new.provisional

    def _news(self, known: Observation) -> list[News]:
        return news_about(known, by=self.said.by, note=self.new.note)

    def put_into(self, draft: LedgerDraft, loaded: Loaded) -> str:
        """Record the figure; another one for the same period is a restatement, and needs a reason."""
        new = self.new
        known = in_force(self._recorded(loaded), new.period)
        if known is None:
            path = draft.add_figure(self.section, new.subject, new.period, new.fields())
            return f"recorded {self._what}: {new.figure} in {path}"
        place = loaded.locate(known.place)
        where = f"{place.path}:{place.line}"
        if self._says_so(known):
            return self._said_again(known, where, draft)
        return self._restated(known, where, draft)

    @property
    def _what(self) -> str:
        return f"{self.new.subject} {self.new.period}"

    def _said_again(self, known: Observation, where: str, draft: LedgerDraft) -> str:
        """Add what is news about a figure that is recorded already."""
        if self.said.recorded not in (None, known.recorded):
            was = f"was recorded on {known.recorded}" if known.recorded else "has no day on which it became known"
            raise CoopctlError(
                f"{self._what}: {_shown(known)} in {where} {was}; leave --recorded out, or write "
                f"{self.said.recorded} there by hand"
            )
        news = self._news(known)
        if not news:
            return ""
        path = draft.say_of_figure(known, Entry({each.name: each.now for each in news}))
        return f"recorded {self._what}: {' and '.join(f'{each.name} “{each.now}”' for each in news)} in {path}"

    def _restated(self, known: Observation, where: str, draft: LedgerDraft) -> str:
        """Put the figure in the place of another one."""
        new, what = self.new, self._what
        is_same = new.figure.is_that_of(known)
        needs = needs_reason(is_same=is_same, was_provisional=known.provisional, is_provisional=new.provisional)
        if needs and not new.note:
            message = f"{what}: {_shown(known)} is recorded in {where}; a restatement"
            raise ReasonMissingError(message, lambda note: replace(self, new=new._replace(note=note)))
        if known.recorded is not None and known.recorded > new.recorded:
            raise CoopctlError(
                f"{what}: {_shown(known)} in {where} was recorded on {known.recorded}; a restatement comes later than "
                f"{new.recorded}"
            )
        now = f"{new.figure} (provisional)" if new.provisional else str(new.figure)
        if known.recorded == new.recorded:
            if (known.value is None) is not (new.figure.value is None):
                raise CoopctlError(f"{what}: {where} has a figure of another form; correct it by hand")
            path = draft.exchange_figure(known, new.fields())
            return f"exchanged {what}: {_shown(known)} → {now} in {path}"
        path = draft.add_figure(self.section, new.subject, new.period, new.fields())
        return f"restated {what}: {_shown(known)} → {now} in {path}; the earlier figure stays on record"


@dataclass(frozen=True)
class MilestoneNews:
    """How far a milestone has come."""

    id: str
    started: date | None = None
    done: date | None = None
    progress: str | None = None
    forecast: date | None = None
    by: str | None = None
    note: str | None = None
    period: str = ""

    @property
    def subject(self) -> str:
        """Dotted name of the milestone."""
        return f"plan.milestones.{self.id}"

    def doubts(self, loaded: Loaded, agreement: Agreement, today: date) -> Iterator[str]:
        """Yield dates that lie ahead or run backwards, and what would be rewritten."""
        for name, day in (("started", self.started), ("done", self.done)):
            if day is not None and day > today:
                yield f"{name} {day} lies ahead; what is expected is --forecast"
        if self.forecast is not None and self.forecast < today:
            yield f"the forecast {self.forecast} lies in the past; what was reached is --done"
        record = loaded.ledger.milestones.get(self.id)
        known = record.facts if record is not None else MilestoneFacts()
        yield from self._contradictions(known)
        yield from self._done_early(agreement)
        yield from self._odd_progress(known.progress)
        for name, day_was, day_now in self._rewritten(loaded):
            yield f"{name} {day_was} is recorded already; {day_now} takes its place"
        for name, given in (("by", self.by), ("note", self.note)):
            text = getattr(known, name)
            if text is not None and given and text != given:
                yield f"{name} “{text}” is recorded already; “{given}” takes its place"

    def _contradictions(self, known: MilestoneFacts) -> Iterator[str]:
        """Yield what cannot be true of it at once, of what is recorded and what is new."""
        started, done = self.started or known.started, self.done or known.done
        forecast = self.forecast or known.forecast
        if started is not None and (self.started or self.done):
            if done is not None and done < started:
                yield f"done {done} is before the start on {started}"
            elif done is None and forecast is not None and forecast < started:
                yield f"the forecast {forecast} is before the start on {started}"
        if done is not None and self.progress is not None and Percent.read(self.progress).value < 100:
            yield f"progress {self.progress} of what was done on {done}"
        if done is not None and self.forecast is not None:
            yield f"a forecast of {self.forecast} for what was done on {done}"

    def _done_early(self, agreement: Agreement) -> Iterator[str]:
        """Yield that it was done before the term, or before it was planned to begin."""
        planned = agreement.plan.milestones[self.id].start if agreement.plan else None
        if self.done is None:
            return
        if self.done < agreement.term.start:
            yield f"done {self.done} is before the term begins on {agreement.term.start}"
        elif planned is not None and self.done < planned:
            yield f"done {self.done} is before its planned window begins on {planned}"

    def _odd_progress(self, known: Percent | None) -> Iterator[str]:
        given = Percent.read(self.progress) if self.progress is not None else None
        if given is None:
            return
        if 0 < given.value < 1:
            yield f"progress {given} is less than one in a hundred; {(given.value * 100).normalize():f}% may be meant"
        if known is not None and given.value < known.value:
            yield f"progress goes back from {known} to {given}"

    def _rewritten(self, loaded: Loaded) -> Iterator[tuple[str, date, date]]:
        known = loaded.ledger.milestones.get(self.id)
        for name in ("started", "done"):
            was, now = getattr(known.facts, name) if known else None, getattr(self, name)
            if was is not None and now is not None and was != now:
                yield name, was, now

    def put_into(self, draft: LedgerDraft, loaded: Loaded) -> str:
        """Record it; a day on which something happened is only rewritten with a reason."""
        for name, was, now in self._rewritten(loaded):
            if not self.note:
                message = f"{self.id}: {name} {was} is recorded already; {now}"
                raise ReasonMissingError(message, lambda note: replace(self, note=note))
        given: Mapping[str, object] = {
            "started": self.started,
            "done": self.done,
            "progress": self.progress,
            "forecast": self.forecast,
        }
        fields = Entry({name: Plain(str(value)) for name, value in given.items() if value is not None})
        fields |= {name: text for name, text in (("by", self.by), ("note", self.note)) if text}
        known = loaded.ledger.milestones.get(self.id)
        new = Entry(
            {name: text for name, text in fields.items() if known is None or not _says(known.facts, name, text)}
        )
        if not new:
            return ""
        path = draft.set_milestone(self.id, new)
        told = ", ".join(f"{name} {value}" for name, value in given.items() if value is not None)
        return f"recorded {self.id}: {told} in {path}"


def _says(facts: MilestoneFacts, name: str, text: object) -> bool:
    """Whether a milestone's facts say something already, however it is spelt."""
    known = getattr(facts, name)
    return bool(known == Percent.read(str(text)) if isinstance(known, Percent) else str(known) == str(text))


@dataclass(frozen=True)
class NewEntry:
    """An event or a waiver."""

    section: Literal["events", "waivers"]
    fields: Entry
    what: str
    subject: str = ""
    period: str = ""

    def doubts(self, loaded: Loaded, agreement: Agreement, today: date) -> Iterator[str]:
        """Yield a day that lies ahead, a twin, and a waiver that does not excuse yet."""
        yield from _odd_about_entry(self.section, self.fields, loaded, agreement, today)
        if self.section == "waivers":
            missing = [party for party in agreement.parties if party not in self.fields.get("approved_by", ())]
            if missing:
                have = "has" if len(missing) == 1 else "have"
                yield f"{_listed(missing)} {have} not agreed; a waiver excuses nothing until every party has"

    def put_into(self, draft: LedgerDraft, loaded: Loaded) -> str:
        """Record it."""
        path = draft.add_entry(self.section, self.fields)
        return f"recorded {self.what} in {path}"


@dataclass(frozen=True)
class NewAction:
    """Why something slipped and what is done about it."""

    fields: Entry
    id: str | None = None
    """None for the next number that is free."""
    subject: str = ""
    period: str = ""

    def doubts(self, loaded: Loaded, agreement: Agreement, today: date) -> Iterator[str]:
        """Yield days that lie ahead, a due date that has passed, a period outside the term, and a twin."""
        yield from _odd_about_entry("actions", self.fields, loaded, agreement, today)
        due, done = self.fields.get("due"), self.fields.get("done")
        if done is not None and str(done) > today.isoformat():
            yield f"done {done} lies ahead"
        if due is not None and done is None and str(due) < today.isoformat():
            yield f"due {due} lies in the past"

    def put_into(self, draft: LedgerDraft, loaded: Loaded) -> str:
        """Record it under a name of its own."""
        done = self.fields.get("done")
        if done is not None and str(done) < str(self.fields["date"]):
            raise CoopctlError(f"--done: {done} is before the action was decided on {self.fields['date']} (--date)")
        known = {each.action.id for each in loaded.ledger.actions}
        if self.id is not None and self.id in known:
            raise CoopctlError(
                f"--id: an action is called {self.id} already; to finish it, leave the text out and give --done"
            )
        id_ = self.id
        if id_ is None:
            id_ = next(f"a{number}" for number in range(1, len(known) + 2) if f"a{number}" not in known)
        path = draft.add_entry("actions", Entry({"id": id_, **self.fields}))
        return f"recorded action {id_} in {path}"


def _odd_about_entry(section: str, fields: Entry, loaded: Loaded, agreement: Agreement, today: date) -> Iterator[str]:
    day = str(fields["date"])
    if day > today.isoformat():
        yield f"{day} lies ahead; it counts from then on only"
    _, at, period = str(fields.get("about", "")).partition("@")
    term = Days(agreement.term.start, agreement.term.end)
    if at and not days_of(PeriodKey.read(period), agreement.calendar.year_starts).overlaps(term):
        yield f"{period} lies outside the term {term.first} to {term.last}"
    meant = {name: value for name, value in fields.items() if name != "id"}
    for place, entry in _entries(section, loaded):
        if {name: value for name, value in entry.items() if name != "id"} == meant:
            yield f"{place.path}:{place.line} says exactly this already; it will be there twice"
            return


def _entries(section: str, loaded: Loaded) -> Iterator[tuple[Location, Mapping[str, object]]]:
    """Yield the entries of a section as the ledger's files have them."""
    for path, positions in loaded.files.items():
        if path != loaded.path and isinstance(positions, Source):
            for index, entry in enumerate(positions.data.get(section) or ()):
                yield positions.value_at((section, index)), entry


@dataclass(frozen=True)
class ActionDone:
    """An action that is finished."""

    id: str
    done: date
    note: str | None = None
    subject: str = ""
    period: str = ""

    def doubts(self, loaded: Loaded, agreement: Agreement, today: date) -> Iterator[str]:
        """Yield a day that lies ahead, and a note that would be rewritten."""
        if self.done > today:
            yield f"done {self.done} lies ahead"
        known = next((each.action.note for each in loaded.ledger.actions if each.action.id == self.id), None)
        if known is not None and self.note and known != self.note:
            yield f"note “{known}” is recorded already; “{self.note}” takes its place"

    def put_into(self, draft: LedgerDraft, loaded: Loaded) -> str:
        """Record the day on which it was done."""
        called = [each for each in loaded.ledger.actions if each.action.id == self.id]
        if len(called) > 1:
            raise CoopctlError(f"{len(called)} actions are called {self.id}; give each a name of its own first")
        known = called[0] if called else None
        if known is None:
            named = ", ".join(each.action.id for each in loaded.ledger.actions if each.action.id) or "none has an id"
            raise CoopctlError(f"no action is called {self.id}; recorded are: {named}")
        if known.action.done not in (None, self.done):
            raise CoopctlError(f"{self.id} was done on {known.action.done} already; correct that by hand")
        if self.done < known.action.date:
            raise CoopctlError(f"--done: {self.done} is before {self.id} was decided on {known.action.date}")
        fields = Entry({} if known.action.done else {"done": Plain(self.done.isoformat())})
        if self.note and self.note != known.action.note:
            fields["note"] = self.note
        if not fields:
            return ""
        path = draft.finish_action(known.place, fields)
        told = [f"done {self.done}"] if "done" in fields else []
        told += [f"note “{self.note}”"] if "note" in fields else []
        return f"recorded {self.id}: {', '.join(told)} in {path}"


def _listed(names: Sequence[str]) -> str:
    """Join names as a sentence does."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _shown(known: Observation) -> str:
    parts = (known.value, known.numerator, known.denominator, known.weight)
    text = str(Figure(*(None if part is None else f"{part:f}" for part in parts)))
    return f"{text} (provisional)" if known.provisional else text
