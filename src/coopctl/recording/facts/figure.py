"""A KPI's figure, or an amount spent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from coopctl.drafts.values import Entry
from coopctl.errors import CoopctlError
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import Observation
from coopctl.recording.again import News, exchange_told, needs_reason, news_about, taken_away
from coopctl.recording.doubts import doubts_about
from coopctl.recording.facts.recorded import ReasonMissingError
from coopctl.recording.figures import Figure, NewFigure, in_force
from coopctl.recording.ledger_draft import LedgerDraft


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


def _shown(known: Observation) -> str:
    parts = (known.value, known.numerator, known.denominator, known.weight)
    text = str(Figure(*(None if part is None else f"{part:f}" for part in parts)))
    return f"{text} (provisional)" if known.provisional else text
