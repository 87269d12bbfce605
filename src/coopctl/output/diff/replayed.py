"""The replay in words: what is judged differently, by which version, with the figures."""

from collections import Counter
from collections.abc import Iterator
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


def rows(compared: Compared) -> list[Row]:
    """Return what has another status under the newer version, the worst first that was or is."""
    replay = compared.replay
    if replay is None:
        return []
    return [_row(compared, turn) for turn in replay.turns if turn.turned]


def _row(compared: Compared, turn: Turn) -> Row:
    assert compared.base is not None and compared.head is not None, "a replay takes two versions"
    sides = ((compared.base.agreement, turn.old), (compared.head.agreement, turn.new))
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


def remarks(compared: Compared) -> Iterator[str]:
    """Yield what else the replay shows: rights that appear or vanish, what one version judges only, the score."""
    replay = compared.replay
    if replay is None:
        return
    for right in replay.rights:
        yield right_told(compared, right)
    for each in replay.old_only:
        yield f"{_one_sided(each)} would no longer be judged"
    for each in replay.new_only:
        yield f"{_one_sided(each)} would be judged for the first time"
    for kpi_id in replay.unusable:
        name = entry_name(compared.newest.agreement.kpis.get(kpi_id)) or kpi_id
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
    turned = len(rows(compared))
    appear = sum(right.old is None for right in replay.rights)
    vanish = sum(right.new is None for right in replay.rights)
    told = [f"{numbered(turned, 'verdict')} would be another"] if turned else []
    told += [f"{numbered(appear, 'right')} to end the agreement would appear"] if appear else []
    told += [f"{numbered(vanish, 'right')} to end the agreement would vanish"] if vanish else []
    return f"Of what is recorded, {listed(told) or 'no verdict would be another'}."


def right_told(compared: Compared, right: Right) -> str:
    """Say whose right to end the agreement would arise or not, and when."""
    fired = right.new or right.old
    assert fired is not None, "a right arises under one version at least"
    version = compared.head if right.new is not None else compared.base
    assert version is not None, "a replay takes two versions"
    trigger = version.agreement.exit.triggers[fired.id] if version.agreement.exit else None
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
