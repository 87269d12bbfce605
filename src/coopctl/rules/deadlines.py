"""Due dates that lie outside the term."""

from collections.abc import Iterator
from datetime import date

from coopctl.model.scalars import Duration, DurationUnit
from coopctl.places import Path
from coopctl.rules.rule import Remark, Review


def days_written(number: int) -> str:
    """Write a number of days: `1 day`, `30 days`."""
    return str(Duration(number, DurationUnit.DAY))


def due_outside_term(review: Review, at: Path, due: date) -> Iterator[Remark]:
    """Yield what there is to say about a due date that is no day of the term."""
    first, last = review.term
    if due > last:
        yield Remark(
            at,
            f"due {due} is {days_written((due - last).days)} after the term ends on {last}",
            f"set due: {last} or an earlier day, or agree a later end of the term",
            ((("term", "end"), "the end of the term"),),
        )
    elif due < first:
        yield Remark(
            at,
            f"due {due} is {days_written((first - due).days)} before the term starts on {first}",
            f"set due: {first} or a later day, or agree an earlier start of the term",
            ((("term", "start"), "the start of the term"),),
        )
