"""How far a milestone has come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from coopctl.drafts.values import Entry, Plain
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.model.facts import MilestoneFacts
from coopctl.model.scalars import Percent
from coopctl.recording.facts.recorded import ReasonMissingError
from coopctl.recording.ledger_draft import LedgerDraft


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
