"""The kinds of reports there are."""

from typing import Final, NamedTuple

from coopctl.errors import CoopctlError
from coopctl.model.names import did_you_mean
from coopctl.model.scalars import PeriodKind


class ReportKind(NamedTuple):
    """One kind of report."""

    name: str
    meaning: str
    """One line for people who choose."""
    length: PeriodKind | None
    """How long a time it is usually about; None for the whole term."""
    of_agreement: bool = False
    """It sets out the agreement itself, and no time."""


KINDS: Final = (
    ReportKind("monthly", "the month: scorecard, problems and actions, what falls due", PeriodKind.MONTH),
    ReportKind("quarterly", "the quarter: goals, figures, plan, budget, risks, what falls due", PeriodKind.QUARTER),
    ReportKind("yearly", "the year: goals in full, results, lessons, next year's plan", PeriodKind.YEAR),
    ReportKind("scorecard", "one page: every KPI with target, actual, status and trend", PeriodKind.MONTH),
    ReportKind("closeout", "after the end: outcome against goals, lessons, what next", None),
    ReportKind("agreement", "the agreement itself, in numbered clauses, ready for signature", None, of_agreement=True),
    ReportKind("charter", "the working group: people, chair, decisions, meetings, escalation", None, of_agreement=True),
    ReportKind("data-sheet", "the month's tasks, figures and spend, or a form to fill in", PeriodKind.MONTH),
    ReportKind(
        "responsibilities", "who does what: a RACI matrix, and what each one answers for", None, of_agreement=True
    ),
)


def kind_called(name: str) -> ReportKind:
    """Return a kind; raises `CoopctlError` for one that does not exist, with the nearest."""
    for kind in KINDS:
        if kind.name == name:
            return kind
    raise CoopctlError(f"--kind: no report is called {name!r}; {did_you_mean(name, [kind.name for kind in KINDS])}")


def listed_kinds() -> str:
    """Return the kinds with a line each, for people who choose."""
    width = max(len(kind.name) for kind in KINDS)
    return "".join(f"{kind.name:<{width}}  {kind.meaning}\n" for kind in KINDS)
