"""From a fact that somebody gives to one that is recorded: read, asked about, written, and what it means."""

import os
from collections import Counter
from dataclasses import dataclass
from typing import Final, NamedTuple

from coopctl.cli.one_agreement import one_agreement, usable
from coopctl.cli.options import today_in
from coopctl.cli.prompts import Terminal
from coopctl.cli.remarks import one_line
from coopctl.cli.sinks import print_result
from coopctl.cli.streams import complain, showing_after
from coopctl.discovery import AgreementFile
from coopctl.errors import CoopctlError
from coopctl.evaluate.calendar import CalendarError
from coopctl.evaluate.judgement import judge
from coopctl.findings import Finding, Kind
from coopctl.loading import Loaded, load
from coopctl.locking import held
from coopctl.model.agreement import Agreement
from coopctl.output.patch import patch
from coopctl.output.recorded import effect_told
from coopctl.output.terminal import Paper, clean
from coopctl.recording.beginning import load_begun
from coopctl.recording.effect import Effect, effect
from coopctl.recording.facts.recorded import ReasonMissingError, Recorded
from coopctl.recording.ledger_draft import ChangedFile, LedgerDraft
from coopctl.replacing import replace_all

_NOTHING: Final = "nothing is recorded"


@dataclass(frozen=True)
class Recording:
    """How facts are recorded in a run."""

    file: AgreementFile
    into: str | None
    """The ledger file to write to; None for the one that a fact belongs in."""
    sure: bool
    """Whether what looks odd is recorded without being asked about."""
    dry: bool
    """Whether it is only shown what would be written."""
    paper: Paper

    def readable(self) -> tuple[Loaded, Agreement]:
        """Read the agreement; raises `CoopctlError` where something in it or its ledger has to be mended first."""
        return usable(load_begun(self.file).loaded, _NOTHING)

    def record(self, fact: Recorded) -> None:
        """Record a fact and say what it means.

        What is odd about it is asked without the lock, and looked for anew under it: the ledger may be another one by
        the time somebody has answered.
        """
        confirmed: set[str] = set()
        while True:
            try:
                prepared, asked = self._attempt(fact, confirmed)
            except ReasonMissingError as missing:
                fact = self._with_reason(missing)
                continue
            if not asked:
                break
            self._confirm(asked)
            confirmed.update(asked)
        for each in prepared.doubts if self.dry or self.sure else ():
            complain(f"{'would be asked about' if self.dry else '--yes'}: {clean(each)}")
        with showing_after("recorded" if prepared.changed and not self.dry else ""):
            print_result("".join(f"{line}\n" for line in self._told(prepared)))

    def _attempt(self, fact: Recorded, confirmed: set[str]) -> tuple["_Prepared", list[str]]:
        """Record a fact unless there is something to ask first; return what was prepared, and what to ask."""
        with held(self.file.path):
            prepared = self._prepared(fact)
            asked = [] if self.sure or self.dry else [each for each in prepared.doubts if each not in confirmed]
            if not asked and not self.dry:
                replace_all(prepared.changed, tree=os.path.dirname(self.file.path) or ".")
        return prepared, asked

    def _with_reason(self, missing: ReasonMissingError) -> Recorded:
        """Ask for a reason; who cannot be asked, or gives none, is told to give one with the command."""
        if self.sure or self.dry:
            raise missing
        terminal = Terminal.standard(str(missing))
        terminal.tell(missing.told)
        reason = terminal.ask("Reason (Enter records nothing)")
        if not reason:
            raise CoopctlError("nothing was recorded")
        return missing.with_reason(one_line("the reason", reason))

    def _prepared(self, fact: Recorded) -> "_Prepared":
        """Work out what recording a fact in the ledger as it is now would write, and what is odd about it."""
        begun = load_begun(self.file)
        loaded, agreement = usable(begun.loaded, _NOTHING)
        today = today_in(agreement.timezone)
        draft = LedgerDraft(loaded, today.year, self.into, begun.standing)
        said = fact.put_into(draft, loaded)
        if not said:
            return _Prepared(agreement, "", [], [], None)
        changed = draft.changed()
        after = load(self.file, drafts=draft.texts(), source=loaded.source)
        new = _new_findings(loaded, after)
        for each in new:
            if each.is_error:
                raise CoopctlError(f"{_without_place(each)}; nothing was recorded")
        doubts = [*fact.doubts(loaded, agreement, today), *(each.message for each in new)]
        try:
            was, now = (judge(agreement, ledger, today) for ledger in (loaded.ledger, after.ledger))
        except CalendarError as error:
            raise CoopctlError(f"{self.file.path}: {error}; list the days off under calendar.holidays") from None
        return _Prepared(agreement, said, changed, doubts, effect(was, now, fact.subject, fact.period))

    def _told(self, prepared: "_Prepared") -> list[str]:
        if prepared.effect is None:
            return ["recorded already; nothing to do"]
        if self.dry:
            return [line for each in prepared.changed for line in _patch(each)]
        return [clean(prepared.said), *effect_told(prepared.agreement, prepared.effect, self.paper)]

    def _confirm(self, doubts: list[str]) -> None:
        otherwise = f"{'; '.join(doubts)}. If that is right, say --yes; nothing was recorded"
        terminal = Terminal.standard(otherwise)
        for doubt in doubts:
            terminal.tell(doubt)
        if not terminal.confirm("Record it all the same?"):
            raise CoopctlError("nothing was recorded")


class _Prepared(NamedTuple):
    """A fact as it would be recorded."""

    agreement: Agreement
    said: str
    changed: list[ChangedFile]
    doubts: list[str]
    effect: Effect | None
    """None where it is recorded already."""


def recording(agreement: str | None, into: str | None, sure: bool, dry: bool, paper: Paper) -> Recording:
    """Return how to record into the one agreement that is meant."""
    return Recording(one_agreement(agreement), into, sure, dry, paper)


def _new_findings(before: Loaded, after: Loaded) -> list[Finding]:
    """Return the findings that were not there before, however far down they have moved."""
    known = Counter(map(_identity, before.findings))
    new = []
    for each in after.findings:
        if known[_identity(each)] > 0:
            known[_identity(each)] -= 1
        else:
            new.append(each)
    return new


def _identity(finding: Finding) -> tuple[Kind, str, str]:
    return finding.kind, finding.subject, finding.message


def _without_place(finding: Finding) -> str:
    return f"{finding.message}; {finding.help}" if finding.help else finding.message


def _patch(changed: ChangedFile) -> list[str]:
    return patch(changed.path, changed.before or "", changed.after).splitlines()
