"""The operating data sheet as a table: days as days, and the columns that the parties added themselves."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from coopctl.evaluate.verdicts import Judgement
from coopctl.exchange.exported import ExportedTable, Value
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.model.scalars import read_number
from coopctl.parsing import read_source
from coopctl.places import Path
from coopctl.quoted import Quoted
from coopctl.report.building.report import report_view
from coopctl.report.kinds import kind_called
from coopctl.report.pictures import Pictures
from coopctl.report.request import Request
from coopctl.report.speech import Speech, speech
from coopctl.report.stretches import reported
from coopctl.report.terms import SheetTaskTerm
from coopctl.source import Source

_OWN: Final = "x-"
_READ: Final = "value"
_PLACES: Final = {"milestone": (("plan", "milestones"), ("milestones",)), "task": (("responsibilities",),)}
"""Where the parties' own keys stand: in the agreement and, of milestones, in the ledger too."""


class _PlainDays(Speech):
    """A language that writes days for machines."""

    def short_day(self, day: date) -> str:
        return day.isoformat()


def data_sheet(
    loaded: Loaded, agreement: Agreement, judgement: Judgement, period: str | None, language: str
) -> ExportedTable:
    """Return the tasks of a time as the report `data-sheet` shows them, for a spreadsheet."""
    spoken = speech(language)
    plain = _PlainDays(spoken.tag, spoken.locale, spoken.messages)
    kind = kind_called("data-sheet")
    request = Request(kind, period, (language,), Pictures("none"))
    time = reported(agreement, period, kind.length, judgement.as_of)
    tasks = report_view(agreement, loaded.ledger, judgement, time, request, plain).terms.sheet.tasks
    own = [_own_values(loaded, task) for task in tasks]
    names = list(dict.fromkeys(name for values in own for name in values))
    say = spoken.say
    columns = (
        say("Task"),
        say("Responsible"),
        say("Planned finish"),
        say("Actual finish"),
        say("State of work"),
        say("Remarks"),
        *(name.removeprefix(_OWN) for name in names),
    )
    rows = (
        (*_cells(task, say), *(values.get(name) for name in names)) for task, values in zip(tasks, own, strict=True)
    )
    return ExportedTable("data-sheet", columns, tuple(rows))


def _cells(task: SheetTaskTerm, say: Callable[..., str]) -> Iterator[Value]:
    names = {
        "milestone": say("Milestone: %(name)s", name=task.name),
        "task": say("Task: %(text)s", text=task.name),
        "action": say("Corrective action: %(text)s", text=task.name),
    }
    states = {"not-started": say("Not started"), "in-progress": say("In progress"), "done": say("Done")}
    yield names[task.kind]
    yield task.owner or None
    yield date.fromisoformat(task.planned) if task.planned else _often(task.frequency, say)
    yield date.fromisoformat(task.finished) if task.finished else None
    yield states[task.state] if task.state else None
    remarks = [
        task.standard,
        say("Expected on %(date)s", date=task.expected) if task.expected else "",
        say("Progress: %(progress)s", progress=task.progress) if task.progress else "",
        task.note,
    ]
    yield "; ".join(filter(None, remarks)) or None


def _often(frequency: str | None, say: Callable[..., str]) -> str | None:
    words = {
        "daily": say("daily"),
        "weekly": say("weekly"),
        "monthly": say("monthly"),
        "quarterly": say("quarterly"),
        "half-yearly": say("half-yearly"),
        "yearly": say("yearly"),
    }
    return words[frequency].capitalize() if frequency else None


def _own_values(loaded: Loaded, task: SheetTaskTerm) -> dict[str, Value]:
    """Return what the parties say about a task under keys of their own, such as `x-cost`."""
    found: dict[str, Value] = {}
    for source in loaded.files.values():
        if isinstance(source, Source):
            for above in _PLACES.get(task.kind, ()):
                found |= dict(_own_keys(source, (*above, task.id)))
    return found


def _own_keys(source: Source, path: Path) -> Iterator[tuple[str, Value]]:
    """Yield the parties' own keys at a path; they stand in the text only, since nothing judges by them."""
    node = source.root
    for step in path:
        if step not in node.children:
            return
        node = node.children[step]
    for name, child in node.children.items():
        if str(name).startswith(_OWN) and not child.children:
            span = child.value
            written = source.text[
                source.offset_at(span.line, span.column) : source.offset_at(span.end_line, span.end_column)
            ]
            data = read_source(source.path, f"{_READ}: {written}\n").data
            value = data.get(_READ) if isinstance(data, dict) else None
            if isinstance(value, str):
                yield str(name), _number_or_text(value)


def _number_or_text(text: str) -> Value:
    try:
        number: Decimal = read_number(text)
    except ValueError:
        return str(text)
    return str(text) if isinstance(text, Quoted) else number
