"""A whole report: one rendering per language."""

from collections.abc import Sequence

from coopctl.evaluate.verdicts import Judgement
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import Ledger
from coopctl.output.json_text import json_text
from coopctl.report.building.report import report_view
from coopctl.report.rendering import rendered
from coopctl.report.request import Request
from coopctl.report.speech import LANGUAGES, speech
from coopctl.report.stretches import reported
from coopctl.report.view import ReportView

_NEAREST = {"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant"}


def languages(wanted: str | None, of_agreement: str) -> tuple[str, ...]:
    """Return the languages of a report: those asked for, else the agreement's, else English.

    Raises `CoopctlError` for one that there are no reports in.
    """
    if wanted is None:
        tag = _NEAREST.get(of_agreement, of_agreement)
        return (tag if tag in LANGUAGES else "en",)
    tags = [_NEAREST.get(each.strip(), each.strip()) for each in wanted.split(",")]
    return tuple(speech(tag).tag for tag in dict.fromkeys(tags))


def report_views(agreement: Agreement, ledger: Ledger, judgement: Judgement, request: Request) -> list[ReportView]:
    """Return what the templates see, once for each language."""
    time = reported(agreement, request.period, request.kind.length, judgement.as_of)
    return [report_view(agreement, ledger, judgement, time, request, speech(tag)) for tag in request.languages]


def report_text(views: Sequence[ReportView]) -> str:
    """Return a report in Markdown; several languages one after the other, with a line between."""
    return "\n---\n\n".join(rendered(view, speech(view.language)) for view in views)


def context_text(views: Sequence[ReportView]) -> str:
    """Return what the templates see, as JSON; a list for several languages."""
    data = [view.model_dump(mode="json") for view in views]
    return json_text(data[0] if len(data) == 1 else data, indent=2) + "\n"
