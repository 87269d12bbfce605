"""Which findings are wanted: codes, names and prefixes, as they are selected and ignored."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from coopctl import faults
from coopctl.findings import Kind, Severity
from coopctl.lint.suppression_kinds import SUPPRESSION_KINDS
from coopctl.model.names import did_you_mean
from coopctl.rules.catalogue import rules

EVERYTHING: Final = "ALL"


@cache
def kinds() -> tuple[Kind, ...]:
    """Return every kind of finding there is: those of the rules, of suppressions, and of reading."""
    return (*(rule.kind for rule in rules()), *SUPPRESSION_KINDS, *faults.ALL)


@cache
def kinds_by_name() -> Mapping[str, Kind]:
    """Return every kind of finding by its code and by its name."""
    return {name: kind for kind in kinds() for name in (kind.code, kind.name)}


def is_optional(kind: Kind) -> bool:
    """Whether a finding can be switched off; what keeps a file from being read cannot."""
    return kind not in faults.ALL or kind.severity is not Severity.ERROR


class UnknownSelectorError(ValueError):
    """Something that is no code, name or prefix of a rule; the message says which are meant."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Some kinds of findings: all, those whose codes begin alike, or one."""

    prefix: str
    """Beginning of the codes; empty for all."""

    @classmethod
    def read(cls, text: str) -> "Selector":
        """Read `ALL`, a code, a name or a prefix of codes; raises `UnknownSelectorError`."""
        text = text.strip()
        code = text.upper()
        if code == EVERYTHING:
            return cls("")
        kind = kinds_by_name().get(text) or kinds_by_name().get(code)
        if kind is not None:
            return cls(kind.code)
        if re.fullmatch("[A-Z]{1,3}[0-9]{0,2}", code) and any(each.code.startswith(code) for each in kinds()):
            return cls(code)
        topics = dict.fromkeys(each.code[:3] for each in kinds())
        known = [*kinds_by_name(), *topics, EVERYTHING]
        raise UnknownSelectorError(f"no rule is called {text!r}; {_suggestion(text, known, list(topics))}")

    def covers(self, code: str) -> bool:
        """Whether a code is among those meant."""
        return code.startswith(self.prefix)


def _suggestion(text: str, known: list[str], topics: list[str]) -> str:
    told = did_you_mean(text, [each for each in known if each[:1].casefold() == text[:1].casefold()][:300])
    return told if told.startswith("did") else f"`coopctl rule --all` lists them; topics are {', '.join(topics)}"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules apply. Of what selects and what ignores a code the more specific one decides; on a tie, ignoring."""

    selected: tuple[Selector, ...] = (Selector(""),)
    ignored: tuple[Selector, ...] = ()
    _asked: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """What was answered before: every finding asks."""

    def wants(self, code: str) -> bool:
        """Whether findings with a code are wanted."""
        answer = self._asked.get(code)
        if answer is None:
            answer = _most_specific(self.selected, code) > _most_specific(self.ignored, code)
            self._asked[code] = answer
        return answer

    def without(self, ignored: Iterable[Selector]) -> "Selection":
        """Return the selection with more ignored."""
        return Selection(self.selected, (*self.ignored, *ignored))


def _most_specific(selectors: tuple[Selector, ...], code: str) -> int:
    return max((len(each.prefix) for each in selectors if each.covers(code)), default=-1)
