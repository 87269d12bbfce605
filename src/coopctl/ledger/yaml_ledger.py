"""Reads `coopctl: actuals/1` YAML files."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from coopctl.ledger.entries import LedgerEntries
from coopctl.model.facts import LedgerFile, Record, Spending
from coopctl.model.ledger import ActionRecord, EventRecord, MilestoneRecord, Observation, WaiverRecord
from coopctl.model.names import Names
from coopctl.model.scalars import PeriodKey
from coopctl.places import Path, Place
from coopctl.source import Source
from coopctl.validation import validated


def read_yaml_ledger(source: Source, names: Names) -> LedgerEntries:
    """Return the facts of one file; where it has problems its findings say so; what cannot be trusted is left out."""
    path = source.path
    entries = LedgerEntries(source, findings=source.findings, nodes=source.nodes)
    if source.data is None and source.findings:
        return entries
    ledger, findings, entries.unshown = validated(LedgerFile, source, names)
    entries.findings += findings
    if ledger is None:
        return entries
    for kpi_id, figures in ledger.kpis.items():
        entries.figures += _observations(path, kpi_id, figures, ("kpis", kpi_id))
    for line_id, spendings in ledger.spend.items():
        entries.spend += _observations(path, line_id, spendings, ("spend", line_id))
    for milestone_id, facts in ledger.milestones.items():
        entries.milestones.append((milestone_id, MilestoneRecord(facts, Place(path, ("milestones", milestone_id)))))
    entries.events += [EventRecord(each, Place(path, ("events", i))) for i, each in enumerate(ledger.events)]
    entries.actions += [ActionRecord(each, Place(path, ("actions", i))) for i, each in enumerate(ledger.actions)]
    entries.waivers += [WaiverRecord(each, Place(path, ("waivers", i))) for i, each in enumerate(ledger.waivers)]
    return entries


def _observations(file: str, subject: str, figures: Mapping[PeriodKey, Any], above: Path) -> Iterator[Observation]:
    for key, recorded in figures.items():
        path = (*above, key.text)
        if isinstance(recorded, Decimal):
            yield Observation(subject, key, Place(file, path), recorded)
        elif isinstance(recorded, tuple):
            for index, record in enumerate(recorded):
                yield _observation(subject, key, file, (*path, index), record)
        else:
            yield _observation(subject, key, file, path, recorded)


def _observation(subject: str, key: PeriodKey, file: str, path: Path, record: Record | Spending) -> Observation:
    place = Place(file, (*path, "numerator" if record.value is None else "value"))
    provisional = record.status == "provisional"
    if isinstance(record, Spending):
        return Observation(
            subject,
            key,
            place,
            record.value,
            recorded=record.recorded,
            provisional=provisional,
            by=record.by,
            note=record.note,
        )
    return Observation(
        subject,
        key,
        place,
        record.value,
        record.numerator,
        record.denominator,
        record.weight,
        record.recorded,
        provisional,
        record.by,
        record.note,
    )
