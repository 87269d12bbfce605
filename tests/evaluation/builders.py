"""Agreements and ledgers built in memory, for the tests that need very many of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from coopctl.evaluate.judgement import judge
from coopctl.evaluate.verdicts import Verdict
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import Ledger, Observation
from coopctl.model.names import Names
from coopctl.model.scalars import PeriodKey
from coopctl.places import Place

Data = dict[str, Any]
TERM = {"start": "2026-01-01", "end": "2026-12-31"}


def kpi(**changes: Any) -> Data:
    """Return a monthly KPI as it is read from a file: all scalars are text."""
    basis = {
        "unit": "points",
        "direction": "higher-is-better",
        "frequency": "monthly",
        "aggregation": "mean",
        "target": "10",
    }
    return {**basis, **changes}


def agreement(kpis: Mapping[str, Data], term: Mapping[str, str] = TERM, **more: Any) -> Agreement:
    """Build an agreement between two parties."""
    data: Data = {
        "coopctl": "1",
        "id": "built",
        "title": "Built in memory",
        "version": "1.0.0",
        "parties": {"north": {"name": "North Ltd."}, "harbor": {"name": "Harbor Ltd."}},
        "term": dict(term),
        "kpis": dict(kpis),
        **more,
    }
    return Agreement.model_validate(data, context=Names.of(data))


def figure(key: str, value: Decimal | None = None, subject: str = "x", **more: Any) -> Observation:
    """Return one recorded figure."""
    return Observation(subject, PeriodKey.read(key), Place("actuals/2026.yaml", (subject, key)), value, **more)


def ledger_of(figures: Iterable[Observation]) -> Ledger:
    """Return a ledger that holds figures only."""
    by_subject: dict[str, tuple[Observation, ...]] = {}
    for each in figures:
        by_subject[each.subject] = (*by_subject.get(each.subject, ()), each)
    return Ledger(figures=by_subject)


def verdicts(terms: Agreement, figures: Iterable[Observation], as_of: date) -> tuple[Verdict, ...]:
    """Judge figures under an agreement."""
    return judge(terms, ledger_of(figures), as_of).verdicts


def first_verdict(definition: Data, figures: Iterable[Observation], as_of: date) -> Verdict:
    """Judge the first period of a lone KPI."""
    return verdicts(agreement({"x": definition}), figures, as_of)[0]
