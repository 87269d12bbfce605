"""Rules about how an agreement is written down; all of them can be mended without changing what it means."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from coopctl.findings import Edit, Severity
from coopctl.model.agreement import Agreement
from coopctl.model.scalars import Duration, DurationUnit
from coopctl.model.shape import alternatives, key_order, kinds_at
from coopctl.places import Path
from coopctl.quoted import Quoted
from coopctl.rules.key_order import is_block, reordered
from coopctl.rules.rule import Remark, Review, rule
from coopctl.source import Node, Source

_UNITS: Final = "|".join(unit.value for unit in DurationUnit)
_DURATION: Final = re.compile(rf"([0-9]{{1,5}}) (?:{_UNITS})(s?)")
_PLAIN_TEXT: Final = r"[^\W\d_](?:[\w ./()、，。；+=&@-]*[\w.)。])?"
_PLAIN: Final = re.compile(_PLAIN_TEXT)
_PLAIN_IN_QUOTES: Final = re.compile(rf"[\"']{_PLAIN_TEXT}[\"']")
_NOT_TEXT: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


@rule("STY001", Severity.INFO, fixable=True)
def keys_out_of_order(review: Review) -> Iterator[Remark]:
    """The keys of a section do not stand in the order of the language.

    Why: Agreements that say things in the same order can be compared side by side, and a reader knows where to look.
    Your own order of entries (parties, KPIs, milestones) is never touched, nor is what stands in braces.

    Bad:
        term:
          end: 2026-12-31
          start: 2026-01-01

    Good:
        term:
          start: 2026-01-01
          end: 2026-12-31
    """
    for path, node, model in _sections(review.source.root, Agreement, ()):
        order = key_order(model)
        places = [order[key] for key in node.children if key in order]
        if places == sorted(places) or not is_block(review.source, node):
            continue
        given = [str(key) for key in node.children if key in order]
        wanted = sorted(given, key=order.__getitem__)
        late = next(key for key, due in zip(given, wanted, strict=True) if key != due)
        due = wanted[given.index(late)]
        edit = reordered(review.source, node, order)
        yield Remark(
            (*path, late),
            f"{late} stands where {due} is expected",
            f"the order is {', '.join(wanted)}" + ("; --fix moves them with their comments" if edit else ""),
            subject=".".join(map(str, path)) or "agreement",
            at_key=True,
            edits=(edit,) if edit else (),
        )


@rule("STY002", Severity.INFO, fixable=True)
def needless_quotes(review: Review) -> Iterator[Remark]:
    """Text stands in quotes that does not need them.

    Why: Quotes are a sign: here the text would otherwise be read as something else. Where all text has them, the ones
    that matter are not seen.

    Bad:
        purpose: "Deliver together"

    Good:
        purpose: Deliver together
    """
    if not _PLAIN_IN_QUOTES.search(review.source.text):
        return
    found = [
        (path, edit)
        for path, node in _quoted(review.source, review.source.data, review.source.root, ())
        for edit in _unquoted(review.source, node)
    ]
    if found:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        yield Remark(
            found[0][0],
            f"quotes around plain text, here{more}",
            "write it without quotes; --fix takes them away",
            subject="agreement",
            edits=tuple(edit for _, edit in found),
        )


@rule("STY003", Severity.INFO, fixable=True)
def odd_duration(review: Review) -> Iterator[Remark]:
    """A length of time is written in another form than the usual one.

    Why: `1 days` and `05 days` are understood, and whoever searches for `5 days` does not find them.

    Bad:
        term: {start: 2026-01-01, end: 2026-12-31,
               renewal: {mode: by-agreement, for: 1 years}}

    Good:
        term: {start: 2026-01-01, end: 2026-12-31,
               renewal: {mode: by-agreement, for: 1 year}}
    """
    if not any(_is_odd(match) for match in _DURATION.finditer(review.source.text)):
        return
    for path, text, node in _texts(review.source.data, review.source.root, ()):
        if not _DURATION.fullmatch(text) or Duration not in kinds_at(Agreement, path):
            continue
        usual = str(Duration.read(text))
        if usual != text:
            place = node.value
            start = review.source.offset_at(place.line, place.column)
            edits = (Edit(start, start + len(text), usual),) if review.source.text[start:].startswith(text) else ()
            yield Remark(path, f"{text} is usually written {usual}", f"write {usual}", edits=edits)


def _is_odd(duration: re.Match[str]) -> bool:
    amount, plural = duration.groups()
    return (amount.startswith("0") and amount != "0") or (amount == "1") is bool(plural)


class _Inner(NamedTuple):
    """What is below a key: a section of its own, or entries that are sections."""

    section: type[BaseModel]
    is_entry: bool


@cache
def _below(model: type[BaseModel]) -> dict[str | int, _Inner]:
    """Return the keys of a section that have sections below them."""
    found: dict[str | int, _Inner] = {}
    for name, field in model.model_fields.items():
        for each in alternatives(field.annotation):
            is_entry = get_origin(each) is dict
            for inner in alternatives(get_args(each)[1]) if is_entry else [each]:
                if isinstance(inner, type) and issubclass(inner, BaseModel):
                    found[field.alias or name] = _Inner(inner, is_entry)
    return found


def _sections(node: Node, model: type[BaseModel], path: Path) -> Iterator[tuple[Path, Node, type[BaseModel]]]:
    """Yield every mapping of the file that has fields of the language, with its model."""
    yield path, node, model
    below = _below(model)
    for key, child in node.children.items():
        inner = below.get(key)
        if inner is None or not child.children:
            continue
        if not inner.is_entry:
            yield from _sections(child, inner.section, (*path, key))
            continue
        for entry_id, entry in child.children.items():
            if entry.children:
                yield from _sections(entry, inner.section, (*path, key, entry_id))


def _texts(data: Any, node: Node, path: Path) -> Iterator[tuple[Path, str, Node]]:
    """Yield every value of the file, in its order."""
    if isinstance(data, str):
        yield path, data, node
        return
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from _texts(value, node.children[key], (*path, key))


def _quoted(source: Source, data: Any, node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    """Yield every value in quotes that could do without them."""
    for place, text, found in _texts(data, node, path):
        needless = type(text) is Quoted and _PLAIN.fullmatch(text) and text.casefold() not in _NOT_TEXT
        if needless and not _has_quoted_key(source, found):
            yield place, found


def _has_quoted_key(source: Source, node: Node) -> bool:
    """Whether a value's key is in quotes, as all keys are where the file is JSON: there the value needs them too."""
    return node.key is not None and source.lines[node.key.line - 1][node.key.column - 1] in "\"'"


def _unquoted(source: Source, node: Node) -> Iterator[Edit]:
    """Yield the edit that takes the quotes away, for a value on one line that has nothing escaped in it."""
    place = node.value
    start, end = source.offset_at(place.line, place.column), source.offset_at(place.end_line, place.end_column)
    written = source.text[start:end]
    if place.line == place.end_line and len(written) > 2 and written[0] in "\"'" and written[0] == written[-1]:
        inner = written[1:-1]
        if _PLAIN.fullmatch(inner):
            yield Edit(start, end, inner)
