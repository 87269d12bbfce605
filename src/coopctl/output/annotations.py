"""Workflow commands of GitHub Actions: annotations, worst first, as many of a kind as a step shows."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from coopctl.findings import Finding, Location, Severity
from coopctl.output.terminal import clean

PER_KIND: Final = 10
_COMMANDS = ("error", "warning", "notice")
_SEVERITY: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class Annotation(NamedTuple):
    """One workflow command and how much it matters: the lower the rank, the worse."""

    rank: int
    command: str


class Annotations:
    """Collects annotations of several agreements; each is handed over as a line that begins with its rank."""

    def __init__(self) -> None:
        self._found: list[Annotation] = []

    @staticmethod
    def lines(found: "Sequence[Annotation]") -> str:
        """Write annotations as lines for `add`."""
        return "".join(f"{rank} {command}\n" for rank, command in found)

    def add(self, lines: str) -> None:
        """Take over the annotations of one agreement."""
        for line in lines.splitlines():
            rank, _, command = line.partition(" ")
            self._found.append(Annotation(int(rank), command))

    def text(self) -> str:
        """Return the commands, worst first, ten of each kind, and how many are left out."""
        text = ""
        worst_first = sorted(self._found, key=lambda each: each.rank)
        for kind in _COMMANDS:
            commands = [each.command for each in worst_first if each.command.startswith(f"::{kind} ")]
            text += "".join(f"{command}\n" for command in commands[:PER_KIND])
            if len(commands) > PER_KIND:
                text += f"coopctl: {len(commands) - PER_KIND} more of kind {kind} are not shown as annotations\n"
        return text


def finding_annotation(finding: Finding) -> str:
    """Write a finding as an annotation."""
    title = f"{finding.kind.code} {finding.kind.name}"
    return annotation(_SEVERITY[finding.kind.severity], finding.location, title, [finding.message, finding.help])


def annotation(command: str, location: Location, title: str, lines: Sequence[str]) -> str:
    """Write one workflow command; text from files cannot end it or start another."""
    properties = {
        "file": location.path,
        "line": location.line,
        "col": location.column,
        "endLine": location.end_line,
        "endColumn": max(location.column, location.end_column - 1),
        "title": title,
    }
    if location.end_line != location.line:  # GitHub refuses columns on several lines
        del properties["col"], properties["endColumn"]
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = "%0A".join(_data(line) for line in lines if line)
    return f"::{command} {listed}::{message}"


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
