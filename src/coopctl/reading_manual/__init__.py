"""The manual's pages about what can be wrong with a file while it is read, in the form of the rules' docstrings.

The first paragraph of each page is the meaning of its kind in `coopctl.faults`; what follows it is here. Where no
excerpt can show the fault, `Remedy:` says what to do.
"""

from collections.abc import Mapping
from typing import Final

from coopctl.reading_manual import files, language, ledger

READING_PAGES: Final[Mapping[str, str]] = {**files.PAGES, **language.PAGES, **ledger.PAGES}
"""The rest of each page, by code."""
