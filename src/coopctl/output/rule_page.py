"""A page of the manual, in Markdown, for a terminal, and as data."""

from collections.abc import Iterator, Sequence
from typing import Any

from coopctl.lint.pages import Page
from coopctl.output.json_text import json_text
from coopctl.output.terminal import Paper, Style, wrapped

_STYLES: dict[str, Style] = {"error": "breach", "warning": "warn", "info": "off-target"}


def page_as_markdown(page: Page, heading: str = "") -> str:
    """Write a page; `heading` is the heading's # signs, and empty for a page without one."""
    return "\n".join(_markdown(page, heading)) + "\n"


def _markdown(page: Page, heading: str) -> Iterator[str]:
    kind, manual = page.kind, page.manual
    if heading:
        yield f"{heading} {kind.code} {kind.name}"
        yield ""
    yield f"{kind.severity.capitalize()}. {_how(page)}"
    yield ""
    yield manual.what
    for label, text in (("Why", manual.why), ("Remedy", manual.remedy)):
        if text:
            yield ""
            yield f"**{label}.** {text}"
    for label, excerpt in (("Bad", manual.bad), ("Good", manual.good)):
        if excerpt:
            yield ""
            yield f"{label}:"
            yield ""
            yield "```yaml"
            yield excerpt
            yield "```"


def _how(page: Page) -> str:
    if not page.optional:
        return "Found while the file is read; it cannot be ignored, since nothing can be judged."
    return "`--fix` mends it." if page.fixable else "It takes a decision to mend it."


def page_as_text(page: Page, paper: Paper) -> str:
    """Write a page for a terminal."""
    return "\n".join(_text(page, paper)) + "\n"


def _text(page: Page, paper: Paper) -> Iterator[str]:
    kind, manual = page.kind, page.manual
    yield f"{paper.paint(f'{kind.code} {kind.name}', 'bold')} {paper.paint(kind.severity, _STYLES[kind.severity])}"
    yield from wrapped(manual.what, paper.width)
    for label, text in (("Why", manual.why), ("Remedy", manual.remedy)):
        if text:
            yield ""
            yield from wrapped(f"{label}: {text}", paper.width)
    for label, excerpt in (("Bad", manual.bad), ("Good", manual.good)):
        if excerpt:
            yield ""
            yield f"{label}:"
            yield from (f"    {line}".rstrip() for line in excerpt.split("\n"))
    yield ""
    yield from wrapped(_how(page).replace("`", ""), paper.width)
    if page.suppressible:
        told = f"To accept it in one place: # coopctl: ignore[{kind.code}] why, on its line or the one above."
        yield from wrapped(told, paper.width)


def page_as_json(page: Page) -> dict[str, Any]:
    """Return a page as data."""
    kind, manual = page.kind, page.manual
    return {
        "code": kind.code,
        "name": kind.name,
        "severity": kind.severity.value,
        "what": manual.what,
        "why": manual.why or None,
        "remedy": manual.remedy or None,
        "bad": manual.bad or None,
        "good": manual.good or None,
        "fixable": page.fixable,
        "optional": page.optional,
    }


def pages_text(wanted: Sequence[Page], output_format: str, paper: Paper, *, single: bool) -> str:
    """Write pages in a format; `single` where one page was asked for by name."""
    if output_format == "json":
        data: Any = page_as_json(wanted[0]) if single else [page_as_json(page) for page in wanted]
        return json_text(data, indent=2) + "\n"
    if output_format == "markdown":
        return "\n".join(page_as_markdown(page, "##") for page in wanted)
    if single:
        return page_as_text(wanted[0], paper)
    return "".join(f"{line}\n" for page in wanted for line in _brief(page, paper))


def _brief(page: Page, paper: Paper) -> list[str]:
    kind = page.kind
    first, *rest = wrapped(f"{kind.code} {kind.name} ({kind.severity}): {kind.meaning}", paper.width, "  ")
    return [paper.paint(kind.code, "bold") + first[len(kind.code) :], *rest]
