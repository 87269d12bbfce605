"""The shape of `import --output-format json`, for its JSON Schema only; nothing is written through these models."""

from datetime import date
from typing import Literal

from pydantic import Field

from coopctl.output.finding_shape import Shape


class AgreementShape(Shape):
    """The agreement whose ledger it is."""

    id: str = Field(description="Its id.")
    path: str = Field(description="Its file.")


class ImportedFigureShape(Shape):
    """What becomes of one figure of the file."""

    row: int = Field(description="Row as the spreadsheet shows it; of JSON the number of the record.", ge=1)
    column: str | None = Field(description="The KPI's own column; null where the row is about one KPI.")
    outcome: Literal["added", "restated", "exchanged", "unchanged", "refused"] = Field(
        description="What becomes of it."
    )
    kpi: str = Field(description="Id of the KPI; of a row that is refused, what it says.")
    period: str = Field(description="Period key; of a row that is refused, what it says.")
    figure: str = Field(description="The figure for people: 91.5, 930/1000, 4.5 × 20, or with (provisional).")
    before: str | None = Field(description="The figure that counted so far.")
    recorded: date | None = Field(description="Day that is written with it.")
    message: str | None = Field(
        description="Why it is refused, what is odd about it, or that a later one still counts."
    )


class CountsShape(Shape):
    """How many figures came to each outcome."""

    added: int = Field(description="New figures, and earlier ones that go into the history.")
    restated: int = Field(description="Figures that replace others, which stay on record.")
    exchanged: int = Field(description="Figures that take the place of others of the same day, which are not kept.")
    unchanged: int = Field(description="Figures that are on record already.")
    refused: int = Field(description="Figures that cannot be recorded.")


class ImportDocument(Shape):
    """The JSON output of `import`."""

    schema_version: Literal[1] = Field(description="Version of this shape.")
    agreement: AgreementShape = Field(description="Whose ledger it is.")
    file: str = Field(description="The imported file.")
    dry_run: bool = Field(description="Nothing was to be written.")
    written: tuple[str, ...] = Field(description="Files of the ledger that were written.")
    figures: tuple[ImportedFigureShape, ...] = Field(description="Every figure of the file, in its order.")
    summary: CountsShape = Field(description="How many there are of each outcome.")
