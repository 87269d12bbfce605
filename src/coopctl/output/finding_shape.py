"""The shape of findings in JSON, the same in every command; for the JSON Schemas only."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """A part of the output."""

    model_config = ConfigDict(extra="forbid")


class LocationShape(Shape):
    """A stretch of a file."""

    path: str = Field(description="File, relative if it was named so, with forward slashes.")
    line: int = Field(ge=1, description="First line, from 1.")
    column: int = Field(ge=1, description="First column, from 1, in code points.")
    end_line: int = Field(ge=1, description="Last line.")
    end_column: int = Field(ge=1, description="Column after the last one.")


class RelatedShape(Shape):
    """A second place that matters."""

    message: str = Field(description="What is meant, in a sentence.")
    location: LocationShape = Field(description="The place.")


class FindingShape(Shape):
    """Something to mend in a file."""

    code: str = Field(description="Code, such as SCH001; never reused.")
    name: str = Field(description="Name of the fault, such as unknown-key.")
    severity: Literal["error", "warning", "info"] = Field(
        description="An error of reading keeps the agreement from being judged."
    )
    message: str = Field(description="What is meant, in a sentence.")
    help: str = Field(description="What to do about it.")
    subject: str | None = Field(description="Dotted path of what it is about.")
    location: LocationShape = Field(description="The place.")
    related: list[RelatedShape] = Field(description="Other places that matter.")
    fingerprint: str = Field(description="Stays the same when lines move or wording changes.")
    fixable: bool = Field(description="Whether it can be mended without changing what is meant.")


class WeightsShape(Shape):
    """How many findings there are of each weight."""

    error: int = Field(description="Cannot work as it is written.")
    warning: int = Field(description="Likely to hurt later.")
    info: int = Field(description="Worth a look.")
