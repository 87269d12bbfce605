"""What can still be used of an agreement of which something could not be read."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from coopctl.model.agreement import Agreement
from coopctl.model.names import Names, nearest
from coopctl.places import Path
from coopctl.rules.rule import UnreadError
from coopctl.source import Source
from coopctl.validation import path_in
from coopctl.versions import other_version

_MOST_ROUNDS = 8
"""Leaving something out can show further faults; after so many rounds nothing is made of the file."""

ENTRIES: Mapping[Path, int] = {
    ("parties",): 2,
    ("goals",): 2,
    ("kpis",): 2,
    ("responsibilities",): 2,
    ("budget",): 2,
    ("resources",): 2,
    ("risks",): 2,
    ("processes",): 2,
    ("activities",): 2,
    ("signatures",): 2,
    ("clauses",): 2,
    ("working_group", "members"): 3,
    ("plan", "phases"): 3,
    ("plan", "milestones"): 3,
    ("communication", "meetings"): 3,
    ("communication", "sharing"): 3,
    ("governance", "bodies"): 3,
    ("exit", "triggers"): 3,
}
"""Mappings of entries that stand alone, with the length of an entry's path: one that is at fault is left out, and the
others stay. Of any other section, a fault takes the whole."""

_STAND_INS: Mapping[str, Any] = {
    "coopctl": "1",
    "id": "unread",
    "title": "unread",
    "version": "0.0.0",
    "parties": {"one": {"name": "unread"}, "other": {"name": "unread"}},
    "term": {"start": "2000-01-01", "end": "2000-01-01"},
}
"""What the model requires; only there so that the rest can be read, and taken away again."""


class _PartlyRead(Agreement):
    """An agreement whose unread sections cannot be asked for."""

    def __getattr__(self, name: str) -> Any:
        if name in Agreement.model_fields:
            raise UnreadError(name)
        raise AttributeError(name)


class Partial(NamedTuple):
    """The readable part of an agreement, and which of its sections are not whole."""

    agreement: Agreement
    unread: frozenset[str]


def readable_part(source: Source, names: Names) -> Partial | None:
    """Return what can be read of an agreement that is at fault; None where that is nothing."""
    if not isinstance(source.data, dict) or other_version(source) is not None:
        return None
    data = dict(source.data)
    gone: set[str] = set()
    unread: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        given = {**{name: value for name, value in _STAND_INS.items() if name in gone}, **data}
        try:
            whole = Agreement.model_validate(given, context=names)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_input=False):
                path = path_in(source, detail["loc"])
                unread.add(_section_meant(path))
                if _leave_out(data, path) or (detail["type"] == "missing" and len(path) == 1):
                    gone.add(str(path[0]))
        else:
            fields = {name: value for name, value in whole.__dict__.items() if name not in gone}
            agreement = _PartlyRead.model_construct(_fields_set=set(whole.model_fields_set), **fields)
            for name in gone:
                agreement.__dict__.pop(name, None)
            return Partial(agreement, frozenset(unread))
    return None


def _section_meant(path: Path) -> str:
    """Name the section that a fault concerns; for an unknown one, the section that it may be a misspelling of."""
    section = str(path[0]) if path else ""
    if section in Agreement.model_fields:
        return section
    close = nearest(section, Agreement.model_fields)
    return close[0] if close else section


def _leave_out(data: dict[str, Any], path: Path) -> bool:
    """Take what is at fault out of the data; return whether a whole section went."""
    for entries, length in ENTRIES.items():
        if path[: length - 1] == entries and len(path) >= length:
            _without(data, path[:length])
            return False
    data.pop(str(path[0]), None)
    return True


def _without(data: dict[str, Any], path: Path) -> None:
    """Remove an entry; the mappings above it are copied, since the file's own data stays as it is."""
    *above, entry = path
    here: Any = data
    for step in above:
        inner = here.get(step)
        here[step] = dict(inner) if isinstance(inner, dict) else {}
        here = here[step]
    here.pop(entry, None)
