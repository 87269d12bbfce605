"""An import as it is shown."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from coopctl.exchange.importing import Imported
from coopctl.exchange.planning import OUTCOMES, Outcome
from coopctl.output.terminal import Style


class ImportView(NamedTuple):
    """What an import did, or would do, and to what."""

    agreement_id: str
    agreement_path: str
    file: str
    dry_run: bool
    imported: Imported

    @property
    def written(self) -> tuple[str, ...]:
        """The ledger's files that were written."""
        return () if self.dry_run else self.imported.files

    @property
    def counts(self) -> dict[str, int]:
        """How many figures came to each outcome."""
        return {outcome: self.imported.count(outcome) for outcome in OUTCOMES}


STYLES: Final[Mapping[Outcome, Style]] = {
    "added": "met",
    "restated": "warn",
    "exchanged": "warn",
    "unchanged": "dim",
    "refused": "breach",
}
