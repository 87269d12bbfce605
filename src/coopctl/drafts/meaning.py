"""What a file is to say once something has been put into it, and whether it does."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from coopctl.drafts.values import Plain, Value, is_number
from coopctl.places import Path
from coopctl.quoted import Quoted

Change = Callable[[Any], Any]
"""From what stands at a path to what is to stand there."""


class _Either(str):
    """Text of which it does not matter whether it stands in quotes."""

    __slots__ = ()


def _meant_by(value: Value) -> Any:
    """Return what a file says once a value is written into it."""
    if isinstance(value, str):
        return str(value) if isinstance(value, Plain) and is_number(value) else _Either(value)
    if isinstance(value, Mapping):
        return {name: _meant_by(each) for name, each in value.items()}
    return [_meant_by(each) for each in value]


def says(found: Any, meant: Any) -> bool:
    """Whether data that was read says what was meant, quotes included."""
    if isinstance(meant, dict):
        return (
            isinstance(found, dict)
            and found.keys() == meant.keys()
            and all(says(found[name], each) for name, each in meant.items())
        )
    if isinstance(meant, list):
        return (
            isinstance(found, list)
            and len(found) == len(meant)
            and all(says(one, other) for one, other in zip(found, meant, strict=True))
        )
    if isinstance(meant, _Either):
        return isinstance(found, str) and found == str(meant)
    return isinstance(found, Quoted) is isinstance(meant, Quoted) and bool(found == meant)


def at(data: Any, path: Path) -> Any:
    """Return what data has at a path."""
    for step in path:
        data = data[step]
    return data


def to(value: Value) -> Change:
    """Return the change to a value, whatever was there."""
    meant = _meant_by(value)
    return lambda _: meant


def without(key_: Any) -> Change:
    """Return the change of a mapping to one without a key."""
    return lambda held: {name: held[name] for name in held if name != key_}


def only(numbers: Sequence[int]) -> Change:
    """Return the change of a list to one with some of its entries."""
    return lambda entries: [entries[number] for number in numbers]


def grown_by(values: Sequence[Value], lone: str) -> Change:
    """Return the change of a list to one with more entries; what stands alone is its first one."""
    added = [_meant_by(value) for value in values]

    def grown(found: Any) -> list[Any]:
        entries = found if isinstance(found, list) else [{lone: found} if isinstance(found, str) else found]
        return [*(entries if found else []), *added]

    return grown


def changed(data: Any, changes: Mapping[Path, Change]) -> Any:
    """Return data with what stands at some paths changed; data itself is left as it is."""
    copied = _copied(data)
    for path, change in changes.items():
        copied = _exchanged(copied, path, change)
    return copied


def _exchanged(data: Any, path: Path, change: Change) -> Any:
    if not path:
        return change(data)
    step, *rest = path
    held: Any = data or {}
    below = held.get(step) if isinstance(held, dict) else held[step]
    held[step] = _exchanged(below, tuple(rest), change)
    return held


def _copied(data: Any) -> Any:
    """Return data of which no part is another part as well, as one written once and used twice is."""
    if isinstance(data, dict):
        return {name: _copied(each) for name, each in data.items()}
    return [_copied(each) for each in data] if isinstance(data, list) else data
