"""The shape of `digest --output-format json`, for its JSON Schema only; nothing is written through these models."""

from datetime import date
from typing import Literal

from pydantic import Field

from coopctl.output.finding_shape import Shape

_DIGEST = "^sha256:[0-9a-f]{64}$"


class SignatureShape(Shape):
    """One party's signature."""

    party: str = Field(description="Id of the party.")
    by: str = Field(description="Who signed.")
    date_: date = Field(alias="date", description="When.")
    version: str | None = Field(description="The version that was signed; null where the agreement does not say.")
    digest: str | None = Field(description="What the signature says of the terms; null for nothing.")
    is_of_these_terms: bool | None = Field(description="Whether that is the present digest; null without one.")


class DigestedShape(Shape):
    """One agreement."""

    id: str = Field(description="Id of the agreement.")
    path: str = Field(description="File.")
    version: str = Field(description="The version that it gives itself.")
    digest: str = Field(pattern=_DIGEST, description="SHA-256 of the terms.")
    signatures: list[SignatureShape] = Field(description="In the agreement's order.")


class DigestDocument(Shape):
    """Output of `coopctl digest --output-format json`."""

    schema_version: Literal[1] = Field(description="Version of this shape.")
    agreements: list[DigestedShape] = Field(description="Those that can be read, in the order they were found.")
