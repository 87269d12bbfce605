"""An agreement to import figures into, and workbooks with them."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]

from coopctl.discovery import AgreementFile
from coopctl.loading import load
from coopctl.model.ledger import Observation

AGREEMENT = """\
coopctl: 1
id: north-harbor
title: North and Harbor
version: 1.0.0
currency: CNY
timezone: UTC
parties: {north: {name: Northstar Example Ltd.}, harbor: {name: Harbor Example Ltd.}}
term: {start: 2026-01-01, end: 2026-12-31}
kpis:
  csat: {unit: points, direction: higher-is-better, frequency: monthly, aggregation: mean, target: 90}
  share: {unit: "%", direction: higher-is-better, frequency: monthly, aggregation: mean, target: 90}
  on-time: {unit: "%", direction: higher-is-better, frequency: monthly, aggregation: ratio, target: 90}
  effort: {unit: hours, direction: lower-is-better, frequency: monthly, aggregation: weighted-mean, target: 5}
  audits: {unit: audits, direction: higher-is-better, frequency: quarterly, aggregation: sum, target: 2}
  calls: {unit: calls, direction: higher-is-better, frequency: daily, aggregation: sum, target: 2}
  客户满意度: {unit: 分, direction: higher-is-better, frequency: monthly, aggregation: mean, target: 90}
plan:
  milestones:
    pilot: {name: Pilot live, owner: north, start: 2026-01-05, due: 2026-06-20, x-cost: 1200.50, x-room: A1}
budget:
  marketing: {name: Marketing, party: north, amount: 12000}
"""
TODAY = ("--recorded", "2026-11-20")


def write_agreement(folder: Path, ledger: str | None = None) -> Path:
    """Write the agreement, with a ledger if there is one."""
    (folder / "agreement.yaml").write_text(AGREEMENT, "utf-8")
    if ledger is not None:
        (folder / "actuals").mkdir(exist_ok=True)
        (folder / "actuals" / "2026.yaml").write_text(f"coopctl: actuals/1\n{ledger}", "utf-8")
    return folder


def recorded(folder: Path, *, exactly: bool = False) -> list[tuple[object, ...]]:
    """Return everything that is recorded about KPIs, without its places.

    `exactly`: with the zeros at the end of a number, which say how many decimals it was written with.
    """
    ledger = load(AgreementFile(str(folder / "agreement.yaml"), str(folder))).ledger
    return sorted((_facts(each, exactly) for of_kpi in ledger.figures.values() for each in of_kpi), key=repr)


def _facts(figure: Observation, exactly: bool) -> tuple[object, ...]:
    numbers = (figure.value, figure.numerator, figure.denominator, figure.weight)
    shown = tuple(None if each is None else f"{each:f}" if exactly else _plain(f"{each:f}") for each in numbers)
    day = None if figure.recorded is None else figure.recorded.isoformat()
    return figure.subject, figure.key.text, *shown, day, figure.provisional, figure.by, figure.note


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def figures(folder: Path) -> dict[tuple[object, object], object]:
    """Return the value of each KPI and period; the last one of several."""
    return {(kpi, period): value for kpi, period, value, *_ in recorded(folder)}


def workbook(
    path: Path, rows: Iterable[Sequence[Any]], formats: Mapping[str, str] | None = None, title: str = "Sheet"
) -> None:
    """Write a workbook with one sheet; `formats` are formats of numbers by cell, such as A1."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cell, shown in (formats or {}).items():
        sheet[cell].number_format = shown
    book.save(path)


def rewritten(content: bytes, changes: Mapping[str, Any]) -> bytes:
    """Return a workbook with the text of some of its parts changed; None takes a part away."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = changes.get(name, lambda text: text)
            if change is not None:
                new.writestr(name, change(old.read(name).decode("utf-8")))
    return file.getvalue()
