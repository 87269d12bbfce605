"""A figure as somebody gives it: `91.5`, or `930/1000` for a ratio of sums."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, Protocol, TypeVar

from coopctl.drafts.values import Entry, Plain
from coopctl.evaluate.numbers import exact
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Observation
from coopctl.model.scalars import PeriodKey, positive, read_number


class Figure(NamedTuple):
    """What was measured, spelt as it was given."""

    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    weight: str | None = None

    def is_that_of(self, recorded: Observation) -> bool:
        """Whether a recorded figure says the same, however it is spelt."""
        return self.numbers == (recorded.value, recorded.numerator, recorded.denominator, recorded.weight)

    @property
    def numbers(self) -> tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]:
        """Return the figure's parts as exact numbers."""
        value, numerator, denominator, weight = (None if part is None else Decimal(part) for part in self)
        return value, numerator, denominator, weight

    def __str__(self) -> str:
        text = self.value if self.value is not None else f"{self.numerator}/{self.denominator}"
        return f"{text} (weight {self.weight})" if self.weight is not None else text


def read_figure(text: str, weight: str | None = None, *, unit: str = "") -> Figure:
    """Read a figure; a percent sign may stand behind one whose unit it is.

    Raises `PydanticCustomError` where it is none, with what should be written.
    """
    given = text.strip()
    if unit == "%" and "/" not in given:
        given = given.removesuffix("%").rstrip()
    numerator, slash, denominator = (part.strip() for part in given.partition("/"))
    if weight is not None:
        positive(read_number(weight))
    if not slash:
        read_number(given)
        return Figure(value=given, weight=weight)
    read_number(numerator)
    positive(read_number(denominator))
    return Figure(numerator=numerator, denominator=denominator, weight=weight)


class NewFigure(NamedTuple):
    """A figure to be recorded, with what is known about it."""

    subject: str
    """Id of the KPI or budget line."""
    period: PeriodKey
    figure: Figure
    recorded: date
    """Day on which it becomes known."""
    provisional: bool = False
    by: str | None = None
    note: str | None = None

    def fields(self) -> Entry:
        """Return it as it is written into a ledger."""
        return ledger_entry(self.figure, self.recorded, provisional=self.provisional, by=self.by, note=self.note)


def ledger_entry(
    figure: Figure, recorded: date | None, *, provisional: bool = False, by: str | None = None, note: str | None = None
) -> Entry:
    """Return a figure as it is written into a ledger."""
    parts = zip(Figure._fields, figure, strict=True)
    fields = Entry({name: Plain(text) for name, text in parts if text is not None})
    if recorded is not None:
        fields["recorded"] = Plain(recorded.isoformat())
    if provisional:
        fields["status"] = Plain("provisional")
    if by:
        fields["by"] = by
    if note:
        fields["note"] = note
    return fields


class _Dated(Protocol):
    @property
    def recorded(self) -> date | None:
        """The day on which it became known."""


D = TypeVar("D", bound=_Dated)


def in_force(recorded: tuple[Observation, ...], period: PeriodKey) -> Observation | None:
    """Return the figure that counts for a period key: the one recorded last; one without a date was there first."""
    return recorded_last(each for each in recorded if each.key.text == period.text)


def recorded_last(figures: Iterable[D]) -> D | None:
    """Return the figure of a period that counts."""
    return max(figures, key=lambda each: each.recorded or date.min, default=None)


def amount(kpi: Kpi, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None) -> Fraction | None:
    """Return a figure in the KPI's unit; None where it has no amount."""
    if value is not None:
        return exact(value)
    if numerator is None or denominator is None:
        return None
    return exact(numerator) / exact(denominator) * (100 if kpi.unit == "%" else 1)
