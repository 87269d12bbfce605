"""All migrations in order."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any, Final, NamedTuple

from coopctl import faults
from coopctl.consistency import contradictions
from coopctl.editing import edited
from coopctl.findings import Edit, Finding
from coopctl.migration import from_0
from coopctl.migration.step import Migration, Refusal, Step, Written
from coopctl.model.agreement import Agreement
from coopctl.model.files import MODELS
from coopctl.model.names import Names
from coopctl.parsing import read_source
from coopctl.places import Path, dotted
from coopctl.quoted import Quoted
from coopctl.source import BYTE_ORDER_MARK, Node, Source
from coopctl.validation import validated
from coopctl.versions import NEWEST, Declared, declared, foreign, other_version

_MIGRATIONS: Final[tuple[Migration, ...]] = (from_0.migrate,)
"""Each brings files from the version of its place to the next one."""


def migrated(path: str, text: str) -> str | Source:
    """Return a text in the newest version of the language; what is current stays as it is.

    Where it cannot be read, or something in it cannot be carried over, or it would not be free of errors afterwards,
    what was read is returned, with its findings; all of them have their place in the file as it stands.
    """
    source = read_source(path, text)
    found = declared(source.data)
    if not source.findings and (found is None or found.version > NEWEST):
        refused = foreign(source) or other_version(source)
        source.findings += [refused] if refused is not None else []
    if source.findings or found is None:
        return source
    if not found.is_old:
        return text
    newest = _brought_up(source, found)
    if not newest.shown.findings:
        newest.shown.findings += once_migrated(_wrong_with(newest.shown, found.kind))
    return newest.shown if newest.shown.findings else newest.text


def once_migrated(findings: Iterable[Finding]) -> list[Finding]:
    """Return the errors among findings about files in the newest version, as they are told of files in an older one."""
    return [replace(each, message=f"once migrated: {each.message}") for each in findings if each.is_error]


def _wrong_with(source: Source, kind: str) -> list[Finding]:
    """Return what is wrong with a file by itself; what its names stand for is known of an agreement only."""
    names = Names.of(source.data) if kind == "" else None
    read = validated(MODELS[kind], source, names)
    return list(contradictions(read.model, source)) if isinstance(read.model, Agreement) else read.findings


def read_as_newest(path: str, text: str) -> Source:
    """Read a file, one of an older version as if it were migrated; all places are in the file as it stands.

    Where something cannot be carried over the findings say so, and the data is as it stands.
    """
    source = read_source(path, text)
    found = declared(source.data)
    if source.findings or found is None or not found.is_old:
        return source
    return _brought_up(source, found).shown


class _Newest(NamedTuple):
    """A file in the newest version."""

    shown: Source
    """What it says then, at the places where the file as it stands says it; as it stands, where it cannot be migrated,
    with what stands against it."""
    text: str


def _brought_up(source: Source, found: Declared) -> _Newest:
    now = shown = source
    for version in range(found.version, NEWEST):
        declared_now = Declared(found.kind, version)
        step = _MIGRATIONS[version](now, found.kind)
        refused = [_refused(each, shown) for each in step.refusals]
        if not refused:
            taken = _taken_further(now, step, declared_now)
            further = _as_shown(source, taken.after, step.places(shown.root), found.version)
            refused = list(islice(_in_the_way(now, taken, shown, further), 1))
            now, shown = taken.after, further
        if refused:
            source.findings += refused
            return _Newest(source, source.whole_text)
    return _Newest(shown, now.whole_text)


def _refused(refusal: Refusal, shown: Source) -> Finding:
    kind, path, message, remedy = refusal
    return Finding(kind, shown.key_at(path), f"cannot be migrated: {message}", remedy, dotted(path))


class _Taken(NamedTuple):
    edits: list[Edit]
    """In the order of the text."""
    after: Source
    meant: Any


def _taken_further(source: Source, step: Step, found: Declared) -> _Taken:
    edits = sorted({*step.edits, _raised(source, found)})  # an alias leads to the same place again
    text, _ = edited(source.text, [(each,) for each in edits])
    after = read_source(source.path, f"{BYTE_ORDER_MARK}{text}" if source.marked else text)
    return _Taken(edits, after, {**step.meant, "coopctl": Written(f"{found.kind}{found.version + 1}")})


def _as_shown(source: Source, after: Source, places: Node, older: int) -> Source:
    """Return what the newer text says, at the places where the file as it stands says it."""
    shown = Source(source.path, source.text, source.marked)
    shown.data, shown.own, shown.nodes = after.data, after.own, after.nodes
    shown.root, shown.older_version = places, older
    return shown


def _raised(source: Source, found: Declared) -> Edit:
    """Return the edit that names the next version."""
    place = source.root.children["coopctl"].value
    start, end = source.offset_at(*place[:2]), source.offset_at(*place[2:])
    return Edit(start, end, source.text[start:end].replace(str(found), f"{found.kind}{found.version + 1}"))


# --- what keeps the edits from saying what is meant ---------------------------------------------------------------

_PLAINLY: Final = (
    "write it plainly, a short value on the line of its key, without anchors, aliases and escapes; then migrate again"
)


def _in_the_way(now: Source, taken: _Taken, before: Source, shown: Source) -> Iterator[Finding]:
    """Yield what keeps the new text from saying what the old one said; whatever comes first is the cause of the rest.

    `before` and `shown` are the file as it stands, by the names before and after the step.
    """
    for one, other in pairwise(taken.edits):
        if other.start < one.end:
            yield _hindrance(before, _key_before(now, other.start), "two things would have to be changed here at once")
    for finding in taken.after.findings:
        place = finding.location
        line = min(place.line, len(taken.after.lines))  # a last line without an end counts as ended for the parser
        offset = _offset_before(taken.edits, taken.after.offset_at(line, place.column))
        yield _hindrance(before, _key_before(now, offset), "what would be written here could not be read again")
    for offset, comment in _lost_comments(now, taken):
        remedy = "put the comment on a line of its own above the key; then migrate again"
        yield _hindrance(before, _key_before(now, offset), f"the comment {comment} would be lost", remedy)
    if Counter(taken.after.comments()) - Counter(now.comments()) or len(now.own) != len(taken.after.own):
        yield _hindrance(before, (), "more would change than has to")
    for (path, own), kept in zip(now.own.items(), taken.after.own.values(), strict=False):
        if own != kept:
            message = f"`{dotted(path)}` would change as well: by an alias it is what has to be migrated"
            yield _hindrance(before, path, message, "write the value out in both places; then migrate again")
    different = _difference(taken.after.data, taken.meant)
    if different is not None:
        message = f"the way this is written keeps coopctl from writing `{dotted(different)}` here"
        yield _hindrance(shown, different, message)


def _hindrance(source: Source, path: Path, message: str, remedy: str = _PLAINLY) -> Finding:
    return Finding(faults.WRONG_VALUE, source.key_at(path), f"cannot be migrated: {message}", remedy, dotted(path))


def _difference(found: Any, meant: Any, path: Path = ()) -> Path | None:
    """Return the first place where data that was read is not what was meant, quotes included; None where it all is."""
    steps: Any = ()
    if isinstance(found, dict) and isinstance(meant, dict):
        odd = [key for key in (*meant, *found) if key not in found or key not in meant]
        if odd:
            return (*path, odd[0])
        steps = meant
    elif isinstance(found, list) and isinstance(meant, list) and len(found) == len(meant):
        steps = range(len(meant))
    elif found != meant or not (isinstance(meant, Written) or isinstance(found, Quoted) is isinstance(meant, Quoted)):
        return path
    inner = (_difference(found[step], meant[step], (*path, step)) for step in steps)
    return next((each for each in inner if each is not None), None)


def _offset_before(edits: list[Edit], offset: int) -> int:
    """Return where in the text before the edits something stands that has a place in the text after them."""
    grown = 0
    for edit in edits:
        start, end = edit.start + grown, edit.start + grown + len(edit.text)
        if offset < start:
            break
        if offset < end:
            return edit.start
        grown += len(edit.text) - (edit.end - edit.start)
    return offset - grown


def _lost_comments(now: Source, taken: _Taken) -> Iterator[tuple[int, str]]:
    """Yield the comments that the new text does not have any more, each with its offset in the old one.

    Of several that say the same, those that are not found again where they stood.
    """
    missing = Counter(now.comments()) - Counter(taken.after.comments())
    kept = {(_offset_before(taken.edits, at), comment) for at, comment in taken.after.placed_comments()}
    for placed in now.placed_comments() if missing else ():
        if placed not in kept and missing[placed[1]]:
            missing[placed[1]] -= 1
            yield placed


def _key_before(source: Source, offset: int) -> Path:
    """Return the path of the last key that begins at an offset or before it; nothing for none."""
    place, best = source.span_at(offset)[:2], (0, 0)
    path: Path = ()
    pending: list[tuple[Path, Node]] = [((), source.root)]
    seen: set[int] = set()
    while pending:
        above, node = pending.pop()
        if node.children and id(node.children) in seen:
            continue
        seen.add(id(node.children))
        for step, child in node.children.items():
            if child.key is not None and best < child.key[:2] <= place:
                best, path = child.key[:2], (*above, step)
            pending.append(((*above, step), child))
    return path
