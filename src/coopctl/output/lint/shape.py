"""The shape of `lint --output-format json`, for its JSON Schema only; nothing is written through these models."""

from datetime import date
from typing import Literal

from pydantic import Field

from coopctl.output.finding_shape import FindingShape, Shape, WeightsShape


class LintedShape(Shape):
    """One agreement."""

    id: str | None = Field(description="Id of the agreement; null where it cannot be read.")
    path: str = Field(description="File, relative if it was named so, with forward slashes.")
    version: str | None = Field(description="Version of the deal; null where it cannot be read.")
    as_of: date = Field(description="The date that deadlines were looked at from.")
    fails: bool = Field(description="Whether something is at or above --fail-on.")
    suppressed: int = Field(description="Findings that comments in the files suppress.")
    in_baseline: int = Field(description="Findings that the baseline has.")
    findings: list[FindingShape] = Field(description="In the order of the files.")


class LintSummaryShape(WeightsShape):
    """All agreements together."""

    agreements: int = Field(description="How many agreements.")
    fixable: int = Field(description="Findings that --fix can mend.")
    suppressed: int = Field(description="Findings that comments in the files suppress.")
    in_baseline: int = Field(description="Findings that the baseline has.")
    invalid: int = Field(description="Agreements that could not be read whole.")
    failing: int = Field(description="Agreements with something at or above --fail-on.")
    exit_code: int = Field(description="The exit code of the run, without --exit-zero.")


class LintDocument(Shape):
    """Output of `coopctl lint --output-format json`."""

    schema_version: Literal[1] = Field(description="Version of this shape.")
    agreements: list[LintedShape] = Field(description="In the order they were named or found.")
    summary: LintSummaryShape = Field(description="How many there are of what, over all agreements.")
