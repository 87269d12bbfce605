"""The trend of a KPI: its figures as a line, its target and the levels that warn as steps."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from coopctl.model.scalars import PeriodKey
from coopctl.report.charts.axis import label_axis, period_label
from coopctl.report.charts.colours import Role
from coopctl.report.charts.drawing import Drawing, Point, Stroke
from coopctl.report.charts.form import Form
from coopctl.report.charts.lettering import cut, plain, width
from coopctl.report.charts.marks import MARGIN, legend, mark, ring, ring_entry, status_entries
from coopctl.report.charts.scale import scale_for, ticks
from coopctl.report.charts.writing import picture
from coopctl.report.speech import Speech
from coopctl.report.view import KpiView, PointView

TOP: Final = 50.0
BOTTOM: Final = 192.0
INSET: Final = 12.0
"""From the edge to the first point, and from the last one to the other edge."""

SIZE: Final = 11.5
LINE: Final = 15.0
"""Letters of the labels beside the chart, and how far apart they are at least."""
WIDEST: Final = 150.0
"""How much of the width labels may take on each side; longer figures are written smaller."""


RANGE: Final = ("target.low", "target.high")
"""The names of the two ends of a target that is a range."""

BRIDGED: Final = ("warn", "warn.high", "breach", "breach.high")
"""Levels that are known only where there is a figure."""

Level = Callable[[PointView], str | None]


class Track(NamedTuple):
    """A level over time: the target, one end of it, or one of those that warn."""

    name: str
    stroke: Stroke
    word: str
    level: Level

    def over(self, slots: Sequence[PointView]) -> list[Fraction | None]:
        """Return the level in each period; nothing where there is none."""
        return [None if (level := self.level(slot)) is None else Fraction(level) for slot in slots]


class Side(NamedTuple):
    """A label beside the chart."""

    y: float
    text: str
    colour: Role
    of_point: bool = False
    """It belongs to the latest figure, and not to a level, which reaches up to the edge."""


def trend(kpi: KpiView, speech: Speech, form: Form) -> bytes:
    """Return the trend of a KPI as a picture.

    Raises `CoopctlError` where matplotlib is not installed.
    """
    return picture(trend_drawing(kpi, speech), form)


def trend_drawing(kpi: KpiView, speech: Speech) -> Drawing:
    """Return what is drawn of the trend of a KPI."""
    drawing = Drawing(f"trend.{kpi.id}", speech.tag, speech.say("Trend: %(name)s", name=plain(kpi.name)))
    name = cut(plain(kpi.name), drawing.width - 2 * MARGIN, 13, bold=True)
    drawing.text(MARGIN, 23, name, size=13, bold=True, name="title")
    slots = _slots(kpi)
    if kpi.trend:
        drawing.description = _description(kpi, speech)
        Trend(drawing, kpi, speech, slots).draw()
    else:
        drawing.text(MARGIN, 45, speech.say("No figure yet"), "muted")
        drawing.height = 60
    return drawing


def _slots(kpi: KpiView) -> Sequence[PointView]:
    """Return all periods from the first point to the last, with those that have no figure."""
    if not kpi.trend:
        return ()
    places = {point.key: number for number, point in enumerate(kpi.history)}
    if any(point.key not in places for point in kpi.trend):
        return kpi.trend
    return kpi.history[places[kpi.trend[0].key] : places[kpi.trend[-1].key] + 1]


def _description(kpi: KpiView, speech: Speech) -> str:
    first, last = kpi.trend[0], kpi.trend[-1]
    values = {
        "first": plain(first.period),
        "last": plain(last.period),
        "figure": plain(last.actual.text),
        "target": plain(last.target.text),
    }
    if last.target.text:
        return speech.say(
            "Line chart from %(first)s to %(last)s; latest figure: %(figure)s, target: %(target)s.", **values
        )
    values.pop("target")
    return speech.say("Line chart from %(first)s to %(last)s; latest figure: %(figure)s.", **values)


def _decimals(kpi: KpiView) -> int:
    """Return how many decimals the KPI's figures are written with, apart from those close to their target."""
    texts = [point.actual.text for point in kpi.trend]
    return min(min(len(found[1]), 12) if (found := re.search(r"\d\.(\d+)", text)) else 0 for text in texts)


class Trend:
    """A trend while it is drawn."""

    def __init__(
        self,
        drawing: Drawing,
        kpi: KpiView,
        speech: Speech,
        slots: Sequence[PointView],
    ) -> None:
        """Find the scale and the room that labels leave."""
        self.drawing, self.kpi, self.speech, self.slots = drawing, kpi, speech, slots
        self.decimals = _decimals(kpi)
        self.shown = {point.key: Fraction(point.actual.exact) for point in kpi.trend if point.actual.exact is not None}
        over = {track: track.over(slots) for track in self._tracks()}
        over |= {track: self._bridged(levels) for track, levels in over.items() if track.name in BRIDGED}
        self.tracks = {track: levels for track, levels in over.items() if any(level is not None for level in levels)}
        levels = [level for each in self.tracks.values() for level in each if level is not None]
        self.scale = scale_for(list(self.shown.values()), levels, TOP, BOTTOM)
        self.ticks = ticks(self.scale, self.decimals)
        self.tick_size, tick_room = _fitted(self._tick(value) for value in self.ticks.values)
        self.left = MARGIN + tick_room + 7
        self.sides = self._sides()
        self.side_size, side_room = _fitted(side.text for side in self.sides)
        self.right = drawing.width - MARGIN - side_room - 10

    def draw(self) -> None:
        """Draw it, from the back to the front."""
        if self.kpi.unit != "%":
            unit = plain(self.speech.money("", self.kpi.unit).strip())  # currencies have names, other units are one
            unit = cut(unit, self.drawing.width - 2 * MARGIN, SIZE)
            self.drawing.text(MARGIN, 40, unit, "muted", SIZE, name="unit")
        self._grid()
        self._band()
        for track in self.tracks:
            pieces = list(self._steps(track))
            self.drawing.line(pieces, track.stroke, track.name)
        self._actual()
        self._labels()
        places = [
            (self._x(number), period_label(PeriodKey.read(slot.key), self.speech)) for number, slot in self._all()
        ]
        label_axis(self.drawing, places, (BOTTOM + 16, BOTTOM + 29), self.drawing.width - MARGIN)
        statuses = [slot.status for slot in self.slots if slot.key in self.shown or slot.status == "missing"]
        entries = status_entries(self.drawing, statuses, self.speech)
        if any(slot.key in self.shown and slot.provisional for slot in self.slots):
            entries.append(ring_entry(self.drawing, self.speech))
        self.drawing.height = legend(self.drawing, entries, self.left, BOTTOM + 36) + 13

    def _tracks(self) -> list[Track]:
        """Return what levels there are, the most important first."""
        target = Stroke("target", 1.6)
        found = [
            Track("target", target, self.speech.say("Target"), lambda point: point.target.exact),
            Track("target.low", target, "", lambda point: point.low),
            Track("target.high", target, "", lambda point: point.high),
        ]
        for name, stroke, word, levels in (
            ("warn", Stroke("warn", 1.3, (5, 3)), self.speech.say("Warning"), lambda point: point.warn),
            ("breach", Stroke("breach", 1.5, (1.2, 1.8)), self.speech.say("Breach"), lambda point: point.breach),
        ):
            found.append(Track(name, stroke, word, _nth(levels, 0)))
            found.append(Track(f"{name}.high", stroke, word, _nth(levels, 1)))
        return found

    def _bridged(self, levels: Sequence[Fraction | None]) -> list[Fraction | None]:
        """Let a level that is the same before and after a missing figure hold there: nothing says what it was."""
        found = list(levels)
        known = [number for number, level in enumerate(levels) if level is not None]
        for before, after in pairwise(known):
            missing = all(slot.key not in self.shown for slot in self.slots[before + 1 : after])
            if missing and found[before] == found[after]:
                found[before:after] = [found[before]] * (after - before)
        return found

    def _all(self) -> list[tuple[int, PointView]]:
        return list(enumerate(self.slots))

    def _x(self, number: float) -> float:
        """Return the place of a period; between two periods levels change."""
        if len(self.slots) == 1:
            return (self.left + self.right) / 2
        return self.left + INSET + number * (self.right - self.left - 2 * INSET) / (len(self.slots) - 1)

    def _grid(self) -> None:
        for value in self.ticks.values:
            y = self.scale.y(value)
            self.drawing.line([[(self.left, y), (self.right, y)]], Stroke("grid", 0.8))
            self.drawing.text(self.left - 7, y + 3.8, self._tick(value), "muted", self.tick_size, "right")
        self.drawing.line([[(self.left, BOTTOM), (self.right, BOTTOM)]], Stroke("muted", 0.8))

    def _tick(self, value: Fraction) -> str:
        number = self.speech.number(value, self.ticks.decimals)
        return f"{number}%" if self.kpi.unit == "%" else number

    def _edges(self, number: int) -> tuple[float, float]:
        """Return where a period begins and ends; the first and the last reach to the edges."""
        left = self.left if number == 0 else self._x(number - 0.5)
        return left, self.right if number == len(self.slots) - 1 else self._x(number + 0.5)

    def _steps(self, track: Track) -> Iterator[list[Point]]:
        """Return a level as steps: one line for as long as there is one."""
        points: list[Point] = []
        for number, level in enumerate(self.tracks[track]):
            if level is None:
                yield points
                points = []
                continue
            y = self.scale.y(level)
            left, right = self._edges(number)
            if points and points[-1][1] == y:
                points[-1] = right, y
            else:
                points += [(left, y), (right, y)]
        yield points

    def _band(self) -> None:
        """Shade what lies within a target that is a range."""
        low, high = (next((track for track in self.tracks if track.name == name), None) for name in RANGE)
        if low and high:
            for lower, upper in zip(self._steps(low), self._steps(high), strict=True):
                if lower:
                    self.drawing.area([*lower, *reversed(upper)], "band", name="band")

    def _actual(self) -> None:
        pieces: list[list[Point]] = []
        for known, slots in groupby(self._all(), lambda slot: slot[1].key in self.shown):
            if known:
                pieces.append([(self._x(number), self.scale.y(self.shown[slot.key])) for number, slot in slots])
        self.drawing.line(pieces, Stroke("actual", 2.2), "actual")
        for number, slot in self._all():
            if slot.key in self.shown:
                place = self._x(number), self.scale.y(self.shown[slot.key])
                mark(self.drawing, slot.status, place, f"point.{slot.key}")
                if slot.provisional:
                    ring(self.drawing, place, f"point.{slot.key}.provisional")
            elif slot.status == "missing":
                mark(self.drawing, "missing", (self._x(number), BOTTOM), f"point.{slot.key}")

    def _sides(self) -> list[Side]:
        """Return what stands beside the chart: the latest figure, and each level as it is last."""
        last = self.slots[-1]
        figure, text = self.shown[last.key], plain(last.actual.text)
        if width(text, SIZE, bold=True) > WIDEST:  # the unit stands above the axis
            text = self._written(figure)
        sides = [Side(self.scale.y(figure), text, "actual", of_point=True)]
        for track, levels in self.tracks.items():
            level = levels[-1]
            if level is not None and track.word:
                arrow = {1: " ↑", -1: " ↓", 0: ""}[self.scale.beyond(level)]
                text = f"{track.word} {self._written(level)}{arrow}"
                sides.append(Side(self.scale.y(level), text, track.stroke.colour))
        if last.low is not None and last.high is not None:
            low, high = Fraction(last.low), Fraction(last.high)
            ends = self.speech.say("%(low)s to %(high)s", low=self._written(low), high=self._written(high))
            middle = (self.scale.y(low) + self.scale.y(high)) / 2
            sides.append(Side(middle, f"{self.speech.say('Target')} {ends}", "target"))
        return sorted(sides, key=lambda side: side.y)

    def _labels(self) -> None:
        x = self.right + 10
        for side, y in zip(self.sides, _spread([side.y for side in self.sides]), strict=True):
            start = self._x(len(self.slots) - 1) + 6 if side.of_point else self.right
            if side.of_point or abs(y - side.y) > 2:
                self.drawing.line([[(start, side.y), (self.right, side.y), (x - 2, y)]], Stroke(side.colour, 0.7))
            self.drawing.text(x, y + 4, side.text, side.colour, self.side_size, bold=side.of_point)

    def _written(self, level: Fraction) -> str:
        """Write a level as the figures are, or with the few more decimals that it was agreed with."""
        places = next((places for places in range(self.decimals, 13) if (level * 10**places).denominator == 1), 13)
        number = self.speech.number(level, places if places <= self.decimals + 2 else self.decimals)
        return f"{number}%" if self.kpi.unit == "%" else number


def _nth(levels: Callable[[PointView], Sequence[str]], number: int) -> Level:
    return lambda point: levels(point)[number] if len(levels(point)) > number else None


def _fitted(texts: Iterable[str]) -> tuple[float, float]:
    """Return the size in which texts fit beside a chart, and the room they take: a figure is never cut."""
    widest = max((width(text, SIZE, bold=True) for text in texts), default=0.0)
    return (SIZE, widest) if widest <= WIDEST else (SIZE * WIDEST / widest, WIDEST)


def _spread(heights: Sequence[float]) -> list[float]:
    """Return the heights of labels, in order, moved apart so that none lies on another."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + LINE) if found else height)
    limit = BOTTOM
    for number in range(len(found) - 1, -1, -1):
        found[number] = min(found[number], limit)
        limit = found[number] - LINE
    return found
