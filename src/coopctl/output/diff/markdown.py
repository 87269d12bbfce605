"""For a pull request's comment or a job's summary: what a manager has to know without opening a file."""

from collections.abc import Iterator, Sequence

from coopctl.changes.approvals.fingerprint import shown
from coopctl.changes.change import Effect, Level
from coopctl.changes.naming import listed
from coopctl.changes.report import Compared, DiffSummary, Proposed
from coopctl.evaluate.verdicts import Status
from coopctl.findings import Location
from coopctl.output.comment import Comment
from coopctl.output.diff.replayed import Section, in_short, sections
from coopctl.output.diff.words import (
    balance,
    changes_told,
    effects,
    footer,
    not_compared,
    title_of,
    waiting,
)
from coopctl.output.markdown import escaped, table
from coopctl.output.weights import numbered

_LEVELS: dict[Level, str] = {"material": "🔴 material", "review": "🟡 review", "editorial": "⚪ wording"}
_EFFECTS: dict[Effect, str] = {"favourable": "▲ better", "adverse": "▼ worse", "neutral": "–"}
_MOST_PARTIES = 4
"""Parties that get a column each."""
_STATUSES = {
    Status.BREACH: "🔴 breach",
    Status.MISSING: "🟣 missing",
    Status.WARN: "🟠 warning",
    Status.OFF_TARGET: "🟡 off target",
    Status.MET: "🟢 met",
    Status.PENDING: "⚪ pending",
    Status.EXCUSED: "🔵 excused",
}


class Markdown(Comment[Compared, DiffSummary]):
    """A section per agreement that changed: a sentence that sums it up, a table, and the replay below it."""

    def begin(self) -> str:
        return "## Changes to agreements\n"

    def add(self, piece: str) -> str:
        return super().add(piece) if piece.strip() else ""

    def end(self, summary: DiffSummary) -> str:
        return self.left_out() + f"\n**{escaped(footer(summary))}**\n"

    def lines(self, compared: Compared, /) -> Iterator[str]:
        if compared.state == "same" and not compared.findings:
            return
        own_id = compared.newest.id  # several agreements may have one title
        yield f"### {escaped(title_of(compared))}{f' ({escaped(own_id)})' if own_id else ''}"
        yield ""
        yield from self._overview(compared)
        for finding in compared.findings:
            told = f"{finding.message}. {finding.help} ({_where(finding.location)})"
            yield f"- **{finding.kind.severity} {finding.kind.code}** {escaped(told)}"
        if compared.unread:
            yield f"- **{escaped(not_compared(compared))}**"
        if compared.findings or compared.unread:
            yield ""
        tabled = [each for each in compared.proposed if each.change.level != "editorial"]
        if tabled:
            yield from self._table(compared, tabled)
            yield ""
        wording = [each for each in compared.proposed if each.change.level == "editorial"]
        if wording:
            yield "Wording and record only:"
            yield ""
            yield from (f"- {escaped(each.sentence)}" for each in wording)
            yield ""
        yield from self._replay(compared)

    def _overview(self, compared: Compared) -> Iterator[str]:
        material = [each for each in compared.proposed if each.change.level == "material"]
        number = changes_told(compared)
        told = f"{number[:1].upper()}{number[1:]}." if number else ""
        sides = balance(compared, material)
        if sides:
            told += f" Of the material ones: {'; '.join(sides)}."
        yield escaped(" ".join(filter(None, (told, in_short(compared)))))
        yield ""
        yield from _whether_accepted(compared, material)
        yield ""

    def _table(self, compared: Compared, proposed: Sequence[Proposed]) -> Iterator[str]:
        own = compared.gate.perspective
        parties = dict(sorted(compared.parties.items(), key=lambda item: item[0] != own))
        in_columns = len(parties) <= _MOST_PARTIES
        asked = any(each.required or each.approved for each in proposed)
        header = ["Weight", "What changes", *(map(escaped, parties.values()) if in_columns else ["For whom"])]
        header += [*(["Still to be accepted by"] if asked else []), "Where"]
        body = []
        for each in proposed:
            change = each.change
            for_whom = [escaped(effects(compared, change)) or "–"]
            if in_columns:
                for_whom = [_EFFECTS[change.effect_on(party)] for party in parties]
            cells = [_LEVELS[change.level], escaped(each.sentence), *for_whom]
            cells += [_accepted(compared, each)] if asked else []
            body.append([*cells, escaped(_where(compared.main_place(change)))])
        yield from table(header, "l" * len(header), body)

    def _replay(self, compared: Compared) -> Iterator[str]:
        for section in sections(compared):
            yield f"#### {section.heading}"
            yield ""
            if section.is_empty:
                yield section.same
            yield from self._judged_twice(section)
            yield ""

    def _judged_twice(self, section: Section) -> Iterator[str]:
        if section.rows:
            body = [
                [
                    escaped(row.title),
                    escaped(row.actual),
                    escaped(row.target),
                    f"{_STATUSES[row.old]} → {_STATUSES[row.new]}",
                ]
                for row in section.rows
            ]
            yield from table(["What", "Actual", "Target", "Verdict"], "lrrl", body)
            yield ""
        yield from (f"- {escaped(told[:1].upper() + told[1:])}" for told in section.remarks)


def _whether_accepted(compared: Compared, material: Sequence[Proposed]) -> Iterator[str]:
    """Say whether there is anything left to accept, which nobody knows of what could not be compared."""
    waits = waiting(compared)
    if not compared.complete:
        yield f"❌ **{'Nothing' if compared.state == 'unread' else 'Not everything'} could be compared.**"
        yield from [""] if waits else []
    if waits:
        each = listed(f"{compared.parties.get(party, party)} ({number})" for party, number in waits.items())
        yield f"⏳ **Still to be accepted** by {escaped(each)}."
    elif not compared.complete:
        return
    elif material and all(one.is_accepted for one in material):
        yield "✅ **Every material change is accepted** by all who have to."
    elif material and compared.fails:
        yield f"❌ **Not accepted yet:** {escaped(numbered(len(material), 'material change'))}."
    elif not compared.fails:
        yield "✅ **Nothing here has to be accepted.**"


def _accepted(compared: Compared, each: Proposed) -> str:
    """Say who has yet to accept a change, and who has; with what `coopctl approve` calls it."""
    names = {party: escaped(compared.parties.get(party, party)) for party in (*each.required, *_approvers(each))}
    told = [f"⏳ {', '.join(names[party] for party in each.waiting_for)}"] if each.waiting_for else []
    told += [f"✅ {', '.join(names[party] for party in _approvers(each))}"] if each.approved else []
    told += [f"`{shown(each.fingerprint)}`"] if each.fingerprint and each.waiting_for else []
    return " ".join(told) or "–"


def _approvers(each: Proposed) -> list[str]:
    return [approval.party for approval in each.approved]


def _where(location: Location) -> str:
    return f"{location.path}:{location.line}"
