"""Small agreements, written where a test wants them; and looks into what the commands say about them."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.conftest import Coopctl

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
EXAMPLE_DATES = {
    "carrier-in-breach": "2026-06-15",
    "delivery-alliance": "2026-07-15",
    "lianhe-yunying": "2026-07-15",
}
"""Every example, with the date that its README speaks of."""

AS_OF = "2026-02-20"
"""January has ended, and its figure was due on the tenth; February is running."""

FIGURES: dict[str, str | None] = {"met": "10", "off-target": "11", "warn": "13", "breach": "16", "missing": None}
"""January's figure that gives `kpi()` a status; the target is at most 10 days."""


def kpi(id_: str = "days", name: str = "Delivery time", **more: str) -> str:
    """Write a monthly KPI with a target of 10, a warning above 12 and a breach above 15."""
    keys = {
        "name": quoted(name),
        "unit": "days",
        "direction": "lower-is-better",
        "frequency": "monthly",
        "aggregation": "mean",
        "target": "10",
        "thresholds": "{warn: {worse_than: 12}, breach: {worse_than: 15}}",
        **more,
    }
    return f"  {id_}:\n" + "".join(f"    {key}: {value}\n" for key, value in keys.items())


def quoted(text: str) -> str:
    """Write text in double quotes, as YAML reads it back."""
    return json.dumps(text)


def terms(*kpis: str, id_: str = "sample", title: str = "A sample deal", more: str = "") -> str:
    """Write an agreement of two parties for the year 2026."""
    head = (
        f"coopctl: 1\nid: {id_}\ntitle: {quoted(title)}\nversion: 1.0.0\n"
        "parties: {north: {name: North Ltd.}, harbor: {name: Harbor Ltd.}}\n"
        "term: {start: 2026-01-01, end: 2026-12-31}\n"
    )
    return head + ("kpis:\n" + "".join(kpis) if kpis else "") + more


def ledger(figures: Mapping[str, Mapping[str, str]], more: str = "") -> str:
    """Write a ledger: figures by KPI and period."""
    text = "coopctl: actuals/1\n" + ("kpis:\n" if figures else "")
    for id_, periods in figures.items():
        text += f"  {id_}: {{{', '.join(f'{key}: {value}' for key, value in periods.items())}}}\n"
    return text + more


def write(folder: Path, agreement: str, facts: str = "") -> Path:
    """Put an agreement and its ledger into a folder; return the agreement's file."""
    (folder / "actuals").mkdir(parents=True, exist_ok=True)
    (folder / "agreement.yaml").write_text(agreement, "utf-8")
    if facts:
        (folder / "actuals" / "2026.yaml").write_text(facts, "utf-8")
    return folder / "agreement.yaml"


def deal(folder: Path, status: str = "met", **more: str) -> Path:
    """Write an agreement whose only KPI has this status for January, at `AS_OF`."""
    figure = FIGURES[status]
    facts = ledger({"days": {"2026-01": figure}}) if figure else ""
    return write(folder, terms(kpi(**more)), facts)


def named(folder: Path, names: Iterable[str], status: str = "breach", title: str = "A sample deal") -> Path:
    """Write an agreement with one KPI per name, each with this status for January."""
    figure = FIGURES[status]
    kpis = {f"kpi{number}": name for number, name in enumerate(names)}
    facts = ledger({id_: {"2026-01": figure} for id_ in kpis}) if figure else ""
    return write(folder, terms(*(kpi(id_, name) for id_, name in kpis.items()), title=title), facts)


def broken(folder: Path) -> Path:
    """Write an agreement that cannot be judged: it has a key that the language does not know."""
    return write(folder, terms(kpi(), id_="broken", more="surprise: 1\n"), ledger({"days": {"2026-01": "10"}}))


def document(coopctl: Coopctl, *arguments: str | Path, as_of: str = AS_OF) -> dict[str, Any]:
    """Return the JSON that a command prints."""
    found = json.loads(coopctl(*arguments, "--as-of", as_of, "--output-format", "json").out)
    assert isinstance(found, dict)
    return found


def only_agreement(coopctl: Coopctl, *arguments: str | Path, as_of: str = AS_OF) -> dict[str, Any]:
    """Return the one agreement that `check` judges."""
    (found,) = document(coopctl, "check", *arguments, as_of=as_of)["agreements"]
    assert isinstance(found, dict)
    return found


def text_at(location: Mapping[str, Any], folder: Path = Path()) -> str:
    """Return what stands in a file at a place; its end column is exclusive."""
    lines = (folder / location["path"]).read_text("utf-8").split("\n")
    assert 1 <= location["line"] <= location["end_line"] <= len(lines)
    there = lines[location["line"] - 1 : location["end_line"]]
    assert 1 <= location["column"] <= len(there[0]) + 1
    assert 1 <= location["end_column"] <= len(there[-1]) + 1
    there[-1] = there[-1][: location["end_column"] - 1]
    there[0] = there[0][location["column"] - 1 :]
    return "\n".join(there)


def cells(text: str) -> int:
    """Columns that text takes on a terminal; wide characters take two, combining ones none."""
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    return len(text) + wide - sum(bool(unicodedata.combining(each)) for each in text)
