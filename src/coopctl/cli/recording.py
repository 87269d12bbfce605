"""From a fact that somebody gives to one that is recorded: read, asked about, written, and what it means."""

import os
from dataclasses import dataclass
from datetime import date

from coopctl.cli.one_agreement import one_agreement
from coopctl.cli.options import today_in
from coopctl.cli.prompts import Terminal
from coopctl.cli.sinks import print_result
from coopctl.discovery import AgreementFile
from coopctl.errors import CoopctlError
from coopctl.evaluate.calendar import CalendarError
from coopctl.evaluate.judgement import judge
from coopctl.findings import Finding
from coopctl.loading import Loaded, load
from coopctl.locking import held
from coopctl.model.agreement import Agreement
from coopctl.output.patch import patch
from coopctl.output.recorded import effect_told
from coopctl.output.terminal import Paper, clean
from coopctl.recording.effect import effect
from coopctl.recording.facts import Recorded
from coopctl.recording.ledger_draft import ChangedFile, LedgerDraft
from coopctl.replacing import replace_all


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
        loaded = load(self.file)
        if not loaded.is_judgeable or loaded.agreement is None:
            wrong = [each for each in loaded.findings if each.is_error]
            more = f" ({len(wrong) - 1} more: coopctl check)" if len(wrong) > 1 else ""
            raise CoopctlError(f"{_told(wrong[0])}{more}; nothing is recorded until that is mended")
        return loaded, loaded.agreement

    def record(self, fact: Recorded) -> None:
        """Record a fact and say what it means."""
        loaded, agreement = self.readable()
        today = today_in(agreement.timezone)
        self._confirm(list(fact.doubts(loaded, agreement, today)))
        with held(self.file.path):
            told = self._recorded(fact, today)
        print_result("".join(f"{line}\n" for line in told))

    def _recorded(self, fact: Recorded, today: date) -> list[str]:
        """Record a fact in the ledger as it is now, and return what there is to say."""
        loaded, agreement = self.readable()
        draft = LedgerDraft(loaded, today.year, self.into)
        said = fact.put_into(draft, loaded)
        if not said:
            return ["recorded already; nothing to do"]
        changed = draft.changed()
        after = load(self.file, drafts={each.path: each.after for each in changed})
        _refuse_new_faults(loaded, after)
        try:
            was, now = (judge(agreement, ledger, today) for ledger in (loaded.ledger, after.ledger))
        except CalendarError as error:
            raise CoopctlError(f"{self.file.path}: {error}; list the days off under calendar.holidays") from None
        changes = effect(was, now, fact.subject, fact.period)
        if self.dry:
            return [line for each in changed for line in _patch(each)]
        replace_all(changed, tree=os.path.dirname(self.file.path) or ".")
        return [clean(said), *effect_told(agreement, changes, self.paper)]

    def _confirm(self, doubts: list[str]) -> None:
        if not doubts or self.sure or self.dry:
            return
        otherwise = f"{'; '.join(doubts)}. If that is right, say --yes; nothing was recorded"
        terminal = Terminal.standard(otherwise)
        for doubt in doubts:
            terminal.tell(doubt)
        if not terminal.confirm("Record it all the same?"):
            raise CoopctlError("nothing was recorded")


def recording(agreement: str | None, into: str | None, sure: bool, dry: bool, paper: Paper) -> Recording:
    """Return how to record into the one agreement that is meant."""
    return Recording(one_agreement(agreement), into, sure, dry, paper)


def _refuse_new_faults(before: Loaded, after: Loaded) -> None:
    known = {(each.kind, each.message) for each in before.findings}
    new = [each for each in after.findings if (each.kind, each.message) not in known]
    if new:
        raise CoopctlError(f"{_without_place(new[0])}; nothing was recorded")


def _without_place(finding: Finding) -> str:
    return f"{finding.message}; {finding.help}" if finding.help else finding.message


def _told(finding: Finding) -> str:
    place = finding.location
    return f"{place.path}:{place.line}:{place.column}: {finding.message}"


def _patch(changed: ChangedFile) -> list[str]:
    return patch(changed.path, changed.before or "", changed.after).splitlines()
