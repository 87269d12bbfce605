"""The derivation for programs."""

from collections.abc import Iterator

from coopctl.explain.steps import Explanation
from coopctl.output.finding_json import location_as_json
from coopctl.output.json_text import json_text
from coopctl.output.terminal import Paper


def json(explanation: Explanation, _paper: Paper) -> Iterator[str]:
    """Yield one object."""
    document = {
        "schema_version": 1,
        "subject": explanation.subject,
        "heading": explanation.heading,
        "steps": [
            {
                "title": step.title,
                "inputs": [
                    {
                        "text": each.text,
                        "location": location_as_json(each.location) if each.location else None,
                    }
                    for each in step.inputs
                ],
                "formula": step.formula,
                "result": step.result,
            }
            for step in explanation.steps
        ],
    }
    yield json_text(document, indent=1) + "\n"
