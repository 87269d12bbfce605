"""The replay in words: what is judged differently, by which version, with the figures."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coopctl.changes.naming import entry_name, listed
from coopctl.changes.replay import OneSided, Replay, Right, Turn
from coopctl.changes.report import Compared
from coopctl.evaluate.numbers import shown
from coopctl.evaluate.verdicts import Score, Status, Verdict
from coopctl.model.agreement import Agreement
from coopctl.output.figures import shown_target, unit_and_decimals, with_unit
from coopctl.output.sentences import counts, title_of
from coopctl.output.weights import numbered


class Row(NamedTuple):
    """One thing that is judged differently, as people read it."""

    title: str
    actual: str
    target: str
    old: Status
    new: Status


class Section(NamedTuple):
    """One replay in words."""

    heading: str
    same: str
    """What is said where everything comes to the same."""
    rows: Sequence[Row]
    remarks: Sequence[str]

    @property
    def is_empty(self) -> bool:
        """Whether everything comes to the same."""
        return not self.rows and not self.remarks

    @property
    def in_lines(self) -> list[str]:
        """The rows, each in a line of plain text."""
        return [f"{row.title}: {row.old} → {row.new} (actual {row.actual}, target {row.target})" for row in self.rows]


def sections(compared: Compared) -> Iterator[Section]:
    """Yield what was judged twice: the facts under both versions' terms, and rewritten facts under the newer one's."""
    of_terms, of_records = compared.replay, compared.replay_of_records
    if of_terms is not None:
        facts = "The figures as they are recorded now" if of_records is not None else "The recorded figures"
        heading = f"{facts} under both versions, as of {of_terms.as_of}"
        yield _section(compared, of_terms, heading, f"{facts} come to the same under both versions.")
    if of_records is not None:
        heading = f"What the changed records do under the newer version, as of {of_records.as_of}"
        same = "As they stood and as they stand now they come to the same."
        yield _section(compared, of_records, heading, same)


def _section(compared: Compared, replay: Replay, heading: str, same: str) -> Section:
    if replay.is_empty:
        return Section(heading, same, (), ())
    return Section(heading, same, _rows(replay), tuple(_remarks(compared, replay)))


def _rows(replay: Replay) -> list[Row]:
    """Return what has another status, the worst first that was or is."""
    return [_row(replay, turn) for turn in replay.turns if turn.turned]


def _row(replay: Replay, turn: Turn) -> Row:
    sides = tuple(zip(replay.terms, (turn.old, turn.new), strict=True))
    decimals = max(unit_and_decimals(*side)[1] for side in sides)
    actuals = dict.fromkeys(_actual(*side, decimals) for side in sides)
    targets = dict.fromkeys(_target(*side, decimals) for side in sides)
    return Row(title_of(turn.new), " → ".join(actuals), " → ".join(targets), turn.old.status, turn.new.status)


def _actual(agreement: Agreement, verdict: Verdict, decimals: int) -> str:
    if verdict.kind == "milestone":
        return str(verdict.actual_date or "–")
    if verdict.actual is None:
        return "–"
    return with_unit(shown(verdict.actual, decimals), unit_and_decimals(agreement, verdict)[0])


def _target(agreement: Agreement, verdict: Verdict, decimals: int) -> str:
    if verdict.kind == "milestone":
        return str(verdict.due)
    if verdict.target is None:
        return "–"
    return with_unit(shown_target(verdict.target, decimals), unit_and_decimals(agreement, verdict)[0])


def _remarks(compared: Compared, replay: Replay) -> Iterator[str]:
    """Yield what else a replay shows: rights that appear or vanish, what one side judges only, the score."""
    for right in replay.rights:
        yield right_told(compared, replay, right)
    for each in replay.old_only:
        yield f"{_one_sided(each)} would no longer be judged"
    for each in replay.new_only:
        yield f"{_one_sided(each)} would be judged for the first time"
    for kpi_id in replay.unusable:
        name = entry_name(replay.terms[1].kpis.get(kpi_id)) or kpi_id
        yield f"{name}: the figures recorded for it cannot be judged as the older version measures it"
    same = sum(not turn.turned for turn in replay.turns)
    if same:
        are = "1 verdict rests" if same == 1 else f"{same} verdicts rest"
        yield f"{are} on another target or figure and come{'s' if same == 1 else ''} to the same"
    if replay.old_score.value is not None or replay.new_score.value is not None:
        yield score_told(replay)


def in_short(compared: Compared) -> str:
    """Say how much the replay changes, in one sentence; empty without one."""
    replay = compared.replay
    if replay is None:
        return ""
    turned = sum(turn.turned for turn in replay.turns)
    appear = sum(right.old is None for right in replay.rights)
    vanish = sum(right.new is None for right in replay.rights)
    told = [f"{numbered(turned, 'verdict')} would be another"] if turned else []
    told += [f"{numbered(appear, 'right')} to end the agreement would appear"] if appear else []
    told += [f"{numbered(vanish, 'right')} to end the agreement would vanish"] if vanish else []
    return f"Of what is recorded, {listed(told) or 'no verdict would be another'}."


def right_told(compared: Compared, replay: Replay, right: Right) -> str:
    """Say whose right to end the agreement would arise or not, and when."""
    fired = right.new or right.old
    assert fired is not None, "a right arises under one version at least"
    terms = replay.terms[1 if right.new is not None else 0]
    trigger = terms.exit.triggers[fired.id] if terms.exit else None
    name = entry_name(trigger) or fired.id
    holders = listed(compared.parties.get(party, party) for party in fired.right_of)
    if right.old is None:
        return f"{holders} could end the agreement since {fired.arose}, and could not before ({name})"
    if right.new is None:
        return f"{holders} could no longer end the agreement; the right arose on {fired.arose} ({name})"
    return f"{holders} could end the agreement since {right.new.arose} instead of {right.old.arose} ({name})"


def _one_sided(each: OneSided) -> str:
    statuses = Counter(verdict.status for verdict in each.verdicts)
    return f"{each.verdicts[0].name} ({', '.join(text for _, text in counts(statuses, 0))})"


def score_told(replay: Replay) -> str:
    """Say the score under both versions."""
    old, new = _score(replay.old_score), _score(replay.new_score)
    return f"the score stays {new}" if old == new else f"score of 100: {old} → {new}"


def _score(score: Score) -> str:
    kpis = numbered(score.counted, "KPI")
    return f"{shown(score.value, 1)} over {kpis}" if score.value is not None else "none"
