"""A report as the file that people want: Markdown, HTML, PDF or Word, with its charts."""

import gc
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Final, Literal, NamedTuple, TypeVar

from coopctl import limits
from coopctl.errors import CoopctlError
from coopctl.model.names import did_you_mean
from coopctl.report.pages.rendering import Rendering
from coopctl.report.pictures import Drawing, Pictures
from coopctl.report.speech import speech
from coopctl.report.view import ReportView

Format = Literal["markdown", "html", "pdf", "docx"]

FORMATS: Final[tuple[Format, ...]] = ("markdown", "html", "pdf", "docx")
DRAWINGS: Final[tuple[Drawing, ...]] = ("mermaid", "svg", "none")
_ENDINGS: Final[Mapping[str, Format]] = {".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx"}
_NOT_WRITTEN: Final = frozenset((".doc", ".odt", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx", ".pages"))
"""Endings of documents that a file in Markdown would only pretend to be."""
_INSIDE: Final = "charts"

Name = TypeVar("Name", bound=str)


class Document(NamedTuple):
    """A report, written."""

    content: bytes
    beside: Mapping[str, bytes]
    """Files that belong to it, by path relative to it."""
    unshown: str = ""
    """What its pictures lack the letters for; empty where they have them all."""


def format_of(wanted: str | None, output: str | None) -> Format:
    """Return the format that was asked for, else that of the file's ending, else Markdown."""
    if wanted is None:
        ending = PurePath(output or "").suffix.lower()
        if ending in _NOT_WRITTEN:
            raise CoopctlError(f"-o {output}: no reports are written as {ending}; there are .md, .html, .pdf and .docx")
        return _ENDINGS.get(ending, "markdown")
    return _one_of("--format", wanted, FORMATS)


def pictures_of(wanted: str | None, form: Format, output: str | None) -> Pictures:
    """Return how charts are drawn; raises `CoopctlError` where the format cannot have them like that."""
    drawing = _one_of("--charts", wanted or ("mermaid" if form == "markdown" else "svg"), DRAWINGS)
    if form == "markdown":
        if drawing == "svg" and output is None:
            raise CoopctlError("--charts svg: the charts are files beside the report; name its file with -o")
        return Pictures(drawing, f"{PurePath(output).stem}-charts" if output else "")
    if drawing == "mermaid":
        raise CoopctlError(f"--charts mermaid: only Markdown has charts as text; {form} has --charts svg or none")
    return Pictures(drawing, _INSIDE)


def _one_of(option: str, wanted: str, known: Sequence[Name]) -> Name:
    for name in known:
        if name == wanted:
            return name
    raise CoopctlError(f"{option}: there is no {wanted!r}; {did_you_mean(wanted, list(known))}")


def document(form: Format, renderings: Sequence[Rendering], views: Sequence[ReportView]) -> Document:
    """Return a report in a format; raises `CoopctlError` where what the format needs is not installed."""
    _refuse_too_large(form, renderings)
    gc.enable()  # off in a short run; here libraries make much that only it can take away
    if form == "markdown":
        text = "\n---\n\n".join(rendering.text for rendering in renderings)
        return Document(text.encode("utf-8"), {path: _drawn(path, views, "svg") for path in _used(views, text)})
    paths = [path for view, each in zip(views, renderings, strict=True) for path in _used([view], each.text)]
    if form == "docx":
        from coopctl.report.pages.docx import docx

        drawn = {path: _drawn(path, views, "png") for path in paths}
        return Document(docx(renderings, drawn), {}, _letters_missing(views) if paths else "")
    from coopctl.report.pages.html import html_page

    if form == "pdf":
        from coopctl.report.pages.pdf import pdf

        plain = {path: _drawn(path, views, "plain-svg").decode("utf-8") for path in paths}
        return Document(pdf(html_page(renderings, plain)), {})
    if not paths:
        return Document(html_page(renderings, {}).encode("utf-8"), {})
    from coopctl.report.charts import VARIABLES

    inline = {path: _drawn(path, views, "inline-svg").decode("utf-8") for path in paths}
    return Document(html_page(renderings, inline, VARIABLES).encode("utf-8"), {})


def _refuse_too_large(form: Format, renderings: Sequence[Rendering]) -> None:
    size = sum(len(rendering.text.encode("utf-8")) for rendering in renderings)
    if size > limits.RENDERED_BYTES:
        raise CoopctlError(
            f"the report has {size:,} bytes of Markdown, and {limits.RENDERED_BYTES:,} is the most; "
            "take a shorter kind or period, or fewer languages"
        )
    if form == "markdown":
        return
    from coopctl.report.pages.size import size_of

    if size_of(renderings) > limits.DOCUMENT_SIZES[form]:
        raise CoopctlError(
            f"the report is too long to be laid out as {form}; write it as Markdown, or take a shorter kind or period"
        )


def _used(views: Sequence[ReportView], text: str) -> list[str]:
    """Return the pictures that a text refers to, in the order of the report."""
    from urllib.parse import quote

    known = [path for view in views for path in (*(kpi.picture for kpi in view.kpis), view.timetable) if path]
    return [path for path in known if f"]({quote(path)})" in text]


def _drawn(path: str, views: Sequence[ReportView], form: Literal["svg", "inline-svg", "plain-svg", "png"]) -> bytes:
    from coopctl.report.charts import timetable, trend

    for view in views:
        if path == view.timetable:
            return timetable(view, speech(view.language), form)
        for kpi in view.kpis:
            if path == kpi.picture:
                return trend(kpi, speech(view.language), form)
    raise AssertionError(f"{path}: no chart is called so")


def _letters_missing(views: Sequence[ReportView]) -> str:
    from coopctl.report.charts import letters_missing

    return next((text for view in views if (text := letters_missing(view, view.language))), "")
