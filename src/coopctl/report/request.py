"""What was asked for."""

from typing import NamedTuple

from coopctl.report.kinds import ReportKind
from coopctl.report.pictures import Pictures


class Request(NamedTuple):
    """A report that someone wants."""

    kind: ReportKind
    period: str | None
    """As it was written; None for the last one that fits."""
    languages: tuple[str, ...]
    pictures: Pictures
    empty: bool = False
    """A form is to be filled in by hand: recorded figures are left out."""
