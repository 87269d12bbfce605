"""What the tests of this folder write to disk, how they start coopctl, and how they read what comes back."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.conftest import Coopctl, Ended

CASES = Path(__file__).with_name("cases")
NAMES = sorted(folder.name for folder in CASES.iterdir())
"""The folders of cases/: an agreement, its ledger, and in expected.txt what `check` says about them."""

AS_OF = ("--as-of", "2026-07-01")
FORMATS = ("full", "concise", "json", "github", "junit", "markdown")

AGREEMENT = """\
coopctl: 1
id: pact
title: Delivery pact
version: 1.0.0
parties:
  north: {name: Northstar}
  harbor: {name: Harbor}
term: {start: 2026-01-01, end: 2026-12-31}
kpis:
  csat:
    unit: points
    direction: higher-is-better
    frequency: monthly
    aggregation: mean
    target: 90
"""
"""A valid agreement; without a ledger `check` passes it with warnings, for want of figures."""

LEDGER = """\
coopctl: actuals/1
kpis:
  csat:
    2026-01: 91
"""
CSV_LEDGER = "kpi,period,value\ncsat,2026-01,91\n"

HANG = 10
"""Seconds after which a run counts as hanging."""

_OF_THE_CI = ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "COOPCTL_OUTPUT_FORMAT", "FORCE_COLOR", "COLUMNS")


def changed(old: str, new: str, text: str = AGREEMENT) -> str:
    """Replace the one place where `old` stands."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sample"
    return text.replace(old, new)


def put(folder: Path, agreement: str | bytes = AGREEMENT, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write an agreement and files beside it, byte for byte; return the folder."""
    for name, text in {"agreement.yaml": agreement, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def concise(coopctl: Coopctl, *paths: str) -> Ended:
    """Check in this process, one line per finding."""
    ended: Ended = coopctl("check", *paths, "--output-format", "concise", *AS_OF)
    return ended


def as_json(coopctl: Coopctl, *paths: str) -> tuple[int, dict[str, Any]]:
    """Check in this process; return the exit code and what the JSON output says."""
    ended: Ended = coopctl("check", *paths, "--output-format", "json", *AS_OF)
    assert ended.err == ""
    return ended.code, json.loads(ended.out)


def findings(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the findings of all agreements of a JSON report."""
    return [finding for agreement in report["agreements"] for finding in agreement["findings"]]


def places(report: dict[str, Any]) -> list[tuple[str, str, int, int]]:
    """Return code, file, line and column of every finding."""
    return [
        (each["code"], each["location"]["path"], each["location"]["line"], each["location"]["column"])
        for each in findings(report)
    ]


def environment() -> dict[str, str]:
    """Return the environment for a process of coopctl, without what a CI server sets."""
    return {name: value for name, value in os.environ.items() if name not in _OF_THE_CI}


def command(*arguments: str) -> list[str]:
    """Return the command line that runs coopctl as a process."""
    return [sys.executable, "-m", "coopctl", *arguments]


def run(folder: Path, *arguments: str, stdin: bytes | None = None, before: Callable[[], None] | None = None) -> Ended:
    """Run coopctl as a process in a folder; a run that hangs fails the test."""
    done = subprocess.run(
        command(*arguments),
        cwd=folder,
        env=environment(),
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        timeout=HANG,
        preexec_fn=before,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def lines(*each: str) -> str:
    """Put lines together, each with its end."""
    return "".join(f"{line}\n" for line in each)


def not_judged(folder: str, found: Sequence[str]) -> str:
    """Return the concise output for an agreement in a folder that could not be judged."""
    return lines(*(f"{folder}/{line}" for line in found), f"{folder}/agreement.yaml: not judged")
