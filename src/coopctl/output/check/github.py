"""Annotations for GitHub Actions: worst first, ten of a kind, which is as many as a step shows."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coopctl.evaluate.verdicts import gravity
from coopctl.findings import Location, Severity
from coopctl.gate import Checked, Summary
from coopctl.output.check.format import CheckFormat
from coopctl.output.sentences import (
    clause_of,
    reason,
    remedy,
    statement,
    title_of,
    trigger_dates,
    trigger_statement,
)
from coopctl.output.terminal import Paper, clean

PER_KIND = 10
_COMMANDS = ("error", "warning", "notice")
_LEVEL = {"breach": "error", "warn": "warning"}
_SEVERITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class _Annotation(NamedTuple):
    """One workflow command and how much it matters: the lower the rank, the worse."""

    rank: int
    command: str


class Github(CheckFormat):
    """Workflow commands; a piece holds an agreement's commands, one a line, each after its rank."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self._found: list[_Annotation] = []

    def piece(self, checked: Checked) -> str:
        return "".join(f"{rank} {command}\n" for rank, command in self._annotations(checked))

    def add(self, piece: str) -> str:
        for line in piece.splitlines():
            rank, _, command = line.partition(" ")
            self._found.append(_Annotation(int(rank), command))
        return ""

    def end(self, summary: Summary) -> str:
        text = ""
        worst_first = sorted(self._found, key=lambda each: each.rank)
        for kind in _COMMANDS:
            commands = [each.command for each in worst_first if each.command.startswith(f"::{kind} ")]
            text += "".join(f"{command}\n" for command in commands[:PER_KIND])
            if len(commands) > PER_KIND:
                text += f"coopctl: {len(commands) - PER_KIND} more of kind {kind} are not shown as annotations\n"
        return text

    def _annotations(self, checked: Checked) -> Iterator[_Annotation]:
        loaded, agreement, judgement = checked.loaded, checked.loaded.agreement, checked.judgement
        for finding in loaded.findings:
            title = f"{finding.kind.code} {finding.kind.name}"
            lines = [finding.message, finding.help]
            yield _Annotation(0, annotation(_SEVERITY[finding.kind.severity], finding.location, title, lines))
        if agreement is None or judgement is None:
            return
        for fired in judgement.fired:
            title = f"Exit right {'.'.join(map(str, fired.path))}"
            lines = [trigger_statement(fired), *trigger_dates(fired)]
            yield _Annotation(1, annotation("error", loaded.clause((*fired.path, "when")), title, lines))
        for verdict in judgement.verdicts:
            weight = checked.gate.weight_of(verdict)
            if weight is not None:
                title = f"{title_of(verdict)}: {verdict.status}"
                lines = [statement(agreement, verdict), reason(agreement, verdict, checked.gate), remedy(verdict)]
                command = annotation(_LEVEL[weight], loaded.clause(clause_of(verdict)), title, lines)
                yield _Annotation(2 + gravity(verdict.status), command)


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
