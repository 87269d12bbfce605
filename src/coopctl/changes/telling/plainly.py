"""Changes for which there are no words of their own: which field of what, from what to what."""

from typing import Any, Final

from coopctl.changes.change import Change
from coopctl.changes.comparison import at
from coopctl.changes.judging.entries import KIND_OF
from coopctl.changes.naming import listed
from coopctl.changes.telling.context import Telling, from_to, label, place_of
from coopctl.changes.wording import wording
from coopctl.places import Path


def plainly(telling: Telling, change: Change) -> str:
    """Tell of any change; of lists, what was added and what was dropped."""
    what, (old, new) = _what(telling, change), change.value
    if isinstance(old, list) and isinstance(new, list):
        return f"{what}: {_of_lists(telling, old, new)}"
    if isinstance(old, dict) and isinstance(new, dict):
        told = [
            _of_field(telling, key, old.get(key), new.get(key))
            for key in {**old, **new}
            if old.get(key) != new.get(key)
        ]
        return f"{what}, {'; '.join(told)}"
    if not change.old:
        return f"{what} added: {_told(telling, new)}"
    if not change.new:
        return f"{what} removed: {_told(telling, old)}"
    return f"{what}: {from_to(_told(telling, old), _told(telling, new))}"


def _of_field(telling: Telling, key: str, old: Any, new: Any) -> str:
    what = _words((key,))
    if isinstance(old or new, list):
        return f"{what}: {_of_lists(telling, old or [], new or [])}"
    return f"{what}: {from_to(_told(telling, old), _told(telling, new))}"


def _of_lists(telling: Telling, old: list[Any], new: list[Any]) -> str:
    """Say what was added to a list, what was dropped, and which of its steps are others."""
    came, went = [each for each in new if each not in old], [each for each in old if each not in new]
    told = []
    for each in list(came):
        was = next((other for other in went if _title(other) and _title(other) == _title(each)), None)
        if was is not None:
            came.remove(each)
            went.remove(was)
            told.append(_of_steps(telling, was, each))
    told += [f"{_told(telling, each)} {word}" for each, word in ((came, "added"), (went, "dropped")) if each]
    if not told:
        return f"now in the order {', '.join(_told(telling, each) for each in new)}"
    return ", ".join(told)


_TITLES: Final = ("do", "step", "to")
"""What a step in a list is known by."""


def _title(step: Any) -> str:
    return next((str(step[key]) for key in _TITLES if key in step), "") if isinstance(step, dict) else ""


def _of_steps(telling: Telling, old: dict[str, Any], new: dict[str, Any]) -> str:
    moved = [
        f"{_words((key,))} {from_to(_told(telling, old.get(key)), _told(telling, new.get(key)))}"
        for key in {**old, **new}
        if old.get(key) != new.get(key)
    ]
    return f"{_meant(telling, _title(new))} ({'; '.join(moved)})"


def _told(telling: Telling, value: Any) -> str:
    if isinstance(value, list):
        return wording(listed(_told(telling, each) for each in value)) if value else ""
    if isinstance(value, dict) and _title(value):
        rest = "; ".join(
            f"{_words((key,))} {_told(telling, each)}" for key, each in value.items() if key not in _TITLES
        )
        return wording(f"{_meant(telling, _title(value))}{f' ({rest})' if rest else ''}")
    return _meant(telling, value) if isinstance(value, str) else wording(value)


def _meant(telling: Telling, text: str) -> str:
    """Return the name of what a text refers to; the text itself where it refers to nothing."""
    *steps, last = text.split(".")
    if not steps:
        is_kpi = text in telling.head.kpis or text in telling.base.kpis
        return telling.names.entry(("kpis", text)) if is_kpi else telling.names.actor(text)
    for version in (telling.head, telling.base):
        if last in ("warn", "breach") and at(version, tuple(steps)) is not None:
            return f"the {'warning' if last == 'warn' else 'breach'} of {telling.names.entry(tuple(steps))}"
        if at(version, (*steps, last)) is not None:
            return telling.names.entry((*steps, last))
    return text


def _what(telling: Telling, change: Change) -> str:
    """Name the field that changed, and the entry or section that it is in."""
    path = place_of(change) or (change.subject,)
    section = next((each for each in KIND_OF if path[: len(each)] == each and len(path) > len(each)), None)
    if section is None:
        return label(_words(path))
    own = len(section) + 1
    name = telling.entry(change, own)
    return f"{label(_words(path[own:]))} of {name}" if path[own:] else name


def _words(path: Path) -> str:
    return ", ".join(f"number {step + 1}" if isinstance(step, int) else step.replace("_", " ") for step in path)
