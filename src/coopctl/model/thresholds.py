"""When a deviation counts as a warning or a breach."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator

from coopctl.model.base import Clause
from coopctl.model.scalars import Duration, Number, Percent, not_negative, wrong

Comparator = Literal["worse_than", "at_or_worse_than", "off_by_more_than", "off_by_at_least"]
COMPARATORS: tuple[Comparator, ...] = (
    "worse_than",
    "at_or_worse_than",
    "off_by_more_than",
    "off_by_at_least",
)

Level = Literal["warn", "breach"]
LEVELS: tuple[Level, ...] = ("breach", "warn")
"""Worst first: the first level that fires gives the status."""


def _form_of_margin(value: object) -> str:
    if isinstance(value, Percent) or (isinstance(value, str) and value.endswith("%")):
        return "<percent>"
    if isinstance(value, Duration) or (isinstance(value, str) and " " in value):
        return "<duration>"
    return "<number>"


Margin = Annotated[
    Annotated[Number, AfterValidator(not_negative), Tag("<number>")]
    | Annotated[Percent, Tag("<percent>")]
    | Annotated[Duration, Tag("<duration>")],
    Discriminator(_form_of_margin),
]
"""Size of an adverse deviation: in the unit, as a share of the target, or a length of time for dates."""


class Threshold(Clause):
    """One condition; exactly one of the four comparators."""

    worse_than: Number | None = Field(None, description="Fires when the figure is worse than this level (strict).")
    at_or_worse_than: Number | None = Field(None, description="Fires at this level and beyond (inclusive).")
    off_by_more_than: Margin | None = Field(
        None, description="Fires when the adverse deviation from the target is larger than this (strict)."
    )
    off_by_at_least: Margin | None = Field(
        None, description="Fires when the adverse deviation from the target is this or larger (inclusive)."
    )

    @model_validator(mode="before")
    @classmethod
    def _one_comparator(cls, value: Any) -> Any:
        if isinstance(value, dict):
            given = [name for name in COMPARATORS if value.get(name) is not None]
            if len(given) != 1 and not set(value) - set(COMPARATORS):
                raise wrong(
                    "expected one comparator, found {found}",
                    "write one of worse_than, at_or_worse_than, off_by_more_than, off_by_at_least; "
                    "several conditions go into a list, any of which fires",
                    found=" and ".join(given) or "none",
                )
        return value

    @property
    def comparator(self) -> Comparator:
        """Return the comparator that is given."""
        return next(name for name in COMPARATORS if getattr(self, name) is not None)

    @property
    def limit(self) -> Decimal | Percent | Duration:
        """Return the level or deviation that the comparator compares with."""
        limit: Decimal | Percent | Duration = getattr(self, self.comparator)
        return limit

    @property
    def is_level(self) -> bool:
        """Whether the limit is a level of the figure itself, not a distance from the target."""
        return self.comparator in ("worse_than", "at_or_worse_than")

    @property
    def is_inclusive(self) -> bool:
        """Whether reaching the limit is enough."""
        return self.comparator in ("at_or_worse_than", "off_by_at_least")


def _read_conditions(value: object) -> object:
    if isinstance(value, list | tuple) and not value:
        raise wrong("expected a condition, found an empty list", "write {worse_than: …}, or leave the level out")
    if isinstance(value, list | tuple) and len(value) > _MOST:
        raise wrong("more than {most} conditions for one level", "the strictest of them says it all", most=_MOST)
    return value if isinstance(value, list | tuple) or value is None else (value,)


Conditions = Annotated[
    tuple[Threshold, ...],
    BeforeValidator(_read_conditions, json_schema_input_type=Threshold | list[Threshold]),
]
"""One condition, or a list of up to twenty."""

_MOST = 20


class Thresholds(Clause):
    """The two levels; a list of conditions fires when any of them does."""

    warn: Conditions | None = Field(None, description="Condition, or list of conditions, for a warning.")
    breach: Conditions | None = Field(None, description="Condition, or list of conditions, for a breach.")

    def at(self, level: Level) -> tuple[Threshold, ...]:
        """Return the conditions of a level; none where the agreement states none."""
        return (self.breach if level == "breach" else self.warn) or ()
