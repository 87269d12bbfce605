"""Everything that a comparison can say: the sorts of change, and of findings."""

from typing import Final

from coopctl.changes.approvals.kinds import APPROVAL_KINDS
from coopctl.changes.change import Kind as ChangeKind
from coopctl.changes.compare import GONE, NEW
from coopctl.changes.history import HISTORY_KINDS
from coopctl.changes.kinds import KINDS
from coopctl.faults import ALL
from coopctl.findings import Kind
from coopctl.revisions.conflicts import UNRESOLVED

CHANGES: Final[tuple[ChangeKind, ...]] = (NEW, GONE, *KINDS.values())

OWN_FINDINGS: Final[tuple[Kind, ...]] = (*HISTORY_KINDS, *APPROVAL_KINDS, UNRESOLVED)
"""What only a comparison finds."""

FINDINGS: Final[tuple[Kind, ...]] = (*OWN_FINDINGS, *ALL)
"""With what reading files finds."""
