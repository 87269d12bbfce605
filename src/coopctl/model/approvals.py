"""What a file of approvals says: which party accepts which change."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from coopctl.model.base import Clause
from coopctl.model.scalars import Date, Id, ReadBy, Text, contradiction, described, wrong

Fingerprint = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class Approval(Clause):
    """One party's acceptance of one change; without a name and a date it waits to be signed."""

    fingerprint: Fingerprint = Field(
        description="SHA-256 of the change as `coopctl diff --write-approvals` writes it: 64 digits from 0-9 and a-f."
    )
    what: Text | None = Field(None, description="The change in words, for readers; evaluated by nothing.")
    party: Id = Field(description="Which party accepts it.")
    by: Text | None = Field(None, description="Who accepts it for the party.")
    date: Date | None = Field(None, description="When it was accepted.")
    note: Text | None = Field(None, description="Remark.")

    @model_validator(mode="after")
    def _signed_whole_or_not(self) -> "Approval":
        if (self.by is None) != (self.date is None):
            missing, given = ("date", "by") if self.date is None else ("by", "date")
            raise contradiction(
                "the approval has `{given}` and no `{missing}`",
                f"add {missing}:, or take {given}: away; an approval that waits to be signed has neither",
                given=given,
                missing=missing,
            )
        return self

    @property
    def is_signed(self) -> bool:
        """Whether somebody has accepted the change; else the entry waits for it."""
        return self.by is not None


def _approvals_version(value: object) -> object:
    if value != "approvals/1":
        raise wrong(
            "expected the version of the approvals' language, found {found}; this coopctl reads approvals/1",
            "write coopctl: approvals/1",
            found=described(value),
        )
    return value


def _none_yet(value: object) -> object:
    """A list that somebody has begun and not gone on with has no entries."""
    return () if value is None else value


class ApprovalsFile(Clause):
    """One file of approvals, mostly those of one proposal."""

    coopctl: Annotated[str, ReadBy(_approvals_version, {"type": "string", "const": "approvals/1"})] = Field(
        description="Version of this language."
    )
    agreement: Id = Field(description="Id of the agreement that the changes are about.")
    approvals: Annotated[tuple[Approval, ...], BeforeValidator(_none_yet)] = Field((), description="Who accepts what.")
