"""When a deviation counts as a warning or a breach."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from coopctl.model.base import Clause
from coopctl.model.scalars import (
    Duration,
    Number,
    Percent,
    ReadBy,
    contradiction,
    described,
    not_negative,
    read_number,
    wrong,
)

Comparator = Literal["worse_than", "at_or_worse_than", "off_by_more_than", "off_by_at_least"]
COMPARATORS: tuple[Comparator, ...] = ("worse_than", "at_or_worse_than", "off_by_more_than", "off_by_at_least")

Level = Literal["warn", "breach"]
LEVELS: tuple[Level, ...] = ("breach", "warn")
"""Worst first: the first level that fires gives the status."""


def _form_of_margin(value: object) -> str:
    if isinstance(value, Percent) or (isinstance(value, str) and value.endswith("%")):
        return "<percent>"
    if isinstance(value, Duration) or (isinstance(value, str) and " " in value):
        return "<duration>"
    return "<number>"


def _refuse_duration(value: object) -> Decimal:
    if isinstance(value, str):
        Duration.read(value)
        raise contradiction(
            "{found} is a length of time, and the figures are numbers",
            "write a number in the unit of the figures, or a percentage of the target",
            found=described(value),
        )
    return read_number(value)


_Size = Annotated[Number, AfterValidator(not_negative), Tag("<number>")]
_Share = Annotated[Percent, Tag("<percent>")]

Margin = Annotated[
    _Size | _Share | Annotated[Decimal, ReadBy(_refuse_duration, {"not": {}}), Tag("<duration>")],
    Discriminator(_form_of_margin),
]
"""Size of an adverse deviation of a figure: in its unit, or as a share of the target."""

Lateness = Annotated[
    _Size | _Share | Annotated[Duration, Tag("<duration>")],
    Discriminator(_form_of_margin),
]
"""Time after a due date: days, a share of the planned window, or a duration."""


class Condition(Clause):
    """One condition; exactly one comparator."""

    @model_validator(mode="before")
    @classmethod
    def _one_comparator(cls, value: Any) -> Any:
        known = [name for name in COMPARATORS if name in cls.model_fields]
        if isinstance(value, dict) and not set(value) - set(known):
            given = [name for name in known if value.get(name) is not None]
            if len(given) != 1:
                raise wrong(
                    "expected one comparator, found {found}",
                    f"write one of {', '.join(known)}; several conditions go into a list, any of which fires",
                    found=" and ".join(given) or "none",
                )
        return value

    @property
    def comparator(self) -> Comparator:
        """Return the comparator that is given."""
        return next(name for name in COMPARATORS if getattr(self, name, None) is not None)

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


def _exactly_one_of(*names: str) -> ConfigDict:
    return ConfigDict(json_schema_extra={"oneOf": [{"required": [name]} for name in names]})


class Threshold(Condition):
    """One condition on a figure; exactly one of the four comparators."""

    model_config = _exactly_one_of(*COMPARATORS)

    worse_than: Number | None = Field(None, description="Fires when the figure is worse than this level (strict).")
    at_or_worse_than: Number | None = Field(None, description="Fires at this level and beyond (inclusive).")
    off_by_more_than: Margin | None = Field(
        None, description="Fires when the adverse deviation from the target is larger than this (strict)."
    )
    off_by_at_least: Margin | None = Field(
        None, description="Fires when the adverse deviation from the target is this or larger (inclusive)."
    )


class Delay(Condition):
    """One condition on how late a milestone is; exactly one of the two comparators."""

    model_config = _exactly_one_of("off_by_more_than", "off_by_at_least")

    off_by_more_than: Lateness | None = Field(None, description="Fires when it is later than this (strict).")
    off_by_at_least: Lateness | None = Field(None, description="Fires when it is this late or later (inclusive).")

    @model_validator(mode="before")
    @classmethod
    def _not_a_level(cls, value: Any) -> Any:
        for name in ("worse_than", "at_or_worse_than"):
            if isinstance(value, dict) and name in value:
                raise contradiction(
                    "{comparator} is a level, and a milestone has a date",
                    "use off_by_more_than: 5 days, or a percentage of the window",
                    comparator=name,
                )
        return value


_MOST = 20


def _read_conditions(value: object) -> object:
    if isinstance(value, list | tuple):
        if not value:
            raise wrong("expected a condition, found an empty list", "write a condition, or leave the level out")
        if len(value) > _MOST:
            raise wrong("more than {most} conditions for one level", "the strictest of them says it all", most=_MOST)
        return value
    return value if value is None else (value,)


Conditions = Annotated[
    tuple[Threshold, ...], BeforeValidator(_read_conditions, json_schema_input_type=Threshold | list[Threshold])
]
"""One condition, or a list of up to twenty."""

Delays = Annotated[tuple[Delay, ...], BeforeValidator(_read_conditions, json_schema_input_type=Delay | list[Delay])]
"""One condition, or a list of up to twenty."""


class Thresholds(Clause):
    """The two levels of a figure; a list of conditions fires when any of them does."""

    warn: Conditions | None = Field(None, description="Condition, or list of conditions, for a warning.")
    breach: Conditions | None = Field(None, description="Condition, or list of conditions, for a breach.")

    def at(self, level: Level) -> tuple[Threshold, ...]:
        """Return the conditions of a level; none where the agreement states none."""
        return (self.breach if level == "breach" else self.warn) or ()


class DelayThresholds(Clause):
    """The two levels of a milestone; a list of conditions fires when any of them does."""

    warn: Delays | None = Field(None, description="Condition, or list of conditions, for a warning.")
    breach: Delays | None = Field(None, description="Condition, or list of conditions, for a breach.")

    def at(self, level: Level) -> tuple[Delay, ...]:
        """Return the conditions of a level; none where the agreement states none."""
        return (self.breach if level == "breach" else self.warn) or ()
