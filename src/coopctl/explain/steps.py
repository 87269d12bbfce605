"""What a derivation consists of, and how exact numbers are written in it."""

from fractions import Fraction
from typing import NamedTuple

from coopctl.evaluate.numbers import written
from coopctl.findings import Location
from coopctl.loading import Loaded
from coopctl.places import Path, Place


class Input(NamedTuple):
    """Something a step takes from a file: what it says, and where."""

    text: str
    location: Location | None = None


class Step(NamedTuple):
    """One step: what is found out, from which inputs, by which formula, with which result."""

    title: str
    inputs: tuple[Input, ...] = ()
    formula: str = ""
    result: str = ""


class Explanation(NamedTuple):
    """A whole derivation."""

    subject: str
    heading: str
    steps: tuple[Step, ...]


def spelled(number: Fraction) -> str:
    """Write a number out in full; one without end gets an ellipsis and its fraction."""
    if (number * 10**12).denominator == 1:
        return written(number)
    return f"{written(number)}… ({number.numerator}/{number.denominator})"


class Citing:
    """Turns paths and places into inputs with file:line."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded

    def clause(self, text: str, path: Path) -> Input:
        """Cite the agreement."""
        return Input(text, self._loaded.clause(path))

    def fact(self, text: str, place: Place) -> Input:
        """Cite the ledger."""
        return Input(text, self._loaded.locate(place))
