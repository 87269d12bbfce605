"""A view and a template → Markdown."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from coopctl import limits
from coopctl.errors import CoopctlError
from coopctl.languages import LANGUAGES
from coopctl.model.names import did_you_mean
from coopctl.output.markdown import ZERO_WIDTH_SPACE
from coopctl.output.terminal import clean
from coopctl.report.speech import Speech, speech
from coopctl.report.templating.names import START, template_of
from coopctl.report.templating.own import OwnTemplates
from coopctl.report.templating.standard import standard_templates
from coopctl.report.view import ReportView

if TYPE_CHECKING:
    from coopctl.report.templating.environment import TemplateEnvironment

_LONGEST: Final = 500
"""What a message quotes from a template has no limit of its own."""


def rendered(view: ReportView, speech: Speech, own: OwnTemplates | None = None) -> str:
    """Render a report in Markdown, tidy in its source: one empty line between blocks, none at the end.

    Without templates of a user it is done here; with them, in a process that can do nothing else. Raises
    `CoopctlError` for what a user's template does wrong.
    """
    if own is None:
        return _tidy(_rendered_here(view, speech))
    return _tidy("\n".join(_harmless(line) for line in _rendered_apart(view, speech, own).split("\n")))


def _rendered_here(view: ReportView, speech: Speech) -> str:
    from coopctl.report.templating.text import as_text

    template = _standard_environment(speech.tag).get_template(template_of(view.kind))
    return template.render(report=as_text(view.model_dump(mode="json")))


@cache
def _standard_environment(tag: str) -> "TemplateEnvironment":
    """Return what coopctl's own templates are compiled in: most of the work of a report, and once for a language."""
    from coopctl.report.templating.environment import Sources, TemplateEnvironment

    messages = speech(tag).messages
    return TemplateEnvironment(Sources(standard_templates(), {}, {}), lambda message: messages.get(message) or message)


def _rendered_apart(view: ReportView, speech: Speech, own: OwnTemplates) -> str:
    from coopctl.report.templating.process import NoAnswerError, answered

    start = START if START in own.paths else template_of(view.kind)
    if start in own.refused:
        raise CoopctlError(own.refused[start])
    request = {
        "start": start,
        "own": own.texts,
        "refused": own.refused,
        "standard": dict(standard_templates()),
        "messages": _messages(speech),
        "report": view.model_dump(mode="json"),
    }
    try:
        answer = answered(request)
    except NoAnswerError as error:
        limit = _LIMITS["time"] if error.late else _CRASH
        raise CoopctlError(f"{_people_s_name(start, own)}: {limit}") from None
    text = answer.get("text")
    if isinstance(text, str):
        return text
    if answer.get("limit") in _LIMITS:
        raise CoopctlError(f"{_people_s_name(start, own)}: {_LIMITS[answer['limit']]}")
    fault = answer.get("fault")
    raise CoopctlError(_told(fault if isinstance(fault, dict) else {}, start, own))


_LIMITS = {
    "time": f"the template takes longer than {limits.TEMPLATE_SECONDS} seconds; look for loops within loops",
    "memory": f"the template takes more than {limits.TEMPLATE_MEMORY // 1024**2} MiB of memory; "
    "look for a loop in which a text or list grows",
    "output": f"the report gets longer than {limits.RENDERED_BYTES:,} bytes; look for a loop that writes too much",
}


_CRASH = (
    "the process that renders the template ended without a word; "
    f"look for what takes more than {limits.TEMPLATE_MEMORY // 1024**2} MiB of memory, or is nested too deeply"
)


def _messages(spoken: Speech) -> dict[str, str]:
    """Return every message there is in a language; English has no catalogue, its messages stand for themselves."""
    known = {message for tag in LANGUAGES for message in speech(tag).messages}
    return {message: spoken.messages.get(message) or message for message in sorted(known)}


def _people_s_name(template: str, own: OwnTemplates) -> str:
    """Return the file of a template, as it was named; for one of coopctl's own, the user's that took part."""
    if template in own.paths:
        return own.paths[template]
    return ", ".join(own.paths[name] for name in sorted(own.paths))


def _told(fault: dict[str, Any], start: str, own: OwnTemplates) -> str:
    """Write down a fault that the rendering process told of."""
    name = str(fault.get("template") or "")
    place = own.paths.get(name, name) or _people_s_name(start, own)
    line = f":{fault['line']}" if name and fault.get("line") else ""
    told = str(fault.get("message", "it cannot be rendered"))
    if fault.get("inside"):
        told += f" (in {fault['inside']})"
    if fault.get("known"):
        told += f"; {did_you_mean(str(fault.get('sought')), [str(each) for each in fault['known']])}"
    if name not in own.paths and fault.get("used"):
        told += f"; templates of your own take part: {', '.join(own.paths.get(each, each) for each in fault['used'])}"
    return f"{place}{line}: {told if len(told) <= _LONGEST else told[:_LONGEST] + '…'}"


def _harmless(line: str) -> str:
    """Show what could steer a terminal or a log: a template's own text, unlike data, has not been escaped.

    The spaces without width are ours.
    """
    return ZERO_WIDTH_SPACE.join(clean(part.expandtabs(4)) for part in line.split(ZERO_WIDTH_SPACE))


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
