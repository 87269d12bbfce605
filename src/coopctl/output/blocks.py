"""Blocks for people at a terminal: a headline, places with snippets, notes."""

from collections.abc import Iterator, Mapping
from typing import Final, Protocol

from coopctl.findings import Finding, Location, Severity
from coopctl.output.snippet import snippet
from coopctl.output.terminal import Paper, Style, wrapped

SEVERITY_STYLES: Final[Mapping[Severity, Style]] = {
    Severity.ERROR: "breach",
    Severity.WARNING: "warn",
    Severity.INFO: "off-target",
}


class Lines(Protocol):
    """A file's lines, for showing them."""

    @property
    def lines(self) -> list[str]:
        """The lines."""
        ...


class Blocks:
    """Writes blocks on paper; places are shown from these files."""

    def __init__(self, paper: Paper, files: Mapping[str, Lines]) -> None:
        self.paper = paper
        self._files = files

    def finding(self, finding: Finding) -> Iterator[str]:
        """Yield a finding with all its places, and what to do about it."""
        style = SEVERITY_STYLES[finding.kind.severity]
        label = f"{finding.kind.severity}[{finding.kind.code} {finding.kind.name}]"
        yield from self.headline(label, style, finding.message)
        places = [(finding.location, "", style)]
        places += [(each.location, each.message, "dim") for each in finding.related]
        gutter = max(len(str(location.line)) for location, _, _ in places)
        for location, message, each_style in places:
            yield from self.place(location, message, each_style, gutter)
        yield from self.note(gutter, "help", finding.help)

    def headline(self, label: str, style: Style, text: str) -> Iterator[str]:
        """Yield a label and a text, wrapped to the paper; the label is coloured after the lines are broken."""
        first, *rest = wrapped(f"{label}: {text}", self.paper.width, "  ")
        if first.startswith(label):
            yield self.paper.paint(label, style) + first[len(label) :]
        else:
            yield first
        yield from rest

    def place(self, location: Location, label: str, style: Style, gutter: int) -> list[str]:
        """Return the lines that show a place."""
        positions = self._files.get(location.path)
        lines = positions.lines if positions else []
        return snippet(self.paper, lines, location, label, style, gutter)

    def note(self, gutter: int, label: str, text: str) -> Iterator[str]:
        """Yield a remark under a snippet; nothing for nothing."""
        if not text:
            return
        margin = " " * (gutter + 1)
        first, *rest = wrapped(f"{label}: {text}", self.paper.width - gutter - 3, "  ")
        yield f"{margin}{self.paper.paint('=', 'dim')} {first}"
        for line in rest:
            yield f"{margin}  {line}"
