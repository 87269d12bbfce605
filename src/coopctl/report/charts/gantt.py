"""The timetable: phases and milestones as bars over time, what is done, and what is late."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import accumulate
from typing import Final, NamedTuple

from coopctl.report.charts.axis import SIZE as AXIS_SIZE
from coopctl.report.charts.axis import calendar_labels, label_axis
from coopctl.report.charts.colours import Role
from coopctl.report.charts.drawing import Drawing, Point, Stroke
from coopctl.report.charts.form import Form
from coopctl.report.charts.lettering import cut, lines, plain, width
from coopctl.report.charts.marks import MARGIN, Entry, legend, mark, status_entries
from coopctl.report.charts.writing import picture
from coopctl.report.speech import Speech
from coopctl.report.view import MilestoneView, PhaseView, ReportView

MOST: Final = 60
"""Milestones that are drawn; of more, those that are nearest to the date of the report."""

NAMES: Final = MARGIN + 14.0
LEFT: Final = 184.0
"""Where names and where the time begins."""
TOP: Final = 58.0
SIZE: Final = 11.5
LINE: Final = 14.0
BETWEEN: Final = 9.0
"""Free height between two rows."""
MONTH: Final = 26.0
"""Room for a division of the axis of time."""

BAR: Final = 9.0
DELAY: Final = 4.0
"""Heights of a bar, and of what comes after its due date."""


EDGE: Final = Stroke("actual", 1.2)


class Row(NamedTuple):
    """A row of the timetable: a phase, or a milestone."""

    name: str
    phase: PhaseView | None = None
    milestone: MilestoneView | None = None


class Calendar(NamedTuple):
    """Which day is at which place."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date, part: float = 0.0) -> float:
        """Return the place where a day begins, or where a part of it is over."""
        days = (day - self.first).days + part
        return self.left + days * (self.right - self.left) / ((self.last - self.first).days + 1)

    def has(self, day: date) -> bool:
        """Say whether a day is on the calendar."""
        return self.first <= day <= self.last


def timetable(report: ReportView, speech: Speech, form: Form) -> bytes:
    """Return the plan of a report as a picture.

    Raises `CoopctlError` where matplotlib is not installed.
    """
    return picture(timetable_drawing(report, speech), form)


def timetable_drawing(report: ReportView, speech: Speech) -> Drawing:
    """Return what is drawn of the plan of a report."""
    title = speech.say("Timetable: %(name)s", name=plain(report.title))
    drawing = Drawing(f"timetable.{report.id}", speech.tag, title, _description(report, speech))
    drawing.text(MARGIN, 23, speech.say("Timetable"), size=13, bold=True, name="title")
    shown = _nearest(report)
    as_of = date.fromisoformat(report.as_of_date)
    calendar = _calendar(report, shown, as_of, speech, drawing.width - MARGIN)
    rows = _rows(report, shown, speech) or [Row(speech.say("None recorded"))]
    *tops, bottom = accumulate(map(_height, rows), initial=TOP + BETWEEN)
    _draw_calendar(drawing, calendar, speech, bottom)
    for row, y in zip(rows, tops, strict=True):
        if row.milestone:
            _draw_milestone(drawing, calendar, row.milestone, y)
        else:
            _draw_phase(drawing, calendar, row, y)
    if calendar.has(as_of):
        _draw_as_of(drawing, calendar.x(as_of, 0.5), speech.say("As of: %(date)s", date=plain(report.as_of)), bottom)
    for row, y in zip(rows, tops, strict=True):
        if row.milestone:
            _write_delay(drawing, calendar, row.milestone, speech, y)
    end = legend(drawing, _entries(drawing, shown, speech), MARGIN, bottom + 22)
    if len(shown) < len(report.milestones):
        values = {"shown": len(shown), "total": len(report.milestones)}
        text = speech.say("Shown: the %(shown)s milestones of %(total)s nearest to the date of the report.", **values)
        end += 16
        drawing.text(MARGIN, end, cut(text, drawing.width - 2 * MARGIN, AXIS_SIZE), "muted", AXIS_SIZE)
    drawing.height = round(end + 13, 2)
    return drawing


def _description(report: ReportView, speech: Speech) -> str:
    done = sum(bool(milestone.done) for milestone in report.milestones)
    late = sum(_end(milestone) > _due(milestone) for milestone in report.milestones)
    values = {"total": len(report.milestones), "done": done, "late": late, "date": plain(report.as_of)}
    return speech.say("Milestones: %(total)s; done: %(done)s; late: %(late)s; as of %(date)s.", **values)


def _nearest(report: ReportView) -> list[MilestoneView]:
    """Return the milestones that are drawn, by due date."""
    as_of = date.fromisoformat(report.as_of_date)
    near = sorted(report.milestones, key=lambda milestone: abs((_due(milestone) - as_of).days))[:MOST]
    kept = {milestone.id for milestone in near}
    return [milestone for milestone in report.milestones if milestone.id in kept]


def _rows(report: ReportView, shown: Sequence[MilestoneView], speech: Speech) -> list[Row]:
    """Return the phases with their milestones, then those that belong to none."""
    kept = {milestone.id for milestone in shown}
    rows: list[Row] = []
    placed: set[str] = set()
    for phase in report.phases:
        of_phase = [milestone for milestone in phase.milestones if milestone.id in kept]
        placed |= {milestone.id for milestone in of_phase}
        if of_phase or (not phase.milestones and len(rows) < MOST):
            rows += [Row(phase.name, phase), *(Row(each.name, milestone=each) for each in of_phase)]
    loose = [Row(each.name, milestone=each) for each in shown if each.id not in placed]
    return [*rows, *([Row(speech.say("Other milestones"))] if rows and loose else []), *loose]


def _calendar(
    report: ReportView, shown: Sequence[MilestoneView], as_of: date, speech: Speech, right: float
) -> Calendar:
    """Return the time that holds the plan, and the date of the report if it lies in the term.

    It ends early enough for what is written after the bars.
    """
    days = [date.fromisoformat(day) for phase in report.phases for day in (phase.start_date, phase.end_date)]
    days += [day for milestone in shown for day in (_start(milestone), _due(milestone), _end(milestone))]
    term = [date.fromisoformat(day) for day in (report.start_date, report.end_date)]
    days = days or term
    if term[0] <= as_of <= term[1]:
        days.append(as_of)
    whole = Calendar(min(days), max(days), 0, 1)
    room = [
        (right - 4 - width(late, SIZE) - LEFT) / whole.x(_end(milestone), 1)
        for milestone in shown
        if (late := _late(milestone, speech))
    ]
    return whole._replace(left=LEFT, right=min([right, *(LEFT + each for each in room)]))


def _draw_calendar(drawing: Drawing, calendar: Calendar, speech: Speech, bottom: float) -> None:
    most = int((calendar.right - calendar.left) / MONTH)
    labels = calendar_labels(calendar.first, calendar.last, speech, most)
    for day, _ in labels:
        drawing.line([[(calendar.x(day), TOP), (calendar.x(day), bottom)]], Stroke("grid", 0.8))
    drawing.line([[(calendar.left, TOP), (calendar.right, TOP)]], Stroke("muted", 0.8))
    places = [(calendar.x(day), label) for day, label in labels]
    label_axis(drawing, places, (TOP - 6, TOP - 19), drawing.width - MARGIN)


def _draw_as_of(drawing: Drawing, x: float, text: str, bottom: float) -> None:
    drawing.line([[(x, TOP), (x, bottom + 4)]], Stroke("ink", 1.1, (4, 2)), "as-of")
    half = width(text, AXIS_SIZE) / 2
    middle = min(max(x, MARGIN + half), drawing.width - MARGIN - half)
    drawing.text(middle, bottom + 15, text, "ink", AXIS_SIZE, "center")


def _height(row: Row) -> float:
    return LINE * (len(_name_lines(row.milestone)) if row.milestone else 1) + BETWEEN


def _name_lines(milestone: MilestoneView) -> list[str]:
    return lines(plain(milestone.name), LEFT - NAMES - 10, SIZE, 2)


def _middle(milestone: MilestoneView, y: float) -> float:
    """Return the height of a bar whose row begins at `y`."""
    return y + LINE * len(_name_lines(milestone)) / 2


def _draw_phase(drawing: Drawing, calendar: Calendar, row: Row, y: float) -> None:
    drawing.text(MARGIN, y + 10.8, cut(plain(row.name), LEFT - MARGIN - 10, SIZE, bold=True), size=SIZE, bold=True)
    if row.phase:
        start, end = date.fromisoformat(row.phase.start_date), date.fromisoformat(row.phase.end_date)
        left, right, middle = calendar.x(start), calendar.x(end, 1), y + LINE / 2
        name = f"phase.{row.phase.id}"
        drawing.bar(left, right, middle, 3, "muted", name=name)
        ends = [[(x, middle - 4), (x, middle + 4)] for x in (left, right)]
        drawing.line(ends, Stroke("muted", 1.2))


def _draw_milestone(drawing: Drawing, calendar: Calendar, milestone: MilestoneView, y: float) -> None:
    text = _name_lines(milestone)
    for number, line in enumerate(text):
        drawing.text(NAMES, y + 10.8 + number * LINE, line, size=SIZE)
    middle = _middle(milestone, y)
    name = f"milestone.{milestone.id}"
    mark(drawing, milestone.status, (MARGIN + 5, y + LINE / 2), f"{name}.status")
    due, end = _due(milestone), _end(milestone)
    if end > due:
        _draw_delay(drawing, calendar.x(due, 1), calendar.x(end, 1), middle, milestone, f"{name}.delay")
    left, right = calendar.x(_start(milestone)), calendar.x(due, 1)
    if not milestone.start:
        _draw_diamond(drawing, (right, middle), "actual" if milestone.done else "paper", name)
        return
    drawing.bar(left, right, middle, BAR, "paper", None, f"{name}.paper")
    done = calendar.x(min(end, due), 1) if milestone.done else left + float(_progress(milestone)) * (right - left)
    if done > left:
        drawing.bar(left, done, middle, BAR, "actual", None, f"{name}.done")
    drawing.bar(left, right, middle, BAR, None, EDGE, name)


def _draw_diamond(drawing: Drawing, centre: Point, fill: Role, name: str) -> None:
    x, y = centre
    drawing.area([(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)], fill, Stroke("actual", 1.4), name)


def _draw_delay(
    drawing: Drawing, left: float, right: float, middle: float, milestone: MilestoneView, name: str
) -> None:
    """Draw what comes after the due date: filled where it is over, hollow where it is expected or goes on."""
    colour = _delay_colour(milestone)
    drawing.bar(left, right, middle, DELAY, colour if milestone.done else "paper", Stroke(colour, 1.1), name)
    drawing.line([[(right, middle - BAR / 2), (right, middle + BAR / 2)]], Stroke(colour, 1.6))


def _write_delay(drawing: Drawing, calendar: Calendar, milestone: MilestoneView, speech: Speech, y: float) -> None:
    """Write by how much a milestone is late, on a ground of its own: it may stand on the line of the date."""
    if late := _late(milestone, speech):
        x = calendar.x(_end(milestone), 1) + 4
        middle = _middle(milestone, y)
        drawing.bar(x - 1, x + width(late, SIZE) + 1, middle, LINE, "paper")
        drawing.text(x, middle + 4, late, _delay_colour(milestone), SIZE)


def _delay_colour(milestone: MilestoneView) -> Role:
    return "breach" if milestone.status == "breach" else "warn"


def _late(milestone: MilestoneView, speech: Speech) -> str:
    days = (_end(milestone) - _due(milestone)).days
    if days <= 0:
        return ""
    amount = speech.number(Decimal(days), 0, signed=True)
    return speech.say("%(amount)s days" if days > 1 else "%(amount)s day", amount=amount)


def _start(milestone: MilestoneView) -> date:
    return date.fromisoformat(milestone.start_date)


def _due(milestone: MilestoneView) -> date:
    return date.fromisoformat(milestone.due_date)


def _end(milestone: MilestoneView) -> date:
    """Return when a milestone was done or is expected; one that is overdue goes on up to the date of the report."""
    end = date.fromisoformat(milestone.end_date)
    if milestone.done or milestone.days_late is None:
        return end
    return max(end, _due(milestone) + timedelta(milestone.days_late))


def _progress(milestone: MilestoneView) -> Decimal:
    """Return which part is done, 0 to 1."""
    try:
        return min(max(Decimal(milestone.progress.removesuffix("%") or 0) / 100, Decimal(0)), Decimal(1))
    except InvalidOperation:
        return Decimal(0)


def _entries(drawing: Drawing, shown: Sequence[MilestoneView], speech: Speech) -> list[Entry]:
    """Return the legend: the statuses that there are, and the bars."""

    def bar(fill: Role, height: float = BAR, edge: Stroke = EDGE) -> Callable[[Point], None]:
        return lambda place: drawing.bar(place[0], place[0] + 20, place[1], height, fill, edge)

    entries = status_entries(drawing, [milestone.status for milestone in shown], speech)
    if any(milestone.start for milestone in shown):
        entries += [Entry(speech.say("Planned"), bar("paper"), 20), Entry(speech.say("Done"), bar("actual"), 20)]
    if any(_end(milestone) > _due(milestone) for milestone in shown):
        entries.append(Entry(speech.say("Delay"), bar("warn", DELAY, Stroke("warn", 1.1)), 20))
    return entries
