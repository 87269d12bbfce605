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
    """Write a number out in full; one without end is rounded to 12 decimals, which an ellipsis shows."""
    return written(number) + ("" if _ends(number) else "…")


def spelled_exactly(number: Fraction) -> str:
    """Write a number out in full, one without end with its fraction: `66.666666666667… (200/3)`."""
    return spelled(number) if _ends(number) else f"{spelled(number)} ({number.numerator}/{number.denominator})"


def _ends(number: Fraction) -> bool:
    return (number * 10**12).denominator == 1


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
