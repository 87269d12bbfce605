"""For programs: the verdicts as in `check`, and a forecast per KPI and budget line."""

from collections.abc import Iterator, Sequence
from typing import Any

from coopctl.evaluate.numbers import written
from coopctl.output.json_text import json_text
from coopctl.output.terminal import Paper
from coopctl.output.variance.view import Line, Variance
from coopctl.output.verdict_json import verdict_as_json

SCHEMA_VERSION = 1


def json(variances: Sequence[Variance], _paper: Paper) -> Iterator[str]:
    """Yield one object."""
    agreements = [_agreement(variance) for variance in variances]
    latest = max((each["as_of"] for each in agreements), default=None)
    document = {"schema_version": SCHEMA_VERSION, "as_of": latest, "agreements": agreements}
    yield json_text(document, indent=1) + "\n"


def _agreement(variance: Variance) -> dict[str, Any]:
    return {
        "id": variance.agreement.id,
        "path": variance.loaded.path,
        "title": variance.agreement.title,
        "version": variance.agreement.version,
        "as_of": variance.judgement.as_of.isoformat(),
        "verdicts": [verdict_as_json(variance.loaded, verdict) for line in variance.lines for verdict in line.verdicts],
        "forecasts": [_forecast(line) for line in variance.lines if line.forecast],
    }


def _forecast(line: Line) -> dict[str, Any]:
    assert line.forecast is not None
    forecast = line.forecast
    return {
        "subject": line.subject,
        "unit": line.unit,
        "value": written(forecast.value),
        "method": forecast.method,
        "basis": forecast.basis,
        "needed": written(forecast.needed) if forecast.needed is not None else None,
        "remaining": forecast.remaining,
    }
