"""What a wording about speed means for a time: p % faster is a time divided by 1 + p/100, not p % less of it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Final, NamedTuple

from coopctl.evaluate.numbers import HUNDRED, decimals_of, exact, round_half_up
from coopctl.model.kpis import Kpi, Range
from coopctl.model.scalars import SignedPercent

_SPEED: Final = re.compile(
    r"\b(?:faster|quicker|speed\w*|accelerat\w*|velocity|swifter)\b|速度|提速|加速|更快|加快", re.IGNORECASE
)
_TIME_SAID: Final = re.compile(
    r"\b(?:short\w*|cycles?|durations?|lead[ -]times?|turnaround|less time|fewer (?:days|hours|weeks|minutes))\b"
    r"|缩短|周期|时长|用时|耗时|工期",
    re.IGNORECASE,
)
_PERCENTAGE: Final = re.compile(
    r"(?<![0-9.])(?P<figure>[0-9]{1,6}+(?:\.[0-9]{1,6}+)?) ?(?:[%％]|per ?cent\b)"
    r"|百分之(?P<words>[0-9]{1,6}+|[一二三四五六七八九十]{1,3}+)(?![.百点0-9])|(?P<tenths>[一二两三四五六七八九1-9])成"
)
_MORE: Final = re.compile(r" ?(?:(?:more|higher|greater) )?", re.IGNORECASE)
_BY: Final = re.compile(
    r"\bby(?: (?:about|at least|some|up to|more than))? ?$|(?:[快速升高加增大]|增长)(?:了|至少|约|大约)?\s?$",
    re.IGNORECASE,
)
"""What stands between a speed and a percentage that is one of it: `faster by 20 %`, `速度提升20%`."""
_NOTHING_MORE: Final = re.compile(r"[\s!！?？.)）”]*+$")
_NEAR: Final = 80
"""Characters before a percentage among which its speed is looked for."""
_CLAUSE_END: Final = re.compile(
    r"[,;，；。：]|[.:](?=\s|$)|\b(?:and|while|but|so that|(?<!up )to)\b|并|同时", re.IGNORECASE
)
_MOST_STEPS: Final = 24
"""Steps of a target that are compared with a speed: those of two years by months."""
_NUMERALS: Final = {"两": 2, **{numeral: value for value, numeral in enumerate("零一二三四五六七八九")}}

_CALLED_SPEED: Final = re.compile(r"(?:\bspeed|\bvelocity|速度)\s*$", re.IGNORECASE | re.MULTILINE)


class Speedup(NamedTuple):
    """How much faster something is to become."""

    percent: Fraction
    words: str
    """As it is written."""

    def time_from(self, before: Fraction) -> Fraction:
        """Return how long it takes then."""
        return before / (1 + self.percent / HUNDRED)

    def misread_from(self, before: Fraction) -> Fraction:
        """Return how long it takes where the percentage is taken off the time."""
        return before * (1 - self.percent / HUNDRED)


def speaks_of_speed(text: str) -> bool:
    """Whether a text speaks of speed."""
    return _SPEED.search(text) is not None


def is_called_speed(name: str) -> bool:
    """Whether a KPI's name says that it is a speed: `delivery speed`, and not `speed-dial line`."""
    return _CALLED_SPEED.search(name) is not None


def speedup_in(statement: str) -> Speedup | None:
    """Return by how much something is to become faster; None where no clause has a speed and a percentage.

    A statement that speaks of the time as well says what it means.
    """
    if not _SPEED.search(statement) or _TIME_SAID.search(statement):
        return None
    for clause in _CLAUSE_END.split(statement):
        for percentage in _PERCENTAGE.finditer(clause):
            words = _of_speed(clause, percentage)
            if words and (percent := _percent(percentage)):
                return Speedup(percent, words)
    return None


def _of_speed(clause: str, percentage: re.Match[str]) -> str:
    """Return the words that make a percentage one of speed: `20 % faster`, `faster by 20 %`; empty where none do.

    `95 % of orders` and `90%的订单` are parts of something, however fast the clause says that it is to be.
    """
    start, end = percentage.span()
    more = _MORE.match(clause, end)
    after = _SPEED.match(clause, more.end() if more else end)
    if after:
        return clause[start : after.end()]
    if not _NOTHING_MORE.match(clause, end):
        return ""
    speeds = list(_SPEED.finditer(clause, max(0, start - _NEAR), start))
    if not speeds:
        return ""
    before = speeds[-1]
    between = clause[before.end() : start]
    is_next_to_it = not between.strip()
    return clause[before.start() : end] if is_next_to_it or _BY.search(between) else ""


def _percent(found: re.Match[str]) -> Fraction:
    if found["figure"]:
        return Fraction(found["figure"])
    if found["tenths"]:
        return Fraction(10 * _numeral(found["tenths"]))
    return Fraction(_numeral(found["words"]))


def _numeral(text: str) -> int:
    """Read a Chinese numeral below a hundred, or digits."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


def says(kpi: Kpi, time: Fraction) -> bool:
    """Whether a target of the KPI is this time, rounded as the target is."""
    assert kpi.baseline is not None
    before = exact(kpi.baseline.value)
    return any(_rounds_to(aim, time, before) for aim in islice(_stated(kpi), _MOST_STEPS))


def _stated(kpi: Kpi) -> Iterator[Decimal | SignedPercent]:
    for aim in kpi.target.values() if isinstance(kpi.target, dict) else (kpi.target,):
        if not isinstance(aim, Range):
            yield aim


def _rounds_to(aim: Decimal | SignedPercent, time: Fraction, before: Fraction) -> bool:
    if isinstance(aim, SignedPercent):
        change = (time - before) / before * HUNDRED
        return round_half_up(change, decimals_of(aim.value)) == aim.value
    return round_half_up(time, decimals_of(aim)) == aim
