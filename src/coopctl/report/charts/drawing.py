"""A drawing: shapes and text on a sheet, in points from its upper left corner."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from coopctl.report.charts.colours import Role

Point = tuple[float, float]
Anchor = Literal["left", "center", "right"]


class Stroke(NamedTuple):
    """How a line is drawn."""

    colour: Role
    width: float = 1.0
    dashes: tuple[float, ...] = ()
    """Lengths of strokes and gaps, in widths of the line."""


class Outline(NamedTuple):
    """Lines, or an area with its edge."""

    name: str
    pieces: tuple[tuple[Point, ...], ...]
    stroke: Stroke | None
    fill: Role | None
    closed: bool


class Disc(NamedTuple):
    """A circle."""

    name: str
    centre: Point
    radius: float
    stroke: Stroke | None
    fill: Role | None


class Words(NamedTuple):
    """A line of text; its place is on the base line."""

    name: str
    place: Point
    text: str
    size: float
    colour: Role
    anchor: Anchor
    bold: bool


@dataclass
class Drawing:
    """A sheet, and what is on it; later shapes lie on top."""

    subject: str
    """What it shows, as an id: two drawings of a page differ in it."""
    language: str
    title: str
    description: str = ""
    """What somebody is told who cannot see it."""
    width: float = 480
    height: float = 0
    shapes: list[Outline | Disc | Words] = field(default_factory=list)

    def line(self, pieces: Sequence[Sequence[Point]], stroke: Stroke, name: str = "") -> None:
        """Draw lines, one for each piece that has two points or more."""
        kept = tuple(tuple(piece) for piece in pieces if len(piece) > 1)
        if kept:
            self.shapes.append(Outline(name, kept, stroke, None, closed=False))

    def area(self, corners: Sequence[Point], fill: Role | None, stroke: Stroke | None = None, name: str = "") -> None:
        """Draw an area."""
        self.shapes.append(Outline(name, (tuple(corners),), stroke, fill, closed=True))

    def bar(
        self,
        left: float,
        right: float,
        middle: float,
        height: float,
        fill: Role | None,
        stroke: Stroke | None = None,
        name: str = "",
    ) -> None:
        """Draw a bar around a height."""
        top, bottom = middle - height / 2, middle + height / 2
        self.area([(left, top), (right, top), (right, bottom), (left, bottom)], fill, stroke, name)

    def disc(
        self, centre: Point, radius: float, fill: Role | None, stroke: Stroke | None = None, name: str = ""
    ) -> None:
        """Draw a circle."""
        self.shapes.append(Disc(name, centre, radius, stroke, fill))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        colour: Role = "ink",
        size: float = 11.5,
        anchor: Anchor = "left",
        *,
        bold: bool = False,
        name: str = "",
    ) -> None:
        """Write a line of text that stands on `y`."""
        if text:
            self.shapes.append(Words(name, (x, y), text, size, colour, anchor, bold))
