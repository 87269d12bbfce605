"""Version 0, the draft before version 1, which was never published."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from coopctl import faults
from coopctl.drafts.layout import Layout
from coopctl.findings import Edit, Kind
from coopctl.migration.step import Refusal, Step, Written
from coopctl.model.scalars import described
from coopctl.places import Path
from coopctl.source import LINE_BREAK, Node, Source

_RENAMED: Final[dict[str, dict[Path, str]]] = {
    "": {
        ("partners",): "parties",
        ("metrics",): "kpis",
        ("goals", "*", "metrics"): "kpis",
        ("exit", "triggers", "*", "when", "metric"): "kpi",
    },
    "actuals/": {("metrics",): "kpis"},
    "approvals/": {("approvals", "*", "approver"): "by"},
}
"""Keys of each kind of file that are called otherwise now."""

_REFERENCES: Final[dict[str, tuple[Path, ...]]] = {
    "": (
        ("risks", "*", "triggers"),
        ("risks", "*", "triggers", "*"),
        ("resources", "*", "allocations", "to"),
        ("resources", "*", "allocations", "*", "to"),
    ),
    "actuals/": (("events", "*", "about"), ("actions", "*", "about"), ("waivers", "*", "about")),
    "approvals/": (),
}
"""Where `metrics.` may stand before the id of what is now a KPI."""


def migrate(source: Source, kind: str) -> Step:
    """Bring a file from version 0 to version 1.

    - `partners` are `parties`, `metrics` are `kpis`, in goals too; the `metric` of an exit trigger is its `kpi`, and
      `metrics.ID` is `kpis.ID` wherever something refers to it.
    - `lower_is_better: true` is `direction: lower-is-better`; `false`, or nothing said, is `higher-is-better`.
    - `valid_from` and `valid_until` are `start` and `end` of `term`.
    - In a ledger `metrics` are `kpis`; in a file of approvals the `approver` is who accepted a change, `by`.
    """
    step = Step(_carried_over(source.data, kind), partial(_places, kind=kind))
    draft = _Draft(source, step)
    for pattern, new in _RENAMED[kind].items():
        for path, node in _matching(source.root, pattern):
            draft.rename(path, node, new)
    for pattern in _REFERENCES[kind]:
        for _, node in _matching(source.root, pattern):
            draft.refer(node)
    if kind == "":
        for path, node in _matching(source.root, ("metrics", "*")):
            draft.direct(path, node)
        draft.put_term()
    return step


# --- what is meant ----------------------------------------------------------------------------------------------


def _carried_over(data: Any, kind: str) -> Any:
    """Return the data of a file as version 1 has it; what the edits come to is held against it."""
    for pattern in _REFERENCES[kind]:
        data = _changed(data, pattern, _referring)
    if kind == "":
        data = _with_term(_changed(data, ("metrics", "*"), _directed))
    for (*above, old), new in _RENAMED[kind].items():
        data = _changed(data, tuple(above), partial(_renamed, old=old, new=new))
    return data


def _changed(data: Any, pattern: Path, change: Callable[[Any], Any]) -> Any:
    """Return data in which everything at a path with * for any key or item is changed."""
    if not pattern:
        return change(data)
    first, rest = pattern[0], pattern[1:]
    if isinstance(data, dict):
        return {key: _changed(each, rest, change) if _is_meant(key, first) else each for key, each in data.items()}
    if isinstance(data, list) and first == "*":
        return [_changed(each, rest, change) for each in data]
    return data


def _is_meant(key: str | int, step: str | int) -> bool:
    return key == step or (step == "*" and not str(key).startswith("x-"))


def _referring(value: Any) -> Any:
    is_metric = isinstance(value, str) and value.startswith("metrics.")
    return type(value)(f"kpis.{value.removeprefix('metrics.')}") if is_metric else value


def _directed(metric: Any) -> Any:
    if not isinstance(metric, dict) or not metric or "direction" in metric:
        return metric
    is_lower = metric.get("lower_is_better") == "true"
    kept = {key: value for key, value in metric.items() if key != "lower_is_better"}
    return {**kept, "direction": Written("lower-is-better" if is_lower else "higher-is-better")}


def _with_term(data: Any) -> Any:
    if not isinstance(data, dict) or not {"valid_from", "valid_until"} <= data.keys():
        return data
    kept = {key: value for key, value in data.items() if key not in ("valid_from", "valid_until")}
    return {**kept, "term": {"start": data["valid_from"], "end": data["valid_until"]}}


def _renamed(data: Any, old: str | int, new: str) -> Any:
    return {new if key == old else key: value for key, value in data.items()} if isinstance(data, dict) else data


# --- where it is said ---------------------------------------------------------------------------------------------


def _places(root: Node, kind: str) -> Node:
    """Return the places of a file of version 0 by the names of version 1."""
    for (*above, old), new in _RENAMED[kind].items():
        root = _replaced(root, tuple(above), partial(_called, old=old, new=new))
    if kind == "":
        root = _replaced(root, ("kpis", "*"), partial(_called, old="lower_is_better", new="direction"))
        root = _with_places_of_term(root)
    return root


def _replaced(node: Node, pattern: Path, change: Callable[[Node], Node]) -> Node:
    """Return places of which those at a path with * for any key or item are others."""
    if not pattern or not node.children:
        return change(node) if node.children else node
    first, rest = pattern[0], pattern[1:]
    children = node.children.items()
    return node.holding(
        {key: _replaced(each, rest, change) if _is_meant(key, first) else each for key, each in children}
    )


def _called(node: Node, old: str | int, new: str) -> Node:
    return node.holding({new if key == old else key: each for key, each in node.children.items()})


def _with_places_of_term(root: Node) -> Node:
    days = {name: root.children.get(name) for name in ("valid_from", "valid_until")}
    first, last = days.values()
    if first is None or last is None:
        return root
    term = first.holding({"start": first, "end": last})
    kept = {key: each for key, each in root.children.items() if key not in days}
    return root.holding({**kept, "term": term})


# --- the edits --------------------------------------------------------------------------------------------------


def _matching(node: Node, pattern: Path, above: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Yield what stands at a path in which * is any key or item."""
    if not pattern:
        yield above, node
        return
    first, rest = pattern[0], pattern[1:]
    for key, child in node.children.items():
        if _is_meant(key, first):
            yield from _matching(child, rest, (*above, key))


class _Draft:
    """Collects edits of one file."""

    def __init__(self, source: Source, step: Step) -> None:
        self._source = source
        self._layout = Layout(source)
        self._edits = step.edits
        self._refusals = step.refusals

    def rename(self, path: Path, node: Node, new: str) -> None:
        """Call a key otherwise."""
        old = str(path[-1])
        if self._source.has((*path[:-1], new)):
            self._refuse(faults.CONTRADICTION, path, f"`{old}` and `{new}` both", f"keep `{new}`, or take it away")
        else:
            self._replace_key(node, old, new)

    def refer(self, node: Node) -> None:
        """Let a reference to a metric lead to the KPI."""
        start = self._layout.content(node)
        found = re.compile(r"[\"']?(metrics)\.").match(self._source.text, start)
        if found is not None and not node.children:
            self._edits.append(Edit(found.start(1), found.end(1), "kpis"))

    def direct(self, path: Path, node: Node) -> None:
        """Say in which direction a metric is good."""
        said = node.children.get("lower_is_better")
        data = self._data(path)
        if not isinstance(data, dict):
            return
        if said is None:
            if "direction" not in data:
                self._add_direction(path, node)
            return
        value = data.get("lower_is_better")
        if "direction" in data:
            message = "`lower_is_better` and `direction` both"
            self._refuse(faults.CONTRADICTION, (*path, "lower_is_better"), message, "keep one of the two")
        elif type(value) is not str or value not in ("true", "false"):
            message = f"expected true or false, found {described(value)}"
            self._refuse(faults.WRONG_VALUE, (*path, "lower_is_better"), message, "write true or false")
        else:
            self._replace_key(said, "lower_is_better", "direction")
            start, end = self._layout.content(said), self._layout.end(said)
            quote = self._layout.quote((*path, "direction")) if self._layout.is_flow(node) else ""
            direction = "lower-is-better" if value == "true" else "higher-is-better"
            self._edits.append(Edit(start, end, f"{quote}{direction}{quote}"))

    def _add_direction(self, path: Path, node: Node) -> None:
        """Say that higher is better, behind the unit."""
        before = node.children.get("unit") or next(iter(node.children.values()), None)
        if before is None or before.key is None or self._layout.is_alias(node):
            return  # the anchored one says it, or the check afterwards does
        end = self._layout.end(before)
        if self._layout.is_flow(node):
            quote = self._layout.quote((*path, "direction"))
            words = f", {quote}direction{quote}: {quote}higher-is-better{quote}"
        elif self._layout.is_in_flow(path):
            return
        else:
            words = f"{self._layout.line_break(end)}{' ' * (before.key.column - 1)}direction: higher-is-better"
            end = self._layout.line_end(end)
        self._edits.append(Edit(end, end, words))

    def put_term(self) -> None:
        """Put the first and the last day together as the term."""
        days = {name: self._source.root.children.get(name) for name in ("valid_from", "valid_until")}
        first, last = days.values()
        if first is None and last is None:
            return
        given = "valid_from" if first is not None else "valid_until"
        missing = "valid_until" if first is not None else "valid_from"
        if self._source.has(("term",)):
            self._refuse(faults.CONTRADICTION, (given,), f"`{given}` and `term` both", "keep one of the two")
        elif first is None or last is None:
            message = f"`{given}` without `{missing}`: a term has a first and a last day"
            self._refuse(faults.MISSING_KEY, (given,), message, f"add {missing}:")
        elif self._layout.is_flow(self._source.root):
            self._put_term_in_braces(first, last)
        else:
            self._put_term_in_block(first, last)

    def _put_term_in_block(self, first: Node, last: Node) -> None:
        """Write the term where the first day stands; the last day's lines, with the comments above, move there."""
        assert first.key is not None and last.key is not None
        text, margin = self._source.text, " " * (first.key.column - 1)
        line_break = self._layout.line_break(self._layout.start(first))
        first_key = self._source.offset_at(*first.key[:2]), self._source.offset_at(*first.key[2:])
        self._edits.append(Edit(*first_key, f"term:{line_break}{margin}  start"))
        start = self._source.offset_at(self._first_line_of(last.key.line), 1)
        end = self._layout.line_end(self._layout.end(last))
        lines = LINE_BREAK.split(text[start:end])
        key_line = last.key.line - self._first_line_of(last.key.line)
        lines[key_line] = lines[key_line].replace("valid_until", "end", 1)
        moved = "".join(f"{line_break}  {line}" if line else line_break for line in lines)
        after_first = self._layout.line_end(self._layout.end(first))
        self._edits.append(Edit(after_first, after_first, moved))
        found = LINE_BREAK.match(text, end)
        if found is not None:
            self._edits.append(Edit(start, found.end(), ""))
        else:  # the file's last line, which has no end
            before = max((each.start() for each in LINE_BREAK.finditer(text, 0, start)), default=start)
            self._edits.append(Edit(before, end, ""))

    def _put_term_in_braces(self, first: Node, last: Node) -> None:
        assert first.key is not None and last.key is not None
        names = list(self._source.root.children)
        if names.index("valid_until") != names.index("valid_from") + 1:
            message = "`valid_from` and `valid_until` stand apart in braces"
            self._refuse(faults.WRONG_VALUE, ("valid_until",), message, "put valid_until right behind valid_from")
            return
        quote = self._layout.quote(("term",))
        start, end = self._source.offset_at(*first.key[:2]), self._layout.end(last)
        self._edits.append(Edit(start, start, f"{quote}term{quote}: {{"))
        self._replace_key(first, "valid_from", "start")
        self._replace_key(last, "valid_until", "end")
        self._edits.append(Edit(end, end, "}"))

    def _first_line_of(self, line: int) -> int:
        """Return the first of the comment lines right above a line."""
        while line > 1 and self._source.lines[line - 2].lstrip().startswith("#"):
            line -= 1
        return line

    def _replace_key(self, node: Node, old: str, new: str) -> None:
        assert node.key is not None
        start, end = self._source.offset_at(*node.key[:2]), self._source.offset_at(*node.key[2:])
        self._edits.append(Edit(start, end, self._source.text[start:end].replace(old, new)))

    def _data(self, path: Path) -> Any:
        data = self._source.data
        for step in path:
            data = data[step]
        return data

    def _refuse(self, kind: Kind, path: Path, message: str, help_text: str) -> None:
        self._refusals.append(Refusal(kind, path, message, help_text))
