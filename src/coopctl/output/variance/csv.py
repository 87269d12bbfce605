"""For spreadsheets: one row per verdict, exact figures."""

import csv as csv_library
import io
from collections.abc import Iterator, Sequence
from typing import Any

from coopctl.evaluate.numbers import written
from coopctl.evaluate.verdicts import Verdict
from coopctl.formulas import harmless_text
from coopctl.output.terminal import Paper, clean
from coopctl.output.variance.view import Line, Variance
from coopctl.output.verdict_json import verdict_as_json

_FLAGS = ("running", "provisional", "partial", "restated", "incomplete", "forecast")
COLUMNS = (
    "agreement",
    "as_of",
    "subject",
    "name",
    "unit",
    "period",
    "target",
    "target_max",
    "actual",
    "variance",
    "variance_percent",
    "favourable",
    "attainment",
    "status",
    *_FLAGS,
    "term_end_forecast",
)


def csv(variances: Sequence[Variance], _paper: Paper) -> Iterator[str]:
    """Yield the table; a range has its lower end under target and its upper end under target_max."""
    file = io.StringIO()
    writer = csv_library.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for variance in variances:
        for line in variance.lines:
            for verdict in line.verdicts:
                writer.writerow(_row(variance, line, verdict))
    yield file.getvalue()


def _row(variance: Variance, line: Line, verdict: Verdict) -> list[str]:
    data = verdict_as_json(variance.loaded, verdict)
    target = data["target"]
    low, high = (target["min"], target["max"]) if isinstance(target, dict) else (target, None)
    texts = [variance.agreement.id, variance.judgement.as_of.isoformat(), line.subject, line.name, line.unit]
    return [
        *map(neutralised, texts),
        _text(data["period"]),
        _text(low),
        _text(high),
        *(
            _text(data[name])
            for name in ("actual", "variance", "variance_percent", "favourable", "attainment", "status")
        ),
        *(_text(data[name]) for name in _FLAGS),
        written(line.forecast.value) if line.forecast else "",
    ]


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def neutralised(text: str) -> str:
    """Keep a spreadsheet from taking text for a formula, and a terminal from taking it for a command."""
    return harmless_text(clean(text))
