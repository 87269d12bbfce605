"""On which day a duration ends."""

from datetime import date

from coopctl.evaluate.calendar import CalendarError
from coopctl.model.scalars import Duration
from coopctl.rules.rule import Review, UnreadError


def day_after(review: Review, day: date, duration: Duration | None) -> date:
    """Return the last day of a period that begins the day after `day`; the day itself where nothing is stated.

    Raises `UnreadError` where the calendar's country is not known: its business days cannot be told.
    """
    if duration is None:
        return day
    try:
        return review.calendar.after(day, duration)
    except CalendarError:
        raise UnreadError from None
