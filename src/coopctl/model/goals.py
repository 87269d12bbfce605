"""What the parties want to reach together."""

from pydantic import Field

from coopctl.model.base import Entry
from coopctl.model.names import ActorRef, KpiRef
from coopctl.model.scalars import Date, Text, Whole


class Goal(Entry):
    """One goal and the KPIs that measure it."""

    statement: Text = Field(description="The goal in one sentence.")
    name: Text | None = Field(None, description="Short name.")
    kpis: tuple[KpiRef, ...] = Field((), description="KPIs that measure it.")
    owner: ActorRef | None = Field(None, description="Who answers for it.")
    due: Date | None = Field(None, description="By when.")
    priority: Whole | None = Field(None, description="1 is the most important.")
