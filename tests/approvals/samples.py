"""Two versions of a small agreement, what one proposes to the other, and files of approvals."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from coopctl.changes.approvals.standing import Proposal, Standing
from coopctl.changes.approvals.writing import save, with_stubs
from coopctl.cli.proposals import proposals_of

DAY = date(2026, 7, 15)
AS_OF = ("--as-of", DAY.isoformat())

OLD = """\
coopctl: 1
id: pact
title: Delivery pact
version: 1.2.0
currency: CNY
parties:
  north: {name: Northwind Example Ltd.}
  harbor: {name: Harborline Example Co.}
  quay: {name: Quayside Example Ltd.}
term: {start: 2026-01-01, end: 2027-12-31}
kpis:
  csat:
    name: Customer satisfaction
    unit: points
    direction: higher-is-better
    frequency: yearly
    aggregation: mean
    target: 90
    owner: north
    benefits: [harbor]
liability: {cap: 500000}
"""
"""No period has ended at `DAY`."""

NEW = OLD.replace("1.2.0", "1.3.0").replace("target: 90", "target: 88").replace("cap: 500000", "cap: 400000")
"""Two material changes: a lower target, and a lower cap."""

AFFECTED = "governance: {change_control: {material: affected-parties}}\n"


def put(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files byte for byte."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))


def versions(folder: Path, new: str = NEW, old: str = OLD, approvals: Mapping[str, str | bytes] | None = None) -> None:
    """Write an older version into `old` and a newer one into `new`, with files of approvals beside the newer one."""
    beside = {f"new/approvals/{name}": text for name, text in (approvals or {}).items()}
    put(folder, {"old/agreement.yaml": old, "new/agreement.yaml": new, **beside})


def proposal(day: date = DAY) -> Proposal:
    """Return what `new` proposes to `old` in the current folder."""
    (found,) = proposals_of(["old", "new"], day, lambda _zone: day).proposals
    return found.proposal


def standings(day: date = DAY) -> dict[str, Standing]:
    """Return how each material change stands, by the name of its kind."""
    return {each.change.kind.name: each for each in proposal(day).standings(day)}


def fingerprints() -> dict[str, str]:
    """Return the fingerprint of each material change, by the name of its kind."""
    return {name: each.fingerprint for name, each in standings().items()}


def write_stubs(folder: Path, name: str = "1.3.0.north.yaml") -> str:
    """Write the entries that wait to be signed; return the text of one party's file."""
    save(with_stubs(proposal(), DAY))
    return (folder / "new" / "approvals" / name).read_bytes().decode("utf-8")


def entry(fingerprint: str, party: str, by: str | None = None, day: str = "2026-07-01") -> str:
    """Write one approval as an item of a list."""
    signature = f", by: {by}, date: {day}" if by else ""
    return f"  - {{fingerprint: {fingerprint}, party: {party}{signature}}}\n"


def approvals_file(*entries: str, agreement: str = "pact") -> str:
    """Write a whole file of approvals."""
    listed = "".join(entries)
    return f"coopctl: approvals/1\nagreement: {agreement}\n" + (f"approvals:\n{listed}" if listed else "")
