"""What all parts of an agreement have in common."""

from pydantic import BaseModel, ConfigDict, Field

from coopctl.model.scalars import Id, Text


class Clause(BaseModel):
    """A frozen part of an agreement or ledger; keys that the language does not have are refused.

    Building is deferred: only the two roots, agreement and ledger, are ever compiled into validators, which keeps
    the start of every command short.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Entry(Clause):
    """A thing that is keyed by an id."""

    note: Text | None = Field(None, description="Free remark; evaluated by nothing.")
    renamed_from: Id | None = Field(None, description="Former id, so that a comparison of versions keeps it the same.")
