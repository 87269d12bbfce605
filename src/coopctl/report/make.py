"""A whole report: one rendering per language."""

from collections.abc import Sequence

from coopctl.errors import CoopctlError
from coopctl.evaluate.verdicts import Judgement
from coopctl.languages import nearest_language
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import Ledger
from coopctl.output.json_text import json_text
from coopctl.report.building.report import report_view
from coopctl.report.cutting import LARGEST, fitting
from coopctl.report.pages.rendering import Rendering
from coopctl.report.request import Request
from coopctl.report.speech import speech
from coopctl.report.stretches import reported
from coopctl.report.templating.own import OwnTemplates
from coopctl.report.templating.rendering import rendered
from coopctl.report.view import ReportView


def languages(wanted: str | None, of_agreement: str) -> tuple[str, ...]:
    """Return the languages of a report: those asked for, else the agreement's, else English.

    Raises `CoopctlError` for one that there are no reports in.
    """
    if wanted is None:
        return (nearest_language(of_agreement) or "en",)
    tags = [each.strip() for each in wanted.split(",")]
    return tuple(dict.fromkeys(speech(nearest_language(tag) or tag).tag for tag in tags))


def language_without_reports(wanted: str | None, of_agreement: str) -> str | None:
    """Return the agreement's language where English stands in for it: none was asked for, and it has no reports."""
    return of_agreement if wanted is None and nearest_language(of_agreement) is None else None


def report_views(agreement: Agreement, ledger: Ledger, judgement: Judgement, request: Request) -> list[ReportView]:
    """Return what the templates see, once for each language."""
    if request.kind.of_agreement and request.period is not None:
        raise CoopctlError(f"--period: {request.kind.name} sets out the agreement itself, and no time; leave it out")
    time = reported(agreement, request.period, request.kind.length, judgement.as_of)
    return [report_view(agreement, ledger, judgement, time, request, speech(tag)) for tag in request.languages]


def renderings(
    views: Sequence[ReportView], own: OwnTemplates | None = None, *, for_comment: bool = False
) -> list[Rendering]:
    """Return a report in Markdown, once for each language; cut to what a comment takes where that is wanted."""
    return [_rendering(view, own, LARGEST // len(views) if for_comment else None) for view in views]


def _rendering(view: ReportView, own: OwnTemplates | None, room: int | None) -> Rendering:
    spoken = speech(view.language)
    text = rendered(view, spoken, own)
    if room is not None:
        text = fitting(text, spoken.say("The rest is left out here, to keep within the size of a comment."), room)
    return Rendering(view.language, view.title, text)


def context_text(views: Sequence[ReportView]) -> str:
    """Return what the templates see, as JSON; a list for several languages."""
    data = [view.model_dump(mode="json") for view in views]
    return json_text(data[0] if len(data) == 1 else data, indent=2) + "\n"
