"""The kinds of files, and what each holds."""

from collections.abc import Mapping
from typing import Final

from pydantic import BaseModel

from coopctl.model.agreement import Agreement
from coopctl.model.approvals import ApprovalsFile
from coopctl.model.facts import LedgerFile

MODELS: Final[Mapping[str, type[BaseModel]]] = {"": Agreement, "actuals/": LedgerFile, "approvals/": ApprovalsFile}
"""By what stands before the number under `coopctl`: nothing for an agreement."""
