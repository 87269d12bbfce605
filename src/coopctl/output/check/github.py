"""Annotations for GitHub Actions: worst first, ten of a kind, which is as many as a step shows."""

from coopctl.evaluate.verdicts import Status
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
from coopctl.output.terminal import clean

PER_KIND = 10
_COMMANDS = ("error", "warning", "notice")
_SEVERITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class Github(CheckFormat):
    """Workflow commands; a piece holds an agreement's commands, one a line, worst first."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._commands: dict[str, list[str]] = {command: [] for command in _COMMANDS}

    def piece(self, checked: Checked) -> str:
        return "".join(f"{line}\n" for line in self._annotations(checked))

    def add(self, piece: str) -> str:
        for line in piece.splitlines():
            self._commands[line[2:].partition(" ")[0]].append(line)
        return ""

    def end(self, summary: Summary) -> str:
        text = ""
        for command, lines in self._commands.items():
            text += "".join(f"{line}\n" for line in lines[:PER_KIND])
            if len(lines) > PER_KIND:
                text += f"coopctl: {len(lines) - PER_KIND} more of kind {command} are not shown as annotations\n"
        return text

    def _annotations(self, checked: Checked) -> list[str]:
        loaded, agreement, judgement = checked.loaded, checked.loaded.agreement, checked.judgement
        lines = []
        for finding in loaded.findings:
            title = f"{finding.kind.code} {finding.kind.name}"
            text = f"{finding.message}\n{finding.help}"
            lines.append(annotation(_SEVERITY[finding.kind.severity], finding.location, title, text))
        if agreement is None or judgement is None:
            return lines
        for fired in judgement.fired:
            text = "\n".join([trigger_statement(fired), *trigger_dates(fired)])
            title = f"Exit right {'.'.join(map(str, fired.path))}"
            lines.append(annotation("error", loaded.clause((*fired.path, "when")), title, text))
        for wanted in ("breach", "warn"):
            for verdict in judgement.verdicts:
                if checked.gate.weight_of(verdict) == wanted:
                    said = (statement(agreement, verdict), reason(agreement, verdict), remedy(verdict))
                    title = f"{title_of(verdict)}: {'missing' if verdict.status is Status.MISSING else wanted}"
                    command = "error" if wanted == "breach" else "warning"
                    text = "\n".join(each for each in said if each)
                    lines.append(annotation(command, loaded.clause(clause_of(verdict)), title, text))
        return lines


def annotation(command: str, location: Location, title: str, message: str) -> str:
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
    return f"::{command} {listed}::{_data(message)}"


def _data(text: str) -> str:
    lines = [clean(line) for line in text.split("\n")]
    return "%0A".join(line.replace("%", "%25").replace("\r", "%0D") for line in lines)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
