"""Reports by templates of a user, as `coopctl report` renders them."""

from datetime import date
from functools import cache
from pathlib import Path

from coopctl.cli.agreements import judged_agreements
from coopctl.report.kinds import kind_called
from coopctl.report.make import report_views
from coopctl.report.pictures import Pictures
from coopctl.report.request import Request
from coopctl.report.speech import speech
from coopctl.report.templating.own import read_own_templates
from coopctl.report.templating.rendering import rendered
from coopctl.report.view import ReportView
from tests.commands.deals import EXAMPLES

AS_OF = date(2026, 7, 15)


@cache
def view_of(kind: str, language: str = "en", example: str = "delivery-alliance") -> ReportView:
    """Return what the templates of a report see."""
    path = str(EXAMPLES / example)
    (judged,), _invalid = judged_agreements([path], "agreement.yaml", AS_OF, lambda _zone: AS_OF)
    request = Request(kind_called(kind), None, (language,), Pictures())
    (view,) = report_views(judged.agreement, judged.loaded.ledger, judged.judgement, request)
    return view


def standard(view: ReportView) -> str:
    """Return the standard report."""
    return rendered(view, speech(view.language), None)


def by(view: ReportView, *, template: Path | str | None = None, folder: Path | str | None = None) -> str:
    """Return the report by a template, a folder of templates, or both."""
    own = read_own_templates(None if template is None else str(template), None if folder is None else str(folder))
    assert own is not None
    return rendered(view, speech(view.language), own)


def put(folder: Path, **templates: str) -> Path:
    """Write templates; `parts__kpis` stands for parts/kpis.md.j2."""
    for name, text in templates.items():
        path = folder / f"{name.replace('__', '/')}.md.j2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return folder
