"""What is done about a slip, and that it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coopctl.drafts.values import Entry, Plain
from coopctl.errors import CoopctlError
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.recording.facts.entry import odd_about_entry
from coopctl.recording.ledger_draft import LedgerDraft


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
        yield from odd_about_entry("actions", self.fields, loaded, agreement, today)
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
