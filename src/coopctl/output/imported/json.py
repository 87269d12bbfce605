"""An import for programs."""

from collections.abc import Iterator

from coopctl.exchange.planning import Step
from coopctl.output.imported.view import ImportView
from coopctl.output.json_document import SCHEMA_VERSION
from coopctl.output.json_text import json_text
from coopctl.output.terminal import Paper


def json(view: ImportView, _paper: Paper) -> Iterator[str]:
    """Yield one object with every figure."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "agreement": {"id": view.agreement_id, "path": view.agreement_path},
        "file": view.file,
        "dry_run": view.dry_run,
        "written": list(view.written),
        "figures": [_figure(step) for step in view.imported.steps],
        "summary": view.counts,
    }
    yield json_text(data, indent=2) + "\n"


def _figure(step: Step) -> dict[str, object]:
    recorded = step.observation.recorded if step.observation is not None else None
    return {
        "row": step.row,
        "column": step.column or None,
        "outcome": step.outcome,
        "kpi": step.kpi,
        "period": step.period,
        "figure": step.figure,
        "before": step.before or None,
        "recorded": recorded.isoformat() if recorded is not None else None,
        "message": step.message or None,
    }
