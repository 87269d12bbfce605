"""What a wording about speed means for a time: p % faster is a time divided by 1 + p/100, not p % less of it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
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
    r"(?P<figure>[0-9]+(?:\.[0-9]+)?) ?(?:[%％]|per ?cent\b)"
    r"|百分之(?P<words>[0-9]++|[一二三四五六七八九十]{1,3}+)(?![.百点])|(?P<tenths>[一二两三四五六七八九1-9])成"
)
_CLAUSE_END: Final = re.compile(r"[,;，；。：]|[.:](?=\s|$)|\b(?:and|while|but)\b|并|同时")
_NUMERALS: Final = {"两": 2, **{numeral: value for value, numeral in enumerate("零一二三四五六七八九")}}


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


def speedup_in(statement: str) -> Speedup | None:
    """Return by how much something is to become faster; None where no clause has a speed and a percentage.

    A statement that speaks of the time as well says what it means.
    """
    if not _SPEED.search(statement) or _TIME_SAID.search(statement):
        return None
    for clause in _CLAUSE_END.split(statement):
        speed = _SPEED.search(clause)
        nearest = min(_PERCENTAGE.finditer(clause), key=lambda each: _gap(each, speed), default=None) if speed else None
        if speed and nearest and (percent := _percent(nearest)):
            words = clause[min(speed.start(), nearest.start()) : max(speed.end(), nearest.end())]
            return Speedup(percent, words)
    return None


def _gap(one: re.Match[str], other: re.Match[str] | None) -> int:
    assert other is not None
    return max(one.start() - other.end(), other.start() - one.end())


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
    return any(_rounds_to(aim, time, before) for aim in _stated(kpi))


def _stated(kpi: Kpi) -> Iterator[Decimal | SignedPercent]:
    for aim in kpi.target.values() if isinstance(kpi.target, dict) else (kpi.target,):
        if not isinstance(aim, Range):
            yield aim


def _rounds_to(aim: Decimal | SignedPercent, time: Fraction, before: Fraction) -> bool:
    if isinstance(aim, SignedPercent):
        change = (time - before) / before * HUNDRED
        return round_half_up(change, decimals_of(aim.value)) == aim.value
    return round_half_up(time, decimals_of(aim)) == aim
