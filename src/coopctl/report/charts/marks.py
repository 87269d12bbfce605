"""Marks for statuses: told apart by shape, with or without colour, the same in every chart."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from coopctl.report.charts.drawing import Drawing, Point, Stroke
from coopctl.report.charts.lettering import width
from coopctl.report.speech import Speech

ORDER: Final = ("met", "off-target", "warn", "breach", "missing", "excused", "pending")

SIZE: Final = 10.5
"""Letters of a legend."""
LINE: Final = 16
MARGIN: Final = 14


def status_word(status: str, speech: Speech) -> str:
    """Return the word for a status."""
    words = {
        "met": speech.say("Met"),
        "off-target": speech.say("Off target"),
        "warn": speech.say("Warning"),
        "breach": speech.say("Breach"),
        "missing": speech.say("Missing"),
        "excused": speech.say("Excused"),
        "pending": speech.say("Pending"),
    }
    return words.get(status, status)


def mark(drawing: Drawing, status: str, place: Point, name: str = "") -> None:
    """Draw the mark of a status around a place."""
    x, y = place
    edge = Stroke("paper", 1.2)
    if status == "warn":
        drawing.area([(x, y - 5.2), (x + 5, y + 3.6), (x - 5, y + 3.6)], "warn", edge, name)
    elif status == "breach":
        drawing.area([(x - 4, y - 4), (x + 4, y - 4), (x + 4, y + 4), (x - 4, y + 4)], "breach", edge, name)
    elif status == "excused":
        drawing.area([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], "paper", Stroke("muted", 1.4), name)
    elif status == "missing":
        crossed = [[(x - 3.2, y - 3.2), (x + 3.2, y + 3.2)], [(x - 3.2, y + 3.2), (x + 3.2, y - 3.2)]]
        drawing.line(crossed, Stroke("breach", 1.6), name)
    elif status == "off-target":
        drawing.disc(place, 3.4, "paper", Stroke("actual", 1.8), name)
    elif status == "pending":
        drawing.disc(place, 1.8, "muted", None, name)
    else:
        drawing.disc(place, 4, "actual", edge, name)


def ring(drawing: Drawing, place: Point, name: str = "") -> None:
    """Draw the ring around the mark of a provisional figure."""
    drawing.disc(place, 7, None, Stroke("ink", 1, (2, 1.5)), name)


class Entry(NamedTuple):
    """An entry of a legend."""

    text: str
    draw: Callable[[Point], None]
    room: float = 12
    """How wide what is drawn before the text is."""


def status_entries(drawing: Drawing, statuses: Iterable[str], speech: Speech) -> list[Entry]:
    """Return an entry for each status that there is."""

    def of_one(status: str) -> Entry:
        return Entry(status_word(status, speech), lambda place: mark(drawing, status, (place[0] + 5, place[1])))

    there = set(statuses)
    return [of_one(status) for status in ORDER if status in there]


def ring_entry(drawing: Drawing, speech: Speech) -> Entry:
    """Return the entry for provisional figures."""
    return Entry(speech.say("Provisional"), lambda place: ring(drawing, (place[0] + 7, place[1])), 14)


def legend(drawing: Drawing, entries: Sequence[Entry], left: float, top: float) -> float:
    """Draw a legend below a height, over as many lines as it takes; return the height at which it ends."""
    x, y = left, top + LINE
    for entry in entries:
        taken = entry.room + 4 + width(entry.text, SIZE)
        if x > left and x + taken > drawing.width - MARGIN:
            x, y = left, y + LINE
        entry.draw((x, y - 3.6))
        drawing.text(x + entry.room + 4, y, entry.text, "muted", SIZE)
        x += taken + 14
    return y if entries else top
