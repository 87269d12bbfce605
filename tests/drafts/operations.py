"""What is put into every file of the corpus, and what must have become of the file then."""

import difflib
import io
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from coopctl.drafts.values import Entry, Plain, Value
from coopctl.drafts.yaml_draft import YamlDraft
from coopctl.places import Path

FIGURE = Entry(value=Plain("91.5"), recorded=Plain("2026-07-03"), by="Ann: Lee")
SAID = {"value": "91.5", "recorded": "2026-07-03", "by": "Ann: Lee"}
EVENT = Entry(date=Plain("2026-06-30"), text="运输中断，已恢复")
HAPPENED = {"date": "2026-06-30", "text": "运输中断，已恢复"}


NOTHING: tuple[Any, ...] = (None, "", "~", "null", {}, [])


class Operation(NamedTuple):
    """A change of one draft, and what the file has to say afterwards."""

    name: str
    act: Callable[[YamlDraft], None]
    path: Path
    meant: Callable[[Any], Any]
    """From what stood at the path (None: nothing) to what is to stand there."""


def putting(path: Path, value: Value, said: Any) -> Operation:
    return Operation(f"put {'.'.join(map(str, path))}", lambda draft: draft.put(path, value), path, lambda _: said)


def appending(path: Path, value: Value, said: Any) -> Operation:
    def grown(found: Any) -> list[Any]:
        if found in NOTHING:
            return [said]
        if isinstance(found, list):
            return [*found, said]
        return [found if isinstance(found, dict) else {"value": found}, said]

    return Operation(f"append {'.'.join(map(str, path))}", lambda draft: draft.append(path, value), path, grown)


OPERATIONS = (
    putting(("kpis", "csat", "2026-06"), FIGURE, SAID),
    putting(("kpis", "csat", "2026-01"), FIGURE, SAID),
    putting(("kpis", "cost", "2026-06"), FIGURE, SAID),
    appending(("kpis", "csat", "2026-05"), FIGURE, SAID),
    appending(("kpis", "delay", "2026-05"), FIGURE, SAID),
    appending(("events",), EVENT, HAPPENED),
    appending(("actions",), EVENT, HAPPENED),
    putting(("milestones", "pilot", "done"), Plain("2026-06-01"), "2026-06-01"),
    putting(("milestones", "pilot", "forecast"), Plain("2026-06-01"), "2026-06-01"),
    putting(("milestones", "start"), Entry(progress=Plain("60%")), {"progress": "60%"}),
)


def said_by(text: str) -> Any:
    """What a text says to another reader than coopctl's own, all scalars as text."""
    text = text.removeprefix("\ufeff")
    try:
        return YAML(typ="base", pure=True).load(io.StringIO(text, newline=""))
    except YAMLError:  # it takes no tabs, and knows fewer line breaks
        return YAML(typ="base").load(text)


def changed(data: Any, path: Path, meant: Callable[[Any], Any]) -> Any:
    """Return data with what is meant at a path."""
    if not path:
        return meant(data)
    held = {} if data in NOTHING else data
    return {**held, path[0]: changed(held.get(path[0]), path[1:], meant)}


def lines_of(text: str) -> list[str]:
    """The lines of a text, with their ends."""
    return re.findall("[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029])|[^\r\n\x85\u2028\u2029]+", text)


def difference(before: str, after: str) -> str:
    """What changes, line by line: all lines that go and come, and no others."""
    lines = list(difflib.unified_diff(lines_of(before), lines_of(after), n=0))[2:]
    shown = [re.sub("[\r\n\x85\u2028\u2029]$", "", each.removesuffix("\r\n")) for each in lines]
    return "".join(f"{each}\n" for each in shown if not each.startswith("@@"))


EMPTY = re.compile(r"(?<=[:_a-z])\s*(?:\[\s*\]|\{\s*\}|null|~|\*none)(?=\s|\Z)")
"""What is written for nothing; it gives way to something."""


def is_kept(before: str, after: str) -> bool:
    """Whether every sign of a text is still there and in order, comments and spellings included."""
    rest = iter(after)
    return all(each in rest for each in EMPTY.sub("", before) if not each.isspace())
