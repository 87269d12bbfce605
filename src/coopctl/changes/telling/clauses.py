"""Dates, money, duties and rights in words."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from coopctl.changes.change import Change
from coopctl.changes.comparison import at
from coopctl.changes.naming import entry_name, listed
from coopctl.changes.telling.context import (
    Telling,
    direction_word,
    field_of,
    figure,
    from_to,
    label,
    place_of,
)
from coopctl.changes.telling.plainly import plainly
from coopctl.model.governance import ExitTrigger, Failure

Tell = Callable[[Telling, Change], str]


def of_due(telling: Telling, change: Change) -> str:
    """Tell of a due date."""
    old, new = telling.old_at(change.base), telling.new_at(change.head)
    if isinstance(old, date) and isinstance(new, date):
        days = abs((new - old).days)
        by = f"{days} day{'' if days == 1 else 's'} {'later' if new > old else 'earlier'}"
        return f"{change.name} is due on {new} instead of {old}, {by}"
    if isinstance(new, date):
        return f"{change.name} is now due on {new}; there was no date"
    return f"{change.name} has no due date any more; it was {change.old}"


def of_capacity(telling: Telling, change: Change) -> str:
    """Tell how much a party brings."""
    resources = telling.old_at(change.base and change.base[:2]), telling.new_at(change.head and change.head[:2])
    old, new = (
        figure(str(each.capacity), each.unit or "") if each is not None and each.capacity is not None else ""
        for each in resources
    )
    who = telling.actors(getattr(resources[1] or resources[0], "party", None))
    return f"What {who} brings of {telling.entry(change, 2)}: {from_to(old, new)}"


def of_amount(telling: Telling, change: Change) -> str:
    """Tell of a budget."""
    return f"Budget of {change.name}: {from_to(*telling.money(change))}"


def of_cap(telling: Telling, change: Change) -> str:
    """Tell how much is compensated at the most."""
    old, new = telling.money(change)
    if old and new:
        verb = {"tightened": "rises", "loosened": "falls", "incomparable": "is another"}[change.direction]
        return f"The most that is compensated {verb}: {old} → {new}"
    if new:
        return f"What is compensated is now limited to {new}; there was no limit"
    return f"What is compensated is no longer limited; the limit was {old}"


def of_shares(what: str) -> Tell:
    """Return how to tell of shares in something."""

    def tell(telling: Telling, change: Change) -> str:
        old, new = ((each or {}) for each in change.value)
        known = dict.fromkeys((*telling.names.parties, *new, *old))
        told = [
            f"{_possessive(telling.names.actor(party))} share of the {what}: "
            f"{from_to(old.get(party, ''), new.get(party, ''))}"
            for party in known
            if old.get(party) != new.get(party)
        ]
        return "; ".join(told) or f"The shares of the {what} are written in another way"

    return tell


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def of_timing(what: str, is_done: str) -> Tell:
    """Return how to tell when something is done that recurs: how often, and how soon after the period."""

    def tell(_telling: Telling, change: Change) -> str:
        if field_of(change) == "within":
            old, new = (f"within {each}" if each else "at no fixed time" for each in (change.old, change.new))
            return f"{what} {is_done} {new} of the period's end instead of {old}"
        if field_of(change) == "frequency":
            old, new = (each or "at no fixed times" for each in (change.old, change.new))
            return f"{what} {is_done} {new} instead of {old}"
        return f"When {what[:1].lower()}{what[1:]} {is_done}: {from_to(change.old, change.new)}"

    return tell


def of_secrecy(telling: Telling, change: Change) -> str:
    """Tell how long something stays secret, or what does."""
    if field_of(change) == "confidential":
        return f"{telling.entry(change, 3)} {'is' if change.new == 'true' else 'is no longer'} confidential"
    if field_of(change) != "survives":
        return plainly(telling, change)
    old, new = (each or "no time" for each in (change.old, change.new))
    return f"What is secret stays so for {new} after the end instead of {old}"


def of_source(telling: Telling, change: Change) -> str:
    """Tell where figures come from."""
    return f"Figures of {telling.entry(change, 2)} come from another source: {from_to(change.old, change.new)}"


def of_phasing(telling: Telling, change: Change) -> str:
    """Tell when a budget may be spent."""
    old, new = (each if isinstance(each, dict) else {} for each in change.value)
    if not old or not new:
        return plainly(telling, change)
    sides = tuple(zip((old, new), telling.currencies, strict=True))
    told = [
        f"{key}: {from_to(*(figure(each[key], currency) if key in each else '' for each, currency in sides))}"
        for key in sorted({**old, **new})
        if old.get(key) != new.get(key)
    ]
    return f"Phasing of {change.name}, {'; '.join(told)}"


_RENEWALS: Final = {"automatic": "automatically", "by-agreement": "by agreement", "none": "not at all"}


def of_renewal(telling: Telling, change: Change) -> str:
    """Tell what happens when the term ends."""
    if field_of(change) == "mode":
        old, new = (_RENEWALS.get(each, each) for each in (change.old, change.new))
        return f"The term is renewed {new} instead of {old}"
    if field_of(change) == "for":
        old, new = (each or "a time that is not said" for each in (change.old, change.new))
        return f"A renewal lasts {new} instead of {old}"
    return plainly(telling, change)


def of_renewal_notice(_telling: Telling, change: Change) -> str:
    """Tell how long before the end notice against the renewal is due."""
    if not change.new:
        return f"There is no notice to stop the renewal any more; it was due {change.old} before the end of the term"
    instead = f"instead of {change.old}" if change.old else "and there was none"
    return f"Notice to stop the renewal is due {change.new} before the end of the term {instead}"


def of_record(telling: Telling, change: Change) -> str:
    """Tell of the version, the history and the signatures."""
    if change.subject != "amendments":
        return plainly(telling, change)
    old, new = (each or [] for each in change.value)
    told = [
        f"entry {word}: {' '.join(filter(None, (each.get('version'), each.get('summary'))))}"
        for entries, others, word in ((new, old, "added"), (old, new, "dropped"))
        for each in entries
        if each not in others
    ]
    what = "History rewritten" if change.kind.name == "history-rewritten" else "History"
    return f"{what}, {'; '.join(told) or 'entries in another order'}"


_WHO_ACCEPTS: Final = {"all-parties": "all parties", "affected-parties": "the affected parties only"}


def of_change_control(_telling: Telling, change: Change) -> str:
    """Tell who has to accept a change; all parties where nothing is said."""
    said = [each.get("material") if isinstance(each, dict) else each for each in change.value]
    old, new = (_WHO_ACCEPTS.get(str(each), "all parties") for each in said)
    if old == new:
        return f"Who has to accept a material change is written out: {new}, as before"
    return f"A material change now has to be accepted by {new} instead of {old}"


def of_missing(_telling: Telling, change: Change) -> str:
    """Tell what an overdue figure counts as."""
    old, new = (f"a {'warning' if each == 'warn' else each}" for each in (change.old, change.new))
    return f"An overdue figure of {change.name} counts as {new} instead of {old}"


def of_escalation(telling: Telling, change: Change) -> str:
    """Tell to whom a breach goes."""
    old, new = (_steps(telling, each) for each in change.value)
    return f"Escalation {direction_word(change)}: {from_to(old, new)}"


def _steps(telling: Telling, value: Any) -> str:
    steps = value if isinstance(value, list) else []
    return ", then ".join(f"{telling.names.actor(each['to'])} within {each['within']}" for each in steps)


def of_moved_duty(telling: Telling, change: Change) -> str:
    """Tell that somebody else owes something."""
    if change.subject.startswith("working_group."):
        return _moved_member(telling, change)
    old, new = (
        telling.names.actors(each if isinstance(each, tuple) else [each] if each else []) or "nobody"
        for each in (telling.old_at(change.base), telling.new_at(change.head))
    )
    return f"{change.name} {_DUTIES.get(field_of(change), 'is owed by')} {new} instead of {old}"


def _moved_member(telling: Telling, change: Change) -> str:
    """Tell that a member is sent by another party, and with them what they owe."""
    duties = list(change.details)
    if len(duties) > 3:
        duties = [*duties[:2], f"{len(duties) - 2} more"]
    return f"{plainly(telling, change)}, and with it what is owed: {listed(duties)}"


_DUTIES: Final = {"accountable": "is answered for by", "responsible": "is done by", "party": "is borne by"}


def of_moved_role(telling: Telling, change: Change) -> str:
    """Tell that somebody else watches, leads or benefits."""
    old, new = (telling.actors(each) for each in change.value)
    what = "Those who benefit from" if field_of(change) == "benefits" else f"{label(field_of(change))} of"
    return f"{what} {change.name}: {from_to(old, new)}"


def of_exit_condition(telling: Telling, change: Change) -> str:
    """Tell what it takes to end the agreement; only the number where nothing else differs."""
    old, new = telling.old_at(change.base), telling.new_at(change.head)
    holders = telling.actors(list(telling.new_at((change.head or ())[:3]).right_of))
    may = "may end the agreement only" if change.direction == "loosened" else "may now end the agreement"
    instead = _only_number(old, new) or condition(telling, old)
    return f"{holders} {may} {condition(telling, new)} instead of {instead} ({telling.entry(change, 3)})"


def condition(telling: Telling, when: Any) -> str:
    """Say what a right to end the agreement depends on: `after 3 breaches of Delivery time in a row`."""
    if not isinstance(when, Failure):
        return "at any time"
    if when.event is not None:
        return f"on the event “{when.event}”"
    number = when.consecutive or when.count or 0
    result = _RESULTS[when.status or "breach"][number != 1]
    which = f"after {number} {result} of {telling.names.entry(('kpis', when.kpi or ''))}"
    if when.consecutive is not None:
        return f"{which} in a row" if number != 1 else which
    return f"{which} in any {when.within} periods"


_RESULTS: Final = {
    "off-target": ("missed target", "missed targets"),
    "warn": ("warning", "warnings"),
    "breach": ("breach", "breaches"),
    "missing": ("missing figure", "missing figures"),
}


def _only_number(old: Any, new: Any) -> str:
    """Return the older number where nothing but it differs between two conditions; empty elsewhere."""
    if isinstance(old, Failure) and isinstance(new, Failure):
        for field in ("consecutive", "count"):
            number = getattr(old, field)
            if number is not None and old.model_copy(update={field: getattr(new, field)}) == new:
                return str(number)
    return ""


def of_cure(telling: Telling, change: Change) -> str:
    """Tell how much time there is to put something right."""
    return f"Time to put it right before an exit ({telling.entry(change, 3)}): {from_to(change.old, change.new)}"


def of_notice(telling: Telling, change: Change) -> str:
    """Tell how long before the end notice has to be given."""
    return f"Notice before an exit ({telling.entry(change, 3)}): {from_to(change.old, change.new)}"


def of_moved_right(telling: Telling, change: Change) -> str:
    """Tell who else may end the agreement."""
    old, new = ([each] if isinstance(each, str) else list(each or ()) for each in change.value)
    gained, lost = [each for each in new if each not in old], [each for each in old if each not in new]
    told = [f"{telling.names.actors(gained)} may now end the agreement"] if gained else []
    told += [f"{telling.names.actors(lost)} may no longer end the agreement"] if lost else []
    return f"{', '.join(told)} ({telling.entry(change, 3)})"


def of_entry(telling: Telling, change: Change) -> str:
    """Tell of a part of the agreement that is new or gone."""
    added, path = change.base is None, place_of(change)
    entry = at(telling.head if added else telling.base, path)
    name = telling.entry(change, len(path))
    if isinstance(entry, ExitTrigger):
        return _exit_right(telling, entry, name, added=added)
    noun, more = NOUNS[change.kind.name.rpartition("-")[0]], change.new if added else change.old
    about = "" if more in ("", "there", "added", name, entry_name(entry)) else f" ({more})"
    return f"{noun} {'added' if added else 'removed'}: {name}{about}"


def _exit_right(telling: Telling, trigger: ExitTrigger, name: str, *, added: bool) -> str:
    holders, when = telling.actors(list(trigger.right_of)), condition(telling, trigger.when)
    if not added:
        return f"{holders} may no longer end the agreement {when} ({name})"
    terms = [f"cure {trigger.cure}"] if trigger.cure else []
    terms += [f"notice {trigger.notice}"] if trigger.notice else []
    return f"{holders} may now end the agreement {when} ({'; '.join([name, *terms])})"


NOUNS: Final = {
    "party": "Party",
    "goal": "Goal",
    "kpi": "KPI",
    "responsibility": "Task",
    "member": "Member of the working group",
    "phase": "Phase",
    "milestone": "Milestone",
    "budget-line": "Budget line",
    "resource": "Resource",
    "risk": "Risk",
    "meeting": "Meeting",
    "sharing": "Shared information",
    "body": "Committee",
    "process": "Process",
    "activity": "Activity",
    "exit-right": "Exit right",
    "clause": "Clause",
}
"""What an entry of each sort is called."""
