"""What parties and parts of an agreement are called when people are told of a change."""

import re
from collections.abc import Iterable
from typing import Any

from coopctl.changes.comparison import at
from coopctl.model.agreement import Agreement
from coopctl.places import Path


def short_names(agreements: Iterable[Agreement]) -> dict[str, str]:
    """Return what each party is called, by id; the first agreement that has a party names it.

    A party is called by its id where its registered name begins with it, written as the name writes it: `harbor` is
    Harbor in `Harbor Logistics Ltd.`, and `甲方` is 甲方 in `甲方示例科技有限公司`. Else its whole name is used.
    """
    found: dict[str, str] = {}
    for agreement in agreements:
        for party_id, party in agreement.parties.items():
            found.setdefault(party_id, _short(party_id, party.name))
    return found


def _short(party_id: str, name: str) -> str:
    start = name[: len(party_id)]
    if start.casefold() != party_id.casefold():
        return name
    ends_a_word = not re.match(r"[^\W\d_]", name[len(party_id) :]) or not party_id[-1:].isascii()
    return start if ends_a_word else name


def listed(names: Iterable[str], last: str = "and") -> str:
    """Write `A`, `A and B`, `A, B and C`."""
    *most, final = list(names) or [""]
    return f"{', '.join(most)} {last} {final}" if most else final


class Names:
    """The names in two versions of one agreement; the newer version's come first."""

    def __init__(self, base: Agreement, head: Agreement) -> None:
        self._versions = (head, base)
        self.parties = short_names(self._versions)

    def actor(self, actor: str) -> str:
        """Return the name of a party, a member, a body, or the working group."""
        if actor in self.parties:
            return self.parties[actor]
        if actor == "working_group":
            return "the working group"
        for version in self._versions:
            members = version.working_group.members if version.working_group else {}
            bodies = version.governance.bodies if version.governance else {}
            for named in (members, bodies):
                if actor in named:
                    return named[actor].name or actor
        return actor

    def actors(self, actors: Iterable[str]) -> str:
        """Return several names in one list."""
        return listed(self.actor(each) for each in actors)

    def entry(self, path: Path, *, gone: bool = False) -> str:
        """Return the name of an entry; its id where it has none."""
        for version in reversed(self._versions) if gone else self._versions:
            entry = at(version, path)
            if entry is not None:
                return entry_name(entry) or str(path[-1])
        return str(path[-1])


def entry_name(entry: Any) -> str:
    """Return the name that an entry gives itself; empty for none."""
    for field in ("name", "title", "statement", "task", "content"):
        name = getattr(entry, field, None)
        if isinstance(name, str):
            return name
    return ""
