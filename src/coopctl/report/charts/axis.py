"""Labels of the axis of time: short, in two lines, and never one over the other."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from babel.dates import format_date

from coopctl.model.scalars import PeriodKey, PeriodKind
from coopctl.report.charts.drawing import Drawing
from coopctl.report.charts.lettering import width
from coopctl.report.speech import Speech

SIZE: Final = 10.5
GAP: Final = 6
"""Free room between two labels."""


MONTHS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)
DAYS: Final = (1, 2, 7, 14)
"""How many months or days the divisions of a calendar may be long."""


class Label(NamedTuple):
    """What is written at a place of the axis."""

    text: str
    group: str
    """What it belongs to, the year of a month, in the second line; empty where it says all itself."""


def month(day: date, speech: Speech) -> str:
    """Write a month in short: Jan, 1月."""
    return str(format_date(day, "LLL", locale=speech.locale))


def month_and_year(day: date, speech: Speech) -> str:
    """Write a month with its year: January 2026, 2026年1月."""
    return str(format_date(day, speech.say("MMMM y"), locale=speech.locale))


def period_label(key: PeriodKey, speech: Speech) -> Label:
    """Return the label of a period."""
    values = {"number": key.number}
    year = speech.say("%(year)s", year=key.year)
    if key.kind is PeriodKind.DAY:
        day = date.fromordinal(key.number)
        return Label(str(day.day), month_and_year(day, speech))
    if key.kind is PeriodKind.MONTH:
        return Label(month(date(key.year, key.number, 1), speech), year)
    if key.kind is PeriodKind.WEEK:
        return Label(speech.say("W%(number)s", **values), year)
    if key.kind is PeriodKind.QUARTER:
        return Label(speech.say("Q%(number)s", **values), year)
    if key.kind is PeriodKind.HALF:
        return Label(speech.say("H1") if key.number == 1 else speech.say("H2"), year)
    return Label(year, "")


def label_axis(drawing: Drawing, labels: Sequence[tuple[float, Label]], lines: tuple[float, float], end: float) -> None:
    """Write labels in the middle of their places: as many as there is room for, the last one always.

    Each group is named once, at the first label of it that there is room for.
    """
    widest = max((width(label.text, SIZE) for _, label in labels), default=0.0) + GAP
    steps = range(1, len(labels) + 1)
    every = next((step for step in steps if all(_apart(labels, step, widest))), len(labels) or 1)
    shown = [pair for number, pair in enumerate(labels) if (len(labels) - 1 - number) % every == 0]
    group, free = "", 0.0
    for x, label in shown:
        drawing.text(x, lines[0], label.text, "muted", SIZE, "center")
        left = min(x - width(label.text, SIZE) / 2, end - width(label.group, SIZE))
        if label.group != group and left >= free:
            drawing.text(left, lines[1], label.group, "muted", SIZE)
            group, free = label.group, left + width(label.group, SIZE) + GAP


def _apart(labels: Sequence[tuple[float, Label]], step: int, needed: float) -> list[bool]:
    shown = [x for x, _ in labels][::-1][::step]
    return [later - earlier >= needed for later, earlier in pairwise(shown)]


def calendar_labels(first: date, last: date, speech: Speech, most: int) -> list[tuple[date, Label]]:
    """Return the days that a time is divided at, no more than so many: days, weeks, months, quarters or years."""
    days = (last - first).days + 1
    for step in DAYS:
        if days / step <= most and days < 62:
            monday = first + timedelta((-first.weekday()) % 7 if step >= 7 else 0)
            there = [monday + timedelta(number) for number in range(0, (last - monday).days + 1, step)]
            return [(day, Label(str(day.day), month_and_year(day, speech))) for day in there]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in MONTHS if months / step <= most), MONTHS[-1])
    found = []
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(number // 12, number % 12 + 1, 1)
        if number % step == 0 and first <= day:
            year = speech.say("%(year)s", year=day.year)
            found.append((day, Label(year, "") if step >= 12 else Label(month(day, speech), year)))
    return found
