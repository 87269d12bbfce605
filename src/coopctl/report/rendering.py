"""Renders the templates that come with coopctl."""

import re
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from coopctl.output.markdown import escaped
from coopctl.output.markdown import row as table_row
from coopctl.output.templates import templates_folder
from coopctl.report.speech import Speech
from coopctl.report.view import ReportView

_UNFIT_FOR_MERMAID: Final = re.compile(r"[\x00-\x1f\"'`;:#%{}\[\]()<>|\\,]+")


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()

    def __html__(self) -> str:
        """Say that nothing has to be escaped; Jinja asks for this when it joins what macros return."""
        return str(self)


def rendered(view: ReportView, speech: Speech) -> str:
    """Render a report in Markdown, tidy in its source: one empty line between blocks, none at the end."""
    environment = Environment(
        loader=FileSystemLoader(templates_folder() / "report"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,  # what macros return counts as finished; `finalize` sees to the rest before HTML's rules do
        finalize=_escaped,
    )
    environment.filters.update(mermaid=_for_mermaid, row=_row, address=_address)
    environment.globals["say"] = _sayer(speech)
    text = environment.get_template(f"{view.kind}.md.j2").render(report=view.model_dump(mode="json"))
    return _tidy(text)


def _escaped(value: Any) -> Any:
    """Escape what an expression gives, unless it is Markdown already."""
    if hasattr(value, "__html__"):
        return value
    return Markdown(escaped(value)) if isinstance(value, str) else value


def _sayer(speech: Speech) -> Any:
    def say(message: str, **values: object) -> Markdown:
        safe = {name: _escaped(value) for name, value in values.items()}
        return Markdown(speech.say(message, **safe))

    return say


def _row(cells: Sequence[Any]) -> Markdown:
    return Markdown(table_row([str(_escaped(cell)) for cell in cells]))


def _for_mermaid(text: str) -> Markdown:
    """Write a name so that a chart shows it as it is, as far as the chart's language allows."""
    return Markdown(_UNFIT_FOR_MERMAID.sub(" ", text).strip() or "-")


def _address(path: str) -> Markdown:
    """Write a path as the target of a link."""
    return Markdown(quote(path))


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
