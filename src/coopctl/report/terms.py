"""What templates see of the agreement itself: its provisions as text, in the agreement's own words."""

from pydantic import BaseModel, ConfigDict, Field


class View(BaseModel):
    """A part of what templates see."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class TermsView(View):
    """What the agreement says."""

    mode: str | None = Field(description="Form of the cooperation: alliance, supply-chain, …; null for none.")
