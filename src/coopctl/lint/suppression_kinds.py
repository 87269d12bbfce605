"""The kinds of findings about suppressions and baselines themselves, with their pages in the manual."""

from collections.abc import Mapping
from typing import Final

from coopctl.findings import Kind, Severity

_WARNING = Severity.WARNING
UNUSED: Final = Kind("SUP001", "unused-suppression", _WARNING, "A suppression hides nothing.")
UNKNOWN: Final = Kind("SUP002", "unknown-rule-suppressed", _WARNING, "A suppression names a rule that does not exist.")
WITHOUT_REASON: Final = Kind("SUP003", "suppression-without-reason", _WARNING, "A suppression does not say why.")
EXPIRED: Final = Kind("SUP004", "expired-suppression", _WARNING, "A suppression has passed its last day.")
STALE_ENTRY: Final = Kind(
    "SUP006", "stale-baseline-entry", Severity.INFO, "The baseline has an entry that nothing brings about any more."
)

SUPPRESSION_KINDS: Final = (UNUSED, UNKNOWN, WITHOUT_REASON, EXPIRED, STALE_ENTRY)
FIXABLE: Final = frozenset({UNUSED, EXPIRED})

SUPPRESSION_PAGES: Final[Mapping[str, str]] = {
    "SUP001": """
        Why: The fault was mended, or the comment stands on the wrong line. Left there, it hides the next fault of this
        kind, which nobody has agreed to.

        Bad:
            # coopctl: ignore[GOL003] the owner is named in March
            goals:
              growth: {statement: Sell 500 units, owner: north, due: 2026-12-31}

        Good:
            goals:
              growth: {statement: Sell 500 units, owner: north, due: 2026-12-31}
    """,
    "SUP002": """
        Why: A misspelt code hides nothing, and whoever wrote it believes that it does.

        Bad:
            law: PRC  # coopctl: ignore[LAW99] both accept it

        Good:
            law: PRC  # coopctl: ignore[LAW005] both accept it
    """,
    "SUP003": """
        Why: The next reader cannot tell an exception that both sides accepted from one that somebody found convenient.
        Without a reason the comment hides nothing.

        Bad:
            target: 12  # coopctl: ignore[KPI004]

        Good:
            target: 12  # coopctl: ignore[KPI004] volume doubles, so 12 is ambitious
    """,
    "SUP004": """
        Why: The exception was granted until a day, and that day has passed; from then on the finding is shown again.

        Bad:
            owner: north  # coopctl: ignore[RSP007] the new colleague starts in May, until=2026-04-30

        Good:
            owner: north  # coopctl: ignore[RSP007] the new colleague starts later, until=2026-09-30
    """,
    "SUP006": """
        Why: What was accepted when the baseline was written is mended now. While its entry is there, the same fault may
        come back without a word.

        Remedy: Write the baseline anew with `coopctl lint --baseline FILE --write-baseline`.
    """,
}
