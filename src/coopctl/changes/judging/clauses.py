"""Single clauses: durations, dates, amounts, shares, rights, and words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, Final

from coopctl.changes.bearing import Actors, Bearing, Effects
from coopctl.changes.change import Change, Direction
from coopctl.changes.comparison import Comparison, at
from coopctl.changes.differences import Difference
from coopctl.changes.judging.duties import obligation_effects
from coopctl.changes.kinds import KINDS, directed
from coopctl.changes.strictness import (
    Strictness,
    compared_amounts,
    compared_days,
    compared_durations,
    direction_of,
    span_of,
    together,
)
from coopctl.evaluate.canonical import canonical
from coopctl.evaluate.periods import ONE_DAY
from coopctl.model.governance import EscalationStep, ExitTrigger, Failure
from coopctl.model.scalars import Duration

Judge = Callable[[Comparison, Sequence[Difference]], Iterator[Change]]
Compare = Callable[[Any, Any], Strictness]


def _sooner(old: Any, new: Any) -> Strictness:
    """A duty that has to be met sooner is the stricter one; one without a time has all the time there is."""
    return compared_durations(old, new, none_is="long")


def _longer(old: Any, new: Any) -> Strictness:
    """What lasts longer is the stricter; what is not said lasts no time."""
    return compared_durations(new, old, none_is="short")


def _shorter(old: Any, new: Any) -> Strictness:
    """A shorter time to put something right or to leave is the stricter for the others; none at all the strictest."""
    return compared_durations(old, new, none_is="short")


def _more(old: Any, new: Any) -> Strictness:
    """Who brings more owes more; an amount that is not said binds nobody."""
    if old is None or new is None:
        return "same" if old is new else "stricter" if old is None else "laxer"
    return compared_amounts(new, old)


def _higher_cap(old: Any, new: Any) -> Strictness:
    """The more has to be compensated at the most, the stricter; without a cap there is no most."""
    if old is None or new is None:
        return "same" if old is new else "stricter" if new is None else "laxer"
    return compared_amounts(new, old)


def measured(name: str, compare: Compare) -> Judge:
    """Return a judge of values that are stricter or laxer, whose duty is the owner's of the entry that they are in."""

    def judge(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
        for each in found:
            old, new = comparison.old_at(each), comparison.new_at(each)
            direction = direction_of(compare(old, new))
            yield comparison.change(
                directed(name, direction), each, direction=direction, effects=_owners(comparison, direction, each)
            )

    return judge


def money(name: str, compare: Compare) -> Judge:
    """Return a judge of an amount of money; one in another currency is neither more nor less."""
    judge_one = measured(name, compare)

    def judge(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
        (each,) = found
        currencies = comparison.currencies
        if currencies is None:
            yield from judge_one(comparison, found)
        else:
            said = [
                _with_currency(one, currency) for one, currency in zip((each.old, each.new), currencies, strict=True)
            ]
            yield comparison.change(directed(name, "incomparable"), each._replace(old=said[0], new=said[1]))

    return judge


def _with_currency(said: Any, currency: str) -> Any:
    return None if said is None else {"amount": said, "currency": currency}


def capacity(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge how much a party brings; in another unit it is neither more nor less."""
    path, base = found[0].path[:2], found[0].base[:2]
    old, new = at(comparison.base, base), at(comparison.head, path)
    is_comparable = old.unit == new.unit
    direction = direction_of(_more(old.capacity, new.capacity)) if is_comparable else "incomparable"
    said = [_said(each.capacity, "") for each in (old, new)]
    if not is_comparable:
        said = [{"capacity": each, "unit": one.unit} for each, one in zip(said, (old, new), strict=True)]
    yield comparison.change(
        directed("capacity", direction),
        Difference((*path, "capacity"), (*base, "capacity"), *said),
        direction=direction,
        effects=obligation_effects(comparison, direction, old, new),
        old=str(said[0] or "") if is_comparable else f"{old.capacity or ''} {old.unit or ''}".strip(),
        new=str(said[1] or "") if is_comparable else f"{new.capacity or ''} {new.unit or ''}".strip(),
    )


def body_members(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge that others sit in a committee: it matters where a breach goes to it."""
    for each in found:
        body = str(each.path[2])
        steps = [
            step.to
            for agreement in (comparison.base, comparison.head)
            if agreement.governance
            for step in agreement.governance.escalation
        ]
        yield comparison.change(KINDS["body-members-changed" if body in steps else "other-change"], each)


def process_steps(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge the steps of a way of working; the words for what is done are the wording of them."""
    for each in found:
        old, new = (
            [(step.owner, step.within and span_of(step.within), step.output) for step in steps or ()]
            for steps in (comparison.old_at(each), comparison.new_at(each))
        )
        yield comparison.change(KINDS["other-change" if old == new else "process-changed"], each)


def history(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge the history: entries come to it, and those that are there stay as they are."""
    (each,) = found
    kept = [entry for entry in comparison.head.amendments if entry in comparison.base.amendments]
    is_kept = kept == list(comparison.base.amendments)
    yield comparison.change(KINDS["record-changed" if is_kept else "history-rewritten"], each)


def _owners(comparison: Comparison, direction: Direction, difference: Difference) -> tuple[Effects, ...]:
    old, new = at(comparison.base, difference.base[:-1]), at(comparison.head, difference.path[:-1])
    if isinstance(old, ExitTrigger) and isinstance(new, ExitTrigger):
        return tuple(comparison.bearing.of_right(direction, each.right_of) for each in (old, new))
    return obligation_effects(comparison, direction, old, new)


def plain(name: str) -> Judge:
    """Return a judge of values of which none is stricter than another; differences in one place are one change."""

    def judge(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
        for each in found:
            yield comparison.change(KINDS[name], each)

    return judge


def as_one(name: str, length: int) -> Judge:
    """Return a judge that takes all differences of a place for one change; `length` is that of the place's path."""

    def judge(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
        path, base = found[0].path[:length], found[0].base[:length]
        old, new = at(comparison.base, base), at(comparison.head, path)
        field = str(path[-1])
        whole = Difference(path, base, _said(old, field), _said(new, field))
        yield comparison.change(KINDS[name], whole)

    return judge


def _said(value: Any, field: str) -> Any:
    return None if value is None or value in ((), {}) else canonical(value, field)


def moved_right(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge that somebody else may end the agreement: better for who gains the right, worse for the others."""
    for each in found:
        old, new = set(comparison.old_at(each) or ()), set(comparison.new_at(each) or ())
        gained, lost = new - old, old - new
        effects = comparison.bearing.neutral()
        for party in comparison.bearing.parties:
            if party in gained or (lost and not gained and party not in lost):
                effects[party] = "favourable"
            elif party in lost or (gained and not lost):
                effects[party] = "adverse"
        yield comparison.change(KINDS["exit-right-moved"], each, effects=[effects])


def moved_benefit(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge that somebody else benefits; the parties that do not owe it, where nothing is said."""
    for each in found:
        bearing = comparison.bearing
        old = _beneficiaries(bearing, bearing.before, at(comparison.base, each.base[:-1]))
        new = _beneficiaries(bearing, bearing.after, at(comparison.head, each.path[:-1]))
        effects = bearing.neutral()
        for party in bearing.parties:
            if (party in old) is not (party in new):
                effects[party] = "favourable" if party in new else "adverse"
        if old == new:  # what held without being said is said
            yield comparison.change(KINDS["wording-changed"], each)
        else:
            yield comparison.change(KINDS["benefit-moved"], each, effects=[effects])


def _beneficiaries(bearing: Bearing, actors: Actors, entry: Any) -> set[str]:
    if entry is None:
        return set()
    if entry.benefits is not None:
        return set(entry.benefits)
    return set(bearing.parties) - actors.parties_of([entry.owner])


def shared_secret(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge whether shared information stays secret: that is for whoever gives it, and binds those who get it."""
    for each in found:
        direction: Direction = "tightened" if comparison.new_at(each) else "loosened"
        sharing = [at(comparison.base, each.base[:-1]), at(comparison.head, each.path[:-1])]
        effects = [comparison.bearing.of_obligation(direction, one.to, [one.from_]) for one in sharing]
        yield comparison.change(directed("confidentiality", direction), each, direction=direction, effects=effects)


def shares(name: str, *, of_cost: bool) -> Judge:
    """Return a judge of shares: all of one split are one change."""

    def judge(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
        first = found[0]
        path, base = first.path[:2], first.base[:2]
        old, new = at(comparison.base, base) or {}, at(comparison.head, path) or {}
        before, after = (new, old) if of_cost else (old, new)
        whole = Difference(path, base, _said(old, ""), _said(new, ""))
        yield comparison.change(KINDS[name], whole, effects=[comparison.bearing.of_gain(before, after)])

    return judge


def exit_condition(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge what it takes for a right to end the agreement: the less it takes, the stricter for the others."""
    first = found[0]
    length = 4
    path, base = first.path[:length], first.base[:length]
    old, new = at(comparison.base, base), at(comparison.head, path)
    direction = direction_of(_compared_conditions(old, new))
    holders = [at(each, place[:3]).right_of for each, place in ((comparison.base, base), (comparison.head, path))]
    effects = [comparison.bearing.of_right(direction, each) for each in holders]
    whole = Difference(path, base, _condition(old), _condition(new))
    yield comparison.change(directed("exit-condition", direction), whole, direction=direction, effects=effects)


_RANK: Final = {"off-target": 0, "warn": 1, "breach": 2}


def _compared_conditions(old: Any, new: Any) -> Strictness:
    if not isinstance(old, Failure) or not isinstance(new, Failure):
        return "laxer" if old == "anytime" else "stricter" if new == "anytime" else "neither"
    if old.kpi != new.kpi or old.event != new.event or old.status is None or new.status is None:
        return "neither"
    if old.status != new.status and "missing" in (old.status, new.status):
        return "neither"
    of_status = _less(_RANK.get(old.status, 0), _RANK.get(new.status, 0))
    if (old.consecutive is None) != (new.consecutive is None):
        return "neither"
    if old.consecutive is not None and new.consecutive is not None:
        return together([of_status, _less(old.consecutive, new.consecutive)])
    of_count = _less(old.count or 0, new.count or 0)
    return together([of_status, of_count, _less(new.within or 0, old.within or 0)])


def _less(old: int, new: int) -> Strictness:
    return "same" if old == new else "stricter" if new < old else "laxer"


def _condition(value: Any) -> Any:
    return None if value is None else canonical(value)


def change_control(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge who has to accept a change; all parties where nothing is said."""
    for each in found:
        affected = [_of_affected(comparison.old_at(each)), _of_affected(comparison.new_at(each))]
        if affected[0] == affected[1]:  # what held without being said is said
            yield comparison.change(KINDS["wording-changed"], each)
        else:
            direction: Direction = "loosened" if affected[1] else "tightened"
            yield comparison.change(directed("change-control", direction), each, direction=direction)


def _of_affected(value: Any) -> bool:
    return bool(getattr(value, "material", value) == "affected-parties")


def missing_figure(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge what an overdue figure counts as: a breach is stricter than a warning."""
    for each in found:
        direction: Direction = "tightened" if comparison.new_at(each) == "breach" else "loosened"
        yield comparison.change(
            directed("missing-figure", direction),
            each,
            direction=direction,
            effects=_owners(comparison, direction, each),
        )


def escalation(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge to whom a breach goes: more steps, and sooner ones, are stricter."""
    (each,) = found
    old, new = (_steps(steps or ()) for steps in (comparison.old_at(each), comparison.new_at(each)))
    compared = (
        _sooner(before, after)
        for key in {**old, **new}
        for before, after in zip_longest(old.get(key, ()), new.get(key, ()))
    )
    direction = direction_of(together(compared))
    yield comparison.change(directed("escalation", direction), each, direction=direction)


def _steps(steps: Iterable[EscalationStep]) -> dict[tuple[str, str], list[Duration]]:
    """Return the times of the steps, soonest first, by addressee and by what they are measured in."""
    found: dict[tuple[str, str], list[Duration]] = {}
    for step in sorted(steps, key=lambda step: span_of(step.within)):
        found.setdefault((step.to, span_of(step.within)[0]), []).append(step.within)
    return found


def secrets(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge what stays secret: more, and for longer, is stricter."""
    for each in found:
        if each.path[-1] == "on_exit":
            yield comparison.change(KINDS["return-of-secrets-changed"], each)
            continue
        old, new = comparison.old_at(each), comparison.new_at(each)
        direction = direction_of(_longer(old, new) if each.path[-1] == "survives" else _wider(old, new))
        yield comparison.change(directed("confidentiality", direction), each, direction=direction)


def _wider(old: Any, new: Any) -> Strictness:
    before, after = (set(getattr(each, "covers", each) or ()) for each in (old, new))
    if before == after:
        return "neither"
    return "stricter" if before < after else "laxer" if after < before else "neither"


def term_start(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge a term that begins on another day; days that have passed are never a small thing."""
    (each,) = found
    old, new = comparison.base.term.start, comparison.head.term.start
    kind = "term-start-moved"
    if min(old, new) < comparison.as_of:
        kind = "term-back-dated" if new < old else "term-post-dated"
    yield comparison.change(KINDS[kind], each)


def term_end(comparison: Comparison, found: Sequence[Difference]) -> Iterator[Change]:
    """Judge a term that ends on another day; one that ended, or would have, is never a small thing."""
    (each,) = found
    old, new = comparison.base.term.end, comparison.head.term.end
    kind = "term-end-moved"
    if min(old, new) < comparison.as_of - ONE_DAY:
        kind = "term-cut-back" if new < old else "term-revived"
    yield comparison.change(KINDS[kind], each)


SOONER: Final[Compare] = _sooner
SHORTER: Final[Compare] = _shorter
LONGER: Final[Compare] = _longer
MORE: Final[Compare] = _more
LESS: Final[Compare] = compared_amounts
HIGHER_CAP: Final[Compare] = _higher_cap
EARLIER: Final[Compare] = compared_days
